"""What is particular to letters through Exchange: readers, marks, servers that build MIME anew."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from bot.ports.errors import PermanentError, TransientError
from bot.ports.outgoing import Parcel
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

__all__ = ["opened", "way"]


class TestLetters:
    def test_a_letter_lies_among_the_sent_ones_and_no_draft_is_left(self, ews, way):
        parcel = full_letter()
        assert way.send(parcel) == ()
        assert received(ews, parcel.recipients[0]) == [parcel.raw]
        assert len(lying(ews, "sentitems")) == 1
        assert lying(ews, "drafts") == []

    def test_it_need_not_be_kept(self, ews, opened):
        parcel = letter()
        opened(save=False).send(parcel)
        assert received(ews, parcel.recipients[0]) == [parcel.raw]
        assert lying(ews, "sentitems") == lying(ews, "drafts") == []

    def test_exactly_the_envelopes_recipients_get_it(self, ews, way):
        parcel = full_letter("a@x.example", "b@x.example")
        alone = Parcel(OFFICE, ("b@x.example", "c@x.example"), parcel.message_id, parcel.raw)
        way.send(alone)
        assert received(ews, "a@x.example") == []
        assert len(received(ews, "b@x.example")) == len(received(ews, "c@x.example")) == 1
        [kept] = lying(ews, "sentitems")
        assert (kept.to, kept.bcc) == (["b@x.example"], ["c@x.example"])

    def test_also_where_the_server_takes_no_recipients_beside_the_bytes(self, ews, way):
        ews.service.manners.without.add("recipients")
        parcel = full_letter("a@x.example", "b@x.example")
        way.send(Parcel(OFFICE, ("b@x.example",), parcel.message_id, parcel.raw))
        assert received(ews, "a@x.example") == []
        assert len(received(ews, "b@x.example")) == 1

    def test_a_letter_from_another_address_is_put_right(self, ews, way):
        parcel = letter()
        raw = parcel.raw.replace(b"<ek@office", b"<tjanst@office")
        way.send(Parcel(OFFICE, parcel.recipients, parcel.message_id, raw))
        assert lying(ews, "sentitems")[0].sender == OFFICE

    def test_our_marks_are_set_beside_the_bytes(self, ews, way):
        parcel = full_letter()
        way.send(parcel)
        [kept] = lying(ews, "sentitems")
        assert kept.properties == {
            "EKbotLetter": parcel.message_id,
            "EKbotSending": "1",
            "Auto-Submitted": "auto-replied",
            "X-EKbot-Kind": "question",
            "X-EKbot-Case": "K-17",
        }

    @pytest.mark.parametrize(
        "recipients", [(), ("ingen",), ("a b@x.example",), ("a@x.example\r\nBcc: c@x.example",)]
    )
    def test_an_address_that_is_none_is_refused_before_anything_is_asked(
        self, ews, way, recipients
    ):
        parcel = letter()
        with pytest.raises(PermanentError):
            way.send(Parcel(OFFICE, recipients, parcel.message_id, parcel.raw))
        assert ews.posts == 0

    def test_a_known_way_asks_six_times_for_a_letter_with_files(self, ews, way):
        way.send(letter())
        ews.calls.clear()
        way.send(full_letter())
        assert ews.calls == [
            *["FindItem"] * 3,
            "CreateItem",
            "GetItem",
            "GetAttachment",
            "SendItem",
        ]


class TestOtherServers:
    """Servers that speak EWS and are not Exchange build letters anew and lose things."""

    @pytest.fixture(autouse=True)
    def _rebuilding(self, ews):
        ews.store.switches.rebuilds = True
        ews.store.switches.drops_auto_submitted = True

    def test_attachments_are_the_same_bytes(self, ews, way):
        parcel = full_letter()
        way.send(parcel)
        [raw] = received(ews, parcel.recipients[0])
        assert raw != parcel.raw
        assert files(raw) == [PNG, PDF]

    def test_what_was_lost_when_the_draft_was_saved_is_added(self, ews, way):
        ews.store.switches.drops_attachments = True
        parcel = full_letter()
        way.send(parcel)
        [raw] = received(ews, parcel.recipients[0])
        assert files(raw) == [PNG, PDF]
        assert b"bild@ekbot" in raw
        assert ews.calls.count("CreateAttachment") == 2

    @pytest.mark.parametrize(
        "without",
        [("outbox",), ("message:From", "from"), ("!message:BccRecipients",), ("!message:From",)],
        ids=",".join,
    )
    def test_what_a_server_does_not_have_is_done_without(self, ews, way, without):
        ews.service.manners.without |= set(without)
        parcel = full_letter("a@x.example", "b@x.example")
        way.send(Parcel(OFFICE, ("b@x.example", "c@x.example"), parcel.message_id, parcel.raw))
        assert [len(received(ews, f"{who}@x.example")) for who in "abc"] == [0, 1, 1]

    def test_a_sender_that_the_server_will_not_change_stops_the_letter(self, ews, way):
        ews.service.manners.without.add("from")
        parcel = full_letter("a@x.example")
        raw = parcel.raw.replace(b"<ek@office", b"<tjanst@office")
        with pytest.raises(TransientError):
            way.send(Parcel(OFFICE, parcel.recipients, parcel.message_id, raw))
        assert received(ews, "a@x.example") == []

    @pytest.mark.parametrize(
        "without",
        [("mime",), ("mime", "marks"), ("mime", "or"), ("mime", "item:Body")],
        ids=",".join,
    )
    def test_a_server_that_takes_no_bytes_is_told_the_parts(self, ews, way, without):
        ews.service.manners.without |= set(without)
        parcel = full_letter("a@x.example")
        for _ in range(2):
            assert way.send(parcel) == ()
        [raw] = received(ews, "a@x.example")
        mail = message_from_bytes(raw, policy=policy.default)
        assert (mail["Subject"], mail["Message-ID"]) == ("En fråga", parcel.message_id)
        assert OFFICE in mail["From"]
        assert "Hej!" in mail.get_body(("html",)).get_content()
        assert files(raw) == [PNG, PDF]
        assert lying(ews, "drafts") == []

    def test_a_letter_whose_words_the_server_loses_is_never_sent(self, ews, way):
        ews.store.drafted, original = (
            lambda mailbox, folder, raw: original(mailbox, folder, b"Subject: annat\r\n\r\n"),
            ews.store.drafted,
        )
        with pytest.raises(PermanentError, match="as it is"):
            way.send(full_letter("a@x.example"))
        assert received(ews, "a@x.example") == []

    def test_an_attachment_that_the_server_changes_is_never_sent(self, ews, way):
        original = ews.store.drafted

        def drafted(*arguments):
            item = original(*arguments)
            item.attachments[-1].content += b"\n"
            return item

        ews.store.drafted = drafted
        parcel = full_letter()
        with pytest.raises(PermanentError, match="attachment"):
            way.send(parcel)
        assert received(ews, parcel.recipients[0]) == []
        assert lying(ews, "drafts") == []

    @pytest.mark.parametrize(
        "without",
        [("or",), ("restriction",), ("filtering",), ("restriction", "sort"), ("marks",)],
        ids=",".join,
    )
    def test_a_server_that_cannot_search_is_looked_through(self, ews, way, without):
        ews.service.manners.without |= set(without)
        parcel = full_letter()
        for _ in range(3):
            assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1

    def test_a_server_that_finds_nothing_is_found_out(self, ews, way):
        service, fits = ews.service, ews.service._fits
        service._fits = lambda item, condition: False
        parcel = full_letter()
        for _ in range(3):
            assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1
        service._fits = fits

    def test_a_server_with_message_ids_of_its_own_knows_our_mark(self, ews, way):
        ews.store.switches.new_message_ids = True
        parcel = full_letter()
        for _ in range(3):
            assert way.send(parcel) == ()
        assert len(received(ews, parcel.recipients[0])) == 1
