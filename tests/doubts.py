"""A reader that doubts chosen fields of sound forms, and replies as managers write them. No test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import numpy as np

from bot.adapters.crew.direct import DirectCrew
from bot.domain.forms import Crop, DocumentReading, FormReading, State
from parsers.picturing import encoded
from parsers.reading import MailReading
from parsers.settings import Settings
from tests.posting import a_mail

GORAN = "goran.noren@jarfalla.example"
Proposals = dict[str, Any]


@dataclass
class DoubtingCrew(DirectCrew):
    """Reads as ever, then holds the fields of *doubts* for unsure, with the values given there."""

    doubts: Proposals = field(default_factory=dict)

    def read_mail(self, raw: bytes, settings: Settings) -> MailReading:
        found = super().read_mail(raw, settings)
        return replace(found, documents=tuple(map(self._doubted, found.documents)))

    def _doubted(self, document: DocumentReading) -> DocumentReading:
        return replace(document, forms=tuple(map(self._form, document.forms)))

    def _form(self, form: FormReading) -> FormReading:
        fields = tuple(
            replace(f, state=State.UNSURE, value=self.doubts[f.key], confidence=0.4)
            if f.key in self.doubts
            else f
            for f in form.fields
        )
        return replace(form, fields=fields, crops=tuple(Crop(k, PICTURE) for k in self.doubts))


PICTURE = encoded(np.tile(np.array([255, 255, 90, 255], dtype=np.uint8), (40, 60)))


def letter_of(raw: bytes) -> EmailMessage:
    """Return a letter as a mail program reads it."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def plain(mail: EmailMessage) -> str:
    """Return the letter's plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def below(letter: EmailMessage, text: str) -> str:
    """Answer above the letter, as Outlook does."""
    head = f"Från: {letter['From']}\nSkickat: den 23 november 2026 10:00\nTill: {GORAN}\nÄmne: {letter['Subject']}\n"
    return f"{text}\n\nMed vänlig hälsning\nGöran Norén\nEnhetschef\n\n{head}\n{plain(letter)}"


def marked(letter: EmailMessage, text: str) -> str:
    """Answer above the letter, as Gmail does."""
    quoted = "\n".join(f"> {line}" for line in plain(letter).splitlines())
    return f"{text}\n\nDen mån 23 nov. 2026 kl 10:00 skrev Lokala EK <lokala.ek@jarfalla.example>:\n\n{quoted}"


def inline(letter: EmailMessage, answers: dict[int, str]) -> str:
    """Answer under the quoted points."""
    out = [f"Den mån 23 nov. 2026 kl 10:00 skrev Lokala EK <{letter['From']}>:", ""]
    for line in plain(letter).splitlines():
        out.append(f"> {line}")
        number = line.partition(".")[0]
        if number.isdigit() and int(number) in answers:
            out += [answers[int(number)], ""]
    return "\n".join(out)


def a_reply(
    letter: EmailMessage, text: str, *, number: str = "r1", sender: str = GORAN,
    quote: Callable[[EmailMessage, str], str] = below, **more: Any,
) -> bytes:  # fmt: skip
    """Return the mail that answers *letter* with *text*."""
    thread = (("In-Reply-To", str(letter["Message-ID"])), ("References", str(letter["Message-ID"])))
    return a_mail(
        number, sender=sender, subject=f"Sv: {letter['Subject']}", text=quote(letter, text),
        headers=(*thread, *more.pop("headers", ())), **more,
    )  # fmt: skip
