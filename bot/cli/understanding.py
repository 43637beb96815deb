"""``understand``: what a review answer says, against its letter, without side effects."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap
from bot.app import review_reading
from bot.app.review_reading import Asked, Understood
from bot.cli.frame import Exit, a_table, complain, console, frame, print_json, print_table, services
from bot.cli.options import Json
from bot.cli.shapes import Json as Object
from bot.domain.calendar import today
from bot.domain.review_reply import DECIDED, Heard
from bot.domain.review_words import said
from parsers.mail.message import parse

Files = Annotated[list[Path], typer.Argument(metavar="FIL", help="Svar att läsa (.eml).")]
LetterFile = Annotated[
    Path | None, typer.Option("--letter", help="Granskningsbrevet som svaret gäller (.eml).")
]
_VERDICTS = {
    "settled": "allt är klart",
    "partly": "en del är klart",
    "ask": "behöver frågas",
}


def understand(
    context: typer.Context, files: Files, letter: LetterFile = None, as_json: Json = False
) -> None:
    """Läs svar på en granskning och visa hur de förstås, utan att något händer."""
    missing = [str(f) for f in (*files, *((letter,) if letter else ())) if not f.is_file()]
    if missing:
        complain(f"Hittar inte: {', '.join(missing)}", Exit.USAGE)
    refused, undated = 0, today(bootstrap.system_clock())
    if letter is not None:
        asked = _asked(letter)
        for file in files:
            mail = parse(file.read_bytes())
            _show(file, review_reading.understood(mail, asked, undated), as_json=as_json)
        return
    with services(frame(context), look=True) as opened:
        for file in files:
            own = opened.facts.own_addresses
            mail = parse(file.read_bytes(), own_addresses=own)
            with opened.store.begin() as work:
                found = review_reading.asked_by_memory(opened, work, mail)
            if found is None:
                refused += 1
                _unknown(file, as_json=as_json)
                continue
            _show(file, review_reading.understood(mail, found, undated), as_json=as_json)
    raise typer.Exit(int(Exit.REFUSED if refused else Exit.DONE))


def _asked(letter: Path) -> Asked:
    try:
        return review_reading.asked_by_file(letter)
    except ValueError:
        complain(f"{letter}: där finns inga numrerade rader att svara på.", Exit.REFUSED)


def _unknown(file: Path, *, as_json: bool) -> None:
    text = "Hittar inte granskningen som mejlet svarar på. Ange brevet med --letter FIL.eml."
    if as_json:
        row = {"file": str(file), "kind": "other", "rows": {}, "verdict": "ask", "unread": [],
               "extra": [], "problem": text}  # fmt: skip
        print_json(row, line=True)
        return
    console().print(f"{file}: {text}", markup=False)


def shape(file: Path, found: Understood) -> Object:
    """Return the contract's object of one answer (§5)."""
    names = {r.row: r.name for r in found.asked.rows}
    rows = found.reply.rows
    decided = sum(h.answer in DECIDED for h in rows)
    verdict = "settled" if rows and decided == len(rows) else "partly" if decided else "ask"
    return {
        "file": str(file),
        "kind": found.kind,
        "rows": {str(h.row): _row(h, names.get(h.row, "")) for h in rows},
        "verdict": verdict,
        "unread": [*found.reply.unread],
        "extra": [
            {"kind": r.kind.value, "words": r.words, "rows": [*r.rows], "name": r.name}
            for r in found.reply.remarks
        ],
        "undo": None if found.reply.undo is None else [*found.reply.undo],
    }


def _row(heard: Heard, name: str) -> Object:
    return {
        "name": name,
        "answer": heard.answer.value,
        "date": heard.on,
        "why": heard.words or "inget sagt",
        "to": heard.to or None,
    }


def _show(file: Path, found: Understood, *, as_json: bool) -> None:
    row = shape(file, found)
    if as_json:
        print_json(row, line=True)
        return
    title = f"{file}: {_VERDICTS[row['verdict']]}"
    table = a_table(title, "Rad", "Namn", "Svar", "Chefens ord")
    for heard in found.reply.rows:
        words = said(heard.answer, heard.on, heard.to)
        name = row["rows"][str(heard.row)]["name"]
        table.add_row(str(heard.row), name, words, heard.words)
    print_table(table)
    for word in found.reply.unread:
        console().print(f"  Inte förstått: ”{word}”", markup=False)
    for remark in found.reply.remarks:
        console().print(f"  Dessutom ({remark.kind.value}): ”{remark.words}”", markup=False)
