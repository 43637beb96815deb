"""Whether Exchange itself vouches for the author. Checks no signature, and asks no server.

Mail between mailboxes of one organisation passes no gateway that writes Authentication-Results;
Exchange says in fields of its own how the sender logged in ([MS-OXCMAIL], AuthAs). Exchange takes
such fields out of mail that comes from outside (its header firewall), so they are its own word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.mail.authentication import Verdict, result_for

_AUTH_AS = "x-ms-exchange-organization-authas"
_RESULTS = "authentication-results"
_NAMELESS = re.compile(r"(?:spf|dkim|dmarc|arc|compauth)\s*=", re.IGNORECASE)
# Exchange Online's own remarks beside the standard's words (RFC 8601 has no such properties).
_REMARKS = re.compile(
    r"\s(?:action|reason)=[\w.-]*|;?\s*compauth=\w*(?:\s+reason=\w*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Vouched:
    """What Exchange says of a mail's author."""

    inside: bool = False  # logged in to the organisation's own Exchange; From is not compared
    outside: Verdict = Verdict.NONE  # came from outside; what Exchange Online found by DMARC


NOBODY = Vouched()


def vouched(headers: Sequence[tuple[str, str]], author: str) -> Vouched:
    """Return what Exchange says of *author*, the one address in From.

    Exchange Online writes its results uppermost and without a server's name. A field that stands
    there twice is nobody's word.
    """
    said = [" ".join(v.split()).lower() for n, v in headers if n.strip().lower() == _AUTH_AS]
    if said != ["anonymous"]:
        return Vouched(inside=said == ["internal"])
    uppermost = next((v for n, v in headers if n.strip().lower() == _RESULTS), "")
    plain = " ".join(uppermost.split())
    if not _NAMELESS.match(plain):
        return NOBODY
    return Vouched(outside=result_for("; " + _REMARKS.sub("", plain), author))
