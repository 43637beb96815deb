"""One call of the program, from its words to its exit code: every fault said in Swedish."""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

import typer
from typer.main import get_command

from bot.cli.app import app
from bot.cli.frame import Exit, complain, outside, silence
from bot.cli.helping import speak
from bot.cli.mistakes import told

_INTERRUPTED = 130  # what shells expect after Ctrl-C
_FULL = (errno.ENOSPC, errno.EDQUOT)


def call(words: Sequence[str] | None = None) -> int:
    """Run the program with *words* (None: the command line); return the exit code."""
    sys.excepthook = unexpected
    try:
        return _flushed(_called(words))
    except BrokenPipeError:
        silence(sys.stdout)
        return int(Exit.DONE)


def _called(words: Sequence[str] | None) -> int:
    try:
        with outside():
            args = None if words is None else [*words]
            speak(app)
            code = get_command(app).main(args=args, prog_name="ekbot", standalone_mode=False)
    except typer.Exit as error:
        code = error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except typer.TyperException as error:
        code = _mistaken(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        code = _unreadable(error)
    if code == _INTERRUPTED:
        sys.stderr.write("Avbrutet. Det som redan var gjort är sparat.\n")
    return code if isinstance(code, int) else int(Exit.DONE)


def _flushed(code: int) -> int:
    sys.stdout.flush()
    return code


def _mistaken(error: typer.TyperException) -> int:
    """Say what is wrong with the command; usage errors leave with 1, so that 2 means refused."""
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{error}\n")
        return int(Exit.USAGE)
    try:
        complain(told(error), Exit.USAGE)
    except typer.Exit as left:
        return left.exit_code


def _unreadable(error: OSError) -> int:
    """Say which file could not be read or written, and what to do; never its content."""
    name = f" {error.filename}" if error.filename else ""
    if error.errno in _FULL:
        text, code = f"Disken är full{name}. Frigör plats och försök igen.", Exit.WAITS
    elif isinstance(error, PermissionError):
        text = f"Programmet får inte läsa eller skriva{name}. Ge användaren rätt till filen."
        code = Exit.USAGE
    elif isinstance(error, FileNotFoundError):
        text, code = f"Filen finns inte:{name}", Exit.USAGE
    else:
        text, code = f"Det gick inte att läsa eller skriva{name} ({error.strerror}).", Exit.USAGE
    try:
        complain(text, code)
    except typer.Exit as left:
        return left.exit_code


def unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say where it went wrong, never with which values: they may be somebody's."""
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("Avbrutet.\n")
        return
    _ = error
    frames = traceback.extract_tb(trace)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "okänd plats"
    sys.stderr.write(f"Oväntat fel: {kind.__name__} i {place}. Inget är halvgjort; anmäl felet.\n")
