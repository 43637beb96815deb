"""The demo's mails are those that their maker writes, and the demo plays."""

from __future__ import annotations

import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

from tests.make_demo import TARGET, mails


def _said(raw: bytes) -> list[object]:
    mail = message_from_bytes(raw, policy=policy.default)
    return [mail["From"], mail["Subject"], *(part.get_content() for part in mail.iter_parts())]


def test_the_kept_mails_are_those_that_the_maker_writes():
    made = mails()
    assert {p.stem for p in (TARGET / "mails").iterdir()} == set(made)
    for name, raw in made.items():
        assert _said((TARGET / "mails" / f"{name}.eml").read_bytes()) == _said(raw), name


def test_the_demo_tells_what_happened_and_where_to_look(tmp_path: Path):
    folder = tmp_path / "demo"
    command = [sys.executable, "-m", "bot", "demo", "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for words in ("14 mejl lästa och avgjorda", "4 frågor till chefer", "list cases", "why K-1"):
        assert words in done.stdout
    assert len(list((folder / "utkorg" / "new").iterdir())) == 15
    assert list((folder / "inkorg" / "new").iterdir()) == []
