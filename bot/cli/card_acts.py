"""What a card verb does with its event: commit, follow up, tell. Decides nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot import bootstrap
from bot.cli import shapes
from bot.cli.casework import who
from bot.cli.frame import Exit, complain, console, frame, instant, print_json, services, settings
from bot.cli.later import Later
from bot.cli.words import swedish
from bot.domain import stock
from bot.domain.calendar import today
from bot.domain.card_events import CardEvent, CardHandedOut
from bot.domain.cards import Card, InvalidCardNumberError, card_number, shown
from bot.domain.chase_letters import receipt_name
from bot.domain.decision import IllegalStepError
from bot.ports.errors import ConflictError
from bot.ports.store import Work

if TYPE_CHECKING:
    from bot.app import card_finding, cardwork, deliver, enclosing, turn
    from bot.app.services import Services
else:  # what acts is loaded when it acts
    card_finding, cardwork = Later("bot.app.card_finding"), Later("bot.app.cardwork")
    deliver, enclosing = Later("bot.app.deliver"), Later("bot.app.enclosing")
    turn, Services = Later("bot.app.turn"), object

Made = Callable[[Services, Work, date], CardEvent]


def number_of(text: str) -> str:
    """Return a card's number as it is kept; leaves with exit code 1 when it is none."""
    try:
        return card_number(text) if text else ""
    except InvalidCardNumberError:
        complain("--number: ett kortnummer har 4 till 24 siffror eller bokstäver.", Exit.USAGE)


def day_of(text: str, usual: date) -> date:
    """Return the day that *text* writes, *usual* when it is empty."""
    return day_or_none(text) or usual


def day_or_none(text: str) -> date | None:
    """Return the day that *text* writes, None when it is empty; leaves with 1 when it is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complain(f"”{text}” är inget datum. Skriv till exempel 2026-11-23.", Exit.USAGE)


def act(context: typer.Context, made: Made, now: str | None, *, as_json: bool) -> None:
    """Carry out one event about a card and whatever follows; tell what became of the card."""
    call = frame(context)
    report = turn.Report()
    with services(call, now=instant(now)) as opened:
        card, note = _committed(opened, made)
        with bootstrap.at_work(settings(call), patience=0) as mine:
            if mine:  # else the daemon carries out what follows
                deliver.settle_doubts(opened)
                report = turn.Turn(opened).follow_up()
        with opened.store.begin() as work:
            after = work.cards.get(card.id) or card
        paper = _receipt(opened, after) if note is not None else None
    if as_json:
        extra = {"receipt_file": str(paper)} if paper is not None else {}
        print_json(shapes.card(after) | extra)
    else:
        _tell(after, report, paper, note or "")
    raise typer.Exit(int(Exit.WAITS if report.waits else Exit.DONE))


def _committed(opened: Services, made: Made) -> tuple[Card, str | None]:
    """Return the card afterwards, and for a hand-out a note about the drawer ("" none)."""
    try:
        with opened.store.begin() as work:
            event = made(opened, work, today(opened.clock()))
            note = None
            if isinstance(event, CardHandedOut):
                note = _drawer(work, event)
            cardwork.decide_and_commit(opened, work, event, actor=who())
            found = work.cards.get(event.card)
    except card_finding.NoSuchCardError as error:
        complain(str(error), Exit.REFUSED)
    except IllegalStepError as error:
        complain(str(error), Exit.REFUSED)
    except ConflictError:
        complain(
            "Numret finns redan på ett annat kort, eller någon annan hann före. Kontrollera med "
            "”ekbot list cards”.",
            Exit.REFUSED,
        )
    if found is None:
        complain("Det finns inget kort med det numret.", Exit.REFUSED)
    return found, note


def _drawer(work: Work, event: CardHandedOut) -> str:
    """Return what the drawer says about the number that was taken."""
    blanks = work.blanks.list()
    if not blanks:
        return ""
    if work.blanks.find(event.number) is None:
        return "Kortet fanns inte i lagret av blanka kort."
    first = stock.next_blank(blanks, event.on)
    if first is not None and first.number != event.number:
        return f"Ett äldre kort ligger kvar i lagret: {shown(first.number)}. Ta det nästa gång."
    return ""


def _receipt(opened: Services, card: Card) -> Path:
    """Write the receipt where only the caller can read it."""
    folder = Path(tempfile.mkdtemp(prefix=f"ekbot-{card.handle}-"))
    path = folder / receipt_name(card)
    path.write_bytes(enclosing.receipt(opened, card))
    return path


def _tell(card: Card, report: turn.Report, paper: Path | None, note: str) -> None:
    out = console()
    kind = "Reservkort" if card.is_reserve else "E-tjänstekort"
    name = "" if card.holder.protected else f", {card.holder.name}"
    number = f" {shown(card.number)}" if card.number else ""
    out.print(f"{kind}{number} ({card.handle}{name}): {swedish(card.status.value)}.", markup=False)
    if card.due is not None and card.status.value in ("handed_out", "due", "overdue"):
        out.print(f"Ska vara tillbaka senast {card.due}.", markup=False)
    if paper is not None:
        out.print(f"Kvittens att skriva ut och låta innehavaren skriva under: {paper}",
                  markup=False)  # fmt: skip
    if note:
        out.print(f"Obs: {note}", markup=False)
    for reason in report.waits:
        out.print(f"Väntar: {reason}", markup=False)


def show_receipt(context: typer.Context, named: card_finding.Named, *, as_json: bool) -> None:
    """Write a card's receipts where only the caller can read them, and tell where."""
    with services(frame(context), look=True) as opened, opened.store.begin() as work:
        try:
            card = card_finding.card_for(work, "receipt", named, opened.clock())
        except card_finding.NoSuchCardError as error:
            complain(str(error), Exit.REFUSED)
        if card.handed_out is None or not card.mark:
            complain(f"{card.handle} har ingen kvittens.", Exit.REFUSED)
        kept = [work.archive.content(r.sha256) for r in work.archive.of_card(card.id)]
        paths = [str(_receipt(opened, card))] if not kept else _written(card, kept)
    if as_json:
        print_json({"id": card.handle, "archived": bool(kept), "files": paths})
        return
    word = "Arkiverad kvittens" if kept else "Ingen kvittens har kommit. Att skriva ut"
    for path in paths:
        console().print(f"{word}: {path}", markup=False)


def _written(card: Card, contents: Sequence[bytes]) -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix=f"ekbot-{card.handle}-"))
    paths = []
    for place, content in enumerate(contents, 1):
        ending = "pdf" if content.startswith(b"%PDF") else "bild"
        path = folder / f"kvittens-{card.handle}-{place}.{ending}"
        path.write_bytes(content)
        paths.append(str(path))
    return paths
