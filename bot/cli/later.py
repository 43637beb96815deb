"""Modules that are loaded when a verb first acts by them: help and TAB do not wait for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A module of the app under its name; loaded at the first look into it."""

    def __init__(self, name: str) -> None:
        """Stand for the module *name*."""
        self._name = name

    def __getattr__(self, attribute: str) -> Any:  # noqa: ANN401 - whatever the module holds
        return getattr(import_module(self._name), attribute)
