"""Whether the author named in From is authenticated, by the gateway's own word (RFC 8601).

Checks no signature itself: it weighs what the trusted server has written at the mail's top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import authres
from authres import dmarc


class Verdict(StrEnum):
    """What is known of the author."""

    PASS = "pass"
    FAIL = "fail"  # somebody tried and it did not hold
    NONE = "none"  # nothing was said by anybody we trust


_FIELD = "authentication-results"
_AUTHSERV = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s;()"]+)')
_CLAIM = re.compile(r"(?<![\w.-])dmarc\s*(?:/\s*\d+\s*)?=\s*(\w*)", re.IGNORECASE)
_FEATURES = authres.FeatureContext(dmarc)  # type: ignore[no-untyped-call]
_LONGEST = 8_000
_MOST = 50


def author_verdict(headers: Sequence[tuple[str, str]], authserv_id: str, author: str) -> Verdict:
    """Return what the server called *authserv_id* says of *author*, the one address in From.

    *headers* are the top-level (name, value) pairs. Only DMARC's results count (RFC 7489), as
    only they speak of the From line. PASS takes at least one pass for the author's domain (or a
    parent of it) and nothing else said of it: one result that is no pass makes it FAIL, and a
    header of ours that can't be read makes it NONE. What other servers wrote is not looked at.
    """
    domain = _domain(author)
    if not authserv_id or not domain:
        return Verdict.NONE
    passed = doubtful = False
    for value in _written_by(headers, authserv_id):
        results = _dmarc_results(value)
        if results is None:
            doubtful = True
            continue
        for result, about in results:
            if result == "pass":
                passed = passed or _covers(about, domain)
            elif not about or _covers(about, domain):
                return Verdict.FAIL
    return Verdict.PASS if passed and not doubtful else Verdict.NONE


def _written_by(headers: Sequence[tuple[str, str]], authserv_id: str) -> Iterator[str]:
    """Yield what follows the authserv-id in each header of the server, unfolded."""
    wanted = authserv_id.strip().lower()
    count = 0
    for name, value in headers:
        if name.strip().lower() != _FIELD:
            continue
        count += 1
        plain = " ".join(value.split())
        start = _comments_end(plain, 0)
        found = _AUTHSERV.match(plain, start)
        if found is None:
            continue
        named = re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2]
        if named.lower() == wanted:
            # Too many or too long can't be weighed: an unreadable header takes PASS away.
            unreadable = count > _MOST or len(plain) > _LONGEST
            yield "" if unreadable else plain[found.end() :]


def _dmarc_results(value: str) -> list[tuple[str, str]] | None:
    """Return (result, domain it speaks of) of each dmarc clause; None when it can't be read."""
    said, remarks, whole = _without_comments(value)
    if not whole:
        return None
    claims = len(_CLAIM.findall(said))
    if any(result.lower() != "pass" for result in _CLAIM.findall(remarks)):
        return None  # remarks on ARC repeat a pass; anything else there hides something
    if value and not claims:
        return []
    try:
        parsed = authres.core.AuthenticationResultsHeader.parse_value(  # type: ignore[no-untyped-call]
            _FEATURES, f"x {value.rstrip(' ;')}"
        )
    except Exception:  # noqa: BLE001 - a hand-written parser that may raise anything on odd text
        return None
    results = []
    for clause in parsed.results:
        if str(clause.method).lower() == "dmarc":
            about = {str(p.value) for p in clause.properties if _is_header_from(p)}
            if len(about) > 1:
                return None
            results.append((str(clause.result).lower(), _domain("".join(about))))
    # Fewer or more results than the text shows: quotes hide something.
    return results if len(results) == claims else None


def _is_header_from(item: authres.core.AuthenticationResultProperty) -> bool:
    return str(item.type).lower() == "header" and str(item.name).lower() == "from"


def _covers(about: str, domain: str) -> bool:
    """Tell whether a result about *about* holds for *domain*: the same, or a parent of it."""
    return about == domain or ("." in about and domain.endswith(f".{about}"))


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().strip(".").lower()


def _without_comments(text: str) -> tuple[str, str, bool]:
    """Return what stands outside comments, what inside, and whether all that opens also closes.

    Quoted strings (RFC 5322 §3.2.4) stand outside, quotes and all.
    """
    said: list[str] = []
    remarks: list[str] = []
    position, quoted = 0, False
    while position < len(text):
        char = text[position]
        if char == "(" and not quoted:
            end = _comments_end(text, position)
            if end == len(text) and not text.endswith(")"):
                return "", "", False
            remarks.append(text[position:end])
            said.append(" ")
            position = end
            continue
        if char == "\\" and quoted:
            position += 1
        elif char == '"':
            quoted = not quoted
        said.append(char)
        position += 1
    return "".join(said), "".join(remarks), not quoted


def _comments_end(text: str, start: int) -> int:
    """Return where the white space and comments that begin at *start* end (RFC 5322 §3.2.2)."""
    depth, position = 0, start
    while position < len(text):
        char = text[position]
        if char == "\\" and depth:
            position += 1
        elif char == "(":
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif not depth and char != " ":
            return position
        position += 1
    return position
