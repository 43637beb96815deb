"""Draw the lathund of every edition into a folder of templates: run it after changing its words."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.adapters.documents.guide_page import draw_guide
from bot.adapters.documents.guide_text import read_guide


def main(folder: Path) -> None:
    """Draw each ``lathund/EDITION.toml`` under *folder* as ``lathund-EDITION.pdf``."""
    for words in sorted((folder / "lathund").glob("*.toml")):
        guide = read_guide(words)
        (folder / f"lathund-{guide.edition}.pdf").write_bytes(draw_guide(guide))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
