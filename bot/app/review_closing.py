"""A campaign is over: its reviews close, the report is made, archived and mailed. Only order."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime

from bot.app import review_report
from bot.app.commit import save_campaign
from bot.app.review_csv import report_csv
from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.retention import REVIEW, archived
from bot.domain.reviews import Campaign, CampaignState
from bot.ports.card_tables import ArchiveRow
from bot.ports.review_papers import ReviewReportFacts
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
    """Close a campaign: report and table are archived together with its end."""
    done = replace(campaign, state=CampaignState.CLOSED, closed=now)
    with services.store.begin() as work:
        facts, table = gathered(services, work, done, now)
        paper = services.documents.review_report(facts)
        names = (f"{review_report.base(campaign)}.pdf", facts.csv_name)
        for name, content in zip(names, (paper, table), strict=True):
            _archive(services, work, done, name, content, now)
        told = review_report.summary(facts, names)
        if services.facts.staff:
            key = f"{told.kind}/{campaign.name}"
            letter = SendLetter(Letter(services.facts.staff, told))
            number = work.outbox.put(letter, key, case=campaign.case, now=now, due=now)
            work.audit.add("bot", "letter_queued", f"B-{number}", told.kind, now)
        return save_campaign(work, done, now=now, actor="bot")


def gathered(
    services: Services, work: Work, campaign: Campaign, now: datetime
) -> tuple[ReviewReportFacts, bytes]:
    """Return the report's facts and the table that goes with it, whose hash stands in them."""
    facts = review_report.facts(services, work, campaign, now)
    table = report_csv(facts)
    return replace(facts, csv_hash=hashlib.sha256(table).hexdigest()), table


def _archive(
    services: Services, work: Work, campaign: Campaign, name: str, content: bytes, now: datetime
) -> None:
    thing = archived(services.policy.retention, content, name, REVIEW, today(now))
    row = ArchiveRow(
        0, "", thing.name, thing.kind, campaign.case, None, now, thing.keep_until, thing.reference
    )
    sha = work.archive.put(thing.content, row)
    work.audit.add("bot", "archived", campaign.name, f"{thing.kind} {sha[:12]}", now)
