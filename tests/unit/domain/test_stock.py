"""The drawer of blanks, its count, and the month's list of people who ended with a card."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.card_letters import EndedRow, StockRow
from bot.domain.card_mail import CardMail, Count
from bot.domain.cards import Blank, InvalidCardNumberError, Status, card_number, shown
from bot.domain.cases import Kind, Stage
from bot.domain.incoming import decide_mail
from bot.domain.reports import InventoryReply
from bot.domain.retention import LOSS_REPORT, RECEIPT, Plan, Retention, archived
from bot.domain.stock import counted, ended_with_card, inventory_rows, next_blank, shortage
from bot.domain.triage import Fit, Outcome, Route
from bot.domain.values import MailId
from tests.builders import NOW, TODAY, a_mail, days, mail_facts
from tests.card_builders import a_card, a_holder, a_loan, ended_record

SOON = TODAY + days(60)
GOOD = Blank("90000001", date(2026, 1, 1), date(2028, 1, 1))
STALE = Blank("90000002", date(2025, 1, 1), SOON)
UNDATED = Blank("90000003", date(2026, 2, 1))
GONE = Blank("90000004", date(2024, 1, 1), TODAY - days(1))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("9752 1234", "97521234"), ("se-97.52—12", "SE975212"), ("97521234", "97521234")],
)
def test_a_card_number_is_kept_without_gaps_and_in_capitals(text, kept):
    assert card_number(text) == kept


@pytest.mark.parametrize("text", ["", "123", "1" * 25, "97521234é", "abc/12"])
def test_what_is_no_card_number_is_refused(text):
    with pytest.raises(InvalidCardNumberError):
        card_number(text)


def test_a_card_number_is_shown_in_groups_of_four():
    assert [shown(n) for n in ("97521234", "975212345", "")] == ["9752 1234", "9752 1234 5", ""]


def test_the_list_names_who_ended_with_a_card_oldest_first():
    last = TODAY - days(30)
    rows = [
        (a_loan(status=Status.OVERDUE), ended_record()),
        (a_card(status=Status.BLOCKED), ended_record(last, unit=None)),
        (a_card(status=Status.CANCELLED), ended_record()),
        (a_card(holder=a_holder(protected=True)), ended_record()),
        (a_card(), ended_record(protected=True)),
    ]
    found = ended_with_card(rows, TODAY)
    yesterday = TODAY - days(1)
    assert found.rows == (
        EndedRow("C-5", "Anna Öberg", "", "9752 1234", "spärrat, inte avregistrerat", last),
        EndedRow("C-6", "Anna Öberg", "Hemtjänsten Norr", "9752 5678", "försenat", yesterday),
    )
    assert (found.day, found.protected) == (TODAY, 2)


def test_a_record_without_an_end_stands_under_the_day_of_the_list():
    found = ended_with_card([(a_card(), ended_record(valid_until=None))], TODAY)
    assert found.rows[0].ended == TODAY


def test_the_drawer_is_shown_in_numbered_rows():
    assert inventory_rows([GOOD, UNDATED]) == (
        StockRow(1, "9000 0001", "går ut 2028-01-01"), StockRow(2, "9000 0003", ""),
    )  # fmt: skip


def test_few_blanks_are_work_for_staff():
    case = shortage([GOOD, UNDATED], SOON, 3, NOW).case
    assert (case.kind, case.stage) == (Kind.STOCK, Stage.STAFF)
    assert case.title == "Blanka reservkort: 2 kvar"
    assert case.details == (("Kvar i lagret", "2"),)


def test_blanks_that_soon_run_out_are_named():
    case = shortage([GOOD, STALE], SOON, 1, NOW).case
    assert case.details[1] == ("Går snart ut", f"9000 0002 ({SOON})")


def test_enough_blanks_that_last_are_no_work():
    assert shortage([GOOD, UNDATED], SOON, 2, NOW) is None


def test_the_next_blank_is_the_first_in_that_is_valid():
    assert next_blank([GONE, STALE, GOOD], TODAY) == STALE
    assert next_blank([GONE, UNDATED], TODAY) == UNDATED
    assert next_blank([GONE], TODAY) is None


def test_a_count_without_a_miss_is_only_noted():
    decision = counted(InventoryReply(there=(1, 2)), inventory_rows([GOOD]), MailId(3), NOW)
    assert (decision.outcome, decision.steps) == (Outcome.APPLIED, ())
    assert decision.why.text == "Inventeringen är besvarad: 2 kort finns."


def test_a_missing_blank_is_a_case_that_names_its_row():
    rows = inventory_rows([GOOD, UNDATED])
    decision = counted(InventoryReply(there=(1,), missing=(2,)), rows, MailId(3), NOW)
    case = decision.steps[0].case
    assert (case.kind, case.details, case.origin.mail) == (
        Kind.STOCK, (("Rad 2", "9000 0003"),), 3
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "outcome", "rule"),
    [
        (InventoryReply(there=(1,)), Outcome.APPLIED, "inventory"),
        (InventoryReply(missing=(1,)), Outcome.APPLIED, "blanks_missing"),
        (InventoryReply(there=(1,), unread=("kanske",)), Outcome.WITH_STAFF, "count"),
        (InventoryReply(), Outcome.WITH_STAFF, "count"),
    ],
)
def test_only_a_count_that_is_clear_counts(reply, outcome, rule):
    cards = CardMail(count=Count(reply, inventory_rows([GOOD])))
    facts = replace(mail_facts(a_mail()), cards=cards)
    decision = decide_mail(a_mail(), Fit(Route.COUNT, "count", "Svar på en inventering."), facts)
    assert (decision.outcome, decision.why.rule) == (outcome, rule)


def test_receipts_and_loss_reports_are_kept_ten_years():
    for kind in (RECEIPT, LOSS_REPORT):
        kept = archived(Retention(), b"x", "x.pdf", kind, date(2028, 2, 29))
        assert (kept.keep_until, kept.kind) == (date(2038, 2, 28), kind)
        assert kept.reference


def test_the_offices_own_plan_goes_first_and_an_unknown_class_is_an_error():
    own = Retention((Plan(RECEIPT, 3, "plan 7"),))
    assert archived(own, b"", "", RECEIPT, TODAY).keep_until == date(2029, 11, 23)
    with pytest.raises(KeyError):
        own.plan(LOSS_REPORT)
