"""What there is to know of a case, as label and text. For the terminal and the receipt alike."""

from __future__ import annotations

from bot.app import explain
from bot.domain.calendar import STOCKHOLM
from bot.domain.cases import Case, Status
from bot.domain.labels import label
from bot.domain.values import masked

Facts = list[tuple[str, str]]
_STATUS = {Status.OPEN: "Hos er", Status.WAITING: "Väntar på andra", Status.DONE: "Avslutat"}


def of_form(case: Case) -> Facts:
    """Return what was asked, answered, wrong and planned; nothing of who may not be named."""
    if case.protected:  # what is wrong with the form would tell why it is here
        return []
    rows: Facts = []
    if case.inquiry is not None:
        rows += [(f"Fråga {p.number}".removesuffix(" 0"), f"{p.label}: {p.read or p.text or '–'}")
                 for p in case.inquiry.points]  # fmt: skip
    rows += [(label(a.key), explain.given(a)) for a in case.answers]
    rows += [(label(p.field) if p.field else "Blanketten", p.text) for p in case.problems]
    if case.plan is not None:
        rows += [
            (f"Plan: {label(name)}", f"{old} → {new or '–'}" if old else new)
            for name, old, new in case.plan.differences()
            if name not in ("person_id", "protected")
        ]
    return rows


def in_a_letter(case: Case) -> tuple[tuple[str, str], ...]:
    """Return everything that a letter to a clerk may say of *case*: no identity number."""
    rows: Facts = [
        ("Läge", _STATUS[case.status]),
        ("Varför", case.why.text),
        ("Öppnat", f"{case.opened.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"),
    ]
    if case.origin.mail:
        rows.append(("Mejl", f"M-{case.origin.mail} från {case.origin.sender or 'okänd'}"))
    if case.origin.file:
        rows.append(("Fil", f"{case.origin.file} ({case.origin.number} av {case.origin.of})"))
    form = of_form(case)
    secret = label("person_id")
    rows += [*case.details, *(r for r in form if secret not in r[0])]
    return tuple((name, masked(text)) for name, text in rows if text)
