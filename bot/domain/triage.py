"""What kind of mail is this? Ordered rules, the first that fits decides, its name is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.forms import Content, DocumentReading
from bot.domain.values import MailId


class Outcome(StrEnum):
    """What became of a mail: exactly one, with a reason."""

    APPLIED = "applied"
    ASKED_BACK = "asked_back"
    WITH_STAFF = "with_staff"
    RECORDED = "recorded"
    REJECTED = "rejected"


class Machine(StrEnum):
    """What kind of machine wrote the mail, if one did."""

    NO = "no"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    GENERATED = "generated"  # a copier or a program that sends files: read, never answered
    OWN = "own"


@dataclass(frozen=True, slots=True)
class MailSeen:
    """A mail as the core sees it: who, how sure, what came with it."""

    mail: MailId
    sender: str
    message_id: str
    sent_on: date  # the author's own date where it is plausible, else the day of arrival
    authenticated: bool
    machine: Machine = Machine.NO
    machine_why: str = ""
    threads: tuple[str, ...] = ()  # Message-IDs this mail answers
    failed_ids: tuple[str, ...] = ()  # of a bounce: our letters that it speaks of
    failed_recipients: tuple[str, ...] = ()
    documents: tuple[DocumentReading, ...] = ()
    speaks_of_attachment: bool = False
    crashed: bool = False
    answers_ours: bool = False  # one of *threads* is a letter of ours
    about_card: bool = False  # that letter is about a card
    counts: bool = False  # that letter asks for a count of the drawer
    about_review: bool = False  # it answers, or names, a review of ours
    commands: bool = False  # a clerk asks for things, or answers the digest
    pretends: bool = False  # it names a clerk as its author, and nothing vouches for that
    says_lost: bool = False  # its words say that a card is, or may be, lost


class Route(StrEnum):
    """Where a mail goes."""

    IGNORE = "ignore"  # recorded, never answered
    BOUNCE = "bounce"
    FORMS = "forms"
    RECEIPTS = "receipts"  # signed receipts of loans, from the copier
    LOSS = "loss"  # a card is lost, or may be
    CARD = "card"  # a reply to a letter about a card
    COUNT = "count"  # a reply to an inventory
    REVIEW = "review"  # an answer to a review
    DESK = "desk"  # a clerk's commands
    REPLY = "reply"
    FILES = "files"
    FORGOTTEN = "forgotten"  # speaks of an attachment that is not there
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that fitted: where the mail goes and why, in Swedish."""

    route: Route
    rule: str
    why: str


def route(seen: MailSeen) -> Fit:
    """Return the first rule that fits *seen*; the last one always does."""
    for rule in RULES:
        fit = rule(seen)
        if fit is not None:
            return fit
    return Fit(Route.PERSON, "person", "Mejlet behöver läsas av en person.")


def _own(seen: MailSeen) -> Fit | None:
    if seen.machine is Machine.OWN:
        return Fit(Route.IGNORE, "own_mail", "Det är vårt eget mejl som kommit tillbaka.")
    return None


def _bounce(seen: MailSeen) -> Fit | None:
    if seen.machine is Machine.BOUNCE:
        why = f"Studs: ett mejl kunde inte levereras ({seen.machine_why})."
        return Fit(Route.BOUNCE, "bounce", why)
    return None


def _auto_reply(seen: MailSeen) -> Fit | None:
    if seen.machine is Machine.AUTO_REPLY:
        return Fit(Route.IGNORE, "auto_reply", f"Autosvar ({seen.machine_why}).")
    return None


def _crashed(seen: MailSeen) -> Fit | None:
    if seen.crashed:
        return Fit(Route.PERSON, "crashed", "Mejlet gick inte att läsa maskinellt.")
    return None


def _forms(seen: MailSeen) -> Fit | None:
    if any(d.content is Content.FORMS for d in seen.documents):
        return Fit(Route.FORMS, "form", "Mejlet innehåller minst en blankett.")
    return None


def _receipts(seen: MailSeen) -> Fit | None:
    if any(d.receipts for d in seen.documents):
        return Fit(Route.RECEIPTS, "receipt", "Mejlet innehåller minst en kvittens.")
    return None


def _desk(seen: MailSeen) -> Fit | None:
    if seen.commands:
        return Fit(Route.DESK, "desk", "En handläggare skriver vad som ska göras.")
    return None


def _pretender(seen: MailSeen) -> Fit | None:
    if seen.pretends:
        why = (
            "Mejlet säger sig vara från en handläggare, men det går inte att lita på avsändaren. "
            "Inget i det är gjort."
        )
        return Fit(Route.PERSON, "pretended_clerk", why)
    return None


def _loss(seen: MailSeen) -> Fit | None:
    if seen.says_lost:
        return Fit(Route.LOSS, "loss", "Mejlet anmäler, eller kan anmäla, ett förlorat kort.")
    return None


def _card(seen: MailSeen) -> Fit | None:
    plain = all(d.content is Content.OTHER for d in seen.documents)
    if seen.about_card and plain:
        return Fit(Route.CARD, "card_reply", "Mejlet svarar på ett brev om ett kort.")
    return None


def _count(seen: MailSeen) -> Fit | None:
    plain = all(d.content is Content.OTHER for d in seen.documents)
    if seen.counts and plain:
        return Fit(Route.COUNT, "inventory_reply", "Mejlet svarar på inventeringen.")
    return None


def _review(seen: MailSeen) -> Fit | None:
    plain = all(d.content is Content.OTHER for d in seen.documents)
    if seen.about_review and plain and seen.machine is Machine.NO:
        return Fit(Route.REVIEW, "review_reply", "Mejlet svarar på en granskning.")
    return None


def _reply(seen: MailSeen) -> Fit | None:
    if seen.answers_ours and all(d.content is Content.OTHER for d in seen.documents):
        return Fit(Route.REPLY, "reply", "Mejlet svarar på ett av våra mejl.")
    return None


def _files(seen: MailSeen) -> Fit | None:
    if seen.documents:
        return Fit(Route.FILES, "files", "Bilagorna kunde inte läsas som blanketter.")
    return None


def _forgotten(seen: MailSeen) -> Fit | None:
    if seen.speaks_of_attachment and seen.machine is Machine.NO:
        return Fit(Route.FORGOTTEN, "no_attachment", "Mejlet talar om en bilaga, men har ingen.")
    return None


RULES: tuple[Callable[[MailSeen], Fit | None], ...] = (
    _own,
    _bounce,
    _auto_reply,
    _crashed,
    _forms,
    _receipts,
    _desk,
    _loss,
    _pretender,
    _card,
    _count,
    _review,
    _reply,
    _files,
    _forgotten,
)
