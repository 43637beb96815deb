"""From a TOML file to settings with absolute paths. Opens no connection and makes no folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.settings.faults import ConfigurationError, Fault, toml_words, validated
from bot.settings.models import SQLITE, Database, Settings

EXAMPLE = "config/ekbot.example.toml"
DATABASE_VARIABLE = "EKBOT_DATABASE_URL"  # an URL with a password need not stand in a file


def load(path: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings in the TOML file *path*; relative paths count from its folder.

    ``EKBOT_DATABASE_URL`` in *environment* takes the place of ``[database] url``. Passwords of
    backends are looked up by the backends.

    Raises:
        ConfigurationError: with every fault of the file.
    """
    tables = _tables(path)
    faults: list[Fault] = []
    if "file" in tables:
        del tables["file"]  # our own key, not the office's
        faults.append(Fault(path, "file", "nyckeln finns inte"))
    if environment.get(DATABASE_VARIABLE):
        tables["database"] = {"url": environment[DATABASE_VARIABLE]}
        try:
            validated(Database, tables["database"], table="", file=Path(DATABASE_VARIABLE))
        except ConfigurationError as error:
            faults += error.problems
            del tables["database"]
    try:
        settings = validated(Settings, {**tables, "file": path.absolute()}, table="", file=path)
    except ConfigurationError as error:
        raise ConfigurationError((*faults, *error.problems)) from None
    if faults:
        raise ConfigurationError(faults)
    return _resolved(settings)


def _tables(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Windows' editors write a byte order mark
        return tomllib.loads(text)
    except FileNotFoundError:
        fault = Fault(path, "", "filen finns inte", f"Gör en så här: cp {EXAMPLE} {path}")
    except OSError as error:
        fault = Fault(path, "", f"filen kan inte läsas ({type(error).__name__})",
                      "Kontrollera sökvägen och att programmet får läsa den")  # fmt: skip
    except UnicodeDecodeError:
        fault = Fault(path, "", "filen är inte skriven i UTF-8", "Spara den som UTF-8")
    except tomllib.TOMLDecodeError as error:
        fault = Fault(path, "", toml_words(str(error)),
                      f"Jämför med {EXAMPLE}. Text ska stå inom citattecken")  # fmt: skip
    raise ConfigurationError([fault])


def _resolved(settings: Settings) -> Settings:
    folder = settings.file.parent
    managers, models = settings.managers, settings.reading.models
    cards, reserve = settings.cards, settings.reserve_cards
    return settings.model_copy(
        update={
            "mailbox": _absolute(settings.mailbox, folder),
            "outgoing": _absolute(settings.outgoing, folder),
            "catalogue": _absolute(settings.catalogue, folder),
            "managers": None if managers is None else _absolute(managers, folder),
            "forms": settings.forms.model_copy(update={"path": folder / settings.forms.path}),
            "reading": settings.reading.model_copy(
                update={"models": None if models is None else folder / models}
            ),
            "cards": cards.model_copy(
                update={
                    "guide": None if cards.guide is None else folder / cards.guide,
                    "ladders": _own(folder, cards.ladders, "ladders.toml"),
                }
            ),
            "reserve_cards": reserve.model_copy(
                update={"rules": _own(folder, reserve.rules, "reserve_rules.toml")}
            ),
            "database": Database(url=_beside(settings.database.url, folder)),
        }
    )


def _own(folder: Path, named: Path | None, usual: str) -> Path | None:
    """Return the data file that the office has named, or laid beside its configuration."""
    if named is not None:
        return folder / named
    return folder / usual if (folder / usual).is_file() else None


def _absolute(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a backend's table with its paths (``path`` and ``…_file``) counted from *folder*."""
    return {
        key: str(folder / value)
        if isinstance(value, str) and value and (key == "path" or key.endswith("_file"))
        else value
        for key, value in table.items()
    }


def _beside(url: str, folder: Path) -> str:
    """Return a SQLite URL with its file counted from *folder*; other URLs as they are."""
    if not url.startswith(SQLITE):
        return url
    file, mark, query = url.removeprefix(SQLITE).partition("?")
    if file.startswith((":memory:", "file:")):
        return url
    return f"{SQLITE}{folder / file}{mark}{query}"
