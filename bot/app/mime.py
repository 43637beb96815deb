"""A text and its HTML twin as MIME bytes, with given header lines. Knows nothing of letters.

Written by hand, for the library's object model takes ten times as long and breaks long ids.
"""

from __future__ import annotations

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr

CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture that stands inside the HTML: its Content-ID without brackets, and PNG bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF that goes with the letter: its file name in ASCII, its bytes."""

    name: str
    content: bytes


def message(
    headers: Iterable[tuple[str, str]], text: str, html: str, *, boundary: str,
    pictures: Sequence[Inline] = (), files: Sequence[Attached] = (),
) -> bytes:  # fmt: skip
    """Return RFC 5322 bytes: *headers* (ready for the wire), text and HTML as alternatives.

    *pictures* stand beside the HTML that shows them (RFC 2387, RFC 2392), *files* after both.
    """
    head = [f"{name}: {value}" for name, value in headers]
    page = _words("html", html)
    if pictures:
        page = _related(page, pictures, f"{boundary}.r")
    inner = f"{boundary}.a" if files else boundary
    both = _multipart("alternative", (_words("plain", text), page), inner)
    whole = _multipart("mixed", (both, *map(_file, files)), boundary) if files else both
    return CRLF.join([*head, "MIME-Version: 1.0", ""]).encode() + whole


def _multipart(kind: str, parts: Sequence[bytes], boundary: str) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    body = b"".join(f"--{boundary}\r\n".encode() + part for part in parts)
    return head.encode() + body + f"--{boundary}--\r\n".encode()


def _file(file: Attached) -> bytes:
    head = (
        f'Content-Type: application/pdf; name="{file.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{file.name}"\r\n\r\n'
    )
    return head.encode() + encodebytes(file.content).replace(b"\n", b"\r\n")


def _words(kind: str, content: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\n"
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + _quoted(content) + b"\r\n"


def _related(page: bytes, pictures: Sequence[Inline], boundary: str) -> bytes:
    head = f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'
    parts = (page, *map(_picture, pictures))
    body = b"".join(f"--{boundary}\r\n".encode() + part for part in parts)
    return head.encode() + body + f"--{boundary}--\r\n".encode()


def _picture(picture: Inline) -> bytes:
    head = (
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{picture.name}>\r\nContent-Disposition: inline\r\n\r\n"
    )
    return head.encode() + encodebytes(picture.content).replace(b"\n", b"\r\n")


def words(text: str, name: str) -> str:
    """Return a header's *text* as ASCII, folded (RFC 2047 §2)."""
    if text.isascii():
        return text
    return Header(text, "utf-8", header_name=name).encode(linesep=CRLF)


def mailbox(name: str, address: str) -> str:
    """Return a display name, commas and all, with an ASCII *address* (RFC 5322 §3.4)."""
    return formataddr((name, address), "utf-8")


def _quoted(content: str) -> bytes:
    lines = content.replace("\r\n", "\n").replace("\n", CRLF)
    return b2a_qp(lines.encode("utf-8"), istext=True)
