"""What is particular to a mailbox on Exchange: names that survive moves, odd servers, marks."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from threading import Event

import pytest

from tests.filled import an_order, fill_acroform
from tests.laws.exchange_place import mailbox, opened, place
from tests.laws.test_mailbox_laws import LONG_AGO, mail, read
from tests.posting import a_mail
from tests.servers.ews_soap import RefusedError

__all__ = ["mailbox", "opened", "place"]


def identified(number: int) -> bytes:
    return b"Message-ID: <%d@office.example>\r\n" % number + mail(number)


class TestNames:
    def test_a_mail_that_a_human_moves_out_and_back_is_the_same_mail(self, place, mailbox):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        old = place.item(ref).id
        place.human_moves(ref, "Annas")
        assert mailbox.arrived() == ()
        [item] = place.lying("Annas")
        place.store.move(place.box, item, place.box.known["inbox"])
        assert item.id != old
        assert mailbox.arrived() == (ref,)

    def test_it_is_fetched_and_filed_by_the_name_it_had(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        refs = mailbox.arrived()
        place.human_moves(refs[0], "Annas")
        [item] = place.lying("Annas")
        place.store.move(place.box, item, place.box.known["inbox"])
        assert [raw for _, raw in mailbox.fetch(refs)] == [mail(1), mail(2)]
        [item] = [i for i in place.lying("INBOX") if i.raw == mail(1)]
        place.store.move(place.box, item, place.folder("Annas"))
        place.store.move(place.box, item, place.box.known["inbox"])
        assert mailbox.file(refs, "Klart") == ()
        assert place.contents("Klart") == [mail(1), mail(2)]

    def test_a_copy_elsewhere_stays_where_it_is(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.store.copy(place.box, place.lying("INBOX")[0], place.folder("Annas"))
        assert mailbox.file(refs, "Klart") == ()
        assert place.contents("Klart") == place.contents("Annas") == [mail(1)]

    def test_a_copy_beside_its_original_has_a_name_of_its_own(self, place, mailbox):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        original = place.lying("INBOX")[0].id
        place.store.copy(place.box, place.lying("INBOX")[0], place.box.known["inbox"])
        first, second = mailbox.arrived()
        assert first == ref
        assert second.uid != ref.uid
        assert mailbox.file((first,), "Klart") == ()
        [left] = place.lying("INBOX")
        assert left.id != original
        assert [raw for _, raw in mailbox.fetch((second,))] == [mail(1)]
        assert mailbox.file((second,), "Klart") == ()
        assert len(place.contents("Klart")) == 2

    def test_a_server_whose_ids_follow_the_mail_does_not_hide_a_move(self, place, mailbox):
        place.store.switches.stable_ids = True
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.human_moves(refs[0], "Annas")
        assert list(mailbox.fetch(refs)) == []
        assert mailbox.file(refs, "Klart") == refs
        assert place.contents("Annas") == [mail(1)]

    @pytest.mark.parametrize("without", ["search_key", "search_keys"])
    def test_without_search_keys_mails_are_known_by_their_ids(self, place, mailbox, without):
        place.stub.service.manners.without.add(without)
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert len(set(refs)) == 3
        assert mailbox.arrived() == refs
        assert [raw for _, raw in mailbox.fetch(refs)] == [mail(n) for n in range(3)]
        assert mailbox.file(refs, "Klart") == ()

    def test_mails_that_a_server_gives_all_the_same_key_are_told_apart(self, place, mailbox):
        for number in range(3):
            place.deliver(identified(number))
        for item in place.lying("INBOX"):
            item.search_key = b"x" * 16
        first, *others = mailbox.arrived()
        mailbox.file((first,), "Klart")
        assert mailbox.arrived() == tuple(others)

    def test_a_ref_means_nothing_in_another_mailbox(self, place, mailbox, opened):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        other = place.store.mailbox("annan@office.example")
        other.items, other.boxes = place.box.items, place.box.boxes  # the very same ids
        other.known = place.box.known
        elsewhere = opened(mailbox="annan@office.example")
        assert len(elsewhere.arrived()) == 1
        assert list(elsewhere.fetch(refs)) == []
        assert elsewhere.file(refs, "Klart") == refs

    def test_the_names_are_the_same_after_a_restart(self, place, opened):
        for number in range(3):
            place.deliver(mail(number))
        refs = opened().arrived()
        later = opened()
        assert later.file(refs[1:], "Klart") == ()
        assert later.arrived() == refs[:1]


class TestOtherServers:
    """Servers that speak EWS and are not Exchange answer less."""

    @pytest.mark.parametrize(
        "without",
        [
            ("sort",), ("search_key",), ("sort", "search_key"), ("categories",), ("version",),
            ("item:ParentFolderId",), ("item:Size",), ("item:DateTimeCreated",),
            ("message:InternetMessageId",), ("mime_field",), ("msgfolderroot",), ("root",), ("item:DateTimeReceived", "item:Size"),
        ],
        ids=",".join,
    )  # fmt: skip
    def test_what_a_server_does_not_have_is_done_without(self, place, mailbox, without):
        place.stub.service.manners.without |= set(without)
        for number in range(5):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert [raw for _, raw in mailbox.fetch(refs)] == [mail(n) for n in range(5)]
        assert mailbox.file(refs[:3], "Klart") == ()
        assert sorted(place.contents("Klart")) == [mail(n) for n in range(3)]
        assert mailbox.arrived() == refs[3:]
        assert len(mailbox.filed(("Klart",), datetime(2026, 1, 1, tzinfo=UTC))) == 3
        mailbox.arrived()
        assert not mailbox.wait(0.2, Event())
        place.deliver(mail(9))
        assert mailbox.wait(20, Event())

    def test_a_server_that_cannot_sort_tells_of_one_in_for_one_out(self, place, mailbox):
        place.stub.service.manners.without |= {"sort", "streaming"}
        place.deliver(mail(1))
        mailbox.file(mailbox.arrived(), "Klart")
        place.deliver(mail(2))
        assert mailbox.wait(0.2, Event())

    @pytest.mark.parametrize(
        "header", ["", "<x/>", '<h:ServerVersionInfo MajorVersion="x" xmlns:h="y"/>']
    )
    def test_odd_words_about_the_servers_version_do_not_matter(self, place, mailbox, header):
        place.stub.service.manners.header = header
        place.deliver(mail(1))
        assert read(mailbox) == [mail(1)]
        assert all(check.ok for check in mailbox.check())

    def test_the_version_is_found_out_once(self, place, mailbox):
        place.stub.service.manners.without.add("version")
        mailbox.arrived()
        mailbox.arrived()
        refused = [c for c in place.stub.calls if c == "ErrorInvalidServerVersion"]
        assert len(refused) == 3

    def test_nothing_is_asked_beside_what_is_needed(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        assert place.stub.calls == ["GetFolder", "FindItem"]
        list(mailbox.fetch(refs))
        assert place.stub.calls[2:] == ["GetFolder", "GetItem"]

    def test_a_folder_under_the_inbox_is_used_where_none_lies_beside_it(self, place, mailbox):
        under = place.store.box(place.box, "Klart", place.box.known["inbox"])
        place.deliver(mail(1))
        mailbox.file(mailbox.arrived(), "Klart")
        assert [i.raw for i in place.store.within(place.box, under.id)] == [mail(1)]

    def test_a_folder_thrown_away_by_a_human_is_not_filed_in(self, place, mailbox):
        place.deliver(mail(1))
        place.deliver(mail(2))
        first, second = mailbox.arrived()
        mailbox.file((first,), "Klart")
        thrown = place.folder("Klart")
        place.human_removes("Klart")
        mailbox.file((second,), "Klart")
        assert place.contents("Klart") == [mail(2)]
        assert len(place.store.within(place.box, thrown)) == 1


class TestManyMails:
    def test_five_thousand_mails_are_listed_in_pages(self, place, mailbox):
        for number in range(5_000):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert len(set(refs)) == 5_000
        assert place.stub.calls.count("FindItem") == 10
        assert [raw for _, raw in mailbox.fetch(refs[::1_000])] == [
            mail(n) for n in range(0, 5_000, 1_000)
        ]

    @pytest.mark.parametrize("without", ["last", "last and total", "offset"])
    def test_pages_that_tell_less_of_themselves(self, place, mailbox, without):
        place.stub.service.manners.page = 500 if "last" in without else 1_000
        place.stub.service.manners.without.add(without)
        for number in range(400 if without == "offset" else 1_100):
            place.deliver(mail(number))
        assert len(mailbox.arrived()) == (400 if without == "offset" else 1_100)

    def test_a_mail_that_a_human_takes_out_between_two_pages_hides_no_other(self, place, mailbox):
        place.stub.service.manners.page = 10
        for number in range(25):
            place.deliver(mail(number))
        original, taken = place.stub.service.do_FindItem, []

        def find(payload):
            yield from original(payload)
            if not taken:
                taken.append(place.lying("INBOX")[0])
                place.store.move(place.box, taken[0], place.folder("Annas"))

        place.stub.service.do_FindItem = find
        refs = mailbox.arrived()
        assert [raw for _, raw in mailbox.fetch(refs)] == place.contents("INBOX")
        assert len(refs) == 24

    def test_what_is_no_mail_is_left_alone_and_wakes_nobody(self, place, mailbox):
        place.deliver(mail(1))
        place.store.add(place.box, place.box.known["inbox"], b"x", kind="Contact")
        place.store.add(place.box, place.box.known["inbox"], mail(2), kind="MeetingRequest")
        place.store.add(
            place.box, place.box.known["inbox"], mail(3), item_class="REPORT.IPM.Note.NDR"
        )
        assert read(mailbox) == [mail(1), mail(2), mail(3)]
        assert not mailbox.wait(0.3, Event())

    def test_what_is_only_called_nearly_so_is_mail(self, place, mailbox):
        for number, name in enumerate(["IPM.TaskRequest", "ipm.task", "IPM.Task.Egen"]):
            place.store.add(place.box, place.box.known["inbox"], mail(number), item_class=name)
        assert read(mailbox) == [mail(0)]


class TestOneBadMail:
    def test_one_whose_answer_makes_no_sense_does_not_stop_them(self, place, mailbox):
        for number in range(5):
            place.deliver(identified(number))
        bad, done = place.lying("INBOX")[2].id.encode(), place.stub.done

        def answered(body):
            senseless = b"GetItem" in body and bad in body
            return (200, {}, b"<s:Envelope>") if senseless else done(body)

        place.stub.done = answered
        assert read(mailbox) == [identified(n) for n in (0, 1, 3, 4)]
        place.stub.done = done
        assert read(mailbox) == [identified(n) for n in range(5)]

    def test_a_mail_that_cannot_be_had_does_not_stop_the_others(self, place, mailbox):
        for number in range(5):
            place.deliver(identified(number))
        place.stub.service.manners.broken["<2@office.example>"] = "ErrorMimeContentConversionFailed"
        refs = mailbox.arrived()
        got = list(mailbox.fetch(refs))
        assert [raw for _, raw in got] == [identified(n) for n in (0, 1, 3, 4)]
        assert mailbox.file(refs, "Klart") == ()

    def test_a_question_that_breaks_the_server_is_asked_mail_by_mail(self, place, mailbox):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        original = place.stub.service.do_GetItem

        def get(payload):
            asked = payload.findall(".//{*}ItemId")
            if len(asked) > 1:
                raise RefusedError("ErrorInternalServerError")
            return original(payload)

        place.stub.service.do_GetItem = get
        assert [raw for _, raw in mailbox.fetch(refs)] == [mail(n) for n in range(3)]

    def test_attachments_are_the_same_bytes_where_mime_is_built_anew(self, place, mailbox):
        form = fill_acroform(an_order(1))
        place.store.switches.rebuilds = True
        place.deliver(a_mail(1, ("beställning.pdf", form)))
        [raw] = read(mailbox)
        parts = message_from_bytes(raw).walk()
        files = [part.get_payload(decode=True) for part in parts if part.get_filename()]
        assert files == [form]


class TestCategories:
    def test_what_became_of_a_mail_shows_in_outlook(self, place, mailbox):
        for number in range(2):
            place.deliver(mail(number))
        place.lying("INBOX")[0].categories = ["Annas"]
        first, second = mailbox.arrived()
        mailbox.file((first,), "Klart")
        mailbox.file((second,), "Att granska")
        assert place.lying("Klart")[0].categories == ["Annas", "EK-bot: klar"]
        assert place.lying("Att granska")[0].categories == ["EK-bot: att granska"]
        mailbox.file(mailbox.filed(("Att granska",), LONG_AGO), "Klart")
        assert place.lying("Klart")[1].categories == ["EK-bot: klar"]

    def test_they_can_be_left_out(self, place, opened):
        place.deliver(mail(1))
        mailbox = opened(filed_category="")
        mailbox.file(mailbox.arrived(), "Klart")
        assert place.lying("Klart")[0].categories == []
        assert "UpdateItem" not in place.stub.calls

    def test_a_mail_is_the_same_with_the_mark_that_we_gave_it(self, place, mailbox):
        place.deliver(mail(1))
        mailbox.file(mailbox.arrived(), "Klart")
        item = place.lying("Klart")[0]
        item.raw = b"Keywords: EK-bot: klar\r\n" + item.raw
        assert [r for _, r in mailbox.fetch(mailbox.filed(("Klart",), LONG_AGO))] == [mail(1)]

    def test_a_broken_connection_while_marking_does_not_undo_the_filing(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.stub.service.manners.refuse["UpdateItem"] = "ErrorInternalServerError"
        assert mailbox.file(refs, "Klart") == ()
        assert place.contents("Klart") == [mail(1)]
