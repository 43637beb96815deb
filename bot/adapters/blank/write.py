"""Blanks to print or send: empty, for a unit, or a cancellation for a person. Sends nothing."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping

from pikepdf import ObjectStreamMode, Pdf

from bot.adapters.blank.drawing import draw
from bot.adapters.blank.fields import ON, add_fields
from bot.adapters.blank.layout import current
from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.plan import Layout, Tick
from bot.adapters.blank.structure import tag_page
from bot.domain.authority import ManagerEntry
from bot.domain.forms import Value
from bot.domain.values import spaced_phone
from bot.ports.documents import CancellationFacts

NOTE = (
    "Ärende {handle}. Personnumret behöver inte fyllas i när blanketten skickas som svar på brevet."
)


class NoSuchFieldError(ValueError):
    """The blank has no such field, or no tick of that value: compare with its definition."""


def write_blank(
    office: OfficeFacts,
    *,
    prefill: Mapping[str, Value] | None = None,
    unit_id: str = "",
    note: str = "",
) -> bytes:
    """Return the blank in print as a tagged, fillable PDF, the same bytes for the same arguments.

    *prefill* are values by field key: text, True for a plain tick, a tick's value, or several.
    *unit_id* goes into the QR code, *note* under the intro. What is not in Latin letters is left
    for the pen.

    Raises:
        NoSuchFieldError: *prefill* names what the blank does not have.
    """
    layout = current()
    page = draw(layout, office, payload(layout, unit_id), note)
    with Pdf.open(io.BytesIO(page.pdf)) as pdf:
        widgets = add_fields(pdf, layout, by_field_name(layout, prefill or {}))
        tag_page(pdf, page.structure, widgets, title=" ".join(layout.title))
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, object_stream_mode=ObjectStreamMode.disable,
            min_version="1.7",
        )  # fmt: skip
    return out.getvalue()


def write_for_unit(office: OfficeFacts, unit: ManagerEntry) -> bytes:
    """Return the blank with the unit and its manager filled in from the register."""
    return write_blank(office, prefill=_manager(unit), unit_id=unit.unit_id)


def write_cancellation(office: OfficeFacts, facts: CancellationFacts) -> bytes:
    """Return the blank filled in as a cancellation, for the manager to complete and sign (S3).

    The identity number, the date and the signature are left empty; the note tells the manager
    that the handle stands for the number.
    """
    values: dict[str, Value] = {
        "action": "cancel",
        "given_name": facts.given_name,
        "middle_name": facts.middle_name,
        "surname": facts.surname,
        "mail": facts.mail,
        "phone": spaced_phone(facts.phone),
        "hsa_id": facts.hsa_id,
        "unit": facts.unit,
        "title": facts.title,
        "last_day": facts.last_day.isoformat() if facts.last_day else None,
        "end_reason": facts.end_reason,
        "manager_name": facts.manager_name,
        "manager_mail": facts.manager_mail,
    }
    note = NOTE.format(handle=facts.handle)
    return write_blank(office, prefill=values, unit_id=facts.unit_id, note=note)


def payload(layout: Layout, unit_id: str = "") -> str:
    """Return what the QR code says: form, edition and, where known, the unit."""
    return "/".join(part for part in (layout.form, layout.version, unit_id.strip()) if part)


def by_field_name(layout: Layout, prefill: Mapping[str, Value]) -> dict[str, str]:
    """Return *prefill* by AcroForm field name instead of key.

    Raises:
        NoSuchFieldError: a key or a tick's value is not on the blank.
    """
    values: dict[str, str] = {}
    for key, value in prefill.items():
        entries = [e for e in layout.entries() if e.key == key]
        if not entries:
            raise NoSuchFieldError(f"Blanketten {layout.form} har inget fält {key!r}.")
        if value is None or value is False or value in {"", ()}:
            continue
        wanted = {"true"} if value is True else {value} if isinstance(value, str) else set(value)
        for entry in entries:
            if not isinstance(entry, Tick):
                words = " ".join(" ".join(wanted).split())
                values[entry.acro] = unicodedata.normalize("NFC", words)
            elif entry.value in wanted:
                values[entry.acro] = ON
                wanted -= {entry.value}
        if wanted and isinstance(entries[0], Tick):
            raise NoSuchFieldError(f"Fältet {key!r} har inget kryss {sorted(wanted)}.")
    return values


def _manager(unit: ManagerEntry) -> dict[str, Value]:
    return {"unit": unit.unit, "manager_name": unit.name, "manager_mail": unit.mail}
