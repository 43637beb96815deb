"""What ``doctor`` looks at: every connection, template, definition; clock, disk, queue, log."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.app.letters import samples
from bot.app.services import Services
from bot.bootstrap.examining_cards import examine_cards
from bot.domain.calendar import STOCKHOLM
from bot.domain.forms import Content
from bot.domain.values import LetterId
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError
from parsers.forms.definition import load
from parsers.reading import Settings as ReadSettings
from parsers.scan.readers.models import READERS, ModelError, table, verified, verified_own

_ROOM = 500_000_000  # bytes
_STALE = timedelta(hours=1)
_WEAKER = "Till dess läses inskannade blanketter, men allt på dem frågas om."
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def examine(services: Services, folder: Path) -> tuple[Check, ...]:
    """Try everything and return one line each; never raises for what it finds."""
    return (
        *services.mailbox.check(),
        *services.outgoing.check(),
        *services.catalogue.check(),
        _managers(services),
        _trust(services),
        _staff(services),
        _templates(services),
        *examine_cards(services),
        _definitions(services),
        _crew(services),
        *_readers(services),
        _audit(services),
        _queue(services),
        _outbox(services),
        _clock(services),
        _disk(folder),
    )


def _managers(services: Services) -> Check:
    name = "Chefsregister"
    if services.managers is not None:
        try:
            count = len(services.managers.read())
        except NeedsOperatorError as error:
            return Check(name, ok=False, seen=error.reason, advice=error.advice)
        except TransientError as error:
            advice = "Det senast inlästa registret gäller. Kontrollera anslutningen i [managers]."
            return Check(name, ok=False, seen=error.reason, advice=advice)
        advice = "Fyll på registret som [managers] anger."
        return Check(name, ok=count > 0, seen=f"{count} rader", advice=advice)
    with services.store.begin() as work:
        count = len(work.managers.list())
    advice = "Läs in registret: ekbot import managers FIL.csv"
    return Check(name, ok=count > 0, seen=f"{count} rader inlästa", advice=advice)


def _trust(services: Services) -> Check:
    facts = services.facts
    if facts.accept:
        how = f"{', '.join(sorted(facts.accept))} {facts.authserv_id}".strip()
        if "exchange" in facts.accept:
            how += "; gäller bara om Exchange tar bort sin egen rad ur mejl utifrån: pröva det"
        return Check("Avsändare", ok=True, seen=how)
    advice = (
        'Ange [trust] authserv_id = er mejlservers namn och accept = ["dmarc"], eller '
        'accept = ["exchange"] om brevlådan ligger i Exchange. Utan det går alla beställningar '
        "till handläggare."
    )
    return Check("Avsändare", ok=False, seen="ingen avsändare är betrodd", advice=advice)


def _staff(services: Services) -> Check:
    count = len(services.facts.staff)
    advice = 'Ange [office] staff = ["…"]: de får den dagliga sammanställningen.'
    return Check("Handläggare", ok=count > 0, seen=f"{count} adresser", advice=advice)


def _templates(services: Services) -> Check:
    count = 0
    for letter in samples():
        services.letters.render(
            letter, case=None, letter_id=LetterId(0), now=services.clock(),
            message_id="<prov@ekbot.example>", sender=services.facts.address,
        )  # fmt: skip
        count += 1
    return Check("Brevmallar", ok=True, seen=f"{count} provbrev skrivna")


def _definitions(services: Services) -> Check:
    found = [d for path in services.facts.form_paths if path.is_dir() for d in load(path)]
    names = ", ".join(f"{d.form} {d.version}" for d in found)
    return Check("Blanketter", ok=bool(found), seen=names, advice="Installera om programmet.")


def _crew(services: Services) -> Check:
    settings = ReadSettings(today=services.clock().date(), form_paths=services.facts.form_paths)
    try:
        reading = services.crew.read_file("prov.pdf", b"", settings)
    except PortError as error:
        return Check("Läsare", ok=False, seen=str(error), advice="Starta om tjänsten.")
    return Check("Läsare", ok=reading.content is Content.EMPTY, seen="läsprocessen svarar",
                 advice="Starta om tjänsten.")  # fmt: skip


def _readers(services: Services) -> tuple[Check, ...]:
    """Return one line for each reader of scans: for a sure value all must be there."""
    folder = services.facts.models
    bought = {r: [m.file for m in table() if m.reader == r] for r in READERS}
    return (
        *(_reader(r, [partial(verified, f, folder) for f in bought[r]]) for r in READERS),
        _reader("line", [verified_own]),
    )


def _reader(name: str, files: Sequence[Callable[[], Path]]) -> Check:
    title = f"Läsare {name}"
    try:
        found = ", ".join(file().name for file in files)
    except ModelError as error:
        advice = f"{error.advice}. {_WEAKER}"
        return Check(title, ok=False, seen=error.reason, advice=advice)
    return Check(title, ok=True, seen=f"{found}: på plats, rätt innehåll")


def _audit(services: Services) -> Check:
    with services.store.begin() as work:
        lines, broken = work.audit.verify()
    advice = "Någon har ändrat i databasen för hand. Jämför med säkerhetskopian och anmäl det."
    seen = f"{lines} rader, kedjan hel" if broken is None else f"kedjan bruten vid rad {broken}"
    return Check("Logg", ok=broken is None, seen=seen, advice=advice)


def _queue(services: Services) -> Check:
    with services.store.begin() as work:
        counts = work.journal.counts()
    stuck, waiting = counts.get("stuck", 0), counts.get("open", 0)
    advice = "Se ärendena: ekbot list cases"
    return Check("Kö", ok=stuck == 0, seen=f"{waiting} väntar, {stuck} åt sidan", advice=advice)


def _outbox(services: Services) -> Check:
    with services.store.begin() as work:
        held = work.outbox.held()
    advice = "Se vilka: ekbot list letters"
    return Check("Brev som inte gått", ok=held == 0, seen=str(held), advice=advice)


def _clock(services: Services) -> Check:
    now = services.clock()
    with services.store.begin() as work:
        latest = work.runs.clock(_LONG_AGO)  # asks; a later instant would move the clock
    seen = f"{now.astimezone(STOCKHOLM):%Y-%m-%d %H:%M} svensk tid"
    advice = "Datorns klocka går efter databasens senaste tid. Ställ klockan."
    return Check("Klocka", ok=latest <= now + _STALE, seen=seen, advice=advice)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    advice = "Frigör plats: annars kan post inte tas emot."
    return Check("Disk", ok=free > _ROOM, seen=f"{free // 1_000_000} MB ledigt", advice=advice)
