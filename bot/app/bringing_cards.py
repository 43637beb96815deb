"""The office's own cards brought in: what would change, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.app import card_facts, card_finding
from bot.app.cardwork import protected
from bot.app.commit import commit
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_import import TAKEN, CardRow, agrees, card_of, decide_import, reopened
from bot.domain.cards import OVER, Blank, Card, CardKind, Holder
from bot.domain.decision import CardStep, Decision
from bot.domain.protection import gate
from bot.domain.row_faults import BadRow
from bot.domain.values import CardId, name_key
from bot.ports.store import Work

NEW, CHANGED, SAME = "nytt", "ändrat", "oförändrat"
STOCK, RESTOCK = "nytt i lagret", "ändrat i lagret"
_IMPORTED = "card_imported"


class RowsRefusedError(ValueError):
    """The memory says something else than the rows; nothing was brought in."""

    def __init__(self, faults: tuple[BadRow, ...]) -> None:
        """Keep the *faults*, each named by its row."""
        super().__init__(f"{len(faults)} rows")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Arrival:
    """One row of the file beside what we hold, and what it leads to (None: nothing)."""

    row: CardRow
    word: str
    before: Card | None = None
    decision: Decision | None = None
    blank: Blank | None = None

    @property
    def card(self) -> Card | None:
        """Return the card as it would be; of a row that changes nothing, as it is."""
        step = _card_step(self.decision) if self.decision is not None else None
        return step.card if step is not None else self.before

    @property
    def note(self) -> str:
        """Return what a clerk will have to see to, "" for nothing."""
        if self.decision is None:
            return ""
        told = (w.case.why for w in _card_step(self.decision).works)
        return " ".join(why.text for why in told if why.rule in ("missing", "too_long"))


@dataclass(frozen=True, slots=True)
class Plan:
    """What bringing in a file would do, and every row that can't be brought in."""

    arrivals: tuple[Arrival, ...]
    faults: tuple[BadRow, ...] = ()

    def of(self, *words: str) -> tuple[Arrival, ...]:
        """Return the arrivals that are one of *words*."""
        return tuple(a for a in self.arrivals if a.word in words)


def cards(services: Services, rows: Sequence[CardRow]) -> Plan:
    """Return what bringing in *rows* would do; nothing is changed."""
    with services.store.begin() as work:
        return _Planning(services, work).plan(rows)


def take_cards(services: Services, rows: Sequence[CardRow], actor: str) -> Plan:
    """Write the new and changed cards and blanks; return what was done.

    Raises:
        RowsRefusedError: rows and memory disagree; nothing is written.
        ConflictError: another hand was quicker; nothing is written.
    """
    now = services.clock()
    with services.store.begin() as work:
        plan = _Planning(services, work).plan(rows)
        if plan.faults:
            raise RowsRefusedError(plan.faults)
        # What is given back goes first: a person has one reserve card at a time.
        for arrival in sorted(plan.of(NEW, CHANGED), key=lambda a: a.row.status in TAKEN):
            _write(work, arrival, now, actor)
        for arrival in plan.of(STOCK, RESTOCK):
            _stock(work, arrival, now, actor)
        if any(a.row.status is not None for a in plan.arrivals):
            work.runs.begin(*card_facts.BROUGHT_IN, now)
        if any(a.row.status is None for a in plan.arrivals):
            work.runs.begin("stock", "any", now)
    return plan


def _write(work: Work, arrival: Arrival, now: datetime, actor: str) -> None:
    row, decision, card = arrival.row, arrival.decision, arrival.card
    if decision is None or card is None:
        return
    commit(work, gate(decision, protected(card, work)), now=now, actor=actor)
    record = card_facts.record_of(work, card)  # anew: another card of the person's may be first
    open_again = reopened(card, record) if record is not None else None
    if open_again is not None:
        work.records.save(open_again)
        detail = f"{open_again.status.value}: har ett kort"
        work.audit.add(actor, "record_saved", f"P-{open_again.id}", detail, now)
    saved = _saved(work, arrival)
    work.audit.add(actor, _IMPORTED, f"C-{saved}", f"{arrival.word}: {row.fingerprint}", now)
    if row.number and work.blanks.find(row.number) is not None:
        work.blanks.take(row.number, "lent")


def _saved(work: Work, arrival: Arrival) -> CardId:
    if arrival.before is not None:
        return arrival.before.id
    row = arrival.row
    found: tuple[Card, ...] = work.cards.by_number(row.number)
    if not row.number and row.person is not None:
        found = work.cards.of_person(row.person)
    return max(c.id for c in found if c.kind is row.kind)


def _stock(work: Work, arrival: Arrival, now: datetime, actor: str) -> None:
    if arrival.blank is None:
        return
    if arrival.word == STOCK:
        work.blanks.add((arrival.blank,))
    else:
        work.blanks.renew(arrival.blank)
    work.audit.add(actor, "blank_imported", arrival.row.number, arrival.word, now)


def _card_step(decision: Decision) -> CardStep:
    return (*decision.cards, *(c for s in decision.steps for c in s.cards))[0]


class _RowError(ValueError):
    """One row can't be brought in."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


class _Planning:
    """Compares rows with the memory inside one transaction."""

    def __init__(self, services: Services, work: Work) -> None:
        self._services, self._work = services, work
        self._day: date = today(services.clock())

    def plan(self, rows: Sequence[CardRow]) -> Plan:
        """Return what *rows* would do, each bad one named."""
        arrivals: list[Arrival] = []
        faults: list[BadRow] = []
        for row in rows:
            try:
                arrivals.append(self._arrival(row))
            except _RowError as error:
                faults.append(BadRow(row.line, error.column, error.text))
        freed = {a.before.id for a in arrivals if a.before and a.row.status not in TAKEN}
        faults += [f for a in arrivals for f in self._second_loan(a, freed)]
        return Plan(tuple(arrivals), tuple(sorted(faults, key=lambda f: f.line)))

    def _arrival(self, row: CardRow) -> Arrival:
        if row.status is None:
            return self._blank(row)
        holder = self._holder(row)
        before, same = self._known(row)
        if same:
            return Arrival(row, SAME, before)
        card = card_of(row, row.status, holder, self._day)
        if before is not None:
            card = replace(
                card, id=before.id, version=before.version, case=before.case, opened=before.opened
            )
        decision = self._decided(card, row)
        return Arrival(row, NEW if before is None else CHANGED, before, decision)

    def _decided(self, card: Card, row: CardRow) -> Decision:
        facts = card_facts.of_card(self._services, self._work, card)
        person = None
        if facts.record is not None and row.person is not None:
            person = card_facts.person_facts(self._services, self._work, facts.record)
        return decide_import(card, facts, person)

    def _holder(self, row: CardRow) -> Holder:
        """Return whose card it is, by the register of persons or, for the others, by the row."""
        if row.person is not None:
            record = self._work.records.get(row.person)
            if record is None:
                raise _RowError("person_id", "personen finns inte i registret; läs in den först")
            return card_finding.from_record(self._work, record, self._day)
        unit = None
        if row.unit_id:
            units = self._work.managers.by_unit(name_key(row.unit_id))
            unit = next((r for r in units if r.in_force(self._day)), None)
            if unit is None:
                raise _RowError("unit_id", "enheten finns inte i chefsregistret")
        return Holder(
            row.name, unit.unit if unit is not None else "",
            unit.unit_id if unit is not None else "", row.mail,
            unit.mail if unit is not None else "",
        )  # fmt: skip

    def _known(self, row: CardRow) -> tuple[Card | None, bool]:
        """Return the card that *row* is about, and whether the row changes nothing of it."""
        bearers = self._bearers(row)
        mine = [c for c in bearers if _same_holder(c, row)]
        same = next((c for c in mine if self._brought(c)[0] == row.fingerprint), None)
        if same is not None:
            return same, True
        live = [c for c in bearers if c.status not in OVER]
        found = (live or mine)[-1] if live or mine else None
        if found is None:
            return None, False
        if not _same_holder(found, row):
            raise _RowError("number", f"finns redan på ett annat kort ({found.handle})")
        if agrees(row, found):
            return found, True
        if self._brought(found)[1]:
            text = f"kortet ({found.handle}) har ändrats här sedan listan skrevs; rätta raden"
            raise _RowError("number", text)
        return found, False

    def _bearers(self, row: CardRow) -> tuple[Card, ...]:
        """Return the cards that *row* may be about: by number, without one by the person."""
        found = self._work.cards.by_number(row.number)
        if found or row.person is None:
            return found
        own = [c for c in self._work.cards.of_person(row.person) if c.kind is row.kind]
        unnumbered = [c for c in own if not c.number and c.status not in OVER]
        if row.number:  # of a loan whose number was not known before
            return tuple(c for c in unnumbered if c.is_reserve and c.status in TAKEN)
        return tuple(c for c in own if c in unnumbered or self._brought(c)[0] == row.fingerprint)

    def _brought(self, card: Card) -> tuple[str, bool]:
        """Return the row by which *card* was last brought in ("" never); has it moved since?"""
        lines = self._work.audit.of(card.handle)
        rows = [line.detail.rpartition(" ")[2] for line in lines if line.action == _IMPORTED]
        moved = not rows or lines[-1].action != _IMPORTED
        return (rows[-1] if rows else ""), moved

    def _second_loan(self, arrival: Arrival, freed: Collection[CardId]) -> Iterator[BadRow]:
        """Name a row that gives a person a second reserve card; *freed* are given back (S9)."""
        row = arrival.row
        if arrival.word not in (NEW, CHANGED) or row.person is None:
            return
        if row.kind is not CardKind.RESERVE or row.status not in TAKEN:
            return
        mine = arrival.before.id if arrival.before is not None else None
        for other in self._work.cards.of_person(row.person):
            if other.is_reserve and other.status in TAKEN and other.id not in {mine, *freed}:
                text = f"personen har redan ett reservkort ({other.handle}); ett i taget"
                yield BadRow(row.line, "person_id", text)

    def _blank(self, row: CardRow) -> Arrival:
        word = self._work.blanks.word(row.number)
        known = self._work.blanks.find(row.number)
        if not word:
            bearers = self._work.cards.by_number(row.number)
            if bearers:
                text = f"finns på ett kort ({bearers[-1].handle}), så det är inget blankt kort"
                raise _RowError("number", text)
            new = Blank(row.number, row.received or self._day, row.expires)
            return Arrival(row, STOCK, blank=new)
        if known is None:
            return Arrival(row, SAME)
        renewed = Blank(row.number, row.received or known.received, row.expires or known.expires)
        return Arrival(row, SAME if renewed == known else RESTOCK, blank=renewed)


def _same_holder(card: Card, row: CardRow) -> bool:
    if row.person is not None or card.holder.person is not None:
        return card.holder.person == row.person
    return name_key(card.holder.name) == name_key(row.name)
