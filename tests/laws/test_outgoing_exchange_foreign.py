"""A letter goes once through a server that leaves what it has sent among the drafts."""

from __future__ import annotations

import itertools
import re
from email import message_from_bytes

import pytest

from bot.adapters.exchange import departures
from bot.adapters.exchange.drafts import Drafts
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from tests.laws.exchange_letters import (
    OFFICE,
    PDF,
    PNG,
    files,
    full_letter,
    lying,
    opened,
    received,
    way,
)
from tests.laws.test_outgoing_laws import letter
from tests.servers.ews_stub import Cut
from tests.servers.ews_words import fault

__all__ = ["opened", "way"]


_MIME = re.compile(rb"(<t:MimeContent[^>]*>)[^<]*(</t:MimeContent>)")


class Killed(BaseException):
    """The program ends here."""


def killed(*_arguments, **_others):
    raise Killed


@pytest.fixture(autouse=True)
def _foreign(ews):
    ews.store.switches.foreign()


def arrived(ews, parcel):
    return received(ews, parcel.recipients[0])


def in_doubt(way, parcel) -> bool:
    with pytest.raises(TransientError) as caught:
        way.send(parcel)
    return caught.value.in_doubt


class TestOnce:
    @pytest.mark.parametrize("save", [True, False])
    def test_a_letter_leaves_once_and_no_draft_is_left(self, ews, opened, save):
        parcel = full_letter()
        way = opened(save=save)
        way.send(parcel)
        assert lying(ews, "drafts") == []
        assert len(lying(ews, "sentitems")) == save
        if save:
            assert way.send(parcel) == ()
            assert opened(save=save).send(parcel) == ()
        [raw] = arrived(ews, parcel)
        assert files(raw) == [PNG, PDF]
        assert message_from_bytes(raw)["X-EKbot-Kind"] == "question"

    def test_a_draft_that_has_another_id_then_is_put_away_too(self, ews, opened):
        ews.store.switches.renames_drafts = True
        for _ in range(2):
            parcel = full_letter()
            for _ in range(2):
                assert opened().send(parcel) == ()
            assert len(arrived(ews, parcel)) == 1
            assert lying(ews, "drafts") == []

    @pytest.mark.parametrize("save", [True, False])
    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    @pytest.mark.parametrize("known", [False, True], ids=["first", "known"])
    def test_a_connection_that_breaks_at_any_call(self, ews, opened, tmp_path, after, save, known):
        """One letter; a second one only of a letter that was said to be in doubt."""
        doubts = 0
        for call in itertools.count(1):
            (tmp_path / "minne.exchange").unlink(missing_ok=True)
            if known:
                opened(save=save).send(letter())
            parcel = full_letter()
            ews.cut = Cut(call, after)
            doubtful = 0
            for _ in range(4):
                try:
                    opened(save=save).send(parcel)  # as a program that was started anew
                    break
                except TransientError as error:
                    doubtful += error.in_doubt
                    assert len(arrived(ews, parcel)) <= 1
            untouched, ews.cut = ews.cut is not None, None
            assert doubtful <= 1
            assert len(arrived(ews, parcel)) == 1 + (doubtful and after and not save)
            assert files(arrived(ews, parcel)[0]) == [PNG, PDF]
            doubts += doubtful
            if untouched:
                break
        assert call > 8
        assert doubts == (not after or not save)

    @pytest.mark.parametrize("without", ["", "marks"])
    def test_a_program_that_is_killed_after_the_sending(self, ews, opened, monkeypatch, without):
        ews.service.manners.without.add(without)
        parcel = full_letter()
        with monkeypatch.context() as patch:
            patch.setattr(departures, "put_away", killed)
            with pytest.raises(Killed):
                opened().send(parcel)
        assert len(lying(ews, "drafts")) == 1
        assert opened().send(parcel) == ()
        assert len(arrived(ews, parcel)) == 1
        assert lying(ews, "drafts") == []
        assert len(lying(ews, "sentitems")) == 1

    def test_and_has_lost_its_memory(self, ews, opened, monkeypatch, tmp_path):
        parcel = full_letter()
        with monkeypatch.context() as patch:
            patch.setattr(departures, "put_away", killed)
            with pytest.raises(Killed):
                opened().send(parcel)
        (tmp_path / "minne.exchange").write_text("{", encoding="utf-8")
        assert in_doubt(opened(), parcel)
        assert len(arrived(ews, parcel)) == 1

    def test_a_program_that_is_killed_before_the_sending(self, ews, opened, monkeypatch):
        parcel = full_letter()
        with monkeypatch.context() as patch:
            patch.setattr(Drafts, "send", killed)
            with pytest.raises(Killed):
                opened().send(parcel)
        assert in_doubt(opened(), parcel)
        assert arrived(ews, parcel) == []
        assert opened().send(parcel) == ()
        assert len(arrived(ews, parcel)) == 1
        assert lying(ews, "drafts") == []

    def test_a_draft_that_a_human_touched_meanwhile_is_no_proof(self, ews, opened, monkeypatch):
        ews.store.switches.keeps_drafts = False
        parcel = full_letter()
        with monkeypatch.context() as patch:
            patch.setattr(Drafts, "send", killed)
            with pytest.raises(Killed):
                opened().send(parcel)
        [draft] = lying(ews, "drafts")
        draft.change += 1
        assert in_doubt(opened(), parcel)
        assert opened().send(parcel) == ()
        assert len(arrived(ews, parcel)) == 1

    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    def test_a_draft_that_could_not_be_put_away_is_put_away_later(self, ews, opened, after):
        opened().send(letter())
        first, done = letter(), ews.done

        def breaking(body):
            if b"MoveItem" in body:
                ews.done = done
                ews.cut = Cut(1, after)
            return done(body)

        ews.done = breaking
        assert opened().send(first) == ()
        opened().send(letter())
        assert lying(ews, "drafts") == []
        assert len(lying(ews, "sentitems")) == 3
        assert len(arrived(ews, first)) == 1

    @pytest.mark.parametrize(
        "code", ["ErrorServerBusy", "ErrorMailboxMoveInProgress", "ErrorInternalServerError"]
    )
    def test_nor_is_it_forgotten_while_the_server_is_in_trouble(self, ews, opened, code):
        opened().send(letter())
        done = ews.done
        ews.done = lambda body: (
            (500, {}, fault(code, 45_000)) if b"MoveItem" in body else done(body)
        )
        for _ in range(2):
            assert opened().send(letter()) == ()
        assert len(lying(ews, "drafts")) == 2
        ews.done = done
        opened().send(letter())
        assert lying(ews, "drafts") == []
        assert len(lying(ews, "sentitems")) == 4

    def test_one_that_is_gone_is_forgotten(self, ews, opened, tmp_path):
        opened().send(letter())
        done = ews.done
        ews.done = lambda body: (503, {}, b"") if b"MoveItem" in body else done(body)
        opened().send(letter())
        ews.done = done
        [draft] = lying(ews, "drafts")
        del ews.store.mailbox(OFFICE).items[draft.id]
        assert draft.id in (tmp_path / "minne.exchange").read_text(encoding="utf-8")
        opened().send(letter())
        assert draft.id not in (tmp_path / "minne.exchange").read_text(encoding="utf-8")


class TestAnswers:
    @pytest.mark.parametrize("sent", [False, True], ids=["refused", "sent"])
    @pytest.mark.parametrize("answer", [(500, {}, b"<html>"), (500, {}, fault("SOAP:Server"))])
    def test_an_error_without_a_code_proves_nothing(self, ews, way, sent, answer):
        way.send(letter())
        parcel = letter()
        done = ews.done

        def answering(body):
            if b"SendItem" in body:
                if sent:
                    done(body)
                    lying(ews, "drafts")[0].modified -= 1  # it was not written anew
                return answer
            return done(body)

        ews.done = answering
        assert in_doubt(way, parcel)
        assert len(arrived(ews, parcel)) == sent
        assert len(lying(ews, "drafts")) == 1
        ews.done = done
        assert way.send(parcel) == ()
        assert lying(ews, "drafts") == []

    @pytest.mark.parametrize("code", ["ErrorServerBusy", "ErrorSendAsDenied", "ErrorItemNotFound"])
    def test_a_clear_refusal_leaves_no_doubt(self, ews, way, code):
        way.send(letter())
        parcel = letter()
        ews.service.manners.refuse["SendItem"] = code
        with pytest.raises((TransientError, NeedsOperatorError)) as caught:
            way.send(parcel)
        assert not getattr(caught.value, "in_doubt", False)
        ews.service.manners.refuse.clear()
        assert way.send(parcel) == ()
        assert len(arrived(ews, parcel)) == 1

    def test_a_refusal_for_good_leaves_no_draft(self, ews, way):
        parcel = letter()
        ews.service.manners.unknown_recipients.add(parcel.recipients[0])
        with pytest.raises(PermanentError):
            way.send(parcel)
        assert lying(ews, "drafts") == []

    def test_so_do_letters_that_the_server_gives_back_broken(self, ews, way):
        ews.store.switches.drops_attachments = True
        parcel, done = full_letter(), ews.done

        def broken(body):
            status, headers, answer = done(body)
            return status, headers, _MIME.sub(rb"\1A\2", answer)

        ews.done = broken
        with pytest.raises(PermanentError, match="whole"):
            way.send(parcel)
        assert arrived(ews, parcel) == []

    def test_files_that_are_added_and_not_kept_stop_the_letter(self, ews, way):
        ews.store.switches.drops_attachments = True
        parcel = full_letter()
        with pytest.raises(PermanentError, match="added"):
            way.send(parcel)
        assert arrived(ews, parcel) == []
        assert lying(ews, "drafts") == []

    @pytest.mark.parametrize("auth", ["basic", "ntlm"])
    def test_a_server_that_loses_its_place_after_a_long_question(self, ews, opened, auth):
        ews.loses_place = 10_000
        way = opened(auth=auth)
        for _ in range(3):
            parcel = full_letter()
            assert way.send(parcel) == ()
            assert len(arrived(ews, parcel)) == 1

    def test_a_question_that_was_not_read_is_asked_again(self, ews, way):
        parcel, done = letter(), ews.done

        def not_read(body):
            if b"SendItem" not in body:
                return done(body)
            ews.done = done
            return 400, {"Connection": "close"}, b""

        ews.done = not_read
        assert way.send(parcel) == ()
        assert len(arrived(ews, parcel)) == 1

    def test_a_letter_that_is_refused_unread_for_its_length(self, ews, opened, monkeypatch):
        monkeypatch.setattr("bot.adapters.exchange.transport._HUGE", 10_000)
        ews.most = 10_000
        with pytest.raises(PermanentError, match="larger"):
            opened().send(full_letter())

    def test_a_server_that_reads_logins_in_utf_8_alone(self, ews, way):
        ews.charsets = ("utf-8",)
        assert way.send(letter()) == ()
