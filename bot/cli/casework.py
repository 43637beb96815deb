"""``case``: the staff's queue from the terminal. Decides nothing."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from bot import bootstrap
from bot.app import explain
from bot.cli import completing, shapes
from bot.cli.frame import (
    Exit,
    complain,
    console,
    frame,
    instant,
    print_json,
    services,
    settings,
)
from bot.cli.helping import Group
from bot.cli.later import Later
from bot.cli.options import Json, Now
from bot.cli.words import swedish
from bot.domain.cases import Case
from bot.domain.decision import IllegalStepError
from bot.domain.events import Event, StaffCorrected, StaffDone, StaffRejected
from bot.domain.values import CaseId

if TYPE_CHECKING:
    from bot.app import correcting, deliver, handle, turn
    from bot.app.services import Services
else:  # what acts is loaded when it acts
    correcting = Later("bot.app.correcting")
    deliver, handle = Later("bot.app.deliver"), Later("bot.app.handle")
    turn = Later("bot.app.turn")

case = Group()
Id = Annotated[
    str,
    typer.Argument(metavar="ID", help="Ärendets nummer, t.ex. K-17.",
                   autocompletion=completing.cases),
]  # fmt: skip
Why = Annotated[str, typer.Option("--why", help="Varför; står i loggen och i brevet vid avslag.")]


def number_of(ref: str) -> CaseId:
    """Return the number of a case as people write it; leaves with 1 when it is none."""
    try:
        kind, number = explain.parse(ref)
    except explain.UnknownRefError as error:
        complain(str(error), Exit.USAGE)
    if kind != "K":
        complain(f"”{ref}” är inget ärende. Ärenden heter K-17 eller bara 17.", Exit.USAGE)
    return CaseId(number)


@case.verb("done", "ekbot case done K-17\nekbot case done K-17 --why ”ringde chefen”")
def done(
    context: typer.Context, number: Id, why: Why = "", now: Now = None, as_json: Json = False
) -> None:
    """Godkänn ett förberett ärende, eller markera ett arbete som gjort."""
    event = StaffDone(number_of(number), who(), why)
    _act(context, event, now, as_json=as_json)


@case.verb("reject", "ekbot case reject K-17 --why ”fel enhet”")
def reject(
    context: typer.Context,
    number: Id,
    why: Annotated[str, typer.Option("--why", help="Orsaken, som chefen får läsa.")],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Avslå ett ärende; chefen får veta varför."""
    if not why.strip():
        complain("Skriv varför: --why ”fel enhet”.", Exit.USAGE)
    event = StaffRejected(number_of(number), who(), why.strip())
    _act(context, event, now, as_json=as_json)


@case.verb("correct", "ekbot case correct K-17 --field surname=Öberg")
def correct(
    context: typer.Context,
    number: Id,
    field: Annotated[
        list[str], typer.Option("--field", help="Fält och värde, t.ex. surname=Öberg. Upprepa.")
    ],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Rätta det som var oklart på en blankett; ärendet går vidare om inget mer är oklart."""
    call = frame(context)
    case_id = number_of(number)
    with services(call, now=instant(now)) as opened:
        try:
            event = correcting.event(opened, case_id, field, who())
        except correcting.NotAValueError as error:
            complain(str(error), Exit.REFUSED)
    _act(context, event, now, as_json=as_json)


def _act(
    context: typer.Context, event: StaffDone | StaffRejected | StaffCorrected, now: str | None, *,
    as_json: bool,
) -> None:  # fmt: skip
    call = frame(context)
    report = turn.Report()
    with services(call, now=instant(now)) as opened:
        after = _commit(opened, event)
        with bootstrap.at_work(settings(call), patience=0) as mine:
            if mine:  # else the daemon carries out what follows
                deliver.settle_doubts(opened)
                report = turn.Turn(opened).follow_up()
        with opened.store.begin() as work:
            after = work.cases.get(after.id) or after
    if as_json:
        print_json(shapes.case(after))
    else:
        out = console()
        out.print(f"{after.handle}: {swedish(after.status.value)}. {after.why.text}", markup=False)
        for reason in report.waits:
            out.print(f"Väntar: {reason}", markup=False)
    raise typer.Exit(int(Exit.WAITS if report.waits else Exit.DONE))


def _commit(opened: Services, event: Event) -> Case:
    number = event.case
    try:
        with opened.store.begin() as work:
            handle.decide_and_commit(opened, work, event, actor=who())
            found = work.cases.get(number) if number else None
    except IllegalStepError as error:
        complain(str(error), Exit.REFUSED)
    if found is None:
        complain(f"Det finns inget ärende K-{number}.", Exit.REFUSED)
    return found


def who() -> str:
    """Return the clerk at the terminal, for the audit log."""
    return getpass.getuser()
