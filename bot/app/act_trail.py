"""Notes everything that is saved and queued in a transaction, with how it stood before.

An act's trail grows by what the program does because of it: the catalogue's answer, a letter that
has left. So a clerk can take back the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Generic, cast

from bot.domain.cards import Card
from bot.domain.cases import Case
from bot.domain.events import Event
from bot.domain.records import Record
from bot.domain.staff_acts import Act, Thing, Touched, Trail
from bot.domain.values import CardId, CaseId, LetterId
from bot.ports import card_tables, review_tables, tables
from bot.ports.store import Work


class _Watched(Generic[Thing]):
    """A table that notes what is saved; everything else is the table's own."""

    def __init__(self, table: Any, find: Any) -> None:  # noqa: ANN401 - three tables, one shape
        self._table, self._find = table, find
        self.touched: dict[int, Touched[Thing]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the table's own
        return getattr(self._table, name)

    def save(self, thing: Thing) -> Thing:
        known = self.touched.get(thing.id)
        before = self._find(thing) if thing.id and known is None else None
        saved: Thing = self._table.save(thing)
        first = known.before if known is not None else before
        self.touched[saved.id] = Touched(first, saved.id, saved.version)
        return saved


class _WatchedOutbox:
    def __init__(self, table: tables.Outbox) -> None:
        self._table = table
        self.put_rows: list[LetterId] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the table's own
        return getattr(self._table, name)

    def put(self, *given: Any, **named: Any) -> LetterId:  # noqa: ANN401 - the table's own
        number = self._table.put(*given, **named)
        self.put_rows.append(number)
        return number


class _WatchedBlanks:
    def __init__(self, table: card_tables.Blanks) -> None:
        self._table = table
        self.taken: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the table's own
        return getattr(self._table, name)

    def take(self, number: str, status: str) -> None:
        if self._table.find(number) is not None:
            self.taken.append(number)
        self._table.take(number, status)


class _WatchedReviews:
    def __init__(self, table: review_tables.Reviews) -> None:
        self._table = table
        self.saved = False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the table's own
        if name.startswith("save"):
            self.saved = True
        return getattr(self._table, name)


class Noted:
    """The memory inside one transaction, with an eye on what is saved."""

    def __init__(self, work: Work) -> None:
        """Watch *work*."""
        self._work = work
        self._cases: _Watched[Case] = _Watched(work.cases, lambda c: work.cases.get(c.id))
        self._cards: _Watched[Card] = _Watched(work.cards, lambda c: work.cards.get(c.id))
        self._records: _Watched[Record] = _Watched(work.records, lambda r: work.records.by_id(r.id))
        self._outbox = _WatchedOutbox(work.outbox)
        self._blanks = _WatchedBlanks(work.blanks)
        self._reviews = _WatchedReviews(work.reviews)
        self.cases, self.cards, self.records = self._cases, self._cards, self._records
        self.outbox, self.blanks, self.reviews = self._outbox, self._blanks, self._reviews

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the memory's own
        return getattr(self._work, name)

    @property
    def work(self) -> Work:
        """Return this as the memory that it is."""
        return cast("Work", self)

    def trail(self) -> Trail:
        """Return what has been saved and queued so far."""
        return Trail(
            tuple(self._cases.touched.values()), tuple(self._cards.touched.values()),
            tuple(self._records.touched.values()), tuple(self._outbox.put_rows),
            tuple(self._blanks.taken), self._reviews.saved,
        )  # fmt: skip


def refs_of(event: Event) -> tuple[str, ...]:
    """Return the handles of what *event* is about, the card first."""
    card, case = getattr(event, "card", None), event.case
    return (*((f"C-{card}",) if card else ()), *((f"K-{case}",) if case else ()))


@contextmanager
def followed(work: Work, event: Event) -> Iterator[Work]:
    """Let what the program does because of a clerk's act belong to that act.

    It does while nothing else has happened to the thing since.
    """
    acts = _waiting(work, event)
    noted = Noted(work)
    yield noted.work
    trail = noted.trail()
    for act in acts:
        if act.trail is not None:
            work.acts.save(replace(act, trail=joined(act.trail, trail)))


def _waiting(work: Work, event: Event) -> tuple[Act, ...]:
    for ref in refs_of(event):
        newest = next(iter(work.acts.about(ref)), None)
        if newest is None or newest.undone is not None or newest.trail is None:
            continue
        if _untouched(work, newest.trail, ref):
            return (newest,)
    return ()


def _untouched(work: Work, trail: Trail, ref: str) -> bool:
    for card in trail.cards:
        if ref == f"C-{card.id}":
            now = work.cards.get(CardId(card.id))
            return now is not None and now.version == card.version
    for case in trail.cases:
        if ref == f"K-{case.id}":
            found = work.cases.get(CaseId(case.id))
            return found is not None and found.version == case.version
    return False


def joined(first: Trail, then: Trail) -> Trail:
    """Return both trails as one: how things stood before the first, their version after *then*."""
    return Trail(
        _joined(first.cases, then.cases), _joined(first.cards, then.cards),
        _joined(first.records, then.records), (*first.rows, *then.rows),
        (*first.blanks, *then.blanks), first.review or then.review,
    )  # fmt: skip


def _joined(
    first: tuple[Touched[Thing], ...], then: tuple[Touched[Thing], ...]
) -> tuple[Touched[Thing], ...]:
    known = {t.id: t for t in first}
    for later in then:
        old = known.get(later.id)
        known[later.id] = replace(later, before=old.before) if old is not None else later
    return tuple(known.values())
