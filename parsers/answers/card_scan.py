"""Replies about cards cut into clauses, each word with its part. Understands nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from parsers.answers.card_words import longest
from parsers.answers.day_words import DAY, SPAN
from parsers.answers.given_names import GIVEN
from parsers.answers.manners import Manners, whole

UNKNOWN = "?"
_LONGEST = 400  # characters of one line
_MOST = 60  # lines; nobody answers such a letter with more
_NUMBER = re.compile(
    r"(?<![\w-])(\d{4})[\s–-]*K[\s–-]*(?:(\d{3,7})[\s–/-]+|(\d{1,3}(?: \d{3})) ?[–/-] ?)"
    r"(?:20)?(\d{2})(?![\w/]|-\d)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"[.!?…]+|[,;:–—()\"”“*•-]+|&|\+|(?:och|and|samt|o|men|but)(?!\w)", re.IGNORECASE
)
_SMILE = re.compile(r"[🙂😊☺️😀😃😄🙏🌸☀️❤️🌞]+|[:;]-?[)D]")
_WORD = re.compile(r"[^\s.,;:!?()\"”“]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or phrase as written, and the part that it plays."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks; *asks* when its sentence ends in a question mark."""

    tokens: tuple[Token, ...]
    asks: bool = False

    @property
    def text(self) -> str:
        """The clause as written."""
        return " ".join(token.text for token in self.tokens)


def clauses(lines: Sequence[str], names: Collection[str]) -> Iterator[Clause]:
    """Yield the clauses of a piece's lines; *names* (lower case) are those that mean "she"."""
    if len(lines) > _MOST:
        yield Clause((Token(UNKNOWN, lines[0][:_LONGEST]),))
        return
    manners = Manners(lambda word: longest(word, 0) is not None, names)
    plain = [unicodedata.normalize("NFC", line).replace("’", "'") for line in lines]
    for line in whole(plain):
        if len(line) > _LONGEST:
            yield Clause((Token(UNKNOWN, line[:_LONGEST]),))
            continue
        held: list[list[Token]] = [[]]
        for token in _tokens(manners.cut(line), names):
            if token.part == "MARK":
                held.append([])
            elif token.part == "END":
                yield from _sentence(held, asks="?" in token.text)
                held = [[]]
            else:
                held[-1].append(token)
        yield from _sentence(held, asks=False)


def number(text: str) -> str:
    """Return a police report's number as the police write it, "" for anything else."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return ""
    serial = found[2] or found[3].replace(" ", "")
    return f"{found[1]}-K{serial}-{found[4]}"


def _sentence(held: Sequence[Sequence[Token]], *, asks: bool) -> Iterator[Clause]:
    spoken = [tokens for tokens in held if tokens]
    for tokens in spoken:
        rest = list(tokens)
        if len(spoken) > 1 and all(t.part == "DROP" for t in rest):
            continue  # "Hej, kan jag …?" does not ask whether it is "hej"
        while len(rest) > 1 and rest[0].part in ("YES", "NO"):  # "ja hon får …"
            yield Clause((rest.pop(0),), asks)
            rest = rest[1:] if rest[0].part == "DROP" and len(rest) > 1 else rest
        if rest:
            yield Clause(tuple(rest), asks)


def _tokens(line: str, names: Collection[str]) -> Iterator[Token]:
    at = 0
    named = False
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        part, end = _next(line, at, names)
        text = line[at:end]
        surname = named and part == UNKNOWN and text[:1].isupper() and text.isalpha()
        named = (part == "S3" and text[:1].isupper()) or surname
        if part != "SMILE" and not surname:
            yield Token(part, text)
        at = end


def _next(line: str, at: int, names: Collection[str]) -> tuple[str, int]:
    """Return the part and the end of what stands at *at*."""
    for part, pattern in (("POLICE", _NUMBER), ("SPAN", SPAN), ("D", DAY), ("SMILE", _SMILE)):
        found = pattern.match(line, at)
        if found and (part != "SPAN" or _more(found)):
            return part, found.end()
    known = longest(line, at)
    if known is not None and (at == 0 or not line[at - 1].isalnum()):
        return known
    mark = _MARK.match(line, at)
    if mark:
        return ("END" if mark.group()[0] in ".!?…" else "MARK"), mark.end()
    word = _WORD.match(line, at)
    end = word.end() if word else at + 1
    text = line[at:end].casefold()
    whose = re.compile(r" (?:reserv)?kort(?:et)?(?!\w)", re.IGNORECASE).match(line, end)
    given = names or GIVEN  # where the caller knows whom it is about, nobody else is "she"
    if text.endswith("s") and text[:-1] in given and whose:
        return "O", whose.end()
    return ("S3" if text in given else UNKNOWN), end


def _more(found: re.Match[str]) -> bool:
    """Tell whether a span adds to the loan: "en vecka" alone could be counted from any day."""
    return bool(found["till"] or found["more"]) or found.group().casefold().startswith(
        "ytterligare"
    )
