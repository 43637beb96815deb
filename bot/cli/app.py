"""The program's verbs, put together. Does nothing itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli import (
    cards,
    caring,
    casework,
    demo,
    forms,
    importing,
    listing,
    models,
    reading,
    review_manual,
    reviews,
    understanding,
    undoing,
    working,
)
from bot.cli.frame import Frame
from bot.logs import configure

app = typer.Typer(
    name="ekbot",
    help="EK-bot sköter Lokala EK:s brevlåda: blanketter in, poster i katalogen, svar ut.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("run")(working.run)
app.command("once")(working.once)
app.command("read")(reading.read)
app.command("understand")(understanding.understand)
app.command("list")(listing.list_table)
app.command("import")(importing.import_table)
app.command("why")(casework.why)
app.command("doctor")(caring.doctor)
app.command("models")(models.models)
app.command("demo")(demo.demo)
casework.case.command("undo")(undoing.undo_case)
app.add_typer(casework.case, name="case", help="Ärendekön: visa, gör klart, avslå.")
app.add_typer(cards.card, name="card", help="Korten: lämna ut, ta emot, spärra.")
reviews.review.command("manual")(review_manual.manual)
app.add_typer(reviews.review, name="review", help="Granskningen varje kvartal.")
app.add_typer(forms.form, name="form", help="Blanketter.")


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
) -> None:
    """Keep the global options for the verb; no log line may show what an error quotes."""
    configure("WARNING", sys.stderr)
    context.obj = Frame(config)
    _ = version
