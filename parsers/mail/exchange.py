"""Whether Exchange itself vouches for the author. Checks no signature, and asks no server.

Mail between mailboxes of one organisation passes no gateway that writes Authentication-Results;
Exchange says in a field of its own how the sender logged in ([MS-OXCMAIL], AuthAs). Exchange takes
such fields out of mail that comes from outside (its header firewall), so they are its own word.
Of mail from outside nothing is believed here: whoever sent it may have written what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence

_AUTH_AS = "x-ms-exchange-organization-authas"
# A colleague's rule sent it on: Exchange may vouch for the colleague, under another's From.
_SENT_ON = frozenset({"resent-from", "resent-sender", "x-ms-exchange-inbox-rules-loop"})


def is_inside(headers: Sequence[tuple[str, str]]) -> bool:
    """Tell whether Exchange says that the sender logged in to the organisation's own Exchange.

    *headers* are the top-level (name, value) pairs. Whether From is of the organisation's domains,
    the caller knows. A field that stands there twice is nobody's word.
    """
    names = [(n.strip().lower(), v) for n, v in headers]
    said = [" ".join(v.split()).lower() for n, v in names if n == _AUTH_AS]
    return said == ["internal"] and not any(n in _SENT_ON for n, _ in names)
