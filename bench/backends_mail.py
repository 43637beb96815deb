"""IMAP and SMTP backends beside the bare client libraries doing the same calls."""

from __future__ import annotations

import base64
import smtplib
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from statistics import median

from imapclient import IMAPClient

from bench.rows import Row
from bot.adapters.mailbox import imap
from bot.adapters.outgoing import smtp
from bot.adapters.tls import context
from bot.ports.outgoing import Parcel
from tests.posting import a_mail
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.smtpsink import Sink, smtp_sink
from tests.servers.token_stub import SECRET, Issuer, token_stub

COUNT = 200
ROUNDS = 3
_FILE = b"%PDF-1.7\n" + bytes(range(256)) * 140  # some 36 kB, 49 as base64


def measure() -> list[Row]:
    raw = [a_mail(n, ("b.pdf", _FILE)) for n in range(COUNT)]
    note = f"{COUNT} mails of {len(raw[0]) // 1000} kB: list, fetch, move; median of {ROUNDS}"
    with dovecot() as server, token_stub(server.ca, server.signer) as issuer, smtp_sink() as sink:
        runs = []
        for turn in range(ROUNDS):
            for user in ("ours", "token", "bare"):
                for mail in raw:
                    server.append(f"{user}{turn}", mail)
            runs.append(
                (
                    _rate(partial(_ours, server, f"ours{turn}", None)),
                    _rate(partial(_bare, server, f"bare{turn}")),
                    _rate(partial(_ours, server, f"token{turn}", issuer)),
                )
            )
        ours, bare, token = (median(rates) for rates in zip(*runs, strict=True))
        parcels = [
            Parcel("ek@a.example", ("anna@a.example",), f"<{n}@a.example>", mail)
            for n, mail in enumerate(raw)
        ]
        sent = _rate(partial(_sent, sink, parcels))
        bare_sent = _rate(partial(_bare_sent, sink, parcels))
    return [
        Row("IMAP mailbox beside imapclient", ours, bare, "mails/s", note),
        Row("IMAP by token beside imapclient", token, bare, "mails/s", f"{note}; one token"),
        Row("SMTP beside smtplib", sent, bare_sent, "letters/s", f"{COUNT}, one connection"),
    ]


def _rate(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return COUNT / (time.perf_counter() - begun)


def _ours(server: Dovecot, user: str, issuer: Issuer | None) -> None:
    fields: dict[str, object] = {"password": PASSWORD}
    if issuer is not None:
        fields = {
            "authority": f"{issuer.url}/tenant", "client_id": user, "client_secret": SECRET,
            "authority_ca_file": issuer.ca_file,
        }  # fmt: skip
    settings = imap.Settings.model_validate(
        {
            "kind": "imap", "host": "localhost", "port": server.tls_port, "username": user,
            "ca_file": server.ca.ca_file,
        }
        | fields
    )  # fmt: skip
    with closing(imap.Imap(settings, {})) as mailbox:
        refs = mailbox.arrived()
        if len(list(mailbox.fetch(refs))) != COUNT or mailbox.file(refs, "Klart"):
            raise RuntimeError("not all mails were had")


def _bare(server: Dovecot, user: str) -> None:
    with IMAPClient("localhost", server.tls_port, ssl_context=context(server.ca.ca_file)) as client:
        client.plain_login(user, PASSWORD)
        client.select_folder("INBOX")
        found = client.search("ALL")
        for start in range(0, len(found), 25):
            client.fetch(found[start : start + 25], ["BODY.PEEK[]"])
        client.create_folder("Klart")
        client.move(found, "Klart")


def _sent(sink: Sink, parcels: list[Parcel]) -> None:
    settings = smtp.Settings.model_validate(
        {
            "kind": "smtp", "host": "localhost", "port": sink.port, "username": "ek",
            "password": PASSWORD, "ca_file": sink.ca_file,
        }
    )  # fmt: skip
    with closing(smtp.Smtp(settings, {})) as way:
        for parcel in parcels:
            way.send(parcel)


def _bare_sent(sink: Sink, parcels: list[Parcel]) -> None:
    with smtplib.SMTP("localhost", sink.port) as client:
        client.starttls(context=context(sink.ca_file))
        client.ehlo()
        plain = base64.b64encode(f"\0ek\0{PASSWORD}".encode()).decode()
        client.docmd("AUTH", f"PLAIN {plain}")
        for parcel in parcels:
            client.sendmail(parcel.sender, parcel.recipients, parcel.raw)
