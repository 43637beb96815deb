"""``demo``: a morning at the office, played in a folder of its own on the embedded default."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel

from bot import bootstrap
from bot.app.deliver import settle_doubts
from bot.app.services import Services
from bot.app.turn import Report, Turn
from bot.cli.frame import (
    Exit,
    Frame,
    a_table,
    busy,
    complain,
    console,
    instant,
    print_json,
    print_table,
    services,
)
from bot.cli.importing import bring_in_persons
from bot.cli.options import Json
from bot.cli.words import swedish
from bot.domain.cases import Priority, Status
from bot.domain.effects import SendLetter

NOW = "2026-11-23T09:00:00+01:00"
_MARK = ".ekbot-demo"


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Mappen som demon spelas i.")] = Path(
        "demo"
    ),
    as_json: Json = False,
) -> None:
    """Spela upp en morgon: mejl med blanketter in, poster, brev och sammanställning ut."""
    source = bootstrap.DATA / "demo"
    _fresh(folder)
    for name in ("ekbot.toml", "managers.csv", "persons.csv"):
        shutil.copy(source / name, folder / name)
    call = Frame(folder / "ekbot.toml")
    with services(call, now=instant(NOW)) as opened:
        bring_in_persons(opened, folder / "persons.csv")
        mails = sorted((source / "mails").glob("*.eml"))
        for mail in mails:
            shutil.copy(mail, folder / "inkorg" / "new" / mail.stem)
        with busy(f"{len(mails)} mejl kommer, blanketterna läses …"):
            settle_doubts(opened)
            report = Turn(opened).run()
        if as_json:
            print_json({"folder": str(folder), "now": NOW, **asdict(report)})
        else:
            _tell(opened, report, folder)


def _fresh(folder: Path) -> None:
    """Make the folder anew; one that the demo did not make itself is never touched."""
    try:
        _made(folder)
    except OSError as error:
        text = f"Kan inte spela demon i {folder}: {error.strerror}. Välj en annan: --folder."
        complain(text, Exit.USAGE)


def _made(folder: Path) -> None:
    if folder.exists():
        if not (folder / _MARK).exists() and any(folder.iterdir()):
            complain(
                f"{folder} finns redan och är inte demons. Välj en annan: --folder.", Exit.USAGE
            )
        shutil.rmtree(folder)
    for box in ("inkorg", "utkorg"):
        for part in ("new", "cur", "tmp"):
            (folder / box / part).mkdir(parents=True)
    (folder / _MARK).touch()


def _tell(opened: Services, report: Report, folder: Path) -> None:
    with opened.store.begin() as work:
        mails = work.journal.list()
        cases = work.cases.list()
        people = work.records.list()
        letters = [r.effect.letter for r in work.outbox.list() if isinstance(r.effect, SendLetter)]
    out = console()
    title = f"Måndag morgon på Lokala EK: {len(mails)} mejl"
    table = a_table(title, "Mejl", "Från", "Utfall", "Varför")
    hidden = {c.origin.mail for c in cases if c.protected}
    for mail in mails:
        sender = "–" if mail.id in hidden else mail.sender.partition("@")[0]
        outcome = mail.outcome.value if mail.outcome is not None else mail.state.value
        table.add_row(f"M-{mail.id}", sender, swedish(outcome), mail.why)
    print_table(table)
    staff = [c for c in cases if c.status is Status.OPEN]
    urgent = sum(c.priority is Priority.URGENT for c in staff)
    questions = sum(letter.kind == "question" for letter in letters)
    call = f"{sys.argv[0]} --config {folder / 'ekbot.toml'}"
    lines = (
        f"{report.decided} mejl lästa och avgjorda; inget ligger kvar i inkorgen.",
        f"{len(people)} personer i katalogen (6 fanns innan), {len(letters)} brev skickade,",
        f"varav {questions} frågor till chefer och 1 sammanställning till handläggarna.",
        f"{len(staff)} ärenden väntar på en handläggare, {urgent} av dem brådskande.",
    )
    out.print(Panel("\n".join(lines), title="Det här hände", title_align="left", expand=False))
    for where in (
        f"Breven:      {folder}/utkorg/new   (öppna i ett mejlprogram)",
        f"Personerna:  {call} list persons",
        f"Kön:         {call} list cases",
        f"Varför:      {call} why K-1",
    ):
        out.print(where, markup=False, soft_wrap=True)  # never cut: people copy it
