"""A letter as the draft that Exchange is asked to make of it, and whether it did. Sends nothing.

Exchange takes a letter's bytes. A server that does not is told the letter's parts one by one.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from enum import Enum

from bot.adapters.exchange.items import set_field
from bot.adapters.exchange.letters import Letter, Readers, compared
from bot.adapters.exchange.soap import (
    SPACES,
    Element,
    all_words,
    el,
    field,
    folder_id,
    named,
    words,
)

MARK = "EKbotLetter"
BEGUN = "EKbotSending"  # set before a draft is sent
PEOPLE = (("to", "ToRecipients"), ("cc", "CcRecipients"), ("bcc", "BccRecipients"))
READ_BACK = (
    *("item:Subject", "item:Body", "item:Attachments"),
    *(f"message:{tag}" for _, tag in PEOPLE),
    "message:From",
)


class Form(Enum):
    """How a letter is told: its bytes or its parts, with our marks beside them or bare."""

    BYTES = "bytes with marks"
    BARE_BYTES = "bytes"
    PARTS = "parts with marks"
    BARE_PARTS = "parts"


def created(letter: Letter, folder: str, form: Form) -> Element:
    """Return the question that saves the letter as a draft in *folder*."""
    marks = _marks(letter) if form in (Form.BYTES, Form.PARTS) else []
    if form in (Form.BYTES, Form.BARE_BYTES):
        mime = base64.b64encode(letter.parcel.raw).decode("ascii")
        message = el("t:Message", el("t:MimeContent", mime), *marks)
        if form is Form.BYTES and letter.named.everyone() != letter.readers.everyone():
            for element in _people(letter.readers):
                message.append(element)
    else:
        message = _parts(letter, marks)
    return el(
        "m:CreateItem",
        el("m:SavedItemFolderId", folder_id(folder)),
        el("m:Items", message),
        MessageDisposition="SaveOnly",
        SendMeetingInvitations="SendToNone",
    )


def is_whole(item: Element, letter: Letter, *, by_bytes: bool) -> bool:
    """Tell whether the draft has the letter's subject and words."""
    if _plain(words(item, "t:Subject")) != _plain(letter.subject):
        return False
    body = item.find("t:Body", SPACES)
    if body is None:
        return not by_bytes  # told in parts there is no other way, and its subject came through
    return bool((body.text or "").strip()) or not (letter.page or letter.text).strip()


def differences(item: Element, letter: Letter) -> list[tuple[list[Element], bool]]:
    """Return the changes that make the draft go to exactly its readers, from its sender.

    With each: whether the letter may not go without it.
    """
    found = []
    people = _to_readers(item, letter)
    if people:
        found.append((people, True))
    sender = words(item, "t:From/t:Mailbox/t:EmailAddress")
    if compared(sender) != compared(letter.parcel.sender):
        told = el("t:From", _mailbox(letter.parcel.sender))
        found.append(([set_field(field("message:From"), told)], bool(sender)))
    return found


def _to_readers(item: Element, letter: Letter) -> list[Element]:
    there = {
        compared(address)
        for _, tag in PEOPLE
        for address in all_words(item, f"t:{tag}/t:Mailbox/t:EmailAddress")
    }
    if there == letter.readers.everyone():
        return []
    changes = []
    for which, tag in PEOPLE:
        path, people = field(f"message:{tag}"), getattr(letter.readers, which)
        if people:
            changes.append(set_field(path, el(f"t:{tag}", *map(_mailbox, people))))
        elif item.find(f"t:{tag}", SPACES) is not None:
            changes.append(el("t:DeleteItemField", path))
    return changes


def _parts(letter: Letter, marks: list[Element]) -> Element:
    """Return the letter as its parts, in the order that the schema has them."""
    html = letter.page.strip() != ""
    answered = [el("t:InReplyTo", letter.answers)] if letter.answers else []
    thread = [el("t:References", letter.thread)] if letter.thread else []
    return el(
        "t:Message",
        el("t:Subject", letter.subject),
        el("t:Body", letter.page if html else letter.text, BodyType="HTML" if html else "Text"),
        *answered,
        *marks,
        *_people(letter.readers),
        el("t:From", _mailbox(letter.parcel.sender)),
        el("t:InternetMessageId", letter.parcel.message_id),
        *thread,
    )


def _marks(letter: Letter) -> list[Element]:
    """Return our marks: as headers of the sent mail, and as a property that is only ours."""
    marks = [(named(MARK), letter.parcel.message_id)]
    marks += [(named(name, header=True), value) for name, value in letter.marks]
    return [el("t:ExtendedProperty", path, el("t:Value", value)) for path, value in marks]


def _people(readers: Readers) -> Iterator[Element]:
    for which, tag in PEOPLE:
        people = getattr(readers, which)
        if people:
            yield el(f"t:{tag}", *map(_mailbox, people))


def _mailbox(address: str) -> Element:
    return el("t:Mailbox", el("t:EmailAddress", address))


def _plain(text: str) -> str:
    return " ".join(text.split())
