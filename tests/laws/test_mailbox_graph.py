"""What only a mailbox behind Microsoft Graph does: what it remembers, and what Graph refuses."""

from __future__ import annotations

import json

import pytest

from bot.adapters.mailbox import graph as adapter
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.graph_place import GraphPlace
from tests.laws.test_mailbox_laws import mail, read
from tests.servers.graph_asked import Said
from tests.servers.graph_stub import CLIENT, OFFICE, OTHER, refused

ELSEWHERE = "https://elsewhere.example/v1.0/users/x"


@pytest.fixture
def place(graph, graph_issuer, tmp_path):
    return GraphPlace(graph, graph_issuer, tmp_path)


@pytest.fixture
def opened(place):
    made = []

    def open_(**other):
        made.append(place.mailbox(**other))
        return made[-1]

    yield open_
    for mailbox in made:
        mailbox.close()


@pytest.fixture
def mailbox(opened):
    return opened()


def state(place):
    return place.path / "ekbot.db.mailbox.graph"


def deltas(stub):
    return [a.target for a in stub.asked if "/messages/delta" in a.path]


class TestRemembering:
    def test_after_a_restart_only_changes_are_asked_for(self, place, opened, graph):
        for number in range(130):
            place.deliver(mail(number))
        before = opened().arrived()
        graph.forget()
        place.deliver(mail(130))
        assert opened().arrived()[:-1] == before
        [asked] = deltas(graph)
        assert "$deltatoken" in asked

    def test_the_work_does_not_grow_with_what_lies_there(self, place, mailbox, graph):
        for number in range(300):
            place.deliver(mail(number))
        mailbox.arrived()
        graph.forget()
        place.deliver(mail(300))
        assert len(mailbox.arrived()) == 301
        assert len(graph.asked) <= 2

    def test_the_file_is_only_ours_and_holds_nothing_of_the_mails(self, place, mailbox):
        place.deliver(b"From: anna@office.example\r\nSubject: Hemligt\r\n\r\nHej\r\n")
        mailbox.arrived()
        assert state(place).stat().st_mode & 0o777 == 0o600
        assert b"Hemligt" not in state(place).read_bytes()
        assert [f.name for f in place.path.iterdir()] == [state(place).name]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda told: b"",
            lambda told: b"{",
            lambda told: b"\xff\xfe",
            lambda told: b"[]",
            lambda told: json.dumps(told | {"version": 99}).encode(),
            lambda told: json.dumps(told | {"owner": "en annan brevlåda"}).encode(),
            lambda told: json.dumps(told | {"mails": [["x"]]}).encode(),
            lambda told: json.dumps(told | {"mails": []}).encode(),
            lambda told: json.dumps(told | {"generation": "F-drafts"}).encode(),
            lambda told: json.dumps(told | {"link": ""}).encode(),
            lambda told: json.dumps(told | {"link": "https://elsewhere.example/v1.0/x"}).encode(),
            lambda told: json.dumps(told | {"link": told["link"].replace("1~", "7~")}).encode(),
        ],
    )
    def test_a_damaged_file_costs_a_whole_look_and_no_mail(self, place, opened, graph, damage):
        for number in range(3):
            place.deliver(mail(number))
        before = opened().arrived()
        told = json.loads(state(place).read_bytes())
        state(place).write_bytes(damage(told))
        assert opened().arrived() == before

    def test_what_is_known_of_one_mailbox_is_never_said_of_another(self, place, opened, graph):
        graph.allowed[CLIENT].add(OTHER)
        place.deliver(mail(1))
        assert len(opened().arrived()) == 1
        graph.world.mailboxes[OTHER].take_in(mail(2))
        assert read(opened(mailbox=OTHER)) == [mail(2)]

    def test_a_file_that_cannot_be_written_is_no_error(self, place, opened, graph):
        state(place).mkdir()
        place.deliver(mail(1))
        assert read(opened()) == [mail(1)]
        assert read(opened()) == [mail(1)]

    def test_without_a_place_for_a_file_all_works(self, place, graph):
        place.deliver(mail(1))
        mailbox = adapter.Graph(place.settings(), {}, None)
        assert read(mailbox) == [mail(1)]
        mailbox.close()


class TestChanges:
    def test_an_expired_token_is_a_new_round_and_never_an_empty_inbox(self, place, mailbox, graph):
        for number in range(60):
            place.deliver(mail(number))
        before = mailbox.arrived()
        graph.calls.epoch += 1
        assert mailbox.arrived() == before

    @pytest.mark.parametrize(
        "answer",
        [
            refused(410, "SyncStateNotFound"),
            refused(410, "resyncRequired"),
            refused(400, "SyncStateInvalid"),
            refused(404, "ErrorItemNotFound"),
        ],
        ids=lambda said: said.told["error"]["code"],
    )
    def test_a_link_that_is_refused_is_given_up(self, place, mailbox, graph, answer):
        place.deliver(mail(1))
        before = mailbox.arrived()
        graph.faulty = lambda asked: answer if "deltatoken" in asked.target else None
        assert mailbox.arrived() == before

    def test_a_link_that_breaks_the_server_is_given_up_in_the_end(self, place, mailbox, graph):
        place.deliver(mail(1))
        before = mailbox.arrived()
        broken = refused(500, "ErrorInternalServerError")
        graph.faulty = lambda asked: broken if "deltatoken" in asked.target else None
        for _ in range(2):
            with pytest.raises(TransientError):
                mailbox.arrived()
        assert mailbox.arrived() == before

    def test_changes_told_twice_and_in_any_order_are_harmless(self, place, mailbox, graph):
        graph.calls.duplicates = graph.calls.restless = True
        for number in range(30):
            place.deliver(mail(number))
        first = mailbox.arrived()
        assert [raw for _, raw in mailbox.fetch(first)] == [mail(n) for n in range(30)]
        place.human_moves(first[0], "Annas")
        place.human_reads()
        assert mailbox.arrived() == first[1:]

    def test_a_mail_that_left_and_came_back_is_there(self, place, mailbox, graph):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        place.human_moves(ref, "Annas")
        graph.office.move(graph.office.items[ref.uid], "F-inbox")
        assert mailbox.arrived() == (ref,)

    def test_a_mail_that_the_changes_keep_quiet_about_is_found_by_the_count(
        self, place, mailbox, graph
    ):
        place.deliver(mail(1))
        mailbox.arrived()
        graph.calls.hidden.add(graph.office.take_in(mail(2)).id)
        assert read(mailbox) == [mail(1), mail(2)]

    def test_what_is_counted_and_is_no_mail_costs_one_whole_look(self, place, mailbox, graph):
        graph.office.take_in(b"", kind="contact")
        place.deliver(mail(1))
        assert read(mailbox) == [mail(1)]
        graph.forget()
        assert len(mailbox.arrived()) == 1
        assert all("$deltatoken" in target for target in deltas(graph))

    @pytest.mark.parametrize(
        ("told", "reason"),
        [
            ({"value": []}, "without its end"),
            ({}, "without its list"),
            ({"value": "nej"}, "without its list"),
            ({"value": [{"isDraft": False}], "@odata.deltaLink": "x"}, "without id"),
            ({"value": [], "@odata.nextLink": ELSEWHERE}, "another server"),
            ({"value": [], "@odata.deltaLink": ELSEWHERE}, "without its end"),
        ],
        ids=["no-end", "nothing", "no-list", "no-id", "next-elsewhere", "delta-elsewhere"],
    )
    def test_an_answer_that_makes_no_sense_is_no_empty_inbox(
        self, place, mailbox, graph, told, reason
    ):
        place.deliver(mail(1))
        graph.faulty = lambda asked: Said(200, told) if "/delta" in asked.path else None
        with pytest.raises(TransientError, match=reason):
            mailbox.arrived()
        graph.forget()
        assert len(mailbox.arrived()) == 1

    def test_pages_that_lead_round_in_a_circle_are_given_up(self, place, mailbox, graph):
        link = f"{graph.url}/users/{OFFICE}/mailFolders/F-inbox/messages/delta?$skiptoken=s0"
        loop = Said(200, {"value": [], "@odata.nextLink": link})
        graph.faulty = lambda asked: loop if "/delta" in asked.path else None
        with pytest.raises(TransientError, match="never end"):
            mailbox.arrived()

    def test_meeting_requests_arrive_and_drafts_do_not(self, place, mailbox, graph):
        graph.office.take_in(mail(1), kind="eventMessageRequest")
        graph.office.take_in(mail(2), draft=True)
        assert read(mailbox) == [mail(1)]

    def test_a_folder_of_ones_own_may_be_the_inbox_and_be_made_anew(self, place, opened, graph):
        office = graph.office
        nested = office.make_folder("EK", office.make_folder("Post in").id)
        mailbox = opened(folder="Post in/EK")
        office.take_in(mail(1), nested.id)
        old = mailbox.arrived()
        office.throw_away("Post in")
        with pytest.raises(NeedsOperatorError, match="missing"):
            mailbox.arrived()
        anew = office.make_folder("EK", office.make_folder("Post in").id)
        office.take_in(mail(2), anew.id)
        assert read(mailbox) == [mail(2)]
        assert list(mailbox.fetch(old)) == []
        assert mailbox.file(old, "Klart") == old
