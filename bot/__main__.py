"""Entry point of ``ekbot`` and ``python -m bot``."""

from __future__ import annotations

import sys

from bot.cli.running import call


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(call())


if __name__ == "__main__":
    main()
