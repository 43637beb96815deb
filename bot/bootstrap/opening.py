"""Settings in, services out: opens everything and closes it again. Decides nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.blank.office import OfficeFacts as BlankOffice
from bot.adapters.blank.write import write_blank, write_for_unit
from bot.adapters.crew.inline import InlineCrew
from bot.adapters.documents.letter import Sender
from bot.adapters.documents.pdf import PdfDocuments
from bot.adapters.sent_log import FileSentLog
from bot.adapters.signatures import DkimSignatures
from bot.adapters.store.store import SqlStore
from bot.app.letters import Letters
from bot.app.letters import OfficeFacts as LetterOffice
from bot.app.services import Facts, Services
from bot.bootstrap.backends import CATALOGUES, MAILBOXES, MANAGERS, OUTGOING, Place, chosen
from bot.bootstrap.beside import SENT, beside
from bot.bootstrap.clocks import rehearsal_clock, system_clock
from bot.bootstrap.places import DATA
from bot.bootstrap.policies import guide_path, policy, working_days
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.forms import DocumentReading
from bot.domain.values import address_key
from bot.ports.crew import Crew
from bot.ports.documents import Documents
from bot.ports.managers import ManagerSource
from bot.settings import Settings
from parsers.reading import Settings as ReadSettings

_LEEWAY = timedelta(hours=1)
_MEMORY = 1_500_000_000  # bytes of address space for the reading child


class ClockError(ValueError):
    """The clock would go backward over this database; the text says what to do."""


@contextmanager
def services(
    settings: Settings,
    environment: Mapping[str, str],
    *,
    now: datetime | None = None,
    ticking: bool = False,
    look: bool = False,
) -> Iterator[Services]:
    """Open everything that *settings* name, and close it again.

    Raises:
        ClockError: *now* lies before an instant that this database has seen.
        NeedsOperatorError: a backend's settings are wrong; the advice says how.
        TransientError: the database does not answer.
    """
    with ExitStack() as stack:
        store = SqlStore.open(settings.database.url)
        stack.callback(store.close)
        clock = _clock(store, now, ticking=ticking, look=look)
        crew = InlineCrew(memory=_MEMORY, seconds=settings.limits.read_seconds)
        stack.callback(crew.close)
        calendar = working_days(clock().year, settings.office.closed_days)
        place = _place(settings, "mailbox", settings.mailbox)
        box, filed, attention = chosen(MAILBOXES, place)(place, environment)
        stack.callback(box.close)
        place = _place(settings, "outgoing", settings.outgoing)
        out = chosen(OUTGOING, place)(place, environment)
        stack.callback(out.close)
        place = _place(settings, "catalogue", settings.catalogue)
        catalogue = chosen(CATALOGUES, place)(place, environment, settings.database.url, stack)
        yield Services(
            store=store,
            mailbox=box,
            outgoing=out,
            catalogue=catalogue,
            crew=crew,
            letters=letters(settings),
            documents=documents(settings),
            policy=policy(settings, calendar),
            facts=facts(settings, filed=filed, attention=attention),
            working_days=calendar,
            clock=clock,
            jitter=random.random,
            sent=FileSentLog(beside(settings, SENT)),
            managers=managers(settings, environment),
            signatures=DkimSignatures(clock=clock) if "dkim" in settings.trust.accept else None,
        )


def _place(settings: Settings, section: str, table: Mapping[str, Any]) -> Place:
    return Place(settings.file, section, table, beside(settings, f".{section}"))


def _clock(
    store: SqlStore, now: datetime | None, *, ticking: bool, look: bool
) -> Callable[[], datetime]:
    clock = rehearsal_clock(now, ticking=ticking) if now is not None else system_clock
    if look:
        return clock
    with store.begin() as work:
        latest = work.runs.clock(clock())
    if latest > clock() + (timedelta(0) if now is not None else _LEEWAY):
        raise ClockError(
            f"Databasen har redan sett {latest.isoformat(timespec='minutes')}. Klockan får bara gå "
            "framåt: ange ett senare --now, eller använd en egen databas för repetition."
        )
    return clock


def blank(settings: Settings, entry: ManagerEntry | None) -> bytes:
    """Return our own blank as PDF: empty, or prefilled for the unit of *entry*."""
    office = BlankOffice(settings.office.name, settings.office.mail, settings.office.phone)
    return write_for_unit(office, entry) if entry is not None else write_blank(office)


def letters(settings: Settings) -> Letters:
    """Return the letter writer with the office's own words."""
    office = settings.office
    return Letters(
        DATA / "mail", LetterOffice(office.name, office.mail, office.phone, office.office_hours)
    )


def documents(settings: Settings) -> Documents:
    """Return what makes receipts and printed letters, with the office's guide."""
    office = settings.office
    sender = Sender(office.name, office.mail, office.phone, office.office_hours)
    return PdfDocuments(sender, guide_path(settings))


def managers(settings: Settings, environment: Mapping[str, str]) -> ManagerSource | None:
    """Return the source of the register of managers, None when there is only what was imported."""
    if settings.managers is None:
        return None
    place = _place(settings, "managers", settings.managers)
    return chosen(MANAGERS, place)(place, environment)


def form_paths(settings: Settings | None) -> tuple[Path, ...]:
    """Return the folders of form definitions: the built-in one, then the office's own."""
    learnt = () if settings is None or not settings.forms.path.is_dir() else (settings.forms.path,)
    return (DATA / "forms", *learnt)


def facts(settings: Settings, *, filed: str, attention: str) -> Facts:
    """Return the office's settings as the app needs them."""
    office, limits = settings.office, settings.limits
    return Facts(
        address=office.mail,
        domain=office.domain,
        staff=office.staff,
        filed=filed,
        attention=attention,
        form_paths=form_paths(settings),
        models=settings.reading.models,
        threads=settings.reading.threads,
        authserv_id=settings.trust.authserv_id,
        accept=frozenset(settings.trust.accept),
        own_domains=frozenset({*office.domains, office.domain}),
        own_addresses=(address_key(office.mail),),
        digest_at=settings.digest.at if settings.digest.enabled else None,
        drift_at=settings.drift.at if settings.drift.enabled else None,
        drift_most=settings.drift.most_cases,
        cap_per_sender=limits.cap_per_sender,
        cap_total=limits.cap_total,
        attempts=limits.attempts,
        max_pages=limits.max_pages,
        max_bytes=limits.max_bytes,
        raw_mail_days=settings.retention.raw_mail_days,
        examples_days=settings.retention.examples_days,
        named_staff=settings.review.named_staff,
        rejected_mail_days=settings.retention.rejected_mail_days,
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """What ``read`` needs: a crew, the definitions, the register; no memory, no mailbox."""

    crew: Crew
    settings: ReadSettings
    entries: tuple[ManagerEntry, ...]
    clock: Callable[[], datetime]

    def read(self, file: Path) -> DocumentReading:
        """Read one file within the crew's bounds."""
        return self.crew.read_file(file.name, file.read_bytes(), self.settings)


@contextmanager
def reader(settings: Settings | None, *, now: datetime | None = None) -> Iterator[Reader]:
    """Open a reader; without *settings* it reads with the built-in forms and no register."""
    clock = rehearsal_clock(now, ticking=False) if now is not None else system_clock
    seconds = settings.limits.read_seconds if settings is not None else 20.0
    crew = InlineCrew(memory=_MEMORY, seconds=seconds)
    try:
        entries = register(settings)
        yield Reader(
            crew,
            ReadSettings(
                today=today(clock()),
                form_paths=form_paths(settings),
                models=settings.reading.models if settings is not None else None,
                threads=settings.reading.threads if settings is not None else 1,
                units=tuple(sorted({(e.unit_id, e.unit) for e in entries})),
                managers=tuple(sorted({(e.unit, e.name, e.mail) for e in entries})),
            ),
            entries,
            clock,
        )
    finally:
        crew.close()


def register(settings: Settings | None) -> tuple[ManagerEntry, ...]:
    """Return the register of managers, from its source or as it was imported; open nothing else.

    Raises:
        NeedsOperatorError: the register has faults.
        TransientError: the database does not answer.
    """
    if settings is None:
        return ()
    source = managers(settings, os.environ)
    if source is not None:
        return source.read()
    store = SqlStore.open(settings.database.url)
    try:
        with store.begin() as work:
            return work.managers.list()
    finally:
        store.close()
