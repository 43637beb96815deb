"""A clerk's day by mail alone: thirty mails in over IMAP, everything closed by answering."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest

from tests import clerk_day
from tests.clerk_day import ACTS, EVA, LETTERS, MAILS, NOEL, Act, Letters, Mail
from tests.desk import ekbot
from tests.e2e.office import Office
from tests.e2e.review_clients import Came, reply
from tests.e2e.servers import on_servers
from tests.posting import a_mail
from tests.servers.dovecot import Dovecot
from tests.servers.smtpsink import Sink

USER = "mejldagen"
_ROW = re.compile(r"^(?P<handle>K-\d+)  (?P<title>.+)$", re.MULTILINE)
_TUESDAY, _LAST = date(2026, 11, 24), date(2026, 12, 4)
_FIELDS = {"title": "titel", "surname": "efternamn", "mail": "e-post"}
_CARD = {"ordered": "beställt", "blocked": "spärrat", "returned": "återlämnat"}
_STYLES = ("gmail", "outlook", "html", "between")


@dataclass
class Inbox:
    """The office seen from outside: mails go in, letters come out."""

    office: Office
    server: Dovecot
    sink: Sink
    refused: list[str] = field(default_factory=list)

    def letters(self) -> Letters:
        return Letters([x.raw for x in self.sink.letters])

    def works(self, now: str) -> None:
        code, out, err = ekbot(self.office, "once", "--now", now)
        assert code == 0, (out, err)

    def comes(self, raw: bytes, *, machine: bool = False) -> None:
        sender = parseaddr(str(message_from_bytes(raw, policy=policy.default)["From"]))[1]
        self.server.deliver(USER, raw, "" if machine else sender)

    def looks(self, what: str) -> list[dict[str, Any]]:
        """Return a list of the program's, to compare with; the clerk never sees it."""
        return list(json.loads(ekbot(self.office, "list", what, "--json")[1]))


def _mails() -> list[Mail]:
    """Return the thirty mails, what needs a clerk's work first a day later.

    A protected person is never named in a mail, so that case can't be closed by one: another mail
    that a person must read comes in its place.
    """
    asks = Mail("d14-fraga", MAILS[13].at, "with_staff", lambda _l, key, at: a_mail(
        key, sender=NOEL, subject="Undrar", text="Hur gör vi med vikarierna i sommar?",
        sent=datetime.fromisoformat(at)))  # fmt: skip
    mails = [asks if m.key == "d14-skyddad" else m for m in MAILS]
    return [replace(m, at=m.at.replace("-23T13", "-24T13")) for m in mails]


def said(act: Act) -> str:
    """Return what a clerk writes behind the handle for what is done at the terminal."""
    words = act.words
    match words[:2]:
        case ("case", "done"):
            return "klar"
        case ("case", "reject"):
            return f"avslå {words[-1].rstrip('.')}"
        case ("case", "correct"):
            pairs = [w.partition("=") for w in words if "=" in w]
            return ", ".join(f"{_FIELDS[key]} {value}" for key, _, value in pairs)
        case ("card", "handout"):
            return f"utlämnat {words[words.index('--number') + 1]} körkort"
        case ("card", "activated"):
            return f"aktiverat {words[words.index('--number') + 1]}"
        case (_, verb):
            return _CARD[verb]
    raise AssertionError(words)


_OF_KIND: Mapping[str, Callable[[str], bool]] = {
    "loss": lambda t: "Spärra" in t or "örlorat" in t,
    "deregister": lambda t: "vregistrera" in t,
    "card_return": lambda t: "tillbaka" in t or "åter" in t.casefold(),
    "card_check": lambda t: "tillbaka" in t,
}


def commands(digest: Came, acts: list[Act]) -> dict[str, str]:
    """Return what the clerk writes under each row of the digest; what is used leaves *acts*."""
    found = {}
    for row in _ROW.finditer(digest.text):
        title = row["title"]
        for act in acts:
            fits = _OF_KIND.get(act.kind, lambda _t: True)(title)
            early = act.at[:10] > str(digest.mail["Date"].datetime.date())
            if act.who in title and fits and not early:
                found[row["handle"]] = said(act)
                acts.remove(act)
                break
    return found


def answer(digest: Came, under: Mapping[str, str], now: str, style: str) -> bytes:
    """Return the clerk's reply: under the quoted rows, or line by line above the quotation."""
    sent, number = datetime.fromisoformat(now), f"svar-{now[:10]}"
    if style != "between":
        text = "Hej!\n\n" + "\n".join(f"{h} {said}" for h, said in under.items())
        return reply(digest, text, sender=EVA, name="Eva Ek", sent=sent, style=style, number=number)
    lines = []
    for line in digest.text.splitlines():
        lines.append(f"> {line}")
        handle = _ROW.match(line)
        if handle is not None and handle["handle"] in under:
            lines += ["", under[handle["handle"]], ""]
    return a_mail(
        number, sender=EVA, subject=f"SV: {digest.mail['Subject']}", sent=sent,
        text="Den skrev Lokala EK:\n\n" + "\n".join(lines) + "\n",
        headers=[("In-Reply-To", str(digest.mail["Message-ID"]))],
    )  # fmt: skip


def _days() -> Iterable[str]:
    day = _TUESDAY
    while day <= _LAST:
        if day.weekday() < 5:
            yield day.isoformat()
        day += timedelta(days=1)


@pytest.mark.server
def test_a_clerk_closes_thirty_mails_by_answering_the_digest(
    tmp_path: Path, dovecot_server: Dovecot, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = on_servers(tmp_path, dovecot_server, sink, USER)
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)
    for words in clerk_day.before(tmp_path / "people.csv", tmp_path / "cards.csv"):
        assert ekbot(office, *words)[0] == 0
    inbox, acts, mails = Inbox(office, dovecot_server, sink), list(ACTS), _mails()
    acts = [replace(a, who="Mejl att läsa (M-14)") if "särskild" in a.who else a for a in acts]
    for clock in ("08:00", "09:00", "10:00"):
        _play(inbox, mails, f"2026-11-23T{clock}:00+01:00")
    for turn, day in enumerate(_days()):
        inbox.works(f"{day}T07:35:00+01:00")
        digest = inbox.letters().last("digest", EVA)
        assert digest.mail["Date"].datetime.date().isoformat() == day
        under = commands(digest, acts)
        if under:
            now = f"{day}T08:00:00+01:00"
            inbox.comes(answer(digest, under, now, _STYLES[turn % len(_STYLES)]))
            inbox.works(now)
            _receipted(inbox, under)
        _play(inbox, mails, f"{day}T13:00:00+01:00")

    assert acts == []
    assert [c for c in inbox.looks("cases") if c["status"] != "done"] == []
    _every_mail_ended_once(inbox, mails)
    _the_letters_are_right(inbox)


def _play(inbox: Inbox, mails: list[Mail], now: str) -> None:
    left = inbox.letters()
    for mail in (m for m in mails if m.at == now):
        inbox.comes(mail.raw(left), machine=mail.machine)
    inbox.works(now)


def _receipted(inbox: Inbox, under: Mapping[str, str]) -> None:
    """The newest receipt says that every row was done."""
    echo = inbox.letters().last("staff_echo", EVA)
    text = "\n".join(echo.text.splitlines())
    done = text.partition("\nGjort\n")[2].partition("\nBlev något fel?")[0]
    assert "Inte gjort" not in text, text
    assert {m["handle"] for m in _ROW.finditer(done)} == set(under), (under, text)


def _every_mail_ended_once(inbox: Inbox, mails: list[Mail]) -> None:
    listed = {m["message_id"].strip("<").partition("@")[0]: m for m in inbox.looks("mails")}
    assert {m.key: m.outcome for m in mails}.items() <= {
        k: m["outcome"] for k, m in listed.items()
    }.items()
    assert inbox.server.contents(USER, "INBOX") == []


def _the_letters_are_right(inbox: Inbox) -> None:
    went = Counter(
        (x.kind, min(x.readers)) for x in inbox.letters().all()
        if x.kind not in ("digest", "review_reminder", "staff_echo")
    )  # fmt: skip
    owed = Counter(LETTERS)
    owed[("handed_over", NOEL)] += 1  # the question in place of the protected person's form
    owed[("handed_over", clerk_day.GORAN)] -= 1
    owed[("reserve_reminder", clerk_day.ANNIKA.mail)] += 1  # her card is noted a day later here
    assert went - owed == Counter(), "came without being owed"
    assert owed - went == Counter(), "never came"
