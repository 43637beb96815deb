"""What every verb shares: exit codes, output for people and machines, opening the services."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from bot import bootstrap
from bot.app.services import Services
from bot.domain.calendar import STOCKHOLM
from bot.ports.errors import NeedsOperatorError, TransientError
from bot.settings import ConfigurationError, Settings, load

DEFAULT_CONFIG = Path("config/ekbot.toml")


class Exit(IntEnum):
    """Exit codes of the program (contract of the command line)."""

    DONE = 0
    USAGE = 1  # bad usage or configuration
    REFUSED = 2  # input refused
    WAITS = 3  # something outside did not answer and the work waits


@dataclass(slots=True)
class Frame:
    """The global options of one call."""

    config: Path | None = None


def frame(context: typer.Context) -> Frame:
    """Return the global options."""
    found = context.find_object(Frame)
    return found if found is not None else Frame()


def console() -> Console:
    """Return the console for people, on stdout: rich on a terminal, plain in a pipe."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_table(table: Table) -> None:
    """Print *table* on stdout: drawn on a terminal, one line a row with tabs in a pipe."""
    if sys.stdout.isatty():
        console().print(table)
        return
    lines = [str(table.title)] if table.title else []
    if table.show_header:
        lines.append("\t".join(str(column.header) for column in table.columns))
    rows = zip(*(column.cells for column in table.columns), strict=True)
    lines += ["\t".join(" ".join(str(cell).split()) for cell in row) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def complain(text: str, code: Exit) -> NoReturn:
    """Print *text* on stderr and leave with *code*."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        text, style="bold red", markup=False
    )
    raise typer.Exit(int(code))


def print_json(value: Any, *, line: bool = False) -> None:  # noqa: ANN401 - JSON is any value
    """Print *value* as JSON on stdout; *line* keeps it on one line."""
    text = json.dumps(value, ensure_ascii=False, indent=None if line else 2, default=str)
    sys.stdout.write(text + "\n")


def instant(text: str | None) -> datetime | None:
    """Return the rehearsal instant that ``--now`` names, aware; a bare day means 09:00 Stockholm.

    Leaves with exit code 1 when it is no instant.
    """
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        complain(f"--now {text}: skriv till exempel 2026-11-23T09:00:00+01:00.", Exit.USAGE)
    if len(text) == len("2026-11-23"):
        parsed = parsed.replace(hour=9)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=STOCKHOLM)
    return parsed.astimezone(UTC)


def config_path(call: Frame) -> Path:
    """Return the configuration file: the option, EKBOT_CONFIG, else config/ekbot.toml."""
    if call.config is not None:
        return call.config
    named = os.environ.get("EKBOT_CONFIG")
    return Path(named) if named else DEFAULT_CONFIG


def settings(call: Frame) -> Settings:
    """Return the settings; leaves with exit code 1 and every fault named when they are bad."""
    try:
        return load(config_path(call), os.environ)
    except ConfigurationError as error:
        complain(str(error), Exit.USAGE)


@contextmanager
def services(
    call: Frame, *, now: datetime | None = None, ticking: bool = False, look: bool = False
) -> Iterator[Services]:
    """Open everything; a rehearsal clock when *now* is given, which ticks or stands still.

    *look* only looks: the clock that the memory has seen is left alone.
    """
    try:
        with bootstrap.services(
            settings(call), os.environ, now=now, ticking=ticking, look=look
        ) as opened:
            yield opened
    except bootstrap.ClockError as error:
        complain(str(error), Exit.REFUSED)
    except ConfigurationError as error:
        complain(str(error), Exit.USAGE)
    except NeedsOperatorError as error:
        complain(error.advice, Exit.USAGE)
    except TransientError as error:
        complain(f"Svarar inte just nu: {error.reason}. Försök igen om en stund.", Exit.WAITS)
