"""The memory of campaigns and reviews, as the app needs them."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.domain.reviews import Campaign, Review
from bot.domain.values import CampaignId, ReviewId


class Reviews(Protocol):
    """Campaigns, and each manager's review in them."""

    def save_campaign(self, campaign: Campaign) -> Campaign:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, or the name is taken.
        """
        ...

    def campaign(self, which: CampaignId) -> Campaign | None:
        """Return the campaign with this id."""
        ...

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns in order of id."""
        ...

    def save(self, review: Review) -> Review:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, or the campaign has one of its key.
        """
        ...

    def get(self, which: ReviewId) -> Review | None:
        """Return the review with this id."""
        ...

    def of_key(self, campaign: CampaignId, key: str) -> Review | None:
        """Return the campaign's review for *key*."""
        ...

    def of_campaign(
        self, campaign: CampaignId, after: ReviewId, limit: int
    ) -> tuple[Review, ...]:  # fmt: skip
        """Return reviews of a campaign with ids above *after*, in order of id."""
        ...

    def due(self, today: date, after: tuple[date, ReviewId], limit: int) -> tuple[Review, ...]:
        """Return reviews of running campaigns whose day has come, past the place *after*."""
        ...

    def release(self, campaign: CampaignId, day: date) -> int:
        """Let every open review that has a reader act on *day*; return how many."""
        ...

    def close(self, campaign: CampaignId) -> int:
        """Close every review of the campaign; return how many."""
        ...

    def counts(self, campaign: CampaignId) -> dict[str, int]:
        """Return how many of the campaign's reviews have each status."""
        ...

    def touched(self, campaign: CampaignId) -> date | None:
        """Return the day of the campaign's last answer."""
        ...
