"""What the documents tell people to write is there: every verb, every option, every file."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.unit.cli.test_every_verb import VERBS

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_RUN = re.compile(r"(?:^ {4}|`)(?:\S*/)?ekbot ((?:--config \S+ )?[a-z][^`\n#]*)", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]+?)\)")


def mistakes(text: str) -> list[str]:
    """Return each command in *text* that the program does not know."""
    return [run for run in _RUN.findall(text) if not _known(run)]


def _known(run: str) -> bool:
    words = shlex.split(run.replace("\\|", "|").replace("[", " ").replace("]", " "))
    if words[:1] == ["--config"]:
        words = words[2:]
    if "|" in words[0] or "…" in words[0]:
        return all(any(name in path for path in VERBS) for name in words[0].split("|"))
    groups = {path[0] for path in VERBS if len(path) > 1}
    length = 2 if words[0] in groups and len(words) > 1 else 1
    names = [w.strip(",") for w in words[length - 1].split("|")] if length == 2 else [words[0]]
    found = [VERBS.get((*words[: length - 1], name)) for name in names if name != "…"]
    if None in found:
        return False
    options = {o for c in found for p in c.params for o in (*p.opts, *p.secondary_opts)}
    wanted = {w.split("=")[0].strip(",.") for w in words[length:] if w.startswith("--")}
    return (length == 1 and words[0] in groups) or wanted <= options | {"--json", "--help"}


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_command_in_the_documents_is_there(document):
    assert mistakes(document.read_text("utf-8")) == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_links_to_is_there(document):
    links = _LINK.findall(document.read_text("utf-8"))
    assert [x for x in links if not (document.parent / x).exists()] == []


def test_a_verb_or_an_option_that_is_not_there_is_seen():
    assert mistakes("    ekbot list mails --opne\n") == ["list mails --opne"]
    assert mistakes("skriv `ekbot lits`") == ["lits"]
    assert mistakes("skriv `ekbot case shwo K-1`") == ["case shwo K-1"]
    assert mistakes("    ekbot list mails --open\n") == []


def test_enough_commands_are_found_to_mean_something():
    assert sum(len(_RUN.findall(d.read_text("utf-8"))) for d in DOCS) > 30
