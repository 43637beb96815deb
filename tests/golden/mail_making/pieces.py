"""The pieces that the corpus of mails is put together from: heads, bodies, files, wrappers."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

from asn1crypto import cms, core

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEAD = (
    "Return-Path: <{path}>\r\n"
    "Received: from ut.jarfalla.example (ut.jarfalla.example [192.0.2.7])\r\n"
    "\tby mx.jarfalla.example with ESMTPS; Mon, 23 Nov 2026 08:14:59 +0100\r\n"
    "{auth}"
    "From: {sender}\r\nTo: lokala.ek@jarfalla.example\r\nSubject: {subject}\r\n"
    "Date: Mon, 23 Nov 2026 08:14:55 +0100\r\nMessage-ID: <{id}@ut.jarfalla.example>\r\n{more}"
)
AUTH = (
    "Authentication-Results: mx.jarfalla.example;\r\n\tspf=pass smtp.mailfrom=jarfalla.example;\r\n"
    "\tdmarc=pass (p=REJECT) header.from=jarfalla.example\r\n"
)
CHIEF = "Karin Lindqvist <karin.lindqvist@jarfalla.example>"
MAKERS: dict[str, Callable[[], bytes]] = {}


def made(maker: Callable[[], bytes]) -> Callable[[], bytes]:
    MAKERS[maker.__name__.replace("_", "-")] = maker
    return maker


def mail(subject, body, *, sender=CHIEF, more="", auth=AUTH, path=None, name="m1") -> bytes:
    """Header fields as given, then *body*, which starts with its own MIME fields."""
    if path is None:
        path = sender.rpartition("<")[2].rstrip(">")
    head = HEAD.format(path=path, auth=auth, sender=sender, subject=subject, id=name, more=more)
    return head.encode("utf-8", "surrogateescape") + body


def text(words, charset="utf-8", coding="8bit") -> bytes:
    raw = words.encode(charset)
    if coding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif coding == "quoted-printable":
        raw = quopri.encodestring(raw).replace(b"\n", b"\r\n")
    return (
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {coding}\r\n\r\n"
    ).encode() + raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def html(markup) -> bytes:
    return b"Content-Type: text/html; charset=utf-8\r\n\r\n" + markup.encode()


def multi(*parts, kind="mixed", mark="gr=C3=A4ns", extra="") -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="{mark}"{extra}\r\n\r\n'
    inside = b"".join(b"--" + mark.encode() + b"\r\n" + p + b"\r\n" for p in parts)
    return head.encode() + inside + f"--{mark}--\r\n".encode()


def file(content, name=None, kind="application/pdf", *, disposition="attachment", more="") -> bytes:
    named = "" if name is None else f"; {name}"
    head = f"Content-Type: {kind}\r\nContent-Disposition: {disposition}{named}\r\n{more}"
    return (
        head.encode("utf-8", "surrogateescape")
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(content).replace(b"\n", b"\r\n")
    )


def form(name='filename="blankett.pdf"') -> bytes:
    return file(PDF, name)


def inside(raw: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + raw


def tnef(*files: tuple[bytes, bytes], body: bytes = b"", attributes=()) -> bytes:
    """A minimal winmail.dat (MS-OXTNEF): title and data of each file."""

    def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
        checksum = (sum(data) & 0xFFFF).to_bytes(2, "little")
        numbers = name.to_bytes(2, "little") + kind.to_bytes(2, "little")
        return bytes([level]) + numbers + len(data).to_bytes(4, "little") + data + checksum

    out = (0x223E9F78).to_bytes(4, "little") + b"\x01\x00"
    out += attribute(1, 0x9006, 8, (0x10000).to_bytes(4, "little"))
    if body:
        out += attribute(1, 0x800C, 2, body + b"\0")
    for title, content in files:
        out += attribute(2, 0x9002, 6, b"\0" * 14)
        out += attribute(2, 0x8010, 1, title + b"\0")
        out += attribute(2, 0x800F, 6, content)
    for found in attributes:
        out += attribute(*found)
    return out


def p7m(entity: bytes, kind: str = "signed_data") -> bytes:
    """A CMS wrapper (RFC 5652) with *entity* inside, or one that is locked."""
    if kind == "signed_data":
        content: object = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [],
                "encap_content_info": {"content_type": "data", "content": core.OctetString(entity)},
                "signer_infos": [],
            }
        )
    else:
        content = cms.EnvelopedData(
            {
                "version": "v0",
                "recipient_infos": [],
                "encrypted_content_info": {
                    "content_type": "data",
                    "content_encryption_algorithm": {
                        "algorithm": "aes256_cbc",
                        "parameters": b"0" * 16,
                    },
                    "encrypted_content": b"\x17" * 64,
                },
            }
        )
    return cms.ContentInfo({"content_type": kind, "content": content}).dump()


def smime(content, kind="signed-data") -> bytes:
    return file(
        content,
        'filename="smime.p7m"',
        f"application/pkcs7-mime; smime-type={kind}; name=smime.p7m",
    )
