"""What may be done with a clerk's mail, and what goes against a colleague's act. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Case, Status
from bot.domain.clerk_mail import Standing
from bot.domain.clerk_reply import Act
from bot.domain.staff_acts import UNDO
from bot.domain.staff_acts import Act as Done

_BESIDE_FORMS = (
    "Mejlet har också en blankett eller kvittens, så vi har bara tagit hand om den. "
    "Skicka raderna i ett eget mejl."
)
_PASSED_ON = (
    "Mejlet är vidarebefordrat eller svarar på någon annans mejl, så orden kan vara någon annans. "
    "Skicka raderna i ett nytt mejl, eller svara på dagens läge."
)
_DOUBT = (
    "Det finns ord i mejlet som kan ändra meningen, så vi har inte gjort något. "
    "Skriv en rad för varje ärende, till exempel ”K-… klar”."
)
_SETTLING = frozenset({Act.DONE, Act.REJECT, Act.ASK, Act.TAKE})
_LOOKED_AT = frozenset({UNDO, "staff_noted", "staff_took"})  # acts that settle nothing


def why_not(standing: Standing, *, doubt: bool, beside: bool) -> str:
    """Return why nothing of a mail may be done, "" where it may; *beside* a form that was taken."""
    if beside:
        return _BESIDE_FORMS
    if standing is not Standing.MAY_ACT:
        return _PASSED_ON
    return _DOUBT if doubt else ""


def is_over(case: Case, asked: Act) -> bool:
    """Tell whether *asked* comes too late: the case is settled already."""
    return case.status is Status.DONE and asked in _SETTLING


def settled_by(acts: Sequence[Done]) -> Done | None:
    """Return the act of *acts*, newest first, that settled a case; None where no clerk did."""
    return next((a for a in acts if a.undone is None and a.act not in _LOOKED_AT), None)


def goes_against(done: Done, asked: Act) -> bool:
    """Tell whether what a clerk asks for goes against what a colleague did."""
    return (done.act == "staff_rejected") != (asked is Act.REJECT) or asked is Act.ASK
