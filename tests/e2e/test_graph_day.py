"""The real program on a mailbox behind the stub of Microsoft Graph: mail in, letter out, filed."""

from __future__ import annotations

from email import message_from_bytes, policy

from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.graph_stub import CLIENT, OFFICE, refused
from tests.servers.token_stub import SECRET

LATER = "2026-11-23T11:00:00+01:00"


def on_graph(folder, stub, issuer) -> Office:
    same = (
        f'kind = "graph"\nmailbox = "{OFFICE}"\nurl = "{stub.url}"\nca_file = "{stub.ca_file}"\n'
        f'authority = "{issuer.url}/tenant"\nauthority_ca_file = "{issuer.ca_file}"\n'
        f'client_id = "{CLIENT}"'
    )
    secrets = {"EKBOT_MAILBOX_CLIENT_SECRET": SECRET, "EKBOT_OUTGOING_CLIENT_SECRET": SECRET}
    return Office(folder, f"{same}\ncategories = true", same, environment=secrets)


def filed(stub, folder):
    there = stub.office.path(folder)
    return [item.categories for item in stub.office.inside(there.id)] if there else []


def test_an_order_is_answered_and_filed_and_an_outage_is_waited_out(tmp_path, graph, graph_issuer):
    office = on_graph(tmp_path, graph, graph_issuer)
    told = office.ekbot("doctor", code=None)
    for line in ("Åtkomsttoken", "Brevlådans mapp", "Utgående post"):
        assert line in told
    for number in (1, 2):
        form = ("beställning.pdf", fill_acroform(an_order(number)))
        graph.office.take_in(a_mail(number, form))
    graph.faulty = lambda a: (
        refused(503, "ServiceUnavailable", Retry_After="60")
        if a.path.endswith("/sendMail")
        else None
    )
    office.once(code=3)
    assert graph.office.inside("F-inbox") == []
    assert filed(graph, "Klart") == [["EK-bot: klar"]] * 2
    assert graph.world.outside == []
    graph.forget()
    office.once(LATER)
    office.once(LATER)
    came = [(to, message_from_bytes(raw, policy=policy.default)) for to, raw in graph.world.outside]
    assert sum(letter["X-EKbot-Kind"] == "applied" for _, letter in came) == 2
    names = [(to, letter["Message-ID"]) for to, letter in came]
    assert len(set(names)) == len(names)
    assert len(graph.office.inside("F-sentitems")) == len({name for _, name in names})
    assert (tmp_path / "var" / "ekbot.db.mailbox.graph").exists()
    assert SECRET not in (tmp_path / "var" / "ekbot.db.mailbox.graph").read_text("utf-8")
