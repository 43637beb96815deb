"""Receipts that come back: signed, unsigned, doubtful, of no loan we know, and twice."""

from dataclasses import replace

import pytest

from bot.domain.card_mail import CardMail, ReceiptSeen
from bot.domain.cases import Kind, Reason, Stage
from bot.domain.chasing import DOUBTFUL
from bot.domain.decision import Policy
from bot.domain.forms import ReceiptReading, Signed
from bot.domain.incoming import decide_mail
from bot.domain.receipt_matching import BOX, decide_receipts
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import CardId, CaseId
from tests.builders import MARIA_MAIL, TODAY, a_context, a_form, a_mail, an_origin, mail_facts
from tests.card_builders import (
    OFFICE,
    a_holder,
    a_loan,
    a_policy,
    a_work,
    card_facts,
    card_letters,
    one_card,
    works,
)

LOAN = a_loan()
CONTEXT = a_context(policy=a_policy(), origin=an_origin(sender="kopiator@jarfalla.example"))
MISSING = a_work(Kind.RECEIPT, why=Reason("no_receipt", "Prov."))
DOUBT = a_work(Kind.RECEIPT, why=Reason(DOUBTFUL, "Prov."))


def receipt(signed=Signed.INK, card=LOAN, *, box=b"box", page=b"", mark="EKKV1/6/X", **facts):
    reading = ReceiptReading(mark, 1, signed, box, page)
    known = card_facts(card, **facts) if card is not None else None
    return ReceiptSeen(reading, "skanning.pdf", b"%PDF", known)


def came(*seen, context=CONTEXT):
    return decide_receipts(seen, context)


# --- signed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [Signed.INK, Signed.DIGITAL])
def test_a_signed_receipt_is_archived_ten_years_and_chased_no_more(signed):
    decision = came(receipt(signed, works=(MISSING,)))
    step = one_card(decision)
    assert (decision.outcome, step.card.receipt) == (Outcome.APPLIED, TODAY)
    assert works(step) == [(Kind.RECEIPT, Stage.CONFIRMED)]
    [kept] = step.archive
    assert (kept.content, kept.name, kept.keep_until.year) == (b"%PDF", "kvittens-C-6", 2036)
    assert step.card.next_on == LOAN.due.replace(day=4), "the receipt's rungs are gone"


# --- unsigned, doubtful ---------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [Signed.NONE])
def test_an_unsigned_receipt_goes_back_to_staff_with_the_picture(signed):
    decision = came(receipt(signed))
    step = one_card(decision)
    assert (decision.outcome, step.card, step.archive) == (Outcome.WITH_STAFF, LOAN, ())
    [work] = step.works
    assert (work.case.kind, work.case.why.rule, work.files) == (
        Kind.RECEIPT, "receipt_unsigned", ((BOX, b"box"),)
    )  # fmt: skip
    [letter] = card_letters(step)
    assert (letter.to, letter.content.unsigned, letter.content.picture) == ((OFFICE,), True, BOX)


def test_a_doubtful_signature_is_asked_about_and_kept_meanwhile():
    decision = came(receipt(Signed.UNSURE, box=b""))
    step = one_card(decision)
    assert (decision.outcome, step.card.receipt) == (Outcome.WITH_STAFF, None)
    assert (step.works[0].case.why.rule, step.works[0].files) == (DOUBTFUL, ())
    assert len(step.archive) == 1
    letter = card_letters(step)[0].content
    assert (letter.doubtful, letter.unsigned, letter.picture) == (True, False, "")


def test_the_question_is_put_into_the_work_that_is_open():
    assert one_card(came(receipt(Signed.UNSURE, works=(MISSING,)))).works[0].case.id == MISSING.id


@pytest.mark.parametrize(
    ("card", "policy"),
    [
        (a_loan(holder=a_holder(protected=True)), a_policy()),
        (LOAN, Policy()),
    ],
)
def test_without_somebody_to_write_to_the_work_item_is_all(card, policy):
    step = one_card(came(receipt(Signed.NONE, card), context=replace(CONTEXT, policy=policy)))
    assert (card_letters(step), works(step)) == ([], [(Kind.RECEIPT, Stage.STAFF)])


# --- of no loan we know ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "words"), [("EKKV1/99/X", "hör inte till något lån"), ("", "gick inte att läsa")]
)
def test_a_receipt_of_no_loan_we_know_is_never_guessed(mark, words):
    decision = came(receipt(card=None, mark=mark, page=b"page"))
    [step] = decision.steps
    assert (decision.outcome, decision.cards) == (Outcome.WITH_STAFF, ())
    assert (step.case.kind, words in step.case.why.text) == (Kind.RECEIPT, True)
    assert (step.files, len(step.archive)) == ((("kvittens.png", b"page"),), 1)
    assert dict(step.case.details)["Fil"] == "skanning.pdf"


def test_a_receipt_without_bytes_or_card_keeps_nothing():
    seen = ReceiptSeen(ReceiptReading("", 1, Signed.INK), "x.pdf", b"", card_facts(None))
    [step] = came(seen).steps
    assert (step.files, step.archive) == ((), ())


# --- twice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed", "kept"), [(Signed.INK, 1), (Signed.DIGITAL, 1), (Signed.NONE, 0), (Signed.UNSURE, 0)]
)
def test_a_receipt_that_is_archived_already_opens_nothing(signed, kept):
    settled = replace(LOAN, receipt=TODAY)
    decision = came(receipt(signed, settled))
    step = one_card(decision)
    assert (step.card, step.works, len(step.archive)) == (settled, (), kept)
    assert (decision.outcome, decision.why.text) == (
        Outcome.APPLIED, "Kvittensen för C-6 är redan arkiverad."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        ((Signed.INK, Signed.INK), 2),
        ((Signed.INK, Signed.NONE), 1),
        ((Signed.NONE, Signed.INK), 1),
        ((Signed.UNSURE, Signed.DIGITAL, Signed.NONE), 2),
    ],
)
def test_a_signed_page_settles_the_loan_whatever_comes_beside_it(pages, kept):
    decision = came(*(receipt(p, works=(MISSING,)) for p in pages))
    step = one_card(decision)
    assert (decision.outcome, step.card.receipt, len(step.archive)) == (
        Outcome.APPLIED,
        TODAY,
        kept,
    )
    assert works(step) == [(Kind.RECEIPT, Stage.CONFIRMED)], "the missing one is missed no more"


def test_two_unsigned_pages_are_one_work_item():
    step = one_card(came(receipt(Signed.NONE), receipt(Signed.UNSURE)))
    assert [w.case.why.rule for w in step.works] == [DOUBTFUL]


def test_the_receipts_of_two_loans_are_each_ones_own():
    other = a_loan(id=CardId(8))
    decision = came(receipt(Signed.INK), receipt(Signed.NONE, other), receipt(card=None))
    assert {s.card.id: s.card.receipt for s in decision.cards} == {6: TODAY, 8: None}
    assert (decision.outcome, len(decision.steps)) == (Outcome.WITH_STAFF, 1)


# --- in whatever mail -----------------------------------------------------------------------------


def test_receipts_come_alone_or_beside_a_form():
    cards = CardMail(receipts=(receipt(Signed.INK),))
    alone = decide_mail(
        a_mail(), Fit(Route.RECEIPTS, "r", "Prov."),
        replace(mail_facts(a_mail(), context=CONTEXT), cards=cards),
    )  # fmt: skip
    assert (alone.outcome, one_card(alone).card.receipt) == (Outcome.APPLIED, TODAY)
    mail = a_mail(a_form())
    context = replace(CONTEXT, origin=an_origin(sender=MARIA_MAIL))
    both = decide_mail(
        mail, Fit(Route.FORMS, "form", "Prov."),
        replace(mail_facts(mail, context=context), cards=cards),
    )  # fmt: skip
    assert ([s.case.kind for s in both.steps], len(both.cards)) == ([Kind.NEW], 1)


def test_a_doubt_that_a_signed_page_settles_is_closed():
    step = one_card(came(receipt(Signed.INK, works=(DOUBT, replace(MISSING, id=CaseId(21))))))
    assert {stage for _, stage in works(step)} == {Stage.CONFIRMED}
