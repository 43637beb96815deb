"""The composition root: the one place that names concrete backends and reads the clock."""

from bot.bootstrap.examining import examine
from bot.bootstrap.opening import ClockError, blank, reader, services

__all__ = ["ClockError", "blank", "examine", "reader", "services"]
