"""Microsoft Graph breaks off at every single request, before or after the work was done.

Whatever was cut, trying again ends as if nothing had happened: nothing lost, nothing twice.
"""

from __future__ import annotations

import itertools
from email import message_from_bytes, policy

import pytest

from bot.adapters.outgoing import graph as graph_out
from bot.ports.errors import TransientError
from tests.laws.graph_place import GraphPlace, registered
from tests.laws.test_mailbox_laws import LONG_AGO, mail
from tests.laws.test_outgoing_laws import letter, with_files
from tests.servers.graph_stub import CUT_AFTER, CUT_BEFORE, OFFICE, refused

FAULTS = [CUT_BEFORE, CUT_AFTER, refused(503, "ServiceUnavailable"), refused(504, "GatewayTimeout"),
          refused(429, "TooManyRequests", Retry_After="1")]  # fmt: skip
NAMES = ["cut-before", "cut-after", "503", "504", "429"]
TRIES = 4
CASES = [
    *(pytest.param(f, False, lags, id=f"{name}-small{'-lags' * lags}")
      for f, name in zip(FAULTS, NAMES, strict=True) for lags in (False, True)),
    *(pytest.param(f, True, False, id=f"{name}-large")
      for f, name in zip(FAULTS[:2], NAMES, strict=False)),
    pytest.param(FAULTS[3], True, False, id="504-large"),
    pytest.param(CUT_AFTER, True, True, id="cut-after-large-lags"),
]  # fmt: skip


def insisted(act):
    """Do *act* until nothing breaks, as the program does; return what it gave last."""
    for _ in range(TRIES):
        try:
            return act()
        except TransientError:
            continue
    raise AssertionError("it never worked again")


def every_request(stub, fault, act):
    """Do *act* with the n-th request broken, for every n that it makes, each in a fresh world."""
    for number in itertools.count(1):
        stub.forget()
        stub.faults[number] = fault
        act(number)
        if len(stub.asked) < number:
            assert number > 3
            return


@pytest.fixture(params=FAULTS, ids=NAMES)
def fault(request):
    return request.param


@pytest.fixture
def place(graph, graph_issuer, tmp_path):
    return GraphPlace(graph, graph_issuer, tmp_path)


class TestMail:
    def test_whatever_breaks_mail_comes_once_and_is_filed_once(self, place, graph, fault):
        graph.calls.page = 2
        klart = graph.office.make_folder("Klart")

        def act(number):
            mails = [mail(1000 * number + n) for n in range(4)]
            for raw in mails:
                place.deliver(raw)
            mailbox = place.mailbox()
            refs = insisted(mailbox.arrived)
            assert len(refs) == 4
            got = {}

            def fetch():
                got.update(mailbox.fetch([ref for ref in refs if ref not in got]))
                return len(got)

            while insisted(fetch) < 4:  # a mail that was refused is asked for at the next turn
                pass
            assert [got[ref] for ref in refs] == mails
            insisted(lambda: mailbox.file(refs, "Klart"))
            assert place.contents("INBOX") == []
            assert sorted(place.contents("Klart")) == sorted(mails)
            filed = insisted(lambda: mailbox.filed(("Klart",), LONG_AGO))
            assert [ref.uid for ref in filed] == [ref.uid for ref in refs]
            assert insisted(mailbox.arrived) == ()
            mailbox.close()
            for item in graph.office.inside(klart.id):
                graph.office.remove(item)

        every_request(graph, fault, act)

    def test_whatever_breaks_a_folder_is_made_once(self, place, graph, fault):
        def act(number):
            place.deliver(mail(number))
            mailbox = place.mailbox()
            refs = insisted(mailbox.arrived)
            name = f"Ärenden {number}/Klart"
            insisted(lambda: mailbox.file(refs, name))
            assert place.contents(name) == [mail(number)]
            assert len(graph.office.children(None)) == 5 + number
            mailbox.close()

        every_request(graph, fault, act)


@pytest.fixture
def opened(graph, graph_issuer):
    made = []

    def open_():
        settings = graph_out.Settings(kind="graph", **registered(graph, graph_issuer))
        made.append(graph_out.Graph(settings, {}, pause=lambda _: None))
        return made[-1]

    yield open_
    for way in made:
        way.close()


def files(raw):
    read = message_from_bytes(raw, policy=policy.default)
    return [(part.get_filename(), part.get_content()) for part in read.iter_attachments()]


class TestLetters:
    @pytest.mark.parametrize(("fault", "large", "lags"), CASES)
    def test_whatever_breaks_a_letter_leaves_once(self, graph, opened, fault, large, lags):
        graph.world.lags = lags

        def act(number):
            parcel = letter()
            if large:
                parcel = with_files(parcel, b"%PDF " + b"C" * 3_300_000, b"%PDF small")
            way = opened()
            insisted(lambda: way.send(parcel))
            graph.world.settle()
            [came] = graph.world.received(parcel.recipients[0])
            assert files(came) == files(parcel.raw)
            assert graph.office.inside("F-drafts") == []
            insisted(lambda: way.send(parcel))  # the program died before it could write it down
            graph.world.settle()
            assert len(graph.world.received(parcel.recipients[0])) == 1

        every_request(graph, fault, act)

    def test_a_crash_at_any_request_and_a_new_start_send_once(self, graph, opened):
        def act(number):
            parcel = with_files(letter(), b"%PDF " + b"C" * 3_300_000)
            try:
                opened().send(parcel)
            except TransientError:
                graph.world.settle()
                insisted(lambda: opened().send(parcel))
            graph.world.settle()
            [came] = graph.world.received(parcel.recipients[0])
            assert files(came) == files(parcel.raw)
            assert graph.office.inside("F-drafts") == []

        every_request(graph, CUT_AFTER, act)

    def test_what_lies_in_sent_items_is_ours(self, graph, opened):
        parcel = letter()
        opened().send(parcel)
        [copy] = graph.office.inside("F-sentitems")
        assert copy.message_id == parcel.message_id
        assert graph.world.mailboxes[OFFICE].inside("F-inbox") == []
