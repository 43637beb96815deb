"""The drawer of blank reserve cards and the month's list: counted and sorted. Lends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.card_letters import EndedRow, EndedWithCard, StockRow
from bot.domain.cards import Blank, Card, Status, shown
from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.records import Record
from bot.domain.reports import InventoryReply
from bot.domain.triage import Outcome
from bot.domain.values import MailId

WORDS = {
    Status.ACTIVATED: "i bruk",
    Status.TO_RETURN: "ska lämnas",
    Status.HANDED_OUT: "utlånat",
    Status.DUE: "ska lämnas i dag",
    Status.OVERDUE: "försenat",
    Status.LOST: "förlorat, inte spärrat",
    Status.BLOCKED: "spärrat, inte avregistrerat",
    Status.RETURNED: "återlämnat, inte avregistrerat",
}


def ended_with_card(rows: Iterable[tuple[Card, Record]], day: date) -> EndedWithCard:
    """Return the month's list of people who ended while their card is not deregistered (S7)."""
    shown_rows, hidden = [], 0
    for card, record in rows:
        if card.status not in WORDS:
            continue
        entry = record.entry
        if entry.protected or card.holder.protected:
            hidden += 1
            continue
        shown_rows.append(
            EndedRow(
                card.handle, entry.full_name, entry.unit or "", shown(card.number),
                WORDS[card.status], entry.valid_until or day,
            )
        )  # fmt: skip
    ordered = sorted(shown_rows, key=lambda r: (r.ended, r.handle))
    return EndedWithCard(day, tuple(ordered), hidden)


def inventory_rows(blanks: Sequence[Blank]) -> tuple[StockRow, ...]:
    """Return the drawer as numbered rows."""
    return tuple(
        StockRow(n, shown(b.number), f"går ut {b.expires}" if b.expires else "")
        for n, b in enumerate(blanks, 1)
    )


def shortage(blanks: Sequence[Blank], soon: date, low: int, now: datetime) -> Step | None:
    """Return the work to order new blanks: few are left, or some run out before *soon*."""
    good = [b for b in blanks if b.expires is None or b.expires > soon]
    old = [b for b in blanks if b not in good]
    if len(good) >= low and not old:
        return None
    rows = [("Kvar i lagret", str(len(good)))]
    if old:
        rows.append(("Går snart ut", ", ".join(f"{shown(b.number)} ({b.expires})" for b in old)))
    why = Reason("stock", "Lagret av blanka reservkort behöver fyllas på eller rensas.", "D")
    case = Case(
        kind=Kind.STOCK, stage=Stage.STAFF, title=f"Blanka reservkort: {len(good)} kvar",
        why=why, opened=now, details=tuple(rows),
    )  # fmt: skip
    return Step(case)


def next_blank(blanks: Sequence[Blank], on: date) -> Blank | None:
    """Return the blank to lend next: first in, first out, of those that are valid."""
    return next((b for b in blanks if b.expires is None or b.expires >= on), None)


def counted(
    reply: InventoryReply, rows: Sequence[StockRow], mail: MailId, now: datetime
) -> Decision:
    """Return what a clerk's count of the drawer leads to: a case for what is missing."""
    gone = [r for r in rows if r.row in reply.missing]
    if not gone:
        text = f"Inventeringen är besvarad: {len(reply.there)} kort finns."
        return Decision(Outcome.APPLIED, Reason("inventory", text, "D"))
    why = Reason("blanks_missing", "Kort saknas i lagret enligt inventeringen.", "D")
    case = Case(
        kind=Kind.STOCK, stage=Stage.STAFF, title=f"Kort saknas i lagret: {len(gone)}", why=why,
        opened=now, origin=Origin(mail=mail),
        details=tuple((f"Rad {r.row}", r.number) for r in gone),
    )  # fmt: skip
    return Decision(Outcome.APPLIED, why, (Step(case),))
