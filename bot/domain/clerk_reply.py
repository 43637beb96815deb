"""What a clerk's mail asks for: one command for each handle, as understood. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.cards import IdKind


class Act(StrEnum):
    """What a clerk can ask for by mail."""

    DONE = "done"  # «K-17 klar», «K-17 godkänn», «K-17 släpp»
    REJECT = "reject"  # «K-19 avslå fel enhet»
    ASK = "ask"  # «K-20 fråga chefen om startdatum»
    CORRECT = "correct"  # «K-21 efternamn Öberg»
    NOTE = "note"  # «K-22 anteckning: ringde, ingen svarade»
    TAKE = "take"  # «K-23 jag tar den»: the others see whose it is
    SHOW = "show"  # «K-24 visa»: everything about it by return mail
    UNDO = "undo"  # «ÅNGRA», «ångra K-17»
    ORDERED = "ordered"  # «K-25 beställt», «K-25 beställt kort 1234 5678»
    ACTIVATED = "activated"  # «K-26 aktiverat», with number and last day where they are known
    HANDED_OUT = "handed_out"  # «K-27 utlämnat 1234 5678 körkort»
    RETURNED = "returned"  # «K-18 återlämnat 12/11»
    LOST = "lost"  # «C-4 förlorat 12/11»
    BLOCKED = "blocked"  # «K-28 spärrat»
    DEREGISTERED = "deregistered"  # «K-29 avregistrerat»
    EXTENDED = "extended"  # «C-5 förläng till 12/12»
    POLICE = "police"  # «K-30 polisanmälan 5000-K123456-26»


@dataclass(frozen=True, slots=True, repr=False)
class Command:
    """One thing that a clerk asks for. No repr: a corrected value may be an identity number."""

    act: Act
    ref: str  # "K-17" or "C-4"; "" for an undoing of all that the answered letter tells of
    words: str  # the clerk's own words, on one line
    text: str = ""  # why, the question, the note, or the police report's number
    on: date | None = None  # the day it happened, None for today
    until: date | None = None  # the new last day of a loan, or a card's own last day
    number: str = ""  # of a card, as ``card_number`` keeps it
    id_kind: IdKind | None = None  # what the holder showed
    loa: int | None = None
    fields: tuple[tuple[str, str], ...] = ()  # a form's keys and the values as written


@dataclass(frozen=True, slots=True, repr=False)
class ClerkReply:
    """A clerk's mail as understood: what it asks for, and the lines that no rule explains.

    A line is taken whole or not at all. With *doubt* nothing of the mail may be carried out: what
    was not understood may speak of the rest («vänta med alltihop»), or commands contradict.
    """

    commands: tuple[Command, ...] = ()
    unread: tuple[str, ...] = field(default=())
    doubt: bool = False
