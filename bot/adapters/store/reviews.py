"""Campaigns and reviews in the memory: columns for what is asked, the rest as one document.

The columns ``status`` and ``next_on`` say what holds: a whole campaign is released or closed by
one statement, which touches no document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.store import marks
from bot.adapters.store.codec import dump_campaign, dump_review, load_campaign, load_review
from bot.adapters.store.review_schema import DUE_REVIEW, campaigns, reviews
from bot.domain.reviews import Campaign, CampaignState, Review, ReviewStatus
from bot.domain.values import CampaignId, ReviewId, address_key
from bot.ports.errors import ConflictError

_LIMIT = bindparam("limit", type_=Integer)
_CAMPAIGN = select(campaigns.c.id, campaigns.c.version, campaigns.c.doc)
_GET_CAMPAIGN = _CAMPAIGN.where(campaigns.c.id == bindparam("which"))
_CAMPAIGNS = _CAMPAIGN.order_by(campaigns.c.id)
_ADD_CAMPAIGN = insert(campaigns).returning(campaigns.c.id)
_SAVE_CAMPAIGN = update(campaigns).where(
    campaigns.c.id == bindparam("which"), campaigns.c.version == bindparam("before")
)
_ROW = select(
    reviews.c.id, reviews.c.version, reviews.c.status, reviews.c.next_on, reviews.c.doc
)  # fmt: skip
_GET = _ROW.where(reviews.c.id == bindparam("which"))
_OF_KEY = _ROW.where(reviews.c.campaign == bindparam("of"), reviews.c.key == bindparam("name"))
_PAGE = (
    _ROW.where(reviews.c.campaign == bindparam("of"), reviews.c.id > bindparam("past"))
    .order_by(reviews.c.id)
    .limit(_LIMIT)
)
_DUE = (
    _ROW.join(campaigns, campaigns.c.id == reviews.c.campaign)
    .where(
        text(f"reviews.{DUE_REVIEW}"),
        campaigns.c.state == CampaignState.RUNNING.value,
        reviews.c.next_on <= bindparam("today"),
        or_(
            reviews.c.next_on > bindparam("day"),
            and_(reviews.c.next_on == bindparam("day"), reviews.c.id > bindparam("past")),
        ),
    )
    .order_by(reviews.c.next_on, reviews.c.id)
    .limit(_LIMIT)
)
_ADD = insert(reviews).returning(reviews.c.id)
_SAVE = update(reviews).where(
    reviews.c.id == bindparam("which"), reviews.c.version == bindparam("past")
)
_RELEASE = (
    update(reviews)
    .where(
        reviews.c.campaign == bindparam("of"),
        reviews.c.status == ReviewStatus.OPEN.value,
        reviews.c.mail != "",
    )
    .values(next_on=bindparam("day"), version=reviews.c.version + 1)
)
_CLOSE = (
    update(reviews)
    .where(reviews.c.campaign == bindparam("of"))
    .values(status=ReviewStatus.CLOSED.value, next_on=None, version=reviews.c.version + 1)
)
_COUNTS = (
    select(reviews.c.status, func.count())
    .where(reviews.c.campaign == bindparam("of"))
    .group_by(reviews.c.status)
)
_TOUCHED = select(func.max(reviews.c.touched)).where(reviews.c.campaign == bindparam("of"))


class SqlReviews:
    """The campaigns and reviews inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_campaign(self, campaign: Campaign) -> Campaign:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, or the name is taken.
        """
        values = {
            "name": campaign.name, "state": campaign.state.value, "doc": dump_campaign(campaign),
        }  # fmt: skip
        made = self._saved(
            _SAVE_CAMPAIGN if campaign.id else _ADD_CAMPAIGN,
            values, campaign.id, {"before": campaign.version}, campaign.version, campaign.name,
        )  # fmt: skip
        return replace(campaign, id=CampaignId(made), version=campaign.version + 1)

    def campaign(self, which: CampaignId) -> Campaign | None:
        """Return the campaign with this id."""
        return next(iter(self._campaigns(_GET_CAMPAIGN, which=which)), None)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns in order of id."""
        return self._campaigns(_CAMPAIGNS)

    def save(self, review: Review) -> Review:
        """Insert (id 0) or replace (version must match); return it with id and version + 1.

        Raises:
            ConflictError: another hand saved it meanwhile, or the campaign has one of its key.
        """
        values = _columns(review)
        values |= {} if review.id else marks.number(self._connection, reviews)
        made = self._saved(
            _SAVE if review.id else _ADD,
            values, review.id, {"past": review.version}, review.version, review.handle,
        )  # fmt: skip
        return replace(review, id=ReviewId(made), version=review.version + 1)

    def _saved(
        self, statement: Any, values: dict[str, Any], which: int, key: dict[str, int],  # noqa: ANN401 - either statement
        version: int, what: str,
    ) -> int:  # fmt: skip
        values = values | {"version": version + 1}
        try:
            with self._connection.begin_nested():
                if not which:
                    return int(self._connection.execute(statement, values).scalar_one())
                done = self._connection.execute(statement, values | key | {"which": which})
        except IntegrityError:
            raise ConflictError(f"{what} is there already") from None
        if done.rowcount != 1:
            raise ConflictError(f"{what} was changed meanwhile")
        return which

    def get(self, which: ReviewId) -> Review | None:
        """Return the review with this id."""
        return next(iter(self._all(_GET, which=which)), None)

    def of_key(self, campaign: CampaignId, key: str) -> Review | None:
        """Return the campaign's review for *key*."""
        return next(iter(self._all(_OF_KEY, of=campaign, name=key)), None)

    def of_campaign(
        self, campaign: CampaignId, after: ReviewId, limit: int
    ) -> tuple[Review, ...]:  # fmt: skip
        """Return reviews of a campaign with ids above *after*, in order of id."""
        return self._all(_PAGE, of=campaign, past=after, limit=limit)

    def due(self, today: date, after: tuple[date, ReviewId], limit: int) -> tuple[Review, ...]:
        """Return reviews of running campaigns whose day has come, past the place *after*."""
        day, past = after
        return self._all(_DUE, today=today, day=day, past=past, limit=limit)

    def release(self, campaign: CampaignId, day: date) -> int:
        """Let every open review that has a reader act on *day*; return how many."""
        return self._connection.execute(_RELEASE, {"of": campaign, "day": day}).rowcount

    def close(self, campaign: CampaignId) -> int:
        """Close every review of the campaign; return how many."""
        return self._connection.execute(_CLOSE, {"of": campaign}).rowcount

    def counts(self, campaign: CampaignId) -> dict[str, int]:
        """Return how many of the campaign's reviews have each status."""
        return {r[0]: int(r[1]) for r in self._connection.execute(_COUNTS, {"of": campaign})}

    def touched(self, campaign: CampaignId) -> date | None:
        """Return the day of the campaign's last answer."""
        return self._connection.execute(_TOUCHED, {"of": campaign}).scalar()

    def _campaigns(self, query: Select[Any], **wanted: object) -> tuple[Campaign, ...]:
        rows: Sequence[Any] = self._connection.execute(query, wanted).all()
        return tuple(load_campaign(r.doc, number=r.id, version=r.version) for r in rows)

    def _all(self, query: Select[Any], **wanted: object) -> tuple[Review, ...]:
        rows: Sequence[Any] = self._connection.execute(query, wanted).all()
        return tuple(
            replace(
                load_review(r.doc, number=r.id, version=r.version),
                status=ReviewStatus(r.status), next_on=r.next_on,
            )
            for r in rows
        )  # fmt: skip


def _columns(review: Review) -> dict[str, object]:
    return {
        "campaign": review.campaign,
        "key": review.key,
        "mail": address_key(review.mail),
        "status": review.status.value,
        "next_on": review.next_on,
        "touched": review.touched,
        "doc": dump_review(review),
    }
