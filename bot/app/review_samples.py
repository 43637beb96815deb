"""Letters of the quarterly review as they might go out, each in its main variants. Sends nothing.

All people and places are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot.domain.letters import Letter
from bot.domain.review_letters import (
    CancellationForm,
    Count,
    EchoRow,
    Leaver,
    ListedRow,
    OpenRow,
    PreviewRow,
    ReviewAsked,
    ReviewClosed,
    ReviewContent,
    ReviewEcho,
    ReviewEscalated,
    ReviewMoved,
    ReviewPreview,
    ReviewReminded,
    Undone,
)
from bot.domain.review_reply import RowAnswer
from bot.domain.values import ReviewId

_MANAGER: Final = "asa.oberg@jarfalla.example"
_STAFF: Final = "handlaggare@jarfalla.example"
_NEXT: Final = "chef.omsorg@jarfalla.example"
_TO: Final = {
    "escalation": (_STAFF, _NEXT),
    "review_preview": (_STAFF,),
    "review_report": (_STAFF,),
}
_ANSWERS: Final = frozenset({"review_echo", "undone"})
_NUMBERED: Final = frozenset({"review", "review_reminder", "review_echo", "undone", "escalation"})
_HANDLE: Final = "G-17"
_HOME: Final = "Björkhagens hemtjänst"
_LONG: Final = "Vård- och omsorgsboendet Äppelgården, avdelning Ängsblomman"
_SCHOOL: Final = "Växthusets förskola"
_ASKED: Final = date(2026, 11, 23)
_BY: Final = date(2026, 12, 7)
_PEOPLE: Final = (
    ("Anna-Karin Öberg", "Undersköterska"),
    ("Björn Åhs", "Undersköterska"),
    ("Hodan Warsame", "Vårdbiträde"),
    ("Ulf Granath", ""),
    ("Nermin Hadžić", "Sjuksköterska"),
    ("Ulrika af Klint", "Biträdande enhetschef med samordningsansvar för natten"),
    ("Mohammed Al-Hassan", "Vårdbiträde"),
    ("Lars-Göran Engström", "Undersköterska"),
    ("Zahra Karimi", "Stödassistent"),
    ("Selam Tekle", "Barnskötare"),
    ("Cecilia Norén", "Förskollärare"),
    ("Jari Korhonen", "Kock"),
)
_GIVEN: Final = ("Aino", "Bertil", "Disa", "Emre", "Fatima", "Gunnel", "Håkan")
_SURNAMES: Final = ("Lindqvist", "Ståhl", "Özdemir", "Nyström")

Named = tuple[tuple[str, ReviewContent], ...]


def named() -> dict[str, Letter]:
    """Return the samples by a name that starts with the letter's kind."""
    contents = (
        *_asked(), *_reminded(), *_escalated(), *_echoes(), *_more_echoes(), *_undone(), *_forms(),
        *_moves(), *_previews(), *_reports(),
    )  # fmt: skip
    return {name: _letter(content) for name, content in contents}


def _letter(content: ReviewContent) -> Letter:
    to = _TO.get(content.kind, (_MANAGER,))
    if isinstance(content, ReviewEscalated) and not content.superior:
        to = (_STAFF,)
    review = ReviewId(17) if content.kind in _NUMBERED else None
    if content.kind in _ANSWERS:
        asked = "<mail-4713@jarfalla.example>"
        return Letter(to, content, in_reply_to=asked, references=(asked,), review=review)
    return Letter(to, content, review=review)


def _rows(units: tuple[str, ...], count: int, new: int = 0) -> tuple[ListedRow, ...]:
    """Return so many rows as a list is frozen: the new ones first, then by unit."""
    more = (f"{given} {surname}" for surname in _SURNAMES for given in _GIVEN)
    people = (*_PEOPLE, *((name, "Undersköterska") for name in more))[:count]
    share = -(-(count - new) // len(units))
    return tuple(
        ListedRow(number, name, title, units[(number - 1) * len(units) // new],
                  date(2026, 9, 3 * number), new=True) if number <= new else
        ListedRow(number, name, title, units[(number - new - 1) // share],
                  date(2020 + number % 6, 1 + number % 12, 1 + number % 28)
                  if number < count else None)
        for number, (name, title) in enumerate(people, 1)
    )  # fmt: skip


def _asked() -> Named:
    three = ReviewAsked(_HANDLE, _rows((_HOME,), 3), _BY)
    return (
        ("review", replace(three, rows=_rows((_HOME, _LONG, _SCHOOL), 12, 3),
                           gone=("Märta Åkerström", "Örjan Sjöö"))),
        ("review-one", replace(three, rows=_rows((_HOME,), 1))),
        ("review-three", three),
        ("review-one-unit", replace(three, rows=_rows((_LONG,), 5, 2), gone=("Bo Ek",))),
        ("review-all-new", replace(three, rows=_rows((_HOME, _SCHOOL), 4, 4))),
        ("review-forty", replace(three, rows=_rows((_HOME, _LONG, _SCHOOL), 40, 4))),
        ("review-instead", replace(
            three, instead="Du får frågan i stället för Eva Ek, som är ledig till 7 januari.")),
    )  # fmt: skip


def _reminded() -> Named:
    rows = _rows((_HOME, _LONG, _SCHOOL), 12, 3)
    none = ReviewReminded(_HANDLE, rows, _ASKED, 0, date(2026, 12, 14))
    partly = replace(none, rows=(rows[2], rows[6], rows[10]), answered=9)
    return (
        ("review_reminder", none),
        ("review_reminder-partly", partly),
        ("review_reminder-one", replace(partly, rows=rows[3:4], answered=11)),
    )


def _escalated() -> Named:
    rows = _rows((_HOME, _LONG, _SCHOOL), 12, 3)
    none = ReviewEscalated(_HANDLE, rows, "Åsa Öberg", _ASKED, 2, 0, reply_by=date(2026, 12, 22))
    away = "Jag är ledig till 7 januari. Kontakta Eva Ek."
    partly = replace(none, rows=(rows[2], rows[6]), answered=10, away=away, reply_by=None)
    return (
        ("escalation-review", none),
        ("escalation-review-partly", partly),
        ("escalation-review-one", replace(none, rows=rows[4:5], manager="", reminders=1)),
        ("escalation-review-staff", replace(none, superior=False, away=away)),
    )


_STAYS: Final = EchoRow(1, "Anna-Karin Öberg", RowAnswer.STAYS)
_LEFT: Final = EchoRow(
    3, "Björn Åhs", RowAnswer.LEFT, date(2026, 10, 31),
    note="Avbeställningen kommer i ett eget mejl.",
)  # fmt: skip
_LEAVING: Final = EchoRow(5, "Hodan Warsame", RowAnswer.LEAVING, date(2027, 6, 18))
_MOVED: Final = EchoRow(
    6, "Nermin Hadžić", RowAnswer.MOVED, date(2026, 9, 1), "Olovslund",
    note="Vi frågar chefen där.",
)  # fmt: skip
_ASKS: Final = (
    OpenRow(4, "Ulf Granath", "vem är det?"),
    OpenRow(7, "Zahra Karimi", "hon slutar nog i vår", "vilken dag är den sista?"),
    OpenRow(8, "Selam Tekle"),
)


def _echoes() -> Named:
    undo = date(2026, 11, 25)
    ready = ReviewEcho(_HANDLE, (_STAYS, _LEFT, _LEAVING, _MOVED), undo_until=undo)
    stays = tuple(EchoRow(r.row, r.name, RowAnswer.STAYS) for r in _rows((_HOME,), 12))
    late = replace(_MOVED, row=8, on=date(2027, 1, 1), to="")
    one = replace(_ASKS[1], name=stays[6].name)
    was = (
        replace(_STAYS, was=RowAnswer.LEFT),
        replace(_LEFT, on=None, was=RowAnswer.STAYS, note=""),
        replace(_LEAVING, was=RowAnswer.LEAVING),
        late,
    )
    return (
        ("review_echo", ready),
        ("review_echo-all-stay", replace(ready, taken=stays)),
        ("review_echo-one", replace(ready, taken=(_STAYS,), undo_until=None)),
        ("review_echo-changed", replace(ready, taken=was)),
        ("review_echo-partly", replace(ready, open=_ASKS, reply_by=_BY)),
        ("review_echo-partly-one", replace(ready, taken=(*stays[:6], *stays[7:]), open=(one,))),
    )


def _more_echoes() -> Named:
    nothing = ReviewEcho(_HANDLE, (), _ASKS, ("Ring mig så tar vi det.",), reply_by=_BY)
    notes = (
        "Pia Holm saknas på listan. Skicka en blankett för henne.",
        "Eva Ek är ny chef från januari. En handläggare ser över registret.",
    )
    noted = ReviewEcho(
        _HANDLE, (_STAYS, _LEFT), (), ("Ta bort Kalle också",), date(2026, 11, 25), notes,
        clerk=True,
    )  # fmt: skip
    return (
        ("review_echo-nothing", nothing),
        ("review_echo-nothing-one", replace(nothing, open=_ASKS[2:], unread=(), reply_by=None)),
        ("review_echo-noted", noted),
        ("review_echo-only-notes", replace(noted, taken=(), unread=(), undo_until=None)),
    )


def _undone() -> Named:
    back = Undone(_HANDLE, (_STAYS, EchoRow(3, "Björn Åhs", RowAnswer.OPEN)))
    held = ("Avbeställningen på rad 3 är redan genomförd.",)
    return (
        ("undone", back),
        ("undone-clerk", replace(back, rows=(_STAYS, _LEFT), clerk=held)),
        ("undone-late", replace(back, rows=(_STAYS, replace(_LEFT, note="")), late=True)),
        ("undone-moved", Undone(_HANDLE, (), moved="Nermin Hadžić")),
    )


def _forms() -> Named:
    one = Leaver("Björn Åhs", _HOME, date(2026, 10, 31), "K-17", "avbestallning-K-17.pdf", 31)
    two = Leaver("Hodan Warsame", _LONG, date(2027, 6, 18), "K-18", "avbestallning-K-18.pdf", 32)
    three = Leaver("Ulf Granath", "", None, "K-19", "avbestallning-K-19.pdf", 33)
    several = CancellationForm((one, two, three), send_by=_BY)
    return (
        ("cancellation_form", CancellationForm((one,))),
        ("cancellation_form-several", several),
        ("cancellation_form-reminder", replace(several, people=(one,), reminder=True)),
        ("cancellation_form-reminder-several", replace(several, reminder=True)),
    )


def _moves() -> Named:
    moved = ReviewMoved("K-17", "Nermin Hadžić", "Sjuksköterska", _HOME, "Åsa Öberg", "Olovslund",
                        date(2026, 9, 1))  # fmt: skip
    bare = replace(moved, title="", unit="", manager="", on=None)
    return (
        ("review_move", moved),
        ("review_move-coming", replace(moved, on=date(2027, 1, 1), send_by=_BY)),
        ("review_move-bare", bare),
    )


def _previews() -> Named:
    first = PreviewRow("G-17", "Åsa Öberg", _MANAGER, 40, (_HOME, _LONG, _SCHOOL),
                       "Har 40 personer, fler än förra gången (22).")  # fmt: skip
    away = PreviewRow("G-18", "Eva Ek", "eva.ek@jarfalla.example", 6, (_SCHOOL,),
                      "Frånvaro till 7 januari. Ersättare: Pia Holm.")  # fmt: skip
    nobody = PreviewRow("G-31", "", "", 7, ("Olovslunds gruppboende",), "Ingen chef i registret.")
    whole = ReviewPreview("2026-Q4", date(2026, 11, 24), 812, 47, (first, away), (nobody,), 3, 45)
    calm = replace(whole, rows=(first,), missing=(), protected=0, more=0, managers=1, persons=40)
    return (
        ("review_preview", whole),
        ("review_preview-auto", replace(whole, auto=True, protected=1)),
        ("review_preview-calm", calm),
    )


def _reports() -> Named:
    counts = (
        Count("Personer på listorna", 812), Count("Kvar", 741), Count("Har slutat", 31),
        Count("Slutar", 12), Count("Har flyttat", 9), Count("Inte besvarade", 19),
    )  # fmt: skip
    silent = PreviewRow("G-17", "Åsa Öberg", _MANAGER, 12, (_HOME, _LONG),
                        "Två påminnelser, frågan gick till nästa chef 14 december.")  # fmt: skip
    nobody = PreviewRow("G-31", "", "", 7, ("Olovslunds gruppboende",))
    files = ("granskning-2026-Q4.pdf", "granskning-2026-Q4.csv")
    over = ReviewClosed("2026-Q4", counts, (silent, nobody), 2, files)
    return (
        ("review_report", over),
        ("review_report-all", replace(over, counts=counts[:5], open=(), more=0)),
        ("review_report-one", replace(over, open=(silent,), more=0, files=())),
    )
