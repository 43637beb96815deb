"""Whether a line was written by hand: a small net's word, never a reader's. Reads no text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from parsers.scan.readers.letters import shape
from parsers.scan.readers.models import ModelError
from parsers.scan.strips import Strip
from parsers.scan.thresholds import limits

WEIGHTS = Path(__file__).with_name("readers") / "pen.onnx"
SHA256 = "789b4c9fb13ac7a31121dc1b988b237a6fcc64cf311373400d3c8c1d72c7a3a2"
_MOST = 6.0
_COMPANY = 4  # strips of a page, for the others to have a say
_LEAST_WIDE = 64  # px of a shaped line: narrower ones are given paper


def by_hand(strips: Sequence[Strip]) -> list[bool]:
    """Tell of each strip of one page whether a pen wrote it; the other strips have a say.

    A page is mostly typed or written throughout, but for a field or two.

    Raises:
        ModelError: the net is missing or not the one we know.
    """
    own = np.array([logit(strip) for strip in strips])
    if len(own) < _COMPANY:
        return [bool(one > 0) for one in own]
    others = (own.sum() - own) / (len(own) - 1)
    return [bool(one > 0) for one in own + limits("pens")["others"] * others]


def logit(strip: Strip) -> float:
    """Return the net's word on *strip*, -6 (typed) to 6 (by hand)."""
    line = shape(strip.grey)
    if line is None:
        return _MOST
    lacking = max(0, _LEAST_WIDE - line.shape[1])
    padded = np.pad(line, ((0, 0), (0, lacking)))[None, None]
    (said,) = _net().run(None, {"line": padded.astype(np.float32)})
    return float(np.clip(np.asarray(said)[0], -_MOST, _MOST))


@cache
def _net() -> InferenceSession:
    try:
        data = WEIGHTS.read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError("Filen pen.onnx saknas eller är skadad")
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(data, options, providers=["CPUExecutionProvider"])
