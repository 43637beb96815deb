"""How a doubtful form is asked about: numbered points, each with what was read. Sends nothing.

Personnummer never leave by mail: neither the words nor the picture of a point show one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.domain.fields import FAULTS
from bot.domain.forms import FieldReading, FormReading, How, Signed, State, Value
from bot.domain.judging import Judgement
from bot.domain.labels import CHOICES, label
from bot.domain.letters import Line, Point
from bot.domain.problems import Problem
from bot.domain.questions import YES_NO, Answered, Asked
from bot.domain.values import masked, spaced_phone

Judge = Callable[[FormReading], Judgement]

_SIGN = "Skriv under i rutan och skanna blanketten igen. En underskrift kan inte ges i ett mejl."
_NUMBER = (
    "Svara med hela numret. Vill du inte skriva det i ett mejl: ring oss, eller skicka en ny "
    "blankett."
)
_DATES = frozenset(
    {
        "effective_from", "birth_date", "employed_from", "employed_to", "last_day",
        "reserve_from", "reserve_to", "lost_on", "signed_on",
    }
)  # fmt: skip
_OF_DIGITS = _DATES | {"phone", "manager_phone", "card_number", "hsa_id", "police_reference"}
_FEW_DIGITS = 6  # in a field of words: fewer can be no identity number
_NEW_FORM = frozenset({"signed"})  # no reply can mend these
_NEW_FORM_IF_SURE = frozenset({"signed_on", "manager_name"})  # read well, and wrong: as signed
_SIGNED = (Signed.INK, Signed.DIGITAL)


def by_reply(form: FormReading, faults: Iterable[Problem]) -> bool:
    """Tell whether a reply can answer all *faults*: the form is signed, and only in doubt."""
    return form.signed in _SIGNED and not any(
        f.field in _NEW_FORM or (f.field in _NEW_FORM_IF_SURE and _is_sure(form, f.field))
        for f in faults
    )


def _is_sure(form: FormReading, key: str) -> bool:
    return form.field(key).state is State.SURE


def asked_about(
    form: FormReading, faults: Iterable[Problem], before: Iterable[Asked], judge: Judge
) -> tuple[Asked, ...]:
    """Return *before* and a question for each fault; a field keeps its number for ever.

    What was read is proposed where a yes would settle it: taken as sure, it passes *judge*.
    """
    known = {a.key: a for a in before}
    last = max((a.number for a in known.values()), default=0)
    for key in (fault.field or "" for fault in faults):
        old = known.get(key)
        if old is None:
            last += 1
            old = Asked(last, key)
        known[key] = replace(old, proposal=None if old.denied else _proposal(form, key, judge))
    return tuple(known.values())


def _proposal(form: FormReading, key: str, judge: Judge) -> Value:
    field = form.field(key)
    if field.state is not State.UNSURE or field.value in (None, "", (), False):
        return None
    if not shown(key, field.value) or key == "person_id":
        return None
    taken = replace(field, state=State.SURE, problem=None)
    fields = tuple(taken if f.key == key else f for f in form.fields)
    again = judge(replace(form, fields=fields)).problems
    wrong = any(p.field == key and p.code != "note" for p in again)
    return None if wrong or field.problem in FAULTS else field.value


def points(
    form: FormReading, faults: Iterable[Problem], asked: Iterable[Asked]
) -> tuple[Point, ...]:
    """Return the letter's points, one for each fault, in the order of their numbers."""
    by_key = {a.key: a for a in asked}
    found = [_point(form, fault, by_key[fault.field or ""]) for fault in faults]
    return tuple(sorted(found, key=lambda p: p.number))


def _point(form: FormReading, fault: Problem, asked: Asked) -> Point:
    key = asked.key
    field = form.field(key)
    read = "" if asked.denied else shown(key, field.value)
    if asked.proposal is not None:
        text = "Stämmer det?"
    elif asked.denied:
        text = f"Du har svarat att det inte stämmer. {_how(key)}"
    else:
        text = f"{fault.text} {_how(key)}"
    picture = picture_name(key) if may_be_pictured(field) else ""
    return Point(label(key), text, read, asked.number, picture)


def plain(form: FormReading, faults: Iterable[Problem]) -> tuple[Point, ...]:
    """Return the points of a question that only a new form answers."""
    found = []
    for number, fault in enumerate(faults, 1):
        key = fault.field or ""
        text = f"{fault.text} {_SIGN}" if key in _NEW_FORM else fault.text
        field = form.field(key)
        picture = picture_name(key) if may_be_pictured(field) else ""
        found.append(Point(label(key), text, shown(key, field.value), number, picture))
    return tuple(found)


def _how(key: str) -> str:
    if key == "person_id":
        return _NUMBER
    if key in YES_NO:
        return "Ska det beställas? Svara ja eller nej."
    if key == "reserve_reasons":
        return "Skriv orsaken med blankettens ord."
    if key in CHOICES:
        *first, last = CHOICES[key].values()
        return f"Svara {', '.join(first)} eller {last}."
    if key in _DATES:
        return "Vilket datum ska det vara?"
    return "Vad ska stå där?"


def shown(key: str, value: Value) -> str:
    """Return *value* as a letter may show it; "" for what must not or can't be shown."""
    if key == "person_id" or value in (None, "", (), False):
        return ""
    if value is True:
        return "ikryssat"
    choices = CHOICES.get(key, {})
    parts = value if isinstance(value, tuple) else (str(value),)
    text = ", ".join(choices.get(p, p) for p in parts)
    if key in ("phone", "manager_phone"):
        text = spaced_phone(text)
    return "" if _may_hold_a_number(key, text) else text


def may_be_pictured(field: FieldReading) -> bool:
    """Tell whether the field's picture may leave by mail: never one with an identity number."""
    if field.key in ("person_id", "protected"):
        return False
    texts = field.value if isinstance(field.value, tuple) else (str(field.value or ""),)
    return not any(_may_hold_a_number(field.key, t) for t in texts)


def _may_hold_a_number(key: str, text: str) -> bool:
    if key in ("phone", "manager_phone"):
        text = spaced_phone(text)
    digits = sum(c.isdigit() for c in text)
    return masked(text) != text or (key not in _OF_DIGITS and digits >= _FEW_DIGITS)


def picture_name(key: str) -> str:
    """Return the name of the case's file that shows the field *key*."""
    return f"falt-{key}.png"


def pictures(form: FormReading) -> tuple[tuple[str, bytes], ...]:
    """Return the files to keep with the case: what the reader cut out of the page."""
    return tuple((picture_name(c.key), c.png) for c in form.crops if c.key != "person_id")


def lines(answers: Iterable[Answered]) -> tuple[Line, ...]:
    """Return what was said afterwards, as a letter may show it."""
    return tuple(Line(label(a.key), _said(a)) for a in answers)


def _said(answer: Answered) -> str:
    if answer.key in YES_NO:
        return "ja" if answer.value else "nej"
    who = "enligt ditt svar" if answer.how is How.REPLY else "rättat av en handläggare"
    return f"{shown(answer.key, answer.value) or 'numret'} ({who} {answer.on})"
