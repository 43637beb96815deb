"""Entry point of ``ekbot`` and ``python -m bot``."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

import typer

from bot.cli.app import app
from bot.cli.frame import Exit


def main() -> None:
    """Run the program; usage errors leave with 1, so that 2 means "input refused"."""
    sys.excepthook = _unexpected
    try:
        code = app(standalone_mode=False)
    except typer.Exit as error:
        code = error.exit_code
    except typer.Abort:
        code = int(Exit.USAGE)
    except typer.TyperException as error:
        sys.stderr.write(f"Kommandot stämmer inte: {error}\nSe ekbot --help.\n")
        code = int(Exit.USAGE)
    sys.exit(code if isinstance(code, int) else 0)


def _unexpected(
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


if __name__ == "__main__":
    main()
