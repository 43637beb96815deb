"""A clerk's day by the terminal alone: thirty mails in over IMAP, everything closed with verbs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest

from tests import clerk_day
from tests.clerk_day import LETTERS, MAILS, PEOPLE, Act, Letters
from tests.desk import ekbot
from tests.e2e.office import Office
from tests.e2e.servers import on_servers
from tests.filled import an_order
from tests.servers.dovecot import Dovecot
from tests.servers.smtpsink import Sink

USER = "dagen"


@dataclass
class Clerk:
    """The clerk at the terminal: types verbs, reads what they say, keeps it all."""

    office: Office
    screen: list[str] = field(default_factory=list)

    def types(self, *words: str) -> str:
        code, out, err = ekbot(self.office, *words)
        self.screen += [out, err]
        assert code == 0, (words, out, err)
        return out

    def table(self, *words: str) -> list[dict[str, Any]]:
        return list(json.loads(self.types("list", *words, "--json")))

    def does(self, act: Act) -> None:
        """Find the case in the queue, look at it, and do what it asks for."""
        fits = [
            c for c in self.table("cases", "--open", "--kind", act.kind) if act.who in c["title"]
        ]
        assert len(fits) == 1, "\n".join(
            str((c["title"], c["why"], c["rule"], c["mail"])) for c in fits
        )
        handle = fits[0]["id"]
        assert handle in self.types("case", "show", handle)
        self.types(*(w.replace("{case}", handle) for w in act.words), "--now", act.at)


@pytest.mark.server
def test_a_clerk_closes_thirty_mails_from_the_terminal(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = on_servers(tmp_path, dovecot_server, sink, USER)
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    clerk = Clerk(office)
    for words in clerk_day.before(tmp_path / "people.csv", tmp_path / "cards.csv"):
        clerk.types(*words)
    for instant in clerk_day.instants():
        left = Letters([x.raw for x in sink.letters])
        for mail in clerk_day.mails_at(instant):
            raw = mail.raw(left)
            dovecot_server.deliver(USER, raw, "" if mail.machine else _sender(raw))
        clerk.types("once", "--now", instant)
        for act in clerk_day.acts_at(instant):
            clerk.does(act)

    assert clerk.table("cases", "--open") == []
    _every_mail_ended_once(clerk, dovecot_server)
    _the_letters_are_right(sink)
    for handle in [c["id"] for c in clerk.table("cases")] + ["B-20", "C-1", "P-2", "M-4", "G-1"]:
        assert handle in clerk.types("why", handle)
    _nobody_protected_was_shown(clerk, sink)


def _every_mail_ended_once(clerk: Clerk, server: Dovecot) -> None:
    mails = clerk.table("mails")
    ended = {m["message_id"].strip("<").partition("@")[0]: m["outcome"] for m in mails}
    assert ended == {m.key: m.outcome for m in MAILS}
    assert len(mails) == len(MAILS) == 30
    filed = [raw for box in ("Klart", "Åtgärda") for raw in server.contents(USER, box)]
    assert server.contents(USER, "INBOX") == []
    assert Counter(_message_id(raw) for raw in filed) == Counter(m["message_id"] for m in mails)


def _sender(raw: bytes) -> str:
    return str(parseaddr(str(message_from_bytes(raw, policy=policy.default)["From"]))[1])


def _message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=policy.default)["Message-ID"])


def _the_letters_are_right(sink: Sink) -> None:
    ids = [_message_id(x.raw) for x in sink.letters]
    assert len(ids) == len(set(ids))
    went = Counter(
        (x.kind, min(x.readers))
        for x in Letters([x.raw for x in sink.letters]).all()
        if x.kind not in ("digest", "review_reminder")
    )
    assert went == Counter(LETTERS)
    whole = "\n".join(x.text for x in Letters([x.raw for x in sink.letters]).all())
    for person in PEOPLE:
        assert person.person_id not in whole
        assert f"{person.person_id[2:8]}-{person.person_id[8:]}" not in whole


def _nobody_protected_was_shown(clerk: Clerk, sink: Sink) -> None:
    order = an_order(11)
    whole = "\n".join([*clerk.screen, *(x.raw.decode("utf-8", "replace") for x in sink.letters)])
    for word in (order["person_id"], order["mail"]):
        assert word not in whole
