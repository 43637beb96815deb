"""Lines to sentences, sentences to clauses: how far a "not" or an "if" reaches. Knows no losses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.answers.loss_words import STOLEN, Sort, Token, folded, merged, tokens

LONGEST = 60_000  # characters of a mail that are looked at
_MOST = 80  # words of a clause; a longer one is cut, or reading would take the square of it
_MOST_CLAUSES = 30  # of a sentence, for the same reason
_WRAPPED = 60  # characters of a line that a mail program may have broken
_GREETING_LENGTH = 20  # characters of a line with nothing but "Hej alla,"
_ENDS = re.compile(r"[.!?:;…]\W*$")
_GREETING = re.compile(
    r"(?:mvh|ha en|med (?:vänlig\w*|bästa|varm\w*)|hej|hejsan|hallå|tjena|god \w+|tack|vänlig\w*"
    r"|bästa|hälsn\w*|hi|hello|dear|kind|best|regards)\b|/|--",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<=[.!?…])[\"”')]*\s+(?![a-zåäö]?\d)|\n+|;\s+|\s[–—-]{1,2}\s|:\s+(?=[A-ZÅÄÖ])"
)
_NO_END = re.compile(
    r"\b(nr|kl|ca|tel|t\.ex|bl\.a|dvs|f|st|pga|p\.g\.a|avd|enl)\.\s+", re.IGNORECASE
)
_UNTICKED = re.compile(r"(?:☐|□|\[ ?\]|\( ?\))[^☐☒☑□✓✗\[\]()\n]*")
_TICKED = re.compile(r"☒|☑|✓|✔|\[x\]|\(x\)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"”“»«]([^\"”“»«\n]{3,60})[\"”“»«]")
_SPEAKER = re.compile(r"\b(?:jag|ja|hon|han|hen|vi|mitt|mit|min|sitt|i|my)\b", re.IGNORECASE)
_CHOSEN = re.compile(
    r"kryssa|markera|bock|ikryss|valt|fyllt i|ruta\w* .{0,20}gäller", re.IGNORECASE
)
_COMMA = re.compile(r",\s*|\s+\(|\)\s*")
_TURN = re.compile(
    r"\s+(?=(?:men|fast|så|eftersom|därför|utan att|då|because|but|since i|so i|medan|när|innan)\s)"
    r"|\s+(?=(?:och|samt|and)\s+(?:nu\s+|då\s+|sen\s+|sedan\s+|därför\s+)?"
    r"(?:jag|ja|hon|han|hen|vi|ni|de|dom|det|undrar|vill|behöver|ska|skulle|kan|kommer|har|hade"
    r"|hittar|är|var|fick|får|måste|i|he|she|we|need|would|can|cannot|have|has|hittarinte"
    r"|saknar|tappade|förlorade|hittade|blev|ordna|ordnar|beställ\w*|begär|önskar|anmäl\w*)\s)"
    r"|\s+(?=(?:för|for)\s+(?:jag|ja|hon|han|hen|vi|det|i|he|she)\s)"
    r"|\s+(?=(?:om|ifall|if)\s+(?:jag|man|någon|nån|hon|han|hen|vi|du|ni|de|kort\w*|mitt|det|den"
    r"|ett|en|e-?tj\w*|siths\w*|i|you|someone|my|a|the|personal\w*|din|ditt)\s)"
)
_VERB = re.compile(
    r"\b(?:fungerar|funkar|går|ska|kan|vill|behöver|ligger|finns|låg|fanns|satt|är|blev|måste|kommer"
    r"|works?|is|was|are|lies)\b"
)
_STARTS = (Sort.WHO, Sort.IT, Sort.HAVE, Sort.IF, Sort.ANYONE)
_ANCHORS = (
    Sort.LOST, Sort.LOSE, Sort.GONE, Sort.GOING, Sort.LOSS, Sort.ROBBED, Sort.FOUND, Sort.MISSED,
    Sort.LEFT, Sort.TAKEN, Sort.SEEK, Sort.BLOCK,
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Clause:
    """Words between two commas or turns; *asked* when the sentence ends with a question mark."""

    tokens: tuple[Token, ...]
    text: str  # in lower case, phrases merged
    asked: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Sentence:
    """A sentence as written and its clauses; *label* is a form's ticked reason, no plain words."""

    text: str
    clauses: tuple[Clause, ...]
    label: bool = False

    @property
    def stolen(self) -> bool:
        """Tell whether it speaks of theft."""
        return any(
            STOLEN.search(folded(c.text)) or "stolenx" in c.text
            for c in self.clauses
            if not any(t.sort is Sort.NOT for t in c.tokens)  # "tror inte att det är stulet"
        )

    def has(self, *sorts: Sort) -> bool:
        """Tell whether a word of one of *sorts* stands in it."""
        return any(t.sort in sorts for c in self.clauses for t in c.tokens)


def sentences(lines: Sequence[str]) -> list[Sentence]:
    """Return the sentences of *lines*, with form labels that nobody ticked taken away."""
    text = _joined(lines)[:LONGEST]
    found = []
    for written in _SENTENCE.split(_NO_END.sub(lambda m: m[1] + " ", text)):
        bare = _UNTICKED.sub(" ", written)
        label = _TICKED.search(bare) is not None
        said = _QUOTED.sub(lambda m: m[0] if _SPEAKER.search(m[1]) else " ", bare)
        if said != bare and _CHOSEN.search(bare):
            said, label = bare, True
        clauses = tuple(_clauses(said))
        for start in range(0, len(clauses), _MOST_CLAUSES):
            part = clauses[start : start + _MOST_CLAUSES]
            whole = len(clauses) <= _MOST_CLAUSES
            text = " ".join(written.split()) if whole else ", ".join(c.text for c in part)
            found.append(Sentence(text, part, label))
    return found


def _joined(lines: Sequence[str]) -> str:
    """Return *lines* as one text: a line that a mail program broke goes on in the next."""
    out = ""
    before = ""
    for line in (one for whole in lines for one in whole.splitlines()):
        bare = line.strip()
        if not bare:
            before = ""
            continue
        goes_on = (
            before
            and not _ENDS.search(before)
            and not _GREETING.match(bare)
            and (bare[0].islower() or (len(before) >= _WRAPPED and bare[0].isalpha()))
            and not (_GREETING.match(before) and len(before) <= _GREETING_LENGTH)
        )
        out += (" " if goes_on else "\n") + bare
        before = bare
    return out


def _clauses(sentence: str) -> Iterator[Clause]:
    asked = sentence.rstrip(" \"”')").endswith("?")
    plain = merged(sentence)
    parts: list[str] = []
    for part in _COMMA.split(plain):
        for piece in _TURN.split(part):
            if parts and not _stands_alone(piece):
                parts[-1] = f"{parts[-1]} , {piece}"
            elif piece.strip():
                parts.append(piece)
    for piece in parts:
        words = piece.split()
        for start in range(0, len(words), _MOST):
            part = " ".join(words[start : start + _MOST])
            found = tuple(tokens(part))
            if found:
                yield Clause(found, part, asked)


def _stands_alone(piece: str) -> bool:
    """Tell whether *piece* is a clause, and no further item of a list."""
    return _VERB.search(piece) is not None or any(
        t.sort in _STARTS or t.sort in _ANCHORS for t in tokens(piece)
    )
