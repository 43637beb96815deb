"""``case show``: everything that a clerk needs to settle a case, with its pictures. Only looks."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot import bootstrap
from bot.app import explain, review_hiding
from bot.cli import pictures, shapes
from bot.cli.casework import Id, case, number_of
from bot.cli.frame import (
    Exit,
    complain,
    facts_table,
    frame,
    memory,
    print_json,
    print_table,
    say,
)
from bot.cli.options import Json
from bot.cli.pictures import Picture
from bot.cli.words import swedish
from bot.domain import stock
from bot.domain.calendar import STOCKHOLM, today
from bot.domain.card_queue import MUST_BE_DONE
from bot.domain.cards import Blank, Card, shown
from bot.domain.cases import Case, Kind, Status
from bot.domain.labels import label
from bot.domain.replying import is_open
from bot.ports.store import Work

__all__ = ["case"]  # the group, with this verb in it

Files = tuple[tuple[str, str, bytes], ...]  # name, SHA-256, content
_PICTURES = (".png", ".jpg", ".jpeg")
PictureOption = Annotated[
    Picture,
    typer.Option(
        "--picture",
        help="Hur bilderna visas: efter terminalen, i kittys eller sixels format, bara var de "
        "ligger, eller inte alls.",
    ),
]


@case.verb("show", "ekbot case show K-17\nekbot case show K-17 --picture sixel")
def show(
    context: typer.Context, number: Id, picture: PictureOption = Picture.AUTO, as_json: Json = False
) -> None:
    """Visa ett ärende med allt som behövs för att göra det, och bilderna av det oklara."""
    with memory(frame(context)) as store, store.begin() as work:
        found = work.cases.get(number_of(number))
        if found is None:
            complain(f"Det finns inget ärende {number}.", Exit.REFUSED)
        found = review_hiding.shown(work, found)
        wanted = not found.protected and picture is not Picture.NONE
        files = (*work.kept(found.id), *_archived(work, found)) if wanted else ()
        blank = _next_blank(work, found)
        card = work.cards.get(found.card) if found.card is not None else None
    if as_json:
        extra = {
            "details": dict(found.details),
            "files": _unpacked(found, files),
            "approvable": found.approvable,
            "next_blank": shapes.blank(blank) if blank is not None else None,
        }
        print_json(shapes.case(found) | extra)
        return
    how = pictures.chosen(picture, os.environ, terminal=sys.stdout.isatty())
    paths = _unpacked(found, _told_where(files, how))
    print_table(facts_table(f"{found.handle}  {found.title}", _facts(found, paths, blank)))
    if how in (Picture.KITTY, Picture.SIXEL):
        _draw(files, how)
    for name, command in steps(found, card):
        say(f"{name + ':':<9} {command}")


def _next_blank(work: Work, found: Case) -> Blank | None:
    """Return the card to take out of the drawer for a reserve card's order that is not done."""
    if found.kind is not Kind.RESERVE_ORDER or found.status is Status.DONE:
        return None
    return stock.next_blank(work.blanks.list(), today(bootstrap.system_clock()))


def _archived(work: Work, found: Case) -> Files:
    """Return what is kept for years about a case: the report of a loss, a receipt of nobody's."""
    rows = work.archive.of_case(found.id)
    return tuple((r.name, r.sha256, work.archive.content(r.sha256)) for r in rows)


def _facts(found: Case, paths: list[str], blank: Blank | None) -> list[tuple[str, Text | str]]:
    rows: list[tuple[str, Text | str]] = [
        ("Läge", f"{swedish(found.status.value)} ({swedish(found.stage.value)})"),
        ("Varför", found.why.text),
        ("Öppnat", f"{found.opened.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"),
    ]
    if found.person is not None and not found.protected:
        rows.append(("Personnummer", found.person.reveal()))
    if found.origin.mail:
        sender = "" if found.protected else f" från {found.origin.sender or 'okänd'}"
        rows.append(("Mejl", f"M-{found.origin.mail}{sender}"))
    if found.origin.file:
        rows.append(("Fil", f"{found.origin.file} ({found.origin.number} av {found.origin.of})"))
    rows += [*found.details]
    if not found.protected:  # else what is wrong with the form would tell why it is here
        rows += _of_form(found)
    rows += [(_words(Path(path).name), path) for path in paths]
    if blank is not None:
        ends = f" (går ut {blank.expires})" if blank.expires else ""
        rows.append(("Nästa kort ur lagret", f"{shown(blank.number)}{ends}"))
    return rows


def _of_form(found: Case) -> list[tuple[str, Text | str]]:
    rows: list[tuple[str, Text | str]] = []
    if found.inquiry is not None:
        rows += [(f"Fråga {p.number}", f"{p.label}: {p.read or '–'}") for p in found.inquiry.points]
    rows += [(label(a.key), explain.given(a)) for a in found.answers]
    rows += [(label(p.field) if p.field else "Blanketten", p.text) for p in found.problems]
    if found.plan is not None:
        rows += [
            (f"Plan: {label(name)}", f"{old} → {new or '–'}" if old else new)
            for name, old, new in found.plan.differences()
            if name not in ("person_id", "protected")
        ]
    return rows


def _told_where(files: Files, how: Picture) -> Files:
    """Return the files whose place is told: all but those that are drawn here."""
    if how not in (Picture.KITTY, Picture.SIXEL):
        return files
    return tuple(f for f in files if not f[0].casefold().endswith(_PICTURES))


def _draw(files: Files, how: Picture) -> None:
    for name, _sha256, content in files:
        if name.casefold().endswith(_PICTURES):
            say(_words(name), style="bold")
            sys.stdout.write(pictures.drawn(content, how) + "\n")
            sys.stdout.flush()


def _words(name: str) -> str:
    """Return what a picture shows, by its name: ``falt-3-surname.png`` is the surname's field."""
    key = Path(name).stem.rpartition("-")[2]
    return f"Bild av {label(key)}" if label(key) != key else "Bilaga"


def _unpacked(found: Case, files: Files) -> list[str]:
    """Write the case's files where only the caller can read them; return the paths."""
    if not files:
        return []
    folder = Path(tempfile.mkdtemp(prefix=f"ekbot-{found.handle}-"))
    paths = []
    for name, _sha256, content in files:
        path = folder / Path(name).name
        path.write_bytes(content)
        paths.append(str(path))
    return paths


_CARDS = {  # what the work is done by, where a card moves with it
    Kind.CARD_ORDER: ("ordered", "--case K-{case}"),
    Kind.RESERVE_ORDER: ("handout", "--person K-{case} --number NUMMER --id-kind LEGITIMATION"),
    Kind.LOSS: ("blocked", "--number {number}"),
    Kind.BLOCK: ("blocked", "--number {number}"),
    Kind.CARD_RETURN: ("returned", "--number {number}"),
}


def steps(found: Case, card: Card | None) -> list[tuple[str, str]]:
    """Return what a clerk may do about the case now: the word for it, and the command."""
    rows = []
    if found.status is Status.DONE:
        return []
    if found.kind in _CARDS and found.stage.value in ("staff", "waits"):
        verb, more = _CARDS[found.kind]
        number = card.number if card is not None and card.number else "NUMMER"
        words = more.format(case=found.id, number=number)
        rows.append(("Gör", f"ekbot card {verb} {words}"))
    elif found.approvable:
        rows.append(("Godkänn", f"ekbot case done {found.id}"))
    elif found.status is Status.OPEN and found.inquiry is None:
        rows.append(("Klart", f"ekbot case done {found.id}"))
    if found.status is Status.OPEN and found.kind not in MUST_BE_DONE:
        rows.append(("Avslå", f"ekbot case reject {found.id} --why ”…”"))
    if found.inquiry is not None and is_open(found):
        fields = " ".join(f"--field {a.key}=…" for a in found.inquiry.open())
        rows.append(("Rätta", f"ekbot case correct {found.id} {fields}"))
    rows.append(("Varför", f"ekbot why {found.handle}"))
    return rows
