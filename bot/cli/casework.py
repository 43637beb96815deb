"""``case`` and ``why``: the staff's queue from the terminal, and the reasons behind everything."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.tree import Tree

from bot import bootstrap
from bot.app import correcting, desk_book, explain, review_hiding
from bot.app.deliver import settle_doubts
from bot.app.services import Services
from bot.app.turn import Report, Turn
from bot.cli import shapes
from bot.cli.frame import (
    Exit,
    complain,
    console,
    frame,
    instant,
    print_json,
    print_table,
    services,
    settings,
)
from bot.cli.words import swedish
from bot.cli.working import Json, Now
from bot.domain import stock
from bot.domain.calendar import STOCKHOLM, today
from bot.domain.card_queue import MUST_BE_DONE
from bot.domain.cards import Blank, shown
from bot.domain.cases import Case, Kind, Status
from bot.domain.decision import IllegalStepError
from bot.domain.events import Event, StaffCorrected, StaffDone, StaffRejected
from bot.domain.labels import label
from bot.domain.replying import is_open
from bot.domain.staff_acts import Via
from bot.domain.values import CaseId
from bot.ports.store import Work

case = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
Id = Annotated[str, typer.Argument(metavar="ID", help="Ärendets nummer, t.ex. K-17.")]
Why = Annotated[str, typer.Option("--why", help="Varför; står i loggen och i brevet vid avslag.")]


def _number(ref: str) -> CaseId:
    try:
        kind, number = explain.parse(ref)
    except explain.UnknownRefError as error:
        complain(str(error), Exit.USAGE)
    if kind != "K":
        complain(f"”{ref}” är inget ärende. Ärenden heter K-17 eller bara 17.", Exit.USAGE)
    return CaseId(number)


@case.command("show")
def show(context: typer.Context, number: Id, as_json: Json = False) -> None:
    """Visa ett ärende med allt som behövs för att göra det."""
    with services(frame(context), look=True) as opened, opened.store.begin() as work:
        found = work.cases.get(_number(number))
        if found is None:
            complain(f"Det finns inget ärende {number}.", Exit.REFUSED)
        found = review_hiding.shown(work, found)
        files = () if found.protected else (*work.kept(found.id), *_archived(work, found))
        blank = _next_blank(opened, work, found)
    paths = _unpack(found, files)
    if as_json:
        extra = {"details": dict(found.details), "files": paths, "approvable": found.approvable}
        extra["next_blank"] = shapes.blank(blank) if blank is not None else None
        print_json(shapes.case(found) | extra)
        return
    out = console()
    table = Table(title=f"{found.handle}  {found.title}", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, text in _facts(found, paths):
        table.add_row(name, text)
    if blank is not None:
        ends = f" (går ut {blank.expires})" if blank.expires else ""
        table.add_row("Nästa kort ur lagret", f"{shown(blank.number)}{ends}")
    print_table(table)
    if found.approvable:
        out.print(f"Godkänn: ekbot case done {found.id}", markup=False)
    if found.status.value == "open" and found.kind not in MUST_BE_DONE:
        out.print(f"Avslå:   ekbot case reject {found.id} --why ”…”", markup=False)
    if found.inquiry is not None and is_open(found):
        fields = " ".join(f"--field {a.key}=…" for a in found.inquiry.open())
        out.print(f"Rätta:   ekbot case correct {found.id} {fields}", markup=False)


def _next_blank(opened: Services, work: Work, found: Case) -> Blank | None:
    """Return the card to take out of the drawer for a reserve card's order that is not done."""
    if found.kind is not Kind.RESERVE_ORDER or found.status is Status.DONE:
        return None
    return stock.next_blank(work.blanks.list(), today(opened.clock()))


def _archived(work: Work, found: Case) -> tuple[tuple[str, str, bytes], ...]:
    """Return what is kept for years about a case: the report of a loss, a receipt of nobody's."""
    rows = work.archive.of_case(found.id)
    return tuple((r.name, r.sha256, work.archive.content(r.sha256)) for r in rows)


def _facts(found: Case, paths: list[str]) -> list[tuple[str, str]]:
    rows = [
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
    if found.protected:  # what is wrong with the form would tell why it is here
        return rows
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
    return rows + [("Fil", path) for path in paths]


def _unpack(found: Case, files: tuple[tuple[str, str, bytes], ...]) -> list[str]:
    """Write the case's pictures where only the caller can read them; return the paths."""
    if not files:
        return []
    folder = Path(tempfile.mkdtemp(prefix=f"ekbot-{found.handle}-"))
    paths = []
    for name, _sha256, content in files:
        path = folder / Path(name).name
        path.write_bytes(content)
        paths.append(str(path))
    return paths


@case.command("done")
def done(
    context: typer.Context, number: Id, why: Why = "", now: Now = None, as_json: Json = False
) -> None:
    """Godkänn ett förberett ärende, eller markera ett arbete som gjort."""
    event = StaffDone(_number(number), who(), why)
    _act(context, event, now, as_json=as_json)


@case.command("reject")
def reject(
    context: typer.Context,
    number: Id,
    why: Annotated[str, typer.Option("--why", help="Orsaken, som chefen får läsa.")],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Avslå ett ärende; chefen får veta varför."""
    if not why.strip():
        complain("Skriv varför: --why ”fel enhet”.", Exit.USAGE)
    event = StaffRejected(_number(number), who(), why.strip())
    _act(context, event, now, as_json=as_json)


@case.command("correct")
def correct(
    context: typer.Context,
    number: Id,
    field: Annotated[
        list[str], typer.Option("--field", help="Fält och värde, t.ex. surname=Öberg. Upprepa.")
    ],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Rätta det som var oklart på en blankett; ärendet går vidare om inget mer är oklart."""
    call = frame(context)
    case_id = _number(number)
    with services(call, now=instant(now)) as opened:
        try:
            with opened.store.begin() as work:
                found = work.cases.get(case_id)
            if found is None:
                complain(f"Det finns inget ärende {number}.", Exit.REFUSED)
            pairs = [correcting.pair(text) for text in field]
            event = correcting.event_of(opened, found, pairs, who())
        except correcting.NotAValueError as error:
            complain(str(error), Exit.REFUSED)
    _act(context, event, now, as_json=as_json)


def _act(
    context: typer.Context, event: StaffDone | StaffRejected | StaffCorrected, now: str | None, *,
    as_json: bool,
) -> None:  # fmt: skip
    call = frame(context)
    report = Report()
    with services(call, now=instant(now)) as opened:
        after = _commit(opened, event)
        with bootstrap.at_work(settings(call), patience=0) as mine:
            if mine:  # else the daemon carries out what follows
                settle_doubts(opened)
                report = Turn(opened).follow_up()
        with opened.store.begin() as work:
            after = work.cases.get(after.id) or after
    if as_json:
        print_json(shapes.case(after))
    else:
        out = console()
        out.print(f"{after.handle}: {swedish(after.status.value)}. {after.why.text}", markup=False)
        for reason in report.waits:
            out.print(f"Väntar: {reason}", markup=False)
    raise typer.Exit(int(Exit.WAITS if report.waits else Exit.DONE))


def _commit(opened: Services, event: Event) -> Case:
    number = event.case
    try:
        with opened.store.begin() as work:
            desk_book.acting(opened, work, event, by=who(), via=Via.TERMINAL)
            found = work.cases.get(number) if number else None
    except IllegalStepError as error:
        complain(str(error), Exit.REFUSED)
    if found is None:
        complain(f"Det finns inget ärende K-{number}.", Exit.REFUSED)
    return found


def who() -> str:
    """Return the clerk at the terminal, for the audit log."""
    return getpass.getuser()


def why(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="K-17, B-5, M-3 eller P-2.")],
    as_json: Json = False,
) -> None:
    """Visa varför: kedjan från brev eller post till mejl, regel och rutinens steg."""
    with services(frame(context), look=True) as opened, opened.store.begin() as work:
        try:
            node = explain.why(work, ref)
        except explain.UnknownRefError as error:
            complain(str(error), Exit.REFUSED)
    if as_json:
        print_json(_plain(node))
    else:
        console().print(_tree(node))


def _plain(node: explain.Node) -> shapes.Json:
    return {
        "id": node.ref,
        "title": node.title,
        "facts": [list(fact) for fact in node.facts],
        "because": [_plain(child) for child in node.children],
    }


def _tree(node: explain.Node, above: Tree | None = None) -> Tree:
    title = f"{node.ref}  {node.title}"
    tree = Tree(title) if above is None else above.add(title)
    for name, text in node.facts:
        tree.add(f"{name}: {text}")
    for child in node.children:
        _tree(child, tree)
    return tree
