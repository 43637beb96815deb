"""``list``: the tables of the memory, for people and for machines. Only looks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from bot.app.services import Services
from bot.cli import review_shapes, shapes
from bot.cli.frame import frame, print_json, print_table, services
from bot.cli.words import swedish
from bot.cli.working import Json
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import STOCKHOLM
from bot.domain.cards import shown
from bot.ports.errors import NeedsOperatorError


class What(StrEnum):
    """The tables that can be listed."""

    PERSONS = "persons"
    CARDS = "cards"
    BLANKS = "blanks"
    CASES = "cases"
    MAILS = "mails"
    LETTERS = "letters"
    REVIEWS = "reviews"
    MANAGERS = "managers"


_COLUMNS = {
    What.PERSONS: ("id", "given_name", "surname", "title", "unit", "status", "valid_until"),
    What.CARDS: ("id", "kind", "number", "name", "status", "due", "next_on"),
    What.BLANKS: ("number", "received", "expires"),
    What.CASES: ("id", "kind", "priority", "status", "title", "why"),
    What.MAILS: ("id", "received", "sender", "outcome", "why", "cases"),
    What.LETTERS: ("id", "kind", "to", "case", "status", "sent"),
    What.REVIEWS: ("id", "campaign", "manager_mail", "status", "open", "rows"),
    What.MANAGERS: ("unit_id", "unit", "name", "mail", "valid_from", "valid_to"),
}
_CODES = frozenset({"status", "kind", "priority", "outcome"})
_HEADS = {
    "id": "Nr", "campaign": "Granskning", "manager_mail": "Chef", "open": "Utan svar",
    "rows": "Rader", "number": "Kortnummer", "due": "Åter senast", "next_on": "Härnäst",
    "expires": "Går ut",
    "given_name": "Förnamn", "surname": "Efternamn", "title": "Titel/rubrik",
    "unit": "Enhet", "status": "Läge", "valid_until": "Gäller till", "kind": "Slag",
    "priority": "Vikt", "why": "Varför", "received": "Kom", "sender": "Från", "outcome": "Utfall",
    "cases": "Ärenden", "to": "Till", "case": "Ärende", "sent": "Skickat", "unit_id": "Enhets-id",
    "name": "Namn", "mail": "E-post", "valid_from": "Från", "valid_to": "Till",
}  # fmt: skip


def list_table(
    context: typer.Context,
    what: Annotated[What, typer.Argument(help="Vad som ska listas.")],
    as_json: Json = False,
) -> None:
    """Lista personer, kort, blanka kort, ärenden, mejl, brev, granskningar eller chefer."""
    with services(frame(context), look=True) as opened:
        rows = _rows(opened, what)
    if as_json:
        print_json(rows)
        return
    table = Table(title=f"{what.value} ({len(rows)})", title_justify="left")
    for name in _COLUMNS[what]:
        table.add_column(_HEADS[name], overflow="fold")
    for row in rows:
        table.add_row(*(_cell(name, row[name]) for name in _COLUMNS[what]))
    print_table(table)


def _rows(opened: Services, what: What) -> list[shapes.Json]:
    with opened.store.begin() as work:
        match what:
            case What.PERSONS:
                return [shapes.person(r) for r in work.records.list()]
            case What.CARDS:
                return [shapes.card(c) for c in work.cards.list()]
            case What.BLANKS:
                return [shapes.blank(b) for b in work.blanks.list()]
            case What.CASES:
                return [shapes.case(c) for c in work.cases.list()]
            case What.MAILS:
                rows = work.journal.list()
                return [shapes.mail(r, work.cases.of_mail(r.id)) for r in rows]
            case What.LETTERS:
                hidden = {c.id for c in work.cases.list() if c.protected}
                covered = {c.id for c in work.cards.list() if c.holder.protected}
                letters = (shapes.letter(r, hidden, covered) for r in work.outbox.list())
                return [row for row in letters if row is not None]
            case What.REVIEWS:
                return review_shapes.reviews(work)
            case What.MANAGERS:
                source = _source(opened)
                found = work.managers.list() if source is None else source
                return [shapes.manager(r) for r in found]


def _source(opened: Services) -> tuple[ManagerEntry, ...] | None:
    """Return the register as its source has it now; None when the one in force must do."""
    if opened.managers is None:
        return None
    try:
        return opened.managers.read()
    except NeedsOperatorError as error:
        typer.echo(error.advice, err=True)
        return None


def _cell(name: str, value: object) -> str:
    if name in _CODES and isinstance(value, str):
        return swedish(value)
    if name in ("received", "sent") and isinstance(value, str):
        return f"{datetime.fromisoformat(value).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
    if name == "number" and isinstance(value, str):
        return shown(value)
    if name == "rows" and isinstance(value, list):
        return str(len(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
