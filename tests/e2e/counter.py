"""The office's counter and inbox for cards: people, verbs and mails in one line each. No test."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.builders import ANNA, BO
from tests.desk import bring, ekbot, rows, turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

ANNA_MAIL, BO_MAIL = "anna.oberg@jarfalla.example", "bo.ek@jarfalla.example"
NUMBER, OTHER = "9752279900001111", "9752279900002222"


@dataclass
class Counter:
    """An office with Anna Öberg and Bo Ek on one unit; days are written as 2026-11-23."""

    here: Path
    office: Office = field(init=False)
    unit_id: str = field(init=False)
    manager: str = field(init=False)
    mails: int = 0

    def __post_init__(self) -> None:
        self.office = Office(self.here)
        with (self.here / "managers.csv").open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file))
        self.unit_id, self.manager = row["unit_id"], row["mail"]

    def people(self, now: str = "2026-11-02", anna: str = ANNA_MAIL, protected: str = "") -> None:
        """Bring in Anna and Bo, employed until June 2028."""
        code, _, err = bring(
            self.office,
            f"{ANNA},Anna,,Öberg,Undersköterska,{self.unit_id},{anna},,2026-01-01,2028-06-01,,"
            f"{protected}",
            f"{BO},Bo,,Ek,Undersköterska,{self.unit_id},{BO_MAIL},,2026-01-01,2028-06-01,,",
            now=now,
        )
        assert code == 0, err

    def card(self, *words: str, now: str, code: int = 0) -> dict[str, Any]:
        """Run a card verb; return what it says as JSON (or {"error": …} when it refuses)."""
        done, out, err = ekbot(self.office, "card", *words, "--now", now, "--json")
        assert done == code, (done, out, err)
        return dict(json.loads(out)) if done == 0 else {"error": err}

    def lend(self, now: str, *, who: str = ANNA, number: str = NUMBER, **more: str) -> str:
        """Lend a reserve card; return its handle."""
        words = ["handout", "--person", who, "--number", number, "--id-kind", "körkort"]
        for name, value in more.items():
            words += [f"--{name}", value]
        return str(self.card(*words, now=now)["id"])

    def mail(self, now: str, text: str, *files: tuple[str, bytes], **more: Any) -> dict[str, Any]:
        """Deliver a mail, run a turn; return the mail as ``list mails`` has it."""
        self.mails += 1
        moment = datetime.fromisoformat(f"{now}T09:00:00+01:00" if len(now) == 10 else now)
        raw = a_mail(f"m{self.mails}", *files, text=text, sent=moment, **more)
        self.office.deliver(f"m{self.mails}", raw)
        turn(self.office, now)
        return rows(self.office, "mails")[-1]

    def answer(self, kind: str, now: str, text: str, sender: str) -> dict[str, Any]:
        """Answer the newest letter of a kind."""
        message_id = self.letters(kind)[-1]["message_id"]
        headers = [("In-Reply-To", message_id), ("References", message_id)]
        return self.mail(now, text, sender=sender, subject="Sv: kort", headers=headers)

    def form(self, now: str, n: int = 0, action: str = "new", **fields: Any) -> dict[str, Any]:
        """Send in a filled form; fields replace those of the order."""
        plain = {"employed_from": None, "effective_from": None, "employed_to": None}
        order = {**an_order(n, action), **plain, **fields}
        return self.mail(now, "Hej! Här är blanketten.", ("b.pdf", fill_acroform(order)))

    def letters(self, kind: str) -> list[dict[str, Any]]:
        """Return the letters of a kind."""
        return [row for row in rows(self.office, "letters") if row["kind"] == kind]

    def cases(self, kind: str, status: str = "open") -> list[dict[str, Any]]:
        """Return the cases of a kind that have a status."""
        found = rows(self.office, "cases")
        return [row for row in found if row["kind"] == kind and row["status"] == status]

    def one(self, handle: str) -> dict[str, Any]:
        """Return a card."""
        return next(row for row in rows(self.office, "cards") if row["id"] == handle)

    def done(self, case: str, now: str, code: int = 0) -> str:
        """Finish a case; return what was said."""
        found, out, err = ekbot(self.office, "case", "done", case, "--now", now)
        assert found == code, (out, err)
        return out + err

    def refuse(self, case: str, now: str, why: str = "stämmer inte", code: int = 0) -> str:
        """Refuse a case; return what was said."""
        found, out, err = ekbot(self.office, "case", "reject", case, "--why", why, "--now", now)
        assert found == code, (out, err)
        return out + err

    def turns(self, *days: str) -> None:
        """Run a turn at 09:00 on each day, or at the instants."""
        for day in days:
            turn(self.office, day)

    def rungs(self, handle: str) -> list[tuple[str, str]]:
        """Return a card's rungs with their days."""
        return [(r["rung"], r["on"]) for r in self.one(handle)["rungs"]]
