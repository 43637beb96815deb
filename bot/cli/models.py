"""``models``: the files that the bought readers need; shows where they lie, fetches them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.cli.frame import (
    Exit,
    a_table,
    complain,
    config_path,
    console,
    frame,
    print_json,
    print_table,
    settings,
)
from bot.cli.options import Json
from bot.ports.errors import NeedsOperatorError
from parsers.scan.readers.models import Model, ModelError, own_folder, table, verified

Fetch = Annotated[bool, typer.Option("--fetch", help="Hämta det som saknas eller är fel.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Skriv bara det som är fel.")]
_WEAKER = "Inskannade blanketter läses ändå, men inget räknas som säkert: allt frågas om."


def models(
    context: typer.Context, fetch: Fetch = False, quiet: Quiet = False, as_json: Json = False
) -> None:
    """Visa läsarnas modellfiler: var de ligger, om de är de rätta, vad som saknas."""
    folder = _folder(context)
    failed = _fetched(folder) if fetch else ()
    rows = [(model, *_state(model, folder)) for model in table()]
    well = all(ok for _, ok, _ in rows)
    if as_json:
        print_json([{"file": m.file, "reader": m.reader, "ok": ok, "seen": s} for m, ok, s in rows])
    elif not quiet:
        _show(rows)
    if failed:
        complain("\n".join((*failed, _WEAKER)), Exit.WAITS)
    if fetch and not quiet and not as_json:
        console().print("Alla modeller är på plats.")
    raise typer.Exit(int(Exit.DONE if well else Exit.WAITS))


def _folder(context: typer.Context) -> Path | None:
    """Return the folder that the settings name; a missing file of settings names none."""
    call = frame(context)
    if call.config is None and not config_path(call).is_file():
        return None
    return settings(call).reading.models


def _state(model: Model, folder: Path | None) -> tuple[bool, str]:
    try:
        return True, str(verified(model.file, folder))
    except ModelError as error:
        return False, error.reason


def _fetched(folder: Path | None) -> tuple[str, ...]:
    failed: list[str] = []
    for model in table():
        if _state(model, folder)[0]:
            continue
        try:
            bootstrap.fetch(model, folder or own_folder())
        except NeedsOperatorError as error:
            failed.append(f"{model.file} kunde inte hämtas ({error.reason}). {error.advice}")
    return tuple(failed)


def _show(rows: list[tuple[Model, bool, str]]) -> None:
    shown = a_table("Läsarnas modeller", "", "Läsare", "Fil", "Licens", "Var")
    for model, ok, seen in rows:
        shown.add_row("✓" if ok else "✗", model.reader, model.file, model.licence, seen)
    print_table(shown)
