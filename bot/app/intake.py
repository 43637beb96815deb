"""Mail in: journal first, file afterwards. Reads nothing of what the mail says."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.app.services import Services
from bot.ports.errors import PortError
from bot.ports.mailbox import Ref
from bot.ports.rows import Outcome

log = logging.getLogger(__name__)

BATCH = 25
BATCH_BYTES = 20_000_000
_IN_A_ROW = 3  # so many more that can't be moved than can: the mailbox is away
_BEFORE = timedelta(days=3)  # mail that came so long before the copy's end may be unknown to it
_HEAD = 65_536
_MESSAGE_ID = re.compile(rb"^message-id:[ \t\r\n]*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """One round's count: what lay on the server, what was new, what could not be had."""

    server: int
    stored: int
    missed: tuple[Ref, ...]


def take_in(services: Services) -> Taken:
    """Store every mail that lies in the inbox and was never stored; leave all where it lies.

    Raises:
        TransientError: the mailbox does not answer; what was stored stays stored.
        NeedsOperatorError: the mailbox must be set up differently.
    """
    _read_again(services)
    refs = services.mailbox.arrived()
    new: list[Ref] = []
    with services.store.begin() as work:
        new += work.journal.unknown(refs)
        work.journal.polled(services.clock())
    left = set(new)
    for batch in _batches(services.mailbox.fetch(new)) if new else ():
        with services.store.begin() as work:
            for ref, raw in batch:
                work.journal.add(ref, raw, _message_id(raw), services.clock())
                left.discard(ref)
    if new:
        log.info("mail taken in", extra={"action": "taken_in", "count": len(new) - len(left)})
    missed = tuple(sorted(left))
    if missed:
        log.warning("mail seen but not had", extra={"action": "mail_missed", "count": len(missed)})
    return Taken(len(refs), len(new) - len(left), missed)


def _read_again(services: Services) -> None:
    """After an older copy of the memory was put back: store the filed mails that it does not know.

    They come before what lies in the inbox, so that all is decided in the order it came. A mail
    that the copy knows is settled there already, or waits in it.
    """
    restored = services.sent.restored()
    if restored is None or restored.reread:
        return
    facts, stored = services.facts, 0
    refs = services.mailbox.filed((facts.filed, facts.attention), restored.backup - _BEFORE)
    for batch in _batches(services.mailbox.fetch(refs)):
        with services.store.begin() as work:
            for ref, raw in batch:
                if not work.journal.unknown((ref,)):
                    continue
                new = work.journal.add(ref, raw, _message_id(raw), services.clock()) is not None
                if not new:
                    work.journal.filed((ref,), services.clock())
                stored += new
    with services.store.begin() as work:
        work.audit.add(
            "bot", "mail_read_again", "säkerhetskopia", f"{stored} av {len(refs)} mejl",
            services.clock(),
        )  # fmt: skip
    services.sent.reread()
    log.info("filed mail read again", extra={"action": "read_again", "count": stored})


def put_away(services: Services) -> int:
    """Move decided mail out of the inbox; return how many were moved or gone already.

    Raises:
        TransientError: the mailbox does not answer; filed next time.
        NeedsOperatorError: the mailbox must be set up differently.
    """
    count = 0
    while True:
        with services.store.begin() as work:
            waiting = work.journal.to_file(200)
        if not waiting:
            return count
        folders: dict[str, list[Ref]] = defaultdict(list)
        for ref, outcome in waiting:
            staff = outcome is Outcome.WITH_STAFF
            folders[services.facts.attention if staff else services.facts.filed].append(ref)
        for folder, refs in folders.items():
            count += _filed(services, refs, folder)


def _filed(services: Services, refs: Sequence[Ref], folder: str) -> int:
    """Move mails of one outcome; where one can't be moved, the others are, one by one.

    Raises:
        TransientError, NeedsOperatorError: one or more could not be moved; the others are noted.
    """
    try:
        gone = services.mailbox.file(refs, folder)
    except PortError as error:
        if len(refs) == 1:
            raise
        count, failures = 0, [error]
    else:
        _noted(services, refs, gone)
        return len(refs)
    for ref in refs:
        try:
            services.mailbox.file([ref], folder)
        except PortError as error:
            failures.append(error)
            if len(failures) - count > _IN_A_ROW:
                break  # the mailbox is away, not one mail stuck
        else:
            _noted(services, [ref], ())  # one that is gone was moved by ourselves, just before
            count += 1
    if len(failures) > 1:
        raise failures[-1]
    return count


def _noted(services: Services, refs: Sequence[Ref], gone: Sequence[Ref]) -> None:
    with services.store.begin() as work:
        work.journal.filed(refs, services.clock())
        for ref in gone:
            work.audit.add(
                "bot", "mail_moved_by_others", f"{ref.folder}/{ref.uid}",
                "Mejlet låg inte kvar i inkorgen.", services.clock(),
            )  # fmt: skip


def _batches(mails: Iterator[tuple[Ref, bytes]]) -> Iterator[list[tuple[Ref, bytes]]]:
    batch: list[tuple[Ref, bytes]] = []
    size = 0
    try:
        for ref, raw in mails:
            batch.append((ref, raw))
            size += len(raw)
            if len(batch) >= BATCH or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    except PortError:
        if batch:  # what came before the line broke is not asked for again
            yield batch
        raise
    if batch:
        yield batch


def _message_id(raw: bytes) -> str:
    head = raw[:_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found = _MESSAGE_ID.search(head)
    return found[1].decode("ascii", "replace") if found else ""
