"""A small municipality lives a hundred days against the real program."""

import json
import os
import subprocess
import sys

import pytest


def _simulated(*words, code=0, hashing="0"):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "simulate", *words], capture_output=True, check=False,
        env={**os.environ, "PYTHONHASHSEED": hashing},
    )  # fmt: skip
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_hundred_days_break_nothing_and_the_same_seed_gives_the_same_letters(seed):
    words = ("--days", "100", "--persons", "120", "--seed", seed, "--json")
    (first,) = json.loads(_simulated(*words))["policies"]
    assert first["broken"] == []
    assert first["mails"] > 20
    assert first["clerk_rows"] > 0
    assert first["captures_read"] >= 3  # one scanned, one photographed, one faxed
    assert {m["role"] for m in first["months"]} == {"chefer", "innehavare", "handläggare"}
    assert (first,) == tuple(json.loads(_simulated(*words, hashing="7"))["policies"])


@pytest.mark.slow
def test_two_policies_are_compared_on_the_same_municipality(tmp_path):
    slow = tmp_path / "lugn.toml"
    slow.write_text("[digest]\nenabled = false\n", encoding="utf-8")
    chart = tmp_path / "bild.svg"
    words = ("--days", "50", "--persons", "60", "--policy", str(slow), "--chart", str(chart))
    found = json.loads(_simulated(*words, "--json"))["policies"]
    assert [one["name"] for one in found] == ["standard", "lugn"]
    assert found[0]["broken"] == []
    assert found[1]["broken"] == []  # no digest where the policy wants none
    assert "digest" not in {kind for _role, kind, _count in found[1]["kinds"]}
    assert chart.read_text("utf-8").startswith("<svg")


def test_a_policy_that_is_none_and_a_folder_that_is_used_are_refused(tmp_path):
    (tmp_path / "x.toml").write_text('[office]\nname = "X"\n', encoding="utf-8")
    _simulated("--days", "5", "--policy", str(tmp_path / "x.toml"), code=1)
    _simulated("--days", "5", "--folder", str(tmp_path), code=1)
