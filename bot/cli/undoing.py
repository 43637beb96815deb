"""``case undo``: takes back the newest thing that a clerk did with a case or a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot import bootstrap
from bot.cli import completing
from bot.cli.casework import case, who
from bot.cli.frame import Exit, complain, console, frame, instant, print_json, services, settings
from bot.cli.later import Later
from bot.cli.options import Json, Now
from bot.domain.staff_acts import Via
from bot.ports.errors import ConflictError

if TYPE_CHECKING:
    from bot.app import deliver, turn, undoing
else:  # what acts is loaded when it acts
    deliver, turn = Later("bot.app.deliver"), Later("bot.app.turn")
    undoing = Later("bot.app.undoing")

_REF = re.compile(r"(?:(?P<kind>[KC])-?)?(?P<number>[1-9]\d{0,8})", re.IGNORECASE | re.ASCII)


@case.verb("undo", "ekbot case undo K-17\nekbot case undo C-4")
def undo_case(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Ärendet eller kortet: K-17 eller C-4.",
            autocompletion=completing.cases,
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="Varför; står i loggen.")] = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Ångra det senaste som en handläggare gjorde med ett ärende eller ett kort."""
    call = frame(context)
    fit = _REF.fullmatch(ref.strip())
    if fit is None:
        complain(f"”{ref}” är varken ett ärende (K-17) eller ett kort (C-4).", Exit.USAGE)
    handle = f"{(fit['kind'] or 'K').upper()}-{fit['number']}"
    with services(call, now=instant(now)) as opened:
        try:
            with opened.store.begin() as work:
                done = undoing.undo(
                    opened, work, refs=(handle,), by=who(), via=Via.TERMINAL, why=why
                )
        except ConflictError:
            complain(f"{handle}: någon annan hann före. Försök igen.", Exit.REFUSED)
        if done.refused:
            complain(" ".join(done.refused), Exit.REFUSED)
        with bootstrap.at_work(settings(call), patience=0) as mine:
            if mine:  # else the daemon carries out what follows
                deliver.settle_doubts(opened)
                turn.Turn(opened).follow_up()
    if as_json:
        print_json({"id": handle, "undone": list(done.lines)})
        return
    for line in done.lines:
        console().print(line, markup=False)
