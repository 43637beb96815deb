"""A mail has come: forms, files, replies, losses, receipts, whichever it brings together. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import Context, reports_loss
from bot.domain.card_mail import LossFacts
from bot.domain.card_replying import decide_card_reply
from bot.domain.cases import Reason
from bot.domain.decision import Decision
from bot.domain.inbound import RANK, MailFacts, decide_plain, for_staff, forms_of
from bot.domain.loss_mails import decide_loss
from bot.domain.receipt_matching import decide_receipts
from bot.domain.review_facts import ReleaseMail, ReviewMail
from bot.domain.review_following import let_go
from bot.domain.review_mails import beside_a_form, decide_review, speaks
from bot.domain.reviews import CampaignState
from bot.domain.stock import counted
from bot.domain.triage import Fit, MailSeen, Outcome, Route


def decide_mail(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    """Return everything that follows from a mail that triage has sent along *fit*.

    A loss that it also reports, or receipts that it also brings, are seen to whatever else it is.
    """
    decision = _decided(seen, fit, facts)
    cards, context = facts.cards, facts.context
    if cards.receipts and fit.route is Route.FORMS:
        decision = _and(decision, decide_receipts(cards.receipts, context))
    forms_say_so = any(reports_loss(f) for _, f in forms_of(seen))
    if cards.loss is not None and fit.route is not Route.LOSS and not forms_say_so:
        decision = _and(decision, _lost(cards.loss, context))
    if facts.review is not None and fit.route is not Route.REVIEW:
        decision = _with_answer(decision, fit, facts.review, context)
    return decision


def _with_answer(
    decision: Decision, fit: Fit, review: ReviewMail, context: Context
) -> Decision:  # fmt: skip
    """Add what the mail says of a review; words beside a form that decide nothing a clerk reads."""
    by_form = fit.route is Route.FORMS and review.reply is not None
    if by_form and not speaks(review.reply):
        said = beside_a_form(review, context)
    elif fit.route is Route.FILES and review.reply is not None:
        return decision  # decided as an answer
    else:
        said = decide_review(review, context)
    return _and(decision, said) if said is not None else decision


def _decided(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    cards, context = facts.cards, facts.context
    match fit.route:
        case Route.RECEIPTS:
            return decide_receipts(cards.receipts, context)
        case Route.LOSS if cards.loss is not None:
            return _lost(cards.loss, context)
        case Route.CARD if cards.reply is not None:
            return decide_card_reply(cards.reply, context) or for_staff(seen, fit, context)
        case Route.REVIEW if facts.release is not None:
            return _release(facts.release, context) or for_staff(seen, fit, context)
        case Route.REVIEW | Route.FILES if facts.review is not None and facts.review.reply:
            return decide_review(facts.review, context) or decide_plain(seen, fit, facts)
        case Route.COUNT if cards.count is not None and cards.count.clear:
            return counted(cards.count.reply, cards.count.rows, seen.mail, context.now)
        case _:
            return decide_plain(seen, fit, facts)


def _release(release: ReleaseMail, context: Context) -> Decision | None:
    """Let a campaign's letters go by a clerk's word; anything else a clerk reads."""
    if not release.go or release.campaign.state is not CampaignState.PREPARED:
        return None
    by = context.origin.sender
    why = Reason("review_released", f"Släppt av {by} i M-{context.origin.mail}.", "S2")
    return let_go(
        release.case, release.campaign, release.policy, by=by, now=context.now, reason=why
    )  # fmt: skip


def _and(one: Decision, two: Decision) -> Decision:
    """Return both decisions as one: the outcome that needs most care, and its reason."""
    first = min(one, two, key=lambda d: RANK.index(d.outcome))
    return replace(
        one, outcome=first.outcome, why=first.why, steps=(*one.steps, *two.steps),
        records=(*one.records, *two.records), cards=(*one.cards, *two.cards),
        reviews=(*one.reviews, *two.reviews),
    )  # fmt: skip


def _lost(loss: LossFacts, context: Context) -> Decision:
    step = decide_loss(loss, context)
    return Decision(Outcome.WITH_STAFF, step.case.why, (step,))
