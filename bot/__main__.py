"""Entry point of ``ekbot`` and ``python -m bot``."""

from __future__ import annotations

import sys

import click

from bot.cli.app import app
from bot.cli.frame import Exit


def main() -> None:
    """Run the program; usage errors leave with 1, so that 2 means "input refused"."""
    try:
        code = app(standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.exceptions.Abort:
        code = int(Exit.USAGE)
    except click.ClickException as error:
        error.show()
        code = int(Exit.USAGE)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
