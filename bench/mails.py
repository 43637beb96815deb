"""Mails a second from IMAP to answer, beside the raw fetch and send of the same bytes."""

from __future__ import annotations

import base64
import smtplib
import tempfile
import time
from pathlib import Path

from imapclient import IMAPClient

from bench.rows import Row
from bot.adapters.tls import context
from bot.app.turn import Turn
from bot.domain.backoff import delay
from parsers.reading import Settings
from tests.e2e.office import Office
from tests.e2e.servers import on_servers, opened
from tests.filled import an_order, fill_acroform
from tests.posting import NOW, a_mail
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.smtpsink import Sink, smtp_sink

COUNT = 150


def measure() -> list[Row]:
    raw = [a_mail(n, ("beställning.pdf", fill_acroform(an_order(n)))) for n in range(COUNT)]
    with dovecot() as server, smtp_sink() as sink, tempfile.TemporaryDirectory() as folder:
        for mail in raw:
            server.append("bank", mail)
        office = on_servers(Path(folder), server, sink, "bank")
        ours = _ours(office, sink)
        letters = [letter.raw for letter in sink.letters]
        for mail in raw:
            server.append("raw", mail)
        limit = _raw(server, sink, letters)
        arrival = _arrival(office, server, sink)
    note = f"{COUNT} AcroForm orders of {len(raw[0]) // 1000} kB; {len(letters)} letters"
    return [
        Row("IMAP to answer beside raw fetch + send", ours, limit, "mails/s", note),
        Row("arrival to answer, daemon idling", arrival, None, "s", "APPEND to SMTP; median of 3"),
    ]


def _ours(office: Office, sink: Sink) -> float:
    with opened(office, NOW) as services:
        warm = Settings(today=NOW.date(), form_paths=services.facts.form_paths)
        services.crew.read_file("warm.pdf", fill_acroform(an_order(0)), warm)
        begun = time.perf_counter()
        Turn(services).run()
        taken = time.perf_counter() - begun
    if len(sink.letters) < COUNT:
        raise RuntimeError(f"{len(sink.letters)} letters for {COUNT} mails")
    return COUNT / taken


def _raw(server: Dovecot, sink: Sink, letters: list[bytes]) -> float:
    begun = time.perf_counter()
    with IMAPClient("localhost", server.tls_port, ssl_context=context(server.ca.ca_file)) as client:
        client.plain_login("raw", PASSWORD)
        client.select_folder("INBOX")
        found = client.search("ALL")
        for start in range(0, len(found), 25):
            client.fetch(found[start : start + 25], ["BODY.PEEK[]"])
    with smtplib.SMTP("localhost", sink.port) as smtp:
        smtp.starttls(context=context(sink.ca_file))
        plain = base64.b64encode(f"\0ek\0{PASSWORD}".encode()).decode()
        smtp.ehlo()
        smtp.docmd("AUTH", f"PLAIN {plain}")
        for letter in letters:
            smtp.sendmail("ek@jarfalla.example", ["a@jarfalla.example"], letter)
    return len(found) / (time.perf_counter() - begun)


def _arrival(office: Office, server: Dovecot, sink: Sink) -> float:
    process = office.start("--now", NOW.isoformat())
    taken = []
    try:
        time.sleep(4)
        for n in range(3):
            before = len(sink.letters)
            mail = a_mail(f"arrival-{n}", ("b.pdf", fill_acroform(an_order(COUNT + n))))
            begun = time.perf_counter()
            server.append("bank", mail)
            while len(sink.letters) == before:
                time.sleep(0.01)
            taken.append(time.perf_counter() - begun)
            time.sleep(delay(1, 0))
    finally:
        process.terminate()
        process.wait(20)
    return sorted(taken)[1]
