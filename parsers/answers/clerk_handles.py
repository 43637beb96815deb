"""The handles of cases and cards in a clerk's line, however they are typed. Reads no command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from parsers.answers.clerk_words import begins_act

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufe0e\ufe0f]")
TURNED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # it may look like another text
QUOTED = re.compile(  # a quotation, struck out, a remark of a program's, or with a footnote
    r"\s*(?:[|¦»]|-\S.*\S-$|[\"”“].*[\"”“]$|//? ?[KC]-?[0-9]|/\*"
    r"|(?:[\"”“']|```\w*)$|#\s+\S|[^*]*[^*\s]\*\s*$)"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|oct|nov|dec)"
_NO_BARE = rf"(?![\w/@%]|[.:-][0-9]|\s?(?:{_MONTH}|[/-]\s?[0-9]|st\b|dag|veck|mån|år)|\s[0-9])"
_HANDLE = re.compile(
    r"(?<![\w/@.+-])([KC]) ?-? ?([1-9][0-9]{0,6})(?![\w@/])(?!\.[0-9])", re.IGNORECASE
)
_AND = r"(?:,? ?(?:och|o|samt|and|resp|respektive)\b|,? ?[&+]|[,;/])"
_BETWEEN = re.compile(rf"\s*{_AND}?\s*(?:även\s+)?", re.IGNORECASE)
_MORE = re.compile(rf"\s*{_AND}\s*([1-9][0-9]{{0,6}}){_NO_BARE}", re.IGNORECASE)
_FIRST = re.compile(
    rf"^(?:(?:ärende|ärendena|ärenden|nr|nummer|punkt|rad|case"
    rf"|#)\.?:? ?)?#?([1-9][0-9]{{0,6}}){_NO_BARE}",
    re.IGNORECASE,
)
_MANY = re.compile(r"\s+\w*(?:ra|ade|lda|nda|tta|iga)\b", re.IGNORECASE)
_LATER = re.compile(rf"(?:(?<=[,;.] )|(?<= och )|(?<= samt ))([1-9][0-9]{{0,6}}){_NO_BARE}")
_RANGE = re.compile(
    r"(?<![\w-])[KC] ?-? ?[0-9]+ ?(?:(?:-+|\.{2,}|…|till och med|t\.? ?o\.? ?m\.?|till|genom|to"
    r"|through|upp till"
    r"|fram till) ?[KC] ?-? ?[0-9]|-[0-9]+(?![0-9/]|\.[0-9]|-[0-9]| ?[KC] ?-? ?[0-9])"
    rf"|(?:\.\.+|…|till och med|t\.? ?o\.? ?m\.?|till|to) [0-9]+(?![0-9/:-]| ?{_MONTH})"
    r"|och (?:framåt|uppåt|nedåt|neråt|resten))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<!\w)[KC] ?-? ?(?:\.{2,}|…|_+|x+\b|n+r?\b|#+|\*+|<|\[|\?)", re.IGNORECASE
)
_BULLET = re.compile(
    r"^(?:[-*•·▪◦‣>→]+ ?|\(?[0-9]{1,2}[.)] (?=[KC] ?-? ?[0-9])|[a-z]\) )+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """Handles side by side that share what is said of them."""

    refs: tuple[str, ...]
    start: int
    end: int


def clean(line: str) -> str:
    """Return *line* as it looks: one kind of dash and gap, no invisible signs, no bullet."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", line)).translate(_WIDE)
    text = " ".join(_DASHES.sub("-", text).replace("’", "'").split())
    return _BULLET.sub("", text).strip()


def is_range(text: str) -> bool:
    """Tell whether *text* names handles from one to another: never guessed which those are."""
    return _RANGE.search(text) is not None


def is_sample(text: str) -> bool:
    """Tell whether *text* holds a handle with the number left out: "K-… klar"."""
    return _PLACEHOLDER.search(text) is not None


def groups(text: str, shown: Collection[str]) -> list[Group]:
    """Return the handles of *text* by group; a bare number only where *shown* holds it."""
    found: list[Group] = []
    first = _FIRST.match(text)
    if first and (bare := f"K-{first[1]}") in shown and f"C-{first[1]}" not in shown:
        found = _extended(text, [Group((bare,), 0, first.end())], shown)
        if len(found[0].refs) == 1 and _MANY.match(text, first.end()):
            return []  # "18 klara": eighteen of them?
    for ref, match in _each(text, shown):
        if found and match.start() < found[-1].end:
            continue
        gap = text[found[-1].end : match.start()] if found else ""
        if found and _BETWEEN.fullmatch(gap):
            last = found.pop()
            found.append(Group((*last.refs, ref), last.start, match.end()))
        else:
            found.append(Group((ref,), match.start(), match.end()))
        found = _extended(text, found, shown)
    return found


def _each(text: str, shown: Collection[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield each handle, and each bare number that begins a command: "17 klar, 18 klar"."""
    bare = [
        (f"K-{m[1]}", m)
        for m in _LATER.finditer(text)
        if f"K-{m[1]}" in shown and f"C-{m[1]}" not in shown and begins_act(text[m.end() :][:60])
    ]
    whole = [(f"{m[1].upper()}-{m[2]}", m) for m in _HANDLE.finditer(text)]
    yield from sorted([*bare, *whole], key=lambda one: one[1].start())


def _extended(text: str, found: Sequence[Group], shown: Collection[str]) -> list[Group]:
    """Add the bare numbers of a list: "K-17, 18 och 19"."""
    *before, last = found
    letter = last.refs[0][0]
    while more := _MORE.match(text, last.end):
        ref = f"{letter}-{more[1]}"
        if ref not in shown:
            break
        last = Group((*last.refs, ref), last.start, more.end())
    return [*before, last]
