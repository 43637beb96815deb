"""Greetings, signatures, footers and disclaimers of a reply to a review letter, cut away.

Cuts no line that could answer: below a greeting too, what speaks of somebody is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from parsers.answers.endings import DISCLAIMER, FOOTER
from parsers.answers.review_lexicon import phrase
from parsers.answers.review_names import fold
from parsers.answers.review_quote import Line
from parsers.answers.review_sorts import Sort

_KIND = (
    r"vänlig|vänliga|bästa|varm|varma|solig|soliga|trevlig|trevliga|glada|många|kära|hjärtliga"
    r"|somriga|höstliga|vintriga|juliga|vårliga|snöiga|regniga|goda"
)
_BYES = (
    rf"(?:med )?(?:{_KIND})(?: (?:{_KIND}))? ?(?:hälsning(?:ar)?|häls\.?|hälsn\.?)(?: från)?",
    r"(?:m\.? ?v\.? ?h\.?|mv|vh|bh|v\.h\.|hälsn?\.?|hälsning(?:ar)?(?: från)?|hälsar|vänligen)",
    r"(?:kram(?:ar|is)?|ha det(?: så)? (?:gott|bra|fint)|allt gott|på återhörande|tack och hej)",
    (
        r"(?:(?:kind|best|warm|many)(?: and best)? )?(?:regards|wishes)|cheers|br|all the best"
        r"|sincerely|yours sincerely|många kramar|ciao"
    ),
    r"/{1,2}|-- ?|—|–",
)
_BYE = re.compile(
    rf"^(?:{'|'.join(_BYES)})(?P<names>(?:[\s,.!:/–-].{{0,80}})?|(?<=/).{{0,60}})$", re.IGNORECASE
)
_BYE_INLINE = re.compile(
    r"(?:^|(?<=[\s.,!?)]))(?:(?:med )?vänliga? hälsning(?:ar)?|m\.? ?v\.? ?h\.?|mvh|vh|hälsningar"
    r"(?: från)?|hälsn\.?|hälsar|kram(?:ar)?|/{1,2}) ?,?(?P<names>(?<=/).{0,60}|\s.{0,60}|)$",
    re.IGNORECASE,
)
_HELLO = re.compile(
    r"^(?:hej ?(?:hej|san)?|hallå|halloj|god ?(?:morgon|dag|förmiddag|eftermiddag|kväll)|tjena|tja"
    r"|morrn|hello|hi|dear|hejsan)(?![\w-])(?P<whom>(?: igen| på er| på dig| alla| där| allihopa"
    r"| [A-ZÅÄÖÉ][\w-]+){1,3}(?=\s*[,!.:–-]|\s*$))?\s*[,!.:–-]*\s*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b0\d{1,3}[- ]?\d{2,3}[\d ]{2,}|@\w|www\.|https?:|^(?:tel|telefon|tfn|mobil|mail|e-?post"
    r"|besök|adress|box|växel|phone|direkt)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"[\w-]*(?:chef|rektor|samordnare|ledare|ansvarig|manager|föreståndare)\b", re.IGNORECASE
)
_LAWYERS = re.compile(
    r"av misstag|gallras|avsändaren|registrerad i|in error|dokumenthantering", re.IGNORECASE
)
_SPEAKS = frozenset(
    {
        Sort.YES, Sort.NO, Sort.RIGHT, Sort.STAY, Sort.LEFT, Sort.REMOVE, Sort.LEAVES, Sort.ENDS,
        Sort.ENDED, Sort.GIVEN_NOTICE, Sort.MOVED, Sort.MOVES, Sort.LEAVE, Sort.DEAD, Sort.WORKS,
        Sort.UNCHANGED, Sort.NEW, Sort.NOT, Sort.NONE, Sort.REST, Sort.EXCEPT, Sort.IF, Sort.DOUBT,
        Sort.NEVER, Sort.ASKED, Sort.NOT_MINE, Sort.SHE, Sort.UNDO, Sort.BUT, Sort.STRUCK,
    }
)  # fmt: skip
_SIGNATURE = 20  # lines
_NAME = re.compile(
    r"^[A-ZÅÄÖÉÜŁŠŽĆ][\w'’.-]+(?: (?:von|af|de|van|der|al|[A-ZÅÄÖÉÜŁŠŽĆ][\w'’.-]*)){0,3}"
    r"(?:,.{0,60})?[.!]?$"
)
Listed = Callable[[str], bool]  # whether a line names a listed person


def speaks(line: str) -> bool:
    """Tell whether *line* has a word that could answer, or cast doubt on an answer."""
    words = [fold(w) for w in re.findall(r"[^\W_]+(?:['’:-][^\W_]+)*", line)]
    at = 0
    while at < len(words):
        found = phrase(words, at)
        if found is not None and found[1] in _SPEAKS:
            return True
        at = found[0] if found is not None else at + 1
    return bool(re.search(r"[✔✓☑✅❌✗✘✖👍👎?]", line))


def without_manners(
    lines: Sequence[Line], names: Iterable[str], is_listed: Listed
) -> tuple[Line, ...]:
    """Return *lines*, typed in one place, without what is only polite."""
    kept = [
        line for line in lines
        if not _is_dropped(line.text) or (speaks(line.text) and is_listed(line.text))
    ]  # fmt: skip
    known = {w for name in names for w in fold(name).split()}
    kept = _unsigned(kept, known, is_listed)
    found = []
    for line in kept:
        text = without_hello(line.text)
        text = _without_bye(text)
        if text.strip():
            found.append(replace(line, text=text))
    return tuple(found)


def _is_dropped(text: str) -> bool:
    plain = text.strip()
    if not plain or FOOTER.match(plain):
        return True
    return bool(DISCLAIMER.search(plain) or _LAWYERS.search(plain)) and len(plain.split()) > 5  # noqa: PLR2004 - a sentence of lawyers


def without_hello(text: str) -> str:
    """Return *text* without the greeting it begins with, and whom it greets."""
    found = _HELLO.match(text)
    if found is None:
        return text
    whom = found["whom"]
    if whom and any(w[:1].islower() and w not in _TO for w in whom.split()):
        return text[found.start("whom") :]
    return text[found.end() :]


_TO = frozenset(["igen", "på", "er", "dig", "alla", "där", "allihopa"])


def _without_bye(text: str) -> str:
    found = _BYE_INLINE.search(text)
    if found is None or speaks(found["names"]) or re.search(r"\d", found["names"]):
        return text
    if len(found["names"].split(",")[0].split()) > 4:  # noqa: PLR2004 - no name is longer
        return text
    return text[: found.start()].rstrip(" ,")


def _unsigned(lines: list[Line], known: set[str], is_listed: Listed) -> list[Line]:
    """Return *lines* without the signature: from the greeting, or a name alone, on."""
    for n, line in enumerate(lines):
        found = _BYE.match(line.text.strip())
        bullet = line.text.lstrip()[:1] in "–—-" and is_listed(line.text)
        if found and not bullet and not speaks(found["names"] or ""):
            return [*lines[:n], *_answers(lines[n + 1 :], is_listed)]
        words = set(fold(line.text.strip(" .,!/")).split())
        if n and words and words <= known:
            return [*lines[:n], *_answers(lines[n + 1 :], is_listed)]
    return _without_name(lines, is_listed)


def _answers(lines: Sequence[Line], is_listed: Listed) -> list[Line]:
    """Return which lines below a greeting may answer."""
    kept: list[Line] = []
    for n, line in enumerate(lines):
        if (
            n >= _SIGNATURE
            or (speaks(line.text) and (not _CONTACT.search(line.text) or is_listed(line.text)))
            or (kept and is_listed(line.text))
        ):
            kept.append(line)
    return kept


def _without_name(lines: list[Line], is_listed: Listed) -> list[Line]:
    """Return *lines* without a name, a title and an address at the foot that nothing announces."""
    start = len(lines)
    for n in range(len(lines) - 1, 0, -1):
        text = lines[n].text.strip()
        if speaks(text) or len(text) > 80 or text.endswith(":") or "\t" in text:  # noqa: PLR2004 - no title is longer
            break
        if _NAME.match(text) and lines[n - 1].place < lines[n].place:
            start = n
    return lines if start in (0, len(lines)) else _cut(lines, start, is_listed)


def _cut(lines: list[Line], start: int, is_listed: Listed) -> list[Line]:
    """Return *lines* without those from *start* on where they can only sign."""
    before = lines[start - 1].text.strip()
    bare = is_listed(before) and not speaks(before)
    below = lines[start + 1].text if start + 1 < len(lines) else ""
    gap = lines[start].place - lines[start - 1].place
    if gap > 1 and len(lines[start].text.split()) > 1 and _TITLE.match(below.strip()):
        return lines[:start]
    if before.endswith((":", ",")) or bare:
        return lines
    titled = start + 1 < len(lines) and lines[start].place - lines[start - 1].place > 1
    if titled and not any(is_listed(line.text) for line in lines[start + 1 :]):
        return lines[:start]
    if is_listed(lines[start].text) and len(lines[start].text.split()) > 1:
        return lines
    if any(is_listed(line.text) for line in lines[start + 1 :]):
        return lines
    if is_listed(lines[start].text) and (gap < 2 or start + 1 < len(lines)):  # noqa: PLR2004 - an empty line between
        return lines
    return lines[:start]
