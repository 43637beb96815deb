"""What a clerk wants undone: which acts, through the funnel, and what to say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.app import desk_book
from bot.app.services import Services
from bot.domain.decision import IllegalStepError
from bot.domain.events import StaffUndone
from bot.domain.staff_acts import UNDO, Act, Via
from bot.domain.values import CardId, CaseId, MailId
from bot.ports.store import Work

_NOTHING = "Det finns inget att ångra{about}. Bara det som en handläggare har gjort kan ångras."


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone and what was not, one Swedish sentence a line."""

    lines: tuple[str, ...]
    refused: tuple[str, ...]


def undo(  # noqa: PLR0913 - which acts, by whom, by which way
    services: Services, work: Work, *, by: str, via: Via, ids: Sequence[int] = (),
    refs: Sequence[str] = (), mail: MailId | None = None, why: str = "",
    from_mail: MailId | None = None,
) -> Undone:  # fmt: skip
    """Undo the acts *ids*, the newest act about each of *refs*, and all acts of *mail*.

    One that can't be undone changes nothing and is told of; the newest goes first.
    """
    acts, refused = _wanted(work, ids, refs, mail)
    lines: list[str] = []
    for act in sorted(acts.values(), key=lambda a: a.id, reverse=True):
        if act.undone is not None:
            lines.append(f"{act.ref}: det är redan ångrat.")
            continue
        try:
            _undo(services, work, act, by=by, via=via, why=why, from_mail=from_mail)
            lines.append(f"{act.ref}: ångrat. Allt står som före {act.by}s åtgärd.")
        except IllegalStepError as error:
            refused.append(str(error))
    return Undone(tuple(lines), tuple(refused))


def _wanted(
    work: Work, ids: Sequence[int], refs: Sequence[str], mail: MailId | None
) -> tuple[dict[int, Act], list[str]]:
    acts: dict[int, Act] = {}
    refused: list[str] = []
    for number in ids:
        found = work.acts.get(number)
        if found is None:
            refused.append(_NOTHING.format(about=""))
        else:
            acts[found.id] = found
    for ref in refs:
        newest = next((a for a in work.acts.about(ref) if a.act != UNDO), None)
        if newest is None:
            refused.append(_NOTHING.format(about=f" i {ref}"))
        else:
            acts[newest.id] = newest
    if mail is not None:
        of_mail = work.acts.of_mail(mail)
        refused += [] if of_mail else [_NOTHING.format(about="")]
        acts |= {a.id: a for a in of_mail}
    return acts, refused


def _undo(
    services: Services, work: Work, act: Act, *, by: str, via: Via, why: str,
    from_mail: MailId | None,
) -> None:  # fmt: skip
    kind, number = act.ref.split("-")
    case = CaseId(int(number)) if kind == "K" else None
    card = CardId(int(number)) if kind == "C" else None
    event = StaffUndone(case, act.id, by, why, card)
    desk_book.acting(services, work, event, by=by, via=via, mail=from_mail)
    work.acts.save(replace(act, undone=services.clock(), undone_by=by))
    work.audit.add(by, "staff_undone", act.ref, why or act.act, services.clock())
