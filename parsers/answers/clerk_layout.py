"""Handles and commands that stand on lines of their own, brought together. Reads no command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from parsers.answers import clerk_clauses, clerk_fields
from parsers.answers.clerk_chat import is_chat
from parsers.answers.clerk_handles import clean, groups
from parsers.answers.clerk_lines import Known

_ONLY = re.compile(r"[\s:.,-]*")
_SIGNED = re.compile(r"(?:tfn|tel)\b", re.IGNORECASE)
_EDGES = " :.,-"


def joined(lines: Iterable[str], known: Known) -> Iterator[str]:
    """Yield lines with "K-17" above "klar", and "Klara:" above "K-17", as one."""
    heading, bare = "", ""
    used = True  # the heading, by a handle below it
    for raw in _blocks(lines, known):
        text = clean(raw)
        if heading and is_bare(text, known):
            used = True
            yield f"{text.rstrip(_EDGES)}: {heading}"
            continue
        if not used:
            yield f"{heading}:"
        heading, used = "", True
        speaks = not groups(text, known.titles) and not is_chat(text)
        if bare and speaks:
            yield f"{clean(bare).rstrip(_EDGES)}: {text}"
            bare = ""
            continue
        if bare:
            yield bare
            bare = ""
        if is_bare(text, known):
            bare = raw
        elif speaks and text.endswith(":") and clerk_clauses.read(text, "K-0", known.today):
            heading, used = text.rstrip(_EDGES), False
        else:
            yield raw
    yield from ([] if used else [f"{heading}:"])
    yield from ([bare] if bare else [])


def _blocks(lines: Iterable[str], known: Known) -> Iterator[str]:
    """Yield lines with the fields below a bare handle as one line of fields."""
    below, block = False, ""
    for raw in lines:
        text = clean(raw)
        if below and _is_field(text, known):
            block = f"{block}, {text}" if block else text
            continue
        yield from ([block] if block else [])
        below, block = is_bare(text, known), ""
        yield raw
    yield from ([block] if block else [])


def _is_field(text: str, known: Known) -> bool:
    """Tell whether *text* is one more field of the handle above it, and no line of a signature."""
    plain = not groups(text, known.titles) and _SIGNED.match(text) is None
    return plain and clerk_fields.read(text, "K-0", known.today) is not None


def is_bare(text: str, known: Known) -> bool:
    """Tell whether *text* is handles and nothing else."""
    found = groups(text, known.titles)
    return (
        len(found) == 1
        and not text[: found[0].start].strip()
        and _ONLY.fullmatch(text[found[0].end :]) is not None
    )
