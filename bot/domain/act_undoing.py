"""A clerk takes back what a clerk has done: everything stands as before, readers are told. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import today
from bot.domain.cards import OVER, Card
from bot.domain.cards import Status as CardStatus
from bot.domain.cases import Case, Kind, Reason, Stage, Status
from bot.domain.decision import CardStep, Decision, IllegalStepError, Policy, Step
from bot.domain.effects import Effect, SendLetter, WriteRecord
from bot.domain.event_facts import EventFacts
from bot.domain.events import StaffUndone
from bot.domain.letters import ActUndone, Letter
from bot.domain.records import Action, Change, Record
from bot.domain.staff_acts import UNDO, Act, Queued, Standing, Touched, Trail
from bot.domain.triage import Outcome
from bot.domain.values import address_key

_QUEUED, _SENDING, _SENT = "queued", "sending", "sent"
_FOR_EVER = {
    "card_blocked": "Ett spärrat kort kan inte öppnas igen. Beställ ett nytt kort om det behövs.",
    "card_deregistered": "Ett avregistrerat kort kan inte tas tillbaka. Beställ ett nytt kort.",
}


def decide_undo(event: StaffUndone, facts: EventFacts) -> Decision:
    """Return everything that *event*'s act touched as it stood before the act.

    Raises:
        IllegalStepError: it can't be undone; the text says why and what to do instead.
    """
    standing = facts.standing
    if standing is None:
        raise IllegalStepError("Det finns inget att ångra.")
    act = standing.act
    trail = _undoable(standing, facts)
    why = Reason("undone", f"Ångrat av {event.by}.", "D")
    letters = _corrections(standing, facts)
    counter = _counter_writes(standing, why, facts)
    cases = [_case(t, now, why, facts) for t, now in zip(trail.cases, standing.cases, strict=True)]
    cards = [_card(t, now, why) for t, now in zip(trail.cards, standing.cards, strict=True)]
    steps, loans = _with_letters(act, [c for c in cases if c], [c for c in cards if c], letters)
    gone = tuple(r.id for r in standing.rows if r.state == _QUEUED)
    return Decision(
        Outcome.APPLIED, why, (*steps, *counter), _records(trail, standing, written=bool(counter)),
        loans, withdrawn=gone, blanks=trail.blanks,
    )  # fmt: skip


def last_day(act: Act, policy: Policy) -> date:
    """Return the last day on which *act* can be undone."""
    return policy.working_days.after(today(act.at), policy.undo_days)


def _undoable(standing: Standing, facts: EventFacts) -> Trail:
    """Return the act's trail.

    Raises:
        IllegalStepError: the act can't be undone.
    """
    act = standing.act
    if act.act == UNDO:
        raise IllegalStepError(
            f"En ångring kan inte ångras. Gör om det du vill ha gjort: {act.ref}."
        )
    if act.undone is not None:
        raise IllegalStepError(f"{act.ref}: det är redan ångrat av {act.undone_by}.")
    until = last_day(act, facts.policy)
    if act.trail is None or facts.today > until:
        raise IllegalStepError(
            f"{act.ref}: tiden för att ångra gick ut {until}. Rätta i stället, eller be chefen "
            "skicka en ny blankett."
        )
    if act.trail.review:
        raise IllegalStepError(f"{act.ref} hör till granskningen. Chefens svar ångras med ÅNGRA.")
    if act.act in _FOR_EVER:
        raise IllegalStepError(f"{act.ref}: {_FOR_EVER[act.act]}")
    if act.act == "card_handed_out" and any(c.receipt for c in standing.cards):
        raise IllegalStepError(
            f"{act.ref}: kvittensen är undertecknad och arkiverad. Ta emot kortet i stället: skriv "
            "att det är återlämnat."
        )
    if any(t.before is None for t in act.trail.records) and _is_taken_over(standing):
        raise IllegalStepError(
            f"{act.ref}: posten är upplagd i registret och kan inte tas bort. Be chefen avbeställa "
            "personen, så avslutas posten."
        )
    if standing.since:
        raise IllegalStepError(f"{act.ref} har ändrats sedan dess: {standing.since}.")
    _settled(standing, act.trail)
    return act.trail


def _is_taken_over(standing: Standing) -> bool:
    """Tell whether the act took a person over from the catalogue into our register."""
    return any(c.kind is Kind.DRIFT for c in standing.cases)


def _settled(standing: Standing, trail: Trail) -> None:
    """Stop while something is on its way, or where a write can't be turned back.

    Raises:
        IllegalStepError: saying when to try again, or what to do instead.
    """
    ref = standing.act.ref
    people = {r.entry.person_id for r in standing.records}
    for row in standing.rows:
        change = row.effect.change if isinstance(row.effect, WriteRecord) else None
        answered = change is None or change.after.person_id in people
        if row.state == _SENDING or (row.state == _SENT and not answered):
            raise IllegalStepError(f"{ref}: något är just nu på väg. Försök igen om en stund.")
        if change is not None and row.state == _SENT and _typed(standing, trail) is None:
            if change.before is None:
                raise IllegalStepError(
                    f"{ref}: posten är skapad i katalogen och kan inte tas bort. Be chefen "
                    "avbeställa personen, så avslutas posten."
                )
            held = next(r for r in standing.records if r.entry.person_id == change.after.person_id)
            if not _holds(held, change):
                raise IllegalStepError(f"{ref}: katalogen har ändrats av någon annan. Se över den.")


def _holds(record: Record, change: Change) -> bool:
    """Tell whether the record still says what *change* wrote."""
    return all(
        str(getattr(record.entry, name) or "") == new for name, _old, new in change.differences()
    )


def _typed(standing: Standing, trail: Trail) -> Case | None:
    """Return the work item by which staff were to make the write by hand."""
    pairs = zip(trail.cases, standing.cases, strict=True)
    return next((c for t, c in pairs if t.before is None and c.kind is Kind.BY_HAND), None)


def _case(touched: Touched[Case], now: Case, why: Reason, facts: EventFacts) -> Step | None:
    before = touched.before
    if before is not None:
        kept = before.protected or now.protected
        return Step(replace(before, version=now.version, protected=kept))
    if now.status is Status.DONE:
        return None
    return Step(
        replace(
            now, stage=Stage.REJECTED, why=why, approvable=False, remind_on=None, not_before=None,
            closed=facts.now,
        )
    )  # fmt: skip


def _card(touched: Touched[Card], now: Card, why: Reason) -> CardStep | None:
    before = touched.before
    if before is not None:
        holder = replace(before.holder, protected=before.holder.protected or now.holder.protected)
        return CardStep(replace(before, version=now.version, holder=holder), said="undone")
    if now.status in OVER:
        return None
    gone = replace(now, status=CardStatus.CANCELLED, why=why.text, next_on=None)
    return CardStep(gone, said="undone")


def _records(trail: Trail, standing: Standing, *, written: bool) -> tuple[Record, ...]:
    """Return the records as before; what the catalogue holds is turned back by a write instead."""
    found = []
    for touched, now in zip(trail.records, standing.records, strict=True):
        if touched.before is None:
            continue
        if written:
            back = replace(now, cards_back=touched.before.cards_back)
        else:
            back = replace(touched.before, version=now.version)
        found.append(back)
    return tuple(found)


def _counter_writes(standing: Standing, why: Reason, facts: EventFacts) -> tuple[Step, ...]:
    """Return for each write that was carried out the one that turns it back."""
    trail = standing.act.trail
    if trail is None or _typed(standing, trail) is not None:
        return ()
    made = []
    for row in standing.rows:
        effect = row.effect
        wanted = effect.change.before if isinstance(effect, WriteRecord) else None
        if not isinstance(effect, WriteRecord) or wanted is None or row.state != _SENT:
            continue
        record = next(
            r for r in standing.records if r.entry.person_id == effect.change.after.person_id
        )
        back = Change(Action.MODIFY, record.entry, wanted)
        case = Case(
            kind=Kind.RENEWAL, stage=Stage.APPROVED, title=f"Återställ posten: {wanted.full_name}",
            why=why, opened=facts.now, person=wanted.person_id, record=record.id, plan=back,
            parent=row.case, expected=record.catalogue_version,
        )  # fmt: skip
        made.append(Step(case, (WriteRecord(back, record.catalogue_version),)))
    return tuple(made)


def _corrections(standing: Standing, facts: EventFacts) -> tuple[Effect, ...]:
    """Return a letter to each reader of a letter that has gone, the clerks' own left out."""
    clerks = {address_key(a) for a in facts.policy.staff}
    told: dict[tuple[str, ...], list[tuple[Queued, Letter]]] = {}
    for row in standing.rows:
        if not isinstance(row.effect, SendLetter) or row.state != _SENT:
            continue
        letter = row.effect.letter
        readers = tuple(a for a in letter.to if address_key(a) not in clerks)
        if readers and letter.kind != "undone":
            told.setdefault(readers, []).append((row, letter))
    until = facts.policy.working_days.after(facts.today, facts.policy.undo_days)
    made = []
    for readers, rows in told.items():
        subjects = tuple(dict.fromkeys(row.subject for row, _ in rows))
        first, newest = rows[0][1], rows[-1][0]
        seen = tuple(i for i in (*first.references, newest.message_id) if i)
        content = ActUndone(standing.act.ref, subjects, until)
        made.append(
            SendLetter(Letter(readers, content, in_reply_to=newest.message_id, references=seen))
        )
    return tuple(made)


def _with_letters(
    act: Act, cases: list[Step], cards: list[CardStep], letters: tuple[Effect, ...]
) -> tuple[tuple[Step, ...], tuple[CardStep, ...]]:
    """Return the steps, the letters on that which the act was about, or on the first there is."""
    for place, card in enumerate(cards):
        if card.card.handle == act.ref or not cases:
            cards[place] = replace(card, effects=letters)
            return tuple(cases), tuple(cards)
    for place, step in enumerate(cases):
        if step.case.handle == act.ref or place == len(cases) - 1:
            cases[place] = replace(step, effects=letters)
            break
    return tuple(cases), tuple(cards)
