"""Examples of single fields, read by the reader as they stand on a blank page. Holds no test.

``python -m tests.examples`` makes those under ``golden/examples`` anew, of invented people.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bot.domain.forms import Box, FieldReading, FormReading, State
from parsers.forms.definition import load
from parsers.picturing import RESOLUTION
from parsers.scan.page import read_picture
from parsers.scan.picture import Picture
from parsers.settings import Settings
from tests.builders import TODAY
from tests.filled import FORMS, an_order, definition, units
from tests.scanned import Grey, as_png, drawn, filled

GOLDEN = Path(__file__).parent / "golden" / "examples"
LIST = "examples.jsonl"
_DPI = RESOLUTION * 25.4


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture of a field, and what stands there."""

    key: str
    truth: str
    form: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Score:
    """How many were read right, how many wrong although called sure, of how many."""

    right: int
    wrong: int
    all: int


def samples(folder: Path | None = None) -> tuple[Sample, ...]:
    """Return the examples of *folder*, else of ``EKBOT_EXAMPLES``, else our own."""
    folder = folder or Path(os.environ.get("EKBOT_EXAMPLES") or GOLDEN)
    rows = map(json.loads, (folder / LIST).read_text("utf-8").splitlines())
    return tuple(
        Sample(r["key"], r["truth"], r["form"], (folder / r["picture"]).read_bytes()) for r in rows
    )


def read(sample: Sample) -> FieldReading:
    """Return what the reader makes of *sample*, put in its place on a blank page."""
    edition = sample.form.split("/")[1]
    page = drawn((FORMS / "ek-1" / f"{edition}.pdf").read_bytes(), dpi=_DPI).copy()
    rows, columns = _within(_cell(edition, sample.key))
    part = np.asarray(Image.open(io.BytesIO(sample.png)).convert("L"))
    size = (columns.stop - columns.start, rows.stop - rows.start)
    page[rows, columns] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    settings = Settings(today=TODAY, form_paths=(FORMS,), units=units())
    found = read_picture(Picture(np.ascontiguousarray(page), dpi=_DPI), load(FORMS), settings)
    assert isinstance(found, FormReading), "the blank page was not known again"
    return found.field(sample.key)


def score(found: Sequence[Sample]) -> Score:
    """Read all of *found*."""
    fields = [(s, read(s)) for s in found]
    right = sum(f.value == s.truth for s, f in fields)
    wrong = sum(f.state is State.SURE and f.value != s.truth for s, f in fields)
    return Score(right, wrong, len(fields))


def _cell(edition: str, key: str) -> Box:
    return next(f.cell for f in definition(edition).fields if f.key == key)


def _within(box: Box) -> tuple[slice, slice]:
    x0, y0, x1, y1 = (round(v * RESOLUTION) for v in (box.x0, box.y0, box.x1, box.y1))
    return slice(y0, y1), slice(x0, x1)


def _make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    rows = []
    for number, key, hand in (
        (0, "surname", "typed"), (1, "given_name", "typed"), (2, "title", "typed"),
        (3, "surname", "pen"), (4, "employed_from", "typed"),
    ):  # fmt: skip
        order = an_order(number)
        page: Grey = drawn(filled(order, hand=hand), dpi=_DPI)  # type: ignore[arg-type]
        edition = str(definition().version)
        png = as_png(np.ascontiguousarray(page[_within(_cell(edition, key))]))
        name = f"{hashlib.sha256(png).hexdigest()}.png"
        (folder / name).write_bytes(png)
        rows.append({"picture": name, "key": key, "truth": order[key], "read": "",
                     "state": "unsure", "how": "scan", "form": f"ek-1/{edition}",
                     "reader": "sample"})  # fmt: skip
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / LIST).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    _make(GOLDEN)
