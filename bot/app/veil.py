"""Who is protected today is named in no letter to staff, however long the letter has waited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.desk_letters import EchoRow, StaffEcho
from bot.domain.letters import Digest, Letter, WorkRow
from bot.domain.records import Record
from bot.domain.values import CardId, CaseId, PersonId
from bot.ports.rows import OutboxRow
from bot.ports.store import Work

HIDDEN = "[skyddad]"
_SHORTEST = 3  # letters of a surname that is looked for in free text


def veiled(work: Work, cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return *cases*, those of whoever has become protected since they were opened as such."""
    people = {record.entry.person_id for record in work.records.protected()}
    return tuple(replace(c, protected=True) if c.person in people else c for c in cases)


def current(work: Work, row: OutboxRow, letter: Letter) -> Letter:
    """Return a letter to staff as it may go now; any other letter as it is.

    Bytes that were made of it before are let go: it is written again under the same Message-ID.
    """
    seen = _veiled(work, letter)
    if seen != letter and work.outbox.raw(row.id):
        work.outbox.save(row, raw=b"")
    return seen


def _veiled(work: Work, letter: Letter) -> Letter:
    content = letter.content
    if not isinstance(content, Digest | StaffEcho):
        return letter
    protected = work.records.protected()
    if not protected:
        return letter
    if isinstance(content, Digest):
        return replace(letter, content=_digest(work, content, protected))
    return replace(letter, content=_echo(work, content, protected))


def _digest(work: Work, digest: Digest, protected: Collection[Record]) -> Digest:
    """Return the digest without the rows of *protected*, whose work is counted instead."""
    names = ("urgent", "today", "open", "waiting", "done", "ending")
    before = {name: getattr(digest, name) for name in names}
    left: dict[str, tuple[WorkRow, ...]] = {
        name: tuple(r for r in rows if not _is_of(work, r.handle, protected))
        for name, rows in before.items()
    }
    live = ("urgent", "today", "open", "waiting")
    gone = sum(r.handle.startswith("K-") for n in live for r in before[n] if r not in left[n])
    drift = digest.drift
    if drift is not None:
        named = tuple(h for h in drift.new if not _is_of(work, h, protected))
        drift = replace(drift, new=named)
    digest = replace(digest, protected=digest.protected + gone, drift=drift)
    return replace(digest, **left)  # type: ignore[arg-type]


def _echo(work: Work, echo: StaffEcho, protected: Collection[Record]) -> StaffEcho:
    """Return the receipt with no title and no word about *protected*."""
    words = names_in(protected)

    def row(one: EchoRow) -> EchoRow:
        if one.handle and _is_of(work, one.handle, protected):
            return EchoRow(one.handle, "", HIDDEN)
        return replace(one, text=words.sub(HIDDEN, one.text))

    return replace(
        echo, done=tuple(map(row, echo.done)), refused=tuple(map(row, echo.refused)),
        shown=tuple(map(row, echo.shown)), meant=tuple(map(row, echo.meant)),
        unread=tuple(words.sub(HIDDEN, line) for line in echo.unread),
    )  # fmt: skip


def names_in(protected: Iterable[Record]) -> re.Pattern[str]:
    """Return what finds the surnames of *protected* in free text, first names before them too."""
    found = set()
    for entry in (record.entry for record in protected):
        first = rf"(?:{re.escape(entry.given_name)}\s+)?" if entry.given_name else ""
        if len(entry.surname) >= _SHORTEST:
            found.add(f"{first}{re.escape(entry.surname)}")
    longest = sorted(found, key=lambda words: (-len(words), words))
    return re.compile(rf"\b(?:{'|'.join(longest)})\w*" if longest else r"(?!)", re.IGNORECASE)


def _is_of(work: Work, handle: str, protected: Collection[Record]) -> bool:
    """Tell whether K-17, C-4 or P-2 is about somebody of *protected*."""
    kind, _, number = handle.partition("-")
    if not number.isdecimal():
        return False
    if kind == "P":
        return int(number) in {record.id for record in protected}
    return _person(work, kind, int(number)) in {record.entry.person_id for record in protected}


def _person(work: Work, kind: str, number: int) -> PersonId | None:
    if kind == "C":
        card = work.cards.get(CardId(number))
        return card.holder.person if card is not None else None
    case = work.cases.get(CaseId(number)) if kind == "K" else None
    return case.person if case is not None else None
