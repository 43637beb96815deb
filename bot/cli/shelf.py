"""The verbs on a shelf: each is taken down when it is called, so that no other is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from bot.cli.helping import Verb, Verbs, speak


class Place:
    """Where a verb lies: its module and function (or group), its line of help, examples."""

    def __init__(self, where: str, words: str, *examples: str) -> None:
        """Place the verb *where*, ``module:name`` of this package."""
        self.module, _, self.name = where.partition(":")
        self.help = words
        self.example = "\n".join(examples)


class Shelf(Verbs):
    """The program's verbs. A TAB in the shell and ``--help`` load none but the one called."""

    PLACES: Mapping[str, Place] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - the parser's own
        """Return the names in the order of the shelf, then whatever was added besides."""
        return [*self.PLACES, *(n for n in super().list_commands(ctx) if n not in self.PLACES)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Return what a page of help or a TAB shows of the verb; None when there is none."""
        place = self.PLACES.get(cmd_name)
        return super().get_command(ctx, cmd_name) if place is None else _named(cmd_name, place)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Take down the verb that was called."""
        place = self.PLACES.get(args[0])
        if place is None:
            return super().resolve_command(ctx, args)
        return args[0], taken(args[0], place), args[1:]


def _named(name: str, place: Place) -> Any:  # noqa: ANN401
    return Verb(name, help=place.help)


def taken(name: str, place: Place) -> Any:  # noqa: ANN401 - a command of the parser
    """Load the verb and return it as the parser wants it."""
    found = getattr(import_module(f"bot.cli.{place.module}"), place.name)
    if isinstance(found, typer.Typer):
        speak(found)
        command = get_command(found)
        command.help = place.help
    else:
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, cls=Verb, epilog=place.example)(found)
        command = get_command(alone)
    command.name = name
    return command
