"""``list``: the tables of the memory, for people and for machines. Only looks."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from bot import bootstrap
from bot.cli import completing, drift_shapes, review_shapes, shapes
from bot.cli.frame import a_table, frame, is_narrow, memory, print_json, print_table, say, settings
from bot.cli.options import Json
from bot.cli.sieve import Sieve, sieve
from bot.cli.words import swedish
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import STOCKHOLM
from bot.domain.cards import shown
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.ports.store import Store
from bot.settings import Settings


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
    DRIFTS = "drifts"


_COLUMNS = {
    What.PERSONS: ("id", "given_name", "surname", "title", "unit", "status", "valid_until"),
    What.CARDS: ("id", "kind", "number", "name", "status", "due", "next_on"),
    What.BLANKS: ("number", "received", "expires"),
    What.CASES: ("id", "kind", "priority", "status", "title", "why"),
    What.MAILS: ("id", "received", "sender", "outcome", "why", "cases"),
    What.LETTERS: ("id", "kind", "to", "case", "status", "sent"),
    What.REVIEWS: ("id", "campaign", "manager_mail", "status", "open", "rows"),
    What.MANAGERS: ("unit_id", "unit", "name", "mail", "valid_from", "valid_to"),
    What.DRIFTS: ("id", "name", "attribute", "ours", "theirs", "since", "status", "case"),
}
_NARROW = {  # where the screen has 80 columns
    What.PERSONS: ("id", "given_name", "surname", "unit", "status", "valid_until"),
    What.CARDS: ("id", "kind", "number", "name", "status", "due"),
    What.CASES: ("id", "kind", "status", "title", "why"),
    What.MAILS: ("id", "received", "sender", "outcome", "why"),
    What.LETTERS: ("id", "kind", "to", "case", "status"),
    What.MANAGERS: ("unit_id", "unit", "name", "mail"),
    What.DRIFTS: ("id", "name", "attribute", "ours", "theirs", "case"),
}
_TITLES = {
    What.PERSONS: "Personer", What.CARDS: "Kort", What.BLANKS: "Blanka kort",
    What.CASES: "Ärenden", What.MAILS: "Mejl", What.LETTERS: "Brev",
    What.REVIEWS: "Granskningar", What.MANAGERS: "Chefer",
    What.DRIFTS: "Skillnader mot katalogen",
}  # fmt: skip
_ANSWERS = {"applied": "besked: genomfört", "rejected": "besked: avvisat"}  # letters' kinds
_CODES = frozenset({"status", "kind", "priority", "outcome"})
_HEADS = {
    "id": "Nr", "campaign": "Granskning", "manager_mail": "Chef", "open": "Utan svar",
    "rows": "Rader", "number": "Kortnummer", "due": "Åter", "next_on": "Härnäst",
    "expires": "Går ut",
    "given_name": "Förnamn", "surname": "Efternamn", "title": "Titel/rubrik",
    "unit": "Enhet", "status": "Läge", "valid_until": "Gäller till", "kind": "Slag",
    "priority": "Vikt", "why": "Varför", "received": "Kom", "sender": "Från", "outcome": "Utfall",
    "cases": "Ärenden", "to": "Till", "case": "Ärende", "sent": "Skickat", "unit_id": "Enhets-id",
    "attribute": "Uppgift", "ours": "Hos oss", "theirs": "I katalogen", "since": "Sedan",
    "name": "Namn", "mail": "E-post", "valid_from": "Från", "valid_to": "Till",
}  # fmt: skip
_SOLID = frozenset({"id", "number", "due", "next_on", "expires", "valid_until", "valid_from"})

StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="LÄGE", autocompletion=completing.statuses,
                 help="Bara de i detta läge (för mejl: utfall). Upprepa för flera."),
]  # fmt: skip
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="SLAG", autocompletion=completing.kinds,
                 help="Bara av detta slag. Upprepa för flera."),
]  # fmt: skip
Since = Annotated[
    str, typer.Option("--since", metavar="DAG", help="Bara sedan den dagen, t.ex. 2026-11-01.")
]
PersonOption = Annotated[
    str,
    typer.Option("--person", metavar="VEM", help="Bara om en person: namn, personnummer eller P-3.",
                 autocompletion=completing.persons),
]  # fmt: skip
Open = Annotated[bool, typer.Option("--open", help="Bara det som inte är klart.")]
Limit = Annotated[
    int, typer.Option("--limit", metavar="ANTAL", min=0, help="Bara de nyaste, så här många.")
]


def list_table(
    context: typer.Context,
    what: Annotated[What, typer.Argument(metavar="VAD", help="Vad som ska listas.")],
    *,
    only_open: Open = False,
    status: StatusOption = None,
    kind: KindOption = None,
    since: Since = "",
    person: PersonOption = "",
    limit: Limit = 0,
    as_json: Json = False,
) -> None:
    """Lista ärenden, personer, kort, blanka kort, mejl, brev, granskningar, chefer, skillnader.

    Listan kan begränsas; läge och slag skrivs med programmets ord (open) eller svenska (öppet).
    """
    chosen = sieve(
        what.value, status or (), kind or (), since=since, person=person, only_open=only_open
    )
    call = frame(context)
    office = settings(call)
    with memory(call) as store:
        found = _rows(store, office, what, chosen)
    rows = found[-limit:] if limit else found
    if as_json:
        print_json(rows)
        return
    more = f" av {len(found)}" if len(rows) < len(found) else ""
    title = f"{_TITLES[what]} ({len(rows)}{more})"
    _show(what, rows, title, own=office.office.domain if is_narrow() else "")


def _show(what: What, rows: list[shapes.Json], title: str, *, own: str) -> None:
    """Draw the table; where there is little room the *own* domain is left out of addresses."""
    if not rows and sys.stdout.isatty():
        say(f"{title}: inget att visa.")
        return
    columns = _NARROW.get(what, _COLUMNS[what]) if is_narrow() else _COLUMNS[what]
    table = a_table(title, *(_HEADS[name] for name in columns), keep=0)
    for name, column in zip(columns, table.columns, strict=True):
        column.no_wrap = name in _SOLID
    for row in rows:
        style = "bold red" if row.get("priority") == "urgent" and row["status"] != "done" else None
        cells = (_cell(name, row[name]) for name in columns)
        table.add_row(*(Text(c.replace(f"@{own}", "") if own else c) for c in cells), style=style)
    print_table(table)


def _rows(store: Store, office: Settings, what: What, chosen: Sieve) -> list[shapes.Json]:
    with store.begin() as work:
        match what:
            case What.PERSONS:
                rows = [shapes.person(r) for r in work.records.list()]
            case What.CARDS:
                rows = [shapes.card(c) for c in work.cards.list()]
            case What.BLANKS:
                rows = [shapes.blank(b) for b in work.blanks.list()]
            case What.CASES:
                rows = [shapes.case(c) for c in work.cases.list()]
            case What.MAILS:
                mails = work.journal.list()
                rows = [shapes.mail(r, work.cases.of_mail(r.id)) for r in mails]
            case What.LETTERS:
                hidden = {c.id for c in work.cases.list() if c.protected}
                covered = {c.id for c in work.cards.list() if c.holder.protected}
                letters = (shapes.letter(r, hidden, covered) for r in work.outbox.list())
                rows = [row for row in letters if row is not None]
            case What.REVIEWS:
                rows = review_shapes.reviews(work)
            case What.DRIFTS:
                rows = drift_shapes.drifts(work)
            case What.MANAGERS:
                source = _source(office)
                entries = work.managers.list() if source is None else source
                rows = [shapes.manager(r) for r in entries]
        return chosen.through(rows, work)


def _source(office: Settings) -> tuple[ManagerEntry, ...] | None:
    """Return the register as its source has it now; None when the one in force must do."""
    if office.managers is None:
        return None
    try:
        return bootstrap.register(office)
    except NeedsOperatorError as error:
        typer.echo(error.advice, err=True)
    except TransientError as error:
        typer.echo(f"Svarar inte just nu: {error.reason}. Här är det senast inlästa.", err=True)
    return None


def _cell(name: str, value: object) -> str:
    if name == "kind" and value in _ANSWERS:
        return _ANSWERS[str(value)]
    if name in _CODES and isinstance(value, str):
        return swedish(value)
    if name == "attribute" and isinstance(value, str):
        return drift_shapes.said(value)
    if name == "since" and isinstance(value, str):
        return str(datetime.fromisoformat(value).astimezone(STOCKHOLM).date())
    if name in ("received", "sent") and isinstance(value, str):
        return f"{datetime.fromisoformat(value).astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
    if name == "number" and isinstance(value, str):
        return value if is_narrow() else shown(value)
    if name == "rows" and isinstance(value, list):
        return str(len(value))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
