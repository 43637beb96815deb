"""One turn: what fails is named and left, the rest goes on."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.managers.csv import CsvManagers, Settings
from bot.app.bringing import IMPORTED, take_managers
from bot.ports.errors import ConflictError, NeedsOperatorError, TransientError
from parsers.mail.authentication import Verdict
from tests.desk import at, mails_out, rows, turn
from tests.e2e.office import Office
from tests.fakes.mailbox import FakeMailbox
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

DAY = "2026-11-23"


def _form(n: int, **more) -> bytes:
    return a_mail(f"m{n}", ("b.pdf", fill_acroform(an_order(n))), **more)


def _break_register(office: Office, content: str) -> None:
    (office.here / "managers.csv").write_text(content, encoding="utf-8")


def test_a_register_that_became_faulty_is_named_and_the_old_one_holds(tmp_path: Path) -> None:
    office = Office(tmp_path)
    turn(office, DAY)
    _break_register(office, "name,mail,unit_id,unit\nUtan Adress,,V1,Enhet\n")
    office.deliver("a", _form(0))
    report = turn(office, "2026-11-23T10:00:00+01:00")
    assert "chefsregister" in report.waits[0]
    assert "rad 2, mail: saknas" in report.advice[0]
    assert [m["outcome"] for m in rows(office, "mails")] == ["applied"]


def test_an_emptied_register_never_takes_the_place_of_a_full_one(tmp_path: Path) -> None:
    office = Office(tmp_path)
    turn(office, DAY)
    _break_register(office, "name,mail,unit_id,unit\n")
    office.deliver("a", _form(0))
    report = turn(office, "2026-11-23T10:00:00+01:00")
    assert "tomt" in report.advice[0]
    assert [m["outcome"] for m in rows(office, "mails")] == ["applied"]


class _Directory:
    """A register that no people keep in a file: it may be hidden from us."""

    def __init__(self, office: Office) -> None:
        self._file = CsvManagers(Settings(kind="csv", path=office.here / "managers.csv"))

    def fingerprint(self) -> str:
        return f"ldap:{self._file.fingerprint()}"

    def read(self):
        return self._file.read()


def test_a_directorys_register_that_shrinks_is_refused_until_somebody_has_read_it_in(
    tmp_path: Path,
) -> None:
    office, heads = Office(tmp_path), "name,mail,unit_id,unit,valid_to\n"
    source = _Directory(office)
    lines = [f"Chef {n},c{n}@jarfalla.example,V{n},Enhet {n},\n" for n in range(20)]
    past = [f"Förr {n},f{n}@jarfalla.example,G{n},Gammal {n},2020-01-01\n" for n in range(9)]
    _break_register(office, heads + "".join(lines + past))
    turn(office, DAY, managers=source)
    _break_register(office, heads + "".join(lines[:15]))  # five less, and those who had left
    assert turn(office, "2026-11-23T10:00:00+01:00", managers=source).advice == ()
    _break_register(office, heads + "".join(lines[:9]))
    (advice,) = turn(office, "2026-11-23T11:00:00+01:00", managers=source).advice
    assert "krympt från 15 till 9 chefer" in advice
    with at(office, "2026-11-23T12:00:00+01:00") as services:
        with services.store.begin() as work:
            assert len(work.managers.list()) == 15
        take_managers(services, source.read(), f"{IMPORTED}x", "eva")
    _break_register(office, heads + "".join(lines[:3]))
    assert turn(office, "2026-11-23T13:00:00+01:00", managers=source).advice == ()
    later = "2026-11-23T14:00:00+01:00"
    with at(office, later) as services, services.store.begin() as work:
        assert len(work.managers.list()) == 3


def test_a_register_that_people_keep_in_a_file_may_shrink(tmp_path: Path) -> None:
    office, heads = Office(tmp_path), "name,mail,unit_id,unit,valid_to\n"
    lines = [f"Chef {n},c{n}@jarfalla.example,V{n},Enhet {n},\n" for n in range(20)]
    _break_register(office, heads + "".join(lines))
    turn(office, DAY)
    _break_register(office, heads + lines[0])
    assert turn(office, "2026-11-23T10:00:00+01:00").advice == ()


def test_a_mailbox_that_is_away_stops_neither_digest_nor_letters(tmp_path: Path) -> None:
    office, box = Office(tmp_path), FakeMailbox()
    box.broken = TransientError("nobody answers")
    report = turn(office, DAY, mailbox=box)
    assert report.waits == ("brevlåda: nobody answers",)
    assert len(mails_out(office)) == 1


def test_a_mailbox_that_wants_the_operator_gives_advice(tmp_path: Path) -> None:
    office, box = Office(tmp_path), FakeMailbox()
    box.broken = NeedsOperatorError("login refused", "Kontrollera lösenordet.")
    assert turn(office, DAY, mailbox=box).advice == ("Kontrollera lösenordet.",)


def test_a_step_refused_by_its_peer_stops_no_other_step(tmp_path: Path) -> None:
    office, box = Office(tmp_path), FakeMailbox()
    box.broken = ConflictError("the folder moved")
    report = turn(office, DAY, mailbox=box)
    assert report.waits == ("brevlåda: the folder moved",)
    assert report.due == 1


class _NameServer:
    """Answers for all but one domain."""

    def verify(self, raw, domain):
        if domain == "tyst.example":
            raise TransientError("the name server does not answer")
        return Verdict.PASS


def _on_dkim(office: Office) -> None:
    path = office.here / "ekbot.toml"
    path.write_text(path.read_text("utf-8").replace('["dmarc"]', '["dkim"]'), encoding="utf-8")


def test_a_mail_whose_name_server_is_silent_holds_up_no_other(tmp_path: Path) -> None:
    office = Office(tmp_path)
    _on_dkim(office)
    office.deliver("1", _form(0, sender="x@tyst.example", verdict=None))
    office.deliver("2", _form(1, verdict=None))
    early = "2026-11-23T06:00:00+01:00"
    report = turn(office, early, signatures=_NameServer())
    assert report.waits == ("läsning: the name server does not answer",)
    assert {m["sender"]: m["outcome"] for m in rows(office, "mails")}[
        "goran.noren@jarfalla.example"
    ] == "applied"
    turn(office, "2026-11-23T10:30:00+01:00", signatures=_NameServer())
    assert sorted(m["outcome"] for m in rows(office, "mails")) == ["applied", "with_staff"]


def test_a_question_that_cannot_go_is_reported_as_waiting(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("1", a_mail("q", ("b.pdf", fill_acroform(an_order(1), sign=None))))

    class Shut:
        def send(self, parcel):
            raise TransientError("nobody answers")

    report = turn(office, "2026-11-23T06:00:00+01:00", outgoing=Shut())
    assert report.waits == ("nobody answers",)


class _Broken:
    """A crew that can't read at all: a fault of ours."""

    def read_mail(self, raw, settings):
        raise RuntimeError("hemligt 19121212-1212")


def test_a_mail_that_breaks_the_reader_is_set_aside_and_staff_are_told(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.deliver("1", _form(0))
    turn(office, DAY, crew=_Broken())
    (mail,) = rows(office, "mails")
    assert (mail["state"], mail["outcome"]) == ("stuck", "with_staff")
    (case,) = rows(office, "cases")
    assert (case["kind"], case["priority"]) == ("trouble", "urgent")
    assert "hemligt" not in f"{mail}{case}{mails_out(office)}"
