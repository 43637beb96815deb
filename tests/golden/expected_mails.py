"""What the reader makes of a mail, as text that a person can check. Compares nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from parsers.mail.message import parse

OWN = ("lokala.ek@jarfalla.example",)
GATEWAY = "mx.jarfalla.example"


def expectation(raw: bytes) -> str:
    """Return everything that was read, without what is at its default, as JSON."""
    mail = asdict(parse(raw, own_addresses=OWN, authserv_id=GATEWAY))
    for item in mail["attachments"]:
        item["content"] = (
            f"{len(item['content'])} bytes, {hashlib.sha256(item['content']).hexdigest()[:16]}"
        )
    mail["date"] = mail["date"] and mail["date"].isoformat()
    nothing = ("", None, (), False)
    kept = {k: v for k, v in mail.items() if v not in nothing or (k, v) == ("return_path", "")}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
