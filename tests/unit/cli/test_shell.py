"""TAB in a real bash: the installed script offers verbs, options, choices and handles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import turn
from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with two open cases, one of them of a protected person."""
    found = Office(tmp_path_factory.mktemp("kontor"))
    orders = (an_order(0, title=None), an_order(1, protected=True))
    for n, order in enumerate(orders):
        found.deliver(f"o{n}", a_mail(f"o{n}", ("b.pdf", fill_acroform(order))))
    turn(found, "2026-11-23")
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home where the completion is installed, and an ``ekbot`` to call."""
    here = tmp_path_factory.mktemp("hem")
    program = here / "ekbot"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m bot "$@"\n')
    program.chmod(0o755)
    done = _bash(here, "ekbot --install-completion")
    assert done.startswith("Komplettering för bash ligger i ")
    assert "ekbot.sh" in (here / ".bashrc").read_text()
    return here


def _bash(home: Path, script: str, **environment: str) -> str:
    places = {"HOME": str(home), "SHELL": "/bin/bash", "PATH": f"{home}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script], capture_output=True, text=True,
        check=True, cwd=home, env={**os.environ, **places, **environment}, timeout=60,
    )  # fmt: skip
    return done.stdout


def tab(home: Path, office: Office, line: str) -> list[str]:
    """Press TAB at the end of *line*; return what bash would offer."""
    words = [*line.split(), *([""] if line.endswith(" ") else [])]
    quoted = " ".join(f"'{word}'" for word in words)
    script = (
        f"source ~/.bash_completions/ekbot.sh; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; "
        "_ekbot_completion ekbot; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    found = _bash(home, script, EKBOT_CONFIG=str(office.here / "ekbot.toml"))
    return [offer for offer in found.splitlines() if offer]


def test_the_verbs_are_offered(home: Path, office: Office) -> None:
    assert tab(home, office, "ekbot re") == ["read", "restore", "review"]
    assert {"show", "done", "reject", "correct"} <= {*tab(home, office, "ekbot case ")}
    assert tab(home, office, "ekbot list ca") == ["cards", "cases"]


def test_the_handles_of_open_cases_are_offered_newest_first(home: Path, office: Office) -> None:
    assert tab(home, office, "ekbot case show K-") == ["K-2", "K-1"]
    assert tab(home, office, "ekbot case done K-") == ["K-2", "K-1"]
    assert tab(home, office, "ekbot why M-") == ["M-2", "M-1"]


def test_states_and_kinds_are_those_of_the_table(home: Path, office: Office) -> None:
    assert tab(home, office, "ekbot list cases --status ") == ["open", "waiting", "done"]
    assert tab(home, office, "ekbot list letters --status ")[:2] == ["queued", "sent"]
    assert tab(home, office, "ekbot list cards --kind ") == ["ordinary", "reserve"]
    assert tab(home, office, "ekbot list reviews --status e") == ["escalated"]


def test_without_a_memory_nothing_is_offered_and_nothing_said(home: Path, tmp_path: Path) -> None:
    nowhere = Office(tmp_path)
    (tmp_path / "ekbot.toml").write_text("[office", encoding="utf-8")
    assert tab(home, nowhere, "ekbot case show K-") == []


def test_an_unknown_shell_is_told_how_to_say_which(home: Path) -> None:
    script = "SHELL=/bin/sh ekbot --install-completion 2>&1; echo $?"
    assert _bash(home, script).endswith("ekbot --install-completion (eller zsh, fish).\n1\n")
    assert "_EKBOT_COMPLETE" in _bash(home, "ekbot --show-completion")
