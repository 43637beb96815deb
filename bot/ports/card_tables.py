"""The memory of cards, of the drawer's blanks, of what is kept for years: as the app needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.cards import Blank, Card
from bot.domain.records import Record
from bot.domain.values import CardId, CaseId, PersonId


class Cards(Protocol):
    """Cards by id, person, number, mark, case; and those whose day has come."""

    def save(self, card: Card) -> Card:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, another card bears its number, or the
                person has a reserve card already.
        """
        ...

    def get(self, card: CardId) -> Card | None:
        """Return the card with this id."""
        ...

    def of_person(self, person: PersonId) -> tuple[Card, ...]:
        """Return all cards of a person in order of id, those that are over too."""
        ...

    def by_number(self, number: str) -> tuple[Card, ...]:
        """Return the cards that bear, or bore, a number, in order of id."""
        ...

    def by_mark(self, mark: str) -> Card | None:
        """Return the card whose receipt bears *mark*."""
        ...

    def by_mail(self, mail: str) -> tuple[Card, ...]:
        """Return the cards that are not over whose holder has this address."""
        ...

    def of_case(self, case: CaseId) -> tuple[Card, ...]:
        """Return the cards that an order asked for."""
        ...

    def due(self, today: date, after: tuple[date, CardId], limit: int) -> tuple[Card, ...]:
        """Return cards whose day has come, past the place *after*, by day and id."""
        ...

    def lent(self) -> tuple[Card, ...]:
        """Return the reserve cards that are with somebody, or lost, in no order."""
        ...

    def ended(self) -> tuple[tuple[Card, Record], ...]:
        """Return the cards that are not over of persons whose record has ended."""
        ...

    def list(self) -> tuple[Card, ...]:
        """Return all cards in order of id."""
        ...


class Blanks(Protocol):
    """The drawer of reserve cards that nobody has had yet: first in, first out."""

    def add(self, blanks: Sequence[Blank]) -> int:
        """Put new blanks into the drawer; return how many were not known before."""
        ...

    def find(self, number: str) -> Blank | None:
        """Return the blank with this number if it lies in the drawer."""
        ...

    def word(self, number: str) -> str:
        """Return ``in_stock``, ``lent``, ``missing`` or ``spoiled``; "" of one never known."""
        ...

    def renew(self, blank: Blank) -> None:
        """Note other days of a blank that lies in the drawer."""
        ...

    def list(self) -> tuple[Blank, ...]:
        """Return what lies in the drawer: those that run out first, then the oldest."""
        ...

    def take(self, number: str, status: str) -> None:
        """Take a blank out of the drawer: *status* is ``lent``, ``missing`` or ``spoiled``."""
        ...

    def seen(self, numbers: Iterable[str], on: date) -> None:
        """Note that these lay in the drawer at an inventory."""
        ...


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """Something that is kept: what, of which case and card, until when, by which plan."""

    id: int
    sha256: str
    name: str
    kind: str
    case: CaseId | None
    card: CardId | None
    at: datetime
    keep_until: date
    reference: str


class Archive(Protocol):
    """What is kept for years, by its content."""

    def put(self, content: bytes, row: ArchiveRow) -> str:
        """Keep *content* once; return its SHA-256. *row*'s id and digest are not looked at."""
        ...

    def of_card(self, card: CardId) -> tuple[ArchiveRow, ...]:
        """Return what is kept about a card."""
        ...

    def of_case(self, case: CaseId) -> tuple[ArchiveRow, ...]:
        """Return what is kept about a case."""
        ...

    def content(self, sha256: str) -> bytes:
        """Return a content, checked against its SHA-256."""
        ...

    def purge(self, today: date) -> int:
        """Let go of what need not be kept any more; return how many."""
        ...
