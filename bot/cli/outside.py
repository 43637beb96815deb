"""What the outside answered, in Swedish: the log keeps its own words. Decides nothing."""

from __future__ import annotations

import re

_WORDS = (
    (r"database is locked|database.*busy", "databasen är upptagen av ett annat program"),
    (r"the database has no free connection", "databasen har ingen ledig anslutning"),
    (r"another program (?:stored|has)|by another program", "ett annat program hann före"),
    (r"no answer in time|timed? ?out", "inget svar i tid"),
    (r"the connection broke|ConnectionReset", "förbindelsen bröts"),
    (r"does not know the host", "namnet på servern är okänt (DNS)"),
    (r"ConnectionRefused|Connection refused", "servern tar inte emot på den porten"),
    (r"No route to host|Network is unreachable", "nätet når inte dit"),
    (r"an answer that makes no sense", "ett svar som inte går att förstå"),
    (r"the name server does not answer", "namnservern (DNS) svarar inte"),
    (r"the reading process does not start", "läsprocessen startar inte"),
    (r"letters cannot be written", "breven kan inte skrivas"),
    (r"No space left on device", "disken är full"),
    (r"Permission denied", "programmet saknar behörighet"),
    (r"login", "inloggningen gick inte"),
)
_PEER = re.compile(r"((?:imap|smtp|ldap)s? \S+|\S+:\d+):")


def told(reason: str) -> str:
    """Return *reason* in Swedish with the peer's name before it; unknown words as they are."""
    for pattern, words in _WORDS:
        if re.search(pattern, reason, re.IGNORECASE):
            peer = _PEER.match(reason)
            return f"{peer[1]}: {words}" if peer is not None else words
    return reason
