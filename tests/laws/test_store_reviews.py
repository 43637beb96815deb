"""The laws of campaigns and reviews in the memory: one for each reader, found on their day."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.records import Status as RecordStatus
from bot.domain.review_letters import ReviewAsked
from bot.domain.review_reply import RowAnswer
from bot.domain.reviews import Absence, Campaign, CampaignState, ReviewStatus, Said
from bot.domain.values import CampaignId, CaseId, MailId, ReviewId
from bot.ports.errors import ConflictError
from tests.builders import (
    BO,
    MARIA_MAIL,
    NOW,
    OTHER_UNIT_ID,
    PER_MAIL,
    TODAY,
    UNIT_ID,
    a_record,
    days,
    person,
)
from tests.laws.databases import new_case
from tests.laws.test_store_outbox import letter as a_letter
from tests.laws.test_store_outbox import put
from tests.laws.test_store_records import put as put_record
from tests.review_builders import UNDO_UNTIL, a_campaign, a_review, a_row, answered

FIRST = (date(1900, 1, 1), ReviewId(0))
EVERY = 1000


def campaign(store, name="2026-Q4", state=CampaignState.RUNNING, **values):
    made = a_campaign(id=CampaignId(0), version=0, name=name, state=state, **values)
    with store.begin() as work:
        return work.reviews.save_campaign(made)


def review(store, of, key=MARIA_MAIL, **values):
    row = {"id": ReviewId(0), "version": 0, "campaign": of.id, "key": key, "mail": key, **values}
    with store.begin() as work:
        return work.reviews.save(a_review(**row))


def got(store, one):
    with store.begin() as work:
        return work.reviews.get(one.id)


def due(store, day=TODAY, after=FIRST, limit=EVERY):
    with store.begin() as work:
        return [r.id for r in work.reviews.due(day, after, limit)]


# --- kept as they are ----------------------------------------------------------------------------


def test_a_campaign_comes_back_with_all_that_it_holds(store):
    before = campaign(store, "2026-Q3", CampaignState.CLOSED, closed=NOW)
    saved = campaign(
        store, before=before.id, released_by="Åsa", protected=3, test="inget fel",
        case=CaseId(9), closed=NOW,
    )  # fmt: skip
    assert (saved.id, saved.version) == (2, 1)
    with store.begin() as work:
        assert work.reviews.campaign(saved.id) == saved
        assert work.reviews.campaigns() == (before, saved)
        assert work.reviews.campaign(CampaignId(99)) is None


@pytest.mark.parametrize("state", CampaignState)
def test_a_campaign_that_has_barely_begun_is_kept_in_any_state(store, state):
    bare = Campaign("2027-Q1", state, NOW, TODAY)
    with store.begin() as work:
        saved = work.reviews.save_campaign(bare)
    with store.begin() as work:
        assert work.reviews.campaign(saved.id) == saved


def test_a_review_comes_back_with_all_that_it_holds(store):
    of = campaign(store)
    rows = (
        answered(1, RowAnswer.LEAVING, on=TODAY, words="slutar ”i dag”", case=CaseId(4),
                 until_before=TODAY + days(90), until_after=TODAY),
        answered(2, RowAnswer.MOVED, to="Viksjöskolan", new=True),
        a_row(3, manual=True, title="", unit="", unit_id="", since=None),
    )  # fmt: skip
    saved = review(
        store, of, rows=rows, deputy=PER_MAIL, gone=("Nils Borta",), rung="5",
        touched=TODAY, shift=3, tries=1, bounced=True, before=("", PER_MAIL), desk=(CaseId(7),),
        fault="två med samma namn", status=ReviewStatus.ESCALATED,
        said=(Said(MailId(3), MARIA_MAIL, NOW, (a_row(1),), UNDO_UNTIL, undone=True),),
        absences=(Absence(MailId(5), NOW, TODAY, "Stina"), Absence(MailId(6), NOW)),
    )  # fmt: skip
    assert (saved.id, saved.version) == (1, 1)
    with store.begin() as work:
        assert work.reviews.get(saved.id) == saved
        assert work.reviews.of_key(of.id, MARIA_MAIL) == saved
        assert work.reviews.of_campaign(of.id, ReviewId(0), EVERY) == (saved,)
        assert work.reviews.get(ReviewId(99)) is None
        assert work.reviews.of_key(of.id, PER_MAIL) is None
        assert work.reviews.of_key(CampaignId(99), MARIA_MAIL) is None


@pytest.mark.parametrize("status", ReviewStatus)
@pytest.mark.parametrize("next_on", [None, TODAY])
def test_a_reviews_place_is_kept_whatever_it_is(store, status, next_on):
    saved = review(store, campaign(store), status=status, next_on=next_on, began=None)
    assert got(store, saved) == saved


def test_a_review_without_rows_is_kept(store):
    saved = review(store, campaign(store))
    bare = replace(saved, rows=())
    with store.begin() as work:
        bare = work.reviews.save(bare)
    assert got(store, bare) == bare


# --- two hands -----------------------------------------------------------------------------------


def test_saving_again_replaces_and_counts_the_version(store):
    of = campaign(store)
    one = review(store, of)
    with store.begin() as work:
        again = work.reviews.save(replace(one, rung="10", next_on=TODAY + days(3)))
        longer = work.reviews.save_campaign(replace(of, ends=TODAY + days(60)))
    assert ((again.id, again.version), (longer.id, longer.version)) == ((1, 2), (1, 2))
    assert got(store, one) == again


def test_what_another_hand_saved_meanwhile_is_a_conflict(store):
    of = campaign(store)
    one = review(store, of)
    with store.begin() as work:
        work.reviews.save(replace(one, tries=1))
        work.reviews.save_campaign(replace(of, protected=1))
    for stale in (replace(one, tries=9), replace(one, id=ReviewId(99))):
        with pytest.raises(ConflictError), store.begin() as work:
            work.reviews.save(stale)
    for stale in (replace(of, protected=9), replace(of, id=CampaignId(99))):
        with pytest.raises(ConflictError), store.begin() as work:
            work.reviews.save_campaign(stale)
    assert got(store, one).tries == 1


def test_a_campaign_has_one_review_for_each_key(store):
    of, other = campaign(store), campaign(store, "2027-Q1")
    review(store, of)
    with pytest.raises(ConflictError):
        review(store, of)
    assert review(store, other).id > 1
    assert review(store, of, key="unit:1001", mail="").mail == ""
    with pytest.raises(ConflictError):
        campaign(store)


def test_a_conflict_leaves_the_transaction_usable(store):
    of = campaign(store)
    review(store, of)
    with store.begin() as work:
        with pytest.raises(ConflictError):
            work.reviews.save(a_review(id=ReviewId(0), version=0, campaign=of.id))
        with pytest.raises(ConflictError):
            work.reviews.save_campaign(replace(of, id=CampaignId(0), version=0))
        work.cases.save(new_case())
    with store.begin() as work:
        assert len(work.cases.list()) == 1
        assert len(work.reviews.of_campaign(of.id, ReviewId(0), EVERY)) == 1


# --- one statement for a whole campaign ----------------------------------------------------------


def test_a_campaign_is_let_go_by_one_statement_that_the_document_does_not_contradict(store):
    of, other = campaign(store), campaign(store, "2027-Q1")
    asked = review(store, of, next_on=None, began=None)
    vacant = review(store, of, key="unit:1001", mail="", next_on=None)
    done = review(store, of, key=PER_MAIL, status=ReviewStatus.ANSWERED, next_on=None)
    elsewhere = review(store, other, next_on=None)
    with store.begin() as work:
        assert work.reviews.release(of.id, TODAY) == 1
    out = got(store, asked)
    assert (out.next_on, out.version) == (TODAY, asked.version + 1)
    assert replace(out, next_on=None, version=asked.version) == asked
    for untouched in (vacant, done, elsewhere):
        assert got(store, untouched) == untouched


def test_a_campaign_is_closed_by_one_statement_and_no_document_opens_it_again(store):
    of, other = campaign(store), campaign(store, "2027-Q1")
    ours = [review(store, of), review(store, of, key="unit:1001", mail="")]
    elsewhere = review(store, other)
    with store.begin() as work:
        assert work.reviews.close(of.id) == 2
    for one in ours:
        closed = got(store, one)
        assert (closed.status, closed.next_on) == (ReviewStatus.CLOSED, None)
        assert (closed.version, closed.rows) == (one.version + 1, one.rows)
        with store.begin() as work:
            kept = work.reviews.save(replace(closed, bounced=True))
        assert got(store, kept).status is ReviewStatus.CLOSED
    assert got(store, elsewhere) == elsewhere
    with pytest.raises(ConflictError), store.begin() as work:
        work.reviews.save(ours[0])


# --- on their day --------------------------------------------------------------------------------


def test_only_reviews_whose_day_has_come_are_due_in_order_of_day(store):
    of = campaign(store)
    dated = [TODAY, TODAY + days(1), TODAY - days(3), None, TODAY]
    made = [review(store, of, key=f"{n}@x.example", next_on=d) for n, d in enumerate(dated)]
    wanted = [made[2].id, made[0].id, made[4].id]
    assert due(store) == wanted
    assert due(store, TODAY - days(4)) == []


@pytest.mark.parametrize("state", CampaignState)
def test_only_reviews_of_a_running_campaign_are_due(store, state):
    one = review(store, campaign(store, state=state), next_on=TODAY)
    assert due(store) == ([one.id] if state is CampaignState.RUNNING else [])


def test_what_is_due_comes_in_pages_and_each_once(store):
    of = campaign(store)
    dated = (TODAY, TODAY - days(1), TODAY, TODAY - days(1), TODAY)
    made = [review(store, of, key=f"{n}@x.example", next_on=d) for n, d in enumerate(dated)]
    first = due(store, limit=2)
    assert first == [made[1].id, made[3].id]
    second = due(store, after=(TODAY - days(1), made[3].id), limit=2)
    assert second == [made[0].id, made[2].id]
    assert due(store, after=(TODAY, made[2].id), limit=2) == [made[4].id]
    assert due(store, after=(TODAY, made[4].id), limit=2) == []


def test_a_campaigns_reviews_come_in_pages_in_order_of_number(store):
    of, other = campaign(store), campaign(store, "2027-Q1")
    mine = [review(store, of, key=f"{n}@x.example").id for n in range(3)]
    review(store, other)
    with store.begin() as work:
        pages = [work.reviews.of_campaign(of.id, ReviewId(after), 2) for after in (0, mine[1])]
    assert [[r.id for r in page] for page in pages] == [mine[:2], mine[2:]]


# --- counted -------------------------------------------------------------------------------------


def test_reviews_are_counted_by_where_they_stand(store):
    of, other = campaign(store), campaign(store, "2027-Q1")
    stood = [ReviewStatus.OPEN, ReviewStatus.OPEN, ReviewStatus.ANSWERED, ReviewStatus.ESCALATED]
    for number, status in enumerate(stood):
        review(store, of, key=f"{number}@x.example", status=status)
    with store.begin() as work:
        assert work.reviews.counts(of.id) == {"open": 2, "answered": 1, "escalated": 1}
        assert work.reviews.counts(other.id) == {}
        work.reviews.close(of.id)
        assert work.reviews.counts(of.id) == {"closed": 4}


def test_the_day_of_the_last_answer_is_known(store):
    of = campaign(store)
    with store.begin() as work:
        assert work.reviews.touched(of.id) is None
    for number, day in enumerate((None, TODAY - days(2), TODAY, TODAY - days(9))):
        review(store, of, key=f"{number}@x.example", touched=day)
    with store.begin() as work:
        assert work.reviews.touched(of.id) == TODAY
        assert work.reviews.touched(CampaignId(99)) is None


# --- what else a review asks of the memory -------------------------------------------------------


def test_the_letters_about_a_review_are_found_in_order(store):
    one, other = review(store, campaign(store)), review(store, campaign(store, "2027-Q1"))
    content = ReviewAsked("G-1", (), TODAY)
    with store.begin() as work:
        numbers = []
        for key, about in (("a", one), ("b", other), ("c", one), ("d", None)):
            effect = a_letter(content)
            to = replace(effect.letter, review=about.id if about is not None else None)
            numbers.append(put(work, replace(effect, letter=to), key))
        assert [r.id for r in work.outbox.of_review(one.id)] == [numbers[0], numbers[2]]
        assert [r.id for r in work.outbox.of_review(other.id)] == [numbers[1]]
        assert work.outbox.of_review(ReviewId(99)) == ()
        [first, _] = work.outbox.of_review(one.id)
        assert first.effect.letter.content == content
        assert first.effect.letter.review == one.id


def test_the_units_of_active_records_are_known_each_once(store):
    put_record(store, 1)
    put_record(store, 2)
    put_record(store, 3, unit_id=OTHER_UNIT_ID)
    put_record(store, 4, unit_id="1003", status=RecordStatus.ENDED)
    put_record(store, 5, unit_id="1004", status=RecordStatus.PLANNED)
    with store.begin() as work:
        assert work.records.units() == (UNIT_ID, OTHER_UNIT_ID)
        assert work.records.without_unit() == ()
    alone = put_record(store, 6, unit_id=None)
    put_record(store, 7, unit_id=None, status=RecordStatus.ENDED)
    with store.begin() as work:
        assert work.records.units() == (None, UNIT_ID, OTHER_UNIT_ID)
        assert work.records.without_unit() == (alone,)


def test_a_unit_of_an_empty_name_is_no_unit(store):
    alone = put_record(store, 1, unit_id="")
    with store.begin() as work:
        assert work.records.units() == (None,)
        assert work.records.without_unit() == (alone,)


def test_protected_records_are_found_whatever_their_status(store):
    put_record(store, 1)
    hidden = put_record(store, 2, protected=True)
    gone = put_record(store, 3, protected=True, status=RecordStatus.ENDED)
    with store.begin() as work:
        assert work.records.protected() == (hidden, gone)
        open_again = work.records.save(
            replace(hidden, entry=replace(hidden.entry, protected=False))
        )  # fmt: skip
        assert work.records.protected() == (gone,)
        assert not open_again.entry.protected


def test_a_record_is_found_by_its_number_after_its_address_changed(store):
    with store.begin() as work:
        saved = work.records.save(a_record(id=0, version=0, person_id=person(BO)))
        moved = work.records.save(replace(saved, entry=replace(saved.entry, mail="ny@x.example")))
        assert work.records.by_id(saved.id) == moved
        assert work.records.by_mail("ny@x.example") == (moved,)


def test_the_head_of_the_log_is_its_newest_line(store):
    with store.begin() as work:
        empty = work.audit.head()
    assert empty[0] == 0
    for number in (1, 2):
        with store.begin() as work:
            work.audit.add("bot", "x", f"G-{number}", "", NOW)
    with store.begin() as work:
        lines, head = work.audit.head()
        assert (lines, len(head)) == (2, len(empty[1]) or len(head))
        assert work.audit.verify() == (2, None)
        assert head != empty[1]
