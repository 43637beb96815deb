"""Trains the net on shards while they are being made; can be stopped and taken up again."""

from __future__ import annotations

import argparse
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn

from parsers.scan.readers.letters import HEIGHT, STEP
from training.lines import labels
from training.model import LineNet

Sample = tuple[np.ndarray, str]
KEEP = 24  # shards in memory at a time
WARM = 100  # steps until the full rate


class Shards:
    """Lines from the newest shards; a shard is taken up as soon as it lies there."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._noise = folder, np.random.default_rng(seed)
        self._seen: set[Path] = set()
        self._kept: deque[list[Sample]] = deque(maxlen=KEEP)

    def _look(self) -> None:
        while True:
            fresh = [p for p in sorted(self._folder.glob("*.npz")) if p not in self._seen]
            if fresh or self._kept:
                break
            time.sleep(2)
        for path in fresh[-KEEP:]:
            self._kept.append(_lines(path))
        self._seen.update(fresh)

    def batches(self, pixels: int) -> Iterator[tuple[torch.Tensor, list[str], list[int]]]:
        """Yield batches of lines of like width, about *pixels* columns each, without end."""
        while True:
            self._look()
            newest = self._kept[-1]
            old = [self._kept[i] for i in self._noise.integers(0, len(self._kept), 2)]
            pool = newest + [s for shard in old for s in shard]
            picked = [pool[i] for i in self._noise.permutation(len(pool))[: len(newest) * 2]]
            picked.sort(key=lambda s: s[0].shape[1] + self._noise.uniform(0, 40))
            groups: list[list[Sample]] = [[]]
            for sample in picked:
                if len(groups[-1]) and sample[0].shape[1] * (len(groups[-1]) + 1) > pixels:
                    groups.append([])
                groups[-1].append(sample)
            for at in self._noise.permutation(len(groups)):
                yield _batch(groups[at], self._noise)


def _lines(path: Path) -> list[Sample]:
    with np.load(path) as shard:
        ends = np.cumsum(shard["wide"])
        ink = shard["ink"]
        return [
            (ink[:, end - wide : end].copy(), str(text))
            for end, wide, text in zip(ends, shard["wide"], shard["texts"], strict=True)
        ]


def _batch(
    group: list[Sample], noise: np.random.Generator
) -> tuple[torch.Tensor, list[str], list[int]]:
    widest = max(s[0].shape[1] for s in group)
    page = np.zeros((len(group), 1, HEIGHT, widest), np.float32)
    for row, (ink, _) in enumerate(group):
        faint = noise.uniform(0.75, 1.1)
        page[row, 0, :, : ink.shape[1]] = np.clip(ink.astype(np.float32) * (faint / 255), 0, 1)
    widths = [s[0].shape[1] // STEP for s in group]
    return torch.from_numpy(page), [s[1] for s in group], widths


def main() -> None:
    """Train for so many minutes, saving as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--final", type=float, default=3e-5)
    parser.add_argument("--pixels", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    net = LineNet().to(memory_format=torch.channels_last)
    averaged = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998), use_buffers=True
    )
    best = torch.optim.AdamW(net.parameters(), lr=given.rate, weight_decay=0.01, betas=(0.9, 0.98))
    step = 0
    if given.resume:
        saved = torch.load(given.resume, weights_only=True)
        net.load_state_dict(saved["net"])
        averaged.load_state_dict(saved["averaged"])
        best.load_state_dict(saved["optimiser"])
        step = saved["step"]
    _run(net, averaged, best, step, given)


def _run(
    net: LineNet,
    averaged: torch.optim.swa_utils.AveragedModel,
    best: torch.optim.Optimizer,
    step: int,
    given: argparse.Namespace,
) -> None:
    loss_of = nn.CTCLoss(zero_infinity=True, reduction="sum")
    start, told, losses, first = time.monotonic(), 0.0, [], step
    net.train()
    for page, texts, widths in Shards(given.shards, given.seed + step).batches(given.pixels):
        past = (time.monotonic() - start) / 60
        share = min(past / given.minutes, 1)
        rate = given.final + (given.rate - given.final) * 0.5 * (1 + np.cos(np.pi * share))
        for group in best.param_groups:
            group["lr"] = float(rate) * min((step - first + 1) / WARM, 1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logs = net(page.to(memory_format=torch.channels_last))
        logs = logs.float().transpose(0, 1)
        wanted = [labels(t) for t in texts]
        flat = torch.tensor([c for row in wanted for c in row])
        lengths = torch.tensor([len(row) for row in wanted])
        loss = loss_of(logs, flat, torch.tensor(widths), lengths) / lengths.sum()
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        best.step()
        averaged.update_parameters(net)
        step += 1
        losses.append(float(loss.detach()))
        if past - told > 1 or share >= 1:
            told = past
            print(
                f"{past:.1f} min, step {step}, rate {rate:.1e}, loss {np.mean(losses[-200:]):.4f}",
                flush=True,
            )
            state = {
                "net": net.state_dict(),
                "averaged": averaged.state_dict(),
                "optimiser": best.state_dict(),
                "step": step,
            }
            torch.save(state, given.out.with_suffix(".part"))
            given.out.with_suffix(".part").rename(given.out)
        if share >= 1:
            return


if __name__ == "__main__":
    main()
