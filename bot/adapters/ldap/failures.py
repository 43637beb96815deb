"""What the directory's errors ask of us. Quotes no value: a server's own words may."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import ldap

from bot.ports.errors import (
    ConflictError,
    NeedsOperatorError,
    PermanentError,
    PortError,
    TransientError,
)

PASSING = (
    ldap.SERVER_DOWN, ldap.TIMEOUT, ldap.BUSY, ldap.UNAVAILABLE, ldap.CONNECT_ERROR,
    ldap.TIMELIMIT_EXCEEDED, ldap.LOCAL_ERROR, ldap.OTHER, ldap.OPERATIONS_ERROR,
    ldap.DECODING_ERROR, ldap.PROTOCOL_ERROR,
)  # fmt: skip
_TAKEN = (
    ldap.ASSERTION_FAILED, ldap.NO_SUCH_ATTRIBUTE, ldap.ALREADY_EXISTS, ldap.TYPE_OR_VALUE_EXISTS,
)  # fmt: skip
_LIMITS = (
    "Katalogen lämnar inte ut hela svaret. Be den som sköter katalogen att kontot får läsa"
    " obegränsat när det läser sida för sida (OpenLDAP: limits … size.prtotal=unlimited)."
)
_OPERATORS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (ldap.INVALID_CREDENTIALS, ldap.INAPPROPRIATE_AUTH, ldap.NO_SUCH_OBJECT),
        "Katalogen godtar inte inloggningen. Kontrollera bind_dn och lösenordet.",
    ),
    (
        (ldap.CONFIDENTIALITY_REQUIRED, ldap.STRONG_AUTH_REQUIRED),
        'Katalogen kräver kryptering. Ange url = "ldaps://…", eller ta bort starttls = false.',
    ),
    (
        (ldap.SIZELIMIT_EXCEEDED, ldap.ADMINLIMIT_EXCEEDED),
        _LIMITS,
    ),
    (
        (ldap.UNAVAILABLE_CRITICAL_EXTENSION,),
        "Katalogen kan inte lämna svar sida för sida (RFC 2696). Den går inte att använda.",
    ),
    (
        (ldap.REFERRAL, ldap.UNWILLING_TO_PERFORM, ldap.AFFECTS_MULTIPLE_DSAS),
        "Servern skickar vidare eller vägrar. Ange i url den server som tar emot skrivningar.",
    ),
    (
        (ldap.FILTER_ERROR,),
        "Kontrollera filter i [catalogue] eller [managers]: varje parentes ska ha sitt slut.",
    ),
    (
        (ldap.INVALID_DN_SYNTAX,),
        "Kontrollera base_dn och bind_dn: något av dem är inte rätt skrivet.",
    ),
)
_RIGHTS = (
    "Kontot får inte göra detta i katalogen. Be den som sköter katalogen om rättigheterna i"
    " docs/operating.md, avsnittet Katalog i LDAP."
)
_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (ldap.INVALID_SYNTAX, "värdet har fel form"),
    (ldap.OBJECT_CLASS_VIOLATION, "posten skulle sakna något som krävs, eller ha något för mycket"),
    (ldap.UNDEFINED_TYPE, "attributet finns inte i katalogen"),
    (ldap.NOT_ALLOWED_ON_RDN, "värdet ingår i postens namn (DN) och byts för hand"),
    (ldap.NAMING_VIOLATION, "en sådan post får inte ligga där"),
    (ldap.NO_OBJECT_CLASS_MODS, "postens typ får inte ändras"),
    (ldap.INAPPROPRIATE_MATCHING, "attributet går inte att jämföra"),
)
_NAMED = re.compile(r"(?:^|attribute (?:type )?)'?([A-Za-z][A-Za-z0-9-]*)", re.ASCII)


def detail(error: Exception) -> dict[str, Any]:
    """Return what the library tells of *error*."""
    told = error.args[0] if error.args else None
    return told if isinstance(told, dict) else {}


def words(error: Exception) -> str:
    """Return the error's standard name, which holds no value."""
    return str(detail(error).get("desc") or type(error).__name__)


def for_operator(error: Exception, reason: str) -> NeedsOperatorError | None:
    """Return what an operator must mend, None when it is nothing of an operator's."""
    if isinstance(error, ldap.INSUFFICIENT_ACCESS):
        return NeedsOperatorError(reason, _RIGHTS)
    for kinds, advice in _OPERATORS:
        if isinstance(error, kinds):
            return NeedsOperatorError(reason, advice)
    return None


@contextlib.contextmanager
def translated(peer: str, step: str) -> Iterator[None]:
    """Let the library's errors in reading and connecting leave as ours.

    Raises:
        TransientError: no answer, or not now.
        NeedsOperatorError: the account, a limit or the set-up.
    """
    try:
        yield
    except ldap.LDAPError as error:
        # "from None": the server's own words may hold a value.
        reason = f"{peer}: {step}: {words(error)}"
        raise for_operator(error, reason) or TransientError(reason) from None


def refused_write(error: Exception, peer: str, sent: Iterable[str], *, adding: bool) -> PortError:
    """Return what a refused write asks of us; *sent* are the names of the attributes in it."""
    reason = f"{peer}: write: {words(error)}"
    if adding and isinstance(error, ldap.NO_SUCH_OBJECT):
        return PermanentError("platsen för nya poster finns inte i katalogen")
    if isinstance(error, (*_TAKEN, ldap.NO_SUCH_OBJECT)):
        return ConflictError("posten har ändrats av någon annan")
    if isinstance(error, PASSING):
        return TransientError(reason)
    operators = for_operator(error, reason)
    if operators is not None:
        return operators
    named = attribute_named(str(detail(error).get("info", "")), sent)
    where = f"i {named} " if named else ""
    if isinstance(error, ldap.CONSTRAINT_VIOLATION):
        if "unique" in str(detail(error).get("info", "")):
            return PermanentError("ett värde som bara får finnas en gång hör redan till en annan")
        return PermanentError(
            f"katalogen godtar inte värdet {where}(strider mot katalogens regler)"
        )
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return PermanentError(f"katalogen tog inte emot värdet {where}({fault})")
    return PermanentError(f"katalogen tog inte emot posten ({words(error)})")


def attribute_named(info: str, sent: Iterable[str]) -> str:
    """Return which of the attributes *sent* the server names; "" for none. Never a value."""
    known = {name.lower(): name for name in sent}
    for found in _NAMED.findall(info):
        if found.lower() in known:
            return known[found.lower()]
    return ""
