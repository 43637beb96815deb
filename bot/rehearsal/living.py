"""Lives through the days against the real services: mail in, rounds, letters out, checks."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from pathlib import Path

from bot.app.deliver import settle_doubts
from bot.app.services import Services
from bot.app.turn import Turn
from bot.domain.calendar import today
from bot.domain.cases import Kind, Status
from bot.rehearsal import clerk, invariants, recount, tracing
from bot.rehearsal.folk import ANSWERED, Folk
from bot.rehearsal.happenings import Happening, What
from bot.rehearsal.invariants import Left, Seen
from bot.rehearsal.posting import CLERK, Post, instant, written
from bot.rehearsal.recount import Climbed
from bot.rehearsal.troubles import Fails, PowerCutError

TRIED = 0.05  # of the rounds whose review letters are tried with likely answers before they go
_PATIENCE = 45  # days that staff may have a case
_BY_TERMINAL = frozenset({Kind.REVIEW_MANUAL, Kind.RECEIPT, Kind.LEAVER})


@dataclass
class Tally:
    """What has been counted."""

    letters: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """By month, role, kind and reader."""
    mails: int = 0
    crashes: int = 0
    away: int = 0  # days on which a server did not answer
    rows: int = 0  # that the clerk wrote
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Why cases went to staff: by kind and rule."""
    broken: list[str] = field(default_factory=list)
    seal: str = ""  # over every letter that left and the memory's own tables


@dataclass
class Life:
    """One municipality, its office, and the days so far."""

    opened: Services
    folder: Path
    folk: Folk
    plan: Mapping[date, tuple[Happening, ...]]
    tally: Tally = field(default_factory=Tally)
    _post: dict[date, list[Post]] = field(default_factory=lambda: defaultdict(list))
    _files: set[str] = field(default_factory=set)
    _left: Left = field(default_factory=Left)
    _climbed: Climbed = field(default_factory=Climbed)
    _came: set[str] = field(default_factory=set)  # Message-IDs of mails
    _away: set[date] = field(default_factory=set)
    _desk: set[str] = field(default_factory=set)  # cases that staff have had
    _hash: str = ""
    _digest: bytes = b""

    def __post_init__(self) -> None:
        """Know who may never be named, and put the ports where they can fail."""
        people = self.folk.town.people
        self._protected = {p.surname for p in people if p.protected}
        self._protected |= {p.mail for p in people if p.protected}
        self._numbers = {p.number[2:] for p in people}
        self._mailbox = Fails(self.opened.mailbox, frozenset({"arrived", "fetch", "file"}))
        self._outgoing = Fails(self.opened.outgoing, frozenset({"send"}))
        self.opened = replace(self.opened, mailbox=self._mailbox, outgoing=self._outgoing)

    def live(self, first: date, days: int, told: Callable[[], None] = lambda: None) -> Tally:
        """Live through so many days; stop after the first day that breaks an invariant."""
        for ahead in range(days):
            self._day(first + timedelta(days=ahead))
            told()
            if self.tally.broken:
                break
        self.tally.seal = self._sealed()
        return self.tally

    def _day(self, day: date) -> None:
        happened = self.plan.get(day, ())
        for one in happened:
            for post in self.folk.acts(one, day):
                self._post[post.on].append(post)
        kinds = {one.what for one in happened}
        self._mailbox.away = What.NO_MAILBOX in kinds
        self._outgoing.away = What.NO_POST in kinds
        self.tally.away += self._mailbox.away or self._outgoing.away
        self._away |= {day} if self._mailbox.away or self._outgoing.away else set()
        working = self.opened.working_days.is_open(day)
        for post in self._post.pop(day, ()):
            self._deliver(post)
        if What.CRASH in kinds:
            self._outgoing.left = self.folk.dice.below(6, "ström", day)
        self._turn(day, 9)
        new = self._letters(day)
        if working and not self._mailbox.away:
            reply = self._clerk(day)
            if reply is not None:
                self._deliver(reply)
                self._turn(day, 10)
                new += self._letters(day)
        self._judge(day, new, working=working, away=self._mailbox.away or self._outgoing.away)

    def _deliver(self, post: Post) -> None:
        (self.folder / "in" / "new" / post.name).write_bytes(post.raw)
        self.tally.mails += 1
        self._came.add(f"<{post.name}@{post.sender.rpartition('@')[2]}>")

    def _turn(self, day: date, hour: int) -> None:
        now = instant(day, hour)
        tried = self.folk.dice.share("prov", day, hour) < TRIED
        services = replace(self.opened, clock=lambda: now, selftest=tried)
        try:
            Turn(services).run()
        except PowerCutError:
            self.tally.crashes += 1
            settle_doubts(services)
            Turn(services).run()
        self._outgoing.left = None

    def _letters(self, day: date) -> list[Seen]:
        """Return the letters that have left, and let people answer them."""
        new = []
        out = self.folder / "out" / "new"
        for name in sorted(set(os.listdir(out)) - self._files):  # noqa: PTH208 - thousands, each day
            self._files.add(name)
            raw = (out / name).read_bytes()
            letter = _seen(raw, day)
            new.append(letter)
            self._hash = hashlib.sha256(f"{self._hash}{letter}".encode()).hexdigest()
            self.tally.letters[f"{day:%Y-%m}", self._role(letter), letter.kind, letter.to] += 1
            if letter.kind == "digest":
                self._digest = raw
            if letter.kind in ANSWERED:
                for post in self.folk.answers(_mail(raw), day):
                    self._post[post.on].append(post)
        return new

    def _role(self, letter: Seen) -> str:
        if letter.to.startswith(CLERK.partition("@")[0]):
            return "handläggare"
        return "chefer" if letter.to in self.folk.chiefs else "innehavare"

    def _clerk(self, day: date) -> Post | None:
        """Return the clerk's mail of the day: a row for each case that can be settled by mail."""
        lines = []
        with self.opened.store.begin() as work:
            for case in work.cases.list(open_only=True):
                if case.status is Status.OPEN and case.handle not in self._desk:
                    self._desk.add(case.handle)
                    self.tally.reasons[case.kind.value, case.why.rule] += 1
                if case.kind in _BY_TERMINAL or case.status is Status.DONE or case.protected:
                    continue
                cards = work.cards.of_person(case.person) if case.person is not None else ()
                if case.status is Status.OPEN or case.kind is Kind.CARD_ORDER:
                    lines.append(clerk.row(case, cards, day, self.folk.dice))
        lines = [line for line in lines if line][: clerk.MOST]
        self.tally.rows += len(lines)
        if not lines:
            return None
        text = "Hej!\n\n" + "\n".join(lines) + "\n\nEva\n"
        return written(f"handlaggare-{day}", day, CLERK, "SV: Dagens läge", text,
                       answers=_mail(self._digest) if self._digest else None)  # fmt: skip

    def _judge(self, day: date, new: list[Seen], *, working: bool, away: bool) -> None:
        with self.opened.store.begin() as work:
            steps = tracing.steps(work, new, self._came | self._left.ids)
            mails = work.journal.list() if day.day == 1 or away else ()
            waiting = work.journal.counts()
            cases = work.cases.list(open_only=True) if day.weekday() == 0 else ()
            records = [r.entry.person_id.reveal() for r in work.records.list()] if mails else []
        ages = {
            c.handle: (day - today(c.opened)).days
            for c in cases
            if c.status is Status.OPEN and c.kind not in _BY_TERMINAL and not c.protected
        }
        known = {p.number for p in self.folk.known.values()}
        told = [
            *invariants.doubled(new, self._left),
            *invariants.exposed(new, self._numbers | {n[2:] for n in known}),
            *invariants.named(new, self._protected),
            *invariants.reminded(new, self.folk.answered),
            *invariants.untimely(new, working=working),
            *invariants.strangers(records, known),
            *invariants.stuck(ages, _PATIENCE),
            *recount.causeless(steps),
            *recount.repeated(steps, self._climbed),
            *recount.mistimed(
                steps, self._climbed, is_open=self.opened.working_days.is_open,
                excused=self._away, quiet=self.opened.policy.review.is_quiet,
            ),
        ]  # fmt: skip
        due = working and self.opened.facts.digest_at is not None
        told += invariants.digests(new, self._left, due=due, away=away)
        if not away:
            settled = sum(waiting.get(state, 0) for state in ("open", "stuck", "decided"))
            told += invariants.uncounted(self.tally.mails, settled)
            told += [f"{waiting.get('open', 0)} mejl utan utfall"] if waiting.get("open") else []
            told += [f"{waiting.get('stuck', 0)} mejl åt sidan"] if waiting.get("stuck") else []
        if mails and not away:
            told += invariants.uncounted(self.tally.mails, len(mails))
            told += invariants.undecided({m.message_id: m.outcome for m in mails})
        self.tally.broken += [f"{day}: {text}" for text in told]

    def _sealed(self) -> str:
        """Return a hash over every letter that left and how every case and card stands."""
        with self.opened.store.begin() as work:
            cases = [f"{c.handle} {c.kind} {c.stage} {c.why.rule}" for c in work.cases.list()]
            cards = [f"{c.handle} {c.status} {c.due}" for c in work.cards.list()]
        return hashlib.sha256("\n".join([self._hash, *cases, *cards]).encode()).hexdigest()


def _mail(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - what this policy makes
    return mail


def _seen(raw: bytes, day: date) -> Seen:
    """Return what is looked at in a letter; parsed the quick way, there are thousands."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    subject = "".join(
        part.decode(charset or "ascii") if isinstance(part, bytes) else part
        for part, charset in decode_header(str(mail["Subject"]))
    )
    parts = [subject]
    for part in mail.walk():
        content = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
        if isinstance(content, bytes):
            parts.append(content.decode())
        parts.append(part.get_filename() or "")
    return Seen(
        str(mail["Message-ID"]), str(mail["X-EKbot-Kind"]), str(mail["To"]), day, "\n".join(parts),
        str(mail["In-Reply-To"] or ""), str(mail["X-EKbot-Letter"]), str(mail["X-EKbot-Case"]),
    )  # fmt: skip
