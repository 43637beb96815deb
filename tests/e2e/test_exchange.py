"""The whole program on an Exchange server's mailbox: the stub of EWS, read and sent through."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from bot.app.turn import Turn
from tests.e2e.office import Office
from tests.e2e.servers import opened
from tests.filled import an_order, fill_acroform
from tests.posting import NOW, OFFICE, a_mail
from tests.servers.ews_stub import PASSWORD, USER


@pytest.fixture
def office(ews, tmp_path):
    ews.store.mailbox(OFFICE)
    table = (
        f'kind = "exchange"\nurl = "{ews.url}"\nusername = "{USER}"\nmailbox = "{OFFICE}"\n'
        f'auth = "basic"\nca_file = "{ews.ca_file}"\n'
    )
    secrets = {"EKBOT_MAILBOX_PASSWORD": PASSWORD, "EKBOT_OUTGOING_PASSWORD": PASSWORD}
    return Office(tmp_path / "kontor", table, table, environment=secrets)


def received(ews, address):
    mailbox = ews.store.mailbox(address)
    return [i.raw for i in ews.store.within(mailbox, mailbox.known["inbox"])]


def lying(ews, folder):
    mailbox = ews.store.mailbox(OFFICE)
    box = ews.store.named(mailbox, folder)
    return ews.store.within(mailbox, box.id) if box is not None else []


@pytest.mark.parametrize("rebuilds", [False, True], ids=["exchange", "rebuilding"])
def test_orders_are_answered_and_filed_and_our_own_letters_are_known(ews, office, rebuilds):
    switches = ews.store.switches
    switches.rebuilds = switches.drops_auto_submitted = switches.drops_own_headers = rebuilds
    switches.drops_attachments = rebuilds
    for number in range(3):
        form = fill_acroform(an_order(number))
        ews.store.deliver(OFFICE, a_mail(number, ("beställning.pdf", form)))
    with opened(office, NOW) as services:
        Turn(services).run()
        Turn(services).run()
    people = [address for address in ews.store.mailboxes if address != OFFICE]
    letters = [(a, raw) for a in people for raw in received(ews, a)]
    assert len(letters) >= 3
    assert len({(a, message_from_bytes(raw)["Message-ID"]) for a, raw in letters}) == len(letters)
    assert received(ews, OFFICE) == []
    assert [i.categories for i in lying(ews, "Klart")] == [["EK-bot: klar"]] * 3
    ews.store.deliver(OFFICE, letters[0][1])  # our own letter, come back
    with opened(office, NOW) as services:
        Turn(services).run()
        with services.store.begin() as work:
            last = work.journal.list()[-1]
    assert last.rule == "own_mail"
    assert len(lying(ews, "Klart")) == 4


def test_doctor_says_each_step(ews, office):
    told = office.ekbot("doctor", "--json", code=None)
    assert "inloggning och rätt till brevlådan" in told
    assert "Utgående post" in told
    ews.passwords.clear()
    told = office.ekbot("doctor", "--json", code=None)
    assert "Servern godtar inte inloggningen" in told
    assert PASSWORD not in told
