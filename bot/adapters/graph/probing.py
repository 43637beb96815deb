"""The lines of ``doctor`` for Graph, step by step. Changes nothing, sends nothing."""

from __future__ import annotations

from collections.abc import Callable

from bot.adapters.graph import folders
from bot.adapters.graph.answers import segment
from bot.adapters.graph.connection import Connection
from bot.adapters.graph.errors import settled
from bot.adapters.graph.names import MailFolder, User
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError, TransientError

Step = Callable[[], Check]

_LINE = "Kontrollera url, och att brandväggen släpper fram trafiken till adressen på port 443."
_WIDE = "Mail."  # roles in the token are tenant-wide; those of Exchange's RBAC are not in it


def in_turn(connection: Connection, *steps: Step) -> tuple[Check, ...]:
    """Do the steps, the token first, until one fails; never raises."""
    lines = [connection.check_tokens()]
    for step in steps:
        if not lines[-1].ok:
            break
        lines.append(_tried(step, connection.peer))
    return tuple(lines)


def mailbox(connection: Connection, address: str) -> Step:
    """Return the step that says whether Graph answers and lets us read the mailbox."""

    def step() -> Check:
        with settled():
            connection.get(f"{connection.home}/{User.FOLDERS}/inbox", {"$select": MailFolder.ID})
        return Check(f"Brevlåda {connection.peer}", ok=True, seen=f"släpper in oss i {address}")

    return step


def folder(connection: Connection, name: str) -> Step:
    """Return the step that says what lies in the folder."""

    def step() -> Check:
        with settled():
            at = folders.found(connection, name)
            if at is None:
                raise NeedsOperatorError(
                    "mappen finns inte", f"Kontrollera folder: {name} finns inte i brevlådan."
                )
            path = f"{connection.home}/{User.FOLDERS}/{segment(at)}"
            told = connection.get(path, {"$select": MailFolder.TOTAL}).told
        seen = f"{told.get(MailFolder.TOTAL, 0)} mejl i {name}"
        return Check("Mappen i brevlådan", ok=True, seen=seen)

    return step


def reach(connection: Connection) -> Step:
    """Return the step that says whether the program may reach other mailboxes too."""

    def step() -> Check:
        wide = [role for role in connection.roles() if role.startswith(_WIDE)]
        name = "Behörighetens räckvidd"
        if not wide:
            return Check(name, ok=True, seen="inga behörigheter för hela organisationen i token")
        return Check(
            name,
            ok=True,
            seen=f"{', '.join(wide)} gäller ALLA brevlådor om inget annat begränsar det; ta bort"
            " behörigheten i Entra och ge en som bara gäller brevlådan (docs/operating.md)",
        )

    return step


def sending(connection: Connection) -> Step:
    """Return the step that says what is known of the right to send, which only a letter proves."""

    def step() -> Check:
        with settled():
            for name in ("sentitems", "drafts"):
                if folders.found(connection, name) is None:
                    raise TransientError(f"{connection.peer}: {name} is missing")
        known = "Mail.Send" in connection.roles()
        seen = (
            "rätten att skicka (Mail.Send) finns i token"
            if known
            else "Skickat och Utkast går att läsa; rätten att skicka prövas först av ett brev"
            " (administratören ser den med Test-ServicePrincipalAuthorization)"
        )
        return Check(f"Utgående post {connection.peer}", ok=True, seen=seen)

    return step


def _tried(step: Step, peer: str) -> Check:
    name = f"Brevlåda {peer}"
    try:
        return step()
    except NeedsOperatorError as error:
        return Check(name, ok=False, seen=error.reason, advice=error.advice)
    except PortError as error:
        return Check(name, ok=False, seen=str(error), advice=_LINE)
