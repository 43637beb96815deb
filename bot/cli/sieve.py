"""What of a table is listed: by status, kind, day and person. Looks only at what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cli.frame import Exit, complain
from bot.cli.mistakes import meant
from bot.cli.shapes import Json
from bot.cli.words import swedish
from bot.domain import cards, cases, records, reviews, triage
from bot.ports.rows import MailState
from bot.ports.store import Work

_LETTERS = (
    "applied", "question", "rejected", "handed_over", "booking", "card_reminder", "card_return",
    "card_expiring", "appointment", "receipt_form", "reserve_reminder", "ending_soon", "review",
    "review_reminder", "review_echo", "review_move", "review_preview", "review_report",
    "cancellation_form", "loss_advice", "loss_alert", "digest", "escalation", "undone",
    "staff_echo",
    "extension_asked", "extension", "card_kept", "reply_noted", "inventory", "ended_with_card",
)  # fmt: skip
STATUSES: Mapping[str, tuple[str, ...]] = {
    "persons": tuple(records.Status),
    "cards": tuple(cards.Status),
    "cases": tuple(cases.Status),
    "mails": (*triage.Outcome, MailState.RECEIVED, MailState.STUCK),
    "letters": ("queued", "sent", "held", "failed", "withdrawn"),
    "reviews": tuple(reviews.ReviewStatus),
    "drifts": ("open", "answered"),
}
KINDS: Mapping[str, tuple[str, ...]] = {
    "cards": tuple(cards.CardKind),
    "cases": tuple(cases.Kind),
    "letters": _LETTERS,
}
_BEGUN = {
    "persons": "valid_from", "cards": "ordered", "blanks": "received", "cases": "opened",
    "mails": "received", "letters": "queued", "reviews": "asked", "managers": "valid_from",
    "drifts": "since",
}  # fmt: skip
_OVER = frozenset(
    {"done", "closed", "removed", "deregistered", "cancelled", "sent", "withdrawn", "answered"}
    | {*triage.Outcome} - {triage.Outcome.WITH_STAFF, triage.Outcome.ASKED_BACK}
)
_HANDLE = re.compile(r"[KBMPCG]-\d{1,18}", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\d{6,8}[-+ ]?\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which rows of a table pass."""

    table: str
    statuses: frozenset[str]
    kinds: frozenset[str]
    since: date | None
    person: str
    only_open: bool

    def through(self, rows: Sequence[Json], work: Work) -> list[Json]:
        """Return the rows that pass, in their order."""
        own = self._cases(work) if self.person else frozenset()
        return [row for row in rows if self._passes(row, own)]

    def _passes(self, row: Json, own: frozenset[str]) -> bool:
        status = status_of(row)
        return (
            (not self.statuses or status in self.statuses)
            and (not self.kinds or row.get("kind") in self.kinds)
            and (not self.only_open or status not in _OVER)
            and (self.since is None or _begun(row, self.table) >= self.since.isoformat())
            and (not self.person or _about(row, self.person, own))
        )

    def _cases(self, work: Work) -> frozenset[str]:
        """Return the handles of the person's cases: mails and letters are found by them."""
        if self.table not in ("mails", "letters"):
            return frozenset()
        every = [shape_of(c) for c in work.cases.list()]
        return frozenset(row["id"] for row in every if _about(row, self.person, frozenset()))


def shape_of(case: cases.Case) -> Json:
    """Return of a case what a search for a person may look at."""
    hidden = case.protected or case.person is None
    number = None if hidden or case.person is None else case.person.reveal()
    return {"id": case.handle, "person_id": number, "title": case.title}


def status_of(row: Json) -> str:
    """Return a row's status; a mail's is its outcome, or how far it has come."""
    if "outcome" in row:
        return str(row["outcome"] or row["state"])
    return str(row.get("status") or "")


def sieve(
    table: str, statuses: Iterable[str], kinds: Iterable[str], *, since: str, person: str,
    only_open: bool,
) -> Sieve:  # fmt: skip
    """Return the sieve that the words ask for; leaves with 1 when one of them is none."""
    return Sieve(
        table,
        frozenset(_code(table, w, STATUSES, "--status") for w in statuses),
        frozenset(_code(table, w, KINDS, "--kind") for w in kinds),
        _day(since),
        person.strip(),
        only_open,
    )


def _code(table: str, word: str, known: Mapping[str, tuple[str, ...]], option: str) -> str:
    if table not in known:
        fits = ", ".join(sorted(known))
        complain(f"{option} finns inte för {table}. Det finns för: {fits}.", Exit.USAGE)
    codes = known[table]
    spoken = {swedish(code): str(code) for code in codes}
    plain = word.strip().casefold()
    if plain in codes:
        return plain
    if plain not in spoken:
        asked = meant(plain, [*codes, *spoken])
        complain(f"{option}: ”{word}” finns inte.{asked} Välj: {', '.join(codes)}.", Exit.USAGE)
    return spoken[plain]


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complain(f"--since: ”{text}” är inget datum. Skriv till exempel 2026-11-23.", Exit.USAGE)


def _begun(row: Json, table: str) -> str:
    """Return the day (or instant) when the row began, "" when it has none."""
    found = row.get(_BEGUN[table]) or (row.get("handed_out") if table == "cards" else None)
    return str(found or "")


def _about(row: Json, person: str, own: frozenset[str]) -> bool:
    """Tell whether a row is about the person: a handle, an identity number or part of a name."""
    linked = {row.get("case"), *(row.get("cases") or ())}
    if linked & own:
        return True
    if _HANDLE.fullmatch(person):
        return person.upper() in {row.get("id"), row.get("card"), *linked}
    if _NUMBER.fullmatch(person):
        digits = re.sub(r"\D", "", person)
        ids = {row.get("person_id"), *(r.get("person_id") for r in _people(row))}
        return any(str(number).endswith(digits) for number in ids if number)
    words = [_name(row), *(_name(r) for r in _people(row))]
    return any(person.casefold() in text for text in words)


def _people(row: Json) -> list[Json]:
    rows = row.get("rows")
    return rows if isinstance(rows, list) else []


def _name(row: Json) -> str:
    if "given_name" in row:
        parts = (row["given_name"], row.get("middle_name"), row["surname"])
        return " ".join(p for p in parts if p).casefold()
    text = row.get("name") or (row.get("title") if "person_id" in row else "") or ""
    return str(text).casefold()
