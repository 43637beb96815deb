"""Which corrections become examples, with nothing that leads back. Knows no memory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.asking import picture_name
from bot.domain.cases import Case
from bot.domain.forms import How, State

FIELDS = frozenset(
    (
        "given_name", "middle_name", "surname", "unit", "title", "signed_place", "signed_on",
        "effective_from", "employed_from", "employed_to", "last_day", "reserve_from",
        "reserve_to", "lost_on",
    )
)  # fmt: skip
MOST = 500
_TELLING = re.compile(r"@|(?:\d[\s+-]*){9}")  # an address or a number in the wrong field


@dataclass(frozen=True, slots=True, repr=False)
class Example:
    """One field as somebody filled it in, what was read, and what stands there."""

    month: date  # its first day
    key: str
    truth: str
    read: str
    state: State
    how: How
    form: str  # ek-1/2026-09
    reader: str  # the program's version
    png: bytes

    @property
    def sha256(self) -> str:
        """Return the digest of the picture, its name."""
        return hashlib.sha256(self.png).hexdigest()


def examples(
    before: Case, after: Case, pictures: Mapping[str, bytes], *, month: date, reader: str
) -> tuple[Example, ...]:
    """Return what a clerk corrected between *before* and *after* that was read from a scan.

    Nothing of a protected person, and no field that is not in ``FIELDS``.
    """
    form = before.reading
    if form is None or before.protected or after.protected or form.value("protected") is True:
        return ()
    found = []
    for answer in after.answers:
        field, truth = form.field(answer.key), answer.value
        png = pictures.get(picture_name(answer.key))
        if answer.key not in FIELDS or answer.how is not How.STAFF or field.how is not How.SCAN:
            continue
        if not png or not isinstance(truth, str) or truth == field.value:
            continue
        read = field.value if isinstance(field.value, str) else ""
        if _TELLING.search(truth) or _TELLING.search(read):
            continue
        form_name = f"{form.form}/{form.version}"
        found.append(
            Example(
                month.replace(day=1), answer.key, truth, read, field.state, field.how, form_name,
                reader, png,
            )
        )  # fmt: skip
    return tuple(found)
