"""Reviews as the contract's JSON; who has become protected since stands in none. Only looks."""

from __future__ import annotations

from collections.abc import Collection

from bot.app.review_pages import pages
from bot.cli.shapes import Json
from bot.domain.reviews import Campaign, Review, ReviewRow
from bot.domain.values import RecordId
from bot.ports.store import Work


def reviews(work: Work) -> list[Json]:
    """Return every review of every campaign."""
    hidden = {r.id for r in work.records.protected()}
    return [
        review(one, campaign, hidden)
        for campaign in work.reviews.campaigns()
        for one in pages(work, campaign.id)
    ]


def review(row: Review, campaign: Campaign, hidden: Collection[RecordId]) -> Json:
    """Return one manager's review."""
    return {
        "id": row.handle,
        "campaign": campaign.name,
        "campaign_state": campaign.state.value,
        "manager_mail": row.mail or None,
        "manager": row.name or None,
        "status": row.status.value,
        "rung": row.rung or None,
        "next_on": row.next_on,
        "asked": row.began,
        "open": len(row.open_rows()),
        "absences": [
            {"back": a.back, "stand_in": a.stand_in, "mail": f"M-{a.mail}"} for a in row.absences
        ],
        "bounced": row.bounced,
        "rows": [_row(r) for r in row.rows if not r.manual and r.record not in hidden],
    }


def _row(row: ReviewRow) -> Json:
    return {
        "row": row.row,
        "person_id": row.person.reveal(),
        "name": row.name,
        "unit": row.unit,
        "answer": row.answer.value,
        "date": row.on,
        "to": row.to or None,
        "answered": row.answered.isoformat() if row.answered else None,
        "via": f"M-{row.via}" if row.via else None,
        "by": row.by or None,
        "words": row.words or None,
        "case": f"K-{row.case}" if row.case else None,
    }
