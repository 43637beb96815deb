"""``backup`` and ``restore``: the memory copied and put back. Decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.cli.frame import (
    Exit,
    agreed,
    busy,
    complain,
    frame,
    instant,
    outside,
    print_json,
    say,
    settings,
)
from bot.cli.options import Json, Now
from bot.domain.calendar import STOCKHOLM

_PATIENCE = 5.0  # seconds: a daemon that is being stopped lets go in that time
_BUSY = "Tjänsten arbetar med databasen. Stoppa den först: systemctl stop ekbot"


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Ny fil, eller en mapp.")],
    keep: Annotated[
        int,
        typer.Option("--keep", min=0, metavar="ANTAL", help="Så många kopior blir kvar i mappen."),
    ] = 0,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Säkerhetskopiera databasen, också medan tjänsten arbetar."""
    found = settings(frame(context))
    with outside(), busy("Kopierar …"):
        try:
            copy = bootstrap.back_up(found, file, instant(now) or bootstrap.system_clock())
        except bootstrap.BadCopyError as error:
            complain(str(error), Exit.REFUSED)
        gone = bootstrap.prune(copy.file.parent, keep) if keep and file.is_dir() else 0
    if as_json:
        told = {"file": str(copy.file), "sha256": copy.sha256, "revision": copy.revision}
        print_json(told | {"seen": copy.seen.isoformat(), "octets": copy.octets, "pruned": gone})
        return
    megabytes = f"{copy.octets / 1_000_000:.1f}".replace(".", ",")
    say(f"Kopian ligger i {copy.file} ({megabytes} MB), med kontrollsumma bredvid.")
    if gone:
        say(f"{gone} äldre kopior är borttagna.")
    say("Den innehåller personuppgifter: skydda den som databasen.")


def restore(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FIL", help="Kopian som ska läggas tillbaka.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fråga inte, lägg tillbaka.")] = False,
    loaded: Annotated[
        bool, typer.Option("--loaded", help="Databasen är redan återläst med andra verktyg.")
    ] = False,
    no_log: Annotated[
        bool, typer.Option("--no-log", help="Gå vidare fast loggen över skickade brev saknas.")
    ] = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Lägg tillbaka en säkerhetskopia; inget brev går två gånger och inget mejl går förlorat."""
    if (file is None) is not loaded:
        complain("Ange kopians fil, eller --loaded om databasen redan är återläst.", Exit.USAGE)
    found, moment = settings(frame(context)), instant(now) or bootstrap.system_clock()
    log, kept = bootstrap.sent_log(found), None
    if not log.exists() and not no_log:
        complain(
            f"{log} saknas. Där står vilka brev som har gått; utan den kan brev gå två gånger. "
            'Lägg tillbaka den, eller sätt [approval] mode = "staff" och lägg till --no-log.',
            Exit.REFUSED,
        )
    with outside(), bootstrap.at_work(found, patience=_PATIENCE) as mine:
        if not mine:
            complain(_BUSY, Exit.WAITS)
        try:
            copy = bootstrap.examine_copy(file) if file is not None else None
            if copy is not None and not as_json:
                say(f"Kopian slutar {copy.seen.astimezone(STOCKHOLM):%Y-%m-%d %H.%M}. "
                    "Databasen som ersätts sparas bredvid.")  # fmt: skip
            if not yes and not agreed("Lägga tillbaka?"):
                complain("Inget är ändrat. Lägg till --yes för att lägga tillbaka.", Exit.REFUSED)
            if copy is not None:
                kept = bootstrap.put_back(found, copy, moment)
            else:
                bootstrap.mark_restored(found, moment)
        except bootstrap.BadCopyError as error:
            complain(f"{error} Inget är ändrat.", Exit.REFUSED)
    if as_json:
        print_json({"file": str(file) if file else None, "kept": str(kept) if kept else None})
        return
    say("Tillbakalagt. Starta tjänsten: mejl som kopian inte känner läses igen, och brev som redan")
    say("gått skickas inte igen. Ett ärende säger till handläggarna vad de behöver göra om.")
    if kept is not None:
        say(f"Den ersatta databasen ligger i {kept}.")
