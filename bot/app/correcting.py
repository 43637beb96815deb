"""A clerk's own values for a form, each held against its field's rules. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.cases import Case
from bot.domain.events import StaffCorrected
from bot.domain.forms import Value
from bot.domain.labels import label
from bot.ports.store import Work
from parsers.answers.values import Values

_DATE = ". Skriv datum som 2026-11-23"
DAYS = (
    "effective_from", "employed_from", "employed_to", "last_day", "reserve_from", "reserve_to",
    "lost_on", "signed_on",
)  # fmt: skip
_HOW = {
    "person_id": ". Skriv tolv siffror; kontrollsiffran måste stämma",
    "phone": ". Skriv numret med riktnummer, till exempel 08-465 004 00",
    "mail": ". Skriv hela adressen",
} | dict.fromkeys(DAYS, _DATE)


class NotAValueError(ValueError):
    """A value does not fit its field, or there is no such field; the text says so in Swedish."""


def event_of(
    services: Services, work: Work, case: Case, fields: Sequence[tuple[str, str]], by: str
) -> StaffCorrected:
    """Return the correction of *case* by *fields*: a key and the value as written ("": empty).

    Raises:
        NotAValueError: naming the field, and how it is written.
    """
    now = services.clock()
    known = Values(services.memo.settings(services.facts, work, now))
    values = tuple(_value(known, key, text) for key, text in fields)
    return StaffCorrected(case.id, by, today(now), values)


def pair(field: str) -> tuple[str, str]:
    """Return key and value of ``surname=Öberg``.

    Raises:
        NotAValueError: there is no "=".
    """
    key, mark, text = field.partition("=")
    if not mark:
        raise NotAValueError("Skriv fält=värde, till exempel surname=Öberg.")
    return key.strip(), text


def _value(known: Values, key: str, text: str) -> tuple[str, Value]:
    if key not in known.keys():  # noqa: SIM118 - a method of ours, no dict
        fields = ", ".join(sorted(known.keys()))
        raise NotAValueError(f"”{key}” är inget fält. Skriv fält=värde. Fälten heter: {fields}.")
    if not text.strip():
        return key, None
    value = known.written(key, text)
    if value is None:
        raise NotAValueError(
            f"{label(key)}: värdet har inte rätt form för fältet{_HOW.get(key, '')}."
        )
    return key, value
