"""Writes the corpus of real-looking mails in tests/golden/mails. Judges nothing.

``python -m tests.golden.build_mails`` writes the mails, and with ``--expect`` what the reader now
makes of them; the diff is the review. Everybody in them is invented.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.golden.expected_mails import expectation
from tests.golden.mail_making import attached, authors, everyday, machines, structures
from tests.golden.mail_making.pieces import MAKERS

FOLDER = Path(__file__).parent / "mails"
THEMES = (everyday, authors, attached, structures, machines)  # importing one fills MAKERS


def main() -> None:
    """Write every mail, and on demand what is read from it."""
    FOLDER.mkdir(exist_ok=True)
    for name, maker in MAKERS.items():
        raw = maker()
        (FOLDER / f"{name}.eml").write_bytes(raw)
        if "--expect" in sys.argv:
            (FOLDER / f"{name}.json").write_text(expectation(raw), encoding="utf-8")


if __name__ == "__main__":
    main()
