"""Write the edition in print into a folder of definitions: run it after changing the layout.

Not for offices: those print with `ekbot form blank`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.adapters.blank.definition import write_definition
from bot.adapters.blank.layout import current
from bot.adapters.blank.office import OfficeFacts
from bot.adapters.blank.write import write_blank

EXAMPLE = OfficeFacts(
    name="Järfälla kommun",
    mail="lokala.ek@jarfalla.example",
    phone="08-465 004 10",
    department="IT-avdelningen, Lokala EK",
    region="Region Stockholm",
)


def main(folder: Path) -> None:
    """Write the edition's PDF and TOML into *folder*."""
    layout = current()
    (folder / f"{layout.version}.pdf").write_bytes(write_blank(EXAMPLE))
    text = write_definition(layout)
    (folder / f"{layout.version}.toml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
