"""``doctor``: is everything well, and what to do if not. Mends nothing."""

from __future__ import annotations

import typer
from rich.table import Table

from bot import bootstrap
from bot.cli.frame import Exit, config_path, frame, print_json, print_table, services
from bot.cli.options import Json
from bot.ports.check import Check


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Kontrollera inställningar, anslutningar, mallar, klocka, disk, kö och logg."""
    with services(frame(context), look=True) as opened:
        checks = bootstrap.examine(opened, config_path(frame(context)).parent)
    if as_json:
        print_json(
            [{"name": c.name, "ok": c.ok, "seen": c.seen, "advice": c.advice} for c in checks]
        )
    else:
        _show(checks)
    raise typer.Exit(int(Exit.DONE if all(c.ok for c in checks) else Exit.WAITS))


def _show(checks: tuple[Check, ...]) -> None:
    table = Table(title="Hälsokontroll", title_justify="left")
    for head in ("", "Vad", "Resultat"):
        table.add_column(head, overflow="fold")
    for check in checks:
        seen = check.seen if check.ok or not check.advice else f"{check.seen}\n→ {check.advice}"
        table.add_row("✓" if check.ok else "✗", check.name, seen)
    print_table(table)
