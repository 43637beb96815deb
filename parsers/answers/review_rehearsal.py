"""Likely replies to a review letter, made of its own rows, with what each must be heard to say.

A letter whose likely replies are not understood is not sent: `misread` names those replies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.domain.review_reply import Heard, Listed, RowAnswer
from parsers.answers.review import understand_review
from parsers.answers.review_names import Names, fold

_HEAD = "\n\nFrån: Avsändare\nSkickat: {on:%Y-%m-%d} 09:00\nTill: Mottagare\nÄmne: Genomgång\n\n"
_AGO, _AHEAD = timedelta(days=12), timedelta(days=20)
_QUOTING = 6  # one reply of so many quotes the letter: the others are read faster
_COMMON = frozenset(
    ["alla", "ingen", "inga", "resten", "ja", "nej", "kvar", "mvh", "det", "nr", "ta", "till", "en"]
)
_FEW = 2  # rows below which "the others" are none
_Reply = tuple[str, tuple[Heard, ...]]


def likely_replies(rows: Sequence[Listed], on: date, letter: str = "") -> tuple[_Reply, ...]:
    """Return the texts of likely replies of the day *on*, each with the answers it must give.

    *letter* is the letter's text part: what a reply quotes. Without it no answer stands in a
    quotation. The answers bear no words: compare row, answer and day.
    """
    if not rows:
        return ()
    made = _Replies(rows, on)
    above = [*made.of_all(), *(made.of_one() if len(rows) >= _FEW else ()), *made.lists()]
    above = [(text, heard) for text, heard in above if not made.clashes(text)]
    quoted = _HEAD.format(on=on) + letter if letter else ""
    inline = made.inline(letter) if letter else ()
    return (
        *((text if n % _QUOTING else text + quoted, h) for n, (text, h) in enumerate(above)),
        *inline,
    )


def misread(letters: Sequence[str], rows: Sequence[Listed], on: date) -> tuple[str, ...]:
    """Return which likely replies to a letter are not understood; *letters*: its text part first.

    The others are what its reader may see besides, as the words of the HTML part.
    """
    found = []
    for text, must in likely_replies(rows, on, letters[0] if letters else ""):
        heard = understand_review(text, letters, rows, on=on).rows
        if [(h.row, h.answer, h.on) for h in heard] != [(h.row, h.answer, h.on) for h in must]:
            found.append(text)
    return tuple(found)


class _Replies:
    def __init__(self, rows: Sequence[Listed], on: date) -> None:
        self._rows = rows
        self._past, self._coming = on - _AGO, on + _AHEAD
        names = Names(rows)
        only = [r for r in rows if self._is_alone(names, r)]
        self._one = only[len(only) // 2] if only else rows[len(rows) // 2]
        self._named = bool(only)
        listed = {w for r in rows for w in fold(r.name).split()}
        self._taken = listed & _COMMON
        whole = [fold(r.name) for r in rows]
        self._distinct = len(set(whole)) == len(whole)

    def clashes(self, text: str) -> bool:
        """Tell whether a word of a reply is also somebody's name: Alla, Inga."""
        words = {fold(w.strip(".,!")) for w in text.split()}
        return bool(words & self._taken)

    def _is_alone(self, names: Names, row: Listed) -> bool:
        """Tell whether each of a row's names is nobody else's."""
        words = fold(row.name).split()
        return len(words) > 1 and all(len(names.single(w)) == 1 for w in (words[0], words[-1]))

    def _all(
        self, one: RowAnswer = RowAnswer.STAYS, day: date | None = None,
        others: RowAnswer = RowAnswer.STAYS,
    ) -> tuple[Heard, ...]:  # fmt: skip
        return tuple(
            Heard(r.row, one, day) if r is self._one else Heard(r.row, others) for r in self._rows
        )

    def of_all(self) -> Iterator[_Reply]:
        """Yield replies that speak of everybody."""
        for text in ("Ja", "Alla är kvar.", "Hej!\n\nDet stämmer.\n\nMvh\nKim"):
            yield text, self._all()
        for text in ("Nej, inga förändringar.", "Ingen har slutat."):
            yield text, self._all()

    def of_one(self) -> Iterator[_Reply]:
        """Yield replies that speak of one, and of the others."""
        row, past, coming = self._one, f"{self._past:%Y-%m-%d}", f"{self._coming:%Y-%m-%d}"
        left, leaving = RowAnswer.LEFT, RowAnswer.LEAVING
        yield f"Nr {row.row} slutade {past}, övriga är kvar.", self._all(left, self._past)
        yield f"Alla utom nr {row.row} är kvar.", self._all(left)
        yield f"Nr {row.row} slutar {coming}. Resten kvar.", self._all(leaving, self._coming)
        yield f"Nummer {row.row} har slutat", self._all(left, others=RowAnswer.OPEN)
        if self._distinct:
            short = f"{self._past.day}/{self._past.month}"
            yield f"{row.name} slutade {short}. Resten kvar.", self._all(left, self._past)
            yield f"Ta bort {row.name}. Övriga stämmer.", self._all(left)
            yield f"Alla utom {row.name} är kvar.", self._all(left)
            back = f"{row.surname} {row.given_name}"
            yield f"{back} har slutat, övriga är kvar.", self._all(left)
        if self._named:
            given, surname = row.name.split()[0], row.name.split()[-1]
            yield f"{given} har slutat, de andra är kvar", self._all(left)
            yield f"{surname} slutar {coming}, resten ok", self._all(leaving, self._coming)
            moved = f"{given} har flyttat till en annan enhet. Övriga är kvar."
            yield moved, self._all(RowAnswer.MOVED)
            yield f"{given} är föräldraledig men kvar, övriga är också kvar.", self._all()

    def lists(self) -> Iterator[_Reply]:
        """Yield replies that answer row by row."""
        left = RowAnswer.LEFT
        words = {r.row: "slutat" if r is self._one else "kvar" for r in self._rows}
        some = len(self._rows) >= _FEW
        yield "\n".join(f"{r.row}. {words[r.row]}" for r in self._rows), self._all(left)
        if some:
            brief = {"slutat": "nej", "kvar": "ja"}
            yield " ".join(f"{r.row} {brief[words[r.row]]}" for r in self._rows), self._all(left)
            yield ", ".join(brief[words[r.row]] for r in self._rows), self._all(left)
        if self._distinct:
            yield "\n".join(f"{r.name} - {words[r.row]}" for r in self._rows), self._all(left)
            stay = "\n".join(r.name for r in self._rows if r is not self._one)
            kept = f"Kvar:\n{stay}\n\n" if stay else ""
            yield f"{kept}Slutat:\n{self._one.name}", self._all(left)

    def inline(self, letter: str) -> Iterator[_Reply]:
        """Yield replies that answer beside and below the quoted rows."""
        left = RowAnswer.LEFT
        words = {r.row: "slutat" if r is self._one else "kvar" for r in self._rows}
        places = _row_lines(letter, self._rows)
        if len(places) != len(self._rows):
            return
        for mark in ("", "> "):
            for beside in (True, False):
                lines = []
                for n, line in enumerate(letter.splitlines()):
                    said = words.get(places.get(n, 0), "")
                    lines.append(f"{mark}{line}   {said}".rstrip() if beside else f"{mark}{line}")
                    lines += [said] if said and not beside else []
                head = "Den 1 jan 2026 kl 09:00 skrev Avsändare:\n" if mark else "Se nedan"
                intro = head if mark else head + _HEAD.format(on=date(2026, 1, 1))
                yield intro + "\n".join(lines), self._all(left)


def _row_lines(letter: str, rows: Sequence[Listed]) -> Mapping[int, int]:
    """Return which lines of a letter list which rows."""
    found: dict[int, int] = {}
    starts = {f"{row.row}. {row.name}": row.row for row in rows}
    for n, line in enumerate(letter.splitlines()):
        for start, row in starts.items():
            if line.startswith(start) and row not in found.values():
                found[n] = row
    return found
