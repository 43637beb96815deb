"""Letters out: one that waits holds up no other, none loses its name, staff hear of what fails."""

from __future__ import annotations

from pathlib import Path

from bot.app.letters import Letters
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.ports.outgoing import Refusal
from tests.desk import at, bring, letters, rows, turn
from tests.e2e.office import Office
from tests.fakes.outgoing import FakeOutgoing
from tests.filled import an_order, fill_acroform, numbers
from tests.posting import a_mail

GORAN, NOEL = "goran.noren@jarfalla.example", "noel.ek@jarfalla.example"
DAY = "2026-11-23"


def _asked(office: Office, n: int, manager: str = GORAN) -> None:
    """Deliver an unsigned form: it is answered with a question."""
    form = fill_acroform(an_order(n, manager=manager), sign=None)
    office.deliver(f"m{n}", a_mail(n, ("b.pdf", form), sender=manager))


class _Picky(FakeOutgoing):
    """Refuses whole letters to one address for now, as a full mailbox does."""

    full = GORAN

    def send(self, parcel):
        if self.full in parcel.recipients:
            raise TransientError("452 mailbox full")
        return super().send(parcel)


def test_a_full_mailbox_holds_up_no_other_letter(tmp_path: Path) -> None:
    office, out = Office(tmp_path), _Picky()
    _asked(office, 1)
    _asked(office, 2, NOEL)
    report = turn(office, DAY, outgoing=out)
    assert [p.recipients for p in out.sent if NOEL in p.recipients] == [(NOEL,)]
    assert report.waits == ("452 mailbox full",)


def test_a_server_that_is_away_is_asked_three_times_not_for_every_letter(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    for n in range(6):
        _asked(office, n)
    calls = []
    out.send = lambda parcel: calls.append(parcel) or _raise(TransientError("nobody answers"))
    report = turn(office, "2026-11-23T06:00:00+01:00", outgoing=out)
    assert report.waits == ("nobody answers",)
    assert report.delivered == 0
    assert len(calls) <= 6


def _raise(error: Exception):
    raise error


def test_a_letter_that_waited_keeps_its_name_and_subject(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    _asked(office, 1)
    out.failing = [TransientError("451 later")]
    turn(office, "2026-11-23T06:00:00+01:00", outgoing=out)
    assert out.sent == []
    turn(office, "2026-11-23T06:10:00+01:00", outgoing=out)
    (parcel,) = out.sent
    assert parcel.message_id
    (row,) = rows(office, "letters")
    assert row["message_id"] == parcel.message_id
    assert row["subject"]
    assert row["status"] == "sent"


def test_a_letter_refused_for_good_becomes_one_work_item(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    _asked(office, 1)
    out.refuse[GORAN] = Refusal(GORAN, "550 no such user")
    turn(office, "2026-11-23T06:00:00+01:00", outgoing=out)
    turn(office, "2026-11-23T06:30:00+01:00", outgoing=out)
    troubles = [c for c in rows(office, "cases") if c["kind"] == "trouble"]
    assert [c["title"] for c in troubles] == ["Brev kom inte fram i K-1"]
    (row,) = rows(office, "letters")
    assert row["status"] == "failed"


def test_those_put_off_get_the_same_letter_alone_and_once(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    eva, olle = "eva.ek@jarfalla.example", "olle.ek@jarfalla.example"
    out.refuse[eva] = Refusal(eva, "451 greylisted", temporary=True)
    turn(office, DAY, outgoing=out)
    out.refuse.clear()
    turn(office, "2026-11-23T09:10:00+01:00", outgoing=out)
    turn(office, "2026-11-23T09:20:00+01:00", outgoing=out)
    assert [p.recipients for p in out.sent] == [(olle,), (eva,)]
    assert len({p.message_id for p in out.sent}) == 1


def test_staff_hear_once_of_a_letter_that_nobody_takes_for_two_days(tmp_path: Path) -> None:
    office, out = Office(tmp_path), _Picky()
    _asked(office, 1)
    for day in (23, 24, 25, 26):
        turn(office, f"2026-11-{day}T06:00:00+01:00", outgoing=out)
    troubles = [c for c in rows(office, "cases") if c["kind"] == "trouble"]
    assert len(troubles) == 1
    assert "Nya försök görs" in troubles[0]["why"]
    out.full = ""
    turn(office, "2026-11-26T06:30:00+01:00", outgoing=out)
    questions = [r for r in rows(office, "letters") if r["kind"] == "question"]
    assert [(r["status"], r["rung"]) for r in questions] == [("sent", None), ("sent", "+3")]


class _Torn(Letters):
    """A template that breaks on one kind of letter."""

    def __init__(self, whole: Letters) -> None:
        self._whole = whole

    def render(self, letter, **facts):
        if letter.kind == "question":
            raise KeyError("hemligt 19121212-1212")
        return self._whole.render(letter, **facts)


def test_a_letter_that_cannot_be_written_is_told_of_and_the_rest_go(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    _asked(office, 1)
    with at(office, DAY) as services:
        torn = _Torn(services.letters)
    report = turn(office, DAY, outgoing=out, letters=torn)
    assert report.waits == ()
    assert len(out.sent) == 1  # the digest
    (trouble,) = [c for c in rows(office, "cases") if c["kind"] == "trouble"]
    assert "KeyError" in trouble["why"]
    assert "hemligt" not in trouble["why"]


def test_the_cap_holds_letters_and_lets_them_go_later(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    path = office.here / "ekbot.toml"
    path.write_text(path.read_text("utf-8").replace("cap_per_sender = 10000", "cap_per_sender = 2"))
    for n in range(3):
        _asked(office, n)
    turn(office, "2026-11-23T06:00:00+01:00", outgoing=out)
    assert len(out.sent) == 2
    turn(office, "2026-11-23T07:01:00+01:00", outgoing=out)
    assert len(out.sent) == 2
    turn(office, "2026-11-24T07:05:00+01:00", outgoing=out)
    assert len(out.sent) == 3


def test_a_catalogue_that_is_away_stops_no_letter(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    order = fill_acroform(an_order(0))
    office.deliver("ny", a_mail("ny", ("b.pdf", order)))
    _asked(office, 1)

    class Away:
        def entries(self):
            return None

        def write(self, change, expected, key):
            raise TransientError("katalogen svarar inte")

    report = turn(office, "2026-11-23T06:00:00+01:00", outgoing=out, catalogue=Away())
    assert report.waits == ("katalogen svarar inte",)
    assert len(out.sent) == 1
    turn(office, "2026-11-23T06:10:00+01:00", outgoing=out)
    assert [x.letter.kind for x in letters(office, DAY, "applied")] == ["applied"]
    assert len(rows(office, "persons")) == 1


def test_a_refused_login_is_advice_not_a_storm(tmp_path: Path) -> None:
    office, out = Office(tmp_path), FakeOutgoing()
    for n in range(4):
        _asked(office, n)
    calls = []
    error = NeedsOperatorError("535 login refused", "Kontrollera lösenordet.")
    out.send = lambda parcel: calls.append(parcel) or _raise(error)
    turn(office, "2026-11-23T06:00:00+01:00", outgoing=out)
    assert 1 <= len(calls) <= 3


def test_no_letter_out_shows_a_number(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert bring(office, f"{numbers()[5]},Åsa,,Öberg,USK,V102,,,2026-01-01,2026-12-07,,nej")[0] == 0
    _asked(office, 1)
    turn(office, DAY)
    text = "".join(f.read_text("utf-8") for f in (office.here / "out" / "new").iterdir())
    for number in (numbers()[5], str(an_order(1)["person_id"])):
        assert number not in text
        assert number[2:] not in text
