"""The blanks that people fill in: our own editions, and other offices', learnt from empty ones."""

from __future__ import annotations

import re
from pathlib import Path

from parsers.forms.definition import Definition, load
from parsers.forms.learning import learn
from tests.filled import FORMS
from tests.layouts import STYLES, draw

FOREIGN = "forms"  # the folder of learnt definitions beside the documents


def own() -> tuple[Definition, ...]:
    """Return our own editions."""
    return load(FORMS)


def foreign(folder: Path) -> tuple[Definition, ...]:
    """Return other offices' blanks; learnt into ``forms`` under *folder* the first time."""
    target = folder / FOREIGN
    if not target.is_dir():
        target.mkdir(parents=True)
        for name, style in STYLES.items():
            slug = re.sub(r"[^a-z]+", "-", name.casefold()).strip("-")
            empty = draw(style, None, signed=False)
            learnt = learn(empty, name=slug, known=own())
            if learnt.doubtful or learnt.missing:
                continue  # what has no place can't be filled in
            (target / f"{slug}.pdf").write_bytes(empty)
            (target / f"{slug}.toml").write_text(learnt.toml, encoding="utf-8")
    return load(target)
