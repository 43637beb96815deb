"""Tables that managers type under headings, row by row made into words. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.answers.review_layout import meaning
from parsers.answers.review_names import fold
from parsers.answers.review_sorts import Sort

_CELL = re.compile(r"\t|\s*\|\s*|;|(?<=\S) {3,}")
_NAMES = frozenset({"namn", "name", "person", "medarbetare", "nr", "vem", "fornamn",
                    "efternamn", "personer", "names", "employee", "#"})  # fmt: skip
_ASIDE = re.compile(
    r"sedan|titel|befattning|yrke|arbetsplats|^roll$|since|title|avdelning nu|telefon"
)
_NEW = re.compile(r"^(?:ny|nytt|new)\b|flyttat till|byter till|moved to")
_LAST = re.compile(r"slutdatum|sista dag|end date|last day|avslut|slutade den|datum for slut")
_NOTES = re.compile(
    r"komment|notering|anmark|ovrigt|datum|^fran|svar|status|comment|note|date|from"
)
_TURNS = frozenset({Sort.LEFT, Sort.STAY})
YES = frozenset({"ja", "x", "yes", "j", "y", "ok", "✔", "✓", "✅"})
NO = frozenset({"nej", "no", "n", "❌", "✗"})
_DASHES = frozenset({"-", "–", "—", ""})


def tabled(texts: Sequence[str]) -> list[str]:
    """Return *texts* with the cells of a table under a heading made into words."""
    head: list[str] | None = None
    found = []
    for n, text in enumerate(texts):
        cells = [c.strip() for c in _CELL.split(text)]
        below = _CELL.split(texts[n + 1]) if n + 1 < len(texts) else []
        if _is_head(cells, below):
            head = cells if len(cells) > 1 else ["", *cells]
            found.append("")
        elif head is not None and len(cells) > 1:
            found.append(_row(head, cells))
        else:
            found.append(text)
    return found


def _is_head(cells: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether *cells* are titles: one of them is of names, or all of what is told."""
    plain = [fold(c.strip(" .:?!")) for c in cells]
    if len(cells) > 1 and _NAMES & set(plain):
        return True
    if len(cells) == 1:  # "Slutat" over "Anna<tab>nej"
        answers = [fold(c.strip(" .!?")) for c in below[1:]]
        return (
            bool(answers) and set(answers) <= YES | NO | _DASHES and meaning(cells[0]) is not None
        )
    known = [c for c in plain if c]
    told = [c for c in known if meaning(c) is not None]
    plain_rest = all(meaning(c) is not None or _NOTES.search(c) or _LAST.search(c) for c in known)
    return bool(told) and plain_rest and not set(known) & (YES | NO)


def _row(head: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table's row as a sentence: "ja" in the column "Kvar" is "kvar"."""
    names: list[str] = []
    parts: list[str] = []
    moved = ""
    for n, cell in enumerate(cells):
        title = fold(head[n].strip(" .:?!")) if n < len(head) else ""
        plain = fold(cell.strip(" .!?"))
        if plain in _DASHES or _ASIDE.search(title):
            continue
        if title in _NAMES or (not title and n == 0):
            names.append(cell)
        elif _NEW.search(title):
            speaks = meaning(cell) is not None
            moved = "" if speaks else cell
            parts += [cell] if speaks else []
        else:
            parts.append(_told(title, cell, plain))
    if moved:
        parts = [f"har flyttat till {moved}", *(p for p in parts if p != "nej")]
    return ", ".join([" ".join(names), *parts])


def _told(title: str, cell: str, plain: str) -> str:
    """Return what a cell tells under its *title*; what answers another question is in doubt."""
    sort = meaning(title)
    if _LAST.search(title):
        return f"sista dag {cell}" if plain not in YES | NO else "oklart"
    if plain not in YES | NO:
        return cell
    if sort is Sort.STAY:
        return "kvar" if plain in YES else "nej"
    if sort is Sort.LEFT and "slutar" not in title:
        return "slutat" if plain in YES else "kvar"
    if title and not _NOTES.search(title):
        return "oklart"
    return cell
