"""The office's configuration: one TOML file, read into frozen models. Names no backend."""

from bot.settings.faults import ConfigurationError, Fault, describe_problems, validated
from bot.settings.loading import DATABASE_VARIABLE, EXAMPLE, load
from bot.settings.models import Settings

__all__ = [
    "DATABASE_VARIABLE",
    "EXAMPLE",
    "ConfigurationError",
    "Fault",
    "Settings",
    "describe_problems",
    "load",
    "validated",
]
