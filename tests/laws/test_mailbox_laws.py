"""The laws of every mailbox, proven on the fake, a Maildir, an EWS stub and two kinds of Dovecot."""

from __future__ import annotations

import contextlib
import itertools
import threading
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from bot.ports.errors import TransientError
from bot.ports.mailbox import Ref
from tests.laws.exchange_place import ExchangePlace
from tests.laws.graph_place import GraphPlace
from tests.laws.places import POOR, DovecotPlace, FakePlace, MaildirPlace, OauthPlace

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_USERS = itertools.count(1)
BACKENDS = [
    "fake",
    "maildir",
    "graph-stub",
    "ews-stub",
    pytest.param("dovecot", marks=pytest.mark.server),
    pytest.param("dovecot-poor", marks=pytest.mark.server),
    pytest.param("dovecot-oauth", marks=pytest.mark.server),
]


def mail(number: int, body: bytes = b"Hej\r\n") -> bytes:
    return b"From: anna@office.example\r\nSubject: Blankett %d\r\n\r\n%b" % (number, body)


@pytest.fixture(params=BACKENDS)
def place(request, tmp_path):
    if request.param == "fake":
        return FakePlace()
    if request.param == "maildir":
        return MaildirPlace(tmp_path)
    if request.param == "graph-stub":
        stub = request.getfixturevalue("graph")
        return GraphPlace(stub, request.getfixturevalue("graph_issuer"), tmp_path)
    if request.param == "ews-stub":
        stub = request.getfixturevalue("ews_server")
        return ExchangePlace(stub, f"lag{next(_USERS)}@office.example")
    server = request.getfixturevalue("dovecot_server")
    user = f"lag{next(_USERS)}"
    if request.param == "dovecot-oauth":
        return OauthPlace(server, user, request.getfixturevalue("token_issuer"))
    return DovecotPlace(server, user, POOR if request.param == "dovecot-poor" else "localhost")


@pytest.fixture
def mailbox(place):
    made = place.mailbox()
    yield made
    made.close()


@contextlib.contextmanager
def soon(act, *arguments):
    """Do *act* in another thread while the block waits."""
    timer = threading.Timer(0.3, act, arguments)
    timer.start()
    try:
        yield
    finally:
        timer.join()


def read(mailbox) -> list[bytes]:
    return [raw for _, raw in mailbox.fetch(mailbox.arrived())]


class TestReading:
    def test_an_empty_mailbox_has_nothing(self, mailbox):
        assert mailbox.arrived() == ()
        assert list(mailbox.fetch(())) == []
        assert mailbox.file((), "Mottaget") == ()

    def test_a_mail_is_fetched_byte_for_byte(self, place, mailbox):
        place.deliver(mail(1))
        assert read(mailbox) == [mail(1)]

    @pytest.mark.parametrize(
        "body",
        [
            b"\xe5\xe4\xf6 \xff\xfe \x80\r\n",
            b"NUL \0 mitt i\r\n",
            b"rad\nslut\n",
            b"utan radslut",
            b"x" * 5_000 + b"\r\n",
            b"* 1 FETCH (BODY[] {3}\r\n)\r\n)\r\n",
            b"From nowhere\r\n.\r\n..\r\n",
            b"",
        ],
        ids=["8bit", "nul", "bare-lf", "no-end", "long-line", "imap-words", "dots", "no-body"],
    )
    def test_odd_bytes_come_through_as_the_store_keeps_them(self, place, mailbox, body):
        place.deliver(mail(1, body))
        assert read(mailbox) == [place.stored(mail(1, body))]

    def test_a_mail_of_30_mb_comes_through(self, place, mailbox):
        large = mail(1, b"0123456789abcdef" * 8 + b"\r\n") + (b"A" * 76 + b"\r\n") * 400_000
        place.deliver(large)
        place.deliver(mail(2))
        assert read(mailbox) == [large, mail(2)]

    def test_mails_come_oldest_first_in_batches_too(self, place, mailbox):
        mails = [mail(number) for number in range(60)]
        for raw in mails:
            place.deliver(raw)
        assert read(mailbox) == mails

    def test_fetching_marks_nothing_as_read(self, place, mailbox):
        place.deliver(mail(1))
        read(mailbox)
        assert place.unread() == 1

    def test_a_mail_that_a_human_has_read_arrives_all_the_same(self, place, mailbox):
        place.deliver(mail(1))
        place.human_reads()
        assert place.unread() == 0
        assert read(mailbox) == [mail(1)]

    def test_a_mail_that_a_human_reads_meanwhile_is_still_fetched(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.human_reads()
        assert [raw for _, raw in mailbox.fetch(refs)] == [mail(1)]
        assert mailbox.arrived() == refs

    def test_a_mail_that_a_human_reads_during_the_fetch_is_still_fetched(self, place, mailbox):
        mails = [mail(number) for number in range(30)]
        for raw in mails:
            place.deliver(raw)
        fetched = mailbox.fetch(mailbox.arrived())
        first = next(fetched)[1]
        place.human_reads()
        assert [first, *(raw for _, raw in fetched)] == mails

    def test_a_mail_that_a_human_struck_out_has_not_arrived(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        place.human_strikes_out(mailbox.arrived()[0])
        assert read(mailbox) == [mail(2)]

    def test_the_same_mail_keeps_its_ref(self, place, mailbox):
        place.deliver(mail(1))
        first = mailbox.arrived()
        place.deliver(mail(2))
        assert mailbox.arrived()[:1] == first


class TestFiling:
    def test_a_filed_mail_lies_in_the_folder_and_nowhere_else(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        first, second = mailbox.arrived()
        assert mailbox.file((first,), "Mottaget") == ()
        assert mailbox.arrived() == (second,)
        assert place.contents("INBOX") == [mail(2)]
        assert place.contents("Mottaget") == [mail(1)]

    def test_filing_twice_is_harmless(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        assert mailbox.file(refs, "Mottaget") == ()
        assert mailbox.file(refs, "Mottaget") == refs
        assert place.contents("Mottaget") == [mail(1)]

    def test_a_mail_that_a_human_filed_elsewhere_is_gone_and_no_error(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        moved, left = mailbox.arrived()
        place.human_moves(moved, "Annas")
        assert [raw for _, raw in mailbox.fetch((moved, left))] == [mail(2)]
        assert mailbox.file((moved, left), "Mottaget") == (moved,)
        assert place.contents("Mottaget") == [mail(2)]
        assert place.contents("Annas") == [mail(1)]

    @pytest.mark.parametrize("folder", ["Åtgärdas för hand", "Ärenden/Återvändare", "A & Ö/Blå_1"])
    def test_a_folder_may_have_swedish_letters_and_levels(self, place, mailbox, folder):
        place.deliver(mail(1))
        assert mailbox.file(mailbox.arrived(), folder) == ()
        assert place.contents(folder) == [mail(1)]

    def test_a_folder_that_a_human_removed_is_made_again(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        first, second = mailbox.arrived()
        mailbox.file((first,), "Mottaget")
        place.human_removes("Mottaget")
        with contextlib.suppress(TransientError):  # the server may notice at the first try only
            mailbox.file((second,), "Mottaget")
        assert mailbox.file((second,), "Mottaget") in ((), (second,))
        assert place.contents("Mottaget") == [mail(2)]

    def test_many_mails_are_filed_in_one_go(self, place, mailbox):
        for number in range(30):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert mailbox.file(refs[::2], "Mottaget") == ()
        assert mailbox.arrived() == refs[1::2]
        assert place.contents("Mottaget") == [mail(number) for number in range(0, 30, 2)]


class TestGenerations:
    def test_a_new_generation_never_makes_an_old_ref_mean_another_mail(self, place, mailbox):
        place.deliver(mail(1))
        old = mailbox.arrived()
        place.renew(mail(99))
        assert list(mailbox.fetch(old)) == []
        assert mailbox.file(old, "Mottaget") == old
        assert read(mailbox) == [mail(99)]
        assert place.contents("Mottaget") == []
        assert not set(mailbox.arrived()) & set(old)

    def test_a_new_generation_during_a_fetch_puts_no_mail_in_anothers_place(self, place, mailbox):
        mails = [mail(number) for number in range(30)]
        for raw in mails:
            place.deliver(raw)
        fetched = mailbox.fetch(mailbox.arrived())
        got = [next(fetched)[1]]
        place.renew(*(mail(100 + number) for number in range(30)))
        got += [raw for _, raw in fetched]
        assert got == mails[: len(got)]

    def test_a_ref_of_another_folder_means_nothing_here(self, place, mailbox):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        other = Ref("Någon annan", ref.generation, ref.uid)
        assert list(mailbox.fetch((other,))) == []
        assert mailbox.file((other,), "Mottaget") == (other,)
        assert read(mailbox) == [mail(1)]


class TestWaiting:
    def test_waiting_ends_when_a_mail_comes(self, place, mailbox):
        mailbox.arrived()
        with soon(place.deliver, mail(1)):
            assert mailbox.wait(20, Event())
        assert read(mailbox) == [mail(1)]

    def test_a_mail_that_came_before_the_waiting_began_is_not_slept_over(self, place, mailbox):
        mailbox.arrived()
        place.deliver(mail(1))
        assert mailbox.wait(20, Event())

    def test_waiting_ends_with_the_time(self, place, mailbox):
        place.deliver(mail(1))
        mailbox.arrived()
        assert not mailbox.wait(0.3, Event())

    def test_waiting_ends_when_told_to_stop(self, place, mailbox):
        stop = Event()
        mailbox.arrived()
        with soon(stop.set):
            assert not mailbox.wait(60, stop)

    def test_our_own_filing_wakes_nobody(self, place, mailbox):
        place.deliver(mail(1))
        mailbox.file(mailbox.arrived(), "Mottaget")
        assert not mailbox.wait(0.5, Event())


class TestFiled:
    def test_what_was_filed_is_found_fetched_and_filed_anew(self, place, mailbox):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        mailbox.file(refs[:2], "Klart")
        mailbox.file(refs[2:], "Att granska")
        found = mailbox.filed(("Klart", "Att granska"), LONG_AGO)
        assert sorted(raw for _, raw in mailbox.fetch(found)) == [mail(n) for n in range(3)]
        assert mailbox.file(found, "Att granska") == ()
        assert len(mailbox.filed(("Att granska",), LONG_AGO)) == 3
        assert mailbox.filed(("Klart",), LONG_AGO) == mailbox.arrived() == ()

    def test_a_folder_that_is_not_there_is_empty(self, mailbox):
        assert mailbox.filed(("Finns inte",), LONG_AGO) == ()

    def test_what_came_before_is_left_out(self, place, mailbox):
        place.deliver(mail(1))
        mailbox.file(mailbox.arrived(), "Klart")
        assert len(mailbox.filed(("Klart",), LONG_AGO)) == 1
        for uid in getattr(mailbox, "folders", {}).get("Klart", {}):
            mailbox.taken[uid] = datetime.now(UTC)
        assert mailbox.filed(("Klart",), datetime.now(UTC) + timedelta(days=1)) == ()


class TestChecking:
    def test_a_well_mailbox_is_well(self, mailbox):
        assert all(check.ok for check in mailbox.check())

    def test_a_closed_mailbox_opens_again(self, place, mailbox):
        place.deliver(mail(1))
        assert read(mailbox) == [mail(1)]
        mailbox.close()
        assert read(mailbox) == [mail(1)]
