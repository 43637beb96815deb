"""A prefilled form comes back signed: the number that never left is filled in from the register.

The form bears no identity number, for a mail must not. It is known by the thread of the letter
that it went with, and by the name on it; authority and signature are judged as on any form.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.cases import Case, Kind, Stage
from bot.domain.effects import SendLetter
from bot.domain.forms import DocumentReading, FormReading, How, State
from bot.domain.orders import OrderAction
from bot.domain.questions import Answered, completed
from bot.domain.records import Record
from bot.domain.triage import MailSeen
from bot.domain.values import name_key
from bot.ports.store import Work

_AWAITED = (Stage.ASKED, Stage.STAFF)


def with_numbers(work: Work, seen: MailSeen) -> MailSeen:
    """Return the mail with the numbers of those whose prefilled form it brings back."""
    if not seen.threads or not any(_lacks(f) for d in seen.documents for f in d.forms):
        return seen
    answered = work.outbox.answered_by(seen.threads)
    letter = answered.effect if answered is not None else None
    about = letter.letter.review if isinstance(letter, SendLetter) else None
    review = work.reviews.get(about) if about is not None else None
    if review is None:
        return seen
    found = ((work.cases.get(r.case), work.records.by_id(r.record)) for r in review.rows if r.case)
    awaited = [
        (case, record) for case, record in found
        if case is not None and record is not None
        and case.kind is Kind.LEAVER and case.stage in _AWAITED
    ]  # fmt: skip
    documents = tuple(_completed(d, awaited, seen) for d in seen.documents)
    return replace(seen, documents=documents)


def _lacks(form: FormReading) -> bool:
    """Tell whether a cancellation leaves the number out: the place for it is empty."""
    empty = form.field("person_id").state in (State.EMPTY, State.MISSING)
    return empty and form.value("action") == OrderAction.CANCEL


def _completed(
    document: DocumentReading, awaited: list[tuple[Case, Record]], seen: MailSeen
) -> DocumentReading:
    forms = tuple(_numbered(f, awaited, seen) for f in document.forms)
    return replace(document, forms=forms) if forms != document.forms else document


def _numbered(form: FormReading, awaited: list[tuple[Case, Record]], seen: MailSeen) -> FormReading:
    if not _lacks(form):
        return form
    name = _name(form.text("given_name"), form.text("surname"))
    fits = [r for _, r in awaited if _name(r.entry.given_name, r.entry.surname) == name != ""]
    if len(fits) != 1:
        return form
    number = fits[0].entry.person_id.reveal()
    given = Answered("person_id", number, How.CODE, "register", seen.sent_on, seen.mail)
    return completed(form, (given,))


def _name(given: str | None, surname: str | None) -> str:
    return name_key(f"{given or ''} {surname or ''}")
