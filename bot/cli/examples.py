"""``examples export``: pictures of corrected fields with what stands there, into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Exit, complain, frame, memory, print_json, say
from bot.cli.helping import Group
from bot.cli.options import Json
from bot.domain.examples import Example

examples = Group()
LIST = "examples.jsonl"


@examples.callback()
def group() -> None:
    """Rättade fält som prov åt läsaren."""  # a group of one verb stays a group


@examples.verb("export", "ekbot examples export exempel")
def export(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="MAPP", help="Mappen som bilderna och listan skrivs i.")
    ],
    as_json: Json = False,
) -> None:
    """Skriv ut rättade fält: en bild var och en lista över vad som står i dem."""
    with memory(frame(context)) as store, store.begin() as work:
        found = work.examples.list()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for example in found:
            (folder / f"{example.sha256}.png").write_bytes(example.png)
        lines = [json.dumps(_line(e), ensure_ascii=False) + "\n" for e in found]
        (folder / LIST).write_text("".join(lines), "utf-8")
    except OSError as error:
        complain(f"Det går inte att skriva i {folder}: {error.strerror}.", Exit.USAGE)
    if as_json:
        print_json({"folder": str(folder), "examples": len(found)})
        return
    say(f"{len(found)} exempel skrivna i {folder}.")
    if not found:
        say("Exempel sparas bara när [retention] examples_days är mer än 0.")


def _line(example: Example) -> dict[str, str]:
    return {
        "picture": f"{example.sha256}.png", "key": example.key, "truth": example.truth,
        "read": example.read, "state": example.state.value, "how": example.how.value,
        "form": example.form, "reader": example.reader,
    }  # fmt: skip
