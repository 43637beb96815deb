"""A mail about a review that is no plain answer: a machine's, a stranger's, a late one."""

from datetime import date

import pytest

from bot.domain.cases import Kind, Origin, Stage
from bot.domain.review_facts import ReviewMail, ReviewSpeaker
from bot.domain.review_letters import ReviewAsked
from bot.domain.review_mails import bounced, decide_review, speaks
from bot.domain.review_reply import Aside, Remark, RowAnswer
from bot.domain.reviews import Absence, CampaignState, ReviewStatus
from bot.domain.triage import Outcome
from bot.domain.values import MailId
from tests.builders import NOW, a_case, letters
from tests.card_builders import CHIEF, OFFICE
from tests.review_builders import (
    STRANGER,
    a_campaign,
    a_reply,
    a_review,
    a_row,
    answer,
    answered,
    content,
    heard,
    mail_context,
    only,
    record_of,
    review_facts,
    work,
    works,
)

STAYS, LEFT, OPEN, UNCLEAR = RowAnswer.STAYS, RowAnswer.LEFT, RowAnswer.OPEN, RowAnswer.UNCLEAR
AWAY = Absence(MailId(9), NOW, date(2026, 12, 7), "Stina Holm")
OTHER = ReviewSpeaker.OTHER


def away(review=None, absence=AWAY, **values):
    return answer(review_facts(review, **values), None, speaker=OTHER, absence=absence)


# --- machines ------------------------------------------------------------------------------------


def test_an_out_of_office_is_no_answer_and_is_shown_to_staff():
    decision = away()
    step = only(decision)
    assert decision.outcome is Outcome.RECORDED
    assert step.review.absences == (AWAY,)
    assert step.review.rows == a_review().rows
    assert (step.effects, step.review.next_on) == ((), a_review().next_on)
    case = work(step, Kind.REVIEW).case
    assert case.origin == Origin(mail=MailId(9))  # nobody is written to by it
    rows = dict(case.details)
    assert (rows["Åter"], rows["Ersättare"]) == ("2026-12-07", "Stina Holm")
    assert rows["Att göra"].endswith("ekbot review readdress G-1 --to ADRESS")


def test_an_out_of_office_that_says_little_is_shown_as_that():
    rows = dict(work(only(away(absence=Absence(MailId(9), NOW))), Kind.REVIEW).case.details)
    assert (rows["Åter"], rows["Ersättare"]) == ("framgår inte", "framgår inte")


def test_the_same_out_of_office_again_is_only_recorded():
    decision = away(a_review(absences=(AWAY,)))
    assert (decision.outcome, decision.reviews) == (Outcome.RECORDED, ())


def test_another_out_of_office_is_noted_without_new_work():
    longer = Absence(MailId(10), NOW, date(2027, 1, 4))
    step = only(away(a_review(absences=(AWAY,)), longer))
    assert (step.review.absences, step.works) == ((AWAY, longer), ())


def test_an_out_of_office_of_somebody_who_has_answered_gives_no_work():
    assert only(away(a_review(answered(1)))).works == ()


@pytest.mark.parametrize("state", [CampaignState.CLOSED, CampaignState.STOPPED])
def test_an_out_of_office_about_a_review_that_is_over_is_only_recorded(state):
    assert away(campaign=a_campaign(state=state)).reviews == ()


def test_a_letter_that_did_not_arrive_marks_the_review_once():
    decision = answer(review_facts(), None, speaker=OTHER, bounced=True)
    step = only(decision)
    assert (decision.outcome, step.review.bounced, step.works) == (Outcome.RECORDED, True, ())
    again = answer(review_facts(step.review), None, speaker=OTHER, bounced=True)
    assert again.reviews == ()


def test_a_letter_that_did_not_arrive_in_a_review_that_is_over_changes_nothing():
    facts = review_facts(campaign=a_campaign(state=CampaignState.CLOSED))
    assert answer(facts, None, speaker=OTHER, bounced=True).reviews == ()
    assert bounced(None) == ()


# --- whose word ----------------------------------------------------------------------------------


def test_a_strangers_answer_is_read_by_staff_and_changes_nothing():
    said = a_reply(heard(1, LEFT, on=date(2026, 11, 20)), heard(2, OPEN))
    decision = answer(review_facts(), said, sender=STRANGER, speaker=OTHER)
    assert (decision.outcome, decision.reviews) == (Outcome.WITH_STAFF, ())
    [step] = decision.steps
    assert (step.case.kind, step.case.stage, step.case.why.rule) == (
        Kind.REVIEW, Stage.STAFF, "review_other",
    )  # fmt: skip
    assert dict(step.case.details)["Rad 1 Anna Öberg"] == "har slutat 2026-11-20"
    assert "Rad 2 Bo Kvist" not in dict(step.case.details)


def test_a_strangers_words_about_a_protected_person_are_not_repeated():
    facts = review_facts(known={1: record_of(1, protected=True)})
    decision = answer(facts, a_reply(heard(1, LEFT), heard(7, LEFT)), speaker=OTHER)
    said = [name for name, _ in decision.steps[0].case.details]
    assert said == ["Granskning", "Att göra"]


def test_what_staff_read_hangs_on_the_case_that_the_mail_answers():
    known = a_case()
    context = mail_context(answered=known)
    decision = decide_review(ReviewMail(review_facts(), OTHER, a_reply(heard(1))), context)
    assert decision.steps[0].case.parent == known.id
    assert [x.kind for x in letters(decision.steps[0])] == ["handed_over"]


@pytest.mark.parametrize("state", [CampaignState.CLOSED, CampaignState.STOPPED])
@pytest.mark.parametrize("reply", [a_reply(heard(1, LEFT)), a_reply(undo=())])
def test_an_answer_after_the_end_is_read_by_staff(state, reply):
    decision = answer(review_facts(campaign=a_campaign(state=state)), reply)
    assert decision.reviews == ()
    assert decision.steps[0].case.why.rule == "review_late"


def test_answers_are_taken_while_a_review_is_paused():
    facts = review_facts(campaign=a_campaign(state=CampaignState.PAUSED))
    assert only(answer(facts, a_reply(heard(1)))).review.rows[0].answer is STAYS


@pytest.mark.parametrize(
    ("speaker", "sender"), [(ReviewSpeaker.SUPERIOR, CHIEF), (ReviewSpeaker.STAFF, OFFICE)]
)
def test_the_next_level_and_staff_answer_in_the_managers_place(speaker, sender):
    review = a_review(rung="escalated", status=ReviewStatus.ESCALATED, next_on=None)
    step = only(answer(review_facts(review), a_reply(heard(1)), sender=sender, speaker=speaker))
    assert (step.review.rows[0].answer, step.review.rows[0].by) == (STAYS, sender)
    assert step.review.status is ReviewStatus.ESCALATED
    assert step.effects[0].letter.to == (sender,)


# --- what says nothing ---------------------------------------------------------------------------


def test_thanks_are_recorded():
    decision = answer(review_facts(), a_reply(heard(1, OPEN), heard(2, OPEN)))
    assert (decision.outcome, decision.reviews) == (Outcome.RECORDED, ())
    assert decision.why.rule == "review_thanks"


@pytest.mark.parametrize(
    "reply",
    [
        a_reply(heard(1, OPEN), unread=("ring mig",)),
        a_reply(heard(1, OPEN), remarks=(Remark(Aside.QUESTION, "varför?"),)),
        a_reply(heard(1, UNCLEAR, words="hm")),
    ],
)
def test_what_is_more_than_thanks_is_answered(reply):
    decision = answer(review_facts(), reply)
    assert decision.outcome is Outcome.ASKED_BACK
    assert content(only(decision)).kind == "review_echo"


def test_a_mail_without_a_reply_says_nothing_of_the_review():
    assert answer(review_facts(), None) is None


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (None, False),
        (a_reply(heard(1, OPEN)), False),
        (a_reply(heard(1, UNCLEAR, words="se bifogat")), False),
        (a_reply(heard(1, LEFT)), True),
        (a_reply(undo=()), True),
        (a_reply(undo=(1,)), True),
    ],
)
def test_a_reply_to_a_letter_that_asks_about_no_rows_must_speak_of_one(reply, says):
    assert speaks(reply) is says
    decision = answer(review_facts(a_review(answered(1), a_row(2))), reply, aside=True)
    assert (decision is not None) is says


def test_an_undo_of_nothing_says_so():
    decision = answer(review_facts(), a_reply(undo=()))
    assert decision.why.rule == "nothing_to_undo"
    assert works(only(decision)) == []


def test_no_letter_of_an_answer_is_the_quarters_letter():
    step = only(answer(review_facts(), a_reply(heard(1))))
    assert not isinstance(content(step), ReviewAsked)
