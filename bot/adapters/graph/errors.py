"""What Graph's refusals ask of us. Quotes no message: Graph's may name addresses and subjects."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from bot.adapters.graph.names import Error
from bot.ports.errors import NeedsOperatorError, TransientError

_CODE = re.compile(r"^[A-Za-z][A-Za-z0-9_.]{0,79}$")
_DEPTH = 8  # inner errors within inner errors
_PASSING = frozenset({408, 409, 423, 425, 429, 509})
_PASSING_CODES = frozenset(
    {
        "ErrorConnectionFailed",
        "ErrorExceededConnectionCount",
        "ErrorInternalServerTransientError",
        "ErrorMailboxMoveInProgress",
        "ErrorMailboxStoreUnavailable",
        "ErrorServerBusy",
        "ErrorTimeoutExpired",
    }
)
_LONGEST = 86_400.0  # seconds: what a peer can ask us to wait

ASK_FOR = (
    "Be den som sköter Exchange Online att ge programmet rollerna Application Mail.ReadWrite och"
    " Application Mail.Send för brevlådan, och kontrollera med Test-ServicePrincipalAuthorization."
    " En ny behörighet kan ta ett par timmar att börja gälla."
)
NO_MAILBOX = (
    "Kontrollera mailbox: brevlådans adress eller id. Den måste ligga i Exchange Online, inte i"
    " en egen Exchange, och ha en licens eller vara en delad brevlåda."
)
_ADVICE: Mapping[str, str] = {
    "ErrorAccessDenied": ASK_FOR,
    "Authorization_RequestDenied": ASK_FOR,
    "accessDenied": ASK_FOR,
    "ErrorSendAsDenied": "Kontrollera att [office] mail är brevlådans egen adress, eller ge den"
    " rätt att skicka som den adressen (Send As).",
    "ErrorQuotaExceeded": "Brevlådan är full. Rensa i den eller höj dess gräns.",
    "ErrorMessageSubmissionBlocked": "Brevlådan är spärrad för utgående post. Fråga den som"
    " sköter Exchange Online varför.",
    "ErrorInvalidUser": NO_MAILBOX,
    "Request_ResourceNotFound": NO_MAILBOX,
    "ResourceNotFound": NO_MAILBOX,
    "MailboxNotEnabledForRESTAPI": NO_MAILBOX,
    "MailboxNotSupportedForRESTAPI": NO_MAILBOX,
    "ErrorNonExistentMailbox": NO_MAILBOX,
}
FOR_OPERATOR = frozenset(_ADVICE)


class RefusedError(TransientError):
    """Graph answered with an error: ``status`` and ``code`` say which."""

    def __init__(
        self, reason: str, status: int, code: str, retry_after: float | None = None
    ) -> None:
        """Keep status, code and how long Graph asks us to wait."""
        super().__init__(reason, retry_after)
        self.status = status
        self.code = code

    @property
    def passing(self) -> bool:
        """Tell whether the same request may well succeed later."""
        if self.code in FOR_OPERATOR:
            return False
        known = self.status in _PASSING or self.code in _PASSING_CODES
        return known or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def throttled(self) -> bool:
        """Tell whether it is the pace that was refused, so that nothing was done."""
        return self.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

    @property
    def gone(self) -> bool:
        """Tell whether the thing asked for is not there, while the mailbox is."""
        return self.status == HTTPStatus.NOT_FOUND and self.code not in FOR_OPERATOR

    def for_operator(self) -> NeedsOperatorError:
        """Return what an operator can do about it."""
        advice = _ADVICE.get(
            self.code,
            "Kontrollera url, mailbox och folder. Står det rätt: visa felet för leverantören.",
        )
        return NeedsOperatorError(self.reason, advice)


class BrokenError(TransientError):
    """No answer came. ``handed_over``: the whole request had left, so it may have been done."""

    def __init__(self, reason: str, *, handed_over: bool) -> None:
        """Say *reason*, and whether the request had left."""
        super().__init__(reason)
        self.handed_over = handed_over


@contextlib.contextmanager
def settled() -> Iterator[None]:
    """Let a refusal that will not pass leave the block as an operator's error.

    Raises:
        TransientError: it will pass.
        NeedsOperatorError: it will not.
    """
    try:
        yield
    except RefusedError as error:
        if error.passing:
            raise
        raise error.for_operator() from error


def code_of(told: object) -> str:
    """Return the most exact error code of an error's answer; "" when there is none."""
    found = ""
    inner: Any = told.get(Error.ERROR) if isinstance(told, dict) else None
    for _ in range(_DEPTH):
        if not isinstance(inner, dict):
            break
        code = inner.get(Error.CODE)
        if isinstance(code, str) and _CODE.match(code):
            found = code
        inner = inner.get(Error.INNER) or inner.get(Error.INNER_LOWER)
    return found


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds Graph asks us to wait (RFC 9110 §10.2.3), None when it does not.

    A date is counted from the answer's own date, so that no clock of ours is asked.
    """
    value = headers.get("Retry-After", "").strip()
    if not value or not value.isascii():
        return None
    if value.replace(".", "", 1).isdecimal():
        return min(float(value), _LONGEST)
    try:
        until = parsedate_to_datetime(value)
        told = parsedate_to_datetime(headers.get("Date", ""))
        seconds = (until - told).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST)
