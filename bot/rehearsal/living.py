"""Lives through the days against the real services: mail in, a round, letters out, checks."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.services import Services
from bot.app.turn import Turn
from bot.rehearsal import invariants
from bot.rehearsal.answering import Post, answers
from bot.rehearsal.dice import Dice
from bot.rehearsal.invariants import Seen
from bot.rehearsal.municipality import Municipality

_ZONE = ZoneInfo("Europe/Stockholm")
_ROUND = time(9)


def instant(day: date) -> datetime:
    """Return when the round of *day* begins."""
    return datetime.combine(day, _ROUND, _ZONE)


@dataclass
class Life:
    """What has happened so far."""

    letters: Counter[tuple[str, str]] = field(default_factory=Counter)  # (month, kind)
    broken: list[str] = field(default_factory=list)
    mails: int = 0
    _post: dict[date, list[Post]] = field(default_factory=lambda: defaultdict(list))
    _files: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)
    _answered: dict[str, date] = field(default_factory=dict)
    _digest: list[str] = field(default_factory=list)

    def fingerprint(self) -> str:
        """Return a hash over every letter that left, the same for the same seed."""
        return hashlib.sha256("\n".join(self._digest).encode()).hexdigest()


def live(
    opened: Services, folder: Path, town: Municipality, dice: Dice, first: date, days: int,
    *, told: Callable[[], None] = lambda: None,
) -> Life:  # fmt: skip
    """Live through *days* days; stop after the first day that breaks an invariant."""
    life = Life()
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        for post in life._post.pop(day, ()):  # noqa: SLF001 - one module
            (folder / "in" / "new" / post.name).write_bytes(post.raw)
            life.mails += 1
        Turn(replace(opened, clock=partial(instant, day))).run()
        _look(opened, folder, town, dice, day, life)
        told()
        if life.broken:
            break
    return life


def _look(
    opened: Services, folder: Path, town: Municipality, dice: Dice, day: date, life: Life
) -> None:
    """Read the day's letters, judge them, and let people answer."""
    chiefs = {c.mail: c for c in town.chiefs}
    new: list[Seen] = []
    for path in sorted((folder / "out" / "new").iterdir()):
        if path.name in life._files:  # noqa: SLF001
            continue
        life._files.add(path.name)  # noqa: SLF001
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(mail, EmailMessage)  # noqa: S101 - what this policy makes
        letter = _seen(mail, day)
        new.append(letter)
        life.letters[f"{day:%Y-%m}", letter.kind] += 1
        if letter.kind == "review" and letter.to in chiefs:
            life._answered.pop(letter.to, None)  # noqa: SLF001
            for post in answers(chiefs[letter.to], mail, day, dice):
                life._post[post.on].append(post)  # noqa: SLF001
                if post.answers:
                    life._answered[letter.to] = post.on  # noqa: SLF001
    life._digest.extend(  # noqa: SLF001
        sorted(f"{x.on} {x.kind} {x.to} {x.message_id} {x.text}" for x in new)
    )
    with opened.store.begin() as work:
        outcomes = {m.message_id: m.outcome for m in work.journal.list()}
    life.broken += [
        f"{day}: {text}"
        for text in (
            *invariants.undecided(outcomes),
            *invariants.doubled(new, life._left),  # noqa: SLF001
            *invariants.exposed(new, [p.number for p in town.people]),
            *invariants.reminded(new, life._answered),  # noqa: SLF001
        )
    ]


def _seen(mail: EmailMessage, day: date) -> Seen:
    body = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    text = "\n".join(str(part.get_content()) for part in (body, html) if part is not None)
    return Seen(
        str(mail["Message-ID"]), str(mail["X-EKbot-Kind"]), str(mail["To"]), day,
        f"{mail['Subject']}\n{text}",
    )  # fmt: skip
