"""Help texts in Swedish: how a verb is called, its options, an example. Runs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

_NOTES = {
    "help": "Visa den här hjälpen.",
}
_TYPES = {
    "<str>": "TEXT", "<path>": "FIL", "<int>": "TAL", "<int range>": "TAL", "<list[str]>": "TEXT",
    "<list[path]>": "FIL",
}  # fmt: skip
_Function = TypeVar("_Function", bound=Callable[..., Any])


class _Spoken:
    """The parts of a help page that are the same for one verb and for a group of them."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 - the parser's own
        pieces = ["[VAL]"]
        for param in _params(self, ctx, "argument"):
            name = param.display_name_raw.strip("[]").upper()
            pieces.append(f"{name if param.required else f'[{name}]'}{_more(param)}")
        if isinstance(self, TyperGroup):
            pieces.append("KOMMANDO …")
        return pieces

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, "Skriv: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        for title, sort in (("Argument", "argument"), ("Val", "option")):
            rows = [_record(param, ctx) for param in _params(self, ctx, sort)]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        if isinstance(self, TyperGroup):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002
        lines = (getattr(self, "epilog", "") or "").splitlines()
        if lines:
            with formatter.section("Exempel"):
                for line in lines:
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Verb(_Spoken, TyperCommand):
    """One verb, with its help in Swedish."""


class Verbs(_Spoken, TyperGroup):
    """A group of verbs, with its help in Swedish."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write each verb with the first sentence of its help."""
        rows = []
        for name in self.list_commands(ctx):
            found = self.get_command(ctx, name)
            if found is not None and not found.hidden:
                rows.append((name, first_sentence(found.help or "")))
        with formatter.section("Kommandon"):
            formatter.write_dl(rows)


class Group(typer.Typer):
    """A group of verbs under one name, such as ``case``."""

    def __init__(self) -> None:
        """Make an empty group."""
        super().__init__(
            cls=Verbs, no_args_is_help=True, rich_markup_mode=None, add_completion=False
        )

    def verb(self, name: str, example: str) -> Callable[[_Function], _Function]:
        """Add a verb called *name*; *example* stands on its help page, one a line."""
        return self.command(name, cls=Verb, epilog=example)


def speak(group: typer.Typer) -> None:
    """Make every verb of *group*, and of the groups in it, speak Swedish on its help page."""
    for verb in group.registered_commands:
        if verb.cls in (None, TyperCommand):
            verb.cls = Verb
    for inner in group.registered_groups:
        if not (isinstance(inner.cls, type) and issubclass(inner.cls, Verbs)):
            inner.cls = Verbs
        if inner.typer_instance is not None:
            speak(inner.typer_instance)


def first_sentence(text: str) -> str:
    """Return the first sentence of a help text, or its first clause up to a colon."""
    line = " ".join(text.partition("\n\n")[0].split())
    return line.partition(". ")[0].rstrip(".") + "." if line else ""


def _params(command: Any, ctx: Any, sort: str) -> list[Any]:  # noqa: ANN401
    found = command.get_params(ctx)
    return [p for p in found if p.param_type_name == sort and not getattr(p, "hidden", False)]


def _more(param: Any) -> str:  # noqa: ANN401
    return "" if param.nargs == 1 else "…"


def _record(param: Any, ctx: Any) -> tuple[str, str]:  # noqa: ANN401
    words = _NOTES.get(param.name) or param.help or ""
    found = getattr(getattr(param, "type_descriptor", None), "choices", None) or ()
    choices = [str(getattr(c, "value", c)) for c in found]
    if choices:
        words = f"{words.rstrip('.')}: {', '.join(choices)}."
    notes = []
    if param.param_type_name == "argument":
        name = param.display_name_raw.strip("[]").upper() + _more(param)
    else:
        name = ", ".join((*param.opts, *param.secondary_opts))
        if not param.is_flag:
            name += f" {_value(param, ctx)}"
        if param.required:
            notes.append("krävs")
    default = None if callable(param.default) else param.default
    if default not in (None, "", False, [], ()) and not getattr(param, "is_flag", False):
        notes.append(f"annars {default}")
    return name, f"{words} [{'; '.join(notes)}]".strip() if notes else words


def _value(param: Any, ctx: Any) -> str:  # noqa: ANN401
    if param.metavar:
        return str(param.metavar)
    shown = param.display_type(ctx)
    return "SÄTT" if "|" in shown else _TYPES.get(shown, "VÄRDE")
