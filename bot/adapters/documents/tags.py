"""The tags of a document of several pages: what a screen reader reads, in which order.

ISO 32000-1 §14.7. Writes the structure tree only; the marks are made where the pages are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

_ATTRIBUTES = {
    "L": {"/O": Name.List, "/ListNumbering": Name.Decimal},
    "TH": {"/O": Name.Table, "/Scope": Name.Row},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content on a page; both count from 0."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Element:
    """One structure element; its kids in the order of reading."""

    tag: str  # Document, Sect, H1, H2, P, L, LI, Lbl, LBody, Table, TR, TH, TD, Figure
    kids: tuple[Element | Mark, ...] = ()
    alt: str = ""
    bbox: tuple[float, ...] = ()  # of a figure, in points
    numbered: bool = False  # of a list


def tag(pdf: Pdf, root: Element, *, title: str) -> None:
    """Give *pdf* the structure *root*, the language Swedish and *title*."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owners: list[dict[int, Object]] = [{} for _page in pdf.pages]
    tree.K = Array([_grown(pdf, root, tree, owners)])
    numbers: list[object] = []
    for place, marks in enumerate(owners):
        page = pdf.pages[place].obj
        page.StructParents = place
        page.Tabs = Name.S
        numbers += [place, pdf.make_indirect(Array([marks[n] for n in range(len(marks))]))]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(owners)
    declare(pdf, tree, title)


def _grown(pdf: Pdf, node: Element, parent: Object, owners: list[dict[int, Object]]) -> Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.tag), P=parent))
    if node.alt:
        element.Alt = pikepdf.String(node.alt)
    if node.bbox:
        element.A = Dictionary(O=Name.Layout, BBox=Array(node.bbox), Placement=Name.Block)
    elif node.tag == "TH" or (node.tag == "L" and node.numbered):
        element.A = Dictionary(_ATTRIBUTES[node.tag])
    kids = Array()
    for kid in node.kids:
        if isinstance(kid, Element):
            kids.append(_grown(pdf, kid, element, owners))
        else:
            page = pdf.pages[kid.page].obj
            if "/Pg" not in element:
                element.Pg = page
            owners[kid.page][kid.number] = element
            kids.append(Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number))
    element.K = kids
    return element


def declare(pdf: Pdf, tree: Object, title: str) -> None:
    """Say that *pdf* is tagged by *tree*, Swedish, and what it is called."""
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
