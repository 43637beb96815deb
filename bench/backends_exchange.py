"""Mails a second through the Exchange mailbox, beside the bare library, on the EWS stub."""

from __future__ import annotations

import time
from typing import Any

from exchangelib import BASIC, DELEGATE, UTC, Account, Build, Configuration, Credentials, Version
from exchangelib.protocol import BaseProtocol, close_connections
from requests.adapters import HTTPAdapter

from bench.rows import Row
from bot.adapters.mailbox.exchange import Exchange, Settings
from bot.adapters.outgoing.exchange import ExchangeOutgoing
from bot.adapters.outgoing.exchange import Settings as OutSettings
from bot.ports.outgoing import Parcel
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.ews_stub import USER, Stub, ews_stub

COUNT = 200
OFFICE = "ek@office.example"
PASSWORD = "utan-svenska-tecken"  # the library writes a Basic login in Latin-1 only


def measure() -> list[Row]:
    """Measure reading and filing, and sending."""
    raw = [a_mail(n, ("beställning.pdf", fill_acroform(an_order(n)))) for n in range(COUNT)]
    rates: dict[str, list[float]] = {"ours": [], "peer": []}
    with ews_stub() as stub:
        stub.passwords.add(PASSWORD)
        for turn in range(3):  # in turns: the machine's load changes
            for who, run in (("ours", _ours), ("peer", _peer)):
                address = f"{who}{turn}@office.example"
                for mail in raw:
                    stub.store.deliver(address, mail)
                rates[who].append(run(stub, address))
        letters = _letters(stub)
    size = len(raw[0]) // 1000
    note = f"{COUNT} mails of {size} kB on the stub: list, fetch, move; median of 3"
    ours, peer = (sorted(rates[who])[1] for who in ("ours", "peer"))
    return [
        Row("Exchange mailbox beside bare exchangelib", ours, peer, "mails/s", note),
        Row("letters through Exchange", letters, None, "letters/s", "with one PDF, on the stub"),
    ]


def _fields(stub: Stub, address: str) -> dict[str, Any]:
    return {
        "kind": "exchange", "url": stub.url, "username": USER, "password": PASSWORD,
        "mailbox": address, "auth": "basic", "ca_file": stub.ca_file,
    }  # fmt: skip


def _ours(stub: Stub, address: str) -> float:
    mailbox = Exchange(Settings(**_fields(stub, address), filed_category=""), {})
    begun = time.perf_counter()
    refs = mailbox.arrived()
    got = sum(1 for _ in mailbox.fetch(refs))
    gone = mailbox.file(refs, "Klart")
    taken = time.perf_counter() - begun
    mailbox.close()
    if got != COUNT or gone:
        raise RuntimeError(f"{got} mails, {len(gone)} gone")
    return COUNT / taken


def _peer(stub: Stub, address: str) -> float:
    class Adapter(HTTPAdapter):
        def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ANN401, ARG002
            super().cert_verify(conn, url, str(stub.ca_file), cert)

    before, BaseProtocol.HTTP_ADAPTER_CLS = BaseProtocol.HTTP_ADAPTER_CLS, Adapter
    config = Configuration(
        service_endpoint=stub.url,
        credentials=Credentials(USER, PASSWORD),
        auth_type=BASIC,
        version=Version(build=Build(15, 1, 2507, 39)),
    )
    account = Account(address, config=config, access_type=DELEGATE, default_timezone=UTC)
    begun = time.perf_counter()
    found = account.inbox.all().order_by("datetime_received").values_list("id", "changekey")
    ids = list(found)
    got = list(account.fetch(ids, only_fields=["mime_content"], chunk_size=25))
    account.bulk_move(ids, account.drafts)
    taken = time.perf_counter() - begun
    close_connections()
    BaseProtocol.HTTP_ADAPTER_CLS = before
    if len(got) != COUNT:
        raise RuntimeError(f"{len(got)} mails")
    return COUNT / taken


def _letters(stub: Stub) -> float:
    way = ExchangeOutgoing(OutSettings(**_fields(stub, OFFICE)), {})
    form = fill_acroform(an_order(1))
    parcels = []
    for n in range(COUNT // 4):
        name = f"<ekbot.{n:032x}@office.example>"
        head = f"From: {OFFICE}\r\nTo: a{n}@x.example\r\nMessage-ID: {name}\r\n".encode()
        mail = a_mail(f"letter-{n}", ("b.pdf", form))
        body = mail[mail.lower().index(b"subject:") :]
        kept = [
            x for x in body.split(b"\r\n") if not x.lower().startswith((b"to:", b"message-id:"))
        ]
        parcels.append(Parcel(OFFICE, (f"a{n}@x.example",), name, head + b"\r\n".join(kept)))
    begun = time.perf_counter()
    for parcel in parcels:
        way.send(parcel)
    taken = time.perf_counter() - begun
    way.close()
    return len(parcels) / taken
