"""May this mail give commands to the office? Who wrote it, how sure, and in which thread. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.triage import Machine
from bot.domain.values import address_key


class Standing(StrEnum):
    """What a mail may do to the work of the office."""

    NOT_STAFF = "not_staff"  # nobody of the office: the ordinary rules, never commands
    MAY_ACT = "may_act"  # a listed clerk, as sure as trust demands, in a thread of ours or fresh
    ASK_FIRST = "ask_first"  # a listed clerk, but the words may be another's: asked, not done
    PRETENDS = "pretends"  # shows a clerk's address without proof: never done, never answered


class Thread(StrEnum):
    """Where the mail stands."""

    OURS = "ours"  # answers a letter of ours
    NONE = "none"  # begins on its own
    FOREIGN = "foreign"  # answers a mail that is not ours


@dataclass(frozen=True, slots=True)
class MailHead:
    """What the head of a mail says of who wrote it. Addresses in any case."""

    senders: tuple[str, ...]  # every address of From
    shown: tuple[str, ...] = ()  # of Reply-To, Sender and the display name
    authenticated: bool = False
    machine: Machine = Machine.NO
    thread: Thread = Thread.NONE
    forwarded: bool = False
    names_handles: bool = False


def standing(head: MailHead, staff: frozenset[str]) -> Standing:
    """Tell what the mail may do; every doubt falls on the careful side."""
    clerks = frozenset(address_key(a) for a in staff)
    senders = tuple(address_key(a) for a in head.senders)
    if head.machine is not Machine.NO:
        return Standing.NOT_STAFF
    if len(senders) != 1 or senders[0] not in clerks:
        shown = (*senders, *(address_key(a) for a in head.shown))
        return Standing.PRETENDS if clerks.intersection(shown) else Standing.NOT_STAFF
    if not head.authenticated:
        return Standing.PRETENDS
    if head.forwarded or head.thread is Thread.FOREIGN:
        return Standing.ASK_FIRST
    if head.thread is Thread.NONE and not head.names_handles:
        return Standing.NOT_STAFF
    return Standing.MAY_ACT
