"""The composition root: the one place that names concrete backends and reads the clock."""

from bot.adapters import registers
from bot.bootstrap.examining import examine
from bot.bootstrap.opening import DATA, ClockError, blank, reader, services

__all__ = ["DATA", "ClockError", "blank", "examine", "reader", "registers", "services"]
