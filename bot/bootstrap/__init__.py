"""The composition root: the one place that names concrete backends and reads the clock.

What it offers is loaded when it is first asked for: who only looks into the memory does not wait
for mailboxes, forms and letters to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.adapters import card_register, registers
    from bot.adapters.fetching import fetch
    from bot.bootstrap.backing import (
        BadCopyError,
        Copy,
        back_up,
        examine_copy,
        mark_restored,
        prune,
        put_back,
        sent_log,
    )
    from bot.bootstrap.clocks import system_clock
    from bot.bootstrap.examining import examine
    from bot.bootstrap.lock import at_work
    from bot.bootstrap.looking import memory
    from bot.bootstrap.opening import (
        ClockError,
        Reader,
        blank,
        reader,
        register,
        services,
    )
    from bot.bootstrap.places import DATA

_HOMES = {
    "BadCopyError": "bot.bootstrap.backing",
    "Copy": "bot.bootstrap.backing",
    "back_up": "bot.bootstrap.backing",
    "examine_copy": "bot.bootstrap.backing",
    "mark_restored": "bot.bootstrap.backing",
    "prune": "bot.bootstrap.backing",
    "put_back": "bot.bootstrap.backing",
    "sent_log": "bot.bootstrap.backing",
    "DATA": "bot.bootstrap.places",
    "ClockError": "bot.bootstrap.opening",
    "Reader": "bot.bootstrap.opening",
    "at_work": "bot.bootstrap.lock",
    "blank": "bot.bootstrap.opening",
    "card_register": "bot.adapters",
    "examine": "bot.bootstrap.examining",
    "fetch": "bot.adapters.fetching",
    "memory": "bot.bootstrap.looking",
    "reader": "bot.bootstrap.opening",
    "register": "bot.bootstrap.opening",
    "registers": "bot.adapters",
    "services": "bot.bootstrap.opening",
    "system_clock": "bot.bootstrap.clocks",
}
__all__ = [
    "DATA",
    "BadCopyError",
    "ClockError",
    "Copy",
    "Reader",
    "at_work",
    "back_up",
    "blank",
    "card_register",
    "examine",
    "examine_copy",
    "fetch",
    "mark_restored",
    "memory",
    "prune",
    "put_back",
    "reader",
    "register",
    "registers",
    "sent_log",
    "services",
    "system_clock",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: whatever the name stands for
    if name not in _HOMES:
        raise AttributeError(name)
    home = import_module(_HOMES[name])
    if home.__name__ == "bot.adapters":
        return import_module(f"bot.adapters.{name}")
    return getattr(home, name)
