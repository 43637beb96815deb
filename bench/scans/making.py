"""A folder of documents with their truth and the register they are judged by."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.scans import blanks, documents
from bench.scans.fonts import Fonts
from tests.filled import GOLDEN


def make(
    out: Path, seed: int, count: int, fonts: Fonts, captures: Sequence[str] = (),
    fills: Sequence[documents.Fill] = (),
) -> None:  # fmt: skip
    """Write *count* documents of *seed* into *out*: the same ones each time.

    Raises:
        MissingFontsError: the fonts are not there.
    """
    fonts.check()
    out.mkdir(parents=True, exist_ok=True)
    maker = documents.Maker(fonts, blanks.own(), blanks.foreign(out))
    with (out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for n, (capture, how) in enumerate(documents.plan(count, captures, fills)):
            rng = random.Random(f"{seed}-{n}-{capture}-{how}")
            made = maker.make(f"{n:04d}", capture, how, rng)
            (out / made.name).write_bytes(made.content)
            print(json.dumps(made.truth, ensure_ascii=False), file=truth)
    shutil.copyfile(GOLDEN / "managers.csv", out / "managers.csv")
