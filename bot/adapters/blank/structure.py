"""The tags of a PDF page: what a screen reader reads, in which order (ISO 32000-1 §14.7).

Writes the structure tree only; the marks on the page are made where the page is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf


@dataclass(frozen=True, slots=True)
class Node:
    """One structure element; a kid is another, a mark on the page, or a widget by its name."""

    tag: str  # Document, Sect, H1, H2, P, Form, Figure
    kids: tuple[Node | int | str, ...] = ()
    alt: str = ""
    bbox: tuple[float, ...] = ()  # of a figure, in points


def tag_page(pdf: Pdf, root: Node, widgets: Mapping[str, Object], *, title: str) -> None:
    """Give the one page of *pdf* the structure *root* and both ways between them.

    *widgets* are the annotations by field name; each becomes reachable through its StructParent.
    """
    page = pdf.pages[0].obj
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    marks: dict[int, Object] = {}
    owners: list[Object] = []

    def grow(node: Node, parent: Object) -> Object:
        element = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + node.tag), P=parent, Pg=page)
        )
        if node.alt:
            element.Alt = pikepdf.String(node.alt)
        if node.bbox:
            element.A = Dictionary(O=Name.Layout, BBox=Array(node.bbox), Placement=Name.Block)
        kids = Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(grow(kid, element))
            elif isinstance(kid, int):
                marks[kid] = element
                kids.append(kid)
            else:
                widget = widgets[kid]
                widget.StructParent = len(owners) + 1  # 0 is the page's own
                owners.append(element)
                kids.append(Dictionary(Type=Name.OBJR, Obj=widget, Pg=page))
        element.K = kids
        return element

    tree.K = Array([grow(root, tree)])
    page.StructParents = 0
    page.Tabs = Name.S
    numbers: list[object] = [0, Array([marks[n] for n in range(len(marks))])]
    for place, owner in enumerate(owners, start=1):
        numbers += [place, owner]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(owners) + 1
    _declare(pdf, tree, title)


def _declare(pdf: Pdf, tree: Object, title: str) -> None:
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = pikepdf.String("sv-SE")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        meta["dc:language"] = {"sv-SE"}
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = title
