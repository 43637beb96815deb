"""Bytes in whatever charset made into clean text. Knows nothing of headers or parts."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

# What WHATWG's Encoding Standard says too: mail that claims these means Windows-1252.
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
# Codecs of Python that are no charsets of mail, slow or made for something else.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
_SWEDISH = frozenset("åäöÅÄÖéÉüÜèà§½´–—‘’“”•…€°  «»®©·¨")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb]")
# Windows-1252 that some server on the way took for ISO 8859-1: its dashes and quotes.
_MISTAKEN = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # nothing stands there
}
_BIDI = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\u00ad]")
_LONE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS_LEAST = 60  # bytes: fewer tell a charset from another by chance only
_GUESS_BYTES = 20_000  # charset-normalizer is thorough, not fast


def decode(content: bytes, charset: str = "") -> str:
    """Return *content* as text: as *charset* says where that holds, else by its looks.

    Never raises: what no charset explains becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    named = _codec(charset)
    if named and named not in _WESTERN:
        try:
            return content.decode(named)
        except (UnicodeError, ValueError):
            pass
    if named != "iso8859-1" or b"\xc3" in content:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    mended = content.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if broken <= sum(not c.isascii() for c in mended) - broken:  # cut off or soiled UTF-8
        return mended
    return _by_looks(content, certain=named in _WESTERN and named != "ascii")


def from_header(value: str) -> str:
    """Return a header's source text with its raw 8-bit bytes read as UTF-8 or Windows-1252."""
    if value.isascii():
        return value
    return decode(value.encode("utf-8", "surrogateescape"))


def clean(text: str) -> str:
    """Return *text* composed (NFC), with plain line ends, without control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = _LONE.sub("\ufffd", _CONTROLS.sub("", plain.translate(_MISTAKEN)))
    return unicodedata.normalize("NFC", plain)


def clean_line(text: str) -> str:
    """Return *text* as one clean line without invisible or turning characters."""
    return " ".join(_BIDI.sub("", clean(text)).split())


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
        "".encode(name)  # a codec that is no text encoding refuses
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    return "" if name.replace("-", "_") in _NO_CHARSETS else name


def _by_looks(content: bytes, *, certain: bool) -> str:
    western = content.decode("cp1252", "replace")
    high = {c for c in western if not c.isascii()}
    if certain or high <= _SWEDISH or len(content) < _GUESS_LEAST:
        return western
    best = from_bytes(content[:_GUESS_BYTES]).best()
    if best is None:
        return western
    return content.decode(best.encoding, "replace")
