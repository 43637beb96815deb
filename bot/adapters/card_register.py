"""The office's own list of cards as a CSV file, every bad row named. Stores nothing.

Headings and words may be Swedish. No fault ever shows what stands in the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.adapters.cells import Cells, read
from bot.domain.card_import import STATUSES, TAKEN, WITHOUT_NUMBER, CardRow
from bot.domain.cards import (
    OVER,
    CardKind,
    InvalidCardNumberError,
    Status,
    card_number,
)
from bot.domain.labels import REASONS
from bot.domain.row_faults import BadRow
from bot.domain.values import InvalidPersonIdError, PersonId
from parsers.swedish import day as swedish_day

COLUMNS = (
    "kind", "number", "person_id", "status", "loa", "reasons", "handed_out", "due", "expires",
    "activated", "name", "mail", "unit_id", "received",
)  # fmt: skip
HEADINGS = {
    "typ": "kind", "korttyp": "kind", "slag": "kind",
    "nummer": "number", "kortnummer": "number", "kortnr": "number", "nr": "number",
    "personnummer": "person_id", "personnr": "person_id", "samordningsnummer": "person_id",
    "läge": "status",
    "tillitsnivå": "loa", "nivå": "loa",
    "skäl": "reasons", "orsak": "reasons", "orsaker": "reasons",
    "utlämnat": "handed_out", "utlämnad": "handed_out", "lånat": "handed_out",
    "utlånat": "handed_out", "utlämningsdatum": "handed_out", "utlämningsdag": "handed_out",
    "åter": "due", "åter senast": "due", "återlämnas": "due", "återlämnas senast": "due",
    "lånat till": "due", "förfaller": "due", "förfallodag": "due", "sista lånedag": "due",
    "går ut": "expires", "kortet går ut": "expires",
    "aktiverat": "activated", "aktiverad": "activated",
    "namn": "name", "innehavare": "name",
    "e-post": "mail", "epost": "mail", "e-postadress": "mail",
    "enhet": "unit_id", "enhets-id": "unit_id", "enhetsid": "unit_id",
    "mottaget": "received", "inkom": "received", "ankom": "received",
}  # fmt: skip
_KINDS = {
    "ordinary": CardKind.ORDINARY, "e-tjänstekort": CardKind.ORDINARY,
    "etjänstekort": CardKind.ORDINARY, "tjänstekort": CardKind.ORDINARY,
    "siths": CardKind.ORDINARY, "siths-kort": CardKind.ORDINARY, "sithskort": CardKind.ORDINARY,
    "ordinarie": CardKind.ORDINARY, "ordinarie kort": CardKind.ORDINARY,
    "reserve": CardKind.RESERVE, "reservkort": CardKind.RESERVE, "reserv": CardKind.RESERVE,
}  # fmt: skip
_STATUS = {
    **{s.value: s for s in STATUSES[CardKind.ORDINARY] | STATUSES[CardKind.RESERVE]},
    "handed out": Status.HANDED_OUT, "to return": Status.TO_RETURN,
    "ska beställas": Status.NEEDED, "att beställa": Status.NEEDED,
    "beställt": Status.ORDERED, "beställd": Status.ORDERED,
    "att hämta": Status.INFORMED, "informerad": Status.INFORMED,
    "aktiverat": Status.ACTIVATED, "aktiverad": Status.ACTIVATED, "i bruk": Status.ACTIVATED,
    "ska lämnas": Status.TO_RETURN, "att återlämna": Status.TO_RETURN,
    "begärt": Status.REQUESTED, "begärd": Status.REQUESTED,
    "godkänt": Status.APPROVED, "godkänd": Status.APPROVED,
    "utlämnat": Status.HANDED_OUT, "utlämnad": Status.HANDED_OUT, "utlånat": Status.HANDED_OUT,
    "utlånad": Status.HANDED_OUT, "ute": Status.HANDED_OUT, "lånat": Status.HANDED_OUT,
    "ska lämnas i dag": Status.DUE, "ska lämnas idag": Status.DUE,
    "försenat": Status.OVERDUE, "försenad": Status.OVERDUE,
    "förlorat": Status.LOST, "förlorad": Status.LOST, "borttappat": Status.LOST,
    "spärrat": Status.BLOCKED, "spärrad": Status.BLOCKED,
    "återlämnat": Status.RETURNED, "återlämnad": Status.RETURNED, "inlämnat": Status.RETURNED,
    "avregistrerat": Status.DEREGISTERED, "avregistrerad": Status.DEREGISTERED,
}  # fmt: skip
_DRAWER = frozenset(
    {"lager", "i lager", "lagret", "i lagret", "blank", "blankt", "blankt kort", "stock",
     "in_stock", "in stock"}
)  # fmt: skip
_LOA = {"2": 2, "3": 3, "loa 2": 2, "loa 3": 3, "loa2": 2, "loa3": 3}
_REASONS = {
    **{key: key for key in REASONS}, **{text: key for key, text in REASONS.items()},
    "förlorat kort": "lost_card", "förlorat": "lost_card", "borttappat kort": "lost_card",
    "nyanställd": "new_employee", "nyanställning": "new_employee",
    "korttid": "short_term", "kort anställning": "short_term",
    "saknar adress": "no_address", "saknar svensk adress": "no_address",
    "samordningsnr": "coordination_number", "utländsk": "foreign",
    "glömt kort": "forgotten_card", "forgotten_card": "forgotten_card",
}  # fmt: skip
_POWER = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)  # 9,75228E+18
_CLOCK = re.compile(r"(.+?)[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)  # days since the last of 1899, Excel's way
_EPOCH = date(1899, 12, 30)
_EXACT = 15  # digits that Excel keeps of a number; the rest become noughts
_NOUGHTS = 6  # so many in the file, and no other digit after the fifteenth, are no accident
_AS_TEXT = "formatera kolumnen som text i Excel, skriv numret på nytt och spara igen"


def cards(content: bytes, today: date) -> tuple[tuple[CardRow, ...], tuple[BadRow, ...]]:
    """Return the cards and blanks in a CSV file in its order, and every fault in it."""
    rows, faults = read(content, COLUMNS, ("number",), lambda c: _card(c, today), also=HEADINGS)
    found = tuple(row for _, row in rows)
    across = (*_twice(found), *_two_loans(found), *_rounded(found))
    return found, tuple(sorted((*faults, *across), key=lambda f: f.line))


def _card(cells: Cells, today: date) -> CardRow | None:
    number, person = _number(cells), _person(cells, today)
    name, mail, unit_id = cells.text("name"), cells.mail("mail"), cells.text("unit_id")
    word = _plain(cells.text("status"))
    nobody = not any(cells.text(c) for c in ("person_id", "name", "handed_out", "due"))
    blank = word in _DRAWER or (not word and nobody)
    kind, status = _kind(cells, stock=word in _DRAWER), None if blank else _status(cells, word)
    loa, reasons = _loa(cells), _reasons(cells)
    days = {c: _day(cells, c, today) for c in ("handed_out", "due", "expires", "activated",
                                               "received")}  # fmt: skip
    if cells.faults or kind is None:
        return None
    row = CardRow(
        cells.line, kind, status, number, person, loa, reasons, name=name, mail=mail,
        unit_id=unit_id, **days,
    )  # fmt: skip
    if status is None:
        _blank(cells, row, today)
    else:
        _fits(cells, row, status)
        _days(cells, row, status, today)
    return None if cells.faults else row


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _unwrapped(text: str) -> str:
    """Return a number without the signs that make Excel keep it as text: '12 and ="12"."""
    return text.removeprefix("=").strip("\"'")


def _number(cells: Cells) -> str:
    text = _unwrapped(cells.text("number"))
    if not text:
        return ""
    if _POWER.fullmatch(text.replace(" ", "")):
        cells.bad("number", f"är ett tal som Excel har kortat av; {_AS_TEXT}")
        return ""
    try:
        return card_number(text)
    except InvalidCardNumberError:
        cells.bad("number", "är inget kortnummer: 4 till 24 siffror eller bokstäver")
        return ""


def _person(cells: Cells, today: date) -> PersonId | None:
    text = _unwrapped(cells.text("person_id"))
    if not text:
        return None
    try:
        return PersonId.parse(text, today)
    except InvalidPersonIdError as error:
        more = f"; {_AS_TEXT}" if _POWER.fullmatch(text) else ""
        cells.bad("person_id", f"är inget giltigt nummer ({error.code}){more}")
        return None


def _kind(cells: Cells, *, stock: bool) -> CardKind | None:
    word = _plain(cells.text("kind"))
    if not word:
        if stock:  # only reserve cards lie in the drawer
            return CardKind.RESERVE
        cells.needed("kind")
        return None
    if word not in _KINDS:
        cells.bad("kind", "är inget känt slag; skriv reservkort eller e-tjänstekort")
    return _KINDS.get(word)


def _status(cells: Cells, word: str) -> Status | None:
    if not word:
        cells.bad("status", "saknas; utan person är kortet blankt, annars behövs ett läge")
    elif word not in _STATUS:
        cells.bad("status", "är inget känt läge; skriv till exempel utlämnat eller återlämnat")
    return _STATUS.get(word)


def _loa(cells: Cells) -> int | None:
    word = _plain(cells.text("loa"))
    if word and word not in _LOA:
        cells.bad("loa", "ska vara 2 eller 3")
    return _LOA.get(word)


def _reasons(cells: Cells) -> tuple[str, ...]:
    text = _plain(cells.text("reasons"))
    if not text:
        return ()
    # One of the words holds a comma itself, so the whole cell is tried first.
    words = [text] if text in _REASONS else [w.strip() for w in re.split(r"[;,|/+]", text)]
    found = [_REASONS.get(w) for w in words if w]
    if None in found:
        cells.bad("reasons", f"är inget känt skäl; skälen är {', '.join(REASONS)}")
    return tuple(dict.fromkeys(f for f in found if f is not None))


def _day(cells: Cells, column: str, today: date) -> date | None:
    """Return the day that the cell writes, in one of the ways of Excel and of Swedes."""
    text = cells.text(column)
    if not text:
        return None
    serial = _SERIAL.fullmatch(text)
    if serial is not None:
        found = _EPOCH + timedelta(days=int(serial[1]))
        if abs(found.year - today.year) <= 30:  # noqa: PLR2004 - years: else it is no day of ours
            return found
    clock = _CLOCK.fullmatch(text)
    value = swedish_day(clock[1] if clock is not None else text, today).value
    if value is None:
        cells.bad(column, "är inget entydigt datum; skriv till exempel 2026-11-23")
        return None
    return date.fromisoformat(value)


def _blank(cells: Cells, row: CardRow, today: date) -> None:
    """Check a row of the drawer: a reserve card that nobody has, or has had."""
    if row.person is not None or row.name:
        cells.bad("status", "säger att kortet ligger i lagret, men raden har en person")
    if row.kind is not CardKind.RESERVE:
        cells.bad("kind", "i lagret ligger bara reservkort; ett e-tjänstekort behöver en person")
    if not row.number:
        cells.needed("number")
    if row.handed_out is not None or row.due is not None:
        cells.bad("status", "säger att kortet ligger i lagret, men raden har en dag för lånet")
    if row.received is not None and row.received > today:
        cells.bad("received", "ligger i framtiden")


def _fits(cells: Cells, row: CardRow, status: Status) -> None:
    """Check that kind, status and holder go together."""
    if status not in STATUSES[row.kind]:
        word = "reservkort" if row.kind is CardKind.RESERVE else "e-tjänstekort"
        cells.bad("status", f"passar inte ett {word}")
    if row.person is None and not row.name:
        cells.bad("person_id", "saknas; skriv namnet under name om personen inte har något")
    if row.person is None and row.kind is CardKind.ORDINARY:
        cells.bad("person_id", "saknas; bara reservkort kan tillhöra någon utan svenskt nummer")
    if not row.number and (row.person is None or status not in WITHOUT_NUMBER):
        cells.needed("number")


def _days(cells: Cells, row: CardRow, status: Status, today: date) -> None:
    for column, day in (("handed_out", row.handed_out), ("activated", row.activated)):
        if day is not None and day > today:
            cells.bad(column, "ligger i framtiden")
    begun = row.handed_out or row.activated
    if row.due is not None and begun is not None and row.due < begun:
        cells.bad("due", "ligger före dagen då kortet lämnades ut")
    if status is Status.OVERDUE and row.due is not None and row.due >= today:
        cells.bad("due", "har inte passerat, men läget säger att kortet är försenat")


def _twice(rows: tuple[CardRow, ...]) -> Iterator[BadRow]:
    """Name the numbers that two living cards, or a card and a blank, bear."""
    first: dict[str, int] = {}
    for row in rows:
        if row.number and row.status not in OVER:
            line = first.setdefault(row.number, row.line)
            if line != row.line:
                yield BadRow(row.line, "number", f"står redan på rad {line}")


def _two_loans(rows: tuple[CardRow, ...]) -> Iterator[BadRow]:
    """Name the persons who would have two reserve cards (S9: one at a time)."""
    first: dict[PersonId, int] = {}
    for row in rows:
        if row.person is None or row.kind is not CardKind.RESERVE or row.status not in TAKEN:
            continue
        line = first.setdefault(row.person, row.line)
        if line != row.line:
            text = f"personen har redan ett reservkort på rad {line}; ett i taget"
            yield BadRow(row.line, "person_id", text)


def _rounded(rows: tuple[CardRow, ...]) -> Iterator[BadRow]:
    """Name the numbers that Excel has rounded: all noughts after the fifteenth digit."""
    long = [r for r in rows if len(r.number) > _EXACT and r.number.isdigit()]
    tails = "".join(r.number[_EXACT:] for r in long)
    if len(tails) >= _NOUGHTS and not tails.strip("0"):
        for row in long:
            yield BadRow(row.line, "number", f"är avrundat av Excel; {_AS_TEXT}")
