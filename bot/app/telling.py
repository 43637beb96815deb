"""The log's lines as a clerk reads them: what happened, by whom. The codes stay in the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.domain.calendar import STOCKHOLM
from bot.domain.cards import Card
from bot.domain.labels import REASONS
from bot.ports.rows import AuditRow

Say = Callable[[str], str]  # the clerk's word for a code of the program

_PLAIN = {
    "mail_stuck": "mejlet gick inte att behandla och lades åt sidan",
    "code_masked": "mejlet innehöll en kod: den är maskerad och mejlets innehåll borttaget",
    "in_doubt": "programmet avbröts mitt i en sändning; läget är avgjort",
    "letter_queued": "brevet skrevs",
    "letter_sent": "brevet skickades",
    "letter_known": "brevet hade redan gått innan databasen återlästes; det skickades inte igen",
    "letter_doubtful": "brevet hålls: något liknande gick innan databasen återlästes",
    "letter_withdrawn": "brevet behövdes inte längre och skickades inte",
    "letter_refused": "mejlservern tog inte emot brevet",
    "letter_capped": "brevet hålls: fler brev än vad kontoret tillåter",
    "staff_undone": "åtgärden ångrades",
    "hsa_id_learnt": "HSA-id lästes in från katalogen",
    "manual_shown": "namnet visades för en namngiven handläggare",
    "blank_missing": "kortet saknades vid inventeringen",
    "mail_moved_by_others": "mejlet låg inte kvar i inkorgen",
}
_WITH_DETAIL = {
    "record_saved": "posten sparades: {}",
    "write_queued": "katalogen ska ändras: {}",
    "record_written": "katalogen är ändrad: {}",
    "write_conflicted": "katalogen hade ändrats av någon annan: {}",
    "write_refused": "katalogen tog inte emot ändringen: {}",
    "catalogue_compared": "registret jämfördes med katalogen: {}",
    "archived": "arkiverat: {}",
    "person_imported": "inläst från personregistret: {}",
    "managers_imported": "chefsregistret lästes in: {}",
    "managers_read": "chefsregistret lästes in: {}",
    "blank_imported": "inläst från kortlistan: {}",
    "card_imported": "inläst från kortlistan: {}",
    "campaign_saved": "granskningen: {}",
    "campaign_extended": "granskningen förlängdes: {}",
    "mail_read_again": "undanlagda mejl lästes igen efter återläsningen: {}",
    "raw_mail_purged": "gallring: {}",
}
_WRITES = {"add": "ny post", "modify": "ändrad post", "end": "slutdatum satt"}
_SAID = {  # what a card or a review did, as the core says it to the log
    "brought in": "inläst från kortlistan", "settled by staff": "avgjort av handläggare",
    "not back": "kortet var inte tillbaka", "reply": "svar från innehavaren eller chefen",
    "receipt accepted": "kvittensen godkänd", "day": "dagen har kommit",
    "to return": "ska lämnas tillbaka", "expired": "har gått ut",
    "ordered afterwards": "beställt i efterhand", "kept: employed again": "får behållas",
    "cancelled: employment ends": "annullerat: anställningen slutar", "extended": "förlängt",
    "police report": "polisanmälan angiven", "lost by mail": "anmält förlorat i ett mejl",
    "lost by form": "anmält förlorat på en blankett", "not lost after all": "inte förlorat",
    "cancelled: card activated": "annullerat: ett kort är i bruk",
    "receipt again": "kvittensen kom igen", "receipt archived": "kvittensen arkiverad",
    "receipt not settled": "kvittensen kunde inte tas som den är", "lent again": "utlånat igen",
    "due: employment ends": "ska åter: anställningen slutar",
    "undone": "ångrat av handläggare",
    "nothing left to ask": "inget kvar att fråga om", "waits for a day": "väntar på sin dag",
    "waits": "väntar", "letter": "brevet skrevs", "manager replaced": "ny chef",
    "letter held: self-test": "brevet hålls: provsvaren förstods inte",
    "escalated": "hos nästa chef",
    "answer refused by staff": "svaret avslaget av handläggare",
    "released by staff": "släppt av handläggare", "absence noted": "chefen är borta",
    "bounced": "brevet kom inte fram", "undo asked for": "ångra begärt",
    "no reviewer": "ingen att fråga",
    "to return: employment ends": "ska åter: anställningen slutar",
    "due: card activated": "ska åter: ett annat kort är i bruk", "to return: replaced": "ersatt",
    "saved": "",
}  # fmt: skip
_SAVED = re.compile(r"(\w+) → (\w+): (.*)", re.DOTALL)


def told(line: AuditRow, say: Say) -> str:
    """Return one line of the log as a sentence, with who did it when that was a person."""
    by = f" ({line.actor})" if line.actor not in ("", "bot") else ""
    return f"{_what(line, say)}{by}"


def _what(line: AuditRow, say: Say) -> str:
    action, detail = line.action, line.detail
    match action:
        case "case_saved" | "card_saved" if found := _SAVED.fullmatch(detail):
            said = _said(found[3], found[2]) if action == "card_saved" else ""
            name = "kortet" if action == "card_saved" else "ärendet"
            return f"{name}: {say(found[2])}{said}"
        case "review_saved":
            status, _, said = detail.partition(": ")
            return f"granskningen: {say(status)}{_said(said, status)}"
        case "mail_decided":
            return f"mejlet avgjordes: {say(detail.partition(':')[0])}"
        case _ if action in _PLAIN:
            return _PLAIN[action]
        case _ if action in _WITH_DETAIL:
            return _WITH_DETAIL[action].format(_detail(action, detail, say))
        case _:  # a line of a newer program: better raw than silent
            return f"{action}: {detail}"


def _detail(action: str, detail: str, say: Say) -> str:
    if action in ("write_queued", "record_written", "write_conflicted", "write_refused"):
        return _WRITES.get(detail, detail)
    if action in ("card_imported", "archived"):
        kind, _, mark = detail.replace(": ", " ").partition(" ")
        return f"{say(kind)} ({mark[:12]})" if mark else say(kind)
    return say(detail)


def _said(said: str, status: str) -> str:
    """Return what happened, after a comma; "" where the status says as much."""
    reminder = re.fullmatch(r"reminder \+(\d+)", said)
    words = f"påminnelse efter {reminder[1]} arbetsdagar" if reminder else _SAID.get(said, said)
    words = words.replace("re-addressed by", "ny mottagare, angiven av")
    return "" if not words or said == status else f", {words}"


def of_card(card: Card) -> list[tuple[str, str]]:
    """Return a card's days, reasons and reminders."""
    days = (("Utlämnat", card.handed_out), ("Åter senast", card.due), ("Åter", card.returned))
    facts = [(name, str(day)) for name, day in days if day is not None]
    facts += [("Skäl", REASONS.get(r, r)) for r in card.reasons]
    facts += [("Regel vid utlämningen", rule) for rule in card.rules]
    facts += [(f"Påminnelse {c.rung}", f"{c.on} (räknat från {c.anchor})") for c in card.rungs]
    return facts


def when(at: datetime) -> str:
    """Return an instant as the office's clock showed it."""
    return f"{at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
