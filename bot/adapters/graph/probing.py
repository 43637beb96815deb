"""The lines of ``doctor`` for Graph, step by step. Changes nothing, sends nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.adapters.graph import folders
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import settled
from bot.adapters.graph.names import MailFolder, User
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError

_LINE = "Kontrollera url, och att brandväggen släpper fram trafiken till adressen på port 443."
_WIDE = "Mail."  # roles in the token are tenant-wide; those of Exchange's RBAC are not in it


@dataclass(frozen=True, slots=True)
class Step:
    """One line's name, and how to find out what is seen; an error is the line's fault."""

    name: str
    seen: Callable[[], str]


def in_turn(connection: Connection, *steps: Step) -> tuple[Check, ...]:
    """Do the steps, the token first, until one fails; never raises."""
    lines = [connection.check_tokens()]
    for step in steps:
        if not lines[-1].ok:
            break
        lines.append(_tried(step))
    return tuple(lines)


def mailbox(connection: Connection, name: str, address: str) -> Step:
    """Return the step that says whether Graph answers and lets us read the mailbox."""

    def seen() -> str:
        connection.get(f"{connection.home}/{User.FOLDERS}/inbox", {"$select": MailFolder.ID})
        return f"släpper in oss i {address}"

    return Step(f"{name} {connection.peer}", seen)


def folder(connection: Connection, name: str) -> Step:
    """Return the step that says what lies in the folder."""

    def seen() -> str:
        there = folders.looked_up(connection, name)
        if there is None:
            raise NeedsOperatorError(
                "mappen finns inte", f"Kontrollera folder: {name} finns inte i brevlådan."
            )
        return f"{there.total} mejl i {name}"

    return Step("Brevlådans mapp", seen)


def reach(connection: Connection) -> Step:
    """Return the step that says whether the program may reach other mailboxes too."""

    def seen() -> str:
        wide = [role for role in connection.roles() if role.startswith(_WIDE)]
        if not wide:
            return "inga behörigheter för hela organisationen i token"
        return (
            f"{', '.join(wide)} gäller ALLA brevlådor om inget annat begränsar det; ta bort"
            " behörigheten i Entra och ge en som bara gäller brevlådan (docs/operating.md)"
        )

    return Step("Brevlådans räckvidd", seen)


def sending(connection: Connection) -> Step:
    """Return the step that says what is known of the right to send, which only a letter proves."""

    def seen() -> str:
        for name in ("sentitems", "drafts"):
            if folders.found(connection, name) is None:
                raise TransientError(f"{connection.peer}: {name} is missing")
        if "Mail.Send" in connection.roles():
            return "rätten att skicka (Mail.Send) finns i token"
        return (
            "Skickat och Utkast går att läsa; rätten att skicka prövas först av ett brev"
            " (administratören ser den med Test-ServicePrincipalAuthorization)"
        )

    return Step("Utgående post, rätt att skicka", seen)


def _tried(step: Step) -> Check:
    try:
        with settled():
            return Check(step.name, ok=True, seen=step.seen())
    except NeedsOperatorError as error:
        return Check(step.name, ok=False, seen=error.reason, advice=error.advice)
    except PortError as error:
        return Check(step.name, ok=False, seen=str(error), advice=_LINE)
