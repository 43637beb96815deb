"""How the things that a clerk's act touched stand now. Decides nothing."""

from __future__ import annotations

from bot.domain.calendar import STOCKHOLM
from bot.domain.staff_acts import Act, Queued, Standing, Trail
from bot.domain.values import CardId, CaseId, PersonId, RecordId
from bot.ports.rows import AuditRow
from bot.ports.store import Work


def of(work: Work, number: int) -> Standing | None:
    """Return how everything that act *number* touched stands; None when there is no such act."""
    act = work.acts.get(number)
    if act is None:
        return None
    trail = act.trail or Trail()
    cases = tuple(work.cases.get(CaseId(t.id)) for t in trail.cases)
    cards = tuple(work.cards.get(CardId(t.id)) for t in trail.cards)
    records = tuple(work.records.by_id(RecordId(t.id)) for t in trail.records)
    rows = tuple(r for r in (work.outbox.get(n) for n in dict.fromkeys(trail.rows)) if r)
    return Standing(
        act,
        tuple(c for c in cases if c is not None),
        tuple(c for c in cards if c is not None),
        tuple(r for r in records if r is not None),
        tuple(Queued(r.id, r.effect, r.state.value, r.case, r.subject, r.message_id) for r in rows),
        _since(work, act, trail),
    )


def persons(standing: Standing) -> set[PersonId]:
    """Return everybody whom the act is about."""
    found = {c.person for c in standing.cases} | {c.holder.person for c in standing.cards}
    return {p for p in found if p is not None} | {r.entry.person_id for r in standing.records}


def _since(work: Work, act: Act, trail: Trail) -> str:
    """Return who has acted on any of it since, and when; "" when nobody has."""
    for case in trail.cases:
        now = work.cases.get(CaseId(case.id))
        if now is None or now.version != case.version:
            return _who(work.audit.of(f"K-{case.id}"), act)
    for card in trail.cards:
        held = work.cards.get(CardId(card.id))
        if held is None or held.version != card.version:
            return _who(work.audit.of(f"C-{card.id}"), act)
    for record in trail.records:
        known = work.records.by_id(RecordId(record.id))
        if known is None or known.version != record.version:
            return _who(work.audit.of(f"P-{record.id}"), act)
    return ""


def _who(lines: tuple[AuditRow, ...], act: Act) -> str:
    after = [line for line in lines if line.at >= act.at]
    if not after:
        return "av någon annan"
    line = after[-1]
    name = "programmet" if line.actor == "bot" else line.actor
    return f"av {name} {line.at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
