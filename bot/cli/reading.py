"""``read``: what a form says, without side effects; one JSON object a line for each form."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.cli import shapes
from bot.cli.frame import (
    Exit,
    a_table,
    complain,
    config_path,
    console,
    frame,
    instant,
    print_json,
    print_table,
    progress,
)
from bot.cli.options import Json, Now
from bot.domain.calendar import today
from bot.domain.forms import Content, DocumentReading, Verdict
from bot.domain.labels import label
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.settings import ConfigurationError, Settings, load

Files = Annotated[list[Path], typer.Argument(metavar="FIL", help="Filer att läsa.")]
_FEW = 5
_STATES = {
    "sure": "säker",
    "unsure": "osäker",
    "missing": "rutan hittades inte",
    "empty": "tom",
}


def read(context: typer.Context, files: Files, now: Now = None, as_json: Json = False) -> None:
    """Läs blanketter och visa vad som står på dem, utan att något händer."""
    missing = [str(f) for f in files if not f.is_file()]
    if missing:
        complain(f"Hittar inte: {', '.join(missing)}", Exit.USAGE)
    moment = instant(now)
    verdicts: list[str] = []
    bar = progress(few=len(files) < _FEW)
    try:
        with bootstrap.reader(_chosen(context), now=moment) as reader, bar:
            day = today(reader.clock())
            for file in bar.track(files, description="Läser"):
                reading = _read(reader, file)
                for _, row in shapes.document(reading, reader.entries, day):
                    row["file"] = str(file)
                    verdicts.append(row["verdict"])
                    if as_json:
                        print_json(row, line=True)
                    else:
                        _show(row)
    except ConfigurationError as error:
        complain(str(error), Exit.USAGE)
    except NeedsOperatorError as error:
        complain(error.advice, Exit.USAGE)
    except TransientError as error:
        complain(f"Svarar inte just nu: {error.reason}. Försök igen om en stund.", Exit.WAITS)
    refused = bool(verdicts) and all(v == Verdict.REJECT for v in verdicts)
    raise typer.Exit(int(Exit.REFUSED if refused else Exit.DONE))


def _read(reader: bootstrap.Reader, file: Path) -> DocumentReading:
    """Read one file; one that can't be opened is refused with the reason."""
    try:
        return reader.read(file)
    except OSError as error:
        reason = f"Filen går inte att öppna ({error.strerror})."
        return DocumentReading(file.name, "", "", Content.DAMAGED, reason)


def _chosen(context: typer.Context) -> Settings | None:
    """Return the settings, or None when there is no file and none was asked for."""
    call = frame(context)
    path = config_path(call)
    if not path.is_file() and call.config is None and "EKBOT_CONFIG" not in os.environ:
        return None
    return load(path, os.environ)


def _show(row: shapes.Json) -> None:
    out = console()
    title = f"{row['file']}: {row['form'] or 'ingen blankett'} {row['version'] or ''}"
    table = a_table(title, "Fält", "Värde", "Säkerhet")
    for key, field in row["fields"].items():
        if field["value"] not in (None, False, [], ""):
            table.add_row(label(key), _words(field["value"]), _STATES[field["state"]])
    if row["fields"]:
        print_table(table)
    else:
        out.print(title, markup=False)
    out.print(f"  Underskrift: {row['signed']}   Bedömning: {row['verdict']}", markup=False)
    for problem in row["problems"]:
        name = label(problem["field"]) if problem["field"] else "Filen"
        out.print(f"  – {name}: {problem['text']}", markup=False)


def _words(value: object) -> str:
    if value is True:
        return "kryss"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
