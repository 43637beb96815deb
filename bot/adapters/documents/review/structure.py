"""The elements of a document with very many cells, in reading order. Writes nothing.

A report of 50,000 rows has half a million of them, so they are kept as numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bot.adapters.documents.tags import Mark

_NONE = -1
_SCOPES = {
    "": "",
    "row": "/A<</O/Table/Scope/Row>>",
    "column": "/A<</O/Table/Scope/Column>>",
}


class Tree:
    """Grows from Document, child by child (ISO 32000-1 §14.7.2)."""

    def __init__(self) -> None:
        self._kinds: dict[str, int] = {}  # tag and attributes as PDF writes them
        self._kind = array("H")
        self._parent, self._first, self._next = array("l"), array("l"), array("l")
        self._page, self._mark = array("l"), array("l")  # of each element's first mark
        self._more: dict[int, list[Mark]] = {}  # its further ones
        self._owners: list[array[int]] = []  # by page: the element of each mark
        self._open: list[list[int]] = []  # element and its last child so far
        self._add("/S/Document")
        self._open.append([0, _NONE])

    def __len__(self) -> int:
        return len(self._kind)

    @contextmanager
    def inside(self, tag: str) -> Iterator[None]:
        """Grow what follows as children of a new element."""
        self._open.append([self._add(f"/S/{tag}"), _NONE])
        yield
        self._open.pop()

    def leaf(self, tag: str, *marks: Mark, scope: str = "", span: int = 0) -> int:
        """Add an element that holds *marks*; return its number.

        *scope* and *span*: what a heading cell heads (row, column), over how many columns.
        """
        attributes = _SCOPES[scope]
        if span:
            attributes = f"/A<</O/Table/Scope/Row/ColSpan {span}>>"
        return self._held(f"/S/{tag}{attributes}", marks)

    def figure(self, mark: Mark, alt: str, corners: Sequence[float]) -> None:
        """Add a figure with its words for those who don't see it; *corners* in points."""
        words = alt.encode("utf-16-be").hex()
        box = " ".join(f"{corner:.2f}" for corner in corners)
        layout = f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        self._held(f"/S/Figure/Alt<FEFF{words}>{layout}", (mark,))

    def own(self, owner: int, mark: Mark) -> None:
        """Let the leaf *owner* hold *mark* as well."""
        if self._mark[owner] == _NONE:
            self._page[owner], self._mark[owner] = mark.page, mark.number
        else:
            self._more.setdefault(owner, []).append(mark)
        while len(self._owners) <= mark.page:
            self._owners.append(array("l"))
        marks = self._owners[mark.page]
        marks.extend([_NONE] * (mark.number + 1 - len(marks)))
        marks[mark.number] = owner

    def objects(self, first: int, root: int, pages: Sequence[int]) -> Iterator[str]:
        """Yield the elements as objects numbered from *first*, then each page's marks' owners.

        *root* and *pages* are the numbers of the structure's root and of the pages.
        """
        kinds = list(self._kinds)
        for here, kind in enumerate(self._kind):
            parent = self._parent[here]
            up = root if parent == _NONE else first + parent
            if self._mark[here] == _NONE:
                kids = " ".join(f"{first + kid} 0 R" for kid in self._children(here))
                held = f"/K[{kids}]"
            else:
                held = self._content(here, pages)
            yield f"<<{kinds[kind]}/P {up} 0 R{held}>>"
        for page in range(len(pages)):
            owners = self._owners[page] if page < len(self._owners) else ()
            yield f"[{' '.join(f'{first + owner} 0 R' for owner in owners)}]"

    def _held(self, kind: str, marks: Sequence[Mark]) -> int:
        owner = self._add(kind)
        for mark in marks:
            self.own(owner, mark)
        return owner

    def _add(self, kind: str) -> int:
        here = len(self._kind)
        self._kind.append(self._kinds.setdefault(kind, len(self._kinds)))
        for numbers in (self._first, self._next, self._page, self._mark):
            numbers.append(_NONE)
        if not self._open:
            self._parent.append(_NONE)
            return here
        parent, before = self._open[-1]
        self._parent.append(parent)
        if before == _NONE:
            self._first[parent] = here
        else:
            self._next[before] = here
        self._open[-1][1] = here
        return here

    def _children(self, here: int) -> Iterator[int]:
        kid = self._first[here]
        while kid != _NONE:
            yield kid
            kid = self._next[kid]

    def _content(self, here: int, pages: Sequence[int]) -> str:
        marks = (Mark(self._page[here], self._mark[here]), *self._more.get(here, ()))
        held = "".join(f"<</Type/MCR/Pg {pages[m.page]} 0 R/MCID {m.number}>>" for m in marks)
        return f"/Pg {pages[marks[0].page]} 0 R/K[{held}]"
