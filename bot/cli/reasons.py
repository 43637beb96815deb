"""``why``: the reasons behind everything, as a tree down to the mail. Only looks."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from bot.app import explain
from bot.cli import completing, shapes
from bot.cli.frame import Exit, complain, console, frame, memory, print_json
from bot.cli.options import Json
from bot.cli.words import swedish


def why(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Ärende K-17, brev B-5, mejl M-3, person P-2, kort C-4, granskning G-1.",
            autocompletion=completing.handles,
        ),
    ],
    every: Annotated[
        bool, typer.Option("--all", help="Visa även reglernas namn och SHA-256.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Visa varför: kedjan från brev, kort eller post till mejl, regel och rutinens steg."""
    with memory(frame(context)) as store, store.begin() as work:
        try:
            node = explain.why(work, ref, str if as_json else swedish)
        except explain.UnknownRefError as error:
            complain(str(error), Exit.REFUSED)
    if as_json:
        print_json(_plain(node))
    elif sys.stdout.isatty():
        console().print(_tree(node, every=every))
    else:
        sys.stdout.write("\n".join(_lines(node, every=every)) + "\n")


def _plain(node: explain.Node) -> shapes.Json:
    return {
        "id": node.ref,
        "title": node.title,
        "facts": [list(fact) for fact in node.facts],
        "because": [_plain(child) for child in node.children],
    }


def _facts(node: explain.Node, *, every: bool) -> list[tuple[str, str]]:
    return [fact for fact in node.facts if every or fact[0] not in explain.MORE]


def _tree(node: explain.Node, above: Tree | None = None, *, every: bool) -> Tree:
    title = Text.assemble((node.ref, "bold cyan"), "  ", (node.title, "bold"))
    tree = Tree(title, guide_style="dim") if above is None else above.add(title)
    for name, text in _facts(node, every=every):
        tree.add(Text.assemble((f"{name}: ", "dim"), text))
    for child in node.children:
        _tree(child, tree, every=every)
    return tree


def _lines(node: explain.Node, depth: int = 0, *, every: bool) -> list[str]:
    """Return the tree as lines for a pipe, two blanks a level."""
    lead = "  " * depth
    lines = [f"{lead}{node.ref}  {node.title}"]
    lines += [f"{lead}  {name}: {text}" for name, text in _facts(node, every=every)]
    for child in node.children:
        lines += _lines(child, depth + 1, every=every)
    return lines
