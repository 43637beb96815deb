"""What Graph refuses a mailbox, and what it asks of us: patience, a token, one mail left alone."""

from __future__ import annotations

from email.utils import format_datetime
from threading import Event

import pytest
from pydantic import ValidationError

from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.graph_place import GraphPlace
from tests.laws.test_mailbox_laws import LONG_AGO, mail, read
from tests.servers.graph_stub import CLIENT, CUT_BEFORE, refused
from tests.servers.graph_world import BEGUN
from tests.servers.token_stub import Signer


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
