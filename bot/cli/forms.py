"""``form``: blanks to print or mail. Reads none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.cli.frame import Exit, complain, console, frame, settings
from bot.domain.authority import entries_of_unit
from bot.domain.calendar import today
from bot.ports.errors import NeedsOperatorError, TransientError

form = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@form.callback()
def group() -> None:
    """Blanketter."""


@form.command("blank")
def blank(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", help="Filen som skrivs.")] = Path(
        "blankett-ek-1.pdf"
    ),
    unit: Annotated[
        str, typer.Option("--unit", help="Förifyll för enheten (namn eller id i registret).")
    ] = "",
) -> None:
    """Skriv vår egen ifyllbara blankett, tom eller förifylld med enhet och chef."""
    chosen = settings(frame(context))
    entry = None
    if unit:
        try:
            entries = bootstrap.register(chosen)
        except NeedsOperatorError as error:
            complain(error.advice, Exit.USAGE)
        except TransientError as error:
            complain(f"Svarar inte just nu: {error.reason}. Försök igen om en stund.", Exit.WAITS)
        found = entries_of_unit(entries, unit, today(bootstrap.system_clock()))
        if not found:
            complain(f"Enheten ”{unit}” finns inte i chefsregistret i dag.", Exit.REFUSED)
        entry = found[0]
    content = bootstrap.blank(chosen, entry)
    try:
        out.write_bytes(content)
    except OSError as error:
        complain(f"Kan inte skriva {out}: {error.strerror}.", Exit.USAGE)
    console().print(f"Skrev {out} ({len(content) // 1024} kB).", markup=False)
