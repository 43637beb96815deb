"""One turn of the wheel: take in, decide, do what is due, deliver, put away. Only order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import TypeVar

from bot.app import intake, rounds
from bot.app.bringing import IMPORTED
from bot.app.deliver import Delivery
from bot.app.drift_round import Nightly
from bot.app.handle import handle_event, handle_mail
from bot.app.recognising import recent
from bot.app.services import Services
from bot.domain.authority import ManagerEntry
from bot.domain.calendar import today
from bot.domain.values import MailId
from bot.ports.errors import NeedsOperatorError, PortError, TransientError
from bot.ports.managers import BY_HAND
from bot.ports.rows import MailRow
from bot.ports.store import Work

log = logging.getLogger(__name__)

T = TypeVar("T")

MAILS = 25  # decided between two deliveries
EVENTS = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What a turn did, and what stands in the way."""

    taken: int = 0
    decided: int = 0
    delivered: int = 0
    due: int = 0
    filed: int = 0
    missed: int = 0  # seen on the server, not to be had
    waits: tuple[str, ...] = ()  # what outside did not answer
    advice: tuple[str, ...] = ()  # what an operator must change


def sync_managers(services: Services) -> None:
    """Take the register of managers anew when its source has changed; a bad one changes nothing.

    Raises:
        NeedsOperatorError: the new register has faults, or lacks so many managers that it looks
            cut short; the old one stays in force.
    """
    if services.managers is None:
        return
    fingerprint = services.managers.fingerprint()
    with services.store.begin() as work:
        if work.managers.source() == fingerprint:
            return
    entries = services.managers.read()
    with services.store.begin() as work:
        _refuse_a_torn(services, work, entries, fingerprint)
        work.managers.replace(entries, fingerprint)
        count = f"{len(entries)} rader"
        work.audit.add("bot", "managers_read", "chefsregister", count, services.clock())


def _refuse_a_torn(
    services: Services, work: Work, entries: Sequence[ManagerEntry], fingerprint: str
) -> None:
    """Refuse a register without managers, or with so few that their entries seem hidden from us.

    What people keep in a file, or have imported by hand, may shrink as it will: somebody looked.
    """
    old, day, policy = work.managers.list(), today(services.clock()), services.policy
    if not entries and old:
        advice = "Chefsregistret är tomt; det gamla gäller tills det är rättat."
        raise NeedsOperatorError("the register is empty", advice)
    before, after = (sum(e.in_force(day) for e in rows) for rows in (old, entries))
    most = max(policy.brake_share * before, policy.brake_floor)
    by_hand = fingerprint.startswith(BY_HAND) or work.managers.source().startswith(IMPORTED)
    if before - after > most and not by_hand:
        advice = (
            f"Chefsregistret har krympt från {before} till {after} chefer på en gång; det gamla"
            " gäller. Kontrollera filter, base_dn och kontots rättigheter i [managers]. Stämmer"
            " det: läs in det nya registret en gång med ”ekbot import managers chefer.csv”, så"
            " följer EK-bot källan igen."
        )
        raise NeedsOperatorError("the register has shrunk", advice)


class Turn:
    """Runs turns; *stop* ends one between two steps, never in the middle of one."""

    def __init__(self, services: Services, stop: Event | None = None) -> None:
        self._services = services
        self._stop = stop or Event()
        self._delivery = Delivery(services)
        self._nightly = Nightly(services)
        self._waits: list[str] = []
        self._advice: list[str] = []
        self._sent = 0

    def run(self) -> Report:
        """Do all that can be done now; what must wait is named in the report."""
        self._waits, self._advice, self._sent = [], [], 0
        report = Report()
        self._guard("chefsregister", self._managers)
        taken = self._guard("brevlåda", self._take_in)
        if taken is not None:
            report = replace(report, taken=taken.stored, missed=len(taken.missed))
        decided = self._work()
        filed = 0 if self._stop.is_set() else self._guard("brevlåda", self._put_away) or 0
        if not self._stop.is_set():
            self._guard("jämförelsen med katalogen", self._nightly.run)
        due = 0 if self._stop.is_set() else self._guard("rundan", self._rounds) or 0
        decided += self._work() if due else 0
        return replace(
            report, decided=decided, delivered=self._sent, due=due, filed=filed,
            waits=tuple(dict.fromkeys(self._waits)), advice=tuple(dict.fromkeys(self._advice)),
        )  # fmt: skip

    def follow_up(self) -> Report:
        """Carry out what a clerk's decision led to; take in no new mail."""
        self._waits, self._advice, self._sent = [], [], 0
        decided = self._work()
        return Report(
            decided=decided, delivered=self._sent,
            waits=tuple(dict.fromkeys(self._waits)), advice=tuple(dict.fromkeys(self._advice)),
        )  # fmt: skip

    def _work(self) -> int:
        """Decide mails and events, deliver, until nothing moves any more."""
        decided = 0
        while not self._stop.is_set():
            events = self._events()
            mails = self._guard("läsning", self._mails) or 0
            sent = self._deliver()
            decided += mails
            if not (events or mails or sent):
                break
        return decided

    def _deliver(self) -> int:
        sent = self._delivery.run()
        self._sent += sent
        if self._delivery.waits:
            self._waits.append(self._delivery.waits)
        return sent

    def _mails(self) -> int:
        """Decide the open mails page by page; one that must wait never stops the next."""
        count = 0
        after = MailId(0)
        again = recent(self._services, self._services.clock())
        while not self._stop.is_set():
            with self._services.store.begin() as work:
                rows = work.journal.open(1 if again else MAILS, after)
            for row in rows:
                if self._stop.is_set():
                    break
                count += self._mail(row)
            if not rows:
                break
            after = rows[-1].id
            self._deliver()
            if again:  # a reply that is read again finds the letter it answers under its old name
                self._events()
                self._deliver()
        return count

    def _mail(self, row: MailRow) -> bool:
        try:
            if handle_mail(self._services, row):
                return True
            self._deliver()  # the write that it waits for
            self._events()
            return handle_mail(self._services, row)
        except TransientError as error:
            self._waits.append(f"läsning: {error.reason}")
            log.warning("mail waits", extra={"action": "mail_waits", "mail": row.id})
            return False

    def _events(self) -> int:
        count = 0
        while not self._stop.is_set():
            with self._services.store.begin() as work:
                rows = work.inbox.open(EVENTS)
            for number, event, attempts in rows:
                handle_event(self._services, number, event, attempts)
            count += len(rows)
            if not rows:
                break
        return count

    def _managers(self) -> None:
        sync_managers(self._services)

    def _take_in(self) -> intake.Taken:
        return intake.take_in(self._services)

    def _put_away(self) -> int:
        return intake.put_away(self._services)

    def _rounds(self) -> int:
        return rounds.run(self._services)

    def _guard(self, what: str, step: Callable[[], T]) -> T | None:
        """Run one step; what does not answer is noted and left for the next turn."""
        try:
            return step()
        except TransientError as error:
            self._waits.append(f"{what}: {error.reason}")
            log.warning("outside does not answer", extra={"action": "waits", "step": what})
        except NeedsOperatorError as error:
            self._waits.append(f"{what}: {error.reason}")
            self._advice.append(error.advice)
            log.error("set-up must change", extra={"action": "needs_operator", "step": what})
        except (
            PortError
        ) as error:  # refused, or changed by another hand: not the other steps' fault
            self._waits.append(f"{what}: {error}")
            log.exception("step refused", extra={"action": "refused", "step": what})
        return None
