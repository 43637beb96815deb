"""From a letter's content to the bytes of a mail: templates, headers, MIME. Decides no wording.

What a letter may say stands in ``bot.domain.letters``, how it says it in ``templates/mail``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.app.mime import Attached, Inline, mailbox, message, words
from bot.app.samples import samples
from bot.domain.calendar import STOCKHOLM, today
from bot.domain.letters import Letter, Line
from bot.domain.values import MAIL_ADDRESS, CaseId, LetterId, address_key, spaced_phone
from bot.logs import masked

__all__ = ["Letters", "OfficeFacts", "Rendered", "message_id", "samples"]

SUBJECT: Final = "Ämne: "
BY_POST: Final = "Att skriva ut och posta: "
_KEPT: Final = 64  # letters whose words are remembered
_FORTNIGHT: Final = timedelta(days=14)
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_WEEK = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")  # printable ASCII, no blank, no inner brackets
_MOST_WIDE = 480  # CSS pixels of a picture
_REFERENCES = 4000  # characters: the thread's start and its newest letters (RFC 5322 §3.6.4)
_INVISIBLE = re.compile(  # controls, and marks that turn the direction of what follows
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+"
)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The office as letters sign for it."""

    name: str
    mail: str
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished letter: subject, and RFC 5322 bytes with CRLF."""

    subject: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """How the HTML shows a picture: its Content-ID, and its size in CSS pixels."""

    cid: str
    width: int
    height: int


NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


class Letters:
    """Renders letters; equal input gives equal bytes."""

    def __init__(self, templates: Path, office: OfficeFacts) -> None:
        """Take the folder of ``<kind>.txt.j2`` and ``<kind>.html.j2``; read none yet."""
        self.office = office
        self._text, self._html = (_environment(templates, escape=html) for html in (False, True))
        self._plainly = lru_cache(_KEPT)(lambda one, case, day: self._words(one, case, day, {}))

    def render(
        self, letter: Letter, *, case: CaseId | None, letter_id: LetterId, now: datetime,
        message_id: str, sender: str, pictures: Mapping[str, bytes] = NO_PICTURES,
        files: Sequence[Attached] = (),
    ) -> Rendered:  # fmt: skip
        """Return *letter* as it is sent: from *sender*, dated *now* in Stockholm.

        *pictures*: PNG bytes by the name that the letter gives its picture; *files*: attachments.
        ``Auto-Submitted`` follows RFC 3834 §5, the thread's headers RFC 5322 §3.6.4.
        """
        seed = hashlib.sha256(message_id.encode()).hexdigest()[:32]
        shown = {name: _shown(png, f"{n}.{seed}@ekbot") for n, (name, png)
                 in enumerate(sorted(pictures.items()), 1) if png}  # fmt: skip
        subject, text, html = self.words(letter, case=case, now=now, pictures=shown)
        headers = [
            ("From", mailbox(_plain(self.office.name), sender)),
            *_own_headers(letter, message_id),
            ("Subject", words(subject, "Subject")),
            ("Date", format_datetime(now.astimezone(STOCKHOLM))),
            ("Auto-Submitted", "auto-replied" if letter.in_reply_to else "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("X-EKbot-Kind", letter.kind),
            ("X-EKbot-Letter", f"B-{letter_id}"),
            ("X-EKbot-Case", _thread_of(letter, letter_id, case)),
            ("Content-Language", "sv"),
        ]
        inline = [Inline(shown[name].cid, pictures[name]) for name in shown]
        whole = message(headers, text, html, boundary=f"=_{seed}", pictures=inline, files=files)
        return Rendered(subject, whole)

    def words(
        self, letter: Letter, *, case: CaseId | None, now: datetime,
        pictures: Mapping[str, Shown] = MappingProxyType({}),
    ) -> tuple[str, str, str]:  # fmt: skip
        """Return subject, text and HTML, which shows those *pictures* that the letter names."""
        if pictures:
            return self._words(letter, case, today(now), pictures)
        return self._plainly(letter, case, today(now))  # asked for at each reply to it

    def _words(
        self, letter: Letter, case: CaseId | None, day: date, pictures: Mapping[str, Shown]
    ) -> tuple[str, str, str]:
        facts = {
            "letter": _cleaned(letter.content),
            "office": self.office,
            "case": None if case is None else f"K-{case}",
            "today": day,
            "pictures": pictures,
            "by_post": _cleaned(letter.by_post),
        }
        text = self._text.get_template(f"{letter.template}.txt.j2").render(facts)
        head, _, body = text.partition("\n\n")
        subject = _plain(head.removeprefix(SUBJECT))
        if letter.by_post:
            subject = f"{BY_POST}{subject}"
            note = self._text.get_template("_by_post.j2").render(facts)
            body = f"{note.strip()}\n\n{'-' * 72}\n\n{body.strip()}"
        template = self._html.get_template(f"{letter.template}.html.j2")
        html = template.render({**facts, "subject": subject})
        return subject, f"{re.sub(chr(10) + '{3,}', chr(10) * 2, body).strip()}\n", f"{html}\n"


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which remembers its answers: they hang on the class and the name alone."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(**settings)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - jinja's
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


def _environment(templates: Path, *, escape: bool) -> ImmutableSandboxedEnvironment:
    """Return an environment for text or (*escape*) for HTML; both read the shared sentences."""
    made = _Sandbox(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": _day,
        "day_month": _day_month,
        "short_day": _short_day,
        "month_before": _month_before,
        "later": _later,
        "tel": _tel,
    }
    return made


def _thread_of(letter: Letter, letter_id: LetterId, case: CaseId | None) -> str:
    """Return what X-EKbot-Case names: the case, else the review, else the letter itself."""
    if case is not None:
        return f"K-{case}"
    return f"G-{letter.review}" if letter.review is not None else f"B-{letter_id}"


def message_id(key: str, domain: str) -> str:
    """Return the Message-ID of the outbox row *key*: the same key gives the same id."""
    name = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<ekbot.{name}@{domain.encode('idna').decode('ascii')}>"


def _own_headers(letter: Letter, name: str) -> list[tuple[str, str]]:
    """Return who the letter goes to and what it answers.

    An id that is none is left out, so nothing that a stranger wrote can add a header.
    """
    to = [a for a in letter.to if MAIL_ADDRESS.fullmatch(address_key(a))]
    headers = [
        ("To", f",{_FOLD}".join(map(_ascii_domain, to)) or "undisclosed-recipients:;"),
        ("Message-ID", name),
    ]
    answered = _MESSAGE_ID.fullmatch(letter.in_reply_to)
    if answered:
        headers.append(("In-Reply-To", answered[0]))
    thread = _thread((*letter.references, letter.in_reply_to))
    if thread:
        headers.append(("References", _FOLD.join(thread)))
    return headers


_FOLD: Final = "\r\n "


def _thread(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the sound ones of *ids*, each once at its last place; the middle of many is left."""
    sound = [i for i in ids if _MESSAGE_ID.fullmatch(i)]
    once = list(dict.fromkeys(reversed(sound)))  # newest first
    if not once:
        return ()
    first, room, kept = once[-1], _REFERENCES - len(once[-1]), []
    for one in once[:-1]:
        room -= len(one) + 1
        if room < 0:
            break
        kept.append(one)
    return (first, *reversed(kept))


def _ascii_domain(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - walks through content of any class
    """Return content with every text on one line, nothing invisible, no identity number.

    File names and reasons come from people; this is the last gate before a letter.
    """
    if isinstance(value, str) and type(value) is str:
        return masked(_plain(value))
    if isinstance(value, tuple):
        return tuple(_cleaned(part) for part in value)
    if isinstance(value, Line) and value.label == "Telefon":
        return Line(value.label, spaced_phone(_plain(value.text)))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _cleaned(getattr(value, f.name)) for f in fields(value)})
    return value


def _shown(png: bytes, cid: str) -> Shown:
    """Return the size that a PNG's header names (ISO 15948 §11.2.2), fitted to the letter."""
    wide, high = (max(1, int.from_bytes(png[at : at + 4], "big")) for at in (16, 20))
    width = min(wide * 3 // 4, _MOST_WIDE)
    return Shown(cid, width, max(1, round(high * width / wide)))


def _plain(text: str) -> str:
    """Return *text* on one line, as UTF-8 can hold it."""
    held = text.encode("utf-8", "replace").decode()
    return " ".join(_INVISIBLE.sub(" ", held).split())


def _day(day: date) -> str:
    """Return 23 november 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _short_day(day: date) -> str:
    """Return måndag 23 november."""
    return f"{_WEEK[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _day_month(day: date) -> str:
    """Return 23 november."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _month_before(day: date) -> str:
    """Return 31 oktober: the last day of the month before, an example of what to answer."""
    return _day_month(day - timedelta(days=day.day))


def _later(day: date) -> str:
    """Return 7/12: the day a fortnight after *day*, an example of what to answer."""
    later = day + _FORTNIGHT
    return f"{later.day}/{later.month}"


def _tel(phone: str) -> str:
    """Return the number as a tel: link wants it (RFC 3966)."""
    return re.sub(r"[^\d+]", "", phone)
