"""Mails a second through the Graph backend, beside the same calls by the bare HTTP library.

Towards the stub, in this process and on the same core: it says what our side costs, not what
Exchange Online gives.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.rows import Row
from bot.adapters.mailbox import graph
from bot.adapters.tls import context
from tests.laws.graph_place import GraphPlace
from tests.posting import a_mail
from tests.servers.graph_stub import CLIENT, OFFICE, GraphStub, graph_stub
from tests.servers.processes import Account, Authority
from tests.servers.token_stub import Signer, token_stub

COUNT = 200
USER = f"/users/{OFFICE}"


def measure() -> list[Row]:
    with _place() as place, _client(place.stub) as client:
        raw = [a_mail(n, ("beställning.pdf", b"%PDF " + bytes(37_000))) for n in range(COUNT)]
        mailbox = graph.Graph(place.settings(), {}, None)
        mailbox.arrived()  # with a token, which is fetched once an hour
        ours, peer, plain, batched = _rates(
            place,
            raw,
            lambda: _ours(mailbox),
            lambda: _bare(client),
            lambda: _moved_one_by_one(client),
            lambda: _batches(client, _listed(client)),
        )
        mailbox.close()
        idle = _idle(place)
    note = f"{COUNT} mails of {len(raw[0]) // 1000} kB; arrived + fetch + file; stub in process"
    return [
        Row("Graph in, beside bare httpx", ours, peer, "mails/s", note),
        Row("Graph moves, 20 a batch beside one by one", batched, plain, "mails/s", "bare httpx"),
        Row("Graph look at an inbox of 10,000, one new", idle, None, "s", "after the first look"),
    ]


@contextmanager
def _place() -> Iterator[GraphPlace]:
    account = Account.unprivileged()
    here = account.directory("graph-bench")
    try:
        signer = Signer()
        with (
            token_stub(Authority(here, account), signer) as issuer,
            graph_stub(issuer.ca, signer) as stub,
            tempfile.TemporaryDirectory() as folder,
        ):
            stub.calls.page = 500
            yield GraphPlace(stub, issuer, Path(folder))
    finally:
        shutil.rmtree(here, ignore_errors=True)


def _rates(place: GraphPlace, mails: list[bytes], *works: Callable[[], int]) -> list[float]:
    """Return mails a second of each: the best of five in turn, each with a full inbox."""
    best = [0.0] * len(works)
    for _ in range(5):
        for number, work in enumerate(works):
            for item in list(place.stub.office.items.values()):
                place.stub.office.remove(item)
            for raw in mails:
                place.deliver(raw)
            begun = time.perf_counter()
            done = work()
            best[number] = max(best[number], done / (time.perf_counter() - begun))
            if done != len(mails):
                raise RuntimeError(f"{done} of {len(mails)} mails")
    return best


def _ours(mailbox: graph.Graph) -> int:
    refs = mailbox.arrived()
    fetched = sum(1 for _ in mailbox.fetch(refs))
    return fetched - len(mailbox.file(refs, "Klart"))


@contextmanager
def _client(stub: GraphStub) -> Iterator[httpx.Client]:
    headers = {
        "Authorization": f"Bearer {stub.signer.token(CLIENT)}",
        "Prefer": 'IdType="ImmutableId", odata.maxpagesize=500',
    }
    verify = context(stub.ca_file)
    with httpx.Client(base_url=stub.url, verify=verify, headers=headers, trust_env=False) as client:
        yield client


def _listed(client: httpx.Client) -> list[str]:
    answer = client.get(f"{USER}/mailFolders/inbox/messages/delta?$select=receivedDateTime")
    return [entry["id"] for entry in answer.json()["value"]]


def _bare(client: httpx.Client) -> int:
    ids = _listed(client)
    for uid in ids:
        client.get(f"{USER}/messages/{uid}/$value").raise_for_status()
    return _batches(client, ids)


def _moved_one_by_one(client: httpx.Client) -> int:
    ids = _listed(client)
    for uid in ids:
        body = {"destinationId": "archive"}
        client.post(f"{USER}/messages/{uid}/move", json=body).raise_for_status()
    return len(ids)


def _batches(client: httpx.Client, ids: list[str]) -> int:
    done = 0
    for start in range(0, len(ids), 20):
        requests = [
            {
                "id": uid,
                "method": "POST",
                "url": f"{USER}/messages/{uid}/move",
                "headers": {"Content-Type": "application/json"},
                "body": {"destinationId": "archive"},
            }
            for uid in ids[start : start + 20]
        ]
        told = client.post("/$batch", json={"requests": requests}).json()
        done += sum(part["status"] == httpx.codes.CREATED for part in told["responses"])
    return done


def _idle(place: GraphPlace) -> float:
    """Return how long a look takes when one mail has come to ten thousand that lie there."""
    for n in range(10_000):
        place.deliver(b"Subject: %d\r\n\r\n" % n)
    mailbox = graph.Graph(place.settings(), {}, place.path / "bench")
    mailbox.arrived()
    place.deliver(b"Subject: ny\r\n\r\n")
    begun = time.perf_counter()
    mailbox.arrived()
    taken = time.perf_counter() - begun
    mailbox.close()
    return taken
