"""``import``: registers from CSV, shown first, all or nothing. Reads no forms."""

from __future__ import annotations

import getpass
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.app import bringing, bringing_cards
from bot.app.services import Services
from bot.app.turn import sync_managers
from bot.cli.frame import (
    Exit,
    a_table,
    agreed,
    complain,
    frame,
    instant,
    print_json,
    print_table,
    say,
    services,
)
from bot.cli.options import Json, Now
from bot.cli.shapes import Json as Object
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
    what: Annotated[What, typer.Argument(metavar="REGISTER", help="Vilket register.")],
    file: Annotated[Path, typer.Argument(metavar="FIL", help="CSV-fil.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fråga inte, läs in.")] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Läs in chefer, personer eller kort från CSV: visar först, allt eller inget."""
    try:
        content = file.read_bytes()
    except OSError as error:
        complain(f"Kan inte läsa {file}: {error.strerror}.", Exit.USAGE)
    talk = _Talk(yes, as_json)
    with services(frame(context), now=instant(now)) as opened:
        match what:
            case What.MANAGERS:
                _managers(opened, content, talk)
            case What.PERSONS:
                _persons(opened, content, talk)
            case What.CARDS:
                _cards(opened, content, talk)
    talk.end()


def _managers(opened: Services, content: bytes, talk: _Talk) -> None:
    entries, faults = bootstrap.registers.managers(content)
    _refuse(faults)
    rows = [(e.unit_id, e.unit, e.name, e.mail, str(e.valid_to or "")) for e in entries]
    talk.preview(f"{len(entries)} chefer", ("Id", "Enhet", "Chef", "E-post", "Till"), rows)
    if talk.agreed():
        source = f"{bringing.IMPORTED}{hashlib.sha256(content).hexdigest()}"
        bringing.take_managers(opened, entries, source, getpass.getuser())
        talk.say(f"{len(entries)} chefer inlästa.")
        if opened.managers is not None:
            talk.say(
                "Obs: [managers] i inställningarna gäller. Det registret läses in igen vid nästa "
                "runda. Ändra i den filen, eller ta bort [managers].",
            )


def _persons(opened: Services, content: bytes, talk: _Talk) -> None:
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
        talk.preview(title, ("Ändring", "Namn", "Enhet"), rows)
        if talk.agreed():
            count = bringing.take_persons(opened, arrivals, getpass.getuser())
            talk.say(f"{count} personer inlästa.")
    except bringing.UnknownUnitsError as error:
        complain(str(error), Exit.REFUSED)
    except ConflictError as error:
        complain(f"Katalogen säger något annat: {error.reason}. Inget lästes in.", Exit.REFUSED)


def _cards(opened: Services, content: bytes, talk: _Talk) -> None:
    sync_managers(opened)
    rows, faults = bootstrap.card_register.cards(content, today(opened.clock()))
    _refuse(faults)
    plan = bringing_cards.cards(opened, rows)
    _refuse(plan.faults)
    counts = Counter(a.word for a in plan.arrivals)
    title = ", ".join(f"{n} {word}" for word, n in counts.items()) or "inga kort"
    heads = ("Ändring", "Slag", "Nummer", "Namn", "Läge", "Åter senast", "Obs")
    talk.preview(
        title, heads, [_card_row(a) for a in plan.arrivals if a.word != bringing_cards.SAME]
    )
    if not talk.agreed():
        return
    try:
        done = bringing_cards.take_cards(opened, rows, getpass.getuser())
    except bringing_cards.RowsRefusedError as error:
        _refuse(error.faults)
    except ConflictError:
        complain("Någon annan ändrade ett av korten just nu. Inget lästes in.", Exit.REFUSED)
    else:
        _told(done, talk)


def _card_row(arrival: bringing_cards.Arrival) -> tuple[str, ...]:
    row, card = arrival.row, arrival.card
    kind, number = swedish(row.kind.value), shown(row.number)
    if card is None:
        return (arrival.word, kind, number, "", "lager", "", "")
    name = "–" if card.holder.protected else card.holder.name
    due = str(card.due or "")
    return (arrival.word, kind, number, name, swedish(card.status.value), due, arrival.note)


def _told(plan: bringing_cards.Plan, talk: _Talk) -> None:
    cards = plan.of(bringing_cards.NEW, bringing_cards.CHANGED)
    blanks = plan.of(bringing_cards.STOCK, bringing_cards.RESTOCK)
    talk.say(f"{len(cards)} kort och {len(blanks)} blanka kort inlästa.")
    holes = sum(bool(a.note) for a in cards)
    if holes:
        talk.say(f"{holes} kort behöver ses till. De ligger bland ärendena: ekbot list cases")


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


@dataclass
class _Talk:
    """What is said while a register is brought in: to people as it goes, or as JSON at the end."""

    yes: bool
    as_json: bool
    found: Object = field(default_factory=dict)

    def preview(self, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """Show what would be brought in."""
        self.found |= {"title": title, "rows": [dict(zip(heads, r, strict=True)) for r in rows]}
        if self.as_json:
            return
        table = a_table(title, *heads)
        for row in rows[:_SHOWN]:
            table.add_row(*row)
        print_table(table)
        if len(rows) > _SHOWN:
            say(f"… och {len(rows) - _SHOWN} till")

    def agreed(self) -> bool:
        """Tell whether it shall be brought in; asks only people, who have seen it."""
        done = self.yes or (not self.as_json and agreed("Läsa in?"))
        self.found["taken"] = done
        if not done and not self.as_json:
            say("Inget ändrat. Läs in med --yes.")
        return done

    def say(self, text: str) -> None:
        """Say one more thing."""
        if not self.as_json:
            say(text)
        self.found["notes"] = [*self.found.get("notes", ()), text]

    def end(self) -> None:
        """Print the JSON, where that was asked for."""
        if self.as_json:
            print_json(self.found)
