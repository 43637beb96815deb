"""Nine months of loans, twice: every rung on its working day, none double, none after return.

What must come is counted by ``loan_count`` from the facts of the loans and the words of the law;
what came is read from ``list --json`` and from the letters that left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time

import pytest

from tests.desk import ekbot, rows
from tests.e2e import loan_count as count
from tests.e2e.loan_count import Told
from tests.e2e.loans import AUTUMN, SPRING, Loan, Rehearsal
from tests.e2e.rehearsal import Show, prepared, run
from tests.swedish_days import instant, is_open, stockholm

CHASE = ("reserve_reminder", "escalation")
MOST = 24  # reminders about one card, ever, as the office's configuration has it
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
PLAYS = [pytest.param(SPRING, id="spring"), pytest.param(AUTUMN, id="autumn")]
KNOWN = {  # found with a wall calendar
    (SPRING, "due on Good Friday"): {
        "-14": "2026-03-19", "-3": "2026-03-30", "0": "2026-04-02", "+1": "2026-04-07",
        "+5": "2026-04-13", "+10": "2026-04-20",
    },
    (SPRING, "31 January is lent to 30 April"): {
        "-14": "2026-04-16", "-3": "2026-04-27", "0": "2026-04-30", "+1": "2026-05-04",
        "+5": "2026-05-08", "+10": "2026-05-19",
    },
    (SPRING, "+1 after that Sunday"): {
        "-14": "2026-03-13", "-3": "2026-03-24", "0": "2026-03-27", "+1": "2026-03-30",
        "+5": "2026-04-07", "+10": "2026-04-14",
    },
    (SPRING, "outage: all of it"): {"-3": "2026-07-03", "+5": "2026-07-16", "+10": "2026-07-21"},
    (SPRING, "activated in the evening"): {"0": "2026-09-11", "+1": "2026-09-14"},
    (AUTUMN, "due on Christmas Eve"): {
        "-14": "2027-12-09", "-3": "2027-12-20", "0": "2027-12-23", "+1": "2027-12-27",
        "+5": "2028-01-03", "+10": "2028-01-12",
    },
    (AUTUMN, "29 November is lent to leap day"): {
        "-14": "2028-02-15", "-3": "2028-02-25", "0": "2028-02-29", "+1": "2028-03-01",
        "+5": "2028-03-07", "+10": "2028-03-14",
    },
    (AUTUMN, "31 January is lent to the Friday before 30 April"): {
        "-14": "2028-04-13", "-3": "2028-04-25", "0": "2028-04-28", "+1": "2028-05-02",
        "+5": "2028-05-08", "+10": "2028-05-15",
    },
}  # fmt: skip
LAST_DAYS = (
    ("2026-05-31", "2026-08-31"), ("2026-08-31", "2026-11-30"), ("2026-09-24", "2026-12-23"),
    ("2026-09-30", "2026-12-30"), ("2026-10-01", "2026-12-30"), ("2026-11-28", "2027-02-26"),
    ("2026-11-29", "2027-02-26"), ("2026-11-30", "2027-02-26"), ("2026-12-01", "2027-03-01"),
    ("2027-01-31", "2027-04-30"), ("2027-03-25", "2027-06-24"), ("2027-05-31", "2027-08-31"),
    ("2027-11-29", "2028-02-29"), ("2027-11-30", "2028-02-29"), ("2028-02-29", "2028-05-29"),
)  # fmt: skip


def by_the_book(play: Rehearsal) -> dict[str, Loan]:
    return {loan.says: loan for loan in play.loans}


@pytest.mark.parametrize("play", PLAYS)
def test_the_count_finds_the_last_days_that_a_wall_calendar_shows(play: Rehearsal) -> None:
    assert len(by_the_book(play)) == len(play.loans)
    for loan in play.loans:
        assert count.first_due(play, loan) == loan.due, loan.says


@pytest.mark.parametrize(("play", "says"), list(KNOWN))
def test_the_count_finds_the_rungs_that_a_wall_calendar_shows(play: Rehearsal, says: str) -> None:
    found = count.reached(play, by_the_book(play)[says])
    assert {r.rung: r.on.isoformat() for r in found} == KNOWN[play, says]


def told(show: Show) -> Iterator[Told]:
    """Yield every letter of the ladders, as the list and the letter itself have it."""
    left = {str(mail["Message-ID"]): (mail, text) for mail, text in show.sent()}
    for row in rows(show.office, "letters"):
        if row["rung"] is None or row["kind"] not in (*CHASE, "receipt_form"):
            continue
        mail, text = left[row["message_id"]]
        assert row["status"] == "sent", row
        assert sorted(row["to"]) == sorted(a.strip() for a in str(mail["To"]).split(",")), row
        loan = show.loan_of(text)
        assert loan is not None, text
        by_post = str(mail["Subject"]).startswith("Att skriva ut och posta: ")
        on = stockholm(row["sent"]).date()
        yield Told(loan.says, row["kind"], row["rung"], on, tuple(row["to"]), by_post)


def owed(show: Show) -> Iterator[Told]:
    for loan in show.play.loans:
        yield from count.letters(show.play, loan, show.holder(loan))


def check_letters(show: Show) -> None:
    came, due = Counter(told(show)), Counter(owed(show))
    assert not came - due, f"came without being owed: {sorted(came - due)}"
    assert not due - came, f"never came: {sorted(due - came)}"
    assert max(came.values()) == 1
    per_loan = Counter(letter.loan for letter in came)
    assert max(per_loan.values()) <= MOST


def check_hours(show: Show) -> None:
    """No reminder leaves by night, at the weekend or on a holiday."""
    kinds = (*CHASE, "receipt_form")
    reminders = [r for r in rows(show.office, "letters") if r["rung"] and r["kind"] in kinds]
    sent = [stockholm(r["sent"]) for r in reminders]
    for moment in sent:
        assert is_open(moment.date(), show.play.own), moment
        assert time(7) <= moment.time() < time(18), moment
    assert {m.time() for m in sent} & {time(7), time(17, 59)}, "the edges were not tried"


def check_rungs(show: Show) -> None:
    """The cards themselves know their rungs, also those of a protected person."""
    cards = {c["number"]: c for c in rows(show.office, "cards") if c["kind"] == "reserve"}
    assert len(cards) == len(show.play.loans)
    for loan in show.play.loans:
        rungs = [
            (r["rung"], date.fromisoformat(r["on"]), date.fromisoformat(r["from"]))
            for r in cards[show.number(loan)]["rungs"]
        ]
        assert rungs == [tuple(r) for r in count.reached(show.play, loan)], loan.says
        last = count.stretches(show.play, loan)[-1]
        assert cards[show.number(loan)]["due"] == last.due.isoformat(), loan.says


def check_standing(show: Show) -> None:
    """On every day that was asked about each card stood where its last day put it."""
    for day, cards in show.seen.items():
        for loan in show.play.loans:
            wanted = count.standing(show.play, loan, day)
            shown = (wanted[0], wanted[1].isoformat()) if wanted else None
            assert cards.get(show.number(loan)) == shown, (day, loan.says)


def check_outage(show: Show) -> None:
    """Who had reached something gets one letter for all of it, and the outage did hit some."""
    begins, ends = show.play.outage
    came = [t for t in told(show) if t.kind in CHASE]
    for letter in came:
        if begins <= letter.on <= ends:  # a clerk's own doing
            assert letter.on in count.told_at_once(show.play, by_the_book(show.play)[letter.loan])
    after = count.goes(show.play, ends, (show.play.outage,))
    first = {loan: [t.rung for t in came if t.loan == loan and t.on == after]
             for loan in by_the_book(show.play)}  # fmt: skip
    assert all(len(rungs) <= 1 for rungs in first.values()), first
    missed = [count.in_the_outage(show.play, x) for x in show.play.loans if not x.protected]
    assert sum(n > 0 for n in missed) >= 4
    assert sum(n > 1 for n in missed) >= 2


def check_blocks(show: Show) -> None:
    """At +10, and only then, staff are to block the card."""
    cards = {c["id"]: c["number"] for c in rows(show.office, "cards")}
    opened = sorted(
        (cards[c["card"]], stockholm(c["opened"]).date())
        for c in rows(show.office, "cases") if c["kind"] == "block"
    )  # fmt: skip
    wanted = sorted(
        (show.number(loan), r.on)
        for loan in show.play.loans
        for r in count.reached(show.play, loan) if r.rung == "+10"
    )  # fmt: skip
    assert opened == wanted


def check_words(show: Show) -> None:
    """A reminder names the last day that holds; none an identity number, or a hidden card."""
    hidden = [f"7100 {show.number(x)[4:]}" for x in show.play.loans if x.protected]
    numbers = [show.order(loan)["person_id"] for loan in show.play.loans]
    for mail, text in show.sent():
        assert not [n for n in numbers if n in text or n[2:] in text or f"{n[2:8]}-{n[8:]}" in text]
        assert not [n for n in hidden if n in text]
        if mail["X-EKbot-Kind"] not in CHASE:
            continue
        loan = show.loan_of(text)
        assert loan is not None
        day = stockholm(mail["Date"].datetime.isoformat()).date()
        standing = count.standing(show.play, loan, day)
        assert standing is not None
        last = standing[1]
        assert f"{last.day} {MONTHS[last.month - 1]} {last.year}" in text, loan.says


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("play", PLAYS)
def test_in_nine_months_every_rung_goes_once_on_its_working_day(
    play: Rehearsal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    show = prepared(play, tmp_path_factory.mktemp("nine-months"))
    run(show)
    check_letters(show)
    check_hours(show)
    check_rungs(show)
    check_standing(show)
    check_outage(show)
    check_blocks(show)
    check_words(show)


def test_a_loan_lasts_three_months_to_the_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    play = Rehearsal(date(2026, 5, 30), date(2028, 3, 1), frozenset(), (date.max, date.max), tuple(
        Loan(out, date.fromisoformat(out), date.fromisoformat(due), (), None, date(2029, 12, 31),
             "", mail=True, protected=False) for out, due in LAST_DAYS
    ))  # fmt: skip
    show = prepared(play, tmp_path_factory.mktemp("last-days"))
    for loan in play.loans:
        now = instant(loan.out, time(9))
        code, _, err = ekbot(
            show.office, "card", "handout", "--person", show.order(loan)["person_id"], "--number",
            show.number(loan), "--id-kind", "pass", "--reason", "foreign", "--now", now,
        )  # fmt: skip
        assert code == 0, err
    cards = {c["number"]: (c["handed_out"], c["due"]) for c in rows(show.office, "cards")}
    assert [cards[show.number(x)] for x in play.loans] == list(LAST_DAYS)
