"""The row of ``make bench``: captured forms, ours beside whole-page readers, in one run."""

from __future__ import annotations

import cProfile
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.rows import Row
from bench.scans import reading, score
from bench.scans.fonts import Fonts, MissingFontsError
from bench.scans.making import make
from bench.scans.peers import peers

COUNT = 24
_PEERS_READ = 4  # documents; they take seconds each
_SEED = 20261123
_CAPTURES = ("scan300", "scan200", "scan150", "fax", "photo", "stain")
_STEPS = (  # what a page's time goes to: label, end of the module's path, function
    ("laying on the blank", "parsers/scan/registration.py", "place"),
    ("cutting strips", "parsers/scan/strips.py", "cut"),
    ("ticks", "parsers/scan/marks.py", "read_group"),
    ("signature", "parsers/scan/signing.py", "read"),
    ("PP-OCRv6", "readers/ppocr.py", "read"), ("Tesseract on strips", "readers/tess.py", "read"),
    ("our line reader", "readers/line.py", "read"),
)  # fmt: skip


def measure() -> list[Row]:
    """Return ours beside the peers; nothing, with a word why, when the fonts are not there."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        try:
            make(out, _SEED, COUNT, Fonts(), _CAPTURES)
        except MissingFontsError as error:
            print(f"captured forms are left out: {error}")
            return []
        truth = [json.loads(line) for line in (out / "truth.jsonl").read_text().splitlines()]
        return [*_rows(out, truth), *_steps(out, truth)]


def _rows(out: Path, truth: Sequence[score.Row]) -> list[Row]:
    ours = reading.apart(reading.ours, [out / t["file"] for t in truth])
    total = _total(truth, ours)
    note = f"{COUNT} documents; accepted {total.rate('accept') or 0:.1f} % of those to accept"
    critical = f"silent errors {total.silent}, false accepts {total.false}"
    rows = [
        Row("captured forms, fields right", total.rate("field") or 0, None, "%", note),
        Row(
            "captured forms, critical fields right",
            total.rate("critical") or 0,
            None,
            "%",
            critical,
        ),
    ]
    own = [t for t in truth if t["layout"].startswith("20")][:_PEERS_READ]
    mine = reading.Run([d for d in ours.documents if d.file in {t["file"] for t in own}], ours.peak)
    for name, read in peers().items():
        run = reading.apart(read, [out / t["file"] for t in own])
        note = f"the same {len(own)} documents; text fields only"
        rows += [
            Row(
                f"fields right beside {name}",
                _text_rate(own, mine),
                _text_rate(own, run),
                "%",
                note,
            ),
            Row(f"captured page beside {name}", _each(mine), _each(run), "ms/page", note),
            Row(f"peak memory beside {name}", mine.peak, run.peak, "MB", "a process of its own"),
        ]
    return rows


def _total(truth: Sequence[score.Row], run: reading.Run) -> score.Tally:
    total = score.Tally()
    for _row, tally in score.score(truth, [a for d in run.documents for a in d.answers]):
        total.add(tally)
    return total


def _text_rate(truth: Sequence[score.Row], run: reading.Run) -> float:
    texts = [
        t | {"fields": {k: v for k, v in t["fields"].items() if k not in score.TICKS}}
        for t in truth
    ]
    return _total(texts, run).rate("field") or 0.0


def _each(run: reading.Run) -> float:
    return 1000 * sum(d.seconds for d in run.documents) / max(1, len(run.documents))


def _steps(out: Path, truth: Sequence[score.Row]) -> list[Row]:
    """Return what the time of some pages goes to, watched by the profiler in this process."""
    paths = [out / t["file"] for t in truth[: len(_CAPTURES)]]
    reading.ours(paths[0])  # models are loaded once
    watch = cProfile.Profile()
    watch.enable()
    for path in paths:
        reading.ours(path)
    watch.disable()
    return [
        Row(f"  of it: {label}", taken / len(paths) * 1000, None, "ms/page", "profiled: dearer")
        for label, module, function in _STEPS
        if (taken := _seconds(watch, module, function)) > 0
    ]


def _seconds(watch: cProfile.Profile, module: str, function: str) -> float:
    found = 0.0
    for entry in watch.getstats():
        code = entry.code
        if not isinstance(code, str) and code.co_filename.endswith(module):
            found += entry.totaltime if code.co_name == function else 0.0
    return found
