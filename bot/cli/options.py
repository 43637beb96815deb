"""The options that many verbs share. Loads nothing else of the program."""

from __future__ import annotations

from typing import Annotated

import typer

Now = Annotated[
    str | None,
    typer.Option("--now", metavar="TID", help="Repetitionsklocka, t.ex. 2026-11-23T09:00."),
]
Json = Annotated[bool, typer.Option("--json", help="Skriv JSON i stället för tabell.")]
