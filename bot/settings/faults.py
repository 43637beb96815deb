"""What is wrong in a configuration file, in words for the operator. Repairs and guesses nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_Model = TypeVar("_Model", bound=BaseModel)

_KINDS = {  # the first word of pydantic's error type
    "string": "ska vara text inom citattecken",
    "secret": "ska vara text inom citattecken",
    "path": "ska vara en sökväg inom citattecken",
    "int": "ska vara ett heltal",
    "float": "ska vara ett tal",
    "decimal": "ska vara ett tal",
    "bool": "ska vara true eller false",
    "tuple": "ska vara en lista inom hakparenteser",
    "list": "ska vara en lista inom hakparenteser",
    "frozen": "ska vara en lista inom hakparenteser",
    "dict": "ska vara en tabell",
    "model": "ska vara en tabell",
    "date": "ska vara ett datum, till exempel 2026-12-23",
    "time": 'ska vara ett klockslag, till exempel "07:30"',
    "url": "ska vara en webbadress",
}
_TOML = {  # what tomllib says, at least in part
    "Expected ']'": "hakparentesen ] saknas",
    "Expected '='": "likhetstecken saknas efter nyckeln",
    "Invalid value": "värdet går inte att läsa",
    "Unterminated string": "citattecknet i slutet saknas",
    "Illegal character": "ett tecken får inte stå där",
    "Cannot overwrite a value": "nyckeln står två gånger",
    "twice": "tabellen står två gånger",
    "Expected newline or end of document": "det står något efter värdet",
    "Unclosed array": "hakparentesen ] saknas",
    "Invalid statement": "raden är varken nyckel eller tabell",
    "Found invalid character": "nyckeln har ett otillåtet tecken",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "ska vara minst {}"),
    "greater_than": ("gt", "ska vara större än {}"),
    "less_than_equal": ("le", "ska vara högst {}"),
    "less_than": ("lt", "ska vara mindre än {}"),
    "string_too_short": ("min_length", "ska ha minst {} tecken"),
    "string_too_long": ("max_length", "ska ha högst {} tecken"),
    "too_short": ("min_length", "ska ha minst {} värden"),
    "too_long": ("max_length", "ska ha högst {} värden"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, what, and what is allowed instead. Never shows the value given."""

    file: Path
    key: str  # "office.mail"; "" for the whole file
    wrong: str
    allowed: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else str(self.file)
        return f"{where}: {self.wrong}." + (f" {self.allowed}." if self.allowed else "")


class ConfigurationError(Exception):
    """The configuration can't be used; ``problems`` names every fault in it."""

    def __init__(self, problems: Iterable[Fault]) -> None:
        """Keep all *problems*; the text lists them line by line."""
        self.problems = tuple(problems)
        super().__init__(describe_problems(self.problems))


def describe_problems(problems: Iterable[Fault]) -> str:
    """Return the faults as text for an operator, one to a line."""
    faults = tuple(problems)
    head = "Ett fel" if len(faults) == 1 else f"{len(faults)} fel"
    return "\n".join((f"{head} i konfigurationen:", *(f"  - {fault}" for fault in faults)))


def validated(model: type[_Model], raw: Mapping[str, Any], *, table: str, file: Path) -> _Model:
    """Return *raw* as *model*; *table* ("mailbox", "" for the whole) and *file* say where it is.

    Raises:
        ConfigurationError: with every fault of the table.
    """
    try:
        return model.model_validate(dict(raw))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise ConfigurationError(_fault(d, model, table, file) for d in details) from None


def toml_words(error: str) -> str:
    """Return what tomllib found wrong, and where, in words for the operator."""
    place = re.search(r"at line (\d+), column (\d+)", error)
    where = f" på rad {place[1]}, tecken {place[2]}" if place else " i slutet av filen"
    why = next((words for begin, words in _TOML.items() if begin in error), "")
    return f"filen är inte giltig TOML{where}" + (f": {why}" if why else "")


def _fault(detail: ErrorDetails, model: type[BaseModel], table: str, file: Path) -> Fault:
    wrong, allowed = _words(detail, model)
    key = table
    for part in detail["loc"]:
        key = f"{key}[{part + 1}]" if isinstance(part, int) else f"{key}.{part}".lstrip(".")
    return Fault(file, key, wrong, allowed)


def _words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and what is allowed."""
    name, facts = detail["type"], detail.get("ctx", {})
    if name == "missing":
        return "saknas", "Nyckeln måste finnas"
    if name == "extra_forbidden":
        return "nyckeln finns inte", _meant(str(detail["loc"][-1]), _keys(model, detail["loc"]))
    if name == "literal_error":
        expected = str(facts.get("expected", "")).replace("'", '"').replace(" or ", " eller ")
        return "har ett värde som inte finns", f"Tillåtet: {expected}"
    if name in _BOUNDS:
        fact, words = _BOUNDS[name]
        return words.format(facts.get(fact)), ""
    if name == "value_error":
        return str(facts.get("error", "har fel värde")), ""
    return _KINDS.get(name.partition("_")[0], f"har fel värde ({detail['msg']})"), ""


def _keys(model: type[BaseModel], place: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the table at *place* may hold."""
    for part in place[:-1]:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field is not None else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return ()
        model = inner
    return tuple(key for key in model.model_fields if key != "file")


def _meant(key: str, keys: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, keys, n=1)
    guess = f"Menade du {near[0]}? " if near else ""
    return f"{guess}Tillåtna: {', '.join(sorted(keys))}"
