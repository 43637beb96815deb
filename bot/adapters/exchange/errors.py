"""What Exchange's codes and the library's errors ask of us. Quotes no words of theirs.

The server's words and the library's may hold addresses, subjects, whole mails; its codes do not.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from exchangelib.errors import EWSError, ResponseMessageError, SOAPError

from bot.adapters import tls
from bot.adapters.exchange.soap import LONGEST
from bot.ports.errors import NeedsOperatorError, PermanentError, PortError, TransientError

LOGIN_ADVICE = (
    "Servern godtar inte inloggningen. Kontrollera username och lösenord (har det gått ut, är"
    ' kontot låst?), och att auth är det sätt som servern tar emot ("ntlm" eller "basic").'
)
OPEN_ADVICE = (
    "Kontot får inte öppna brevlådan. Be Exchange-administratören ge det FullAccess"
    " (Add-MailboxPermission) på brevlådan i [mailbox] mailbox."
)
SEND_AS_ADVICE = (
    "Kontot får inte skicka som kontorets adress. Be Exchange-administratören ge det Send As på"
    " brevlådan (Add-ADPermission -ExtendedRights 'Send As'), och vänta en stund: rätten slår"
    " igenom efter upp till två timmar."
)


class RefusedError(TransientError):
    """The server said no, and did nothing: ``code`` is its response code."""

    def __init__(self, reason: str, code: str, retry_after: float | None = None) -> None:
        """Keep the code, and when to come back if the server said so."""
        super().__init__(reason, retry_after)
        self.code = code


class SenselessError(TransientError):
    """The answer can't be read: one of the things that were asked for may be why."""


_NO_MAILBOX = (
    "Servern har ingen brevlåda med den adressen. Kontrollera mailbox (brevlådans primära"
    " e-postadress); är brevlådan ny kan det ta en stund."
)
_OPERATOR = {
    "ErrorAccessDenied": OPEN_ADVICE,
    "ErrorCannotOpenFileAttachment": OPEN_ADVICE,
    "ErrorMailboxLogonFailed": OPEN_ADVICE,
    "ErrorMailboxConfiguration": OPEN_ADVICE,
    "ErrorNonExistentMailbox": _NO_MAILBOX,
    "ErrorCannotFindUser": _NO_MAILBOX,
    "ErrorNonPrimarySmtpAddress": "Ange brevlådans primära e-postadress i mailbox.",
    "ErrorAccountDisabled": "Kontot är spärrat. Be Exchange-administratören öppna det.",
    "ErrorPasswordExpired": "Lösenordet har gått ut. Byt det, och låt det inte gå ut igen.",
    "ErrorPasswordChangeRequired": "Lösenordet måste bytas innan kontot kan användas.",
    "ErrorSendAsDenied": SEND_AS_ADVICE,
    "ErrorQuotaExceeded": ("Brevlådan är full. Rensa eller utöka den; inget mejl har försvunnit."),
    "ErrorFolderNotFound": "Mappen finns inte. Kontrollera folder i [mailbox], eller skapa den.",
    "ErrorCreateItemAccessDenied": OPEN_ADVICE,
}
_NEVER = {
    "ErrorMessageSizeExceeded": "the letter is larger than the server takes",
    "ErrorAttachmentSizeLimitExceeded": "an attachment is larger than the server takes",
    "ErrorInvalidRecipients": "the server takes no recipient of the letter",
    "ErrorMailRecipientNotFound": "the server takes no recipient of the letter",
    "ErrorMessagePerFolderCountReceiveQuotaExceeded": "the folder is full",
}


def judged(error: RefusedError) -> PortError:
    """Return what a refusal asks of us: an operator, nothing ever again, or patience."""
    if error.code in _OPERATOR:
        return NeedsOperatorError(error.reason, _OPERATOR[error.code])
    if error.code in _NEVER:
        return PermanentError(f"{error.reason}: {_NEVER[error.code]}")
    return error


def is_trouble(code: str) -> bool:
    """Tell whether the server failed rather than refused: the same question may do later."""
    return code in ("ErrorInternalServerError", "HTTP 500", "SOAP fault")


def is_decided(code: str) -> bool:
    """Tell whether asking in another way can't help: rights, missing things, a busy server."""
    return code in _OPERATOR or code in _NEVER or code in _PASSING


_PASSING = frozenset(
    {
        "ErrorServerBusy",
        "ErrorInternalServerTransientError",
        "ErrorMailboxStoreUnavailable",
        "ErrorMailboxMoveInProgress",
        "ErrorConnectionFailed",
        "ErrorTimeoutExpired",
        "ErrorExceededConnectionCount",
        "ErrorTooManyObjectsOpened",
        "ErrorADUnavailable",
        "ErrorItemNotFound",
    }
)


def translated(error: Exception, peer: str, step: str) -> PortError:
    """Return what an error of the library, of HTTP or of TLS asks of us."""
    socket_error = _root(error)
    if isinstance(socket_error, PermissionError):  # the NTLM library's word for a refused login
        return NeedsOperatorError(f"{peer}: {step}: login refused", LOGIN_ADVICE)
    if socket_error is not None:
        return _transport(socket_error, peer)
    if isinstance(error, ResponseMessageError):
        code = type(error).__name__
        told = getattr(error, "back_off", None)
        wait = None if told is None else min(told, LONGEST)
        return RefusedError(f"{peer}: {step}: {code}", code, wait)
    if isinstance(error, SOAPError):  # a fault without a code that EWS has
        return RefusedError(f"{peer}: {step}: SOAP fault", "SOAP fault")
    if isinstance(error, EWSError | OSError):
        return TransientError(f"{peer}: {step}: {type(error).__name__}")
    return SenselessError(f"{peer}: {step}: an answer that makes no sense")


def _transport(error: OSError, peer: str) -> PortError:
    found = tls.translated(error, peer)
    if not isinstance(found, NeedsOperatorError):
        return found
    advice = (
        "Serverns certifikat går inte att lita på. Ange i url det namn som står i certifikatet"
        " och, om ni har en egen utfärdare, dess certifikat i ca_file. Servern måste klara TLS 1.2."
    )
    return NeedsOperatorError(found.reason, advice)


def _root(error: BaseException) -> OSError | None:
    """Return the socket's or TLS's own error inside those that libraries wrap around it."""
    found = [e for e in _inside(error) if isinstance(e, OSError)]
    for kind in (ssl.SSLError, PermissionError):
        for one in found:
            if isinstance(one, kind):
                return one
    if any("Timeout" in type(e).__name__ for e in found) and not _named(found):
        return TimeoutError()
    plain = [e for e in found if type(e).__module__ in ("builtins", "socket")]
    return (plain or found)[-1] if found else None


def _named(found: list[OSError]) -> bool:
    return any(type(e).__module__ == "socket" for e in found)


def _inside(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it was made of, outermost first."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        waiting += [e for e in inner if isinstance(e, BaseException)]
