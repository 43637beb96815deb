"""A short review of three managers from its start to its report, on any office. No test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_cast import Casting, Chief
from tests.e2e.review_clients import Came, came, reply, signed
from tests.swedish_days import instant

SENT = date(2027, 2, 22)
NOON = time(12)


def cast() -> dict[str, Chief]:
    """Return who plays: one answers, one is silent, one changes his mind."""
    make = Casting()
    return {
        "leaver": make.chief("leaver", 3, tags=("card", "soon")),
        "silent": make.chief("silent", 2),
        "mind": make.chief("mind", 2),
    }


@dataclass
class Life:
    """An office, who plays, and the mails that were written so far."""

    office: Office
    cast: dict[str, Chief] = field(default_factory=cast)
    _count: int = 0

    def settle(self) -> None:
        """Fill the registers, start the review by hand and let its letters go."""
        self.register(SENT)
        self.ekbot("review", "start", "--yes", "--now", instant(SENT, time(7)))

    def register(self, day: date) -> None:
        """Fill the registers of managers and persons, and lend a card, early on *day*."""
        here = self.office.here
        head = (here / "managers.csv").read_text("utf-8").splitlines()[0]
        lines = [head, *(row for c in self.cast.values() for row in c.rows())]
        (here / "managers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        everybody = [p.row() for c in self.cast.values() for p in c.people]
        code, _, err = bring(self.office, *everybody, now=instant(day, time(6)))
        assert code == 0, err
        person = self.cast["leaver"].of("card").person_id
        (here / "cards.csv").write_text(
            "kind,number,person_id,status,loa,reasons,handed_out,due\n"
            f"reserve,72000001,{person},handed_out,3,lost_card,2027-01-25,2027-04-23\n",
            encoding="utf-8",
        )
        self.ekbot("import", "cards", str(here / "cards.csv"), "--yes",
                   "--now", instant(day, time(6, 30)))  # fmt: skip

    def ekbot(self, *words: str) -> str:
        code, out, err = ekbot(self.office, *words)
        assert code == 0, (words, err)
        return out

    def letters(self) -> Iterator[Came]:
        """Yield each letter that left, once, in its order."""
        found = {}
        for raw in self.office.letters():
            mail = message_from_bytes(raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            readers = [a.strip() for a in str(mail["To"]).split(",")]
            found[str(mail["Message-ID"])] = came(raw, readers)
        yield from sorted(found.values(), key=lambda x: int(x.mail["X-EKbot-Letter"][2:]))

    def last(self, key: str, *kinds: str) -> Came:
        mail = self.cast[key].mail
        return [x for x in self.letters() if mail in x.readers and x.kind in kinds][-1]

    def say(self, key: str, day: date, words: str, *kinds: str, sign: bool = False) -> None:
        """Answer the last letter of some kind; with the forms that it brought, signed."""
        letter = self.last(key, *(kinds or ("review", "review_reminder")))
        chief = self.cast[key]
        for tag in ("card", "soon"):
            if f"{{{tag}}}" in words:
                row = next(n for n, who in letter.rows.items() if who == chief.of(tag).name)
                words = words.replace(f"{{{tag}}}", str(row))
        files = {k: signed(v, day) for k, v in letter.files().items()} if sign else {}
        self._count += 1
        raw = reply(
            letter, words, sender=chief.mail, name=chief.name,
            sent=datetime.fromisoformat(instant(day, NOON)), style="gmail",
            number=f"svar{self._count}", files=files,
        )  # fmt: skip
        self.office.deliver(f"svar{self._count}", raw)

    def turn(self, day: date, clock: time = time(13), **ports: Any) -> None:
        turn(self.office, instant(day, clock), **ports)

    def world(self) -> dict[str, Any]:
        """Return all that an operator sees; what differs from run to run by nature is left out."""
        found: dict[str, Any] = {
            what: rows(self.office, what)
            for what in ("persons", "cards", "cases", "mails", "letters", "reviews")
        }
        for mail in found["mails"]:
            mail.pop("received", None)
        found["status"] = json.loads(self.ekbot("review", "status", "--json"))
        return found


def live(life: Life) -> None:
    """Live through the review: answers, a reminder, ÅNGRA, a form, the next level, the end."""
    life.settle()
    life.turn(SENT)
    life.say("leaver", date(2027, 2, 23), "Nr {card} slutade 2027-02-19. Övriga är kvar.")
    life.say("mind", date(2027, 2, 23), "Nr 1 slutade 2027-02-19. Övriga är kvar.")
    life.turn(date(2027, 2, 23))
    life.say("mind", date(2027, 2, 24), "ÅNGRA", "review_echo")
    life.say("leaver", date(2027, 2, 24), "Här är den.", "cancellation_form", sign=True)
    life.turn(date(2027, 2, 24))
    life.turn(date(2027, 3, 1))
    life.say("mind", date(2027, 3, 2), "Alla är kvar.")
    for day in (date(2027, 3, 2), date(2027, 3, 8), date(2027, 3, 15), date(2027, 4, 1)):
        life.turn(day)
