"""What staff are asked about differences from the catalogue, and what they answer. Pure.

A case stands for exactly what it shows: where a difference changes, another case takes its place,
so that an answer to an old one never takes over what nobody has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from bot.domain.calendar import today as day_of
from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Decision, IllegalStepError, Step
from bot.domain.drift import (
    GONE,
    PROTECTED,
    UNCLEAR,
    UNKNOWN,
    Difference,
    Drift,
    hidden,
    same,
    whom,
)
from bot.domain.endings import follow
from bot.domain.entries import status_on
from bot.domain.event_facts import EventFacts
from bot.domain.labels import label
from bot.domain.records import Action, Change, Entry, Record, Status
from bot.domain.triage import Outcome
from bot.domain.values import CaseId, PersonId, RecordId

_FIRST = ("valid_until", "valid_from", "hsa_id")  # told first: they end or begin a person
_SAYS = {
    GONE: "Finns hos oss men inte i katalogen",
    UNKNOWN: "Finns i katalogen men inte hos oss",
    UNCLEAR: "Katalogen har två poster för personen, eller en med en dag som inte går att läsa",
}
_TITLES = {
    GONE: "Saknas i katalogen",
    UNKNOWN: "Finns bara i katalogen",
    UNCLEAR: "Går inte att läsa i katalogen",
}
_TAKES = "tar över katalogens uppgifter i registret"
_KEEPS = "behåller våra uppgifter; vi frågar inte igen förrän skillnaden ändras"


@dataclass(frozen=True, slots=True, repr=False)
class Compared:
    """One person as a comparison found them, with what is remembered and still open."""

    person: PersonId
    record: Record | None
    entry: Entry | None  # the catalogue's
    version: str
    found: tuple[Difference, ...]
    known: tuple[Drift, ...] = ()
    case: Case | None = None  # that asks staff about this person alone, and is not answered

    @property
    def hidden(self) -> bool:
        """Tell whether the person is protected on either side."""
        return hidden(self.record, self.entry)


@dataclass(frozen=True, slots=True, repr=False)
class News:
    """What is new about one person: rows to remember, a case that is over, rows to ask about."""

    about: Compared
    ended: tuple[Drift, ...]
    rows: tuple[Drift, ...]
    over: Case | None = None  # the case that no longer says how it is
    asks: tuple[Drift, ...] = ()  # of *rows*: what a new case shall tell


def news(one: Compared, live: Collection[CaseId], now: datetime) -> News:
    """Return what has begun, what goes on and what has ended; *live* cases are not answered yet.

    What is remembered without a case is told of as if it were new.
    """
    known = {(d.attribute, d.mark): d for d in one.known}
    wanted = {(d.attribute, d.mark): d for d in one.found}
    ended = tuple(replace(d, closed=now) for k, d in known.items() if k not in wanted)
    rows = tuple(_row(one, d, known.get(k), now) for k, d in wanted.items())
    new = [d for d in rows if d.case is None]
    own = one.case
    if own is not None:
        mine = [d for d in one.known if d.case == own.id]
        stale = bool(new) or not mine or any(d.case == own.id for d in ended)
        stale = stale or (one.hidden and not own.protected)  # it names who must not be named
    else:
        stale = bool(new)
    if not stale:
        return News(one, ended, rows)
    asks = tuple(d for d in rows if d.case is None or d.case in live)
    asks = tuple(sorted(asks, key=lambda d: _place(d.attribute)))
    return News(one, ended, rows, own, asks)


def _place(attribute: str) -> int:
    return _FIRST.index(attribute) if attribute in _FIRST else len(_FIRST)


def _row(one: Compared, found: Difference, known: Drift | None, now: datetime) -> Drift:
    ours, theirs = ("", "") if one.hidden else (found.ours, found.theirs)
    if known is not None:
        return replace(known, seen=now, ours=ours, theirs=theirs)
    return Drift(one.person, found.attribute, found.mark, ours, theirs, now, now)


def over(case: Case, *, replaced: bool) -> Step:
    """Return a case that no longer says how it is: the difference has changed, or is gone."""
    if replaced:
        why = Reason("drift_changed", "Skillnaden har ändrats; ett nytt ärende säger hur.", "D")
        return Step(replace(case, stage=Stage.LINKED, why=why, approvable=False))
    why = Reason("drift_gone", "Registret och katalogen säger samma sak igen.", "D")
    return Step(replace(case, stage=Stage.CONFIRMED, why=why, approvable=False))


def asked(new: News, now: datetime) -> Case:
    """Return the case that asks staff about one person."""
    one = new.about
    entry = one.record.entry if one.record is not None else one.entry
    lone = next((d.attribute for d in new.asks if d.attribute in _SAYS), "")
    title = _TITLES.get(lone, "Skillnad mot katalogen")
    plan = _plan(one, new.asks)
    urgent = any(d.attribute == PROTECTED for d in new.asks) or (one.hidden and lone == UNKNOWN)
    return Case(
        kind=Kind.DRIFT, stage=Stage.STAFF, title=f"{title}: {whom(entry) if entry else ''}",
        why=Reason("drift", _why(new.asks), "D"), opened=now,
        priority=Priority.URGENT if urgent else Priority.NORMAL, person=one.person,
        record=one.record.id if one.record is not None else None, protected=one.hidden, plan=plan,
        expected=one.version if plan is not None and _whole(one, plan) else "",
        approvable=plan is not None,
        details=(*(_said(d) for d in new.asks), *_answers(lone)),
    )  # fmt: skip


def newly_protected(record: Record, now: datetime) -> Case:
    """Return the work of named staff when the catalogue was the first to know."""
    return Case(
        kind=Kind.DRIFT, stage=Stage.STAFF, title=f"Skyddad i katalogen: {whom(record.entry)}",
        why=Reason("drift_protected", "Katalogen säger att personen är skyddad.", "F"),
        opened=now, priority=Priority.URGENT, person=record.entry.person_id, record=record.id,
        protected=True,
    )  # fmt: skip


def summary(found: Sequence[News], now: datetime) -> Case:
    """Return the one case that tells of so many differences that no list is read."""
    counts = Counter(d.attribute for one in found for d in one.asks)
    title = f"Skillnader mot katalogen: {len(found)} personer"
    text = (
        f"{len(found)} personer skiljer på en gång. Se dem med ”ekbot list drifts”. Vill ni svara "
        "på var och en: ”ekbot drift --one-by-one”. Klar eller avslå: ni har sett dem; registret "
        "ändras inte, och vi frågar inte igen om dem."
    )
    return Case(
        kind=Kind.DRIFT, stage=Stage.STAFF, title=title,
        why=Reason("drift_many", text, "D"), opened=now,
        details=tuple((_SAYS.get(n) or label(n), str(c)) for n, c in counts.most_common()),
    )  # fmt: skip


def done(case: Case, facts: EventFacts, reason: Reason) -> Decision:
    """Return what a clerk's «klar» leads to: our register takes over what the case shows.

    Raises:
        IllegalStepError: the register has changed since.
    """
    closed = Step(replace(case, stage=Stage.CONFIRMED, why=reason, approvable=False))
    plan, record = case.plan, facts.record
    if plan is None or case.protected or not case.approvable:
        return Decision(Outcome.APPLIED, reason, (closed,))
    if plan.before is None:
        if record is not None:
            raise IllegalStepError(f"{case.handle}: personen finns redan i registret. Det ses över "
                                   "i natt.")  # fmt: skip
        return Decision(Outcome.APPLIED, reason, (closed,), (_new(case, plan.after, facts),))
    if record is None or _moved(record, plan):
        raise IllegalStepError(f"{case.handle}: posten har ändrats hos oss sedan dess. Skillnaden "
                               "ses över på nytt i natt.")  # fmt: skip
    taken = _taken(record, plan, case.expected, facts)
    cards = follow(facts.person(taken), None)
    return Decision(Outcome.APPLIED, reason, (closed,), (taken,), cards)


def _new(case: Case, entry: Entry, facts: EventFacts) -> Record:
    if not facts.manager:
        raise IllegalStepError(
            f"{case.handle}: enheten {entry.unit or entry.unit_id or '(ingen)'} har ingen chef i "
            "chefsregistret, så ingen kan svara för personen. Lägg in chefen där först."
        )
    status = status_on(entry, facts.today)
    return Record(RecordId(0), entry, status, facts.manager, catalogue_version=case.expected)


def _taken(record: Record, plan: Change, version: str, facts: EventFacts) -> Record:
    """Return the record with the catalogue's values; one that ends by them is ended by its day."""
    values = {name: getattr(plan.after, name) for name in _touched(plan)}
    entry = replace(record.entry, **values)
    status = status_on(entry, facts.today)
    live = record.status in (Status.PLANNED, Status.ACTIVE)
    moves = entry.unit_id != record.entry.unit_id
    return replace(
        record, entry=entry, catalogue_version=version or record.catalogue_version,
        manager_mail=facts.manager if moves and facts.manager else record.manager_mail,
        status=record.status if status is Status.ENDED and live else status,
    )  # fmt: skip


def _moved(record: Record, plan: Change) -> bool:
    """Tell whether one of the values that the plan replaces is another by now."""
    before = plan.before
    return before is None or any(
        getattr(record.entry, n) != getattr(before, n) for n in _touched(plan)
    )


def _touched(plan: Change) -> tuple[str, ...]:
    return tuple(
        f.name for f in fields(Entry) if getattr(plan.before, f.name) != getattr(plan.after, f.name)
    )


def _plan(one: Compared, rows: Sequence[Drift]) -> Change | None:
    """Return what «klar» makes of our entry; None where there is nothing to take over."""
    if one.entry is None or one.hidden or any(d.attribute == UNCLEAR for d in rows):
        return None
    if one.record is None:
        return Change(Action.ADD, None, one.entry)
    ours = one.record.entry
    values = {
        d.attribute: getattr(one.entry, d.attribute) for d in rows if d.attribute != PROTECTED
    }
    return Change(Action.MODIFY, ours, replace(ours, **values)) if values else None


def _whole(one: Compared, plan: Change) -> bool:
    """Tell whether the plan makes our entry the catalogue's: its version may then be known."""
    return one.entry is not None and same(plan.after, one.entry)


def _said(row: Drift) -> tuple[str, str]:
    since = f"sedan {day_of(row.since)}"
    if row.attribute in _SAYS:
        return "Vad", f"{_SAYS[row.attribute]}, {since}"
    return label(row.attribute), f"{_pair(row)}, {since}"


def _pair(row: Drift) -> str:
    return f"{row.ours or 'tomt'} hos oss, {row.theirs or 'tomt'} i katalogen"


def _why(rows: Sequence[Drift]) -> str:
    """Return the digest's line: all that differs, since when; how it is answered stands there once.

    All of it: a «klar» to the digest takes over no value that it did not name.
    """
    lone = next((d for d in rows if d.attribute in _SAYS), None)
    if lone is not None:
        return f"{_SAYS[lone.attribute]}, sedan {day_of(lone.since)}."
    shown = [f"{label(d.attribute)}: {_pair(d)}, sedan {day_of(d.since)}" for d in rows]
    return f"{'; '.join(shown)}."


def _answers(lone: str) -> tuple[tuple[str, str], ...]:
    if lone == GONE:
        todo = (
            "har personen slutat, be chefen om en avbeställning; togs posten bort av misstag, lägg "
            "in den i katalogen igen"
        )
        seen = "ni har sett över det; registret ändras inte, och vi frågar inte igen"
        return ("Att göra", todo), ("Klar", seen)
    if lone == UNCLEAR:
        return (
            (
                "Att göra",
                "be den som sköter katalogen att rätta; tills dess skrivs inget om personen",
            ),
            ("Klar", "ni har sett över det; registret ändras inte, och vi frågar inte igen"),
        )
    if lone == UNKNOWN:
        return (
            ("Klar", "lägger upp personen i registret med katalogens uppgifter"),
            ("Avslå", "personen läggs inte upp, och vi frågar inte igen"),
        )
    return ("Klar", _TAKES), ("Avslå", _KEEPS)
