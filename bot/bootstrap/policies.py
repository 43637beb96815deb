"""From the office's settings to the core's policy: days, ladders, rules. Opens nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holidays

from bot.bootstrap.places import DATA, PLANS
from bot.domain.calendar import WorkingDays
from bot.domain.card_policy import CardPolicy
from bot.domain.decision import Policy
from bot.domain.retention import LOSS_REPORT, RECEIPT, REVIEW, Plan, Retention
from bot.domain.review_policy import ReviewPolicy, Span
from bot.settings import Settings, card_files

_GUIDE = "lathund-2026-11.pdf"


def working_days(year: int, closed: tuple[date, ...]) -> WorkingDays:
    """Return the office's calendar around *year*: Sweden's public and customary holidays."""
    years = range(year - 1, year + 4)
    swedish = holidays.country_holidays("SE", years=years, categories=("public", "de_facto"))
    sundays = frozenset(swedish.keys())
    return WorkingDays(frozenset(sundays | frozenset(closed)))


def policy(settings: Settings, calendar: WorkingDays) -> Policy:
    """Return what the office has set, as the core takes it.

    Raises:
        ConfigurationError: a data file has faults.
    """
    approval = settings.approval
    return Policy(
        approve_all=approval.mode == "staff",
        brake_records=approval.brake_records,
        brake_share=approval.brake_share,
        brake_floor=approval.brake_floor,
        correction_days=approval.correction_days,
        quarantine_days=settings.retention.quarantine_days,
        ending_days=settings.review.ending_days,
        question_days=settings.questions.reminder_working_days,
        question_staff_day=settings.questions.staff_working_days,
        staff=settings.office.staff,
        working_days=calendar,
        cards=_cards(settings),
        retention=_retention(settings),
        review=_review(settings),
    )


def guide_path(settings: Settings) -> Path:
    """Return the file of the quick guide: the office's own, or the one that comes along (S6)."""
    return settings.cards.guide or DATA / "documents" / _GUIDE


def _cards(settings: Settings) -> CardPolicy:
    cards, reserve = settings.cards, settings.reserve_cards
    rules = reserve.rules or PLANS / "reserve_rules.toml"
    return CardPolicy(
        pickup_days=cards.reminder_days,
        void_days=cards.void_days,
        months=reserve.months,
        rules=card_files.rules(rules, forgotten=reserve.forgotten_card),
        ladders=card_files.ladders(cards.ladders or PLANS / "ladders.toml"),
        most_extensions=reserve.most_extensions,
        most_letters=cards.most_letters,
        quiet_from=cards.quiet_from,
        quiet_until=cards.quiet_until,
        stock_low=reserve.stock_low,
        stock_days=reserve.stock_days,
        inventory_months=reserve.inventory_months,
        guide=guide_path(settings).name,
    )


def _review(settings: Settings) -> ReviewPolicy:
    review = settings.review
    return ReviewPolicy(
        months=review.months,
        day=review.day,
        preview_days=review.preview_working_days,
        by_calendar=review.by_calendar,
        needs_release=review.release == "staff",
        reminder_days=review.reminder_working_days,
        escalation_day=review.escalation_working_days,
        close_day=review.close_working_days,
        undo_days=review.undo_working_days,
        renew_within_days=review.extend_within_days,
        answer_counts=review.answer_counts,
        quiet=tuple(_span(text) for text in review.quiet),
    )


def _span(text: str) -> Span:
    first, last = (date.fromisoformat(f"2024-{end}") for end in text.split("/"))
    return (first.month, first.day), (last.month, last.day)


def _retention(settings: Settings) -> Retention:
    keep = settings.retention
    return Retention(
        (
            Plan(RECEIPT, keep.receipt_years, keep.receipt_reference),
            Plan(LOSS_REPORT, keep.loss_years, keep.loss_reference),
            Plan(REVIEW, keep.review_years, keep.review_reference),
        ),
        hold=keep.legal_hold,
    )
