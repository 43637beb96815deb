"""A campaign of the review lived through on real servers, scene by scene. No test."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import Any

from tests.desk import HEAD, ekbot, rows, turn
from tests.e2e.office import Office
from tests.e2e.review_cast import DOMAIN, TEMPORARY, Chief
from tests.e2e.review_clients import Came, came, machine, reply, returned, signed
from tests.e2e.review_count import Count, lists
from tests.e2e.review_scenes import SCENES, Act, Machine, Say
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail
from tests.servers.dovecot import Dovecot
from tests.servers.smtpsink import Sink
from tests.swedish_days import ONE, instant

USER = "granskning"
FIRST, LAST = date(2027, 2, 15), date(2027, 4, 2)
OUTAGE = (date(2027, 2, 26), date(2027, 3, 2))  # over the day of the first reminder
DOWN = (date(2027, 3, 8), time(6, 10))  # mailbox and way out are both away, on the second's day
ASKING = ("review", "review_reminder", "escalation")
REFUSED = f"chef.readdressed@{DOMAIN}"
BUSY = f"chef.busy@{DOMAIN}"
_HOURS = (time(0, 5), time(6, 10), time(7, 31), time(3, 30), time(11, 47))
_LATER = (time(17, 59), time(12, 0), time(23, 59), time(18, 10))


def rounds() -> list[tuple[date, time]]:
    """Return when ``once`` is run: twice a day at odd hours, not at all while the power is out."""
    found = []
    day = FIRST
    while day <= LAST:
        if not OUTAGE[0] <= day <= OUTAGE[1]:
            n = day.toordinal()
            found += [(day, DOWN[1] if day == DOWN[0] else _HOURS[n % 5]), (day, _LATER[n % 4])]
        day += ONE
    return found


def at(day: date, clock: time) -> datetime:
    return datetime.fromisoformat(instant(day, clock))


@dataclass
class Show:
    """An office on its servers, what it sent, whom it asked."""

    office: Office
    cast: dict[str, Chief]
    dovecot: Dovecot
    sink: Sink
    letters: list[Came] = field(default_factory=list)
    numbers: dict[str, dict[int, str]] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)  # scene → G-17
    seen: dict[date, dict[str, str]] = field(default_factory=dict)  # cards after each day's rounds
    hidden_from: int = 0  # how many letters had left when somebody became protected
    _serial: int = 0
    _rounds: int = 0

    def once(self, day: date, clock: time) -> None:
        """Run a round; some as an operator's command, with reading in a process of its own."""
        down = (day, clock) == DOWN
        now = instant(day, clock)
        self._rounds += 1
        with self._without_servers() if down else _nothing():
            if down or self._rounds % 8 == 0:
                self.office.once(now, code=3 if down else None if BUSY in self.sink.refuse else 0)
            else:
                turn(self.office, now)
        self._collect()
        self.seen[day] = {
            c["number"]: f"{c['status']} {c['due']}" for c in rows(self.office, "cards")
        }

    @contextmanager
    def _without_servers(self) -> Iterator[None]:
        self.dovecot.stop()
        self.sink.hang_up()
        self.sink.sender_answers[:] = ["421 4.3.2 Service shutting down"] * 999
        yield
        self.sink.sender_answers.clear()
        self.dovecot.start()

    def _collect(self) -> None:
        for taken in self.sink.letters[len(self.letters) :]:
            letter = came(taken.raw, taken.recipients)
            self.letters.append(letter)
            if letter.kind != "review":
                continue
            names = set(letter.rows.values())
            key = next(k for k, who in lists(self.cast).items() if names <= set(who))
            self.numbers.setdefault(key, letter.rows)
            self.handles[key] = str(letter.mail["Subject"]).rpartition("(")[2].rstrip(")")

    def of(self, key: str, kinds: tuple[str, ...], reader: str) -> Came:
        """Return the last letter of some kind that *reader* got about a review."""
        handle = self.handles[key]
        found = [
            x for x in self.letters if x.kind in kinds and reader in x.readers
            and (f"({handle})" in str(x.mail["Subject"]) or x.kind == "cancellation_form")
        ]  # fmt: skip
        assert found, (key, kinds, reader)
        return found[-1]

    def deliver(self, raw: bytes) -> None:
        """Deliver a mail with its sender on the envelope: an empty one speaks of a machine."""
        sender = parseaddr(str(message_from_bytes(raw, policy=policy.default)["From"]))[1]
        bounce = sender.startswith("MAILER-DAEMON")
        with smtplib.LMTP("127.0.0.1", self.dovecot.lmtp_port) as lmtp:
            lmtp.sendmail("" if bounce else sender, [f"{USER}@localhost"], raw)

    def number(self) -> str:
        self._serial += 1
        return f"svar-{self._serial}"


@contextmanager
def _nothing() -> Iterator[None]:
    yield


class Players:
    """Writes what the managers write, at the time at which they do."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self._mail = {k: c.mail for k, c in show.cast.items()} | {"top": f"kommundirektor@{DOMAIN}"}

    def play(self, scene: Say | Machine | Act) -> None:
        match scene:
            case Say():
                self._say(scene)
            case Machine():
                self._machine(scene)
            case Act():
                self._act(scene)

    def _fields(self, key: str) -> dict[str, Any]:
        show, found = self.show, {}
        for n, name in show.numbers[key].items():
            found[f"p{n}"] = name
        count = Count(show.cast, {key: show.numbers[key]}, {})
        review = count.reviews[key]
        chief = show.cast.get(key)
        plain = len([p for p in chief.people if not p.tag]) if chief else 0
        for n in range(1, plain + 1):
            if key not in ("several", "brake"):
                found[f"o{n}"] = count.row(review, f"o{n}")
        for person in chief.people if chief else ():
            if person.tag and person.name in show.numbers[key].values():
                found[person.tag] = count.row(review, person.tag)
                found[f"{person.tag}_name"] = person.name
        return found | {f"unit_{k}": c.units[0][1] for k, c in show.cast.items()}

    def _say(self, say: Say) -> None:
        show, mail = self.show, self._mail[say.chief]
        chief = show.cast.get(say.chief)
        above = chief.superior if chief else ""
        sender = above if say.sender == "superior" else say.sender or mail
        own = sender if not sender.endswith("exempel.example") else mail
        letter = show.of(say.chief, (say.to,) if say.to else ASKING, own)
        words = say.words
        if isinstance(words, str):
            words = words.format(**self._fields(say.chief))
        files = {}
        if say.signs:
            papers = letter.files()
            fields = Count(show.cast, {say.chief: show.numbers[say.chief]}, {})
            for key in say.signs:
                number = fields.row(fields.reviews[say.chief], key)
                name = f"avbestallning-{show.handles[say.chief]}-{number}.pdf"
                files[name] = signed(papers[name], say.on)
        name = next((c.name for c in show.cast.values() if c.mail == sender), "Nils Flinck")
        show.deliver(reply(
            letter, words, sender=sender, name=name, sent=at(say.on, say.at), style=say.style,
            number=show.number(), verdict=say.verdict, files=files,
        ))  # fmt: skip

    def _machine(self, scene: Machine) -> None:
        show, mail = self.show, self._mail[scene.chief]
        letter = show.of(scene.chief, ASKING, mail)
        sent = at(scene.on, scene.at)
        if scene.subject:
            raw = machine(letter, scene.words, sender=mail, subject=scene.subject, sent=sent,
                          number=show.number())  # fmt: skip
        else:
            raw = returned(letter, to=mail, sent=sent, number=show.number())
        show.deliver(raw)

    def _act(self, act: Act) -> None:
        show, now = self.show, instant(act.on, act.at)
        chief = show.cast[act.chief]
        match act.what:
            case "readdress":
                handle = show.handles.get(act.chief) or self._handle(chief)
                self._ekbot("review", "readdress", handle, "--to", act.to, "--now", now)
                self._mail[act.chief] = act.to
            case "unbrake":
                (case,) = (c for c in rows(show.office, "cases")
                           if c["kind"] == "brake" and c["status"] == "open")  # fmt: skip
                self._ekbot("case", "done", case["id"], "--now", now)
                show._collect()
            case "form":
                order = hiring(chief, chief.of("ended"), "cancel", signed_on=act.on.isoformat(),
                               last_day=(act.on - timedelta(1)).isoformat())  # fmt: skip
                show.deliver(a_mail(show.number(), ("b.pdf", fill_acroform(order)),
                                    sender=chief.mail, sent=at(act.on, act.at)))  # fmt: skip
            case "hire":
                order = hiring(chief, TEMPORARY, "new", signed_on=act.on.isoformat(),
                               effective_from="2027-02-16", employment="fixed_term",
                               employed_from="2027-02-16", employed_to="2027-04-15",
                               card_order=None)  # fmt: skip
                show.deliver(a_mail(show.number(), ("b.pdf", fill_acroform(order)),
                                    sender=chief.mail, sent=at(act.on, act.at)))  # fmt: skip
            case "hide":
                bring(show, [chief.of("later").row(protected="ja")], now)
                show.hidden_from = len(show.letters)

    def _handle(self, chief: Chief) -> str:
        found = rows(self.show.office, "reviews")
        return next(str(r["id"]) for r in found if r["manager_mail"] == chief.mail)

    def _ekbot(self, *words: str) -> None:
        code, _, err = ekbot(self.show.office, *words)
        assert code == 0, (words, err)


def hiring(chief: Chief, person: Any, action: str, **changes: Any) -> dict[str, Any]:
    """Return the values of a form about *person*, by the manager."""
    who = {"person_id": person.person_id, "given_name": person.given, "surname": person.surname,
           "unit": chief.units[0][1], "manager_name": chief.name, "manager_mail": chief.mail}  # fmt: skip
    if action != "cancel":
        who["mail"] = person.mail
    return an_order(0, action, **(who | changes))


def bring(show: Show, people: list[str], now: str) -> None:
    path = show.office.here / "persons.csv"
    path.write_text("\n".join((HEAD, *people)) + "\n", encoding="utf-8")
    code, _, err = ekbot(show.office, "import", "persons", str(path), "--yes", "--now", now)
    assert code == 0, err


def settle(show: Show) -> None:
    """Fill the register of managers, bring everybody in, lend the cards."""
    cast, here = show.cast, show.office.here
    head = (here / "managers.csv").read_text("utf-8").splitlines()[0]
    lines = [head, *(row for c in cast.values() for row in c.rows())]
    (here / "managers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    now = instant(FIRST, time(0, 1))
    bring(show, [p.row() for c in cast.values() for p in c.people], now)
    cards = ["kind,number,person_id,status,loa,reasons,handed_out,due"]
    for n, person in enumerate(p for c in cast.values() for p in c.people if "card" in p.tag):
        cards.append(
            f"reserve,7200{n:04d},{person.person_id},handed_out,3,lost_card,2027-01-25,2027-04-23"
        )
    (here / "cards.csv").write_text("\n".join(cards) + "\n", encoding="utf-8")
    code, _, err = ekbot(
        show.office, "import", "cards", str(here / "cards.csv"), "--yes", "--now", now
    )
    assert code == 0, err


def run(show: Show) -> None:
    """Live through the weeks."""
    settle(show)
    players, waiting = Players(show), list(SCENES)
    released = False
    show.sink.refuse[REFUSED] = "550 5.1.1 User unknown"
    show.sink.refuse[BUSY] = "451 4.3.0 Try again later"
    for n, (day, clock) in enumerate(rounds()):
        while waiting and (waiting[0].on, waiting[0].at) < (day, clock):
            players.play(waiting.pop(0))
        show.once(day, clock)
        if not released and any(x.kind == "review_preview" for x in show.letters):
            released = True
            preview = next(x for x in show.letters if x.kind == "review_preview")
            show.deliver(reply(
                preview, "Släpp", sender=f"eva.ek@{DOMAIN}", name="Eva Ek", sent=at(day, clock),
                style="outlook", number="slapp",
            ))  # fmt: skip
        if show.numbers and n % 2:
            show.sink.refuse.pop(BUSY, None)
    assert not waiting
    assert released


def status(show: Show) -> dict[str, Any]:
    code, out, err = ekbot(show.office, "review", "status", "--json")
    assert code == 0, err
    return dict(json.loads(out))


def by_handle(show: Show) -> dict[str, dict[str, Any]]:
    return {str(r["id"]): r for r in rows(show.office, "reviews")}
