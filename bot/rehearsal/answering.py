"""What a manager writes back to a review letter, and when. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from bot.rehearsal.dice import Dice
from bot.rehearsal.municipality import Chief, Habit

GATEWAY = "mx.jarfalla.example"
_ZONE = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Post:
    """A mail that will come in."""

    on: date
    name: str
    raw: bytes
    answers: bool  # says how everybody is, once and for all


def answers(chief: Chief, letter: EmailMessage, day: date, dice: Dice) -> tuple[Post, ...]:
    """Return the mails with which *chief* meets *letter*, which came on *day*."""
    key = str(letter["Message-ID"])
    match chief.habit:
        case Habit.PROMPT:
            return (_answer(chief, letter, day + timedelta(days=1 + dice.below(3, key))),)
        case Habit.LATE:
            return (_answer(chief, letter, day + timedelta(days=9 + dice.below(12, key))),)
        case Habit.AWAY:
            back = day + timedelta(days=10 + dice.below(8, key))
            away = _away(chief, letter, day + timedelta(days=1), back)
            return (away, _answer(chief, letter, back))
        case Habit.SILENT:
            return ()


def _answer(chief: Chief, letter: EmailMessage, day: date) -> Post:
    body = letter.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    mail, name = _reply(chief, letter, day, "svar")
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    mail.set_content(f"Hej! Alla är kvar.\n\n{chief.name}\n\n{quoted}")
    return Post(day, name, mail.as_bytes(), answers=True)


def _away(chief: Chief, letter: EmailMessage, day: date, back: date) -> Post:
    mail, name = _reply(chief, letter, day, "borta")
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"Jag är ledig och åter {back}.\n\n{chief.name}\n")
    return Post(day, name, mail.as_bytes(), answers=False)


def _reply(chief: Chief, letter: EmailMessage, day: date, what: str) -> tuple[EmailMessage, str]:
    letter_id = str(letter["Message-ID"])
    name = f"{what}-{letter_id.strip('<>').partition('@')[0]}-{chief.mail.partition('@')[0]}"
    domain = chief.mail.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["Authentication-Results"] = f"{GATEWAY}; dmarc=pass header.from={domain}"
    mail["From"] = f"{chief.name} <{chief.mail}>"
    mail["To"] = str(letter["From"])
    mail["Subject"] = f"SV: {letter['Subject']}"
    mail["Date"] = format_datetime(datetime.combine(day, time(8), _ZONE))
    mail["Message-ID"] = f"<{name}@{domain}>"
    mail["In-Reply-To"] = letter_id
    mail["References"] = letter_id
    return mail, name
