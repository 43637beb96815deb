"""``why``: the reasons behind everything, as a tree down to the mail. Only looks."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.tree import Tree

from bot.app import explain
from bot.cli import completing, shapes
from bot.cli.frame import Exit, complain, console, frame, memory, print_json
from bot.cli.options import Json


def why(
    context: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="K-17 (ärende), B-5 (brev), M-3 (mejl), P-2 (person) …",
            autocompletion=completing.handles,
        ),
    ],
    as_json: Json = False,
) -> None:
    """Visa varför: kedjan från brev eller post till mejl, regel och rutinens steg."""
    with memory(frame(context)) as store, store.begin() as work:
        try:
            node = explain.why(work, ref)
        except explain.UnknownRefError as error:
            complain(str(error), Exit.REFUSED)
    if as_json:
        print_json(_plain(node))
    else:
        console().print(_tree(node))


def _plain(node: explain.Node) -> shapes.Json:
    return {
        "id": node.ref,
        "title": node.title,
        "facts": [list(fact) for fact in node.facts],
        "because": [_plain(child) for child in node.children],
    }


def _tree(node: explain.Node, above: Tree | None = None) -> Tree:
    title = f"{node.ref}  {node.title}"
    tree = Tree(title) if above is None else above.add(title)
    for name, text in node.facts:
        tree.add(f"{name}: {text}")
    for child in node.children:
        _tree(child, tree)
    return tree
