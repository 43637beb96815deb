"""Reading with the tests' settings, and what a filled form should read as. Holds no test."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.forms import DocumentReading, FormReading, State
from parsers.document import read_document
from parsers.settings import Settings
from tests.filled import FORMS, units

TODAY = date(2026, 11, 23)
SETTINGS = Settings(today=TODAY, form_paths=(FORMS,), units=units())


def read(content: bytes, settings: Settings = SETTINGS) -> DocumentReading:
    return read_document("blankett.pdf", content, settings)


def the_form(content: bytes, settings: Settings = SETTINGS) -> FormReading:
    document = read(content, settings)
    assert len(document.forms) == 1, (document.content, document.reason)
    return document.forms[0]


def with_forms(*folders: Path) -> Settings:
    return Settings(today=TODAY, form_paths=(FORMS, *folders), units=units())


def differences(form: FormReading, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is not read, surely, exactly as *values* say; nothing else may be read."""
    wrong = {}
    for field in form.fields:
        wanted = values.get(field.key)
        state = State.SURE if wanted else State.EMPTY
        if (field.value or None) != (wanted or None) or field.state is not state:
            wrong[field.key] = (field.value, field.state, field.problem, wanted)
    return wrong
