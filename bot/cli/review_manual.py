"""``review manual``: protected persons, reviewed by hand by named staff. Decides nothing."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from bot.app import review_manual
from bot.app.services import Services
from bot.cli import shapes
from bot.cli.card_acts import day_or_none
from bot.cli.casework import who
from bot.cli.frame import (
    Exit,
    a_table,
    complain,
    frame,
    instant,
    print_json,
    print_table,
    say,
    services,
)
from bot.cli.options import Json, Now
from bot.cli.reviews import review
from bot.cli.shapes import Json as Object
from bot.cli.words import swedish
from bot.domain.cases import Case
from bot.domain.values import CaseId

__all__ = ["review"]  # the group, with this verb in it


@review.verb("manual", "ekbot review manual --show\nekbot review manual K-17 --answer stays")
def manual(
    context: typer.Context,
    which: Annotated[str, typer.Argument(metavar="[ID]", help="Ärendet, t.ex. K-17.")] = "",
    answer: Annotated[str, typer.Option("--answer", help="stays, left, leaving, moved.")] = "",
    show: Annotated[bool, typer.Option("--show", help="Visa vilka de är (loggas).")] = False,
    on: Annotated[str, typer.Option("--on", help="Dagen det gäller, t.ex. 2026-11-23.")] = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Skyddade personer som granskas för hand: listan, och svaret på var och en."""
    with services(frame(context), now=instant(now), look=not which) as opened:
        try:
            if which:
                case = _answered(opened, which, answer, on)
                if as_json:
                    print_json(shapes.case(case))
                else:
                    say(f"{case.handle}: {swedish(case.status.value)}.")
                return
            rows = _manual(opened, show=show)
        except review_manual.NotAllowedError as error:
            complain(str(error), Exit.REFUSED)
    if as_json:
        print_json(rows)
        return
    heads = ("id", "record", "opened", *(("name", "unit", "valid_until") if show else ()))
    table = a_table(f"Granskas för hand ({len(rows)})", *(_MANUAL[head] for head in heads))
    for row in rows:
        table.add_row(*(str(row[head] or "") for head in heads))
    print_table(table)


_MANUAL = {
    "id": "Ärende", "record": "Post", "opened": "Öppnat", "name": "Namn", "unit": "Enhet",
    "valid_until": "Gäller till",
}  # fmt: skip


def _manual(opened: Services, *, show: bool) -> list[Object]:
    if show:
        review_manual.allowed(opened, who())
    with opened.store.begin() as work:
        found = review_manual.waiting(work)
        if show:
            review_manual.seen(opened, work, found, who())
    rows = []
    for one in found:
        row: Object = {
            "id": one.case.handle, "record": f"P-{one.case.record}",
            "opened": f"{one.case.opened:%Y-%m-%d}",
        }  # fmt: skip
        if show and one.record is not None:
            entry = one.record.entry
            row |= {"name": entry.full_name, "unit": entry.unit, "valid_until": entry.valid_until}
        elif show:
            row |= {"name": None, "unit": None, "valid_until": None}
        rows.append(row)
    return rows


def _answered(opened: Services, which: str, answer: str, on: str) -> Case:
    found = re.fullmatch(r"(?:K-?)?(\d{1,9})", which.strip(), re.IGNORECASE)
    given = {a.value: a for a in review_manual.GIVEN}
    if found is None or answer not in given:
        words = ", ".join(given)
        complain(f"Skriv till exempel ”review manual K-17 --answer stays” ({words}).", Exit.USAGE)
    return review_manual.answer(
        opened, CaseId(int(found[1])), given[answer], who(), day_or_none(on)
    )  # fmt: skip
