"""What the verbs print as JSON: the contract's shapes of forms and tables. Looks nothing up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from bot.domain.authority import ManagerEntry, entries_of_unit
from bot.domain.card_policy import BACK, PICKUP, RESERVE
from bot.domain.cards import Blank, Card, Climbed
from bot.domain.cases import Case
from bot.domain.effects import SendLetter
from bot.domain.forms import DocumentReading, FieldReading, FormReading, State, Verdict
from bot.domain.judging import Judgement, Register, judge
from bot.domain.records import Record
from bot.domain.values import CardId, CaseId
from bot.ports.rows import MailRow, OutboxRow, RowState

Json = dict[str, Any]


def document(
    reading: DocumentReading, entries: tuple[ManagerEntry, ...], day: date
) -> list[tuple[FormReading | None, Json]]:
    """Return one object for each form of a file, judged as of *day*; a refused file gives one."""
    rows: list[tuple[FormReading | None, Json]] = []
    for form in reading.forms:
        unit = form.text("unit")
        found = entries_of_unit(entries, unit, day) if unit else ()
        verdict = judge(form, today=day, register=Register(found, known=bool(entries)))
        rows.append((form, _form(form, verdict)))
    if reading.scans:
        code, text = "scan", reading.reason or "Inskannad sida: en person behöver läsa den."
        rows.append(
            (None, _no_form(reading, Verdict.ASK, code, text) | {"pages": [*reading.scans]})
        )
    if not rows:
        code = reading.content.value
        rows.append((None, _no_form(reading, Verdict.REJECT, code, reading.reason)))
    return rows


def _no_form(reading: DocumentReading, verdict: Verdict, code: str, text: str) -> Json:
    return {
        "file": reading.name, "form": None, "version": None, "pages": [], "fields": {},
        "signed": "none" if verdict is Verdict.REJECT else "unsure", "verdict": verdict.value,
        "problems": [{"field": None, "code": code, "text": text}],
    }  # fmt: skip


def _form(form: FormReading, judgement: Judgement) -> Json:
    problems = [{"field": p.field, "code": p.code, "text": p.text} for p in judgement.problems]
    if form.missing_anchors:
        text = "Saknas på sidan: " + ", ".join(form.missing_anchors)
        problems.append({"field": None, "code": "missing_anchors", "text": text})
    return {
        "file": "",
        "form": form.form,
        "version": form.version,
        "pages": [*form.pages],
        "fields": {f.key: _field(f) for f in form.fields},
        "signed": form.signed.value,
        "verdict": judgement.verdict.value,
        "problems": problems,
        "notes": [*form.notes],
    }


def _field(field: FieldReading) -> Json:
    box = field.box
    value = [*field.value] if isinstance(field.value, tuple) else field.value
    return {
        "value": value,
        "state": field.state.value,
        "confidence": round(field.confidence, 3) if field.state is not State.MISSING else 0.0,
        "how": field.how.value,
        "page": field.page,
        "box": [round(v, 1) for v in (box.x0, box.y0, box.x1, box.y1)] if box else None,
    }


def person(record: Record) -> Json:
    """Return a record; a protected person shows nothing but that there is one."""
    entry = record.entry
    hidden = entry.protected
    shown: Json = {
        "person_id": entry.person_id.reveal(),
        "given_name": entry.given_name,
        "middle_name": entry.middle_name,
        "surname": entry.surname,
        "title": entry.title,
        "unit": entry.unit,
        "mail": entry.mail,
        "phone": entry.phone,
        "manager_mail": record.manager_mail,
        "hsa_id": entry.hsa_id,
    }
    return {
        "id": f"P-{record.id}",
        **{k: None if hidden else v for k, v in shown.items()},
        "status": record.status.value,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "protected": entry.protected,
    }


def card(row: Card) -> Json:
    """Return a card; of a protected person's nothing that tells whose it is."""
    holder = row.holder
    hidden = holder.protected
    return {
        "id": row.handle,
        "kind": row.kind.value,
        "person_id": None if hidden or holder.person is None else holder.person.reveal(),
        "name": None if hidden else holder.name,
        "number": row.number or None,
        "status": row.status.value,
        "loa": row.loa,
        "reasons": [*row.reasons],
        "rules": [*row.rules],
        "ordered": row.ordered,
        "informed": row.informed,
        "activated": row.activated,
        "handed_out": row.handed_out,
        "due": row.due,
        "lost": row.lost,
        "blocked": row.blocked,
        "returned": row.returned,
        "deregistered": row.deregistered,
        "receipt": row.receipt,
        "expires": row.expires,
        "case": f"K-{row.case}" if row.case else None,
        "next_on": row.next_on,
        "rungs": [_rung(c) for c in row.rungs if c.ladder in _CHASE],
        "other_rungs": [_rung(c) for c in row.rungs if c.ladder not in _CHASE],
        "letters": row.letters,
    }


def blank(row: Blank) -> Json:
    """Return a reserve card in the drawer."""
    return {"number": row.number, "received": row.received, "expires": row.expires}


_CHASE = (RESERVE, BACK, PICKUP)  # the ladders that bring a card home, or to its holder


def _rung(climbed: Climbed) -> Json:
    return {
        "rung": climbed.rung, "on": climbed.on, "ladder": climbed.ladder, "from": climbed.anchor
    }  # fmt: skip


def case(row: Case) -> Json:
    """Return a case of the queue."""
    hidden = row.protected or row.person is None
    return {
        "id": row.handle,
        "kind": row.kind.value,
        "priority": row.priority.value,
        "status": row.status.value,
        "stage": row.stage.value,
        "opened": row.opened.isoformat(),
        "person_id": None if hidden or row.person is None else row.person.reveal(),
        "title": row.title,
        "why": row.why.text,
        "rule": row.why.rule,
        "mail": f"M-{row.origin.mail}" if row.origin.mail else None,
        "form": f"{row.origin.number}/{row.origin.of}",
        "parent": f"K-{row.parent}" if row.parent else None,
        "card": f"C-{row.card}" if row.card else None,
    }


def mail(row: MailRow, cases: tuple[Case, ...]) -> Json:
    """Return a mail with the cases it led to; of a protected person's mail no words."""
    hidden = any(c.protected for c in cases)
    return {
        "id": f"M-{row.id}",
        "message_id": row.message_id,
        "sender": None if hidden else row.sender,
        "subject": None if hidden else row.subject,
        "received": row.received.isoformat(),
        "outcome": row.outcome.value if row.outcome is not None else None,
        "state": row.state.value,
        "rule": row.rule,
        "why": row.why,
        "cases": [c.handle for c in cases],
    }


_LETTER_STATES = {RowState.SENDING: "queued"}


def letter(
    row: OutboxRow, hidden: Collection[CaseId] = (), cards: Collection[CardId] = ()
) -> Json | None:
    """Return a letter; None for an outbox row that is none.

    *hidden* cases and *cards* are of protected persons.
    """
    if not isinstance(row.effect, SendLetter):
        return None
    content = row.effect.letter
    covered = row.case in hidden or content.card in cards
    return {
        "id": f"B-{row.id}",
        "message_id": row.message_id or None,
        "kind": content.kind,
        "to": [] if covered else [*content.to],
        "subject": None if covered else row.subject or None,
        "case": f"K-{row.case}" if row.case else None,
        "status": _LETTER_STATES.get(row.state, row.state.value),
        "queued": row.queued.isoformat(),
        "sent": row.sent.isoformat() if row.sent else None,
        "rung": content.rung or None,
        "error": row.error or None,
    }


def manager(row: ManagerEntry) -> Json:
    """Return a row of the register of managers."""
    return {
        "name": row.name,
        "mail": row.mail,
        "unit_id": row.unit_id,
        "unit": row.unit,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "deputy_mail": row.deputy_mail,
        "deputy_from": row.deputy_from,
        "deputy_to": row.deputy_to,
        "superior_mail": row.superior_mail,
    }
