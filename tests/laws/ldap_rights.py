"""The rights that the operating guide tells an office to order. Holds no law."""

from __future__ import annotations

import re
from pathlib import Path

from tests.servers.slapd import BOT, PEOPLE

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"


def documented() -> str:
    """Return the guide's access rules for OpenLDAP, with this test's names in them."""
    text = GUIDE.read_text(encoding="utf-8")
    found = re.search(r"^    access to dn\.subtree.*?(?=^\S|^$)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, "the guide has no access rules"
    rules = re.sub(r"^    ", "", found[0], flags=re.MULTILINE)
    return rules.replace("ou=personer,o=Kommunen,c=SE", PEOPLE).replace(
        "uid=ek-bot,ou=konton,o=Kommunen,c=SE", BOT
    )
