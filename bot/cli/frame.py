"""What every verb shares: exit codes, output for people and machines, opening the services."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeRemainingColumn as Remaining
from rich.table import Table
from rich.text import Text

from bot import bootstrap
from bot.cli.outside import told
from bot.domain.calendar import STOCKHOLM
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from bot.settings import ConfigurationError, Settings, load

if TYPE_CHECKING:  # who only looks does not wait for the app to load
    from bot.app.services import Services
    from bot.ports.store import Store

DEFAULT_CONFIG = Path("config/ekbot.toml")
_YES, _NO = {"j", "ja", "y", "yes"}, {"n", "nej", "no", ""}
_ROOMY = 100  # columns
_WORD = 15  # letters: longer words may be broken


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


class _Pipe(Console):
    """A console whose reader may leave (``| head``): then there is nobody left to tell."""

    def on_broken_pipe(self) -> None:
        """Leave quietly."""
        silence(sys.stdout)
        raise typer.Exit(int(Exit.DONE))


def silence(stream: TextIO) -> None:
    """Send what is left for *stream* nowhere: its reader has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())


def console() -> Console:
    """Return the console for people, on stdout: rich on a terminal, plain in a pipe."""
    return _Pipe(highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def a_table(title: str, *heads: str, keep: int = 1) -> Table:
    """Return an empty table; its first *keep* columns are never broken, the others fold."""
    table = Table(
        title=Text(title, "bold") if title else None, title_justify="left",
        box=box.SIMPLE_HEAD, show_header=bool(heads), pad_edge=False, padding=(0, 1, 0, 0),
        show_edge=False,
    )  # fmt: skip
    for place, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=place < keep)
    return table


def is_narrow() -> bool:
    """Tell whether people read on a screen where not every column has room."""
    return sys.stdout.isatty() and console().width < _ROOMY


def _spare_words(table: Table) -> None:
    """Let no usual word be broken: only the long ones, such as addresses, are folded."""
    for column in table.columns:
        texts = [str(cell) for cell in (column.header, *column.cells)]
        words = (len(w) for text in texts for w in text.split())
        column.min_width = min(max(words, default=0), _WORD)


def facts_table(title: str, rows: Iterable[tuple[str, Text | str]]) -> Table:
    """Return names and values in two columns."""
    table = a_table(title)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, value if isinstance(value, Text) else Text(value))
    return table


def print_table(table: Table) -> None:
    """Print *table* on stdout: drawn on a terminal, one line a row with tabs in a pipe."""
    if sys.stdout.isatty():
        _spare_words(table)
        console().print(table)
        return
    lines = [str(table.title)] if table.title else []
    if table.show_header:
        lines.append("\t".join(str(column.header) for column in table.columns))
    rows = zip(*(column.cells for column in table.columns), strict=True)
    lines += ["\t".join(" ".join(str(cell).split()) for cell in row) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def say(text: str = "", style: str = "") -> None:
    """Print a line for people on stdout; what they may copy is never cut."""
    console().print(text, style=style, markup=False, soft_wrap=True)


def progress(*, few: bool = False) -> Progress:
    """Return a bar on stderr for long work; none in a pipe, none for a *few* things."""
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        Remaining(), console=Console(stderr=True), transient=True,
        disable=few or not sys.stderr.isatty(),
    )  # fmt: skip


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Show on stderr that something is going on; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(text):
        yield


def agreed(question: str) -> bool:
    """Ask at a terminal, in Swedish; whoever can't be asked has not agreed."""
    if not sys.stdin.isatty():
        return False
    while True:
        answer = typer.prompt(f"{question} [j/N]", default="n", show_default=False).strip().lower()
        if answer in _YES | _NO:
            return answer in _YES
        say("Svara j (ja) eller n (nej).")


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
    with outside(), ExitStack() as stack:
        try:
            opened = stack.enter_context(
                bootstrap.services(settings(call), os.environ, now=now, ticking=ticking, look=look)
            )
        except bootstrap.ClockError as error:
            complain(str(error), Exit.REFUSED)
        yield opened


@contextmanager
def memory(call: Frame) -> Iterator[Store]:
    """Open the memory alone: for looking, in a moment."""
    with outside(), bootstrap.memory(settings(call)) as store:
        yield store


@contextmanager
def outside() -> Iterator[None]:
    """Leave with the contract's code and a word on what to do when the outside fails."""
    try:
        yield
    except ConfigurationError as error:
        complain(str(error), Exit.USAGE)
    except NeedsOperatorError as error:
        complain(error.advice, Exit.USAGE)
    except TransientError as error:
        complain(f"Svarar inte just nu: {told(error.reason)}. Försök igen om en stund.", Exit.WAITS)
    except PermanentError as error:
        complain(f"Det gick inte: {told(error.reason)}. Kör ”ekbot doctor”.", Exit.REFUSED)
