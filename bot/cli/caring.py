"""``doctor``: is everything well, and what to do if not. Mends nothing."""

from __future__ import annotations

import typer
from rich.text import Text

from bot import bootstrap
from bot.cli.frame import (
    Exit,
    a_table,
    busy,
    config_path,
    frame,
    print_json,
    print_table,
    say,
    services,
)
from bot.cli.options import Json
from bot.ports.check import Check

_GROUPS = (  # title, the beginnings of the names that belong to it
    ("Post in och ut", ("Åtkomsttoken", "Brevlåd", "Utgående", "Brevmallar", "Brev som", "Kö")),
    ("Register", ("Katalog", "Chefsregister", "Avsändare", "Handläggare")),
    ("Kort", ("Lathund", "Kvittens", "Påminnelser", "Regler", "Blanka")),
    ("Läsning", ("Blanketter", "Läsare")),
)
_REST = "Drift"
_NAME = 30  # columns for the names; the same in every group


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Kontrollera inställningar, anslutningar, mallar, klocka, disk, kö och logg."""
    with services(frame(context), look=True) as opened, busy("Kontrollerar …"):
        checks = bootstrap.examine(opened, config_path(frame(context)).parent)
    if as_json:
        print_json(
            [
                {"group": group(c), "name": c.name, "ok": c.ok, "seen": c.seen, "advice": c.advice}
                for c in checks
            ]
        )
    else:
        _show(checks)
    raise typer.Exit(int(Exit.DONE if all(c.ok for c in checks) else Exit.WAITS))


def group(check: Check) -> str:
    """Return the group that a check is shown in."""
    fits = (title for title, names in _GROUPS if check.name.startswith(names))
    return next(fits, _REST)


def _show(checks: tuple[Check, ...]) -> None:
    wide = min(_NAME, max(len(c.name) for c in checks))
    for title in (*(title for title, _ in _GROUPS), _REST):
        rows = [c for c in checks if group(c) == title]
        if rows:
            _part(title, rows, wide)
    ill = [c for c in checks if not c.ok]
    say()
    if not ill:
        say(f"Allt är bra: {len(checks)} kontroller.", style="bold green")
        return
    say(f"{len(ill)} av {len(checks)} kontroller behöver ses till:", style="bold red")
    for check in ill:
        say(f"  {check.name}: {check.advice or check.seen}")


def _part(title: str, rows: list[Check], wide: int) -> None:
    table = a_table(title)
    table.add_column(no_wrap=True)
    table.add_column(width=wide, overflow="fold")
    table.add_column(overflow="fold")
    for check in rows:
        mark = Text("✓", style="green") if check.ok else Text("✗", style="bold red")
        table.add_row(mark, check.name, check.seen)
    print_table(table)
