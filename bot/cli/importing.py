"""``import``: registers from CSV, shown first, all or nothing. Reads no forms."""

from __future__ import annotations

import getpass
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot import bootstrap
from bot.app import bringing, bringing_cards
from bot.app.services import Services
from bot.app.turn import sync_managers
from bot.cli.frame import Exit, complain, console, frame, instant, print_table, services
from bot.cli.options import Now
from bot.cli.words import swedish
from bot.domain.calendar import today
from bot.domain.cards import shown
from bot.ports.errors import ConflictError

_SHOWN = 30


class What(StrEnum):
    """The registers that can be brought in."""

    MANAGERS = "managers"
    PERSONS = "persons"
    CARDS = "cards"


def import_table(
    context: typer.Context,
    what: Annotated[What, typer.Argument(help="Vilket register.")],
    file: Annotated[Path, typer.Argument(help="CSV-fil.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fråga inte, läs in.")] = False,
    now: Now = None,
) -> None:
    """Läs in chefer, personer eller kort från CSV: visar först, allt eller inget."""
    try:
        content = file.read_bytes()
    except OSError as error:
        complain(f"Kan inte läsa {file}: {error.strerror}.", Exit.USAGE)
    with services(frame(context), now=instant(now)) as opened:
        match what:
            case What.MANAGERS:
                _managers(opened, content, yes=yes)
            case What.PERSONS:
                _persons(opened, content, yes=yes)
            case What.CARDS:
                _cards(opened, content, yes=yes)


def _managers(opened: Services, content: bytes, *, yes: bool) -> None:
    entries, faults = bootstrap.registers.managers(content)
    _refuse(faults)
    rows = [(e.unit_id, e.unit, e.name, e.mail, str(e.valid_to or "")) for e in entries]
    _preview(f"{len(entries)} chefer", ("Id", "Enhet", "Chef", "E-post", "Till"), rows)
    if _agreed(yes=yes):
        source = f"import:{hashlib.sha256(content).hexdigest()}"
        bringing.take_managers(opened, entries, source, getpass.getuser())
        console().print(f"{len(entries)} chefer inlästa.")
        if opened.managers is not None:
            console().print(
                "Obs: [managers] i inställningarna gäller. Det registret läses in igen vid nästa "
                "runda. Ändra i den filen, eller ta bort [managers].",
                markup=False,
            )


def _persons(opened: Services, content: bytes, *, yes: bool) -> None:
    sync_managers(opened)
    entries, faults = bootstrap.registers.persons(content, today(opened.clock()))
    _refuse(faults)
    try:
        arrivals = bringing.persons(opened, entries)
        counts = Counter(a.word for a in arrivals)
        title = ", ".join(f"{n} {word}" for word, n in counts.items()) or "inga personer"
        rows = [
            (a.word, "–" if a.entry.protected else a.entry.full_name, a.entry.unit or "")
            for a in arrivals
            if a.word != "oförändrad"
        ]
        _preview(title, ("", "Namn", "Enhet"), rows)
        if _agreed(yes=yes):
            count = bringing.take_persons(opened, arrivals, getpass.getuser())
            console().print(f"{count} personer inlästa.")
    except bringing.UnknownUnitsError as error:
        complain(str(error), Exit.REFUSED)
    except ConflictError as error:
        complain(f"Katalogen säger något annat: {error.reason}. Inget lästes in.", Exit.REFUSED)


def _cards(opened: Services, content: bytes, *, yes: bool) -> None:
    sync_managers(opened)
    rows, faults = bootstrap.card_register.cards(content, today(opened.clock()))
    _refuse(faults)
    plan = bringing_cards.cards(opened, rows)
    _refuse(plan.faults)
    counts = Counter(a.word for a in plan.arrivals)
    title = ", ".join(f"{n} {word}" for word, n in counts.items()) or "inga kort"
    heads = ("", "Slag", "Nummer", "Namn", "Läge", "Åter senast", "Obs")
    _preview(title, heads, [_card_row(a) for a in plan.arrivals if a.word != bringing_cards.SAME])
    if not _agreed(yes=yes):
        return
    try:
        done = bringing_cards.take_cards(opened, rows, getpass.getuser())
    except bringing_cards.RowsRefusedError as error:
        _refuse(error.faults)
    except ConflictError:
        complain("Någon annan ändrade ett av korten just nu. Inget lästes in.", Exit.REFUSED)
    else:
        _told(done)


def _card_row(arrival: bringing_cards.Arrival) -> tuple[str, ...]:
    row, card = arrival.row, arrival.card
    kind, number = swedish(row.kind.value), shown(row.number)
    if card is None:
        return (arrival.word, kind, number, "", "lager", "", "")
    name = "–" if card.holder.protected else card.holder.name
    due = str(card.due or "")
    return (arrival.word, kind, number, name, swedish(card.status.value), due, arrival.note)


def _told(plan: bringing_cards.Plan) -> None:
    cards = plan.of(bringing_cards.NEW, bringing_cards.CHANGED)
    blanks = plan.of(bringing_cards.STOCK, bringing_cards.RESTOCK)
    console().print(f"{len(cards)} kort och {len(blanks)} blanka kort inlästa.")
    holes = sum(bool(a.note) for a in cards)
    if holes:
        console().print(
            f"{holes} kort behöver ses till. De ligger bland ärendena: ekbot list cases"
        )


def bring_in_persons(opened: Services, file: Path) -> int:
    """Bring in *file* without asking; return how many persons."""
    sync_managers(opened)
    entries, faults = bootstrap.registers.persons(file.read_bytes(), today(opened.clock()))
    _refuse(faults)
    return bringing.take_persons(opened, bringing.persons(opened, entries), "demo")


def _refuse(faults: Sequence[object]) -> None:
    if faults:
        lines = "\n".join(f"  {fault}" for fault in faults)
        complain(f"Inget lästes in. {len(faults)} fel:\n{lines}", Exit.REFUSED)


def _preview(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows[:_SHOWN]:
        table.add_row(*row)
    print_table(table)
    if len(rows) > _SHOWN:
        console().print(f"… och {len(rows) - _SHOWN} till")


def _agreed(*, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        console().print("Inget ändrat. Läs in med --yes.")
        return False
    return typer.confirm("Läsa in?")
