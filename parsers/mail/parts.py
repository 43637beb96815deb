"""The tree of a mail walked: its bodies and its files. Reads no document, judges no author."""

from __future__ import annotations

import re
from email.message import Message
from typing import Any

from parsers.mail import html as markup
from parsers.mail import media as kinds
from parsers.mail.attachment import Attachment
from parsers.mail.charsets import clean, decode
from parsers.mail.headers import Headers, read_tree
from parsers.mail.parameters import file_name, split
from parsers.mail.smime import Kind, unwrap
from parsers.mail.tnef import unpack
from parsers.mail.words import lenient_base64

MOST_PARTS = 200
DEEPEST_MULTIPART = 20
DEEPEST_MAIL = 3  # forwarded in a forwarded in a forwarded mail
LONGEST_TEXT = 1_000_000
LOGO = 40_000  # bytes: what the HTML shows inline and is smaller is decoration
SPECK = 3_000  # bytes: an inline picture smaller than this can be no page
_MAILS = frozenset({"message/rfc822", "message/global"})
_SIGNATURES = frozenset(
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature",
        "application/pgp-signature", "application/pgp-encrypted", "text/rfc822-headers",
        "text/vcard", "text/x-vcard", "text/directory",
    }
)  # fmt: skip
_ENDINGS = {
    kinds.PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif",
    "image/heic": ".heic", "image/gif": ".gif", "text/plain": ".txt", "text/html": ".html",
    "text/calendar": ".ics", "message/rfc822": ".eml", kinds.PKCS7: ".p7m",
}  # fmt: skip
_BOUNDARY = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)


class Contents:
    """What a walk has found so far. One walk, one object."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.defects: dict[str, None] = {}
        self._bodies: list[tuple[bool, str]] = []  # (is HTML, text), in order
        self._pictures: list[tuple[Attachment, str, bool]] = []  # with Content-ID and "inline"
        self._shown: set[str] = set()
        self._count = 0

    @property
    def text(self) -> str:
        """Return the words of the mail itself, not of forwarded ones."""
        texts = (markup.words(text) if is_html else text for is_html, text in self._bodies)
        whole = "\n".join(text.strip("\n") for text in texts if text.strip())
        if len(whole) > LONGEST_TEXT:
            self.defect("text_cut")
        return clean(whole[:LONGEST_TEXT])

    def defect(self, name: str) -> None:
        """Remember a defect once."""
        self.defects[name] = None

    def take(self, tree: Message) -> None:
        """Walk *tree*; afterwards attachments, text and defects are whole."""
        self._walk(tree, 0, 0)
        for picture, content_id, inline in self._pictures:
            shown = content_id in self._shown and len(picture.content) < LOGO
            speck = inline and len(picture.content) < SPECK
            if shown or speck:
                self.defect("logo_left_out")
                self.attachments.remove(picture)

    def _walk(self, part: Message, depth: int, level: int) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            self.defect("too_many_parts")
            return
        if level > DEEPEST_MULTIPART:
            self.defect("nested_too_deep")
            return
        for found in part.defects:
            self.defect(type(found).__name__.removesuffix("Defect"))
        kind = part.get_content_type()
        payload = payload_of(part)
        children = [c for c in payload if isinstance(c, Message)] if part.is_multipart() else []
        if not part.is_multipart():
            self._leaf(part, kind, depth, level)
        elif kind in _MAILS:
            for child in children:
                self._mail(part, child, depth, level)
        elif kind.startswith("multipart/"):
            self._branch(kind, children, depth, level)
            after = str(part.epilogue or "").encode("utf-8", "surrogateescape")
            if _BOUNDARY.search(after):  # a boundary that ended the mail before its last part
                self._mend(after, "", depth, level)

    def _branch(self, kind: str, children: list[Message], depth: int, level: int) -> None:
        if kind == "multipart/encrypted":
            self.defect("encrypted")
        before = len(self._bodies)
        report = any(c.get_content_type() == "message/delivery-status" for c in children)
        for child in children:
            if not (report and child.get_content_type() in _MAILS):  # a letter come back
                self._walk(child, depth, level + 1)
        if kind == "multipart/alternative":
            ours = self._bodies[before:]
            plain = [body for body in ours if not body[0] and body[1].strip()]
            pages = [body for body in ours if body[0]]
            richer = any(markup.strikes(page) for _, page in pages) or (
                len(pages) == 1 and len(plain) == 1 and _poorer(plain[0][1], pages[0][1])
            )
            self._bodies[before:] = pages if richer else plain or ours

    def _mail(self, part: Message, inner: Message, depth: int, level: int) -> None:
        coding = Headers(part).token("content-transfer-encoding")
        if coding in ("base64", "quoted-printable") and not list(inner.raw_items()):
            text = payload_of(inner)  # RFC 2046 §5.2.1 forbids it; some send it all the same
            raw = str(text).encode("utf-8", "surrogateescape")
            inner, _ = read_tree(lenient_base64(raw) if coding == "base64" else raw)
        if depth < DEEPEST_MAIL:
            self._walk(inner, depth + 1, level + 1)
            return
        self.defect("forwarded_too_deep")
        self._keep("", inner_bytes(inner), depth + 1, "message/rfc822")

    def _leaf(self, part: Message, kind: str, depth: int, level: int) -> None:
        headers = Headers(part)
        _, typed = split(headers.raw("content-type"))
        disposition, disposed = split(headers.raw("content-disposition"))
        content = content_of(part, headers)
        if kind.startswith("multipart/"):
            self._mend(content, typed.get("charset", ""), depth, level)
            return
        if kind in _SIGNATURES or kind.startswith("message/"):
            return
        name = file_name(disposed.get("filename", "")) or file_name(typed.get("name", ""))
        unnamed = disposition != "attachment" and not name
        if unnamed and kind in ("text/plain", "text/html") and _is_text(content):
            self._body(kind == "text/html", decode(content, typed.get("charset", "")), depth)
            return
        content_id = headers.text("content-id").strip("<>").lower()
        self._file(name, content, depth, level)
        last = self.attachments[-1] if self.attachments else None
        if last is not None and last.content is content and last.media in kinds.IMAGES:
            inline = disposition == "inline" or (bool(content_id) and disposition != "attachment")
            self._pictures.append((last, content_id, inline))

    def _body(self, is_html: bool, text: str, depth: int) -> None:  # noqa: FBT001 - one kind of two
        if is_html:
            self._shown |= markup.referenced(text)
        if not depth:
            self._bodies.append((is_html, text if is_html else clean(text)))

    def _file(self, name: str, content: bytes, depth: int, level: int) -> None:
        media = kinds.sniff(content)
        if media == kinds.TNEF:
            self._winmail(name, content, depth, level)
        elif media == kinds.PKCS7:
            self._wrapped(name, content, depth, level)
        elif media == "text/vcard":
            return
        elif media == "text/plain" and name.lower().endswith(".eml") and depth < DEEPEST_MAIL:
            tree, _ = read_tree(content)
            self._walk(tree, depth + 1, level + 1)
        else:
            self._keep(name, content, depth, media)

    def _winmail(self, name: str, content: bytes, depth: int, level: int) -> None:
        opened = unpack(content)
        if opened is None:
            self.defect("winmail")
            self._keep(name, content, depth, kinds.TNEF)
            return
        if not depth and not any(text.strip() for _, text in self._bodies):
            self._body(not opened.text.strip(), opened.text.strip() or opened.html, depth)
        for inner, raw, deeper in opened.files:
            if level > DEEPEST_MULTIPART or kinds.sniff(raw) == kinds.TNEF:
                self.defect("nested_too_deep")
            else:
                self._file(file_name(inner), raw, depth + deeper, level + 1)

    def _wrapped(self, name: str, content: bytes, depth: int, level: int) -> None:
        kind, inner = unwrap(content)
        if kind is Kind.SIGNED:
            tree, _ = read_tree(inner)
            self._walk(tree, depth, level + 1)
            return
        self.defect("encrypted" if kind is Kind.ENCRYPTED else "smime")
        self._keep(name, content, depth, kinds.PKCS7)

    def _mend(self, content: bytes, charset: str, depth: int, level: int) -> None:
        """Read a multipart whose boundary was not found by the one that its body shows."""
        found = _BOUNDARY.search(content)
        if found is None:
            self._body(is_html=False, text=decode(content, charset), depth=depth)
            return
        self.defect("boundary_guessed")
        head = b'Content-Type: multipart/mixed; boundary="mended"\r\n\r\n'
        tree, _ = read_tree(head + content.replace(b"--" + found[1], b"--mended"))
        self._walk(tree, depth, level + 1)

    def _keep(self, name: str, content: bytes, depth: int, media: str) -> None:
        number = len(self.attachments) + 1
        shown = name or f"bilaga-{number}{_ENDINGS.get(media, '')}"
        self.attachments.append(Attachment(shown, media, content, depth))


def payload_of(part: Message) -> Any:  # noqa: ANN401 - the library's
    """Return a part's children or its source text; "" where its charset is no name at all."""
    try:
        return part.get_payload()
    except ValueError:  # the library decodes by a name that may hold a NUL
        return ""


def content_of(part: Message, headers: Headers) -> bytes:
    """Return the decoded bytes of a leaf; a truncated or soiled base64 as far as it goes."""
    try:
        content = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - codecs of the library raise several kinds on hostile parts
        content = None
    coding = headers.token("content-transfer-encoding")
    if coding == "base64" and any("Base64Length" in type(d).__name__ for d in part.defects):
        raw = str(payload_of(part)).encode("utf-8", "surrogateescape")
        return lenient_base64(raw)
    return content if isinstance(content, bytes) else b""


def _poorer(plain: str, page: str) -> bool:
    """Tell a plain text that a server made badly of the HTML beside it.

    Letters became U+FFFD, or what stands in the cells of a table ran together.
    """
    if "\ufffd" in plain and "\ufffd" not in page:
        return True
    if "<td" not in page.lower():
        return False
    shown = markup.words(page).split()
    return len(shown) > len(plain.split()) and "".join(shown) == "".join(plain.split())


def inner_bytes(mail: Message) -> bytes:
    """Return a nested mail as bytes, as well as it can be written again."""
    try:
        return mail.as_bytes()
    except Exception:  # noqa: BLE001 - the generator raises several kinds on odd headers
        return b"".join(
            f"{name}: {value}\r\n".encode("utf-8", "surrogateescape")
            for name, value in mail.raw_items()
        )


def _is_text(content: bytes) -> bool:
    """Tell words from a file that was sent without a name; odd charsets are words too."""
    media = kinds.sniff(content)
    if media != kinds.OCTETS:
        return media.startswith("text/") or media == kinds.EMPTY
    sample = content[:4096]
    return sum(b < 32 and b not in b"\t\n\f\r\x1b" for b in sample) * 20 < len(sample)  # noqa: PLR2004
