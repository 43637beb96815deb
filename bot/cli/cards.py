"""``card``: what staff do with cards at the counter and at the region. Decides nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import completing
from bot.cli.card_acts import act, day_of, day_or_none, number_of, show_receipt
from bot.cli.casework import who
from bot.cli.frame import Exit, complain
from bot.cli.helping import Group
from bot.cli.identity import id_kind, reasons_of
from bot.cli.later import Later
from bot.cli.options import Json, Now
from bot.domain.card_events import (
    CardActivated,
    CardEvent,
    CardExtended,
    CardHandedOut,
    CardOrdered,
)
from bot.domain.clerk_reply import Act, Command
from bot.ports.store import Work

if TYPE_CHECKING:
    from bot.app import card_finding, cardwork, desk_acts
    from bot.app.services import Services
else:  # what acts is loaded when it acts
    card_finding, cardwork = Later("bot.app.card_finding"), Later("bot.app.cardwork")
    desk_acts = Later("bot.app.desk_acts")

card = Group()
Number = Annotated[
    str,
    typer.Option("--number", help="Kortets nummer, med eller utan mellanrum.",
                 autocompletion=completing.cards),
]  # fmt: skip
Person = Annotated[
    str,
    typer.Option("--person", help="Personnummer, P-3, K-17 (ärendet) eller C-5 (kortet).",
                 autocompletion=completing.persons),
]  # fmt: skip
CaseRef = Annotated[
    str,
    typer.Option("--case", help="Ärendet som beställde kortet, t.ex. K-17.",
                 autocompletion=completing.cases),
]  # fmt: skip
On = Annotated[str, typer.Option("--on", help="Dagen det skedde, t.ex. 2026-11-23. Annars i dag.")]


@card.verb(
    "handout", "ekbot card handout --person K-17 --number 9752279900001111 --id-kind körkort"
)
def handout(
    context: typer.Context,
    *,
    person: Person,
    number: Number,
    kind: Annotated[
        str, typer.Option("--id-kind", help="Legitimationen: pass, körkort, id-kort, nationellt…")
    ],
    on: On = "",
    loa: Annotated[int | None, typer.Option("--loa", min=2, max=3, help="Tillitsnivå.")] = None,
    until: Annotated[str, typer.Option("--until", help="Kortare lån: sista dagen.")] = "",
    reason: Annotated[
        list[str] | None, typer.Option("--reason", help="Skäl, om blankett saknas. Upprepa.")
    ] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Lämna ut ett reservkort till en person som har visat giltig legitimation."""
    shown_id = id_kind(kind)
    given = reasons_of(reason or ())
    plain = number_of(number)

    def made(opened: Services, work: Work, day: date) -> CardEvent:
        asked = cardwork.asked_for(opened, work, person, given)
        return CardHandedOut(
            asked.id, plain, shown_id, who(), day_of(on, day), loa, day_or_none(until)
        )

    act(context, made, now, as_json=as_json)


@card.verb("ordered", "ekbot card ordered --case K-17")
def ordered(
    context: typer.Context, number: Number = "", person: Person = "", case: CaseRef = "",
    on: On = "", now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """E-tjänstekortet är beställt hos regionen; innehavaren får lathunden."""
    plain = number_of(number)

    def made(opened: Services, work: Work, day: date) -> CardEvent:
        named = card_finding.Named(plain, person, case)
        found = card_finding.card_for(work, "ordered", named, opened.clock())
        return CardOrdered(found.id, who(), day_of(on, day), plain)

    act(context, made, now, as_json=as_json)


@card.verb("activated", "ekbot card activated --person P-3 --number 9752279900001111")
def activated(
    context: typer.Context, number: Number = "", person: Person = "", case: CaseRef = "",
    on: On = "", expires: Annotated[str, typer.Option("--expires", help="Går ut.")] = "",
    now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """E-tjänstekortet är aktiverat; ett reservkort ska då tillbaka."""
    plain = number_of(number)

    def made(opened: Services, work: Work, day: date) -> CardEvent:
        named = card_finding.Named(plain, person, case)
        found = card_finding.card_for(work, "activated", named, opened.clock())
        return CardActivated(found.id, who(), day_of(on, day), plain, day_or_none(expires))

    act(context, made, now, as_json=as_json)


@card.verb("returned", "ekbot card returned --number 9752279900001111")
def returned(
    context: typer.Context, number: Number = "", person: Person = "", on: On = "",
    now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Kortet är tillbaka hos Lokala EK; alla påminnelser slutar genast."""
    _plain(context, "returned", number, person, on, now=now, as_json=as_json)


@card.verb("lost", "ekbot card lost --person P-3 --police K123456-26")
def lost(
    context: typer.Context, number: Number = "", person: Person = "", on: On = "",
    police: Annotated[str, typer.Option("--police", help="Polisanmälans nummer.")] = "",
    now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Kortet är förlorat: spärra det genast."""
    _plain(context, "lost", number, person, on, police=police, now=now, as_json=as_json)


@card.verb("blocked", "ekbot card blocked --number 9752279900001111")
def blocked(
    context: typer.Context, number: Number = "", person: Person = "", on: On = "",
    now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Kortet är spärrat. Det går inte att ångra."""
    _plain(context, "blocked", number, person, on, now=now, as_json=as_json)


@card.verb("deregistered", "ekbot card deregistered --number 9752279900001111")
def deregistered(
    context: typer.Context, number: Number = "", person: Person = "", on: On = "",
    now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Kortet är avregistrerat."""
    _plain(context, "deregistered", number, person, on, now=now, as_json=as_json)


@card.verb("extend", "ekbot card extend --number 9752279900001111 --until 2027-01-15")
def extend(
    context: typer.Context,
    until: Annotated[str, typer.Option("--until", help="Ny sista dag.")],
    number: Number = "", person: Person = "", now: Now = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Förläng ett lån av reservkort, inom reglerna."""
    plain = number_of(number)

    def made(opened: Services, work: Work, day: date) -> CardEvent:
        named = card_finding.Named(plain, person)
        found = card_finding.card_for(work, "extend", named, opened.clock())
        return CardExtended(found.id, who(), day, day_of(until, day))

    act(context, made, now, as_json=as_json)


@card.verb("receipt", "ekbot card receipt --number 9752279900001111")
def receipt(
    context: typer.Context, number: Number = "", person: Person = "", as_json: Json = False
) -> None:
    """Hämta kvittensen: den arkiverade, eller en att skriva ut om ingen har kommit."""
    show_receipt(context, card_finding.Named(number_of(number), person), as_json=as_json)


def _plain(
    context: typer.Context, step: str, number: str, person: str, on: str, *, now: str | None,
    as_json: bool, police: str = "",
) -> None:  # fmt: skip
    plain = number_of(number)
    if not plain and not person:
        complain("Ange kortet med --number, eller personen med --person.", Exit.USAGE)

    def made(opened: Services, work: Work, day: date) -> CardEvent:
        moment = opened.clock()
        named = card_finding.Named(plain, person)
        found = card_finding.card_for(work, step, named, moment).id
        said = Command(Act(step), "", "", text=police.strip())
        return desk_acts.card_event(said, found, who(), day_of(on, day), moment)

    act(context, made, now, as_json=as_json)
