"""Whether a mail's author is who the From line says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from parsers.mail.authentication import Verdict


class Signatures(Protocol):
    """DKIM checked by ourselves (RFC 6376)."""

    def verify(self, raw: bytes, author_domain: str) -> Verdict:
        """Say whether *raw* bears a valid DKIM signature aligned with *author_domain*.

        Raises:
            TransientError: the name server does not answer; the mail waits.
        """
        ...
