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

from bot.ports.errors import TransientError
from tests.laws.exchange_place import mailbox, opened, place
from tests.laws.test_mailbox_laws import LONG_AGO, mail, read, soon
from tests.servers.ews_soap import RefusedError
from tests.servers.ews_stub import PASSWORD, USER, Cut
from tests.servers.ews_words import T, fault

__all__ = ["mailbox", "opened", "place"]


class TestBusyServers:
    def test_a_short_wait_is_waited_out(self, place, mailbox):
        place.deliver(mail(1))
        place.stub.busy += [200, None]
        assert read(mailbox) == [mail(1)]

    def test_mails_that_a_busy_server_did_not_move_are_moved_then(self, place, mailbox):
        for number in range(4):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        item, turned_away = place.stub.service.item, []

        def busy(element):
            found = item(element)
            if "MoveItem" in str(element.getparent().getparent().tag) and len(turned_away) < 3:
                turned_away.append(found)
                raise RefusedError("ErrorServerBusy")
            return found

        place.stub.service.item = busy
        assert mailbox.file(refs, "Klart") == ()
        assert len(turned_away) == 3
        assert place.contents("Klart") == [mail(number) for number in range(4)]

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

    @pytest.mark.parametrize("digits", [9, 18, 400])
    def test_no_server_can_send_us_away_for_longer_than_a_day(self, place, mailbox, digits):
        long = "9" * digits
        told = fault("ErrorServerBusy").replace(
            b"</detail>",
            b'<t:MessageXml xmlns:t="%b"><t:Value Name="BackOffMilliseconds">%b</t:Value>'
            b"</t:MessageXml></detail>" % (T.encode(), long.encode()),
        )
        for answer in ((429, {"Retry-After": long}, b""), (503, {"Retry-After": long}, b"")):
            place.stub.http.append(answer)
            with pytest.raises(TransientError) as caught:
                mailbox.arrived()
            assert caught.value.retry_after == 86_400
        place.stub.http.append((500, {}, told))
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert (caught.value.retry_after or 0) <= 86_400
        assert mailbox.arrived() == ()

    @pytest.mark.parametrize("status", [408, 502, 504])
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

    @pytest.mark.parametrize("count", range(1, 5))
    def test_nor_does_a_server_in_trouble_at_the_first_listing(self, place, opened, count):
        place.deliver(mail(1))
        refs = opened().arrived()
        first = opened()
        for _ in range(count):
            place.stub.troubles.append((500, {}, b"<html>"))
        with contextlib.suppress(TransientError):
            first.arrived()
        place.stub.troubles.clear()
        assert first.arrived() == refs

    def test_a_fault_without_a_code_is_an_answer(self, place, mailbox):
        body = b"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault>"
        body += (
            b"<faultcode>s:Server</faultcode><faultstring>hemligt</faultstring></s:Fault></s:Body>"
        )
        place.stub.http += [(500, {}, body + b"</s:Envelope>")] * 2
        with pytest.raises(TransientError, match="SOAP fault") as caught:
            mailbox.arrived()
        assert "hemligt" not in str(caught.value)

    def test_an_answer_that_breaks_off_is_no_answer(self, place, mailbox):
        place.stub.http.append((200, {}, b"<?xml version='1.0'?><s:Envelope xmlns:s='x'><s:Bo"))
        with pytest.raises(TransientError):
            mailbox.arrived()
        assert mailbox.arrived() == ()


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
