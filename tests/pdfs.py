"""Eyes to read a tagged PDF of several pages with. Holds no test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pdfplumber
import pikepdf

PAINTS = {"f", "f*", "S", "s", "B", "B*", "b", "Tj", "TJ", "Do"}


@dataclass(frozen=True)
class Read:
    """A structure element: its tags from Document down, its own words, its alternative text."""

    path: tuple[str, ...]
    words: str
    alt: str
    pages: tuple[int, ...]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(content: bytes) -> list[Read]:
    """Return the structure in reading order; checks that marks and elements know each other."""
    marked: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(content)) as plumbed:
        for number, page in enumerate(plumbed.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    at = (number, char["mcid"])
                    marked[at] = marked.get(at, "") + char["text"]
    with opened(content) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        places = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        owners = {
            (page, mark): element.objgen
            for page in range(len(pdf.pages))
            for mark, element in enumerate(numbers[2 * page + 1])
        }
        found = list(_walk(pdf.Root.StructTreeRoot.K[0], (), marked, owners, places))
    assert not owners
    return found


def _walk(element, path, marked, owners, places) -> Iterator[Read]:
    path = (*path, str(element.S)[1:])
    words, pages, kids = "", [], []
    for kid in element.K:
        if kid.get("/Type") == "/MCR":
            at = (places[kid.Pg.objgen], int(kid.MCID))
            assert owners.pop(at) == element.objgen
            words += f" {marked.get(at, '')}"
            pages.append(at[0])
        else:
            assert kid.P.objgen == element.objgen
            kids.append(kid)
    yield Read(path, " ".join(words.split()), str(element.get("/Alt", "")), tuple(pages))
    for kid in kids:
        yield from _walk(kid, path, marked, owners, places)


def loose(content: bytes) -> list[str]:
    """Return what each page shows outside the structure; checks that all is marked or passed."""
    with opened(content) as pdf:
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in {"BDC", "BMC"}:
                    assert operands[0] == "/Artifact" or "/MCID" in operands[1]
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                assert 0 <= depth <= 1
                assert name not in PAINTS or depth == 1
            assert depth == 0
    with pdfplumber.open(io.BytesIO(content)) as plumbed:
        return ["".join(c["text"] for c in p.chars if c["mcid"] is None) for p in plumbed.pages]


def chars(content: bytes) -> list[list[dict]]:
    with pdfplumber.open(io.BytesIO(content)) as plumbed:
        return [list(page.chars) for page in plumbed.pages]


def faces(content: bytes) -> dict[str, bool]:
    """Return the fonts by name, and whether the file holds them."""
    with opened(content) as pdf:
        return {
            str(font.BaseFont): "/FontFile2" in font.FontDescriptor and "/ToUnicode" in font
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }


def plain(content: bytes) -> bytes:
    """Return the file as it is uncompressed: the same whichever zlib made it."""
    out = io.BytesIO()
    with opened(content) as pdf:
        pdf.save(
            out, static_id=True, compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )  # fmt: skip
    return out.getvalue()
