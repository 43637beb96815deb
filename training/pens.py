"""Trains the small net that tells writing by hand from type: ``python -m training.pens``."""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from parsers.scan.readers.letters import HEIGHT, shape
from training import degrade, fonts, lines

OUT = Path(__file__).parents[1] / "parsers" / "scan" / "readers" / "pen.onnx"
Sample = tuple[NDArray[np.float32], int, str, str]  # the shaped line, 1 by hand, way, capture
BATCH = 48


class Net(nn.Module):
    """Four convolutions and what they saw most and on average; about 40,000 weights."""

    def __init__(self) -> None:
        super().__init__()
        steps: list[nn.Module] = []
        for one, two in ((1, 16), (16, 24), (24, 32), (32, 48)):
            steps += [nn.Conv2d(one, two, 3, stride=2, padding=1), nn.BatchNorm2d(two), nn.ReLU()]
        self.see = nn.Sequential(*steps, nn.Conv2d(48, 48, 3, padding=1), nn.ReLU())
        self.say = nn.Sequential(nn.Dropout(0.2), nn.Linear(96, 1))

    def forward(self, line: torch.Tensor) -> torch.Tensor:
        """Return the logit of "by hand" for each line [n, 1, height, width]."""
        seen = self.see(line)
        most, mean = seen.amax(dim=(2, 3)), seen.mean(dim=(2, 3))
        logit: torch.Tensor = self.say(torch.cat([most, mean], dim=1))[:, 0]
        return logit


def samples(folder: Path, digits: Path, split: fonts.Split, count: int, seed: int) -> list[Sample]:
    """Return *count* captured lines, half of them typed."""
    dice = random.Random(seed)
    hand = lines.Draughtsman(fonts.load(folder, split), lines.real_digits(digits, split), dice)
    out: list[Sample] = []
    other = None
    while len(out) < count:
        way = dice.choice(("typed", "typed", "typed", "caps", "hand", "digits"))
        try:
            line = hand.draw(way)
        except OSError:  # a font whose hints FreeType can't follow at some size
            continue
        grey = degrade.penned(line.ink, dice, hand=way != "typed")
        capture = dice.choice(degrade.CAPTURES)
        strip = degrade.captured(degrade.soiled(grey, dice, other), capture, dice)
        other = grey
        shaped = shape(strip)
        if shaped is not None:
            out.append((shaped, int(way != "typed"), way, capture))
    return out


def batches(found: list[Sample], dice: random.Random) -> list[list[Sample]]:
    """Return the samples in batches of like width, the batches in random order."""
    ranked = sorted(found, key=lambda s: s[0].shape[1] + dice.uniform(-40, 40))
    out = [ranked[i : i + BATCH] for i in range(0, len(ranked), BATCH)]
    dice.shuffle(out)
    return out


def stacked(batch: list[Sample]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a batch cut to the narrowest line's width, so that none shows padding."""
    wide = max(48, min(s[0].shape[1] for s in batch))
    block = np.zeros((len(batch), 1, HEIGHT, wide), np.float32)
    for row, (line, *_rest) in enumerate(batch):
        part = line[:, :wide]
        block[row, 0, :, : part.shape[1]] = part
    return torch.from_numpy(block), torch.tensor([float(s[1]) for s in batch])


def train(net: Net, found: list[Sample], epochs: int, seed: int) -> None:
    """Train *net* on *found*."""
    dice = random.Random(seed)
    steps = epochs * (len(found) // BATCH + 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    loss_of = nn.BCEWithLogitsLoss()
    net.train()
    for epoch in range(epochs):
        begun, total = time.monotonic(), 0.0
        for batch in batches(found, dice):
            block, wanted = stacked(batch)
            loss = loss_of(net(block), wanted)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
            total += float(loss.detach()) * len(batch)
        print(
            f"epoch {epoch} loss {total / len(found):.4f} {time.monotonic() - begun:.0f} s",
            flush=True,
        )


def measure(net: Net, found: list[Sample]) -> None:
    """Print, per way and capture, the share called "by hand" at several bounds."""
    net.eval()
    with torch.no_grad():
        said = [float(torch.sigmoid(net(torch.from_numpy(s[0][None, None])))[0]) for s in found]
    for way in ("typed", "caps", "hand", "digits"):
        for capture in degrade.CAPTURES:
            mine = [p for p, s in zip(said, found, strict=True) if s[2] == way and s[3] == capture]
            cells = " ".join(
                f"{100 * np.mean([p > b for p in mine]):6.1f}" for b in (0.1, 0.2, 0.5, 0.8)
            )
            print(f"{way:7} {capture:8} {len(mine):5} {cells}")


def main() -> None:
    """Train, measure on held-out fonts, export."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--fonts", type=Path, required=True)
    asked.add_argument("--digits", type=Path, required=True)
    asked.add_argument("--lines", type=int, default=20_000)
    asked.add_argument("--epochs", type=int, default=6)
    asked.add_argument("--seed", type=int, default=3)
    asked.add_argument("--out", type=Path, default=OUT)
    options = asked.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    net = Net()
    train(net, samples(options.fonts, options.digits, "train", options.lines, options.seed),
          options.epochs, options.seed)  # fmt: skip
    torch.onnx.export(
        net, (torch.zeros(1, 1, HEIGHT, 200),), options.out, input_names=["line"],
        output_names=["logit"], dynamic_axes={"line": {0: "n", 3: "width"}, "logit": {0: "n"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    measure(net, samples(options.fonts, options.digits, "held", 3_000, options.seed + 1))


if __name__ == "__main__":
    main()
