"""``run`` and ``once``: the daemon, and one round of its work."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from threading import Event

import typer

from bot import bootstrap, daemon
from bot.app.deliver import settle_doubts
from bot.app.turn import Report, Turn
from bot.cli.frame import (
    Exit,
    Frame,
    busy,
    complain,
    console,
    facts_table,
    frame,
    instant,
    print_json,
    print_table,
    services,
    settings,
)
from bot.cli.options import Json, Now
from bot.logs import configure
from bot.ports.errors import NeedsOperatorError

_PATIENCE = 5.0  # seconds: a daemon that is being restarted lets go in that time


def once(context: typer.Context, now: Now = None, as_json: Json = False) -> None:
    """Ta in all post, gör allt som ska göras nu, skicka allt som kan skickas, avsluta."""
    configure("WARNING" if sys.stderr.isatty() else "INFO", sys.stderr)
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    call = frame(context)
    with _alone(call), services(call, now=instant(now)) as opened:
        with busy("Tar in post och gör det som ska göras …"):
            settle_doubts(opened)
            report = Turn(opened, stop).run()
        moment = opened.clock()
    if as_json:
        print_json({"now": moment.isoformat(), **asdict(report)})
    else:
        _show(report)
    raise typer.Exit(int(Exit.WAITS if report.waits else Exit.DONE))


def run(context: typer.Context, now: Now = None) -> None:
    """Starta tjänsten: bevakar brevlådan tills den får SIGTERM."""
    configure("INFO", sys.stderr)
    call = frame(context)
    with _alone(call), services(call, now=instant(now), ticking=True) as opened:
        daemon.run(opened)


@contextmanager
def _alone(call: Frame) -> Iterator[None]:
    """Hold the worker's lock for the block; leaves with 3 when another works on the memory."""
    with ExitStack() as stack:
        try:
            held = bootstrap.at_work(settings(call), patience=_PATIENCE)
            mine = stack.enter_context(held)
        except NeedsOperatorError as error:
            complain(error.advice, Exit.USAGE)
        if not mine:
            text = "En annan ekbot arbetar redan med samma databas. Den gör det som ska göras."
            complain(text, Exit.WAITS)
        yield


def _show(report: Report) -> None:
    rows = (
        ("Nya mejl", report.taken),
        ("Avgjorda mejl", report.decided),
        ("Utfört (brev och katalog)", report.delivered),
        ("Förfallet i dag", report.due),
        ("Undanlagda mejl", report.filed),
    )
    out = console()
    print_table(facts_table("En runda", [(name, str(count)) for name, count in rows]))
    if report.missed:
        out.print(
            f"{report.missed} mejl syns på servern men kunde inte hämtas. Nytt försök nästa gång."
        )
    for reason in report.waits:
        out.print(f"Väntar: {reason}", markup=False)
    for advice in report.advice:
        out.print(f"Att göra: {advice}", markup=False)
