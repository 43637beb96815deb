"""A campaign is over: its reviews close, the report is made, archived and mailed. Only order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.app.commit import save_campaign
from bot.app.services import Services
from bot.domain.reviews import Campaign, CampaignState
from bot.ports.store import Work


def close_due(services: Services, day: date, now: datetime) -> int:
    """Close the campaigns whose last day has passed, or that everybody has answered."""
    with services.store.begin() as work:
        over = [c for c in work.reviews.campaigns() if _is_over(services, work, c, day)]
    for campaign in over:
        close(services, campaign, now)
    return len(over)


def _is_over(services: Services, work: Work, campaign: Campaign, day: date) -> bool:
    if campaign.state is not CampaignState.RUNNING or campaign.ends is None:
        return False
    if day > campaign.ends:
        return True
    counts = work.reviews.counts(campaign.id)
    last = work.reviews.touched(campaign.id)
    if counts.get("open") or counts.get("escalated") or last is None:
        return False
    return day > services.working_days.after(last, services.policy.review.undo_days)


def close(services: Services, campaign: Campaign, now: datetime) -> Campaign:
    """Close a campaign with its report."""
    with services.store.begin() as work:
        done = replace(campaign, state=CampaignState.CLOSED, closed=now)
        return save_campaign(work, done, now=now, actor="bot")
