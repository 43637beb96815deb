"""``python -m bench.scans fonts|make|measure``."""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from pathlib import Path

from bench.scans import blanks, documents
from bench.scans.filling import FILLS
from bench.scans.fonts import CACHE, Fonts, MissingFontsError, fetch
from tests.filled import GOLDEN


def main() -> int:
    """Do what the command line says; 2 when the fonts are not there."""
    told = _arguments().parse_args()
    try:
        match told.verb:
            case "fonts":
                for name in fetch(told.fonts):
                    print(name)
            case "make":
                make(
                    told.out,
                    told.seed,
                    told.count,
                    Fonts(told.fonts),
                    tuple(told.capture),
                    tuple(told.fill),
                )
    except MissingFontsError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scans", description=__doc__)
    parser.add_argument("--fonts", type=Path, default=CACHE, help=f"the fonts' folder ({CACHE})")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("fonts", help="fetch the fonts once")
    maker = verbs.add_parser("make", help="write documents, truth.jsonl and managers.csv")
    maker.add_argument("--out", type=Path, required=True)
    maker.add_argument("--seed", type=int, default=1)
    maker.add_argument("--count", type=int, default=len(documents.KINDS) * len(FILLS))
    maker.add_argument("--capture", nargs="*", default=(), choices=documents.KINDS)
    maker.add_argument("--fill", nargs="*", default=(), choices=FILLS)
    return parser


def make(
    out: Path, seed: int, count: int, fonts: Fonts, captures: tuple[str, ...] = (),
    fills: tuple[documents.Fill, ...] = (),
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


if __name__ == "__main__":
    sys.exit(main())
