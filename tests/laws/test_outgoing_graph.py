"""What only the way out through Microsoft Graph does: recipients, repeats, large letters, errors."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from bot.adapters.outgoing import graph as adapter
from bot.ports.errors import PermanentError, TransientError
from tests.laws.graph_place import registered
from tests.laws.test_outgoing_laws import letter, with_files
from tests.servers.graph_asked import Said
from tests.servers.graph_stub import CUT_AFTER, CUT_BEFORE, refused

PDF = b"%PDF " + b"D" * 3_300_000


@pytest.fixture
def opened(graph, graph_issuer):
    made = []

    def open_(**other):
        settings = adapter.Settings(kind="graph", **registered(graph, graph_issuer) | other)
        made.append(adapter.Graph(settings, {}, pause=lambda _: None))
        return made[-1]

    yield open_
    for way in made:
        way.close()


@pytest.fixture
def way(opened):
    return opened()


def named(raw):
    read = message_from_bytes(raw, policy=policy.default)
    return {name: read[name] for name in ("To", "Cc", "Bcc") if read[name]}


def to(parcel, **headers):
    """Return *parcel* with other header lines than To."""
    lines = b"".join(f"{name}: {value}\r\n".encode() for name, value in headers.items())
    before, _, rest = parcel.raw.partition(b"To: ")
    return replace(parcel, raw=before + lines + rest.partition(b"\r\n")[2])


class TestRecipients:
    def test_a_letter_to_those_in_its_header_goes_as_it_is(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@office.example", "bo@elsewhere.example")
        assert way.send(parcel) == ()
        assert graph.world.received("bo@elsewhere.example") == [parcel.raw]

    def test_nobody_gets_it_but_those_in_the_parcel(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example", "bo@x.example", "cia@x.example")
        way.send(replace(parcel, recipients=("bo@x.example",)))
        assert [recipient for recipient, _ in graph.world.outside] == ["bo@x.example"]
        assert named(graph.world.outside[0][1]) == {"To": "bo@x.example"}
        assert graph.world.outside[0][1].endswith(b"\r\n\r\nHej!\r\n")

    @pytest.mark.parametrize("files", [(), (PDF,)], ids=["small", "large"])
    def test_who_is_not_in_the_header_gets_a_blind_copy(self, way, graph, files):
        parcel = letter(b"Hej!\r\n", "anna@x.example")
        parcel = with_files(parcel, *files) if files else parcel
        way.send(replace(parcel, recipients=("anna@x.example", "bo@x.example")))
        assert sorted(r for r, _ in graph.world.outside) == ["anna@x.example", "bo@x.example"]
        assert all(named(raw) == {"To": "anna@x.example"} for _, raw in graph.world.outside)

    @pytest.mark.parametrize("files", [(), (PDF,)], ids=["small", "large"])
    def test_a_letter_with_no_name_in_its_header_reaches_its_recipients(self, way, graph, files):
        parcel = letter(b"Hej!\r\n", "anna@x.example")
        parcel = to(with_files(parcel, *files) if files else parcel, To="undisclosed-recipients:;")
        way.send(parcel)
        [(recipient, raw)] = graph.world.outside
        assert recipient == "anna@x.example"
        assert b"anna@x.example" not in raw

    def test_copies_stay_copies_and_hidden_lines_are_not_believed(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example", "bo@x.example")
        parcel = to(
            parcel, To="Anna A <anna@x.example>", Cc="=?utf-8?q?B=C3=B6?=\r\n <BO@x.example>",
            bcc="spion@x.example", **{"Resent-To": "spion@x.example"},
        )  # fmt: skip
        way.send(parcel)
        assert sorted(r for r, _ in graph.world.outside) == ["anna@x.example", "bo@x.example"]
        assert named(graph.world.outside[0][1]) == {"To": "anna@x.example", "Cc": "bo@x.example"}
        assert b"spion" not in graph.world.outside[0][1]

    def test_an_address_that_cannot_be_written_is_refused_and_the_others_get_it(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example")
        odd = "bo@x.example>, <spion@x.example"
        [refusal] = way.send(replace(parcel, recipients=("anna@x.example", odd)))
        assert (refusal.recipient, refusal.temporary) == (odd, False)
        assert [r for r, _ in graph.world.outside] == ["anna@x.example"]

    @pytest.mark.parametrize("recipients", [(), ("a b@x.example",)])
    def test_a_letter_to_nobody_is_refused_for_good(self, way, recipients):
        with pytest.raises(PermanentError):
            way.send(replace(letter(), recipients=recipients))

    def test_a_swedish_domain_is_written_as_the_net_wants_it(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example")
        way.send(replace(parcel, recipients=("ek@järfälla.example",)))
        assert [r for r, _ in graph.world.outside] == [
            f"ek@{'järfälla.example'.encode('idna').decode()}"
        ]


class TestRepeats:
    def test_a_letter_that_lies_in_sent_items_is_not_sent_again(self, opened, graph):
        parcel = letter()
        opened().send(parcel)
        assert opened().send(parcel) == ()
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_an_answer_that_is_lost_is_looked_for(self, way, graph):
        parcel = letter()
        graph.faulty = lambda a: CUT_AFTER if a.path.endswith("/sendMail") else None
        assert way.send(parcel) == ()
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_a_letter_that_cannot_be_found_is_in_doubt(self, way, graph):
        graph.faulty = lambda a: CUT_BEFORE if a.path.endswith("/sendMail") else None
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert caught.value.in_doubt

    @pytest.mark.parametrize("status", [200, 500, 502, 504])
    def test_an_answer_that_says_neither_yes_nor_no_leaves_it_in_doubt(self, way, graph, status):
        odd = Said(200, {}) if status == 200 else refused(status, "ErrorInternalServerError")
        graph.faulty = lambda a: odd if a.path.endswith("/sendMail") else None
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert caught.value.in_doubt

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_pace_that_is_refused_sent_nothing(self, way, graph, status):
        busy = refused(status, "ErrorServerBusy", Retry_After="30")
        graph.faulty = lambda a: busy if a.path.endswith("/sendMail") else None
        with pytest.raises(TransientError) as caught:
            way.send(letter())
        assert (caught.value.in_doubt, caught.value.retry_after) == (False, 30)

    def test_a_server_that_nobody_reaches_took_nothing(self, opened):
        with pytest.raises(TransientError) as caught:
            opened(url="https://localhost:9/v1.0").send(letter())
        assert not caught.value.in_doubt

    def test_a_copy_that_still_lies_among_the_drafts_is_sent_and_not_made_anew(self, way, graph):
        graph.world.lags = True
        parcel = letter()
        graph.faulty = lambda a: CUT_AFTER if a.path.endswith("/sendMail") else None
        with pytest.raises(TransientError) as caught:
            way.send(parcel)
        assert caught.value.in_doubt
        graph.forget()
        assert way.send(parcel) == ()
        assert [a.path.rsplit("/")[-1] for a in graph.asked if a.method == "POST"] == ["send"]
        graph.world.settle()
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_mail_that_came_in_with_our_message_id_stops_nothing(self, way, graph):
        parcel = letter()
        graph.office.take_in(parcel.raw)
        way.send(parcel)
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_the_same_letter_to_more_people_goes_to_the_new_ones_only(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example", "bo@x.example")
        way.send(replace(parcel, recipients=("anna@x.example",)))
        way.send(parcel)
        assert [r for r, _ in graph.world.outside] == ["anna@x.example", "bo@x.example"]

    def test_the_same_letter_to_somebody_else_is_for_people_to_look_at(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example")
        way.send(parcel)
        with pytest.raises(PermanentError, match="left to others"):
            way.send(replace(parcel, recipients=("bo@x.example",)))
        assert [r for r, _ in graph.world.outside] == ["anna@x.example"]

    def test_a_recipient_that_exchange_wrote_in_its_own_way_has_had_it(self, way, graph):
        parcel = letter(b"Hej!\r\n", "anna@x.example", "bo@x.example")
        way.send(parcel)
        [copy] = graph.office.inside("F-sentitems")
        copy.raw = copy.raw.replace(b"bo@x.example", b'"/O=EXCHANGELABS/CN=BO"')
        assert way.send(parcel) == ()
        assert len(graph.world.outside) == 2


class TestLargeLetters:
    def test_the_token_is_not_shown_to_the_address_of_an_upload(self, way, graph):
        way.send(with_files(letter(), PDF))
        puts = [a for a in graph.asked if a.method == "PUT"]
        assert len(puts) == 2
        assert not any("authorization" in a.headers for a in puts)

    @pytest.mark.parametrize("fault", [CUT_BEFORE, CUT_AFTER])
    @pytest.mark.parametrize("part", [1, 2])
    def test_an_upload_goes_on_where_it_was_cut(self, way, graph, fault, part):
        parcel = with_files(letter(), PDF)
        seen = []

        def cut(asked):
            if asked.method != "PUT":
                return None
            seen.append(asked)
            return fault if len(seen) == part else None

        graph.faulty = cut
        assert way.send(parcel) == ()
        [raw] = graph.world.received(parcel.recipients[0])
        [file] = message_from_bytes(raw, policy=policy.default).iter_attachments()
        assert file.get_content() == PDF
        assert sum(a.path.endswith("/createUploadSession") for a in graph.asked) == 1

    def test_marks_of_our_own_and_pictures_come_along(self, way, graph):
        parcel = with_files(letter(), PDF)
        read = message_from_bytes(parcel.raw, policy=policy.SMTP)
        page = read.get_body(("html",))
        page.add_related(b"\x89PNG", "image", "png", cid="<1.bild@ekbot>", disposition="inline")
        way.send(replace(parcel, raw=read.as_bytes()))
        [raw] = graph.world.received(parcel.recipients[0])
        got = message_from_bytes(raw, policy=policy.default)
        assert got["Message-ID"] == parcel.message_id
        assert got["Auto-Submitted"] == "auto-replied"
        assert got["X-EKbot-Kind"] == "receipt_form"
        assert [p.get_content() for p in got.walk() if p["Content-ID"] == "<1.bild@ekbot>"] == [
            b"\x89PNG"
        ]

    def test_a_draft_that_became_another_letter_is_not_sent(self, way, graph):
        parcel = with_files(letter(), PDF)
        make = graph.calls.make_draft

        def other(asked, address):
            said = make(asked, address)
            said.told["toRecipients"].append({"emailAddress": {"address": "spion@x.example"}})
            return said

        graph.calls.make_draft = other
        with pytest.raises(PermanentError, match="other recipients"):
            way.send(parcel)
        assert graph.world.outside == []

    def test_a_letter_that_is_too_large_as_mime_goes_as_a_draft(self, way, graph):
        parcel = with_files(letter(), b"%PDF small")
        large = refused(413, "RequestEntityTooLarge")
        graph.faulty = lambda a: large if a.path.endswith("/sendMail") else None
        assert way.send(parcel) == ()
        assert len(graph.world.received(parcel.recipients[0])) == 1

    def test_words_that_no_request_can_hold_are_refused_for_good(self, way, graph):
        parcel = letter((b"x" * 76 + b"\r\n") * 60_000)
        with pytest.raises(PermanentError, match="413"):
            way.send(parcel)
        assert graph.office.items == {}
