"""Words before a value and after it: "nej, det ska stå …", "resten stämmer". Reads no value."""

from __future__ import annotations

import re

from parsers.answers import words

_OF_IT = r"(?:det|den|där|namnet|numret|datumet|(?:rätt|korrekt) (?:namn|nummer|datum|svar))"
_SHALL = r"(?:ska(?:ll)?|bör)"
_LEADS = (
    r"(?:och|samt|men|,|;|:|=|–|-|\.|\)|alltså|att)\s*",
    rf"(?:{_OF_IT}\s+)?{_SHALL}\s+(?:det\s+)?(?:vara|stå|läsas|heta)(?:\s+där)?\b\s*",
    r"(?:det|den|rätt(?: namn| nummer| datum)?|svaret|namnet|numret|datumet)\s+är\b\s*",
    r"(?:är|heter|stavas|ändras?\s+till)\b\s*",
    r"(?:rätt\s*(?:namn|nummer|datum|svar)?|läs)\s*:\s*",
    r"skriv\s*:?\s+",
)
_LEAD = re.compile(f"^(?:{'|'.join(_LEADS)})", re.IGNORECASE)
_DENIED = re.compile(
    r"^(?:nej|nä|fel|stämmer (?:inte|ej)|det är fel|inte rätt)\b[\s,.:;!-]*", re.IGNORECASE
)
AGREED = re.compile(r"^(?:ja|japp|jo|stämmer|ok)\b[\s,.:;!-]+", re.IGNORECASE)
AGREED_AFTER = re.compile(
    r"[\s,]+(?:det )?(?:stämmer(?: bra)?|(?:är )?(?:rätt|korrekt|ok|okej))[\s.!]*$", re.IGNORECASE
)
RATHER = re.compile(r"^(?:det är )?(?:inte|ej)\s+(.{1,60}?)[\s,]+utan\s+(.{1,80})$", re.IGNORECASE)
BUT = re.compile(
    r"^(.*?)\s*\b(?:utom|förutom|undantaget|bortsett från|men inte)\s*$", re.IGNORECASE
)
_INSTEAD = re.compile(r"[\s,]+(?:istället|i stället)[\s.!]*$", re.IGNORECASE)
EDGES = " \t,;.:!-–=”“\"'()"


def without_rest(content: str) -> tuple[str, bool]:
    """Return *content* without "resten stämmer" at its end, and whether that stood there."""
    for found in re.finditer(r"[,.;]\s*|\s+(?=och |men |resten |övrig|i övrigt |annars )", content):
        tail = words.of_the_rest(content[found.end() :])
        if tail is not None and words.says_yes(tail):
            return content[: found.start()], True
    return content, False


def stripped(text: str, label: str) -> str:
    """Return *text* without the words that only lead up to a value."""
    names = "|".join(re.escape(n) for n in sorted(names_of(label), key=len, reverse=True))
    own = re.compile(rf"^(?:{names})\b\s*(?:[:=–-]\s*)?", re.IGNORECASE) if names else None
    plain, before = text.strip(EDGES), None
    while plain != before:
        before = plain
        for lead in (_DENIED, _LEAD, own):
            found = lead.match(plain) if lead is not None else None
            if found:
                plain = plain[found.end() :].strip(EDGES)
    return _INSTEAD.sub("", plain).strip(EDGES)


def names_of(label: str) -> frozenset[str]:
    """Return the ways to write a label in running text: efternamn, efternamnet."""
    bare = re.sub(r"\s*\(.*?\)", "", label).casefold()
    found = set()
    for part in bare.split("/"):
        one = part.strip(" ,")
        found |= {f"{one}{end}" for end in ("", "et", "en", "n", "t", "nummer", "numret")}
    return frozenset(n for n in found if len(n) > 3)  # noqa: PLR2004 - shorter is no name
