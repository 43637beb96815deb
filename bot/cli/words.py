"""The clerk's words for the program's codes, in tables only; JSON keeps the codes."""

from __future__ import annotations

_WORDS = {
    # outcomes of mails
    "applied": "genomfört",
    "asked_back": "fråga till chefen",
    "with_staff": "hos handläggare",
    "recorded": "noterat",
    "rejected": "avvisat",
    "received": "väntar på läsning",
    "stuck": "lagt åt sidan",
    # records
    "planned": "planerad",
    "active": "aktiv",
    "ended": "upphörd",
    "closed": "stängd",
    "removed": "borttagen",
    # cases: status, stage, kind, priority
    "open": "öppet",
    "waiting": "väntar",
    "done": "klart",
    "asked": "fråga ställd",
    "staff": "hos handläggare",
    "approved": "godkänt",
    "confirmed": "genomfört",
    "linked": "kopplat till annat ärende",
    "new": "nybeställning",
    "change": "uppdatering",
    "cancel": "avbeställning",
    "mail": "mejl",
    "scan": "inskannat",
    "card_order": "kort att beställa",
    "reserve_order": "reservkort",
    "loss": "förlorat kort",
    "card_return": "kort åter",
    "by_hand": "skriv in för hand",
    "trouble": "fel att se till",
    "urgent": "brådskar",
    "normal": "normal",
    # letters
    "queued": "i kö",
    "sending": "skickas",
    "sent": "skickat",
    "held": "hålls",
    "failed": "gick inte fram",
    "question": "fråga",
    "handed_over": "handläggare tar över",
    "ending_soon": "upphör snart",
    "digest": "sammanställning",
}


def swedish(code: str) -> str:
    """Return the clerk's word for *code*, or the code itself."""
    return _WORDS.get(code, code)
