"""``drift``: compare register and catalogue now, or see what differs in a case. Decides nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from bot.app import drift_showing, drifting, review_manual
from bot.cli import completing, drift_shapes
from bot.cli.casework import number_of, who
from bot.cli.frame import (
    Exit,
    a_table,
    complain,
    facts_table,
    frame,
    instant,
    print_json,
    print_table,
    progress,
    say,
    services,
)
from bot.cli.options import Json, Now
from bot.ports.errors import ConflictError

_NOTHING = "Den här katalogen kan bara läsas för hand, så det finns inget att jämföra."


def drift(
    context: typer.Context,
    which: Annotated[
        str,
        typer.Argument(metavar="[ID]", help="Ett ärende: visa bara vad som skiljer där nu.",
                       autocompletion=completing.cases),
    ] = "",
    singly: Annotated[
        bool,
        typer.Option("--one-by-one", help="Ett ärende per person, också när de är många."),
    ] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Jämför registret med katalogen nu. Det nya blir ärenden, som efter nattens jämförelse.

    Om en person är skyddad visas det bara för särskilda handläggare, och det loggas.
    """
    if which:
        _show(context, which, now, as_json=as_json)
        return
    with services(frame(context), now=instant(now)) as opened, progress() as bar:
        with opened.store.begin() as work:
            count = work.records.population()
        task = bar.add_task("Jämför", total=count or None)
        try:
            found = drifting.compare(
                opened, watch=lambda done: bar.update(task, completed=done), singly=singly
            )
        except ConflictError:
            complain(
                "En annan ekbot jämför just nu. Se ”ekbot list drifts” om en stund.", Exit.WAITS
            )
    if as_json:
        print_json({"comparable": found is not None, **(asdict(found) if found else {})})
    elif found is None:
        say(_NOTHING)
    elif not found.halted:
        _tell(found)
    if found is not None and found.halted:
        complain(found.halted, Exit.WAITS)


def _tell(found: drifting.Result) -> None:
    rows = [
        ("Personer i katalogen", str(found.entries)),
        ("Skillnader", str(found.open)),
        ("Nya ärenden", str(found.told)),
        ("HSA-id inlästa", str(found.learnt)),
    ]
    if found.waits:
        rows.append(("Väntar på en skrivning", str(found.waits)))
    print_table(facts_table("Registret och katalogen", rows))
    if found.open:
        say("Se dem:   ekbot list drifts")


def _show(context: typer.Context, which: str, now: str | None, *, as_json: bool) -> None:
    number = number_of(which)
    with services(frame(context), now=instant(now)) as opened:
        try:
            found = drift_showing.shown(opened, number, who())
        except (drift_showing.NotOfADriftError, review_manual.NotAllowedError) as error:
            complain(str(error), Exit.REFUSED)
    if as_json:
        rows = [drift_shapes.difference(d) for d in found.differs]
        print_json({"id": found.case.handle, "name": found.name, "differences": rows})
        return
    table = a_table(f"{found.case.handle}  {found.name}", "Uppgift", "Hos oss", "I katalogen")
    for one in found.differs:
        table.add_row(drift_shapes.said(one.attribute), one.ours, one.theirs)
    print_table(table)
    if not found.differs:
        say("Registret och katalogen säger samma sak.")
