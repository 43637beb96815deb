"""What only a mailbox behind Microsoft Graph does: what it remembers, and what Graph refuses."""

from __future__ import annotations

import json
from email.utils import format_datetime
from threading import Event

import pytest
from pydantic import ValidationError

from bot.adapters.mailbox import graph as adapter
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.places import GraphPlace
from tests.laws.test_mailbox_laws import LONG_AGO, mail, read
from tests.servers.graph_asked import Said
from tests.servers.graph_stub import CLIENT, CUT_BEFORE, OFFICE, OTHER, refused
from tests.servers.graph_world import BEGUN
from tests.servers.token_stub import Signer

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
        assert len(graph.asked) <= 3

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


class TestAsking:
    def test_one_connection_and_immutable_ids_for_everything(self, place, mailbox, graph):
        for number in range(45):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert len(list(mailbox.fetch(refs))) == 45
        mailbox.file(refs, "Klart")
        mailbox.filed(("Klart",), LONG_AGO)
        assert graph.connections == 1
        assert all(asked.immutable for asked in graph.asked)

    def test_mails_are_fetched_one_at_a_time(self, place, mailbox, graph):
        for number in range(30):
            place.deliver(mail(number))
        fetched = mailbox.fetch(mailbox.arrived())
        next(fetched)
        assert sum(asked.path.endswith("/$value") for asked in graph.asked) == 1

    def test_mails_are_moved_twenty_in_one_request(self, place, mailbox, graph):
        for number in range(45):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        graph.forget()
        mailbox.file(refs, "Klart")
        assert sum(asked.path.endswith("/$batch") for asked in graph.asked) == 3

    def test_many_pages_of_filed_mail_come_in_order(self, place, mailbox, graph):
        klart = graph.office.make_folder("Klart")
        for number in range(120):
            graph.office.take_in(mail(number), klart.id)
        found = mailbox.filed(("Klart",), LONG_AGO)
        assert [raw for _, raw in mailbox.fetch(found)] == [mail(n) for n in range(120)]

    def test_only_what_was_taken_in_since_then_is_filed(self, place, mailbox, graph):
        klart = graph.office.make_folder("Klart")
        for number in range(3):
            graph.office.take_in(mail(number), klart.id)
        last = graph.office.inside(klart.id)[-1]
        since = BEGUN.fromisoformat(last.received)
        assert [ref.uid for ref in mailbox.filed(("Klart",), since)] == [last.id]


class TestOneMailsTrouble:
    def test_a_mail_that_graph_cannot_write_out_holds_up_no_other(self, place, mailbox, graph):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        for status, code in ((500, "ErrorMimeContentInvalid"), (403, "ErrorAccessDenied")):
            bad = refused(status, code)
            graph.faulty = lambda a, bad=bad: bad if f"{refs[0].uid}/$value" in a.path else None
            assert [raw for _, raw in mailbox.fetch(refs)] == [mail(1), mail(2)]

    def test_a_mail_that_breaks_the_connection_is_tried_last(self, place, mailbox, graph):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        graph.faulty = lambda a: CUT_BEFORE if f"{refs[0].uid}/$value" in a.path else None
        with pytest.raises(TransientError):
            list(mailbox.fetch(refs))
        fetched = mailbox.fetch(refs)
        assert [next(fetched)[1], next(fetched)[1]] == [mail(1), mail(2)]
        with pytest.raises(TransientError):
            next(fetched)

    @pytest.mark.parametrize(
        ("status", "wanted"), [(500, TransientError), (403, NeedsOperatorError)]
    )
    def test_when_no_mail_can_be_fetched_it_is_no_mails_trouble(
        self, place, mailbox, graph, status, wanted
    ):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        bad = refused(status, "ErrorAccessDenied" if status == 403 else "ErrorInternalServerError")
        graph.faulty = lambda asked: bad if asked.path.endswith("/$value") else None
        with pytest.raises(wanted):
            list(mailbox.fetch(refs))


class TestPatience:
    @pytest.mark.parametrize("status", [429, 503])
    def test_graph_says_how_long_to_wait(self, place, mailbox, graph, status):
        graph.faulty = lambda _: refused(status, "TooManyRequests", Retry_After="17")
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert caught.value.retry_after == 17

    def test_a_date_to_wait_for_is_counted_from_the_answers_own(self, place, mailbox, graph):
        at = format_datetime(BEGUN.replace(year=2100), usegmt=True)
        graph.faulty = lambda _: refused(429, "TooManyRequests", Retry_After=at)
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert caught.value.retry_after == 86_400

    @pytest.mark.parametrize("odd", ["", "snart", "-5", "1e9", "nan", "٣"])
    def test_nonsense_about_waiting_is_no_error_of_its_own(self, place, mailbox, graph, odd):
        value = odd.encode().decode("latin-1")
        graph.faulty = lambda _: refused(429, "TooManyRequests", Retry_After=value)
        with pytest.raises(TransientError) as caught:
            mailbox.arrived()
        assert caught.value.retry_after is None

    def test_moves_that_were_too_many_are_made_next_time(self, place, mailbox, graph):
        for number in range(30):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        late = {ref.uid for ref in refs[5:12]}
        busy = refused(429, "ApplicationThrottled", Retry_After="9")
        graph.faulty_part = lambda a: busy if a.path.split("/")[-2] in late else None
        with pytest.raises(TransientError) as caught:
            mailbox.file(refs, "Klart")
        assert caught.value.retry_after == 9
        graph.forget()
        mailbox.file(refs, "Klart")
        assert sorted(place.contents("Klart")) == sorted(mail(n) for n in range(30))
        assert place.contents("INBOX") == []

    def test_one_mail_that_cannot_be_moved_keeps_no_other_back(self, place, mailbox, graph):
        for number in range(3):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        bad = refused(400, "ErrorMoveCopyFailed")
        graph.faulty_part = lambda a: bad if refs[0].uid in a.path else None
        with pytest.raises(NeedsOperatorError, match="ErrorMoveCopyFailed"):
            mailbox.file(refs, "Klart")
        assert place.contents("Klart") == [mail(1), mail(2)]

    def test_a_folder_thrown_away_in_the_middle_of_a_move_takes_nothing_with_it(
        self, place, mailbox, graph
    ):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        mailbox.file((), "Klart")
        graph.office.make_folder("Klart")

        def vanish(asked):
            graph.office.folders.pop(graph.office.path("Klart").id)
            graph.faulty_part = lambda _: None

        graph.faulty_part = vanish
        with pytest.raises(TransientError):
            mailbox.file(refs, "Klart")
        assert mailbox.file(refs, "Klart") == ()
        assert place.contents("Klart") == [mail(1)]

    def test_an_outage_cuts_the_waiting_short_and_says_that_something_may_be_up(
        self, mailbox, graph
    ):
        mailbox.arrived()
        graph.faulty = lambda _: refused(503, "ServiceUnavailable")
        assert mailbox.wait(0.2, Event())


class TestWhoWeAre:
    def test_a_token_that_is_refused_is_asked_for_anew(self, place, mailbox, graph):
        place.deliver(mail(1))
        mailbox.arrived()
        graph.revoke()
        assert read(mailbox) == [mail(1)]

    def test_an_issuer_that_graph_does_not_trust_is_for_the_operator(
        self, mailbox, graph, graph_issuer
    ):
        graph_issuer.foreign = Signer()
        try:
            with pytest.raises(NeedsOperatorError, match="token refused"):
                mailbox.arrived()
        finally:
            graph_issuer.foreign = None

    def test_a_mailbox_that_is_not_ours_to_read_names_the_role_to_ask_for(self, mailbox, graph):
        graph.allowed[CLIENT] = set()
        with pytest.raises(NeedsOperatorError, match="ErrorAccessDenied") as caught:
            mailbox.arrived()
        assert "Application Mail.ReadWrite" in caught.value.advice

    def test_a_mailbox_that_is_not_there_is_for_the_operator(self, opened):
        with pytest.raises(NeedsOperatorError, match="ErrorInvalidUser") as caught:
            opened(mailbox="fel@office.example").arrived()
        assert "mailbox" in caught.value.advice

    def test_nothing_that_graph_says_in_words_is_passed_on(self, mailbox, graph, caplog):
        for status in (400, 403, 404, 429, 500):
            graph.faulty = lambda _, status=status: refused(status, "Kod")
            with pytest.raises((TransientError, NeedsOperatorError)) as caught:
                mailbox.arrived()
            assert "kalle@" not in str(caught.value)
        assert "kalle@" not in caplog.text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"url": "http://graph.microsoft.com/v1.0"},
            {"url": "https://graph.microsoft.com/v1.0?x=1"},
            {"mailbox": "a/../b"},
            {"mailbox": ""},
            {"authority": "", "client_id": "", "client_secret": None},
            {"folder": "in*"},
            {"poll": 0},
        ],
    )
    def test_settings_that_cannot_be_right_are_refused(self, place, wrong):
        with pytest.raises(ValidationError):
            place.settings(**wrong)

    def test_unencrypted_is_only_for_this_machine(self, place):
        assert place.settings(url="http://127.0.0.1:8080/v1.0/").url == "http://127.0.0.1:8080/v1.0"


class TestCategories:
    def test_mails_are_coloured_by_where_they_went_and_keep_their_colours(
        self, place, opened, graph
    ):
        graph.office.take_in(mail(1), categories=["Anna", "EK-bot: att granska"])
        graph.office.take_in(mail(2))
        mailbox = opened(categories=True)
        first, second = mailbox.arrived()
        mailbox.file((first,), "Klart")
        mailbox.file((second,), "Att granska")
        assert graph.office.items[first.uid].categories == ["Anna", "EK-bot: klar"]
        assert graph.office.items[second.uid].categories == ["EK-bot: att granska"]

    def test_a_colour_that_is_refused_does_not_fail_the_move(self, place, opened, graph):
        place.deliver(mail(1))
        mailbox = opened(categories=True)
        refs = mailbox.arrived()
        bad = refused(403, "ErrorAccessDenied")
        graph.faulty_part = lambda asked: bad if asked.method == "PATCH" else None
        assert mailbox.file(refs, "Klart") == ()
        assert place.contents("Klart") == [mail(1)]

    def test_no_colour_is_set_unasked(self, place, mailbox, graph):
        place.deliver(mail(1))
        [ref] = mailbox.arrived()
        mailbox.file((ref,), "Klart")
        assert graph.office.items[ref.uid].categories == []


class TestChecking:
    def test_each_step_has_its_line(self, place, mailbox):
        place.deliver(mail(1))
        lines = mailbox.check()
        assert all(line.ok for line in lines)
        assert [line.name.split()[0] for line in lines] == [
            "Åtkomsttoken", "Brevlåda", "Brevlådans", "Brevlådans",
        ]  # fmt: skip

    def test_a_permission_for_every_mailbox_is_told_of(self, mailbox, graph, graph_issuer):
        token = graph_issuer.signer.token
        graph_issuer.signer.token = lambda *a, **k: token(*a, **k, roles=["Mail.ReadWrite"])
        try:
            assert "ALLA brevlådor" in mailbox.check()[-1].seen
        finally:
            graph_issuer.signer.token = token

    def test_the_first_step_that_fails_says_what_to_do(self, mailbox, graph):
        graph.allowed[CLIENT] = set()
        lines = mailbox.check()
        assert [line.ok for line in lines] == [True, False]
        assert "Application Mail.ReadWrite" in lines[-1].advice

    def test_a_folder_that_is_missing_is_named(self, opened):
        assert "Finns inte" in opened(folder="Finns inte").check()[-1].advice
