"""Everything the app works with, wired by ``bootstrap``. Holds; does nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from bot.app.letters import Letters
from bot.domain.calendar import WorkingDays, today
from bot.domain.decision import Policy
from bot.ports.catalogue import Catalogue
from bot.ports.crew import Crew
from bot.ports.documents import Documents
from bot.ports.mailbox import Mailbox
from bot.ports.managers import ManagerSource
from bot.ports.outgoing import Outgoing
from bot.ports.sent_log import SentLog
from bot.ports.store import Store, Work
from bot.ports.trust import Signatures
from parsers.reading import Settings


@dataclass(frozen=True, slots=True)
class Facts:
    """The office's own settings that the app needs, resolved."""

    address: str  # the office's mail address: sender of all letters
    domain: str  # right side of our Message-IDs
    staff: tuple[str, ...]
    filed: str  # folder for mail that is done with
    attention: str  # folder for mail that staff have
    form_paths: tuple[Path, ...]
    models: Path | None = None  # folder of the readers' models
    threads: int = 1
    authserv_id: str = ""
    accept: frozenset[str] = frozenset()  # "dmarc", "dkim", "exchange"
    own_domains: frozenset[str] = frozenset()  # that the organisation's own mailboxes write from
    own_addresses: tuple[str, ...] = ()
    digest_at: time | None = time(7, 30)
    drift_at: time | None = None  # None: register and catalogue are not compared by themselves
    drift_most: int = 20  # cases of one comparison; more are told of in one
    cap_per_sender: int = 50  # letters that may loop, to one address in 24 hours
    cap_total: int = 2000  # letters in an hour
    attempts: int = 3
    max_pages: int = 60
    max_bytes: int = 40_000_000
    raw_mail_days: int = 8
    examples_days: int = 0  # 0: corrections leave no examples
    named_staff: tuple[str, ...] = ()  # who may see protected persons, as the system knows them
    rejected_mail_days: int = 30


class Memo:
    """Keeps the readers' settings while day and register stay the same."""

    def __init__(self) -> None:
        self._key: tuple[str, date] | None = None
        self._settings: Settings | None = None

    def settings(self, facts: Facts, work: Work, now: datetime) -> Settings:
        """Return what the readers need to know today."""
        day = today(now)
        key = (work.managers.source(), day)
        if self._settings is None or key != self._key:
            self._key = key
            self._settings = Settings(
                today=day,
                form_paths=facts.form_paths,
                models=facts.models,
                threads=facts.threads,
                authserv_id=facts.authserv_id,
                own_addresses=facts.own_addresses,
                max_pages=facts.max_pages,
                max_bytes=facts.max_bytes,
                units=tuple(sorted({(e.unit_id, e.unit) for e in work.managers.list()})),
                managers=tuple(sorted({(e.unit, e.name, e.mail) for e in work.managers.list()})),
            )
        return self._settings


@dataclass(frozen=True, slots=True)
class Services:
    """The world by its ports, the office's settings, the clock."""

    store: Store
    mailbox: Mailbox
    outgoing: Outgoing
    catalogue: Catalogue
    crew: Crew
    letters: Letters
    documents: Documents
    policy: Policy
    facts: Facts
    working_days: WorkingDays
    clock: Callable[[], datetime]  # aware UTC
    jitter: Callable[[], float]  # 0..1
    sent: SentLog
    managers: ManagerSource | None = None
    signatures: Signatures | None = None
    selftest: bool = True  # a review's letter is tried with likely answers before it goes
    memo: Memo = field(default_factory=Memo)
