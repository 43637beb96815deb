"""Six weeks of one review with sixty managers, on Dovecot and SMTP: all is as it truly was.

What must come, and how each row must end, is counted by ``review_count`` from what was meant and
the words of the law; what came is read from the letters as they left and from the command line.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.desk import at as office_at
from tests.desk import ekbot, rows
from tests.e2e import review_count as count
from tests.e2e.review_cast import SOON, TEMPORARY, Person, cast
from tests.e2e.review_clients import Came
from tests.e2e.review_count import Count, Told
from tests.e2e.review_scenes import SCENES
from tests.e2e.review_show import REFUSED, USER, Show, by_handle, rounds, run, status
from tests.e2e.servers import on_servers
from tests.servers.dovecot import dovecot
from tests.servers.smtpsink import Sink
from tests.swedish_days import stockholm

ABOUT = ("review", "review_reminder", "escalation")
KINDS = (*ABOUT, "review_echo", "cancellation_form", "review_move", "undone")
WORDS = {"stays": "kvar", "left": "har slutat", "leaving": "slutar", "moved": "har flyttat",
         "open": "inget svar"}  # fmt: skip
DONE = ("stays", "left", "leaving", "moved")
HEARD = date(2027, 2, 23)
LAST = "2027-04-02T20:00:00+02:00"


def told(letter: Came, names: set[str]) -> Told:
    """Return a letter as it came; who is named where that matters."""
    named: set[str] = set()
    if letter.kind in ABOUT:
        named = set(letter.rows.values())
    elif letter.kind in ("cancellation_form", "review_move"):
        named = {n for n in names if n in letter.text}
    day = stockholm(letter.mail["Date"].datetime.isoformat()).date()
    return Told(letter.kind, day, tuple(sorted(letter.readers)), tuple(sorted(named)))


def people(show: Show) -> list[Person]:
    return [p for c in show.cast.values() for p in c.people] + [TEMPORARY]


def check_lists(show: Show) -> None:
    """Each was asked about exactly his own people: never himself, never who is protected."""
    asked = {key: tuple(sorted(rows.values())) for key, rows in show.numbers.items()}
    assert asked == count.lists(show.cast)
    assert all(sorted(rows) == list(range(1, len(rows) + 1)) for rows in show.numbers.values())
    for letter in show.letters:
        if letter.kind in ABOUT and "review" in letter.kind:
            own = {p.name for p in people(show) if p.tag == "self" and p.mail in letter.readers}
            assert not own & set(letter.rows.values())


def check_letters(show: Show, truth: Count) -> None:
    names = {p.name for p in people(show)}
    about = [x for x in show.letters if x.kind in KINDS]
    about = [x for x in about if x.kind != "escalation" or "(G-" in str(x.mail["Subject"])]
    came, owed = Counter(told(x, names) for x in about), Counter(truth.told)
    assert not came - owed, f"came without being owed: {sorted(came - owed)}"
    assert not owed - came, f"never came: {sorted(owed - came)}"
    assert max(came.values()) == 1
    kinds = Counter(x.kind for x in about)
    assert min(kinds[k] for k in KINDS) >= 2, kinds
    for form in (x for x in about if x.kind == "cancellation_form"):
        papers = [name for name in form.files() if name.endswith(".pdf")]
        assert len(papers) == len(told(form, names).names) == len(set(papers))
    assert max(len(x.files()) for x in about) > 20


def check_rows(show: Show, truth: Count) -> None:
    """Every row ends as it was meant, or is open with a question to who was asked."""
    seen = by_handle(show)
    wrong, exact = [], 0
    for review, number, line in count.every(truth.reviews):
        shown = {r["row"]: r for r in seen[show.handles[review.key]]["rows"]}.get(number)
        if line.hidden:
            assert shown is None
            continue
        assert shown is not None, line
        got = shown["answer"], shown["date"]
        exact += got == (line.answer, line.on.isoformat() if line.on else None)
        if got == (line.answer, line.on.isoformat() if line.on else None):
            continue
        asked = [x for x in show.letters if x.kind == "review_echo" and review.mail in x.readers]
        if got[0] not in ("open", "unclear") or not any(line.name in x.text for x in asked):
            wrong.append((review.key, number, line, got))
    assert not wrong
    assert exact >= 0.98 * sum(len(r.rows) for r in truth.reviews.values())
    for review in truth.reviews.values():
        shown = seen[show.handles[review.key]]
        assert (shown["status"], shown["open"]) == ("closed", len(review.open())), review.key


def check_silence(show: Show, truth: Count) -> None:
    """Who nobody has spoken of is neither ended nor renewed; «kvar» renews what ends soon only."""
    everybody = [p for p in rows(show.office, "persons") if not p["protected"]]
    known = {f"{p['given_name']} {p['surname']}": p for p in everybody}
    meant = {line.name: line for _, _, line in count.every(truth.reviews)}
    units = dict(unit for c in show.cast.values() for unit in c.units)
    shown = [p for p in people(show) if not p.protected and p.tag != "later"]
    assert len([p for p in rows(show.office, "persons") if p["protected"]]) == 3
    for person in shown:
        line, record = meant.get(person.name), known[person.name]
        until = date.fromisoformat(record["valid_until"])
        renewed = date(2028, 4, 10)
        signed = record["status"] in ("ended", "closed")
        if line is not None and line.answer == "stays" and person.until == SOON:
            assert until == renewed, person.name
        elif line is not None and line.answer == "leaving":
            assert until == line.on, person.name
            assert signed == (line.on < date(2027, 4, 2)), person.name
        elif line is not None and line.answer == "left" and signed:
            assert until == line.on, person.name
        else:
            assert until == person.until, person.name
            assert record["status"] == "active", person.name
        assert record["unit"] == units[person.unit_id or show.cast["fixed"].units[0][0]]
    ended = {n for n, p in known.items() if p["status"] in ("ended", "closed")}
    assert (
        sum(meant[n].answer == "left" for n in ended) == 4
    )  # three forms came back, one by itself


def check_cards(show: Show, truth: Count) -> None:
    """A card of who has left is due at once; who stays, or stays after all, keeps it."""
    meant = {line.name: line for _, _, line in count.every(truth.reviews)}
    holders = [p for p in people(show) if "card" in p.tag]
    last = show.seen[max(show.seen)]
    for n, person in enumerate(holders):
        number, line = f"7200{n:04d}", meant[person.name]
        due = date.fromisoformat(last[number].partition(" ")[2])
        if line.answer == "left":  # heard in the evening of the 23rd: due the day after
            assert show.seen[HEARD][number] == "handed_out 2027-02-24", person.name
            assert last[number].endswith(" 2027-02-24"), person.name
        elif line.answer == "leaving":
            assert due <= line.on <= due + timedelta(3), person.name
        else:
            assert last[number] == "handed_out 2027-04-23", person.name
    undone = next(n for n, p in enumerate(holders) if p in show.cast["undone_card"].people)
    assert show.seen[HEARD][f"7200{undone:04d}"] == "handed_out 2027-02-24"


def texts(letter: Came) -> Iterator[str]:
    """Yield everything that a reader, or a machine, finds in a letter."""
    for name, value in letter.mail.items():
        yield f"{name}: {value}"
    for part in letter.mail.walk():
        yield str(part.get_filename() or "")
        content = b"" if part.is_multipart() else part.get_content()
        if isinstance(content, str):
            yield content
        elif content[:4] == b"%PDF":
            yield from pdf_text(content)
            yield content.decode("latin-1")
        elif isinstance(content, bytes):
            yield content.decode("utf-8", "replace")


def pdf_text(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(content) as opened:
        opened.init_forms()
        for page in opened:
            yield str(page.get_textpage().get_text_bounded())


def check_words(show: Show) -> None:
    """No identity number leaves, and nothing of who is protected; in no part of any letter."""
    hidden = [p for p in people(show) if p.protected]
    later = show.cast["hidden_mid"].of("later")
    assert len(hidden) == 2
    numbers = [
        form for p in people(show)
        for form in (p.person_id, p.person_id[2:], f"{p.person_id[2:8]}-{p.person_id[8:]}")
    ]  # fmt: skip
    wanted = re.compile("|".join(map(re.escape, numbers)))
    for place, letter in enumerate(show.letters):
        gone = [*hidden, *([later] if place >= show.hidden_from else [])]
        for text in texts(letter):
            assert not wanted.search(text), (letter.kind, letter.mail["Subject"])
            for person in gone:
                assert person.name not in text, (letter.kind, letter.mail["Subject"])
                assert person.mail not in text, (letter.kind, letter.mail["Subject"])
    assert show.hidden_from > 100


def cases(show: Show, title: str, *states: str) -> list[dict[str, Any]]:
    found = [c for c in rows(show.office, "cases") if c["title"].startswith(title)]
    return [c for c in found if not states or c["status"] in states]


def check_staff(show: Show) -> None:
    """What no rule may decide lies with staff, one item each."""
    chiefs = {k: c.name for k, c in show.cast.items()}
    for title, keys in {
        "Svar på granskningen att läsa": ("stranger", "fail", "too_late"),
        "Två svar säger emot varandra": ("contradicted",),
        "Chefen vill ångra sitt svar": ("undo_late",),
        "Fel chef i granskningen": ("wrong",),
        "Fråga från chefen": ("question",),
    }.items():
        found = sorted(c["title"] for c in cases(show, title, "open"))
        assert found == sorted(f"{title} ({chiefs[k]})" for k in keys), title
    unit = show.cast["vacant"].units[0][1]
    assert [c["title"] for c in cases(show, "Enhet utan chef")] == [
        f"Enhet utan chef i granskningen: {unit}"
    ]
    assert len(cases(show, "Chefen är borta", "done")) == 2
    assert len([c for c in rows(show.office, "cases") if c["kind"] == "review_manual"]) == 3
    moves = cases(show, "Byter enhet")
    assert sorted(c["title"].partition(": ")[2].rpartition(",")[0] for c in moves) == sorted(
        show.numbers[k][n] for k, n in (("moved", 4), ("moved_north", 2), ("moved_unknown", 3))
    )
    unanswered = cases(show, "Granskningen är obesvarad")
    assert Counter(c["status"] for c in unanswered) == {"open": 6, "done": 2}
    assert len(cases(show, "Brev kom inte fram", "open")) == 2  # one refused, one returned


def check_report(show: Show, truth: Count) -> None:
    """The closing report's numbers are those of a recount, and its hash is that of its table."""
    (report,) = (x for x in show.letters if x.kind == "review_report")
    assert report.readers == count.STAFF
    assert report.mail["Date"].datetime.date() == date(2027, 4, 1)
    files = report.files()
    assert sorted(files) == ["granskning-2027-Q1.csv", "granskning-2027-Q1.pdf"]
    table = files["granskning-2027-Q1.csv"]
    printed = re.sub(r"\s", "", "".join(pdf_text(files["granskning-2027-Q1.pdf"])))
    assert hashlib.sha256(table).hexdigest() in printed
    vacant = show.cast["vacant"].people
    meant = Counter(r.answer for _, _, r in count.every(truth.reviews) if not r.hidden)
    meant["open"] += len(vacant)
    lines = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    shown = Counter(line["Svar"] for line in lines)
    assert shown == Counter({WORDS[k]: n for k, n in meant.items()})
    assert len(lines) == sum(meant.values())
    where = {r.name: r for _, _, r in count.every(truth.reviews)}
    for line in lines:
        row = where.get(line["Namn"])
        if row is not None:
            assert line["Svar"] == WORDS[row.answer], line
            assert line["Datum"] == (str(row.on) if row.on else ""), line


def check_status(show: Show, truth: Count) -> None:
    """``review status`` and ``list reviews`` say what a recount says."""
    found = status(show)
    meant = Counter("manual" if r.hidden else r.answer for _, _, r in count.every(truth.reviews))
    meant["open"] += len(show.cast["vacant"].people)
    assert found["answers"] == dict(meant)
    assert (found["state"], found["protected"], found["ends"]) == ("closed", 2, "2027-03-31")
    listed = rows(show.office, "reviews")
    assert len(listed) == len(truth.reviews) + 1
    assert Counter(r["status"] for r in listed) == Counter(r["status"] for r in found["reviews"])
    answers = Counter(x["answer"] for r in listed for x in r["rows"])
    assert answers == Counter({k: n for k, n in meant.items() if k != "manual"})
    for review in listed:
        assert review["open"] == sum(x["answer"] not in DONE for x in review["rows"])


def check_brake(show: Show) -> None:
    """Twenty-one at once wait for a clerk's yes; the manager is told so."""
    mail = show.cast["brake"].mail
    mine = [x for x in show.letters if mail in x.readers]
    first = next(x for x in mine if x.kind == "cancellation_form")
    assert first.mail["Date"].datetime.date() == date(2027, 2, 25)
    echo = next(x for x in mine if x.kind == "review_echo")
    assert "en handläggare ser efter först" in echo.text
    (case,) = (c for c in rows(show.office, "cases") if c["kind"] == "brake")
    assert (case["status"], stockholm(case["opened"]).date()) == ("done", date(2027, 2, 23))


def check_chain(show: Show) -> None:
    with office_at(show.office, LAST) as services, services.store.begin() as work:
        assert work.audit.verify()[1] is None
        assert work.journal.counts().get("open", 0) == 0
        assert work.outbox.held() == 1  # what the server refused, with staff
    code, out, err = ekbot(show.office, "doctor", "--json")
    assert code in (0, 3), (out, err)


@contextmanager
def prepared(here: Path, sink: Sink) -> Iterator[Show]:
    with dovecot() as server:
        office = on_servers(here, server, sink, USER, quarterly=True)
        yield Show(office, cast(), server, sink)


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.xdist_group("review-rehearsal")
def test_in_six_weeks_sixty_managers_are_asked_heard_and_never_mistaken(
    tmp_path: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with prepared(tmp_path, sink) as show:
        for name, value in show.office.environment.items():
            monkeypatch.setenv(name, value)
        run(show)
        truth = Count(show.cast, show.numbers, {REFUSED: date.max})
        truth.run(rounds(), SCENES)
        check_lists(show)
        check_letters(show, truth)
        check_rows(show, truth)
        check_silence(show, truth)
        check_cards(show, truth)
        check_words(show)
        check_staff(show)
        check_report(show, truth)
        check_status(show, truth)
        check_brake(show)
        check_chain(show)


def test_the_count_finds_the_days_that_a_wall_calendar_shows() -> None:
    asked = date(2027, 2, 22)
    assert [count.goes(asked, n) for n in count.RUNGS] == [
        date(2027, 3, 1), date(2027, 3, 8), date(2027, 3, 15),
    ]  # fmt: skip
    assert count.working_days_after(asked, 25) == count.ENDS  # Easter lies between
