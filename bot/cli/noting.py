"""``case take``, ``case note``, ``case ask``: what a clerk does with a case beside settling it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.casework import Id, act, case, number_of, who
from bot.cli.frame import Exit, complain
from bot.cli.options import Json, Now
from bot.domain.events import StaffAsked, StaffNoted, StaffTook

Words = Annotated[str, typer.Option("--text", help="Med egna ord.")]


@case.verb("take", "ekbot case take K-17")
def take(context: typer.Context, number: Id, now: Now = None, as_json: Json = False) -> None:
    """Säg att ärendet är ditt; kollegorna ser det."""
    act(context, StaffTook(number_of(number), who()), now, as_json=as_json)


@case.verb("note", "ekbot case note K-17 --text ”ringde, ingen svarade”")
def note(
    context: typer.Context, number: Id, text: Words, now: Now = None, as_json: Json = False
) -> None:
    """Skriv en anteckning på ärendet."""
    event = StaffNoted(number_of(number), who(), _words(text))
    act(context, event, now, as_json=as_json)


@case.verb("ask", "ekbot case ask K-17 --text ”Vilken dag börjar hon?”")
def ask(
    context: typer.Context, number: Id, text: Words, now: Now = None, as_json: Json = False
) -> None:
    """Fråga chefen med egna ord; ärendet väntar på svaret."""
    event = StaffAsked(number_of(number), who(), _words(text))
    act(context, event, now, as_json=as_json)


def _words(text: str) -> str:
    if not text.strip():
        complain("Skriv något: --text ”…”.", Exit.USAGE)
    return text.strip()
