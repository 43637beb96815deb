"""A mailbox on Exchange in trouble: throttling, outages, rights, certificates; what doctor says."""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
from threading import Event
from time import monotonic

import pytest
from exchangelib.protocol import CachingProtocol

from bot.adapters.mailbox.exchange import Exchange, Settings
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.exchange_place import ExchangePlace
from tests.laws.test_mailbox_laws import LONG_AGO, mail, read, soon
from tests.servers.ews_soap import RefusedError
from tests.servers.ews_stub import PASSWORD, USER, Cut, ews_stub
from tests.servers.processes import Account, Authority, free_port


@pytest.fixture
def place(ews):
    return ExchangePlace(ews, "ek@office.example")


@pytest.fixture
def opened(place):
    mailboxes = []

    def open_(**other) -> Exchange:
        mailboxes.append(place.mailbox(**other))
        return mailboxes[-1]

    yield open_
    for one in mailboxes:
        one.close()


@pytest.fixture
def mailbox(opened):
    return opened()


def advice(call) -> str:
    with pytest.raises(NeedsOperatorError) as caught:
        call()
    assert PASSWORD not in str(caught.value)
    return caught.value.advice


class TestBusyServers:
    def test_a_short_wait_is_waited_out(self, place, mailbox):
        place.deliver(mail(1))
        place.stub.busy += [200, None]
        assert read(mailbox) == [mail(1)]

    def test_a_long_wait_is_the_callers(self, place, mailbox):
        place.stub.busy.append(45_000)
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert caught.value.retry_after == 45
        assert mailbox.arrived() == ()

    @pytest.mark.parametrize("status", [429, 503])
    def test_http_may_say_so_too(self, place, mailbox, status):
        place.stub.http.append((status, {"Retry-After": "30"}, b"busy"))
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert caught.value.retry_after == 30

    @pytest.mark.parametrize("status", [400, 502, 504])
    def test_other_troubles_of_http_pass(self, place, mailbox, status):
        place.stub.http.append((status, {}, b"<html>"))
        with pytest.raises(TransientError, match=str(status)):
            mailbox.arrived()
        assert mailbox.arrived() == ()

    def test_a_server_in_trouble_does_not_change_the_mails_names(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        find = place.stub.service.do_FindItem
        troubles = ["ErrorInternalServerError", "ErrorInvalidRequest", "ErrorTimeoutExpired"]

        def trouble(payload):
            if troubles:
                raise RefusedError(troubles.pop(0))
            return find(payload)

        place.stub.service.do_FindItem = trouble
        while troubles:
            with pytest.raises(TransientError):
                mailbox.arrived()
        assert mailbox.arrived() == refs

    def test_an_answer_that_breaks_off_is_no_answer(self, place, mailbox):
        place.stub.http.append((200, {}, b"<?xml version='1.0'?><s:Envelope xmlns:s='x'><s:Bo"))
        with pytest.raises(TransientError):
            mailbox.arrived()
        assert mailbox.arrived() == ()


class TestSettingUp:
    def test_a_wrong_password_asks_for_the_operator(self, place, opened):
        assert "lösenord" in advice(opened(password="fel").arrived)

    def test_a_password_that_ends_while_we_are_logged_in(self, place, mailbox):
        mailbox.arrived()
        place.stub.passwords.clear()
        mailbox.close()
        assert "lösenord" in advice(mailbox.arrived)
        place.stub.passwords.add(PASSWORD)
        assert mailbox.arrived() == ()

    def test_ntlm_logs_in_once_in_a_connection(self, place, opened):
        place.stub.logins = ("ntlm",)
        place.deliver(mail(1))
        mailbox = opened(auth="ntlm")
        assert read(mailbox) == [mail(1)]
        assert place.stub.posts == len(place.stub.calls) + 2
        assert "lösenord" in advice(opened(auth="ntlm", password="fel").arrived)

    def test_kerberos_needs_its_library(self, place, opened):
        assert "requests-gssapi" in advice(opened(auth="kerberos", password=None).arrived)

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, place, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in advice(opened(ca_file=other.ca_file).arrived)
        assert "ca_file" in advice(opened(ca_file=None).arrived)
        assert place.stub.posts == 0

    def test_a_certificate_for_another_name_is_refused(self, place, opened):
        with ews_stub(host="127.0.0.3") as other:
            way = opened(url=other.url.replace("localhost", "127.0.0.3"), ca_file=other.ca_file)
            assert "certifikat" in advice(way.arrived)
            assert other.posts == 0

    def test_no_environment_leads_the_way_elsewhere(self, place, opened, monkeypatch, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.ca_file))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
        assert opened().arrived() == ()

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        assert "https" in advice(opened(url="http://mail.office.example/EWS").arrived)

    def test_a_mailbox_that_is_not_there(self, place, opened):
        assert "adress" in advice(opened(mailbox="ingen@office.example").arrived)

    def test_a_mailbox_that_is_not_for_us(self, place, opened):
        place.stub.service.manners.rights["ek@office.example"] = "ErrorAccessDenied"
        assert "FullAccess" in advice(opened().arrived)

    def test_a_folder_that_we_may_not_make(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.stub.service.manners.refuse["CreateFolder"] = "ErrorAccessDenied"
        assert "Skapa den för hand" in advice(lambda: mailbox.file(refs, "Klart"))
        assert place.contents("INBOX") == [mail(1)]

    def test_a_folder_to_read_that_is_missing(self, opened):
        assert "folder" in advice(opened(folder="Post in").arrived)

    def test_a_path_where_no_ews_answers(self, place, opened):
        url = place.stub.url.replace("Exchange.asmx", "fel")
        assert "url" in advice(opened(url=url).arrived)

    @pytest.mark.parametrize(
        "fields",
        [
            {"url": "", "server": ""},
            {"server": "mail.office.example"},
            {"url": "mail.office.example"},
            {"url": "https://user:secret@mail.office.example/EWS"},
            {"mailbox": "", "username": "OFFICE\\ek"},
            {"auth": "digest"},
            {"version": "2013"},
        ],
        ids=str,
    )
    def test_settings_that_make_no_sense_are_refused(self, place, fields):
        with pytest.raises(ValueError):
            place.settings(**fields)

    def test_a_host_name_is_enough(self):
        chosen = Settings(
            kind="exchange", server="mail.office.example", username="ek@office.example",
            password="x",
        )  # fmt: skip
        assert chosen.endpoint == "https://mail.office.example/EWS/Exchange.asmx"
        assert chosen.address == "ek@office.example"


class TestChecking:
    def lines(self, mailbox) -> list[tuple[str, bool]]:
        return [(check.name.rpartition(": ")[2], check.ok) for check in mailbox.check()]

    def test_every_step_has_its_line(self, mailbox):
        assert self.lines(mailbox) == [
            ("förbindelse", True),
            ("EWS", True),
            ("inloggning och rätt till brevlådan", True),
            ("mappen INBOX", True),
            ("mappen Klart", True),
            ("mappen Att granska", True),
        ]

    def test_the_servers_version_is_told(self, mailbox):
        assert any("15.1.2507.39" in check.seen for check in mailbox.check())

    def test_the_first_step_that_fails_is_the_last_line(self, place, opened):
        assert self.lines(opened(url=f"https://localhost:{free_port()}/EWS")) == [
            ("förbindelse", False)
        ]
        fel = place.stub.url.replace("Exchange.asmx", "fel")
        assert self.lines(opened(url=fel))[-1] == ("EWS", False)
        assert self.lines(opened(password="fel"))[-1] == (
            "inloggning och rätt till brevlådan",
            False,
        )
        assert self.lines(opened(folder="Post in"))[-1] == ("mappen Post in", False)
        place.stub.http += [(500, {}, b"<html>Runtime Error")] * 2
        assert self.lines(opened())[-1] == ("inloggning och rätt till brevlådan", False)

    def test_a_login_that_the_server_does_not_take_is_named(self, place, opened):
        place.stub.logins = ("ntlm",)
        [*_, last] = opened(auth="basic").check()
        assert not last.ok
        assert "NTLM" in last.seen


class TestWaiting:
    def test_telling_to_stop_is_heard_at_once(self, opened):
        mailbox = opened(poll=60)
        mailbox.arrived()
        with stopping() as stop:
            assert not mailbox.wait(60, stop)

    def test_also_while_the_server_does_not_answer(self, place, opened):
        mailbox = opened(poll=0.05, notify=False)
        mailbox.arrived()
        place.stub.silent = Event()
        with stopping() as stop:
            assert not mailbox.wait(60, stop)
        place.stub.silent.set()
        assert mailbox.arrived() == ()

    def test_a_server_that_breaks_while_waiting_ends_the_waiting(self, place, mailbox):
        mailbox.arrived()
        place.stub.http.append((502, {}, b""))
        assert mailbox.wait(0.2, Event())

    def test_the_server_tells_of_new_mail_long_before_the_next_look(self, place, opened):
        mailbox = opened(poll=600)
        mailbox.arrived()
        with soon(place.deliver, mail(1)):
            assert mailbox.wait(60, Event())
        assert len(mailbox.arrived()) == 1
        assert not mailbox.wait(0.5, Event())

    def test_a_server_without_notifications_is_looked_at(self, place, opened):
        place.stub.service.manners.without.add("streaming")
        mailbox = opened(poll=0.1)
        mailbox.arrived()
        with soon(place.deliver, mail(1)):
            assert mailbox.wait(20, Event())
        assert "GetStreamingEvents" not in place.stub.calls

    def test_a_server_whose_streams_end_at_once_is_not_asked_again_and_again(self, place, opened):
        place.stub.service.manners.without.add("lasting")
        mailbox = opened(poll=0.05)
        mailbox.arrived()
        for _ in range(5):
            assert not mailbox.wait(0.2, Event())
        assert place.stub.calls.count("GetStreamingEvents") == 1

    def test_a_subscription_is_made_once_and_its_thread_ends_with_the_mailbox(self, place, opened):
        mailbox = opened(poll=0.05)
        mailbox.arrived()
        for _ in range(3):
            assert not mailbox.wait(0.3, Event())
        assert place.stub.calls.count("Subscribe") == 1
        [bell] = [t for t in threading.enumerate() if t.name == "ews-bell"]
        mailbox.close()
        bell.join(10)
        assert not bell.is_alive()


@contextlib.contextmanager
def stopping():
    """Give an event that is soon set; what waits for it must end soon after."""
    stop, told = Event(), []
    timer = threading.Timer(0.3, lambda: (told.append(monotonic()), stop.set()))
    timer.start()
    yield stop
    assert monotonic() - told[0] < 1
    timer.join()


class TestOutages:
    """The connection breaks at the n-th call, before the work is done or after it."""

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    @pytest.mark.parametrize("work", ["arrived", "fetch", "file", "filed"])
    def test_nothing_is_lost_or_moved_twice(self, place, opened, work, after):
        for call in itertools.count(1):
            folder = f"Klart {call}"
            mails = [mail(100 * call + n) for n in range(30)]
            for raw in mails:
                place.deliver(raw)
            mailbox = opened()
            refs = mailbox.arrived()
            if work == "filed":
                mailbox.file(refs, folder)
            mailbox.close()
            place.stub.cut = Cut(call, after)
            broken = False
            try:
                done(mailbox, work, refs, folder)
            except TransientError:
                broken = True
            untouched = place.stub.cut is not None
            place.stub.cut = None
            result = done(mailbox, work, refs, folder)
            if work == "fetch":
                assert result == mails
            elif work == "file":
                assert place.contents(folder) == mails
            else:
                assert len(result) == 30
            if work != "filed":
                mailbox.file(refs, folder)
            everywhere = [item.raw for item in place.box.items.values()]
            assert sorted(everywhere) == sorted(set(everywhere))
            assert place.contents("INBOX") == []
            if untouched:
                assert not broken
                break
        assert call > 2


def done(mailbox, work, refs, folder):
    """Do one of the mailbox's works."""
    match work:
        case "arrived":
            return mailbox.arrived()
        case "fetch":
            return [raw for _, raw in mailbox.fetch(refs)]
        case "file":
            return mailbox.file(refs, folder)
        case _:
            return mailbox.filed((folder,), LONG_AGO)


class TestSilence:
    def test_the_library_writes_nothing_of_a_mail_in_the_log(self, place, opened, caplog):
        caplog.set_level(logging.DEBUG)
        place.deliver(b"Subject: Hemligheten\r\n\r\n19800101-2384 hemlig\r\n")
        mailbox = opened()
        assert read(mailbox)
        place.stub.busy.append(60_000)
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        place.stub.http.append((200, {}, b"<hemlig"))
        with pytest.raises(TransientError):
            mailbox.arrived()
        told = caplog.text + str(caught.value)
        assert "hemlig" not in told.lower()
        assert PASSWORD not in told
        assert USER not in told

    def test_two_mailboxes_share_nothing_and_leave_nothing_behind(self, place, opened):
        first, second = opened(), opened()
        first.arrived()
        second.arrived()
        first.close()
        assert second.arrived() == ()
        assert not CachingProtocol._protocol_cache
