"""The office's program in this process, at a given instant, with ports put in its place. No test."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path
from typing import Any

from bot.adapters.crew.direct import DirectCrew
from bot.app.deliver import settle_doubts
from bot.app.services import Services
from bot.app.turn import Report, Turn
from bot.cli.running import call
from bot.domain.effects import SendLetter
from tests.e2e.office import Office
from tests.e2e.servers import opened

HEAD = (
    "person_id,given_name,middle_name,surname,title,unit_id,mail,phone,"
    "valid_from,valid_until,hsa_id,protected"
)


def moment(text: str) -> datetime:
    """Return an instant in winter time, 09:00 when only a day is given."""
    return datetime.fromisoformat(f"{text}T09:00:00+01:00" if len(text) == 10 else text)


@contextmanager
def at(office: Office, now: str, **ports: Any) -> Iterator[Services]:
    """Open the office's services at *now*; *ports* take the place of its own."""
    with opened(office, moment(now)) as services:
        yield replace(services, **({"crew": DirectCrew()} | ports))


def turn(office: Office, now: str, **ports: Any) -> Report:
    """Run one turn at *now*."""
    with at(office, now, **ports) as services:
        settle_doubts(services)
        return Turn(services).run()


def ekbot(office: Office | None, *words: str) -> tuple[int, str, str]:
    """Run a verb in this process; return exit code, stdout, stderr."""
    config = [] if office is None else ["--config", str(office.here / "ekbot.toml")]
    root, hook = logging.getLogger(), sys.excepthook
    handlers = root.handlers[:]
    out, err = StringIO(), StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = call([*config, *words])
    finally:
        root.handlers[:], sys.excepthook = handlers, hook
        logging.captureWarnings(capture=False)
    return code, out.getvalue(), err.getvalue()


def rows(office: Office, what: str) -> list[dict[str, Any]]:
    """Return what ``list --json`` shows."""
    code, out, err = ekbot(office, "list", what, "--json")
    assert code == 0, err
    return list(json.loads(out))


def letters(office: Office, now: str, kind: str) -> list[SendLetter]:
    """Return the letters of a kind in the memory, in order."""
    with at(office, now) as services, services.store.begin() as work:
        effects = [r.effect for r in work.outbox.list()]
    return [e for e in effects if isinstance(e, SendLetter) and e.letter.kind == kind]


def bring(office: Office, *people: str, now: str = "2026-11-20") -> tuple[int, str, str]:
    """Import *people*, rows of persons.csv."""
    path: Path = office.here / "persons.csv"
    path.write_text("\n".join((HEAD, *people)) + "\n", encoding="utf-8")
    return ekbot(office, "import", "persons", str(path), "--yes", "--now", now)


def mails_out(office: Office) -> list[str]:
    """Return each letter that went as header and readable text."""
    found = []
    for raw in office.letters():
        mail = message_from_bytes(raw, policy=policy.default)
        parts = [p.get_content() for p in mail.walk() if p.get_content_maintype() == "text"]
        found.append("\n".join([*(f"{k}: {v}" for k, v in mail.items()), *parts]))
    return found
