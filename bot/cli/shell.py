"""TAB in the shell: the script that asks the program what may follow. Knows no verb."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script
from typer._completion_shared import install as put

from bot.cli.frame import Exit, complain, say

_SHELLS = ("bash", "zsh", "fish")
completion_init()  # else only "add_completion" does it, whose texts are English


def install(wanted: bool) -> None:
    """Put the script where the caller's shell finds it, and leave."""
    if not wanted:
        return
    try:
        shell, path = put(shell=_shell(), prog_name="ekbot", complete_var="_EKBOT_COMPLETE")
    except OSError as error:
        text = f"Skriptet kunde inte skrivas ({error.strerror}). Visa det: ekbot --show-completion"
        complain(text, Exit.USAGE)
    say(f"Komplettering för {shell} ligger i {path}. Öppna ett nytt skal, så gäller den.")
    raise typer.Exit


def show(wanted: bool) -> None:
    """Print the script, and leave."""
    if not wanted:
        return
    script = get_completion_script(
        prog_name="ekbot", complete_var="_EKBOT_COMPLETE", shell=_shell()
    )
    typer.echo(script)
    raise typer.Exit


def _shell() -> str:
    name = Path(os.environ.get("SHELL", "")).name
    if name not in _SHELLS:
        complain(
            f"Skalet ”{name}” känns inte igen. Kör: SHELL=/bin/bash ekbot --install-completion "
            "(eller zsh, fish).", Exit.USAGE,
        )  # fmt: skip
    return name
