"""A structure added to finished pages, in compressed object streams (ISO 32000-1 §7.5.6 to §7.5.8).

Objects are written as they come: nothing is held but the table of where they stand.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import chain, islice

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf

from bot.adapters.documents.review.structure import Tree
from bot.adapters.documents.tags import declare

_TOGETHER = 400  # objects in one object stream
_WIDTHS = (1, 4, 2)  # bytes of an entry in the table: its kind, where, which


def tagged(content: bytes, tree: Tree, *, title: str) -> bytes:
    """Return the drawn pages *content* with the structure *tree*, Swedish and called *title*."""
    base = _declared(content, title)
    with Pdf.open(io.BytesIO(base)) as pdf:
        pages = [page.obj.objgen[0] for page in pdf.pages]
        root = pdf.Root.StructTreeRoot.objgen[0]
        first = int(pdf.trailer.Size)
        trailer = (
            f"/Root {pdf.Root.objgen[0]} 0 R/Info {pdf.trailer.Info.objgen[0]} 0 R"
            f"/ID[{' '.join(f'<{bytes(part).hex()}>' for part in pdf.trailer.ID)}]"
        )
    owners = first + len(tree)
    numbers = " ".join(f"{n} {owners + n} 0 R" for n in range(len(pages)))
    parents = owners + len(pages)
    own = (
        f"<</Type/StructTreeRoot/K[{first} 0 R]/ParentTree {parents} 0 R"
        f"/ParentTreeNextKey {len(pages)}>>"
    )
    objects = chain(
        [(root, own)],
        enumerate(chain(tree.objects(first, root, pages), [f"<</Nums[{numbers}]>>"]), first),
    )
    return _updated(base, objects, (root, first, parents + 1), trailer)


def _declared(content: bytes, title: str) -> bytes:
    """Return the pages declared as tagged; the root of their structure is still empty."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        for place, page in enumerate(pdf.pages):
            page.obj.StructParents = place
            page.obj.Tabs = Name.S
        declare(pdf, pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot)), title)
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate,
            min_version="1.7",
        )  # fmt: skip
        return out.getvalue()


def _updated(
    base: bytes, objects: Iterator[tuple[int, str]], numbers: tuple[int, int, int], trailer: str
) -> bytes:
    """Return *base* with *objects* added: the first replaces one that is there.

    *numbers*: of the replaced object, of the first new one, and the first that is free.
    """
    before = base[base.rindex(b"startxref") :].split()[1].decode("ascii")
    replaced, first, free = numbers
    out = io.BytesIO()
    out.write(base)
    table, streams = bytearray(), bytearray()
    while part := list(islice(objects, _TOGETHER)):
        for place in range(len(part)):
            table += _entry(2, free, place)
        streams += _entry(1, out.tell(), 0)
        _write(out, free, *_packed(part))
        free += 1
    here = out.tell()
    entries = table + streams + _entry(1, here, 0)
    head = (
        f"/Type/XRef/Size {free + 1}/W[{' '.join(map(str, _WIDTHS))}]"
        f"/Index[{replaced} 1 {first} {free + 1 - first}]{trailer}/Prev {before}"
    )
    _write(out, free, head, bytes(entries))
    out.write(f"startxref\n{here}\n%%EOF\n".encode())
    return out.getvalue()


def _entry(kind: int, where: int, which: int) -> bytes:
    return b"".join(
        value.to_bytes(width, "big")
        for value, width in zip((kind, where, which), _WIDTHS, strict=True)
    )


def _packed(part: list[tuple[int, str]]) -> tuple[str, bytes]:
    """Return the head and the content of an object stream."""
    places, at = [], 0
    for number, words in part:
        places.append(f"{number} {at}")
        at += len(words) + 1
    index = " ".join(places) + "\n"
    body = "\n".join(words for _number, words in part)
    return f"/Type/ObjStm/N {len(part)}/First {len(index)}", (index + body).encode("ascii")


def _write(out: io.BytesIO, number: int, head: str, content: bytes) -> None:
    packed = zlib.compress(content, 6)
    look = f"{head}/Filter/FlateDecode/Length {len(packed)}"
    out.write(f"{number} 0 obj\n<<{look}>>stream\n".encode("ascii") + packed)
    out.write(b"\nendstream\nendobj\n")
