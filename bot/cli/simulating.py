"""``simulate``: a made-up municipality lives through days against the real program."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.frame import Exit, a_table, complain, print_json, print_table, progress, say
from bot.cli.options import Json
from bot.cli.rule_words import because
from bot.cli.words import swedish
from bot.rehearsal import charts, painting
from bot.rehearsal.charts import Bars
from bot.rehearsal.playing import NotAPolicyError, Played, Wish, played, policy_of

_BROKEN = 2
_SHOWN = 10
_PICTURES = (".svg", ".png")
_ROLES = ("chefer", "innehavare", "handläggare")
_AS_IS = "standard"


def simulate(
    days: Annotated[int, typer.Option("--days", min=1, max=730, help="Antal dygn.")],
    persons: Annotated[int, typer.Option("--persons", min=1, max=20_000, help="Antal.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Samma frö ger samma kommun.")] = 1,
    policy: Annotated[
        list[Path] | None, typer.Option("--policy", help="TOML att jämföra. Upprepa.")
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Skriv jämförelsen som bild (SVG, PNG).")
    ] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Tom mapp att spela i.")] = None,
    as_json: Json = False,
) -> None:
    """Låt en påhittad kommun leva dag för dag och räkna varje brev."""
    policies = _policies(policy or [])
    wish = Wish(days, persons, seed)
    if folder is not None and folder.exists() and any(folder.iterdir()):
        complain(f"{folder} är inte tom. Välj en annan: --folder.", Exit.USAGE)
    if chart is not None and chart.suffix.casefold() not in _PICTURES:
        complain("--chart skriver SVG eller PNG: sluta namnet på .svg eller .png.", Exit.USAGE)
    with ExitStack() as stack:
        here = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_quick())))
        logging.disable(logging.WARNING)  # servers that are away are part of the play
        stack.callback(logging.disable, logging.NOTSET)
        done = _played(policies, wish, here)
    if chart is not None:
        chart.write_bytes(_chart(done, wish, chart.suffix.casefold()))
    if as_json:
        print_json({"days": days, "persons": persons, "seed": seed, "policies": _plain(done)})
    else:
        _tell(done)
    broken = any(one.tally.broken for one in done)
    raise typer.Exit(_BROKEN if broken else int(Exit.DONE))


def _quick() -> str | None:
    """Return a place in memory where there is one: nothing that is played needs to survive."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - removed at the end


def _policies(files: list[Path]) -> dict[str, Mapping[str, Any]]:
    """Return each policy by its name; the program's own where none is named."""
    try:
        found = {file.stem: policy_of(file) for file in files}
    except NotAPolicyError as error:
        complain(str(error), Exit.USAGE)
    if len(found) != len(files):
        complain("Två policyer heter likadant. Ge filerna olika namn.", Exit.USAGE)
    return found if len(found) > 1 else {_AS_IS: {}, **found}


def _played(policies: Mapping[str, Mapping[str, Any]], wish: Wish, here: Path) -> list[Played]:
    """Play each policy: one in this process with a bar, several beside each other."""
    if len(policies) == 1:
        ((name, policy),) = policies.items()
        with progress() as bar:
            task = bar.add_task("Dagarna går …", total=wish.days)
            return [played(name, policy, wish, here, lambda: bar.advance(task))]
    with progress() as bar, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        task = bar.add_task("Policyerna spelas …", total=len(policies))
        waiting = []
        for name, policy in policies.items():
            place = here / name
            place.mkdir(parents=True)
            waiting.append(pool.submit(played, name, policy, wish, place))
            waiting[-1].add_done_callback(_advancing(lambda: bar.advance(task)))
        return [one.result() for one in waiting]


def _advancing(step: Callable[[], None]) -> Callable[[object], None]:
    return lambda _done: step()


def _plain(done: list[Played]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name, "mails": one.tally.mails, "fingerprint": one.tally.seal,
            "broken": one.tally.broken, "crashes": one.tally.crashes,
            "days_away": one.tally.away, "clerk_rows": one.tally.rows,
            "forms_read": one.real, "forms_remembered": one.remembered,
            "captures_read": one.captures, "captures_asked": one.captures_asked,
            "to_staff": [[kind, rule, count] for (kind, rule), count
                         in sorted(one.tally.reasons.items())],
            **asdict(one.year),
        }
        for one in done
    ]  # fmt: skip


def _titled(policy: str, what: str) -> str:
    return f"{policy}{what}" if policy else what.capitalize()


def _tell(done: list[Played]) -> None:
    for one in done:
        title = f"{one.name}: " if len(done) > 1 else ""
        table = a_table(
            _titled(title, "brev per månad"), "Månad", "Roll", "Brev", "Per läsare", "Flest"
        )
        for m in one.year.months:
            table.add_row(m.month, m.role, str(m.letters), f"{m.usual:g}", str(m.most))
        print_table(table)
        table = a_table(_titled(title, "brev efter slag"), "Slag", "Roll", "Brev")
        for role, kind, count in one.year.kinds:
            table.add_row(swedish(kind), role, str(count))
        print_table(table)
        table = a_table(_titled(title, "till er, och varför"), "Slag", "Regel", "Antal")
        for (kind, rule), count in sorted(one.tally.reasons.items()):
            table.add_row(swedish(kind), because(rule), str(count))
        print_table(table)
        table = a_table(
            _titled(title, "ärenden"), "Slag", "Antal", "Hos er", "Öppna", "Dagar", "90 %"
        )
        for c in one.year.courses:
            table.add_row(swedish(c.kind), str(c.count), str(c.with_staff), str(c.open),
                          f"{c.usual:g}", f"{c.slow:g}")  # fmt: skip
        print_table(table)
        say(
            f"{one.tally.mails} mejl kom in, {one.tally.rows} rader skrev handläggaren. "
            f"{one.year.answered:.0%} av granskningens rader fick svar."
        )
        say(
            f"{one.real} filer lästes på riktigt, {one.remembered} blanketter av samma slag togs "
            f"ur minnet. {one.captures} blanketter var inskannade, fotograferade eller faxade; "
            f"{one.captures_asked} av dem behövde någon titta på."
        )
        say(
            f"{one.tally.away} dagar utan svar från en server, {one.tally.crashes} strömavbrott. "
            f"Avtryck: {one.tally.seal[:16]}"
        )
        for text in one.tally.broken[:_SHOWN]:
            say(f"BRUTET: {text}")
    if len(done) > 1:
        _beside(done)


def _beside(done: list[Played]) -> None:
    table = a_table("Policyerna bredvid varandra", "Mått", *(one.name for one in done), "Skillnad")
    for bars in _measures(done):
        first, last = bars.values[0], bars.values[-1]
        differs = f"{last - first:+g}" if last != first else "="
        table.add_row(bars.label, *(f"{v:g}" for v in bars.values), differs)
    print_table(table)


def _measures(done: list[Played]) -> list[Bars]:
    found = [
        Bars(f"Brev till {role}", tuple(
            float(sum(m.letters for m in one.year.months if m.role == role)) for one in done))
        for role in _ROLES
    ]  # fmt: skip
    found.append(Bars("Ärenden hos handläggare", tuple(
        float(sum(c.with_staff for c in one.year.courses)) for one in done)))  # fmt: skip
    found.append(Bars("Granskningsrader med svar", tuple(
        round(100 * one.year.answered, 1) for one in done), "%"))  # fmt: skip
    for kind in ("new", "cancel", "card_return", "reserve_order"):
        days = tuple(
            next((float(c.slow) for c in one.year.courses if c.kind == kind), 0.0) for one in done
        )
        found.append(Bars(f"Dagar, 9 av 10: {swedish(kind)}", days, "d"))
    return found


def _chart(done: list[Played], wish: Wish, suffix: str) -> bytes:
    title = f"{wish.days} dygn, {wish.persons} personer, frö {wish.seed}"
    names, measures = [one.name for one in done], _measures(done)
    if suffix == ".png":
        return painting.painted(title, names, measures)
    return charts.drawn(title, names, measures).encode()
