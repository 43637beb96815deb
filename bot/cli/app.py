"""The program's verbs, put together. Does nothing itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli import shell
from bot.cli.frame import Frame
from bot.cli.shelf import Place, Shelf
from bot.logs import configure

PLACES = {
    "run": Place(
        "working:run", "Starta tjänsten: bevakar brevlådan tills den får SIGTERM.", "ekbot run"
    ),
    "once": Place(
        "working:once", "Gör en runda: ta in post, gör det som ska göras, skicka.",
        "ekbot once", "ekbot once --now 2026-11-23T09:00",
    ),
    "read": Place(
        "reading:read", "Läs blanketter och visa vad som står, utan att något händer.",
        "ekbot read blankett.pdf", "ekbot read *.pdf --json",
    ),
    "understand": Place(
        "understanding:understand", "Läs svar på en granskning, utan att något händer.",
        "ekbot understand svar.eml --letter brev.eml",
    ),
    "list": Place(
        "listing:list_table", "Lista ärenden, personer, kort, mejl, brev, granskningar, chefer.",
        "ekbot list cases --open", "ekbot list letters --since 2026-11-01 --limit 20",
        "ekbot list cards --kind reserve --status overdue",
    ),
    "drift": Place(
        "drifting:drift", "Jämför registret med katalogen nu.", "ekbot drift", "ekbot drift K-17"
    ),
    "import": Place(
        "importing:import_table", "Läs in chefer, personer eller kort från CSV.",
        "ekbot import managers chefer.csv", "ekbot import persons personer.csv --yes",
    ),
    "why": Place(
        "reasons:why", "Visa varför: från brev eller ärende till mejl, regel och rutin.",
        "ekbot why K-17", "ekbot why B-5",
    ),
    "doctor": Place(
        "caring:doctor", "Kontrollera allt och säg vad som ska göras.",
        "ekbot doctor", "ekbot doctor --json",
    ),
    "models": Place(
        "models:models", "Visa eller hämta läsarnas modellfiler.",
        "ekbot models", "ekbot models --fetch",
    ),
    "backup": Place(
        "backing:backup", "Säkerhetskopiera databasen, också medan tjänsten arbetar.",
        "ekbot backup /var/backups/ekbot --keep 14", "ekbot backup kopia.db",
    ),
    "restore": Place(
        "backing:restore", "Lägg tillbaka en säkerhetskopia; inget brev går två gånger.",
        "ekbot restore kopia.db", "ekbot restore kopia.db --yes",
    ),
    "demo": Place(
        "demo:demo", "Spela upp en morgon på kontoret i en egen mapp.", "ekbot demo"
    ),
    "simulate": Place(
        "simulating:simulate", "Låt en påhittad kommun leva dag för dag och räkna varje brev.",
        "ekbot simulate --days 60 --persons 60",
    ),
    "case": Place("showing:case", "Ärendekön: visa, gör klart, avslå, rätta."),
    "card": Place("cards:card", "Korten: lämna ut, ta emot, spärra."),
    "review": Place("review_manual:review", "Granskningen varje kvartal."),
    "examples": Place("examples:examples", "Rättade fält som prov åt läsaren."),
    "form": Place("forms:form", "Blanketter: skriv ut vår egen, lär in andras."),
}  # fmt: skip


class EkBot(Shelf):
    """Our verbs."""

    PLACES = PLACES


app = typer.Typer(
    name="ekbot",
    cls=EkBot,
    help="EK-bot sköter Lokala EK:s brevlåda: blanketter in, poster i katalogen, svar ut.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="Inställningsfil (annars EKBOT_CONFIG, config/ekbot.toml)."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visa version.")
    ] = False,
    install: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            callback=shell.install,
            is_eager=True,
            help="Lägg in komplettering med tabb i ditt skal.",
        ),
    ] = False,
    script: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            callback=shell.show,
            is_eager=True,
            help="Visa skriptet för komplettering med tabb.",
        ),
    ] = False,
) -> None:
    """Keep the global options for the verb; no log line may show what an error quotes."""
    configure("WARNING", sys.stderr)
    context.obj = Frame(config)
    _ = version, install, script
