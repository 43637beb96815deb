"""EWS in XML: making what is asked, reading what is answered. Sends nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from exchangelib.util import MNS, TNS, create_element
from lxml import etree

Element = Any  # lxml has no types

LONGEST = 86_400  # seconds that a server can make us wait
SPACES = {"t": TNS, "m": MNS}
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_REFERENCE = re.compile("&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_DECLARATION = re.compile(rb"^[^<]{0,9}<\?xml\b[^>]*\?>")
_ENCODING = re.compile(rb"\bencoding=[\"']([A-Za-z0-9._-]+)")
_STAND_IN = "\ufffd"  # nothing at all could make a field's name of two halves
_LONE_CR = re.compile(rb"\r(?!\n)")


def el(tag: str, *children: Element | str, **attributes: str) -> Element:
    """Return an element («t:Name») with *children*, which may be text, and *attributes*."""
    made = create_element(tag, attrs=attributes)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def field(uri: str) -> Element:
    """Return the path to a property, for example «item:Size»."""
    return el("t:FieldURI", FieldURI=uri)


def search_key() -> Element:
    """Return the path to PidTagSearchKey ([MS-OXCPRPT] §2.2.1.9)."""
    return el("t:ExtendedFieldURI", PropertyTag="0x300B", PropertyType="Binary")


def transport_head() -> Element:
    """Return the path to PidTagTransportMessageHeaders: a mail's head as it came."""
    return el("t:ExtendedFieldURI", PropertyTag="0x007D", PropertyType="String")


def named(name: str, *, header: bool = False) -> Element:
    """Return the path to a property of our own, or to an Internet header ([MS-OXCMAIL])."""
    space = "InternetHeaders" if header else "PublicStrings"
    return el(
        "t:ExtendedFieldURI",
        DistinguishedPropertySetId=space,
        PropertyName=name,
        PropertyType="String",
    )


def shape(tag: str, *properties: Element, mime: bool = False) -> Element:
    """Return which properties an answer shall carry: the ids and *properties*."""
    made = el(tag, el("t:BaseShape", "IdOnly"))
    if mime:
        made.append(el("t:IncludeMimeContent", "true"))
    if properties:
        made.append(el("t:AdditionalProperties", *properties))
    return made


def item_ids(ids: Iterable[tuple[str, str]]) -> Element:
    """Return the list of items that are meant, by id and change key ("": none)."""
    return el("m:ItemIds", *(item_id("t:ItemId", one, key) for one, key in ids))


def item_id(tag: str, one: str, key: str) -> Element:
    """Return an item's id."""
    return el(tag, Id=one, **({"ChangeKey": key} if key else {}))


def folder_id(one: str) -> Element:
    """Return a folder's id."""
    return el("t:FolderId", Id=one)


def well_known(name: str, mailbox: str) -> Element:
    """Return a folder that every mailbox has («inbox»), in the mailbox of that address."""
    return el("t:DistinguishedFolderId", el("t:Mailbox", el("t:EmailAddress", mailbox)), Id=name)


def equals(path: Element, value: str) -> Element:
    """Return the condition that a property has that value."""
    return el("t:IsEqualTo", path, el("t:FieldURIOrConstant", el("t:Constant", Value=value)))


def parsed(content: bytes) -> Element:
    """Return the document's root; signs that XML forbids are replaced, never a broken end.

    Raises:
        ValueError: it is no whole document.
    """
    content = _LONE_CR.sub(b" ", content)  # XML reads it as an end of line, where none was
    try:
        return _read(content)
    except etree.XMLSyntaxError:
        pass
    try:
        return _read(_allowed(content))
    except etree.XMLSyntaxError as error:
        raise ValueError("no whole XML document") from error


def _read(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _allowed(content: bytes) -> bytes:
    """Return a document with a stand-in for every sign that XML forbids, as UTF-8."""
    told = _DECLARATION.match(content)
    coding = _ENCODING.search(told[0]) if told else None
    body = content[told.end() :] if told else content
    try:
        text = body.decode(coding[1].decode() if coding else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    text = _REFERENCE.sub(_referred, _FORBIDDEN.sub(_STAND_IN, text))
    return text.strip(f"{_STAND_IN}\ufeff \t\r\n").encode()


def _referred(found: re.Match[str]) -> str:
    digits, base = (found[1], 16) if found[1] else (found[2], 10)
    digits = digits.lstrip("0") or "0"
    number = int(digits, base) if len(digits) < 8 else 0  # noqa: PLR2004 - beyond Unicode
    is_sign = number <= sys.maxunicode and not _FORBIDDEN.match(chr(number))
    return found[0] if is_sign else _STAND_IN


def words(element: Element, path: str) -> str:
    """Return the text at *path* («t:Subject»), "" where there is none."""
    found = element.find(path, SPACES)
    return (found.text or "") if found is not None else ""


def all_words(element: Element, path: str) -> tuple[str, ...]:
    """Return the texts of all elements at *path*."""
    return tuple(found.text or "" for found in element.findall(path, SPACES))


def attribute(element: Element, path: str, name: str) -> str:
    """Return an attribute of the element at *path*, "" where there is none."""
    found = element.find(path, SPACES)
    return found.get(name, "") if found is not None else ""


def _number(tag: str) -> int | None:
    """Return a property's number: some servers write it without its leading zeros."""
    try:
        return int(tag, 16)
    except ValueError:
        return None


def extended(element: Element, *, tag: str = "", name: str = "") -> str:
    """Return the value of an extended property, by its tag («0x300B») or its name."""
    for one in element.findall("t:ExtendedProperty", SPACES):
        path = one.find("t:ExtendedFieldURI", SPACES)
        if path is None:
            continue
        if tag and _number(path.get("PropertyTag", "")) == _number(tag):
            return words(one, "t:Value").strip()
        if name and path.get("PropertyName", "").lower() == name.lower():
            return words(one, "t:Value").strip()
    return ""


def is_last(root: Element, count: int, *, short: bool) -> bool:
    """Tell whether a page was the last one, *count* things in all, the page not full if *short*."""
    told = root.get("IncludesLastItemInRange", "").lower()
    if told:
        return bool(told != "false")
    total = root.get("TotalItemsInView", "")
    return count >= int(total) if total.isdigit() else short


@dataclass(frozen=True, slots=True)
class Answer:
    """One response message: the server's code and what came with it."""

    code: str
    element: Element

    @property
    def ok(self) -> bool:
        """Tell whether it was done."""
        return self.code == "NoError"

    @property
    def item(self) -> Element | None:
        """Return the first item that came with it."""
        items = self.element.find("m:Items", SPACES)
        return items[0] if items is not None and len(items) else None

    @property
    def back_off(self) -> float | None:
        """Return how many seconds the server asks us to wait."""
        for value in self.element.iter(f"{{{TNS}}}Value"):
            if value.get("Name") == "BackOffMilliseconds":
                return seconds(value.text)
        return None


def seconds(milliseconds: str | None) -> float | None:
    """Return a number of milliseconds as seconds, at most a day; None when it is none."""
    try:
        return max(0, min(int(milliseconds or ""), LONGEST * 1000)) / 1000
    except ValueError:
        return None


def answer(message: Element) -> Answer:
    """Read one response message; one without a code is as good as its class."""
    code = words(message, "m:ResponseCode").strip()
    if not code:
        code = "NoError" if message.get("ResponseClass", "Success") == "Success" else "ErrorUnknown"
    return Answer(code, message)
