"""The net: a few convolutions down to one row, a light recurrent layer both ways, CTC."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from parsers.scan.readers.letters import ALPHABET


def _layer(before: int, after: int, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


class _Residual(nn.Module):
    """Two convolutions beside a straight way."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _layer(width, width)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return the sum of both ways."""
        return torch.relu(x + self.second(self.first(x)))


class LineNet(nn.Module):
    """Reads [n, 1, 40, w] ink 0-1 and returns [n, w / 4, classes] log-probabilities; 0 is blank."""

    def __init__(self, hidden: int = 128) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            _layer(1, 24, (2, 2)),  # 20 rows
            _layer(24, 48, (2, 1)),  # 10
            _layer(48, 72, (1, 2)),
            _layer(72, 112, (2, 1)),  # 5
            _Residual(112),
        )
        self.row = nn.Sequential(
            nn.Conv2d(112, 192, (5, 1), bias=False), nn.BatchNorm2d(192), nn.ReLU(inplace=True)
        )
        self.rnn = nn.GRU(192, hidden, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * hidden, len(ALPHABET) + 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return log-probabilities."""
        row = self.row(self.eye(x)).squeeze(2).transpose(1, 2)
        seen, _ = self.rnn(row)
        return torch.log_softmax(self.head(self.drop(seen)), dim=2)
