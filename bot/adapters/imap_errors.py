"""What the IMAP library's errors ask of us. Quotes no mail: the library's own words may."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from imapclient.exceptions import (
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
)

from bot.adapters import tls
from bot.ports.errors import NeedsOperatorError, TransientError

_CODE = re.compile(r"\[([A-Z-]+)")
_PASSING = frozenset({"UNAVAILABLE", "INUSE", "SERVERBUG", "LIMIT", "CONTACTADMIN"})  # RFC 5530


class RefusedError(TransientError):
    """The server said NO; ``code`` is its response code (RFC 5530), "" when it gave none."""

    def __init__(self, reason: str, code: str) -> None:
        """Keep the server's words and code."""
        super().__init__(reason)
        self.code = code

    @property
    def passes(self) -> bool:
        """Tell whether the server's trouble will pass."""
        return self.code in _PASSING

    def for_operator(self, advice: str) -> TransientError | NeedsOperatorError:
        """Return the error for an operator, or itself when the server's trouble will pass."""
        return self if self.passes else NeedsOperatorError(self.reason, advice)


@contextlib.contextmanager
def translated(peer: str, step: str) -> Iterator[None]:
    """Let library, socket and TLS errors of the block leave as ours.

    Raises:
        RefusedError: the server said NO to *step*.
        TransientError: the connection broke, or an answer made no sense.
        NeedsOperatorError: certificate, or something the account may not do.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise NeedsOperatorError(
            f"{peer}: {step}: letters that the server cannot take",
            "Servern klarar bara a–z, siffror och vanliga tecken i användarnamn och lösenord.",
        ) from error
    except IMAPClientReadOnlyError as error:
        raise NeedsOperatorError(
            f"{peer}: {step}: the folder is read-only",
            "Ge kontot rätt att flytta mejl ur inkorgen.",
        ) from error
    except IMAPClientError as error:
        if _broken(error):
            raise TransientError(f"{peer}: {step}: the connection broke") from error
        words = str(error)[:200]
        code = _CODE.search(words)
        raise RefusedError(f"{peer}: {step}: {words}", code[1] if code else "") from error
    except OSError as error:
        raise tls.translated(error, peer) from error
    except ValueError as error:
        raise TransientError(f"{peer}: {step}: an answer that makes no sense") from error


def _broken(error: IMAPClientError) -> bool:
    """Tell a lost connection from a refusal; the library calls both a login error."""
    cause = error.__context__ if isinstance(error, LoginError) else error
    return isinstance(cause, IMAPClientAbortError)
