"""``simulate``: a made-up municipality lives through days against the real program."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Exit, Frame, a_table, print_json, print_table, progress, say, services
from bot.cli.importing import bring_in_persons
from bot.cli.options import Json
from bot.rehearsal.answering import GATEWAY
from bot.rehearsal.dice import Dice
from bot.rehearsal.living import Life, instant, live
from bot.rehearsal.municipality import Municipality, settled

_FIRST = date(2027, 1, 1)
_CONFIG = f"""\
[office]
name = "Lokala EK, Järfälla kommun"
mail = "lokala.ek@jarfalla.example"
phone = "08-465 004 00"
staff = ["eva.ek@jarfalla.example"]
domains = ["jarfalla.example"]
[mailbox]
kind = "maildir"
path = "in"
[outgoing]
kind = "maildir"
path = "out"
[database]
url = "sqlite:///ekbot.db"
[catalogue]
kind = "sql"
[managers]
kind = "csv"
path = "managers.csv"
[trust]
authserv_id = "{GATEWAY}"
accept = ["dmarc"]
[review]
release = "auto"
[limits]
cap_per_sender = 10000
cap_total = 100000
"""


def simulate(
    days: Annotated[int, typer.Option("--days", min=1, max=730, help="Antal dygn.")],
    persons: Annotated[int, typer.Option("--persons", min=1, max=20_000, help="Antal.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Samma frö ger samma kommun.")] = 1,
    folder: Annotated[Path | None, typer.Option("--folder", help="Tom mapp att spela i.")] = None,
    as_json: Json = False,
) -> None:
    """Låt en påhittad kommun leva dag för dag och räkna varje brev."""
    with ExitStack() as stack:
        here = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        dice = Dice(seed)
        town = settled(dice, persons, _FIRST)
        _furnish(here, town)
        with services(Frame(here / "ekbot.toml"), now=instant(_FIRST)) as opened:
            bring_in_persons(opened, here / "persons.csv")
            bar = stack.enter_context(progress())
            task = bar.add_task("Dagarna går …", total=days)
            life = live(opened, here, town, dice, _FIRST, days, told=lambda: bar.advance(task))
    _tell(life, as_json=as_json)
    raise typer.Exit(2 if life.broken else int(Exit.DONE))


def _furnish(here: Path, town: Municipality) -> None:
    for name in ("in", "out"):
        for part in ("new", "cur", "tmp"):
            (here / name / part).mkdir(parents=True, exist_ok=True)
    (here / "ekbot.toml").write_text(_CONFIG, encoding="utf-8")
    (here / "managers.csv").write_text(town.managers_csv(date(2020, 1, 1)), encoding="utf-8")
    (here / "persons.csv").write_text(town.persons_csv(), encoding="utf-8")


def _tell(life: Life, *, as_json: bool) -> None:
    rows = [(m, kind, n) for (m, kind), n in sorted(life.letters.items())]
    if as_json:
        letters = [{"month": m, "kind": k, "count": n} for m, k, n in rows]
        print_json({"letters": letters, "mails": life.mails, "broken": life.broken,
                    "fingerprint": life.fingerprint()})  # fmt: skip
        return
    table = a_table("Brev per månad", "Månad", "Slag", "Antal")
    for month, kind, count in rows:
        table.add_row(month, kind, str(count))
    print_table(table)
    say(f"{life.mails} mejl kom in. Avtryck: {life.fingerprint()[:16]}")
    for text in life.broken:
        say(f"BRUTET: {text}")
