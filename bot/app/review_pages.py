"""A campaign's reviews page by page: memory does not grow with their number. Only looks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.reviews import Review
from bot.domain.values import CampaignId, ReviewId
from bot.ports.store import Work

PAGE = 200


def pages(work: Work, campaign: CampaignId) -> Iterator[Review]:
    """Yield the reviews of a campaign in order of number."""
    after = ReviewId(0)
    while True:
        found = work.reviews.of_campaign(campaign, after, PAGE)
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1].id
