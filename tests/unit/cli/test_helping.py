"""Verbs that know nothing of our help pages get them all the same."""

from __future__ import annotations

import typer
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli.helping import Verb, Verbs, first_sentence, speak


def test_a_plain_verb_and_a_plain_group_speak_swedish() -> None:
    plain = typer.Typer(add_completion=False, rich_markup_mode=None)
    inner = typer.Typer(rich_markup_mode=None)

    @plain.command("gör")
    def _do(name: str) -> None:
        """Gör något."""

    @inner.command("mer")
    def _more(count: int = 3) -> None:
        """Gör mer."""

    @inner.command("annat")
    def _other() -> None:
        """Gör något annat."""

    plain.add_typer(inner, name="grupp", help="En grupp.")
    speak(plain)
    command = get_command(plain)
    group = command.commands["grupp"]  # type: ignore[attr-defined]
    assert isinstance(command.commands["gör"], Verb)  # type: ignore[attr-defined]
    assert isinstance(group, Verbs)
    assert isinstance(group.commands["mer"], Verb)
    shown = CliRunner().invoke(plain, ["grupp", "mer", "--help"]).stdout
    assert shown.startswith("Skriv: ")
    assert "--count TAL" in shown
    assert "[annars 3]" in shown
    assert "Usage" not in shown


def test_a_list_of_verbs_shows_the_first_sentence() -> None:
    assert first_sentence("Gör det nu. Och sedan mer.\n\nMycket mer.") == "Gör det nu."
    assert first_sentence("") == ""
