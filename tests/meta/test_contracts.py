"""The floors of the house hold, and each of their guards has been seen red."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
PACKAGES = ("bot", "parsers")
MAX_LINES, MAX_FUNCTION = 300, 50
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


def linted(tree: Path) -> tuple[int, str]:
    done = subprocess.run(
        [LINT, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False, timeout=100
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's source in a folder where it may be spoiled."""
    for name in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def spoil(tree: Path, path: str, line: str) -> None:
    file = tree / path
    old = file.read_text(encoding="utf-8") if file.exists() else '"""Stray."""\n'
    file.write_text(f"{old}\n{line}\n", encoding="utf-8")


def test_the_tree_keeps_every_contract():
    code, said = linted(ROOT)
    assert code == 0, said
    assert "0 broken" in said


SEEDS = [
    ("bot/domain/values.py", "import time", "The core knows no outside", "bot.domain.values -> time"),
    (
        "bot/app/handle.py",
        "from bot.adapters import mailbox",
        "Floors: imports only point down",
        "bot.app.handle -> bot.adapters",
    ),
    (
        "parsers/reading.py",
        "from bot.app import handle",
        "Floors: imports only point down",
        "parsers.reading -> bot.app.handle",
    ),
    ("bot/stray.py", "", "Every module of bot stands on a floor", "bot.stray"),
    (
        "parsers/mail/message.py",
        "from parsers import forms\nfrom parsers.forms import seed",
        "No cycles among siblings",
        "parsers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "line", "contract", "named"), SEEDS, ids=[s[2] + " " + s[0] for s in SEEDS]
)
def test_each_contract_has_been_seen_broken(copy, path, line, contract, named):
    if "seed" in line:
        spoil(copy, "parsers/forms/seed.py", "from parsers.mail import message")
    spoil(copy, path, line)
    code, said = linted(copy)
    assert code == 1, said
    assert f"{contract} BROKEN" in said
    assert named in said


def test_two_backends_that_know_each_other_are_named(copy):
    first, second = "seed_one", "seed_two"
    spoil(copy, f"bot/adapters/mailbox/{second}.py", "")
    spoil(copy, f"bot/adapters/mailbox/{first}.py", f"from bot.adapters.mailbox import {second}")
    code, said = linted(copy)
    assert code == 1, said
    assert "Backends do not know each other BROKEN" in said
    assert f"bot.adapters.mailbox.{first}" in said


def sources(tree: Path) -> list[Path]:
    return sorted(p for name in PACKAGES for p in (tree / name).rglob("*.py"))


def offences(file: Path) -> list[str]:
    """What the house's rules say of one file: too long, a function too long, unfinished."""
    text = file.read_text(encoding="utf-8")
    found = []
    if text.count("\n") > MAX_LINES:
        found.append("file too long")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION:
                found.append(f"function {node.name} too long")
    if UNFINISHED.search(text):
        found.append("unfinished")
    return found


def test_no_file_and_no_function_is_too_long_and_nothing_is_unfinished():
    files = sources(ROOT)
    assert len(files) > 50
    assert {f.relative_to(ROOT).as_posix(): o for f in files if (o := offences(f))} == {}


def test_the_rules_of_length_have_been_seen_broken(tmp_path):
    file = tmp_path / "long.py"
    file.write_text("x = 1\n" * (MAX_LINES + 1), encoding="utf-8")
    assert offences(file) == ["file too long"]
    file.write_text("def f():\n" + "    x = 1\n" * MAX_FUNCTION, encoding="utf-8")
    assert offences(file) == ["function f too long"]
    file.write_text("# TO" + "DO: later\n", encoding="utf-8")
    assert offences(file) == ["unfinished"]
    file.write_text("def f():\n" + "    x = 1\n" * (MAX_FUNCTION - 1), encoding="utf-8")
    assert offences(file) == []
