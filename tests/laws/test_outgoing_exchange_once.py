"""A letter through Exchange goes once, whatever breaks; and what becomes of those refused."""

from __future__ import annotations

import itertools

import pytest

from bot.ports.errors import PermanentError, TransientError
from tests.laws.exchange_letters import (
    OFFICE,
    PDF,
    PNG,
    files,
    full_letter,
    lying,
    opened,
    received,
    told,
    way,
)
from tests.laws.test_outgoing_laws import letter
from tests.servers.ews_stub import Cut
from tests.servers.processes import Account, Authority, free_port

__all__ = ["opened", "way"]


class TestOnce:
    def test_a_letter_that_has_left_is_not_sent_again(self, ews, opened):
        parcel = letter()
        opened().send(parcel)
        assert opened().send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1

    def test_two_drafts_of_one_letter_make_one_letter(self, ews, way):
        parcel = letter()
        mailbox = ews.store.mailbox(OFFICE)
        for _ in range(2):
            ews.store.drafted(mailbox, mailbox.known["drafts"], parcel.raw)
        way.send(parcel)
        assert len(received(ews, parcel.recipients[0])) == 1
        assert lying(ews, "drafts") == []

    def test_a_draft_on_its_way_counts_as_sent(self, ews, way):
        parcel = letter()
        mailbox = ews.store.mailbox(OFFICE)
        ews.store.drafted(mailbox, mailbox.known["drafts"], parcel.raw).submitted = True
        assert way.send(parcel) == ()
        assert received(ews, parcel.recipients[0]) == []
        assert len(lying(ews, "drafts")) == 1

    def test_a_letter_that_moves_on_between_two_looks_is_seen(self, ews, way):
        parcel = letter()
        mailbox = ews.store.mailbox(OFFICE)
        item = ews.store.drafted(mailbox, mailbox.known["outbox"], parcel.raw)
        find = ews.service.do_FindItem

        def looked(payload):
            yield from find(payload)
            if ews.service.folder(payload.find("{*}ParentFolderIds")[0]) != mailbox.known["drafts"]:
                ews.store.move(mailbox, item, mailbox.known["sentitems"])

        ews.service.do_FindItem = looked
        assert way.send(parcel) == ()
        assert received(ews, parcel.recipients[0]) == []

    @pytest.mark.parametrize("save", [True, False])
    @pytest.mark.parametrize("drops", [True, False], ids=["dropping", "keeping"])
    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_connection_that_breaks_at_any_call_sends_one_letter(
        self, ews, opened, after, drops, save
    ):
        ews.store.switches.drops_attachments = drops
        for call in itertools.count(1):
            parcel = full_letter()
            way = opened(save=save)
            ews.cut = Cut(call, after)
            broken = None
            try:
                way.send(parcel)
            except TransientError as error:
                broken = error
            untouched = ews.cut is not None
            ews.cut = None
            if broken is not None:
                assert not broken.in_doubt
                assert received(ews, parcel.recipients[0]) == []
                opened(save=save).send(parcel)  # as a program that was started anew
            [raw] = received(ews, parcel.recipients[0])
            assert files(raw) == [PNG, PDF]
            assert lying(ews, "drafts") == []
            if untouched:
                break
        assert call > 6

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_what_cannot_be_found_out_is_in_doubt(self, ews, way, after):
        parcel = full_letter()
        way.send(letter())
        ews.cut = Cut(7, after, times=2)  # SendItem, and the look after it
        with pytest.raises(TransientError) as caught:
            way.send(parcel)
        assert caught.value.in_doubt
        assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1

    @pytest.mark.parametrize("answer", [(500, {}, b"<html>"), (503, {}, b""), (502, {}, b"")])
    def test_an_unclear_answer_to_the_sending_is_looked_into(self, ews, way, answer):
        parcel = letter()
        way.send(letter())
        posted = []
        done = ews.done

        def answering(body):
            if b"SendItem" in body and not posted:
                posted.append(done(body))
                return answer
            return done(body)

        ews.done = answering
        assert way.send(parcel) == ()
        assert posted
        assert len(received(ews, parcel.recipients[0])) == 1


class TestRefusals:
    def test_a_letter_larger_than_the_server_takes(self, ews, way):
        ews.service.manners.limit = 10_000
        with pytest.raises(PermanentError, match="larger"):
            way.send(full_letter())
        assert lying(ews, "drafts") == []
        assert way.send(letter()) == ()

    @pytest.mark.parametrize("answer", [(413, {}, b""), (404, {}, b"HTTP Error 404.13")])
    def test_http_may_say_so_too(self, ews, way, answer):
        way.send(letter())
        done = ews.done
        ews.done = lambda body: answer if b"CreateItem" in body else done(body)
        with pytest.raises(PermanentError, match="larger"):
            way.send(full_letter())

    def test_a_recipient_that_the_server_does_not_take(self, ews, way):
        parcel = letter()
        ews.service.manners.unknown_recipients.add(parcel.recipients[0])
        with pytest.raises(PermanentError) as caught:
            way.send(parcel)
        assert "@" not in caught.value.reason
        assert lying(ews, "drafts") == []

    def test_a_sender_that_is_not_ours_asks_for_the_right(self, ews, way):
        parcel = letter()
        ews.service.manners.refuse["SendItem"] = "ErrorSendAsDenied"
        assert "Send As" in told(way, parcel)
        ews.service.manners.refuse.clear()
        assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1

    def test_a_busy_server_is_for_later_and_nothing_is_in_doubt(self, ews, way):
        parcel = letter()
        way.send(letter())
        done = ews.done

        def busy(body):
            if b"SendItem" in body:
                ews.busy.append(60_000)
            return done(body)

        ews.done = busy
        with pytest.raises(TransientError) as caught:
            way.send(parcel)
        assert (caught.value.retry_after, caught.value.in_doubt) == (60, False)
        ews.done = done
        assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1

    def test_a_server_that_is_busy_for_a_moment_is_waited_for(self, ews, way):
        ews.busy += [100, None]
        assert way.send(letter()) == ()

    def test_no_reason_quotes_the_servers_words(self, ews, way):
        ews.service.manners.refuse["CreateItem"] = "ErrorInternalServerError"
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert "hemligt" not in str(caught.value)
        assert "@" not in str(caught.value)


class TestSettingUp:
    def test_a_wrong_password_asks_for_the_operator(self, opened):
        assert "lösenord" in told(opened(password="fel"))

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, ews, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in told(opened(ca_file=other.ca_file))
        assert ews.posts == 0

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        assert "https" in told(opened(url="http://mail.office.example/EWS"))

    def test_a_server_that_is_away_is_tried_later(self, opened):
        way = opened(url=f"https://localhost:{free_port()}/EWS")
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert not caught.value.in_doubt
        assert not way.check()[-1].ok

    def test_checking_sends_and_saves_nothing(self, ews, way):
        assert all(check.ok for check in way.check())
        assert set(ews.calls) == {"GetFolder"}
