"""How well captured forms are read: tables, the reliability curve, one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.scans import score
from bench.scans.reading import Run, apart, ours
from bench.scans.score import RATES, Row, Tally

_HEADS = ("docs", *RATES, "silent", "false", "extra", "ms/doc")
Groups = dict[str, Tally]


def measure(out: Path, captures: Sequence[str] = (), *, limit: int = 0, show: bool = False) -> None:
    """Read every document in *out* (those of *captures*, at most *limit*) and tell how it went."""
    truth = _truth(out, captures)[: limit or None]
    run = apart(ours, [out / row["file"] for row in truth])
    with (out / "answers.jsonl").open("w", encoding="utf-8") as file:
        for done in run.documents:
            for answer in done.answers:
                print(json.dumps(answer, ensure_ascii=False), file=file)
    told = report(truth, run, show=show)
    (out / "measured.json").write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    print(f"written: {out / 'measured.json'}")


def _truth(out: Path, captures: Sequence[str]) -> list[Row]:
    lines = (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if not captures or row["capture"] in captures]


def report(truth: Sequence[Row], run: Run, *, show: bool = False) -> dict[str, Any]:
    """Print how *run* did against *truth*; return the same as plain data."""
    console = Console(width=150)
    scored = score.score(truth, [a for done in run.documents for a in done.answers])
    seconds = {done.file: done.seconds for done in run.documents}
    groups, defects, total = _grouped(scored)
    files = _files(truth)
    if show:
        _show(console, scored)
    console.print(_table("capture · fill", groups | {"ALL": total}, files, seconds))
    if defects:
        console.print(_table("fault", defects, {}, {}))
    console.print(_curve(total))
    proved = _proved(total)
    console.print(
        f"values called sure: {proved['sure']}, wrong among them: {proved['wrong']}; so at most "
        f"{100 * proved['bound']:.3f} % are wrong (95 %). Peak memory {run.peak:.0f} MB."
    )
    return {
        "groups": {name: _plain(tally) for name, tally in (groups | {"ALL": total}).items()},
        "faults": {name: _plain(tally) for name, tally in defects.items()},
        "reliability": score.curve(total.told), "sure": proved, "peak_mb": round(run.peak),
        "ms_per_document": round(1000 * sum(seconds.values()) / max(1, len(seconds))),
    }  # fmt: skip


def _grouped(scored: Sequence[tuple[Row, Tally]]) -> tuple[Groups, Groups, Tally]:
    groups: Groups = {}
    defects: Groups = {}
    total = Tally()
    for row, tally in scored:
        groups.setdefault(_group(row), Tally()).add(tally)
        total.add(tally)
        if row.get("defect"):
            defects.setdefault(row["defect"], Tally()).add(tally)
    return dict(sorted(groups.items())), dict(sorted(defects.items())), total


def _group(row: Row) -> str:
    return f"{row['capture']} · {row['fill']}"


def _files(truth: Sequence[Row]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {"ALL": [row["file"] for row in truth]}
    for row in truth:
        files.setdefault(_group(row), []).append(row["file"])
    return files


def _table(title: str, groups: Mapping[str, Tally], files: Mapping[str, list[str]],
           seconds: Mapping[str, float]) -> Table:  # fmt: skip
    table = Table(title=title, title_justify="left")
    for n, head in enumerate(("", *_HEADS)):
        table.add_column(head, justify="right" if n else "left")
    for name, tally in groups.items():
        taken = [seconds[f] for f in files.get(name, ()) if f in seconds]
        cells = [_cell(tally.rate(r)) for r in RATES]
        each = f"{1000 * sum(taken) / len(taken):.0f}" if taken else ""
        table.add_row(name, str(tally.documents), *cells, str(tally.silent), str(tally.false),
                      str(tally.extra), each, end_section=name == "ALL")  # fmt: skip
    return table


def _cell(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.1f}"


def _curve(total: Tally) -> Table:
    table = Table(title="reliability: values by confidence", title_justify="left")
    for head in ("confidence", "values", "right", "%"):
        table.add_column(head, justify="right")
    for low, high, count, right in score.curve(total.told):
        table.add_row(f"{low:g} to {high:g}", str(count), str(right), f"{100 * right / count:.2f}")
    return table


def _proved(total: Tally) -> dict[str, Any]:
    sure = [right for _confidence, is_sure, right in total.told if is_sure]
    wrong = len(sure) - sum(sure)
    return {"sure": len(sure), "wrong": wrong, "bound": score.bound(wrong, len(sure))}


def _plain(tally: Tally) -> dict[str, Any]:
    rates = {r: None if (v := tally.rate(r)) is None else round(v, 2) for r in RATES}
    return {"documents": tally.documents, **rates, "silent": tally.silent, "false": tally.false,
            "extra": tally.extra}  # fmt: skip


def _show(console: Console, scored: Sequence[tuple[Row, Tally]]) -> None:
    for row, tally in scored:
        for line in tally.wrong:
            console.print(f"{row['file']} [{row['layout']}] {line}", markup=False, highlight=False)
