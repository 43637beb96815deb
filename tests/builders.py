"""One line each: forms, orders, records, cases, mails and facts that are valid as they stand.

Holds no test. Every identity number is one of Skatteverket's official test numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.answering import Context
from bot.domain.authority import ManagerEntry
from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import Decision, Policy, Step
from bot.domain.effects import SendLetter, WriteRecord
from bot.domain.following import EventFacts
from bot.domain.forms import (
    Content,
    DocumentReading,
    FieldReading,
    FormReading,
    How,
    Signed,
    State,
    Value,
)
from bot.domain.guards import FormFacts
from bot.domain.inbound import MailFacts, forms_of
from bot.domain.judging import Judgement, Register, judge
from bot.domain.letters import Letter
from bot.domain.orders import Order, OrderAction
from bot.domain.records import Entry, Record, Status
from bot.domain.triage import MailSeen
from bot.domain.troubles import Bounced
from bot.domain.values import CaseId, InvalidPersonIdError, MailId, PersonId, RecordId

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ANNA, BO, CILLA, DAN, EVA = (
    "198504272389", "199001012385", "198803622391", "196409053086", "199904102382",
)  # fmt: skip
UNIT, UNIT_ID = "Hemtjänsten Norr", "1001"
MARIA, MARIA_MAIL = "Maria Lind", "maria.lind@jarfalla.example"
OTHER_UNIT, OTHER_UNIT_ID = "Viksjöskolan", "1002"
PER, PER_MAIL = "Per Ek", "per.ek@jarfalla.example"

_TEXTS = (
    "action", "effective_from", "person_id", "birth_date", "nationality", "given_name",
    "middle_name", "surname", "hsa_id", "mail", "phone", "unit", "title", "employment",
    "employed_from", "employed_to", "last_day", "end_reason", "card_status", "card_number",
    "reserve_reasons", "reserve_from", "reserve_to", "lost_on", "police_reference",
    "signed_place", "signed_on", "manager_name", "manager_mail", "manager_phone",
)  # fmt: skip
_TICKS = ("no_swedish_id", "protected", "card_order", "reserve_order")
KEYS = _TEXTS + _TICKS
_FILLED: dict[str, Value] = {
    "action": "new", "person_id": ANNA, "given_name": "Anna", "surname": "Öberg",
    "mail": "anna.oberg@jarfalla.example", "phone": "0701740635", "unit": UNIT,
    "title": "Undersköterska", "employment": "permanent", "signed_place": "Järfälla",
    "signed_on": "2026-11-20", "manager_name": MARIA, "manager_mail": MARIA_MAIL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unsure:
    """A field in which something stands that can't be trusted."""

    value: Value = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A field that was not found on the page."""


def person(digits: str = ANNA) -> PersonId:
    return PersonId.parse(digits, TODAY)


def _field(key: str, value: object) -> FieldReading:
    match value:
        case Unsure(value=inner, problem=problem):
            return FieldReading(key, inner, State.UNSURE, How.SCAN, 0.5, problem=problem)
        case Absent():
            return FieldReading(key, None, State.MISSING, How.SCAN, 0.0)
        case None | () | "":
            return FieldReading(key, None, State.EMPTY, How.ACROFORM)
        case str() | bool() | tuple():
            return FieldReading(key, value, State.SURE, How.ACROFORM)
    raise TypeError(key)


def a_form(*, signed: Signed = Signed.INK, **values: object) -> FormReading:
    """A new order for Anna Öberg that is in order; each keyword sets one field of the blank."""
    unknown = set(values) - set(KEYS)
    if unknown:
        raise TypeError(f"no such field: {sorted(unknown)}")
    filled: dict[str, object] = {**dict.fromkeys(_TICKS, False), **_FILLED, **values}
    read = tuple(_field(key, filled.get(key)) for key in KEYS)
    return FormReading("ek-1", "1", (1,), read, signed)


def a_change(**values: Any) -> FormReading:
    return a_form(**{"action": "change", "title": "Sjuksköterska", **values})


def a_cancellation(**values: Any) -> FormReading:
    return a_form(**{"action": "cancel", "last_day": "2026-12-31", **values})


def a_manager(**values: Any) -> ManagerEntry:
    row: dict[str, Any] = {
        "name": MARIA, "mail": MARIA_MAIL, "unit_id": UNIT_ID, "unit": UNIT,
        "valid_from": date(2024, 1, 1), **values,
    }  # fmt: skip
    return ManagerEntry(**row)


PER_ROW = a_manager(name=PER, mail=PER_MAIL, unit_id=OTHER_UNIT_ID, unit=OTHER_UNIT)


def a_register(*rows: ManagerEntry) -> Register:
    return Register(rows or (a_manager(),), known=True)


def an_entry(**values: Any) -> Entry:
    row: dict[str, Any] = {
        "person_id": person(), "surname": "Öberg", "given_name": "Anna",
        "title": "Undersköterska", "unit_id": UNIT_ID, "unit": UNIT,
        "mail": "anna.oberg@jarfalla.example", "phone": "0701740635",
        "valid_from": date(2026, 3, 1), "valid_until": date(2027, 3, 1), **values,
    }  # fmt: skip
    return Entry(**row)


def a_record(**values: Any) -> Record:
    """An active record of Anna Öberg; keywords are the record's fields, or the entry's."""
    own = {f.name for f in fields(Record)} - {"entry"}
    outer = {k: v for k, v in values.items() if k in own}
    inner = {k: v for k, v in values.items() if k not in own}
    row: dict[str, Any] = {
        "id": RecordId(1), "status": Status.ACTIVE, "manager_mail": MARIA_MAIL, "version": 1,
        "catalogue_version": "v1", **outer,
    }  # fmt: skip
    return Record(entry=an_entry(**inner), **row)


def an_order(**values: Any) -> Order:
    """The order of ``a_form``; keywords are the order's fields."""
    row: dict[str, Any] = {
        "action": OrderAction.NEW, "person": person(), "surname": "Öberg", "given_name": "Anna",
        "unit": UNIT, "unit_id": UNIT_ID, "manager_name": MARIA, "manager_mail": MARIA_MAIL,
        "signed_on": date(2026, 11, 20), "mail": "anna.oberg@jarfalla.example",
        "phone": "0701740635", "title": "Undersköterska", **values,
    }  # fmt: skip
    return Order(**row)


def an_origin(**values: Any) -> Origin:
    row: dict[str, Any] = {
        "mail": MailId(1), "sender": MARIA_MAIL, "answerable": True,
        "message_id": "<m1@jarfalla.example>", "file": "blankett.pdf", **values,
    }  # fmt: skip
    return Origin(**row)


def a_case(**values: Any) -> Case:
    """A new order with staff; with an order in it, so that it can be approved."""
    row: dict[str, Any] = {
        "id": CaseId(7), "version": 1, "kind": Kind.NEW, "stage": Stage.STAFF,
        "title": "Nybeställning: Anna Öberg, Hemtjänsten Norr", "why": Reason("test", "Prov."),
        "opened": NOW, "origin": an_origin(), "person": person(), "order": an_order(), **values,
    }  # fmt: skip
    return Case(**row)


def an_approved(**values: Any) -> Case:
    return a_case(**{"stage": Stage.APPROVED, **values})


def a_context(**values: Any) -> Context:
    row: dict[str, Any] = {
        "now": NOW, "today": TODAY, "sent_on": TODAY, "origin": an_origin(), "authenticated": True,
        "known": True, "policy": Policy(), "population": 1000, **values,
    }  # fmt: skip
    return Context(**row)


def judged(form: FormReading, register: Register | None = None, today: date = TODAY) -> Judgement:
    return judge(form, today=today, register=register or a_register())


def form_facts(form: FormReading, **values: Any) -> FormFacts:
    register = values.get("register") or a_register()
    row: dict[str, Any] = {
        "judgement": judged(form, register), "register": register, "person": _person_of(form),
        **values,
    }  # fmt: skip
    return FormFacts(**row)


def _person_of(form: FormReading) -> PersonId | None:
    try:
        return PersonId.parse(form.text("person_id") or "", TODAY)
    except InvalidPersonIdError:
        return None


def a_document(*forms: FormReading, **values: Any) -> DocumentReading:
    row: dict[str, Any] = {
        "name": "blankett.pdf", "sha256": "0" * 64, "media": "application/pdf",
        "content": Content.FORMS if forms else Content.OTHER, "forms": forms, **values,
    }  # fmt: skip
    return DocumentReading(**row)


def a_mail(*forms: FormReading, **values: Any) -> MailSeen:
    """A mail from Maria with each form in a file of its own; keywords are the mail's fields."""
    row: dict[str, Any] = {
        "mail": MailId(1), "sender": MARIA_MAIL, "message_id": "<m1@jarfalla.example>",
        "sent_on": TODAY, "authenticated": True,
        "documents": tuple(a_document(f, name=f"blankett{n}.pdf") for n, f in enumerate(forms, 1)),
        **values,
    }  # fmt: skip
    return MailSeen(**row)


def mail_facts(
    seen: MailSeen,
    *,
    context: Context | None = None,
    bounced: tuple[Bounced, ...] = (),
    **same: Any,
) -> MailFacts:
    """The facts of a mail; keywords hold for each of its forms."""
    forms = tuple(form_facts(f, **same) for _, f in forms_of(seen))
    return MailFacts(context or a_context(), forms, bounced)


def event_facts(case: Case | None, **values: Any) -> EventFacts:
    return EventFacts(**{"now": NOW, "today": TODAY, "case": case, **values})


def letters(step: Step) -> list[Letter]:
    """The letters of a step and of all that hangs on it."""
    own = [e.letter for e in step.effects if isinstance(e, SendLetter)]
    return own + [letter for child in step.children for letter in letters(child)]


def writes(step: Step) -> list[WriteRecord]:
    return [e for e in step.effects if isinstance(e, WriteRecord)]


def sent(decision: Decision) -> list[str]:
    """The kinds of the letters that a decision sends."""
    return [letter.kind for step in decision.steps for letter in letters(step)]


def days(count: int) -> timedelta:
    return timedelta(days=count)


def confirmed(case: Case, **values: Any) -> Case:
    return replace(case, **{"stage": Stage.CONFIRMED, "closed": NOW, **values})
