"""The blank's tags: every word and field can be reached, in the order in which a person reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest

from bot.adapters.blank.__main__ import EXAMPLE
from bot.adapters.blank.layout import current
from bot.adapters.blank.pen import MM
from bot.adapters.blank.write import write_blank

ARTIFACTS = {"Sida 1 (1)", "Blankett EK-1 · version 2026-11"}


@dataclass(frozen=True)
class Leaf:
    """What a structure element holds: a marked text or a widget, with its place on the page."""

    path: tuple[str, ...]  # tags from Document down
    element: tuple[int, int]
    parent: tuple[int, int]
    words: str
    widget: str
    x: float
    y: float


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_blank(EXAMPLE, unit_id="V112")


@pytest.fixture(scope="module")
def marked(content: bytes) -> dict[int, tuple[str, float, float]]:
    """The words of each mark, with the upper left corner of the first."""
    found: dict[int, tuple[str, float, float]] = {}
    for char in pdfplumber.open(io.BytesIO(content)).pages[0].chars:
        if char["mcid"] is not None:
            words, x, y = found.get(char["mcid"], ("", char["x0"], char["top"]))
            found[char["mcid"]] = (words + char["text"], x, y)
    return found


def walk(
    element: pikepdf.Object,
    path: tuple[str, ...],
    marked: dict[int, tuple[str, float, float]],
    height: float,
) -> Iterator[Leaf]:
    path = (*path, str(element.S)[1:])
    for kid in element.K:
        if isinstance(kid, int):
            words, x, y = marked.get(kid, ("", 0.0, 0.0))
            yield Leaf(path, element.objgen, element.P.objgen, words, "", x, y)
        elif kid.get("/Type") == "/OBJR":
            x, top = float(kid.Obj.Rect[0]), height - float(kid.Obj.Rect[3])
            yield Leaf(path, element.objgen, element.P.objgen, "", str(kid.Obj.T), x, top)
        else:
            assert kid.P.objgen == element.objgen
            yield from walk(kid, path, marked, height)


@pytest.fixture(scope="module")
def leaves(content: bytes, marked: dict[int, tuple[str, float, float]]) -> list[Leaf]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        assert len(root.K) == 1
        return list(walk(root.K[0], (), marked, float(pdf.pages[0].mediabox[3])))


def test_the_document_declares_its_tags_language_and_title(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.pages[0].Tabs == "/S"
        assert "Elektroniska Katalogen" in str(pdf.docinfo["/Title"])
        assert "Elektroniska Katalogen" in pdf.open_metadata()["dc:title"]


def test_every_mark_leads_to_the_element_that_holds_it(content, marked):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert numbers[0] == page.StructParents
        of_marks = numbers[1]
        begun = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert begun == list(range(len(of_marks)))
        assert set(marked) <= set(begun)
        for mark, element in enumerate(of_marks):
            assert mark in [k for k in element.K if isinstance(k, int)]


def test_every_widget_leads_to_its_form_element_and_back(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        assert sorted(tree) == list(range(pdf.Root.StructTreeRoot.ParentTreeNextKey))
        widgets = list(pdf.pages[0].Annots)
        for widget in widgets:
            element = tree[int(widget.StructParent)]
            assert element.S == "/Form"
            assert [k.Obj.objgen for k in element.K] == [widget.objgen]
        assert len({int(w.StructParent) for w in widgets}) == len(widgets) == 47


def test_everything_on_the_page_is_tagged_or_an_artifact(content):
    pages = pdfplumber.open(io.BytesIO(content)).pages
    loose = "".join(c["text"] for c in pages[0].chars if c["mcid"] is None)
    assert all(a in loose for a in ARTIFACTS)
    assert len(loose) == sum(map(len, ARTIFACTS))
    depth, paints = 0, {"f", "f*", "S", "s", "B", "B*", "b", "Tj", "TJ", "Do"}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                assert operands[0] == "/Artifact" or "/MCID" in operands[1]
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            assert 0 <= depth <= 1
            assert name not in paints or depth == 1
    assert depth == 0


def test_the_order_of_reading_goes_right_or_down(leaves):
    texts = [leaf for leaf in leaves if leaf.words or leaf.widget]
    assert texts[0].words == "Järfälla kommun"
    for before, after in pairwise(texts):
        assert after.x > before.x or after.y > before.y - 4 * MM, (before, after)
    sections = [leaf.y for leaf in leaves if leaf.path[-1] == "H2"]
    assert sections == sorted(sections)


def test_headings_are_one_title_and_one_for_each_section(leaves):
    title = " ".join(leaf.words for leaf in leaves if leaf.path == ("Document", "H1"))
    assert title == " ".join(current().title)
    heads = [leaf for leaf in leaves if leaf.path == ("Document", "Sect", "H2")]
    assert [h.words for h in heads[::2]] == list("ABCDEFGH")
    assert [h.words for h in heads[1::2]] == [s.title for s in current().sections]


def test_every_field_stands_in_one_paragraph_with_its_label(leaves):
    labels = {leaf.element: leaf.words for leaf in leaves if leaf.words}
    widgets = {leaf.widget: leaf for leaf in leaves if leaf.widget}
    for entry in current().entries():
        leaf = widgets[entry.acro]
        assert leaf.path == ("Document", "Sect", "P", "Form")
        assert labels[leaf.parent] == entry.label


def test_the_tab_order_is_the_order_of_reading(content, leaves):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tabs = [str(a.T) for a in pdf.pages[0].Annots]
    assert tabs == [leaf.widget for leaf in leaves if leaf.widget]


def test_the_code_is_a_figure_with_words_for_it(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [k for k in pdf.Root.StructTreeRoot.K[0].K if k.S == "/Figure"]
        assert [str(f.Alt) for f in figures] == [
            "QR-kod med blankettens beteckning: EK-1/2026-11/V112"
        ]
