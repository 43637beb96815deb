"""Makes shards of degraded, shaped lines for training, one file after the other, for ever."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import cv2
import numpy as np

from parsers.scan.readers.letters import shape
from training.degrade import CAPTURES, captured, penned, soiled
from training.fonts import load
from training.lines import Draughtsman, Line, real_digits

LINES = 2000  # in a shard
_SHARES = (26, 22, 14, 20, 18)  # of the captures, in their order
WIDEST = 1000  # px; longer lines cost time and teach nothing new


def strip(line: Line, dice: random.Random, other: Line | None) -> np.ndarray | None:
    """Return *line* through a capture by lot, shaped for the net; None when nothing is left."""
    grey = penned(line.ink, dice, hand=line.way != "typed")
    grey = soiled(grey, dice, None if other is None else 255 - other.ink)
    return shape(captured(grey, dice.choices(CAPTURES, _SHARES)[0], dice))


def main() -> None:
    """Write shards until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100000)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    fonts, digits = load(given.fonts, "train"), real_digits(given.digits, "train")
    first = len(list(given.out.glob("*.npz")))
    for number in range(first, given.count):
        dice = random.Random(given.seed * 1_000_003 + number)
        maker = Draughtsman(fonts, digits, dice)
        pictures, texts, last = [], [], None
        while len(pictures) < LINES:
            line = maker.draw()
            seen = strip(line, dice, last)
            last = line
            if seen is not None and len(line.text) * 4 < seen.shape[1] < WIDEST:
                pictures.append((seen * 255).astype(np.uint8))
                texts.append(line.text)
        wide = np.array([p.shape[1] for p in pictures])
        ready = given.out / f"{number:06d}.npz"
        hidden = ready.with_suffix(".part")
        with hidden.open("wb") as file:
            np.savez(file, ink=np.concatenate(pictures, axis=1), wide=wide, texts=np.array(texts))
        hidden.rename(ready)


if __name__ == "__main__":
    main()
