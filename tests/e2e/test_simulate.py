"""A small municipality lives sixty days against the real program."""

import json
import os
import subprocess
import sys

import pytest


def _simulated(seed, hashing="0"):
    words = [sys.executable, "-m", "bot", "simulate", "--days", "60", "--persons", "60",
             "--seed", str(seed), "--json"]  # fmt: skip
    done = subprocess.run(
        words, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": hashing}
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", [1, 2])
def test_sixty_days_break_nothing_and_the_same_seed_gives_the_same_letters(seed):
    first = _simulated(seed)
    assert first["broken"] == []
    assert first["mails"] > 0
    assert first == _simulated(seed, hashing="7")
