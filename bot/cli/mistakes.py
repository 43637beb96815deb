"""What is wrong with a command as it was typed, in Swedish, with what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

_QUOTED = re.compile(r"'([^']*)'")
_NUMBER = re.compile(r"valid (?:int|float|integer|number)")
_LIMIT = re.compile(r"(less|greater) than (or equal to )?(-?\d+)")


def told(error: Exception) -> str:
    """Return what to say about a usage error: what is wrong, what was meant, where help is."""
    ctx = getattr(error, "ctx", None)
    lines = [_wrong(error, ctx)]
    if ctx is not None:
        usage = " ".join(ctx.command.collect_usage_pieces(ctx))
        lines.append(f"Skriv: {ctx.command_path} {usage}")
        lines.append(f"Hjälp: {ctx.command_path} --help")
    else:
        lines.append("Hjälp: ekbot --help")
    return "\n".join(lines)


def meant(word: str, possible: Iterable[str]) -> str:
    """Return the question what was meant by *word*, "" where nothing possible is like it."""
    close = get_close_matches(word, [*possible], n=2, cutoff=0.55)
    return f" Menade du {' eller '.join(close)}?" if close else ""


def _wrong(error: Any, ctx: Any) -> str:  # noqa: ANN401 - the parser's own classes are private
    match type(error).__name__:
        case "NoSuchOption":
            options = [o for p in ctx.command.params for o in p.opts] if ctx is not None else []
            asked = meant(error.option_name, [*options, "--help"])
            return f"Valet {error.option_name} finns inte.{asked}"
        case "MissingParameter":
            return _missing(error)
        case "BadParameter":
            return _unfit(error)
        case "BadOptionUsage" if "not take a value" in error.message:
            return f"Valet {error.option_name} tar inget värde."
        case "BadOptionUsage":
            return f"Valet {error.option_name} behöver ett värde efter sig."
        case _:
            return _other(str(error), ctx)


def _missing(error: Any) -> str:  # noqa: ANN401
    param = error.param
    if param is None:
        return "Något saknas i kommandot."
    help_text = f" {param.help}" if getattr(param, "help", "") else ""
    if param.param_type_name == "option":
        return f"Valet {param.opts[-1]} saknas.{help_text}{_choices(param)}"
    name = param.display_name_raw.strip("[]").upper()
    return f"{name} saknas.{help_text}{_choices(param)}"


def _choices(param: Any) -> str:  # noqa: ANN401
    found = getattr(param.type_descriptor, "choices", None)
    if not found:
        return ""
    return f" Välj: {', '.join(str(getattr(c, 'value', c)) for c in found)}."


def _unfit(error: Any) -> str:  # noqa: ANN401
    given = _QUOTED.search(error.message)
    word = given[1] if given else ""
    param = error.param
    if param is None:
        return f"”{word}” passar inte." if word else "Ett värde passar inte."
    name = param.opts[0] if param.param_type_name == "option" else param.display_name_raw.upper()
    choices = [str(getattr(c, "value", c)) for c in param.type_descriptor.choices or ()]
    if choices:
        return f"”{word}” går inte som {name}.{meant(word, choices)}{_choices(param)}"
    limit = _LIMIT.search(error.message)
    if limit is not None:
        return f"{name}: talet ska vara {'högst' if limit[1] == 'less' else 'minst'} {limit[3]}."
    if _NUMBER.search(error.message):
        return f"{name}: skriv ett heltal."
    if not word:
        return f"{name}: värdet går inte att använda."
    return f"{name}: ”{word}” går inte att använda."


def _other(text: str, ctx: Any) -> str:  # noqa: ANN401
    given = _QUOTED.search(text)
    if text.startswith("No such command") and given is not None:
        names = ctx.command.list_commands(ctx) if ctx is not None else []
        asked = meant(given[1], names) or f" Det finns: {', '.join(names)}."
        return f"Kommandot {given[1]} finns inte.{asked}"
    if text.startswith("Missing command"):
        names = ctx.command.list_commands(ctx) if ctx is not None else []
        return f"Skriv också vad som ska göras: {', '.join(names)}."
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", text)
    if extra is not None:
        return f"För mycket i kommandot: {extra[1]}. Text med mellanslag ska stå inom citattecken."
    return text
