"""Write the edition in print where the reader finds it: run it after changing the layout.

Not for offices: staff get their receipts by mail. A receipt that has been handed out keeps its
edition, so the edition's name in ``bot.domain.receipts`` changes with the layout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.adapters.receipt.definition import write_definition
from bot.adapters.receipt.write import write_edition
from bot.domain.receipts import EDITION


def main(folder: Path) -> None:
    """Write the edition's PDF and TOML into *folder*."""
    (folder / f"{EDITION}.pdf").write_bytes(write_edition())
    (folder / f"{EDITION}.toml").write_text(write_definition(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
