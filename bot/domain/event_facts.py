"""What the memory says about an event. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.answering import Context
from bot.domain.card_facts import CardFacts, PersonFacts
from bot.domain.cards import Card
from bot.domain.cases import Case
from bot.domain.cases import Status as CaseStatus
from bot.domain.decision import Policy
from bot.domain.guards import FormFacts
from bot.domain.records import Record
from bot.domain.review_facts import ReviewFacts
from bot.domain.reviews import Campaign
from bot.domain.staff_acts import Standing


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the memory says about an event: its case, the case above, the person's record."""

    now: datetime
    today: date
    case: Case | None
    parent: Case | None = None
    record: Record | None = None
    returns_open: bool = False  # a card return of this person is open already
    others: tuple[Case, ...] = ()  # the person's cases that are under way
    form: FormFacts | None = None  # of the case's form as a clerk has corrected it
    context: Context | None = None  # of the mail that the form came in
    policy: Policy = field(default_factory=Policy)
    cards: tuple[Card, ...] = ()  # all of the person's
    card: CardFacts | None = None  # the card that the case is about
    manager: str = ""  # of the person's unit today
    superior: str = ""
    stock_complete: bool = False  # the office has brought in its cards
    campaign: Campaign | None = None  # that the case would let go
    review: ReviewFacts | None = None  # whose answer the case holds
    standing: Standing | None = None  # of the act that shall be undone

    def person(self, record: Record | None) -> PersonFacts:
        """Return what bears on the person's cards, with *record* as it is now."""
        return PersonFacts(
            self.now, self.today, self.policy, record, self.cards,
            tuple(c for c in self.others if c.status is not CaseStatus.DONE), self.manager,
            self.superior, self.stock_complete,
        )  # fmt: skip
