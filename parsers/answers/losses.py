"""Whether a mail says that a card is lost (routine S8). Any real doubt is said; decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import values
from bot.domain.reports import Certainty, LossSeen, Lost
from parsers.answers import codes, loss_facts, loss_net
from parsers.answers.loss_clauses import Sentence, sentences
from parsers.answers.loss_context import Context
from parsers.answers.loss_reading import Says, said
from parsers.answers.persons import persons_named

__all__ = ["persons_named", "read"]

_PREFIX = re.compile(r"^\s*(?:(?:sv|re|aw|vb|fw|fwd|vs|tr|ang)\s*:\s*)+", re.IGNORECASE)
_OUR_CASE = re.compile(r"\b[KMBPC]-\d+\b")
_MOST = 300  # characters of the words shown
_HAPPENED = re.compile(
    r"\b(?:hände|skedde|inträffade|upptäckte|märkte|stals|var|happened|noticed|was)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, repr=False)
class _Signal:
    says: Says
    what: Lost
    at: int  # the sentence
    stolen: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Part:
    """One hand's sentences and what they say."""

    sentences: Sequence[Sentence]
    signals: Sequence[_Signal]

    def of(self, *says: Says) -> list[_Signal]:
        return [s for s in self.signals if s.says in says]


def read(subject: str, own: Sequence[str], others: Sequence[str], today: date) -> LossSeen | None:
    """Return what the mail says of a lost card; None when it speaks of something else.

    *own* are the sender's lines, *others* somebody else's, passed on. Sure is only what the
    sender says himself, plainly and under no condition.
    """
    topic = _PREFIX.sub("", subject)
    passed_on = topic != subject
    heading = [] if _OUR_CASE.search(subject) else sentences([topic])
    head = _part(heading, ())
    mine = _part(sentences(own), heading)
    theirs = _part(sentences(others), heading)
    certainty = _certainty(head, mine, theirs, passed_on=passed_on)
    if certainty is None:
        head, mine, theirs = (_netted(p, heading) for p in (head, mine, theirs))
        certainty = _certainty(head, mine, theirs, passed_on=passed_on)
    if certainty is None:
        return None
    parts = (mine, head, theirs)
    sure = certainty is Certainty.SURE
    wanted = (Says.LOST,) if sure else (Says.LOST, Says.MAYBE, Says.FOUND)
    chosen = [(p, s) for p in (parts[:2] if sure else parts) for s in p.of(*wanted)]
    everything = "\n".join((topic, *own, *others))
    return LossSeen(
        certainty,
        _what([s for _, s in chosen]),
        stolen=any(s.stolen for _, s in chosen),
        found=any(p.of(Says.FOUND) for p in parts),
        lost_on=_lost_on(chosen, today),
        police_reference=loss_facts.police_reference(everything),
        card_number=loss_facts.card_number(everything),
        words=_words(chosen),
    )


def _part(found: Sequence[Sentence], heading: Sequence[Sentence]) -> _Part:
    return _Part(found, tuple(_signals(found, heading)))


def _netted(part: _Part, heading: Sequence[Sentence]) -> _Part:
    """Return *part* with what the net catches in it: perhaps a loss."""
    above = () if part.sentences is heading else heading
    told = part.sentences is not heading
    caught = loss_net.caught(part.sentences, above, told=told)
    signals = (_Signal(Says.MAYBE, what, n, part.sentences[n].stolen) for n, what in caught)
    return _Part(part.sentences, tuple(signals))


def _signals(found: Sequence[Sentence], heading: Sequence[Sentence]) -> Iterator[_Signal]:
    context = Context(found, heading)
    for n, sentence in enumerate(found):
        for place, clause in enumerate(sentence.clauses):
            for one in said(clause, sentence):
                resolved = context.resolve(one, n, place)
                if resolved is not None:
                    yield _Signal(resolved.says, resolved.of.what, n, sentence.stolen)


def _certainty(head: _Part, mine: _Part, theirs: _Part, *, passed_on: bool) -> Certainty | None:
    if mine.of(Says.LOST):
        return Certainty.SURE
    softened = mine.of(Says.WHAT_IF, Says.MAYBE, Says.FOUND) or passed_on
    if head.of(Says.LOST) and not softened and not any("?" in s.text for s in head.sentences):
        return Certainty.SURE
    if any(p.of(Says.LOST, Says.MAYBE, Says.FOUND) for p in (head, mine, theirs)):
        return Certainty.UNCLEAR
    return None


def _what(signals: Sequence[_Signal]) -> Lost:
    kinds = {s.what for s in signals} - {Lost.UNKNOWN}
    return kinds.pop() if len(kinds) == 1 else Lost.UNKNOWN


def _lost_on(chosen: Sequence[tuple[_Part, _Signal]], today: date) -> date | None:
    for part, signal in chosen:
        if signal.says is Says.FOUND:
            continue
        sentence = part.sentences[signal.at]
        whole = (sentence.text,) if signal.says is Says.LOST else ()  # a doubt is dated less
        for text in (*_clauses_about(sentence), *whole):
            found = loss_facts.day(text, today)
            if found is not None:
                return found
        for near in part.sentences[signal.at + 1 : signal.at + 3]:
            found = loss_facts.day(near.text, today) if _happened(near.text) else None
            if found is not None:
                return found
    return None


def _happened(text: str) -> bool:
    """Tell whether a sentence gives the day of the loss, not the last day that all was well."""
    return _HAPPENED.search(text) is not None and not re.search(r"senast|last", text, re.IGNORECASE)


def _clauses_about(sentence: Sentence) -> Iterator[str]:
    for clause in sentence.clauses:
        if any(one.says in (Says.LOST, Says.MAYBE) for one in said(clause, sentence)):
            yield clause.text


def _words(chosen: Sequence[tuple[_Part, _Signal]]) -> str:
    texts = dict.fromkeys(part.sentences[s.at].text for part, s in chosen)
    plain = values.masked(codes.masked(" ".join(texts)))
    return plain if len(plain) <= _MOST else plain[: _MOST - 1].rstrip() + "…"
