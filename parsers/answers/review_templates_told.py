"""Whom a statement of a plain reply names, and what it says happened to them, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.review_reply import RowAnswer
from parsers.answers.review_day_forms import MONTHS
from parsers.answers.review_days import settled
from parsers.answers.review_templates_grammar import DAY, NAME, OWNER, PLACE, Node
from parsers.answers.review_templates_sentences import ForeignError, Sentence

GONE = (RowAnswer.LEFT, RowAnswer.LEAVING, RowAnswer.MOVED)
_EVENTS = {
    "LEFT": RowAnswer.LEFT, "LEAVING": RowAnswer.LEAVING, "MOVE": RowAnswer.MOVED,
    "PERSONSTAYS": RowAnswer.STAYS, "ONLEAVE": RowAnswer.STAYS,
}  # fmt: skip
_SUBORDINATE = frozenset({"NAMES", "NAMELIST", *_EVENTS})
_UNITS = (
    "skola", "skolan", "forskola", "forskolan", "boende", "boendet", "hemtjanst", "hemtjansten",
    "enheten", "gruppen", "fritid", "fritids", "koket", "kok", "kansliet", "hem", "garden", "gard",
    "avdelningen", "patrullen", "centrum", "center", "biblioteket", "stod", "stab", "rehab",
)  # fmt: skip

_SINCE = frozenset({"sedan", "sen", "since", "som"})
_BEHIND = ("sedan ", "sen ", "since ")


@dataclass(slots=True)
class Said:
    """What is said of a person."""

    answer: RowAnswer
    words: str
    on: date | None = None
    to: str = ""


def rows_of(one: Sentence, start: int, end: int) -> tuple[int, ...]:
    """Return the rows that the words from *start* to *end* name."""
    found = [
        row
        for at in range(start, end)
        if one.words[at] in (NAME, OWNER) and (token := one.tokens[at]) is not None
        for row in token.rows
    ]
    return tuple(found)


class Teller:
    """Reads names and events out of statements said on the day *today*."""

    def __init__(self, today: date) -> None:
        self._today = today

    def since(self, one: Sentence, start: int, end: int) -> None:
        """See that days told of all lie behind: "sedan i maj", and not "fram till jul"."""
        for at in range(start, end):
            token = one.tokens[at]
            if one.words[at] != DAY or token is None:
                continue
            begun = at > 0 and one.words[at - 1] in _SINCE
            behind = token.day is not None and token.day.sense < 0
            if not (begun or behind or token.plain.startswith(_BEHIND)):
                raise ForeignError

    def told(self, one: Sentence, nodes: Sequence[Node]) -> tuple[tuple[int, ...], list[Said]]:
        """Return the rows named and the events told, in order."""
        rows: list[int] = []
        events: list[Said] = []
        taken = -1
        for node in nodes:
            if node.family not in _SUBORDINATE or node.start < taken:
                continue
            if node.family in ("NAMES", "NAMELIST"):
                rows += rows_of(one, node.start, node.end)
            else:
                events.append(self.event(one, node, _EVENTS[node.family]))
            taken = node.end
        return tuple(dict.fromkeys(rows)), events

    def event(self, one: Sentence, node: Node, answer: RowAnswer) -> Said:
        """Return what *node* says happened, and when."""
        span = range(node.start, node.end)
        if answer is RowAnswer.STAYS:
            return Said(answer, one.text)
        days = [t.day for at in span if one.words[at] == DAY and (t := one.tokens[at]) is not None]
        if len(days) > 1:
            raise ForeignError
        to = " ".join(
            t.text for at in span if one.words[at] == PLACE and (t := one.tokens[at]) is not None
        )
        if answer is RowAnswer.MOVED:
            _is_unit(one, node)
        if not days:
            if answer is RowAnswer.LEAVING:
                raise ForeignError
            return Said(answer, one.text, None, to)
        if days[0] is None:
            raise ForeignError
        found = settled(days[0], self._today, 1 if answer is RowAnswer.LEAVING else -1)
        month = _month(one, span, self._today, ahead=answer is RowAnswer.LEAVING)
        if found.on is None and not days[0].sense and month:
            return Said(answer, one.text, None, to)
        told = found.on is not None or days[0].sense
        ahead = found.sense > 0
        if found.doubtful or not told or ahead != (answer is RowAnswer.LEAVING):
            raise ForeignError
        if answer is RowAnswer.LEAVING and found.on is None:
            raise ForeignError
        return Said(answer, one.text, found.on, to)


def _is_unit(one: Sentence, node: Node) -> None:
    """See that somebody has moved to a unit, or a chief, and not to another town."""
    words = one.words[node.start : node.end]
    places = [
        t.plain for at in range(node.start, node.end)
        if one.words[at] == PLACE and (t := one.tokens[at]) is not None
    ]  # fmt: skip
    chief = {"lyder", "chef", "under", "chefen", "hor", "tillhor"} & set(words)
    unit = any(w.endswith(_UNITS) for w in (*words, *" ".join(places).split()))
    if not (chief or unit):
        raise ForeignError


def _month(one: Sentence, span: range, today: date, *, ahead: bool) -> bool:
    """Tell whether a bare month is told that lies on the right side: "slutade i maj"."""
    for at in span:
        token = one.tokens[at]
        if one.words[at] == DAY and token is not None:
            number = MONTHS.get(token.plain.split()[-1], 0)
            away = (number - today.month if ahead else today.month - number) % 12
            return bool(number) and 1 <= away <= 6 and len(token.plain.split()) <= 2  # noqa: PLR2004 - half a year, "i maj"
    return False
