"""``review``: the quarter's campaign by hand. Decides nothing."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from bot.app import review_closing, review_rounds, review_work
from bot.app.review_pages import pages
from bot.app.services import Services
from bot.cli import completing, review_shapes
from bot.cli.casework import who
from bot.cli.frame import (
    Exit,
    a_table,
    busy,
    complain,
    console,
    facts_table,
    frame,
    instant,
    print_json,
    print_table,
    say,
    services,
)
from bot.cli.helping import Group
from bot.cli.options import Json, Now
from bot.cli.shapes import Json as Object
from bot.cli.words import swedish
from bot.domain.reviews import Campaign, CampaignState
from bot.domain.values import MAIL_ADDRESS, ReviewId, address_key
from bot.ports.errors import ConflictError

review = Group()
Yes = Annotated[bool, typer.Option("--yes", help="Släpp breven; ”ekbot once” skickar dem.")]
Handle = Annotated[
    str,
    typer.Argument(metavar="ID", help="Granskningens nummer, t.ex. G-17.",
                   autocompletion=completing.handles),
]  # fmt: skip
_WIDE = 10


@review.verb("start", "ekbot review start\nekbot review start --yes")
def start(context: typer.Context, yes: Yes = False, now: Now = None, as_json: Json = False) -> None:
    """Förbered granskningen nu; med --yes släpps breven."""
    call = frame(context)
    with services(call, now=instant(now)) as opened:
        try:
            campaign = review_work.start(opened)
            if campaign.state is CampaignState.PREPARING:
                campaign = _prepared(opened, campaign)
            if yes and campaign.state is not CampaignState.RUNNING:  # else they go by themselves
                campaign = review_work.release(opened, campaign, who())
        except review_work.NotNowError as error:
            complain(str(error), Exit.REFUSED)
        found = _state(opened, campaign)
    if as_json:
        print_json(found)
        return
    _tell(found, campaign)
    if campaign.state is CampaignState.PREPARED:
        console().print(
            "Se breven: ekbot review preview. Släpp dem: ekbot review start --yes", markup=False
        )
    elif not yes:  # the office lets them go without being asked
        console().print(
            f"Breven går av sig själva {campaign.send_on}, vid nästa runda. Se dem: ekbot review "
            "preview. Stanna upp: ekbot review pause", markup=False,
        )  # fmt: skip


def _prepared(opened: Services, campaign: Campaign) -> Campaign:
    with busy("Fryser listorna …"):
        try:
            return review_rounds.prepare(opened, campaign, opened.clock())
        except ConflictError:  # the daemon froze them meanwhile
            with opened.store.begin() as work:
                return work.reviews.campaign(campaign.id) or campaign


@review.verb("status", "ekbot review status")
def status(context: typer.Context, as_json: Json = False) -> None:
    """Visa hur granskningen går: hur många som svarat, vilka som inte har det."""
    with services(frame(context), look=True) as opened:
        with opened.store.begin() as work:
            campaign = review_work.newest(work)
        if campaign is None:
            complain("Ingen granskning har börjat. Börja en: ekbot review start", Exit.REFUSED)
        found = _state(opened, campaign)
        rows = _reviews(opened, campaign)
    if as_json:
        print_json(found | {"reviews": rows})
        return
    _tell(found, campaign)
    table = a_table("Chefer", "Nr", "Chef", "Läge", "Svar", "", "Nästa steg", "Anmärkning")
    for row in rows:
        done, total = len(row["rows"]) - row["open"], len(row["rows"])
        table.add_row(
            row["id"], row["manager"] or row["manager_mail"] or "ingen chef",
            swedish(row["status"]), f"{done}/{total}", _bar(done, total),
            str(row["next_on"] or ""), _remark(row),
        )  # fmt: skip
    print_table(table)


def _bar(done: int, total: int) -> str:
    """Return a bar of text: it survives a pipe and a screen reader."""
    filled = round(_WIDE * done / total) if total else _WIDE
    return "█" * filled + "░" * (_WIDE - filled)


def _remark(row: Object) -> str:
    parts = []
    for away in row["absences"][-1:]:
        until = f"åter {away['back']}" if away["back"] else "borta"
        parts.append(", ".join(p for p in (until, away["stand_in"]) if p))
    if row["bounced"]:
        parts.append("brevet kom inte fram")
    return "; ".join(parts)


@review.verb("preview", "ekbot review preview")
def preview(
    context: typer.Context,
    manager: Annotated[str, typer.Option("--manager", help="Bara den adressens brev.")] = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Visa varje brev som det kommer att se ut, och vilka chefer som saknas eller är borta."""
    with services(frame(context), now=instant(now), look=True) as opened:
        with opened.store.begin() as work:
            campaign = review_work.newest(work)
        if campaign is None or campaign.is_over:
            complain("Ingen granskning är förberedd: ekbot review start", Exit.REFUSED)
        wanted = address_key(manager)
        for shown in review_work.letters(opened, campaign):
            if wanted and address_key(shown.review.mail) != wanted:
                continue
            if as_json:
                print_json(_letter(shown), line=True)
            else:
                _print(shown)


def _letter(shown: review_work.Shown) -> Object:
    row = shown.review
    return {
        "id": row.handle, "manager_mail": row.mail or None, "manager": row.name or None,
        "deputy_mail": row.deputy or None, "persons": len(row.open_rows()),
        "subject": shown.subject, "text": shown.text, "fault": shown.fault or None,
    }  # fmt: skip


def _print(shown: review_work.Shown) -> None:
    out, row = console(), shown.review
    to = row.mail or "INGEN CHEF: ange mottagare med ekbot review readdress"
    out.print(f"── {row.handle}  {row.name}  <{to}>", markup=False, style="bold")
    if shown.fault:
        out.print(f"Brevet skickas inte: {shown.fault}", markup=False, style="bold red")
    out.print(f"Ämne: {shown.subject}\n\n{shown.text}", markup=False)


@review.verb("pause", "ekbot review pause")
def pause(context: typer.Context, now: Now = None, as_json: Json = False) -> None:
    """Stanna upp: inga brev går, men svar tas emot."""
    _set(context, CampaignState.PAUSED, now, as_json=as_json)


@review.verb("resume", "ekbot review resume")
def resume(context: typer.Context, now: Now = None, as_json: Json = False) -> None:
    """Fortsätt en pausad granskning."""
    _set(context, CampaignState.RUNNING, now, as_json=as_json)


@review.verb("stop", "ekbot review stop")
def stop(context: typer.Context, now: Now = None, as_json: Json = False) -> None:
    """Avbryt granskningen: inga fler brev går, och svar läses av handläggare."""
    _set(context, CampaignState.STOPPED, now, as_json=as_json)


def _set(context: typer.Context, wanted: CampaignState, now: str | None, *, as_json: bool) -> None:
    with services(frame(context), now=instant(now)) as opened:
        try:
            campaign = review_work.set_state(opened, wanted, who())
        except review_work.NotNowError as error:
            complain(str(error), Exit.REFUSED)
    _said(campaign, f"Granskningen {campaign.name}: {swedish(campaign.state.value)}.", as_json)


@review.verb("extend", "ekbot review extend --days 5")
def extend(
    context: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=60, help="Arbetsdagar till.")],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Ge dem som inte svarat mer tid."""
    with services(frame(context), now=instant(now)) as opened:
        try:
            campaign = review_work.extend(opened, days, who())
        except review_work.NotNowError as error:
            complain(str(error), Exit.REFUSED)
    _said(campaign, f"Granskningen {campaign.name} pågår nu till {campaign.ends}.", as_json)


@review.verb("readdress", "ekbot review readdress G-17 --to ny.chef@jarfalla.example")
def readdress(
    context: typer.Context,
    which: Handle,
    to: Annotated[str, typer.Option("--to", help="Vem som ska få frågan i stället.")],
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Ställ frågan till någon annan; brevet går vid nästa runda."""
    with services(frame(context), now=instant(now)) as opened:
        if not MAIL_ADDRESS.fullmatch(address_key(to)):
            complain(f"”{to}” är ingen e-postadress.", Exit.USAGE)
        try:
            moved = review_work.readdress(opened, _number(which), to, who())
        except review_work.NotNowError as error:
            complain(str(error), Exit.REFUSED)
    name = moved.name or "en adress som inte finns i chefsregistret"
    if as_json:
        print_json({"id": moved.handle, "manager_mail": moved.mail, "manager": moved.name or None})
    else:
        say(f"{moved.handle} går till {moved.mail} ({name}).")


def _number(ref: str) -> ReviewId:
    found = re.fullmatch(r"(?:G-?)?(\d{1,9})", ref.strip(), re.IGNORECASE)
    if found is None:
        complain(f"”{ref}” är ingen granskning. De heter G-17.", Exit.USAGE)
    return ReviewId(int(found[1]))


@review.verb("close", "ekbot review close")
def close(context: typer.Context, now: Now = None, as_json: Json = False) -> None:
    """Avsluta granskningen i förtid, med rapport."""
    with services(frame(context), now=instant(now)) as opened:
        with opened.store.begin() as work:
            campaign = review_work.newest(work)
        if campaign is None or campaign.is_over or campaign.released is None:
            complain("Ingen granskning pågår.", Exit.REFUSED)
        done = review_closing.close(opened, campaign, opened.clock())
    _said(done, f"Granskningen {done.name} är avslutad.", as_json)


def _said(campaign: Campaign, text: str, as_json: bool) -> None:
    if as_json:
        print_json(
            {"campaign": campaign.name, "state": campaign.state.value, "ends": campaign.ends}
        )
    else:
        say(text)


def _reviews(opened: Services, campaign: Campaign) -> list[Object]:
    with opened.store.begin() as work:
        hidden = {r.id for r in work.records.protected()}
        return [review_shapes.review(r, campaign, hidden) for r in pages(work, campaign.id)]


def _state(opened: Services, campaign: Campaign) -> Object:
    with opened.store.begin() as work:
        counts = work.reviews.counts(campaign.id)
        answers: dict[str, int] = {}
        for one in pages(work, campaign.id):
            for row in one.rows:
                key = "manual" if row.manual else row.answer.value
                answers[key] = answers.get(key, 0) + 1
    return {
        "campaign": campaign.name, "state": campaign.state.value, "send_on": campaign.send_on,
        "ends": campaign.ends, "released_by": campaign.released_by or None,
        "protected": campaign.protected, "reviews": counts, "answers": answers,
    }  # fmt: skip


def _tell(found: Object, campaign: Campaign) -> None:
    answers = found["answers"]
    total = sum(answers.values())
    done = sum(answers.get(k, 0) for k in ("stays", "left", "leaving", "moved"))
    out = console()
    out.print(f"Granskningen {campaign.name}: {swedish(campaign.state.value)}", style="bold")
    rows = [("Besvarade rader", f"{done} av {total}"), ("", _bar(done, total))]
    rows += [(swedish(f"answer_{k}"), str(v)) for k, v in sorted(answers.items())]
    rows += [("Chefer: " + swedish(k), str(v)) for k, v in sorted(found["reviews"].items())]
    rows += [("Skyddade, för hand", str(campaign.protected))]
    rows += [("Går / gick", str(campaign.send_on)), ("Avslutas", str(campaign.ends or "–"))]
    print_table(facts_table("", rows))
