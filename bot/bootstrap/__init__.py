"""The composition root: the one place that names concrete backends and reads the clock."""

from bot.adapters import card_register, registers
from bot.adapters.fetching import fetch
from bot.bootstrap.examining import examine
from bot.bootstrap.lock import at_work
from bot.bootstrap.opening import (
    ClockError,
    Reader,
    blank,
    reader,
    register,
    services,
    system_clock,
)
from bot.bootstrap.policies import DATA

__all__ = [
    "DATA",
    "ClockError",
    "Reader",
    "at_work",
    "blank",
    "card_register",
    "examine",
    "fetch",
    "reader",
    "register",
    "registers",
    "services",
    "system_clock",
]
