"""A review that runs into Christmas: nothing goes from 15 December to 10 January, then it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.desk import bring, ekbot, rows, turn
from tests.e2e import review_count as count
from tests.e2e.office import Office
from tests.e2e.review_cast import Casting, Chief
from tests.e2e.review_clients import Came, came, reply
from tests.e2e.review_count import Count, Told
from tests.e2e.review_scenes import ALL, Say
from tests.swedish_days import ONE, instant, stockholm

FIRST, LAST = date(2026, 12, 8), date(2027, 1, 21)
QUIET = (date(2026, 12, 15), date(2027, 1, 10))
ENDS = date(2027, 1, 19)  # the twenty-fifth working day, counted on a wall calendar
MORNING, NOON = time(7, 40), time(12)
SCENES = (
    Say(date(2026, 12, 9), NOON, "early", "Alla är kvar.", ALL),
    Say(date(2026, 12, 10), NOON, "partly", "Nr 1 är kvar.", {1: ("stays", None)}),
    Say(date(2026, 12, 22), NOON, "inside", "Alla är kvar.", ALL),
    Say(date(2027, 1, 12), NOON, "after", "Alla är kvar.", ALL),
)


def letters(office: Office) -> Iterator[Came]:
    for raw in office.letters():
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        letter = came(raw, [a.strip() for a in str(mail["To"]).split(",")])
        if letter.kind in ("review", "review_reminder", "review_echo") or (
            letter.kind == "escalation" and "(G-" in str(mail["Subject"])
        ):
            yield letter


def on(letter: Came) -> date:
    return stockholm(letter.mail["Date"].datetime.isoformat()).date()


def told(letter: Came) -> Told:
    names = () if letter.kind == "review_echo" else tuple(sorted(letter.rows.values()))
    return Told(letter.kind, on(letter), tuple(sorted(letter.readers)), names)


@pytest.fixture
def chiefs() -> dict[str, Chief]:
    make = Casting()
    return {k: make.chief(k) for k in ("early", "partly", "inside", "after", "silent")}


@pytest.fixture
def office(tmp_path: Path, chiefs: dict[str, Chief]) -> Office:
    found = Office(tmp_path, quarterly=True)
    head = (tmp_path / "managers.csv").read_text("utf-8").splitlines()[0]
    lines = [head, *(row for c in chiefs.values() for row in c.rows())]
    (tmp_path / "managers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = bring(found, *(p.row() for c in chiefs.values() for p in c.people),
                         now=instant(FIRST, time(7)))  # fmt: skip
    assert code == 0, err
    return found


def lived(office: Office, chiefs: dict[str, Chief]) -> dict[str, dict[int, str]]:
    """Start the review by hand, and go through the days; return each list as its letter had it."""
    code, _, err = ekbot(office, "review", "start", "--yes", "--now", instant(FIRST, time(7, 30)))
    assert code == 0, err
    day, lists = FIRST, {}
    while day <= LAST:
        turn(office, instant(day, MORNING))
        for n, say in enumerate(SCENES):
            if say.on != day:
                continue
            chief = chiefs[say.chief]
            letter = [x for x in letters(office) if chief.mail in x.readers and x.rows][-1]
            sent = datetime.fromisoformat(instant(day, say.at))
            assert isinstance(say.words, str)
            office.deliver(f"svar{n}", reply(letter, say.words, sender=chief.mail, name=chief.name,
                                             sent=sent, style="gmail", number=f"svar{n}"))  # fmt: skip
        turn(office, instant(day, time(18, 30)))
        day += ONE
    for letter in letters(office):
        if letter.kind == "review":
            key = next(k for k, c in chiefs.items() if c.mail in letter.readers)
            lists[key] = letter.rows
    return lists


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_is_asked_over_christmas_and_it_goes_on_after(
    office: Office, chiefs: dict[str, Chief]
) -> None:
    lists = lived(office, chiefs)
    assert len(lists) == len(chiefs)
    truth = Count(chiefs, lists, {}, send=FIRST, ends=ENDS)
    days = [FIRST + n * ONE for n in range((LAST - FIRST).days + 1)]
    truth.run([(d, t) for d in days for t in (MORNING, time(18, 30))], SCENES)
    assert Counter(map(told, letters(office))) == Counter(truth.told)
    asking = [x for x in letters(office) if x.kind != "review_echo"]
    assert not [x for x in asking if QUIET[0] <= on(x) <= QUIET[1]]
    assert [x for x in letters(office) if QUIET[0] <= on(x) <= QUIET[1]]  # who answers is heard
    assert [x for x in asking if on(x) == date(2027, 1, 11)]
    open_rows = {r["manager_mail"]: r["open"] for r in rows(office, "reviews")}
    assert open_rows == {c.mail: len(truth.reviews[k].open()) for k, c in chiefs.items()}
    assert {r["campaign_state"] for r in rows(office, "reviews")} == {"closed"}
    told_of = [x for x in asking if x.kind == "escalation"]
    assert all("påminnelse" not in x.text.partition("Arbetar de här")[0] for x in told_of)


def test_the_count_closes_on_the_day_that_a_wall_calendar_shows() -> None:
    assert count.working_days_after(FIRST, 25) == ENDS
    assert [count.goes(FIRST, n) for n in count.RUNGS] == [date(2027, 1, 11)] * 3
