"""How replies to review letters are understood, beside a keyword rule on what peers cut out.

The peers only cut the quotation away: a rule of keywords stands in for what they do not do. They
are measured where they can be imported; the project does not depend on them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from bench.rows import Row, seconds
from bot.domain.review_reply import DECIDED, ReviewReply, RowAnswer
from parsers.mail.message import parse
from tests.review_replies import cases, judged, letter, listed, mail, understood

FILES = ("first", "second", "third", "fourth")
_LEFT = re.compile(r"\b(?:slut\w*|nej|ta bort)\b", re.IGNORECASE)
_STAYS = re.compile(r"\b(?:kvar|ja|stämmer|ok|okej|inga förändringar)\b", re.IGNORECASE)
_PEERS: Mapping[str, Callable[[Any, str], str]] = {
    "mailparser_reply": lambda m, text: str(
        m.EmailReplyParser(languages=["sv", "en"]).parse_reply(text=text) or ""
    ),
    "email_reply_parser": lambda m, text: str(m.EmailReplyParser.parse_reply(text)),
}


def measure() -> list[Row]:
    every = [case for name in FILES for case in cases(name)]
    ours = Counter(
        kind for case in every for _, kind in _kinds(case, _rows(understood(case), case))
    )
    rows = [
        _share("persons decided right", ours, None),
        _wrong("persons decided wrongly", ours, None),
    ]
    for name, cut in _PEERS.items():
        try:
            module = import_module(name)
        except ImportError:
            continue
        theirs = Counter(
            kind for case in every for _, kind in _kinds(case, _keywords(case, module, cut))
        )
        rows.append(_share(f"persons decided right, beside {name} + keywords", ours, theirs))
        rows.append(_wrong(f"persons decided wrongly, beside {name} + keywords", ours, theirs))
    taken = seconds(lambda: [understood(case) for case in cases("first")], times=3)
    rows.append(Row("a reply read, mail and all", taken * 1000 / 80, None, "ms", "80 replies"))
    return rows


def _rows(reply: ReviewReply | None, case: Mapping[str, Any]) -> list[RowAnswer]:
    return [r.answer for r in reply.rows] if reply else [RowAnswer.OPEN] * len(case["persons"])


def _kinds(case: Mapping[str, Any], answers: list[RowAnswer]) -> list[tuple[RowAnswer, str]]:
    found = []
    for (_, truth, _, _, _), answer in zip(judged(case, None), answers, strict=True):
        right = answer == truth or (truth not in DECIDED and answer not in DECIDED)
        kind = "right" if right else "wrong" if answer in DECIDED else "asked"
        found.append((truth, kind if truth in DECIDED or kind == "wrong" else "no matter"))
    return found


def _keywords(
    case: Mapping[str, Any], module: ModuleType, cut: Callable[[Any, str], str]
) -> list[RowAnswer]:
    """Return what a simple rule makes of the words that a peer finds new."""
    letter(listed(case))
    new = cut(module, parse(mail(case)).text)
    said = {}
    for person in listed(case):
        about = [line for line in new.splitlines() if person.given_name in line]
        text = " ".join(about) or new
        gone, stays = _LEFT.search(text), _STAYS.search(text)
        said[person.row] = RowAnswer.LEFT if gone else RowAnswer.STAYS if stays else RowAnswer.OPEN
    return list(said.values())


def _share(what: str, ours: Counter[str], theirs: Counter[str] | None) -> Row:
    return Row(what, _percent(ours), None if theirs is None else _percent(theirs), "%")


def _wrong(what: str, ours: Counter[str], theirs: Counter[str] | None) -> Row:
    return Row(what, ours["wrong"], None if theirs is None else theirs["wrong"], "persons")


def _percent(kinds: Counter[str]) -> float:
    decidable = kinds["right"] + kinds["asked"] + kinds["wrong"]
    return 100 * kinds["right"] / max(1, decidable)
