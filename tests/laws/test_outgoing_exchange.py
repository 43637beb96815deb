"""What is particular to letters through Exchange: drafts that are gone on with, rebuilt MIME."""

from __future__ import annotations

import itertools
from email import message_from_bytes, policy

import pytest

from bot.adapters.outgoing.exchange import ExchangeOutgoing, Settings
from bot.app.mime import Attached, Inline, message, words
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from bot.ports.outgoing import Parcel
from tests.laws.test_outgoing_laws import letter
from tests.servers.ews_stub import PASSWORD, USER, Cut
from tests.servers.processes import Account, Authority, free_port

_NUMBERS = itertools.count(1)
OFFICE = "ek@office.example"
PDF, PNG = b"%PDF-1.7\n" + bytes(range(256)) * 40, b"\x89PNG\r\n" + bytes(range(256))


@pytest.fixture
def opened(ews):
    ways = []

    def open_(**other) -> ExchangeOutgoing:
        fields = {
            "kind": "exchange", "url": ews.url, "username": USER, "password": PASSWORD,
            "mailbox": OFFICE, "auth": "basic", "ca_file": ews.ca_file, "timeout": 20,
        }  # fmt: skip
        ways.append(ExchangeOutgoing(Settings(**fields | other), {}))
        return ways[-1]

    yield open_
    for way in ways:
        way.close()


@pytest.fixture
def way(opened):
    return opened()


def full_letter(*recipients: str) -> Parcel:
    """Return a letter as the program writes them: text, HTML with a picture, a form."""
    number = next(_NUMBERS)
    people = recipients or (f"anna{number}@x.example",)
    headers = [
        ("From", f"Lokala EK <{OFFICE}>"), ("To", ", ".join(people)),
        ("Message-ID", f"<ekbot.{number:032x}@office.example>"), ("Subject", words("En fråga", "Subject")),
        ("Auto-Submitted", "auto-replied"), ("X-EKbot-Kind", "question"),
        ("X-EKbot-Case", "K-17"),
    ]  # fmt: skip
    raw = message(
        headers, "Hej!\n", '<p>Hej! <img src="cid:bild@ekbot"></p>', boundary="=_mellan",
        pictures=[Inline("bild@ekbot", PNG)], files=[Attached("blankett.pdf", PDF)],
    )  # fmt: skip
    return Parcel(OFFICE, people, headers[2][1], raw)


def received(ews, address: str) -> list[bytes]:
    mailbox = ews.store.mailbox(address)
    return [item.raw for item in ews.store.within(mailbox, mailbox.known["inbox"])]


def lying(ews, folder: str):
    mailbox = ews.store.mailbox(OFFICE)
    return ews.store.within(mailbox, mailbox.known[folder])


def files(raw: bytes) -> list[bytes]:
    parts = message_from_bytes(raw).walk()
    return [p.get_payload(decode=True) for p in parts if p.get_filename() or p["Content-ID"]]


def advice(way, parcel=None) -> str:
    with pytest.raises(NeedsOperatorError) as caught:
        way.send(parcel or letter())
    assert PASSWORD not in str(caught.value)
    return caught.value.advice


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
        assert "Send As" in advice(way, parcel)
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
        assert "lösenord" in advice(opened(password="fel"))

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, ews, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in advice(opened(ca_file=other.ca_file))
        assert ews.posts == 0

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        assert "https" in advice(opened(url="http://mail.office.example/EWS"))

    def test_a_server_that_is_away_is_tried_later(self, opened):
        way = opened(url=f"https://localhost:{free_port()}/EWS")
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert not caught.value.in_doubt
        assert not way.check()[-1].ok

    def test_checking_sends_and_saves_nothing(self, ews, way):
        assert all(check.ok for check in way.check())
        assert set(ews.calls) == {"GetFolder"}
