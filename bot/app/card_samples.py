"""Letters about cards as they might go out, each kind in its main variants. Sends nothing.

All people, places and numbers are invented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot.domain.card_letters import (
    Appointment,
    Booking,
    CardBack,
    CardContent,
    CardExpiring,
    CardKept,
    CardReminder,
    EndedRow,
    EndedWithCard,
    Escalation,
    ExtensionAnswered,
    ExtensionAsked,
    Inventory,
    LossAdvice,
    LossAlert,
    Reader,
    ReceiptForm,
    ReplyNoted,
    ReserveReminder,
    StockRow,
)
from bot.domain.letters import Letter

_NAME: Final = "Märta Åkerström"
_OTHER: Final = "Örjan Sjöö"
_UNIT: Final = "Björkhagens hemtjänst"
_LONG: Final = "Vård- och omsorgsboendet Äppelgården, avdelning Ängsblomman"
_CARD: Final = "9752 2799 0041 7363"
_RESERVE: Final = "9752 2790 0018 4452"
_GUIDE: Final = "Lathund för bokning.pdf"
_HOLDER: Final = "marta.akerstrom@jarfalla.example"
_MANAGER: Final = "asa.oberg@jarfalla.example"
_STAFF: Final = "handlaggare@jarfalla.example"
_NEXT: Final = "chef.omsorg@jarfalla.example"
_TO_STAFF: Final = frozenset({"receipt_form", "loss_alert", "inventory", "ended_with_card"})
_TO_MANAGER: Final = frozenset({"card_expiring", "extension_asked"})
_ANSWERS: Final = frozenset({"loss_advice", "extension_asked", "extension", "reply_noted"})

Named = tuple[tuple[str, CardContent], ...]


def named() -> dict[str, Letter]:
    """Return the samples by a name that starts with the letter's kind."""
    contents = (
        *_ordinary(), *_back(), *_reserve(), *_reminders(), *_receipts(), *_losses(), *_lists(),
    )  # fmt: skip
    letters = {name: _letter(content) for name, content in contents}
    on_paper = {
        f"{name}-by_post": replace(letters[name], to=(_STAFF,), by_post=_NAME, in_reply_to="",
                                   references=())
        for name in ("appointment", "reserve_reminder-overdue", "loss_advice")
    }  # fmt: skip
    return letters | on_paper


def _letter(content: CardContent) -> Letter:
    if content.kind in _ANSWERS:
        asked = "<mail-4712@jarfalla.example>"
        return Letter(_to(content), content, in_reply_to=asked, references=(asked,))
    return Letter(_to(content), content)


def _to(content: CardContent) -> tuple[str, ...]:
    if content.kind == "escalation":
        return (_STAFF, _NEXT)
    if content.kind in _TO_STAFF:
        return (_STAFF,)
    if content.kind in _TO_MANAGER:
        return (_MANAGER,)
    reader = getattr(content, "reader", Reader.HOLDER)
    return {Reader.MANAGER: (_MANAGER,), Reader.BOTH: (_HOLDER, _MANAGER)}.get(reader, (_HOLDER,))


def _ordinary() -> Named:
    booking = Booking(_NAME, _GUIDE, 90, date(2027, 2, 19))
    reminder = CardReminder(_NAME, date(2026, 10, 24), date(2027, 1, 22), 60, _GUIDE)
    lapsed = replace(reminder, informed=date(2026, 8, 24), void_on=date(2026, 11, 22),
                     days_left=0, guide="", lapsed=True)  # fmt: skip
    expiring = CardExpiring(_OTHER, _LONG, _CARD, date(2027, 1, 22), 60)
    return (
        ("booking", booking),
        ("booking-replaces", replace(booking, replaces=True)),
        ("card_reminder", reminder),
        ("card_reminder-last", replace(reminder, days_left=10, void_on=date(2026, 12, 3))),
        ("card_reminder-manager", replace(reminder, reader=Reader.MANAGER, guide="")),
        ("card_reminder-lapsed", lapsed),
        ("card_reminder-lapsed-both", replace(lapsed, reader=Reader.BOTH)),
        ("card_reminder-lapsed-manager", replace(lapsed, reader=Reader.MANAGER)),
        ("card_expiring", expiring),
        ("card_expiring-gone", replace(expiring, expires=date(2026, 11, 20), days=-3)),
    )


def _back() -> Named:
    before = CardBack(_NAME, _UNIT, _CARD, date(2026, 11, 30), -7, Reader.HOLDER,
                      "Din anställning upphör.")  # fmt: skip
    ended = replace(before, due=date(2026, 11, 16), days=7, why="Anställningen har upphört.")
    return (
        ("card_return-before", before),
        ("card_return-today", replace(before, due=date(2026, 11, 23), days=0)),
        ("card_return-late", ended),
        ("card_return-replaced", replace(ended, why="Du har fått ett nytt e-tjänstekort.",
                                         due=date(2026, 11, 20), days=3, number="")),
        ("card_return-both", replace(ended, reader=Reader.BOTH)),
        ("card_return-manager", replace(ended, reader=Reader.MANAGER, due=date(2026, 11, 9),
                                        days=14)),
    )  # fmt: skip


def _reserve() -> Named:
    appointment = Appointment(
        _NAME, _UNIT, ("nyanställd, kortet hinner inte utfärdas",), 3,
        date(2026, 12, 1), date(2027, 2, 28),
    )  # fmt: skip
    asked = ExtensionAsked(_NAME, _UNIT, _RESERVE, date(2026, 11, 30), date(2026, 12, 14))
    granted = ExtensionAnswered(_NAME, _RESERVE, granted=True, due=date(2026, 12, 14))
    no = replace(granted, granted=False, due=date(2026, 11, 30), why="Din chef har svarat nej.")
    short = Appointment(_NAME, "", ("korttidsanställning", "samordningsnummer"), 1)
    rule = "Ett reservkort får användas i högst tre månader."
    return (
        ("appointment", appointment),
        ("appointment-short", short),
        ("appointment-reminder", replace(appointment, reminder=True)),
        ("extension_asked", asked),
        ("extension_asked-shorter", replace(asked, wanted=date(2027, 1, 31))),
        ("card_kept", CardKept(granted.name, granted.number)),
        ("extension-granted", granted),
        ("extension-granted-manager", replace(granted, reader=Reader.MANAGER)),
        ("extension-refused", no),
        ("extension-refused-late", replace(no, due=date(2026, 11, 20), why=rule)),
        ("extension-refused-manager", replace(no, why=rule, reader=Reader.MANAGER)),
        ("reply_noted", ReplyNoted(_NAME, _RESERVE)),
    )  # fmt: skip


def _reminders() -> Named:
    soon = ReserveReminder(_NAME, _UNIT, _RESERVE, date(2026, 12, 7), -14, Reader.HOLDER)
    late = replace(soon, due=date(2026, 11, 20), days=3)
    early = "Ditt e-tjänstekort är aktiverat."
    escalated = Escalation(_NAME, _UNIT, _RESERVE, date(2026, 11, 9), 14, _MANAGER)
    return (
        ("reserve_reminder-14", soon),
        ("reserve_reminder-3", replace(soon, due=date(2026, 11, 26), days=-3)),
        ("reserve_reminder-early", replace(soon, due=date(2026, 11, 26), days=-3, why=early)),
        ("reserve_reminder-0", replace(soon, due=date(2026, 11, 23), days=0)),
        ("reserve_reminder-overdue", late),
        ("reserve_reminder-both", replace(late, due=date(2026, 11, 22), days=1,
                                          reader=Reader.BOTH)),
        ("reserve_reminder-manager", replace(late, due=date(2026, 11, 16), days=7, unit=_LONG,
                                             reader=Reader.MANAGER)),
        ("escalation", escalated),
        ("escalation-at-once", replace(escalated, told=False)),
        ("escalation-nobody-told", replace(escalated, manager="")),
        ("escalation-ordinary", replace(escalated, number="", reserve=False)),
    )  # fmt: skip


def _receipts() -> Named:
    new = ReceiptForm(_NAME, _RESERVE, date(2027, 2, 23), "C-17", "kvittens-C-17.pdf",
                      date(2026, 11, 23))  # fmt: skip
    return (
        ("receipt_form", new),
        ("receipt_form-nag", replace(new, handed_out=date(2026, 11, 16), nag=True)),
        ("receipt_form-unsigned", replace(new, unsigned=True, picture="kvittens.png")),
        ("receipt_form-doubtful", replace(new, doubtful=True, picture="kvittens.png")),
    )


def _losses() -> Named:
    sure = LossAlert(
        "K-17", _NAME, _UNIT, "reservkort", "2026-11-22 kl. 22.14", _HOLDER, (_RESERVE,),
        words="Jag tappade mitt reservkort på bussen i går kväll.",
    )  # fmt: skip
    unclear = LossAlert(
        "K-17", "", "", "kort", "2026-11-23 kl. 07.52", "vaktmastare@skola.example", unclear=True,
        words="Det ligger en väska med ett passerkort här sedan i fredags.",
    )  # fmt: skip
    advice = LossAdvice(_NAME, "e-tjänstekort", Reader.HOLDER)
    return (
        ("loss_alert", sure),
        (
            "loss_alert-stolen",
            replace(
                sure,
                what="e-tjänstekort",
                numbers=(),
                stolen=True,
                words="Min väska med kortet blev stulen.",
            ),
        ),
        ("loss_alert-several", replace(sure, what="kort", numbers=(_CARD, _RESERVE))),
        ("loss_alert-unclear", unclear),
        ("loss_alert-bare", replace(unclear, handle="", sender="", words="")),
        ("loss_alert-found", replace(sure, found=True, words="Jag hittade kortet i jackan.")),
        ("loss_advice", advice),
        ("loss_advice-police-known", replace(advice, police="5000-K987654-26")),
        ("loss_advice-reminder", replace(advice, reminder=True, reserve=False)),
        ("loss_advice-manager", replace(advice, what="reservkort", reader=Reader.MANAGER)),
        ("loss_advice-called_off", replace(advice, called_off=True)),
        ("loss_advice-found", replace(advice, found=True, reserve=False)),
    )


def _lists() -> Named:
    day = date(2026, 11, 23)
    came = "mottaget 2026-09-01, giltigt till 2028-08-31"
    stock = tuple(StockRow(row, f"9752 2790 0018 44{52 + row}", came) for row in range(1, 7))
    inventory = Inventory(day, stock)
    ended = EndedWithCard(
        day,
        (
            EndedRow("C-8", _OTHER, _LONG, _CARD, "ska lämnas tillbaka", date(2026, 10, 31)),
            EndedRow("C-12", _NAME, _UNIT, _RESERVE, "försenat", date(2026, 11, 9)),
            EndedRow("C-15", "Bo Ek", "Växthusets förskola", "9752 2799 0041 8999", "aktiverat",
                     date(2026, 11, 20)),
        ),
    )  # fmt: skip
    return (
        ("inventory", inventory),
        ("inventory-again", replace(inventory, again=True, unread=("alla utom den blå",))),
        ("inventory-empty", Inventory(day, ())),
        ("ended_with_card", ended),
        ("ended_with_card-protected", replace(ended, protected=2)),
        ("ended_with_card-none", EndedWithCard(day, ())),
    )
