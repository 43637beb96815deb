"""The value that an answer gives a field: normalised as on the form, or none. Guesses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.forms import Value
from bot.domain.labels import CHOICES
from bot.domain.questions import YES_NO
from parsers.answers.words import GLUE, JA, NEJ, NOT, NOT_IN_TEXT, RIGHT, WRONG, tokens
from parsers.forms.definition import MANY, Definition, Kind, load
from parsers.forms.values import normalise
from parsers.settings import Settings

_NAMES = frozenset({"given_name", "middle_name", "surname", "manager_name"})
_PARTICLES = frozenset(
    {"af", "av", "von", "van", "de", "der", "den", "la", "le", "el", "al", "bin", "ben", "da",
     "di", "dos", "du", "ter", "zu", "y", "och", "abu"}
)  # fmt: skip
_CLOSED = JA | RIGHT | NEJ | WRONG
_MOST_NAMES = 4
_MOST_WORDS = 6
_ACTIONS = {
    "ny": "new", "ny beställning": "new", "nybeställning": "new", "nyanställd": "new",
    "ändring": "change", "uppdatering": "change", "uppdatera": "change",
    "avbeställning": "cancel", "avbeställa": "cancel", "avbeställ": "cancel",
}  # fmt: skip


class Values:
    """The fields' kinds by the office's own definitions, and the register's spellings."""

    def __init__(self, settings: Settings) -> None:
        """Take the definitions that *settings* name."""
        self._settings = settings
        definitions = tuple(d for folder in settings.form_paths for d in load(folder))
        self._kinds: dict[str, Kind] = {f.key: f.kind for d in definitions for f in d.fields}
        self._choices = _choices(definitions)

    def keys(self) -> frozenset[str]:
        """Return every field's key."""
        return frozenset(self._kinds) | frozenset(self._choices) | YES_NO

    def written(self, key: str, text: str) -> Value:
        """Return the value that a clerk writes for *key*; None when it can't be one.

        A square alone takes ``ja`` and ``nej``.
        """
        if key in YES_NO:
            return {"ja": True, "nej": False}.get(text.strip().casefold())
        if key in self._choices:
            return self._chosen(key, text)
        kind = self._kinds.get(key)
        if kind is None:
            return None
        found = normalise(text, kind, self._settings)
        return None if found.problem is not None else found.value

    def answered(self, key: str, text: str) -> Value:
        """Return the value that *text*, part of a reply, gives *key*; None when it may be none.

        Stricter than ``written``: running text must not pass for a name or a title.
        """
        if key in YES_NO or (key not in self._choices and not self._plausible(key, text)):
            return None
        return self.written(key, text)

    def _plausible(self, key: str, text: str) -> bool:
        kind = self._kinds.get(key)
        said = tokens(text)
        if kind == "name":
            return _is_name(text, said)
        if kind == "text" or (kind == "unit" and not self._settings.units):
            return (
                0 < len(said) <= _MOST_WORDS
                and not set(said) & NOT_IN_TEXT
                and not set(said) <= GLUE | NOT
                and re.search(r"[^\W\d_]{2}", text) is not None
                and re.fullmatch(r"[\w .,&/()-]+", text) is not None
            )
        return kind is not None

    def _chosen(self, key: str, text: str) -> Value:
        names = self._choices[key]
        plain = " ".join(text.casefold().strip(" .!").split())
        if key not in MANY:
            return names.get(plain)
        parts = [p.strip() for p in re.split(r",| och |;|\+", plain) if p.strip()]
        found = [names.get(plain)] if plain in names else [names.get(p) for p in parts]
        return None if not found or None in found else tuple(f for f in found if f is not None)


def _choices(definitions: Sequence[Definition]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {
        key: {said.casefold(): value for value, said in values.items()}
        for key, values in CHOICES.items()
    }
    for definition in definitions:
        for tick in definition.ticks:
            if tick.key in found:
                found[tick.key][tick.label.casefold()] = str(tick.value)
    found["action"] |= _ACTIONS
    return found


def _is_name(text: str, said: Sequence[str]) -> bool:
    """Tell whether *text* is written as a name is: each part with a capital, no running text."""
    parts = text.split()
    if not 0 < len(parts) <= _MOST_NAMES or set(said) & (NOT_IN_TEXT | NOT) or set(said) & _CLOSED:
        return False
    own = [p for p in parts if p.casefold() not in _PARTICLES]
    return bool(own) and all(p[:1].isupper() and len(p) > 1 for p in own)
