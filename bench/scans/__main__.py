"""``python -m bench.scans fonts|make|measure``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.scans import documents, measure
from bench.scans.filling import FILLS
from bench.scans.fonts import CACHE, Fonts, MissingFontsError, fetch
from bench.scans.making import make


def main() -> int:
    """Do what the command line says; 2 when the fonts are not there."""
    told = _arguments().parse_args()
    try:
        match told.verb:
            case "fonts":
                for name in fetch(told.fonts):
                    print(name)
            case "make":
                make(told.out, told.seed, told.count, Fonts(told.fonts), told.capture, told.fill)
            case "measure":
                measure.measure(told.out, told.capture, limit=told.limit, show=told.show)
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
    measurer = verbs.add_parser("measure", help="read the documents and tell how it went")
    measurer.add_argument("--out", type=Path, required=True, help="what make wrote")
    measurer.add_argument("--capture", nargs="*", default=(), choices=documents.KINDS)
    measurer.add_argument("--limit", type=int, default=0, help="read so many only")
    measurer.add_argument("--show", action="store_true", help="say what was wrong in each")
    return parser


if __name__ == "__main__":
    sys.exit(main())
