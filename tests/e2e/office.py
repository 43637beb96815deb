"""An office on this machine: a folder with a configuration, and the real program run on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.posting import GATEWAY, OFFICE

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NOW = "2026-11-23T09:00:00+01:00"
_CONFIG = """\
[office]
name = "Lokala EK, Järfälla kommun"
mail = "{office}"
phone = "08-465 004 00"
staff = ["eva.ek@jarfalla.example", "olle.ek@jarfalla.example"]
domains = ["jarfalla.example"]

[mailbox]
{mailbox}

[outgoing]
{outgoing}

[database]
url = "{database}"

[catalogue]
{catalogue}

[managers]
{managers}

[trust]
authserv_id = "{gateway}"
accept = ["dmarc"]

[review]
by_calendar = {quarterly}

[limits]
cap_per_sender = 10000
cap_total = 100000
"""
MAILDIRS = ('kind = "maildir"\npath = "in"', 'kind = "maildir"\npath = "out"')


@dataclass
class Office:
    """A folder with everything; ``ekbot`` runs the program as an operator does."""

    here: Path
    mailbox: str = MAILDIRS[0]
    outgoing: str = MAILDIRS[1]
    database: str = "sqlite:///var/ekbot.db"
    catalogue: str = 'kind = "sql"'
    managers: str = 'kind = "csv"\npath = "managers.csv"'
    environment: dict[str, str] = field(default_factory=dict)
    quarterly: bool = False  # the quarter's review begins by itself

    def __post_init__(self) -> None:
        self.here.mkdir(parents=True, exist_ok=True)
        shutil.copy(GOLDEN / "managers.csv", self.here / "managers.csv")
        for name in ("in", "out"):
            for part in ("new", "cur", "tmp"):
                (self.here / name / part).mkdir(parents=True, exist_ok=True)
        text = _CONFIG.format(
            office=OFFICE, gateway=GATEWAY, mailbox=self.mailbox, outgoing=self.outgoing,
            database=self.database, catalogue=self.catalogue, managers=self.managers,
            quarterly=str(self.quarterly).lower(),
        )  # fmt: skip
        (self.here / "ekbot.toml").write_text(text, encoding="utf-8")

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "bot", "--config", str(self.here / "ekbot.toml"), *words]

    def ekbot(self, *words: str, code: int | None = 0) -> str:
        done = subprocess.run(
            self.command(*words), capture_output=True, text=True, timeout=300, check=False,
            env={**os.environ, **self.environment},
        )  # fmt: skip
        if code is not None and done.returncode != code:
            raise AssertionError(f"{words} gave {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self.here / "daemon.log").open("ab") as log:
            return subprocess.Popen(
                self.command("run", *words), stdout=log, stderr=log,
                env={**os.environ, **self.environment},
            )  # fmt: skip

    def once(self, now: str = NOW, code: int | None = 0) -> dict[str, Any]:
        return dict(json.loads(self.ekbot("once", "--json", "--now", now, code=code)))

    def rows(self, what: str) -> list[dict[str, Any]]:
        return list(json.loads(self.ekbot("list", what, "--json")))

    def deliver(self, name: str, raw: bytes) -> None:
        target = self.here / "in" / "tmp" / name
        target.write_bytes(raw)
        target.rename(self.here / "in" / "new" / name)

    def letters(self) -> list[bytes]:
        return [f.read_bytes() for f in sorted((self.here / "out" / "new").iterdir())]
