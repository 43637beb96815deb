"""A clerk's own values for a form, each held against its field's rules. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.events import StaffCorrected
from bot.domain.forms import Value
from bot.domain.labels import label
from bot.domain.values import CaseId
from parsers.answers.values import Values


class NotAValueError(ValueError):
    """A value does not fit its field, or there is no such field; the text says so in Swedish."""


def event(services: Services, case: CaseId, fields: Sequence[str], by: str) -> StaffCorrected:
    """Return the correction that *fields* (``surname=Öberg``; nothing after "=": empty) ask for.

    Raises:
        NotAValueError: naming the field.
    """
    now = services.clock()
    with services.store.begin() as work:
        known = Values(services.memo.settings(services.facts, work, now))
    values = tuple(_value(known, field) for field in fields)
    return StaffCorrected(case, by, today(now), values)


def _value(known: Values, field: str) -> tuple[str, Value]:
    key, mark, text = field.partition("=")
    key = key.strip()
    if not mark or key not in known.keys():  # noqa: SIM118 - a method of ours, no dict
        fields = ", ".join(sorted(known.keys()))
        raise NotAValueError(f"”{key}” är inget fält. Skriv fält=värde. Fälten heter: {fields}.")
    if not text.strip():
        return key, None
    value = known.written(key, text)
    if value is None:
        raise NotAValueError(f"{label(key)}: värdet har inte rätt form för fältet.")
    return key, value
