"""The wrapper of a signed mail (S/MIME, RFC 8551) taken off. Verifies nothing, trusts nothing."""

from __future__ import annotations

from enum import StrEnum

from asn1crypto import cms


class Kind(StrEnum):
    """What lies in a .p7m."""

    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    OTHER = "other"  # compressed, certificates only, damaged


_ENCRYPTED = frozenset({"enveloped_data", "encrypted_data", "authenticated_enveloped_data"})


def unwrap(content: bytes) -> tuple[Kind, bytes]:
    """Return what kind of CMS *content* is, and for a signed one the MIME entity inside."""
    try:
        info = cms.ContentInfo.load(content)  # type: ignore[no-untyped-call]
        kind = info["content_type"].native
        if kind in _ENCRYPTED or str(kind).startswith("1.2.840.113549.1.9.16.1.23"):
            return Kind.ENCRYPTED, b""
        if kind != "signed_data":
            return Kind.OTHER, b""
        inner = info["content"]["encap_content_info"]["content"].native
    except Exception:  # noqa: BLE001 - the library raises several kinds on damaged bytes
        return Kind.OTHER, b""
    return (Kind.SIGNED, inner) if isinstance(inner, bytes) and inner else (Kind.OTHER, b"")
