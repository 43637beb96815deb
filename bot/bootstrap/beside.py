"""Files that lie beside the memory: the worker's lock, the log of what was sent. Opens none."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings

SENT = ".sent"


def database_file(settings: Settings) -> Path | None:
    """Return the SQLite file; None where the memory is a server's."""
    url = make_url(settings.database.url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database)
    return None


def beside(settings: Settings, suffix: str) -> Path:
    """Return a file beside the SQLite file, else in systemd's state folder, else the settings'."""
    file = database_file(settings)
    if file is not None:
        return Path(f"{file}{suffix}")
    state = os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    home = Path(state) / settings.file.name if state else settings.file
    return home.with_suffix(suffix)
