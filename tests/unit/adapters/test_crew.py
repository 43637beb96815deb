"""The crew: reads like the reader, outlives whatever a mail does to it, lets nothing in."""

import os
import pickle
import resource
from datetime import UTC, date, datetime
from enum import Enum
from multiprocessing.connection import Pipe
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from bot.adapters.crew import child, wire
from bot.adapters.crew.direct import DirectCrew
from bot.adapters.crew.inline import InlineCrew
from bot.adapters.crew.process import CrashedError, ReadingProcess
from bot.adapters.crew.wire import Task
from bot.domain.forms import Content
from bot.ports.errors import TransientError
from parsers.mail.message import parse
from parsers.picturing import encoded
from parsers.reading import Settings, read_mail
from tests.golden.build_mails import FOLDER
from tests.golden.mail_making.pieces import PDF, file, mail, multi, text

SETTINGS = Settings(date(2026, 11, 23), ())
SABOTEUR = "tests.unit.adapters.saboteur"
WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.fixture(scope="module")
def crew():
    crew = InlineCrew()
    yield crew
    crew.close()


@pytest.fixture
def victim(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # where the saboteur's lie would show
    crew = InlineCrew(seconds=1.5, memory=1_200_000_000, child=SABOTEUR)
    yield crew
    crew.close()


def sabotage(*words, subject="Nybeställning"):
    """A mail whose text says what to do at the whole mail; each further word sits in a file."""
    first, *files = words
    parts = [file(word.encode() + b"\0", f'filename="{n}.bin"') for n, word in enumerate(files)]
    word = file(WORD, 'filename="sist.doc"')
    return mail(subject, multi(b"X-Do: " + first.encode() + b"\r\n" + text("x\n"), *parts, word))


@pytest.mark.parametrize(
    "name",
    ["form-utf8", "winmail", "subject-raw-latin1", "dsn-postfix", "empty-mail", "name-rfc2231"],
)
def test_the_crew_reads_as_the_reader_does(crew, name):
    raw = (FOLDER / f"{name}.eml").read_bytes()
    assert (
        crew.read_mail(raw, SETTINGS)
        == read_mail(raw, SETTINGS)
        == DirectCrew().read_mail(raw, SETTINGS)
    )


def test_a_file_is_read_alike_in_both_crews(crew):
    direct = DirectCrew()
    assert crew.read_file("a.doc", WORD, SETTINGS) == direct.read_file("a.doc", WORD, SETTINGS)
    assert direct.close() is None


def test_no_bytes_of_attachments_come_back(crew):
    found = crew.read_mail((FOLDER / "form-utf8.eml").read_bytes(), SETTINGS)
    assert [a.content for a in found.mail.attachments] == [b""]
    assert [d.name for d in found.documents] == ["blankett.pdf"]


@pytest.mark.parametrize("how", ["die", "hang", "eat", "lie", "fail", "odd"])
def test_a_file_that_harms_the_reader_is_crashed_and_the_next_is_read(victim, tmp_path, how):
    reading = victim.read_file("a.bin", how.encode() + b"-on-file\0", SETTINGS)
    assert (reading.content, reading.name) == (Content.CRASHED, "a.bin")
    assert "handläggare" in reading.reason
    assert victim.read_file("b.doc", WORD, SETTINGS).content is Content.UNSUPPORTED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["die", "hang", "eat", "fail", "odd"])
def test_a_mail_that_harms_the_reader_keeps_its_sender_and_its_good_files(victim, how):
    found = victim.read_mail(sabotage(f"{how}-on-mail", f"{how}-on-file", "ok"), SETTINGS)
    assert (found.mail.sender, found.mail.subject) == (
        "karin.lindqvist@jarfalla.example",
        "Nybeställning",
    )
    kinds = [(d.name, d.content) for d in found.documents]
    assert kinds == [
        ("0.bin", Content.CRASHED), ("1.bin", Content.UNSUPPORTED), ("sist.doc", Content.UNSUPPORTED)
    ]  # fmt: skip
    assert "crashed" not in found.mail.defects
    assert all(a.content == b"" for a in found.mail.attachments)


def test_after_two_crashes_the_other_files_of_a_mail_are_not_tried(victim):
    raw = sabotage("die-on-mail", "die-on-file", "die-on-file", "ok")
    kinds = [d.content for d in victim.read_mail(raw, SETTINGS).documents]
    assert kinds == [Content.CRASHED] * 4


def test_a_mail_that_cannot_be_taken_apart_keeps_its_headers(victim):
    found = victim.read_mail(sabotage("die-on-mail die-on-outline"), SETTINGS)
    assert (found.mail.sender, found.mail.defects[-1]) == (
        "karin.lindqvist@jarfalla.example",
        "crashed",
    )
    assert found.documents == ()


def test_a_mail_of_which_nothing_can_be_read_is_crashed(victim):
    raw = sabotage("die-on-mail die-on-outline", subject="die-on-head")
    found = victim.read_mail(raw, SETTINGS)
    assert (found.mail.sender, found.mail.defects, found.documents) == ("", ("crashed",), ())


def test_a_child_killed_between_two_tasks_is_replaced_unnoticed(crew):
    crew.read_file("a", b"", SETTINGS)
    before = crew._child
    before._kill()
    before._process.wait()
    assert crew.read_file("a", b"", SETTINGS).content is Content.EMPTY
    assert crew._child is not before


def test_the_child_is_replaced_after_its_share_of_tasks():
    crew = InlineCrew(recycle=2)
    pids = []
    for _ in range(4):
        crew.read_file("a", b"", SETTINGS)
        pids.append(crew._child.pid)
    crew.close()
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_closed_crew_starts_again_when_asked():
    crew = InlineCrew()
    crew.close()
    assert crew.read_file("a", b"", SETTINGS).content is Content.EMPTY
    crew.close()
    crew.close()


def test_a_child_that_cannot_start_is_a_passing_trouble():
    crew = InlineCrew(child="no.such.module")
    with pytest.raises(TransientError, match="does not start"):
        crew.read_file("a", b"", SETTINGS)
    crew.close()


def test_the_child_gets_no_secrets_and_leads_its_own_session(monkeypatch):
    monkeypatch.setenv("EKBOT_MAILBOX_PASSWORD", "hemligt")
    process = ReadingProcess(10**9, 5)
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    limits = Path(f"/proc/{process.pid}/limits").read_text()
    assert b"hemligt" not in environment
    assert b"PATH=" in environment
    assert os.getsid(process.pid) == process.pid
    assert any(
        line.split()[:6] == ["Max", "core", "file", "size", "0", "0"]
        for line in limits.splitlines()
    )
    assert "1000000000" in limits
    process.stop()


def test_the_child_ends_when_its_parent_is_gone():
    process = ReadingProcess(10**9, 5)
    process._connection.close()
    assert process._process.wait(timeout=30) == 0
    process.stop()


def test_asking_a_dead_child_is_a_crash():
    process = ReadingProcess(10**9, 5)
    process.stop()
    assert not process.alive
    with pytest.raises(CrashedError):
        process.ask(Task.FILE, ("a", b"", SETTINGS), 5)


def test_what_is_no_reading_is_not_unpickled():
    for module, name in (("os", "system"), ("builtins", "eval"), ("parsers.reading", "re"),
                         ("bot.domain.forms", "dataclass"), ("parsers.mail.message", "parse")):  # fmt: skip
        stolen = f"c{module}\n{name}\n.".encode()
        with pytest.raises(pickle.UnpicklingError):
            wire.unpack_from_child(stolen)
    with pytest.raises(pickle.UnpicklingError):
        wire.unpack_from_child(b"\x80\x05nonsense")


class AsOldPython(Enum):
    """Pickles as Python 3.11.0–3.11.3 pickles every enum."""

    ONE = "one"

    def __reduce_ex__(self, protocol):
        return getattr, (type(self), self.name)


def test_an_enum_is_written_by_its_value_whatever_python_would_do():
    written = wire.pack(AsOldPython.ONE)
    assert b"getattr" not in written
    assert pickle.loads(written) is AsOldPython.ONE


def test_readings_survive_the_wire():
    reading = read_mail((FOLDER / "form-utf8.eml").read_bytes(), SETTINGS)
    assert wire.unpack_from_child(wire.pack(("ok", reading))) == ("ok", reading)
    dated = parse(b"Date: Mon, 23 Nov 2026 08:14:55 +0000\r\n\r\n")
    assert wire.unpack_from_child(wire.pack(dated)).date == datetime(
        2026, 11, 23, 8, 14, 55, tzinfo=UTC
    )


def test_the_serving_loop_answers_until_the_pipe_closes():
    ours, theirs = Pipe()
    counted = []
    thread = Thread(target=child.serve, args=(theirs, lambda: counted.append(1)))
    thread.start()
    assert wire.unpack_from_child(ours.recv_bytes()) == ("ready", "")
    ours.send_bytes(wire.pack(("file", ("a.pdf", b"", SETTINGS))))
    kind, reading = wire.unpack_from_child(ours.recv_bytes())
    assert (kind, reading.content) == ("ok", Content.EMPTY)
    ours.send_bytes(b"no task")
    assert wire.unpack_from_child(ours.recv_bytes())[0] == "error"
    ours.close()
    thread.join(30)
    theirs.close()
    assert (thread.is_alive(), len(counted)) == (False, 2)


def test_a_pdf_that_is_too_large_is_not_opened(crew):
    small = Settings(date(2026, 11, 23), (), max_bytes=10)
    assert crew.read_file("a.pdf", PDF, small).content is Content.TOO_LARGE


def test_this_process_stays_without_the_childs_bounds(crew):
    crew.read_file("a", b"", SETTINGS)
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_rings_are_drawn_alike_in_both_crews_and_never_fail_a_letter(crew):
    picture = encoded(np.zeros((20, 40), dtype=np.uint8))
    drawn = crew.ring([(picture, 1), (b"junk", 2)])
    assert drawn == DirectCrew().ring([(picture, 1), (b"junk", 2)])
    assert drawn[0].startswith(b"\x89PNG")
    assert drawn[1] == b""
    assert crew.ring([]) == ()


@pytest.mark.parametrize("how", [b"die", b"odd", b"fail"])
def test_a_ring_that_harms_the_child_is_left_out_and_the_next_is_drawn(victim, how):
    picture = encoded(np.zeros((20, 40), dtype=np.uint8))
    assert victim.ring([(picture + how + b"-on-ring", 1)]) == (b"",)
    assert victim.ring([(picture, 1)])[0].startswith(b"\x89PNG")
