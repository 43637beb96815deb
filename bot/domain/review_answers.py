"""A manager has answered her review: what is taken, what it leads to, what is asked again. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.answering import Context
from bot.domain.cases import Kind, Origin, Reason
from bot.domain.decision import CardStep, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Letter
from bot.domain.review_desk import answered, by_hand, noted, to_staff, work
from bot.domain.review_facts import ReviewFacts, ReviewMail
from bot.domain.review_letters import EchoRow, Leaver, OpenRow, ReviewEcho
from bot.domain.review_lists import is_self
from bot.domain.review_reply import DECIDED, Heard, ReviewReply, RowAnswer
from bot.domain.review_undoing import instead
from bot.domain.review_words import said
from bot.domain.review_works import Led, led_to, of_row, with_forms
from bot.domain.reviews import ReviewRow, Said, settled
from bot.domain.values import MailId, address_key, masked

_MOST_WORDS = 5  # unread phrases that are quoted back
TRIES = 2  # replies in a row of which nothing is understood; then a clerk reads
_ENDING = (RowAnswer.LEFT, RowAnswer.LEAVING)


@dataclass(slots=True)
class Taking:
    """What has been taken of one reply so far."""

    changed: list[ReviewRow] = field(default_factory=list)
    unclear: list[ReviewRow] = field(default_factory=list)
    echoes: list[EchoRow] = field(default_factory=list)
    works: list[tuple[int | None, Step]] = field(default_factory=list)
    cards: list[CardStep] = field(default_factory=list)
    leavers: list[Leaver] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stuck: list[tuple[ReviewRow, str]] = field(default_factory=list)


def take(mail: ReviewMail, reply: ReviewReply, context: Context) -> ReviewStep:
    """Return the review as the reply leaves it, with the echo and all that follows."""
    facts, origin = mail.facts, context.origin
    review, taking = facts.review, Taking()
    wanted = tuple(_sound(reply.rows, mail, context, taking))
    batch = sum(h.answer in _ENDING for _, h in wanted)
    held = batch > 0 and _brake(batch, facts)
    for row, heard in wanted:
        _one(row, heard, facts, context, taking, held=held)
    if held:
        taking.works.append((None, _braked(facts, taking.changed, origin)))
        taking.notes.append("Det är många på en gång, så en handläggare ser efter först.")
    taking.works = [*with_forms(taking.works, taking.leavers, facts, origin)]
    taking.works += [(None, s) for s in (*_stuck(taking, facts, origin),)]
    taking.works += [(None, s) for s in to_staff(reply.remarks, facts, origin)]
    taking.notes += noted(reply.remarks)
    before = tuple(review.rows[r.row - 1] for r in taking.changed)
    understood = any(h.answer in DECIDED for h in reply.rows)
    tries = 0 if understood else review.tries + 1
    spoken = review.with_rows((*taking.unclear, *taking.changed))
    after = replace(spoken, touched=facts.today, tries=tries)
    if before:
        until = facts.days.after(facts.today, facts.rules.undo_days)
        mark = Said(origin.mail or MailId(0), address_key(origin.sender), facts.now, before, until)
        after = replace(after, said=(*after.said, mark))
    after = replace(after, status=settled(after))
    if not after.open_rows():
        after = replace(after, next_on=None)
        taking.works += [(None, s) for s in answered(facts)]
    hopeless = tries >= TRIES
    if hopeless:
        taking.works.append((None, _unreadable(facts, origin)))
    echo = _echo(reply, taking, facts, clerk=hopeless)
    effect = _reply(context, echo)
    return ReviewStep(
        after, (effect,), tuple(taking.works), tuple(taking.cards), _log(taking, reply)
    )


def says_nothing(reply: ReviewReply) -> bool:
    """Tell whether a reply says nothing of any row and leaves nothing unread: «Tack!»."""
    silent = all(h.answer is RowAnswer.OPEN for h in reply.rows)
    return silent and not reply.unread and not reply.remarks and reply.undo is None


def _sound(
    heard: Iterable[Heard], mail: ReviewMail, context: Context, taking: Taking
) -> Iterable[tuple[ReviewRow, Heard]]:
    """Return the decided rows that the sender may speak of; what protects a person comes first."""
    facts = mail.facts
    rows = {r.row: r for r in facts.review.rows}
    sender = address_key(context.origin.sender)
    for one in heard:
        row = rows.get(one.row)
        if row is None or row.manual:
            continue
        known = facts.of(one.row)
        if known.hidden:
            taking.changed.append(replace(row.reset(), manual=True))
            taking.works.append((one.row, by_hand(row, facts)))
            continue
        if one.answer not in DECIDED:
            if one.answer is RowAnswer.UNCLEAR and row.answer not in DECIDED:
                taking.unclear.append(_unclear(row, one, facts, context))
            continue
        if mail.units is not None and row.unit_id not in mail.units:
            taking.notes.append(f"Rad {row.row} gäller en enhet som du inte svarar för.")
            continue
        if known.record is not None and is_self(known.record, sender, mail.names):
            _of_oneself(row, sender, facts, taking)
            continue
        stands = known.record.entry.unit_id if known.record is not None else None
        if stands and stands != row.unit_id:
            taking.stuck.append((row, "står nu på en annan enhet i EK"))
            continue
        if (row.answer, row.on, row.to) == (one.answer, one.on, one.to):
            taking.echoes.append(_echoed(row, row))
            continue
        yield row, one


def _of_oneself(row: ReviewRow, sender: str, facts: ReviewFacts, taking: Taking) -> None:
    """Leave the row to whoever was asked beside the sender, else to a clerk: never oneself."""
    review = facts.review
    if sender in {address_key(review.mail), address_key(review.superior)}:
        taking.stuck.append((row, "gäller den som svarar"))
        return
    whom = review.name or review.mail or "en handläggare"
    taking.notes.append(f"Rad {row.row} gäller dig själv. Det svarar {whom} på.")


def _unclear(row: ReviewRow, heard: Heard, facts: ReviewFacts, context: Context) -> ReviewRow:
    """Return a row of which something was said that a clerk would ring about."""
    return replace(
        row.reset(), answer=RowAnswer.UNCLEAR, words=masked(heard.words), answered=facts.now,
        via=context.origin.mail, by=address_key(context.origin.sender),
    )  # fmt: skip


def _one(
    row: ReviewRow, heard: Heard, facts: ReviewFacts, context: Context, taking: Taking, *,
    held: bool,
) -> None:  # fmt: skip
    """Take one decided row: what an earlier answer led to is undone first."""
    origin, sender = context.origin, address_key(context.origin.sender)
    taken = replace(
        row.reset(), answer=heard.answer, on=heard.on, to=_place(heard.to),
        words=masked(heard.words), answered=facts.now, via=origin.mail, by=sender,
    )  # fmt: skip
    waits = held and heard.answer in _ENDING
    if row.answer in DECIDED:
        if row.by not in ("", sender) and not _is_staff(sender, facts):
            taking.stuck.append((row, f"{row.by} har svarat {said(row.answer, row.on)}"))
            return
        why = Reason("changed_mind", f"Chefen ändrade sitt svar i M-{origin.mail}.", "D")
        new = instead(row, taken, facts, origin, why, waits=waits)
        if new.stuck:
            taking.stuck.append((row, new.stuck))
            return
        taking.works += [(None, s) for s in new.works]
        taking.cards += new.cards
        led = new.led
    else:
        led = Led(taken) if waits else led_to(taken, facts, origin)
    taking.changed.append(led.row)
    taking.echoes.append(_echoed(led.row, row, led.note))
    taking.works += of_row(led)
    taking.cards += [c for c in led.cards if c.card.id not in {k.card.id for k in taking.cards}]
    if led.leaver is not None:
        taking.leavers.append(led.leaver)


def _place(words: str) -> str:
    """Return where somebody has moved, without the word that leads there."""
    return re.sub(r"^(?:till|på|hos|i)\s+", "", masked(words).strip(), flags=re.IGNORECASE)


def _is_staff(sender: str, facts: ReviewFacts) -> bool:
    return sender in {address_key(a) for a in facts.policy.staff}


def _echoed(row: ReviewRow, before: ReviewRow, note: str = "") -> EchoRow:
    was = before.answer if before.answer is not row.answer else RowAnswer.OPEN
    return EchoRow(row.row, row.name, row.answer, row.on, row.to, was, note)


def _brake(batch: int, facts: ReviewFacts) -> bool:
    """Tell whether so many at once need a clerk's release (domain §5: 20, or 10 %)."""
    policy = facts.policy
    share = max(policy.brake_share * facts.population, policy.brake_floor)
    return facts.ended_today + batch > policy.brake_records or batch > share


def _braked(facts: ReviewFacts, changed: Iterable[ReviewRow], origin: Origin) -> Step:
    rows = ", ".join(str(r.row) for r in changed if r.answer in _ENDING)
    text = "Bromsen: ovanligt många skulle avslutas av ett enda svar."
    case = work(
        Kind.BRAKE, f"Släpp svaret i granskningen {facts.review.handle}",
        Reason("brake", text, "D"), facts, origin,
        (("Rader", rows), ("Att göra", "kontrollera med chefen; ”klar” släpper svaret")),
    )  # fmt: skip
    return Step(replace(case, approvable=True))


def _stuck(taking: Taking, facts: ReviewFacts, origin: Origin) -> Iterable[Step]:
    if not taking.stuck:
        return
    title = "Två svar säger emot varandra"
    why = Reason("contradicts", "Svaret går emot ett tidigare svar som redan gäller.", "D")
    if not any(r.answer in DECIDED for r, _ in taking.stuck):
        title = "Rader i svaret som en handläggare ser till"
        why = Reason("not_taken", "Svaret gäller rader som det inte kan avgöra.", "D")
    rows = tuple((f"Rad {r.row} {r.name}", text) for r, text in taking.stuck)
    yield Step(work(Kind.REVIEW, title, why, facts, origin, rows))


def _unreadable(facts: ReviewFacts, origin: Origin) -> Step:
    why = Reason("not_understood", "Svaret på granskningen gick inte att förstå, två gånger.", "D")
    return Step(work(Kind.REVIEW, "Läs svaret på granskningen", why, facts, origin))


def _echo(reply: ReviewReply, taking: Taking, facts: ReviewFacts, *, clerk: bool) -> ReviewEcho:
    review = facts.review.with_rows((*taking.unclear, *taking.changed))
    words = {h.row: masked(h.words) for h in reply.rows if h.answer is RowAnswer.UNCLEAR}
    stuck = {r.row for r, _ in taking.stuck}
    open_rows = tuple(
        OpenRow(r.row, r.name, words.get(r.row, "")) for r in review.rows
        if (r.is_open or r.row in words) and r.row not in stuck
    )  # fmt: skip
    notes = [*taking.notes]
    notes += [
        f"Rad {r.row} ({r.name}): {text}. En handläggare hör av sig." for r, text in taking.stuck
    ]
    until = facts.days.after(facts.today, facts.rules.undo_days) if taking.changed else None
    return ReviewEcho(
        review.handle, tuple(sorted(taking.echoes, key=lambda e: e.row)), open_rows,
        tuple(masked(w) for w in reply.unread[:_MOST_WORDS]), until, tuple(dict.fromkeys(notes)),
        clerk=clerk or bool(taking.stuck), reply_by=_reply_by(facts) if open_rows else None,
    )  # fmt: skip


def _reply_by(facts: ReviewFacts) -> date | None:
    """Return the last day before the next level is asked, or the campaign ends; None once past."""
    review = facts.review
    if review.began is None:
        return None
    asked = facts.days.after(review.began, facts.rules.escalation_day + review.shift)
    last = facts.days.on_or_before(asked - timedelta(days=1))
    return next((d for d in (last, facts.campaign.ends) if d and d > facts.today), None)


def _reply(context: Context, content: ReviewEcho) -> Effect:
    origin = context.origin
    thread = tuple(r for r in (*origin.references, origin.message_id) if r)
    return SendLetter(
        Letter((origin.sender,), content, in_reply_to=origin.message_id, references=thread)
    )


def _log(taking: Taking, reply: ReviewReply) -> str:
    return f"{len(taking.changed)} rader tagna, {len(reply.unread)} otolkade"
