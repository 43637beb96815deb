"""Builders of letters for tests, and eyes to read them with. Holds no test."""

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

from bot.app.letters import Letters, OfficeFacts
from bot.domain.letters import Letter, Point, Question
from bot.domain.values import CaseId, LetterId

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates/mail"
OFFICE = OfficeFacts(
    "Lokala EK i Järfälla kommun", "lokala-ek@jarfalla.example", "08-465 004 00",
    "vardagar 08.00–16.30",
)  # fmt: skip
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NAME = "<ekbot.0123456789abcdef0123456789abcdef@jarfalla.example>"
LETTERS = Letters(TEMPLATES, OFFICE)


def rendered(letter, *, case=17, now=NOW, name=NAME, letters=LETTERS):
    return letters.render(
        letter, case=None if case is None else CaseId(case), letter_id=LetterId(4), now=now,
        message_id=name, sender="lokala-ek@jarfalla.example",
    )  # fmt: skip


def mail(letter, **keys):
    return message_from_bytes(rendered(letter, **keys).raw, policy=default)


def parts(letter, **keys):
    """Return subject, text, HTML as a mail program reads them."""
    read = mail(letter, **keys)
    bodies = (read.get_body((form,)).get_content() for form in ("plain", "html"))
    return read["Subject"], *(body.replace("\r\n", "\n") for body in bodies)


def to_manager(content, **keys):
    return Letter(("asa.oberg@jarfalla.example",), content, **keys)


def question(text="Numret saknas.", *, file="", name="", label="Personnummer"):
    return to_manager(Question(file, name, (Point(label, text),)))


NO_CASE = frozenset(
    {"digest", "ending_soon", "card_reminder", "card_return", "card_expiring", "reserve_reminder",
     "escalation", "inventory", "ended_with_card", "review", "review_reminder", "review_echo",
     "review_preview", "review_report", "staff_echo"}
)  # fmt: skip


def case_of(letter):
    undone = letter.kind == "undone" and letter.template == "undone"  # of a review
    return None if letter.kind in NO_CASE or undone else 17


def texts(value):
    """Return all strings that a content holds, but its kind and action."""
    if is_dataclass(value):
        named_fields = (
            f.name
            for f in fields(value)
            if f.name not in ("kind", "about", "action", "picture", "reader")
        )
        return [t for name in named_fields for t in texts(getattr(value, name))]
    if isinstance(value, tuple):
        return [t for part in value for t in texts(part)]
    return [value] if type(value) is str and value else []  # an answer's name is no text


class Visible(HTMLParser):
    """What a reader sees of an HTML letter."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.found, self._hidden = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag in ("style", "title")

    def handle_data(self, data):
        if not self._hidden:
            self.found.append(data)

    @property
    def text(self):
        return " ".join("".join(self.found).split())
