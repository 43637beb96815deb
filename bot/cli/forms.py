"""``form``: blanks to print or mail, and other offices' blanks to learn. Reads no orders."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot import bootstrap
from bot.cli.frame import (
    Exit,
    a_table,
    agreed,
    complain,
    console,
    frame,
    print_json,
    print_table,
    say,
    settings,
)
from bot.cli.helping import Group
from bot.cli.options import Json
from bot.cli.shapes import Json as Object
from bot.domain.authority import entries_of_unit
from bot.domain.calendar import today
from bot.domain.forms import Box
from bot.domain.labels import label
from bot.ports.errors import NeedsOperatorError, TransientError
from parsers.forms.definition import (
    Definition,
    DefinitionError,
    SignatureSpec,
    TextSpec,
    TickSpec,
    load,
    parse,
)
from parsers.forms.learning import Learnt, NotLearntError
from parsers.forms.sketch import sketch
from parsers.pdf.guard import RefusedError
from parsers.scan.learning import learn_file
from parsers.scan.readers.models import ModelError

_NAME = re.compile(r"[\w][\w.-]{0,40}")
form = Group()


@form.verb("blank", "ekbot form blank --unit ”Hemtjänst Norr”")
def blank(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", help="Filen som skrivs.")] = Path(
        "blankett-ek-1.pdf"
    ),
    unit: Annotated[
        str, typer.Option("--unit", help="Förifyll för enheten (namn eller id i registret).")
    ] = "",
    as_json: Json = False,
) -> None:
    """Skriv vår egen ifyllbara blankett, tom eller förifylld med enhet och chef."""
    chosen = settings(frame(context))
    entry = None
    if unit:
        try:
            entries = bootstrap.register(chosen)
        except NeedsOperatorError as error:
            complain(error.advice, Exit.USAGE)
        except TransientError as error:
            complain(f"Svarar inte just nu: {error.reason}. Försök igen om en stund.", Exit.WAITS)
        found = entries_of_unit(entries, unit, today(bootstrap.system_clock()))
        if not found:
            complain(f"Enheten ”{unit}” finns inte i chefsregistret i dag.", Exit.REFUSED)
        entry = found[0]
    content = bootstrap.blank(chosen, entry)
    try:
        out.write_bytes(content)
    except OSError as error:
        complain(f"Kan inte skriva {out}: {error.strerror}.", Exit.USAGE)
    if as_json:
        print_json({"file": str(out), "bytes": len(content), "unit": entry.unit if entry else None})
    else:
        say(f"Skrev {out} ({len(content) // 1024} kB).")


@form.verb("learn", "ekbot form learn tom.pdf --name 2024-03")
def learn_blank(
    context: typer.Context,
    blank_file: Annotated[
        Path, typer.Argument(metavar="BLANK", help="Tom blankett: PDF eller bild.")
    ],
    name: Annotated[str, typer.Option("--name", help="Upplagans namn, t.ex. 2024-03.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Fråga inte, spara.")] = False,
    as_json: Json = False,
) -> None:
    """Lär in en annan blankett, utan kod: visa rutorna på en bild och spara definitionen."""
    if not _NAME.fullmatch(name):
        complain("--name får ha bokstäver, siffror, punkt och bindestreck.", Exit.USAGE)
    folder = settings(frame(context)).forms.path / "ek-1"
    if (folder / f"{name}.toml").exists() and not yes:
        complain(f"Upplagan {name} finns redan. Välj ett annat --name.", Exit.REFUSED)
    try:
        captured = learn_file(
            blank_file.read_bytes(), name=name, known=load(bootstrap.DATA / "forms")
        )
        draft = Path(tempfile.mkdtemp(prefix="ekbot-"))
        (draft / f"{name}.pdf").write_bytes(captured.blank)
        definition = parse(captured.learnt.toml, draft / f"{name}.toml")
    except OSError as error:
        complain(f"Kan inte läsa {blank_file}: {error.strerror}.", Exit.USAGE)
    except (NotLearntError, DefinitionError, RefusedError, ModelError) as error:
        complain(str(error), Exit.REFUSED)
    picture = draft / f"{name}.png"
    picture.write_bytes(sketch(captured.blank, definition))
    found: Object = {"name": name, "found": len(captured.learnt.found), "picture": str(picture)}
    found |= {"doubtful": [*captured.learnt.doubtful], "missing": [*captured.learnt.missing]}
    if not as_json:
        _show(captured.learnt, definition, picture)
    if not yes and (as_json or not agreed("Stämmer bilden? Spara?")):
        if as_json:
            print_json(found | {"saved": None})
        else:
            say("Inget sparat. Titta på bilden och kör igen med --yes.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(captured.blank)
    (folder / f"{name}.toml").write_text(captured.learnt.toml, encoding="utf-8")
    if as_json:
        print_json(found | {"saved": str(folder / f"{name}.toml")})
    else:
        say(f"Sparade {folder / name}.toml och .pdf.")


def _show(learnt: Learnt, definition: Definition, picture: Path) -> None:
    """Print what was found where, what was left out, and where the picture lies."""
    rows: list[TextSpec | TickSpec | SignatureSpec] = [
        *definition.fields, *definition.ticks, definition.signature
    ]  # fmt: skip
    table = a_table("", "Fält", "Ledtext", "Plats på sidan (mm)", keep=0)
    for spec in sorted(rows, key=lambda s: (_place(s).y0, _place(s).x0)):
        key = spec.key if not isinstance(spec, SignatureSpec) else "signed"
        sort = "□ " if isinstance(spec, TickSpec) else ""
        place = _place(spec)
        where = f"{place.x0:.0f}, {place.y0:.0f} – {place.x1:.0f}, {place.y1:.0f}"
        table.add_row(Text(sort + label(key)), Text(spec.label), where)
    out = console()
    print_table(table)
    out.print(f"Hittade {len(learnt.found)} ledtexter. Bild med rutorna: {picture}", markup=False)
    doubtful = tuple(map(label, learnt.doubtful))
    for words, names in (("Osäkra, utelämnade", doubtful), ("Saknas", learnt.missing)):
        if names:
            out.print(f"{words}: {', '.join(names)}", markup=False)


def _place(spec: TextSpec | TickSpec | SignatureSpec) -> Box:
    return spec.value if isinstance(spec, TextSpec) else spec.box
