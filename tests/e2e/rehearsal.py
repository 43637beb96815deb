"""Nine months at an office in one go: loans, staff at the counter, replies, an outage. No test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.desk import HEAD, at, ekbot, rows, turn
from tests.e2e.loan_count import LONE_MANAGER, NEW_MANAGER, SINCE, SUPERIOR, manager_of, unit_of
from tests.e2e.loans import Loan, Rehearsal, Step
from tests.e2e.office import Office
from tests.fakes.documents import FakeDocuments
from tests.filled import an_order, fill_acroform, managers
from tests.posting import OFFICE, a_mail
from tests.swedish_days import ONE, instant

_MINUTE = timedelta(minutes=1)
_LEAD = timedelta(20)  # an ordinary card is ordered so long before it is activated
_EDGES = (time(7, 0), time(17, 59), time(7, 1), time(12, 0))
_LATE = time(18, 10)  # when no reminder goes any more
_EARLY = (time(0, 0), time(3, 30), time(6, 59))
_EVENING = (time(18, 30), time(23, 59), time(21, 5))


@dataclass
class Show:
    """An office and the loans that it lends; what was seen after each round."""

    play: Rehearsal
    office: Office
    seen: dict[date, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def order(self, loan: Loan, **changes: Any) -> dict[str, Any]:
        """Return an order of the holder's manager: who the holder is stands in it."""
        unit = unit_of(self.play, loan)
        known = {row["unit_id"]: row["mail"] for row in managers()}
        asked = {"mail": known.get(unit, managers()[0]["mail"])}
        return an_order(self.play.loans.index(loan), changes.pop("action", "change"),
                        manager=asked["mail"], **changes)  # fmt: skip

    def number(self, loan: Loan) -> str:
        """Return the number of the card."""
        return f"7100{self.play.loans.index(loan):04d}"

    def holder(self, loan: Loan) -> str:
        """Return the holder's mail address, "" for none."""
        return str(self.order(loan)["mail"]) if loan.mail else ""

    def row(self, loan: Loan, until: date) -> str:
        """Return the holder as a row of persons.csv."""
        known = self.order(loan)
        return ",".join((
            known["person_id"], known["given_name"], "", known["surname"], "Undersköterska",
            unit_of(self.play, loan), self.holder(loan), known["phone"], "2025-01-01",
            until.isoformat(), "", "ja" if loan.protected else "nej",
        ))  # fmt: skip

    def loan_of(self, text: str) -> Loan | None:
        """Return the loan whose card's number stands in *text*."""
        named = [x for x in self.play.loans if f"7100 {self.number(x)[4:]}" in text]
        assert len(named) <= 1, text
        return named[0] if named else None

    def sent(self) -> Iterator[tuple[EmailMessage, str]]:
        """Yield each letter that left, in order, with its words."""
        found = []
        for raw in self.office.letters():
            mail = message_from_bytes(raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            body = mail.get_body(("plain",))
            assert body is not None
            found.append((int(mail["X-EKbot-Letter"][2:]), mail, str(body.get_content())))
        for _, mail, text in sorted(found, key=lambda one: one[0]):
            yield mail, text


def prepared(play: Rehearsal, here: Path) -> Show:
    """Return an office that knows its closed days, its managers and everybody who will borrow."""
    office = Office(here)
    config = here / "ekbot.toml"
    closed = ", ".join(day.isoformat() for day in sorted(play.own))
    text = config.read_text("utf-8").replace(
        "[mailbox]", f"closed_days = [{closed}]\n\n[mailbox]", 1
    )
    config.write_text(text, encoding="utf-8")
    _more_managers(here / "managers.csv")
    show = Show(play, office)
    people = "\n".join((HEAD, *(show.row(x, x.employed) for x in play.loans)))
    (here / "persons.csv").write_text(people, encoding="utf-8")
    code, _, err = ekbot(office, "import", "persons", str(here / "persons.csv"), "--yes", "--now",
                         instant(play.first, time(0, 1)))  # fmt: skip
    assert code == 0, err
    return show


def _more_managers(path: Path) -> None:
    """Give one unit a new manager from a day on, and another a manager with none above."""
    text = path.read_text("utf-8").rstrip("\n")
    old = next(line for line in text.splitlines() if ",V112," in line)
    gone = old.replace("2024-01-01,,", f"2024-01-01,{SINCE - ONE},", 1)
    unit = old.split(",V112,")[1].partition(",2024-01-01")[0]
    lines = (
        text.replace(old, gone),
        f"Ny Chef,{NEW_MANAGER},V112,{unit},{SINCE},,,,,{SUPERIOR}",
        f"Ensam Chef,{LONE_MANAGER},V113,Nattjouren,2024-01-01,,,,,",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(show: Show) -> None:
    """Live through the months: on every working day one round in hours, others at odd hours."""
    play, day = show.play, show.play.first
    with at(show.office, instant(day, time(0, 2))) as services:
        letters = services.letters  # writes the same words on every day: made ready once
    ports = {"letters": letters, "documents": FakeDocuments()}
    while day <= play.last:
        out = play.outage[0] <= day <= play.outage[1]
        hour, odd = _hour(day), day.toordinal() // 6 % 3
        if not out and day.toordinal() % 6 == 0:
            turn(show.office, instant(day, _EARLY[odd]), **ports)
        _happen(show, day, _shifted(hour, -_MINUTE), late=False)
        if not out:
            turn(show.office, instant(day, hour), **ports)
            if day.toordinal() % 2 or play.outage[1] < day <= play.outage[1] + 7 * ONE:
                show.seen[day] = _cards(show)
        _happen(show, day, _LATE, late=True)
        if not out and day.toordinal() % 6 == 3:
            turn(show.office, instant(day, _EVENING[odd]), **ports)
        day += ONE


def _hour(day: date) -> time:
    """Return when the day's round is: anywhere from 07:00 to 17:59, its edges too."""
    if day.toordinal() % 5 == 0:
        return _EDGES[day.toordinal() // 5 % 4]
    return _shifted(time(7, 0), _MINUTE * (day.toordinal() * 97 % 659))


def _shifted(hour: time, by: timedelta) -> time:
    return (datetime.combine(date.min + ONE, hour) + by).time()


def _cards(show: Show) -> dict[str, tuple[str, str]]:
    """Return status and last day of each reserve card, by its number."""
    found = rows(show.office, "cards")
    return {c["number"]: (c["status"], c["due"]) for c in found if c["kind"] == "reserve"}


def _happen(show: Show, day: date, hour: time, *, late: bool) -> None:
    now = instant(day, hour)
    for loan in show.play.loans:
        if loan.out == day and not late:
            _handed_out(show, loan, now)
        for step in loan.steps:
            if step.what == "activated" and not late:
                _ordered(show, loan, step, day, now)
            if step.day == day and step.late is late:
                _step(show, loan, step, now)


def _card(show: Show, verb: str, *words: str) -> None:
    code, _, err = ekbot(show.office, "card", verb, *words)
    assert code == 0, (verb, words, err)


def _handed_out(show: Show, loan: Loan, now: str) -> None:
    words = ["--until", loan.until.isoformat()] if loan.until else []
    _card(show, "handout", "--person", show.order(loan)["person_id"], "--number", show.number(loan),
          "--id-kind", "pass", "--reason", "lost_card", "--now", now, *words)  # fmt: skip


def _ordered(show: Show, loan: Loan, step: Step, day: date, now: str) -> None:
    """Have an ordinary card ordered by form, and at the region three days later."""
    if day == step.day - _LEAD:
        _form(show, loan, now, title=None, card_order=True, effective_from=None)
    if day == step.day - _LEAD + 3 * ONE:
        _card(show, "ordered", "--person", show.order(loan)["person_id"], "--now", now)


def _step(show: Show, loan: Loan, step: Step, now: str) -> None:
    number = show.number(loan)
    match step.what:
        case "returned" | "lost":
            _card(show, step.what, "--number", number, "--now", now)
        case "activated":
            person = show.order(loan)["person_id"]
            _card(show, "activated", "--person", person, "--number", f"8{number[1:]}", "--now", now)
        case "cancelled":
            assert step.last is not None
            _form(show, loan, now, action="cancel", last_day=step.last.isoformat())
        case "imported":
            assert step.last is not None
            _imported(show, loan, step.last, now)
        case "found" | "not_there":
            _looked(show, loan, there=step.what == "found", now=now)
        case _:
            _reply(show, loan, step, now)


def _form(show: Show, loan: Loan, now: str, **changes: Any) -> None:
    order = show.order(loan, signed_on=now[:10], **changes)
    name = f"{show.number(loan)}-{now[:10]}"
    raw = a_mail(name, ("blankett.pdf", fill_acroform(order)), sender=order["manager_mail"],
                 sent=datetime.fromisoformat(now))  # fmt: skip
    show.office.deliver(name, raw)


def _imported(show: Show, loan: Loan, last: date, now: str) -> None:
    path = show.office.here / "persons.csv"
    path.write_text("\n".join((HEAD, show.row(loan, last))), encoding="utf-8")
    code, _, err = ekbot(show.office, "import", "persons", str(path), "--yes", "--now", now)
    assert code == 0, err


def _looked(show: Show, loan: Loan, *, there: bool, now: str) -> None:
    number = show.number(loan)
    card = next(c["id"] for c in rows(show.office, "cards") if c["number"] == number)
    (case,) = (
        c["id"] for c in rows(show.office, "cases")
        if c["card"] == card and c["status"] == "open" and c["title"].startswith("Är kortet tillbaka")
    )  # fmt: skip
    words = ("done", case) if there else ("reject", case, "--why", "Kortet är inte här.")
    code, _, err = ekbot(show.office, "case", *words, "--now", now)
    assert code == 0, err


def _reply(show: Show, loan: Loan, step: Step, now: str) -> None:
    """Answer the last letter about the card that went to who writes, its words quoted below."""
    sender = (
        show.holder(loan)
        if step.who == "holder"
        else manager_of(unit_of(show.play, loan), step.day)
    )
    words = {
        "said_back": "Redan lämnat.", "agreed": "Ja", "refused": "Nej",
        "wishes": f"Förläng till {step.last}", "prolonged": f"Förläng till {step.last}",
    }[step.what]  # fmt: skip
    letter, text = [
        (mail, text) for mail, text in show.sent()
        if sender in str(mail["To"]) and show.loan_of(text) is loan
    ][-1]  # fmt: skip
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    name = f"svar-{show.number(loan)}-{step.day}"
    raw = a_mail(
        name, sender=sender, sent=datetime.fromisoformat(now), subject=f"SV: {letter['Subject']}",
        text=f"{words}\n\nDen {now[:10]} kl. {now[11:16]} skrev {OFFICE}:\n{quoted}",
        headers=(("In-Reply-To", str(letter["Message-ID"])),),
    )  # fmt: skip
    show.office.deliver(name, raw)
