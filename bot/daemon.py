"""The daemon: turns the wheel when mail comes, the clock ticks or work waits. Decides nothing."""

from __future__ import annotations

import logging
import signal
from threading import Event

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bot.app.deliver import settle_doubts
from bot.app.services import Services
from bot.app.turn import Turn
from bot.domain.backoff import delay
from bot.ports.errors import NeedsOperatorError, TransientError

log = logging.getLogger(__name__)

POLL = 60.0  # seconds between looks, when nothing wakes us before
ROUND = 300.0  # seconds between rounds of the clock


def run(services: Services, *, poll: float = POLL) -> None:
    """Work until SIGTERM or SIGINT; the step at hand is finished, nothing is left half done."""
    stop, wake = Event(), Event()

    def end(*_: object) -> None:
        stop.set()
        wake.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    metronome = _metronome(wake, poll)
    try:
        settle_doubts(services)
        _turns(services, stop, wake, poll)
    finally:
        metronome.shutdown(wait=False)
        log.info("stopped", extra={"action": "stopped"})


def _metronome(wake: Event, poll: float) -> BackgroundScheduler:
    """Start APScheduler; it only wakes, the database knows what is due (ADR 0004)."""
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(wake.set, "interval", seconds=poll, id="mail")
    scheduler.add_job(wake.set, "interval", seconds=ROUND, id="rounds")
    scheduler.start()
    return scheduler


def _turns(services: Services, stop: Event, wake: Event, poll: float) -> None:
    turn = Turn(services, stop)
    log.info("started", extra={"action": "started"})
    failures = 0
    while not stop.is_set():
        wake.clear()
        try:
            report = turn.run()
            failures = failures + 1 if report.waits else 0
        except TransientError:
            failures += 1
            log.warning("the database does not answer", extra={"action": "waits"})
        except NeedsOperatorError as error:  # a full disk: the work goes on when there is room
            failures += 1
            extra = {"action": "needs_operator", "advice": error.advice}
            log.error("set-up must change", extra=extra)
        if stop.is_set():
            return
        if failures:
            wake.wait(min(poll, delay(failures, services.jitter())))
        else:
            _wait(services, wake, poll)


def _wait(services: Services, wake: Event, poll: float) -> None:
    try:
        services.mailbox.wait(poll, wake)
    except (TransientError, NeedsOperatorError):
        log.warning("the mailbox does not answer", extra={"action": "waits"})
        wake.wait(delay(1, services.jitter()))
