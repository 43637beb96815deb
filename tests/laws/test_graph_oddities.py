"""Graph answers oddly, or somebody does the same thing in the same instant."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from bot.adapters.graph import folders
from bot.adapters.graph.answers import Request
from bot.adapters.graph.connection import Connection
from bot.adapters.outgoing import graph as graph_out
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from tests.laws.graph_place import GraphPlace, registered
from tests.laws.test_mailbox_laws import mail
from tests.laws.test_outgoing_laws import letter, with_files
from tests.servers.graph_asked import Said
from tests.servers.graph_stub import CUT_BEFORE, refused

PDF = b"%PDF " + b"H" * 3_300_000


@pytest.fixture
def place(graph, graph_issuer, tmp_path):
    return GraphPlace(graph, graph_issuer, tmp_path)


@pytest.fixture
def mailbox(place):
    made = place.mailbox()
    yield made
    made.close()


@pytest.fixture
def connection(place):
    made = Connection(place.settings(), {})
    yield made
    made.close()


@pytest.fixture
def way(graph, graph_issuer):
    settings = graph_out.Settings(kind="graph", **registered(graph, graph_issuer))
    made = graph_out.Graph(settings, {}, pause=lambda _: None)
    yield made
    made.close()


class TestConnection:
    def test_a_certificate_that_is_not_trusted_is_for_the_operator(self, place, graph):
        mailbox = place.mailbox(ca_file=None)
        with pytest.raises(NeedsOperatorError, match="certificate not trusted"):
            mailbox.arrived()
        assert graph.asked == []
        mailbox.close()

    @pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b'"x"', b"\xff", b"{"])
    def test_an_answer_that_is_no_object_is_tried_again_later(self, mailbox, graph, raw):
        graph.faulty = lambda _: Said(200, raw=raw)
        with pytest.raises(TransientError):
            mailbox.arrived()

    @pytest.mark.parametrize("raw", [b"", b"<html>Bad gateway", b"[]", b'{"error": "x"}'])
    def test_an_error_in_another_language_is_known_by_its_status(self, mailbox, graph, raw):
        graph.faulty = lambda _: Said(502, raw=raw)
        with pytest.raises(TransientError, match="502"):
            mailbox.arrived()

    @pytest.mark.parametrize(
        "told",
        [
            {},
            {"responses": []},
            {"responses": [{"id": "9", "status": 200}]},
            {"responses": [{"id": "1"}]},
        ],
    )
    def test_a_batch_that_lost_a_part_is_no_yes(self, connection, graph, told):
        graph.faulty = lambda _: Said(200, told)
        with pytest.raises(TransientError):
            connection.batch([Request("GET", "/x")])

    def test_pages_that_lead_in_a_circle_come_to_an_end(self, connection, graph):
        link = f"{graph.url}/users/x/messages?$skip=1"
        graph.faulty = lambda _: Said(200, {"value": [], "@odata.nextLink": link})
        with pytest.raises(TransientError, match="circle"):
            list(connection.pages(f"{connection.home}/messages", {}))

    @pytest.mark.parametrize("link", ["https://[", "", "//x", "https://localhost:x/v1.0/y"])
    def test_a_link_that_is_none_leads_nowhere(self, connection, graph, link):
        with pytest.raises(TransientError):
            connection.follow(link)
        assert graph.asked == []

    def test_a_link_out_of_the_version_or_past_the_path_leads_nowhere(self, connection, graph):
        root = graph.url.removesuffix("/v1.0")
        for link in (f"{root}/beta/x", f"{root}/v1.0/../beta", f"{root}/v1.0x/y", root):
            assert not connection.leads_here(link)
        assert connection.leads_here(f"{graph.url}/users/x?$skiptoken=1")


class TestFolders:
    def test_a_folder_that_somebody_makes_in_the_same_instant_is_used(self, connection, graph):
        def first(asked):
            if asked.method == "POST":
                graph.faulty = lambda _: None
                graph.office.make_folder("Klart")

        graph.faulty = first
        assert folders.made(connection, "Klart") == graph.office.path("Klart").id
        assert len(graph.office.children(None)) == 6

    def test_a_folder_that_vanishes_on_the_way_down_is_missing(self, connection, graph):
        graph.office.make_folder("EK", graph.office.make_folder("Post").id)

        def vanish(asked):
            if asked.path.endswith("/childFolders"):
                graph.office.folders.pop(graph.office.path("Post").id, None)

        graph.faulty = lambda a: vanish(a) if graph.office.path("Post") else None
        assert folders.found(connection, "Post/EK") is None

    def test_a_quotation_mark_in_a_name_is_only_that(self, connection, graph):
        made = folders.made(connection, "Anna's ' or 1 eq 1")
        assert graph.office.folders[made].name == "Anna's ' or 1 eq 1"

    def test_a_well_known_folder_that_is_not_there_is_missing(self, mailbox, graph):
        del graph.office.folders["F-inbox"]
        with pytest.raises(NeedsOperatorError, match="missing"):
            mailbox.arrived()

    def test_a_mail_that_came_and_went_within_a_round_is_gone(self, place, mailbox, graph):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        graph.calls.restless = True
        place.human_reads()
        graph.faulty = lambda a: (
            refused(404, "ErrorItemNotFound") if a.path.endswith(ref.uid) else None
        )
        assert mailbox.arrived() == ()
        graph.forget()
        graph.calls.restless = False
        place.human_reads()
        assert mailbox.arrived() == (ref,)


class TestUploads:
    @pytest.mark.parametrize(
        "session",
        [
            {},
            {"uploadUrl": 7},
            {"uploadUrl": "http://elsewhere.example/u"},
            {"uploadUrl": "file:///etc/passwd"},
        ],
    )
    def test_a_session_without_a_safe_address_gets_no_file(self, way, graph, session):
        odd = Said(201, session)
        graph.faulty = lambda a: odd if a.path.endswith("/createUploadSession") else None
        with pytest.raises(TransientError) as caught:
            way.send(with_files(letter(), PDF))
        assert not caught.value.in_doubt
        assert not any(a.method == "PUT" for a in graph.asked)

    @pytest.mark.parametrize(
        "told", [{}, {"nextExpectedRanges": []}, {"nextExpectedRanges": ["x"]}, {"x": 1}]
    )
    def test_a_session_that_does_not_say_what_it_lacks_is_given_up(self, way, graph, told):
        graph.faulty = lambda a: Said(200, told) if a.method == "PUT" else None
        with pytest.raises(TransientError):
            way.send(with_files(letter(), PDF))
        assert graph.world.outside == []

    def test_a_session_that_asks_for_the_same_part_for_ever_is_given_up(self, way, graph):
        graph.faulty = lambda asked: (
            Said(202, {"nextExpectedRanges": ["0-"]}) if asked.method == "PUT" else None
        )
        with pytest.raises(TransientError, match="never ends"):
            way.send(with_files(letter(), PDF))

    def test_a_wire_that_breaks_at_every_part_is_given_up_in_the_end(self, way, graph):
        graph.faulty = lambda a: CUT_BEFORE if a.method == "PUT" else None
        with pytest.raises(TransientError) as caught:
            way.send(with_files(letter(), PDF))
        assert not caught.value.in_doubt
        assert sum(a.method == "PUT" for a in graph.asked) == 5

    def test_a_file_that_is_too_small_for_a_session_goes_in_one_piece(self, way, graph):
        small = refused(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
        graph.faulty = lambda a: small if a.path.endswith("/createUploadSession") else None
        parcel = with_files(letter(), b"%PDF " + b"I" * 3_050_000)
        assert way.send(parcel) == ()
        assert len(graph.world.received(parcel.recipients[0])) == 1

    @pytest.mark.parametrize("told", [{}, {"id": ""}, {"id": 7}])
    def test_a_draft_without_id_is_not_sent(self, way, graph, told):
        graph.faulty = lambda a: (
            Said(201, told) if a.method == "POST" and a.path.endswith("/messages") else None
        )
        with pytest.raises(TransientError):
            way.send(with_files(letter(), PDF))
        assert graph.world.outside == []

    def test_a_draft_with_another_message_id_is_not_sent(self, way, graph):
        make = graph.calls.make_draft

        def other(asked, address):
            said = make(asked, address)
            said.told["internetMessageId"] = "<annat@prod.outlook.com>"
            return said

        graph.calls.make_draft = other
        with pytest.raises(PermanentError, match="Message-ID"):
            way.send(with_files(letter(), PDF))

    def test_a_mail_in_the_letter_and_an_address_to_answer_come_along(self, way, graph):
        parcel = with_files(letter(), PDF)
        made = message_from_bytes(parcel.raw, policy=policy.SMTP)
        made["Reply-To"] = "svar@office.example"
        made.add_attachment(message_from_bytes(mail(1), policy=policy.SMTP))
        way.send(replace(parcel, raw=made.as_bytes()))
        [copy] = graph.office.inside("F-sentitems")
        assert copy.told["replyTo"] == [{"emailAddress": {"address": "svar@office.example"}}]
        assert [part.kind for part in copy.attached] == ["application/pdf", "message/rfc822"]
        assert copy.attached[1].content.replace(b"\r\n", b"\n") == mail(1).replace(b"\r\n", b"\n")
