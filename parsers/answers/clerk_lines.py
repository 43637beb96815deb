"""One line of a clerk's mail: of whom it speaks and what it asks for. Taken whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.clerk_reply import Act, Command
from parsers.answers import (
    clerk_asides,
    clerk_clauses,
    clerk_doubts,
    clerk_fields,
    clerk_free,
    clerk_reasons,
    clerk_requests,
    clerk_words,
)
from parsers.answers.clerk_chat import is_chat
from parsers.answers.clerk_handles import Group, groups
from parsers.answers.clerk_words import FILL, known

_BOUNDARY = re.compile(
    r"(?:[,;.!/|]|(?<=\s)[-+&]|(?<!\w)(?:och|samt|men|medan|and|o))\s*$", re.IGNORECASE
)
_REFERENCE = re.compile(r"(?<!\w)(?:som|av|till|se|mot|från|i)\s*$", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s+(?:på|för|i|gällande|ang|angående|till|med|av))?[\s:,-]*$", re.IGNORECASE
)
_NOTED = re.compile(
    r"[.,;]?\s+(?=(?:anteckning|notering|kommentar|notera|not|obs)\s*:)", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*[,;.]\s+(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"[^,.!]+[,.!]\s+")
_ALSO = re.compile(
    r"[\s,]*(?:också|likaså|även|detsamma|likadant|too|as well)[\s.!]*", re.IGNORECASE
)
_STRANGE = re.compile(  # a mark that may answer no, or not yet: "❌ K-17 klar", "[ ] K-17 klar"
    r"[^\w\s.,:;!?()*\"'”“»«>→=&+/#§%@-]|\[|\]"
)
_ASKED = re.compile(
    r"(?:är|blev|har|var|kan|får|ska|bör)(?: nu| redan)?", re.IGNORECASE
)  # "är K-17 klar"
_ASKING = re.compile(  # a question without its mark: "är den klar"
    r"\W*(?i:är|ä|blev|har|var|kom)\s+(?i:nu |redan )?(?:(?i:den|det|kortet|reservkortet|lånet"
    r"|ärendet|mejlet|mailet|allt|hon|han)(?! (?:här|där)\b)(?!\w)|[A-ZÅÄÖ][a-zåäöé]+)"
)
_SHARES = re.compile(r"[,;/]|(?<!\w)(?:och|samt|resp|respektive)(?!\w)", re.IGNORECASE)
_OWN_WORDS = frozenset({Act.REJECT, Act.ASK, Act.NOTE})
_ALONE = frozenset({Act.CORRECT, Act.POLICE, Act.HANDED_OUT})  # about one handle at a time


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader of a line knows: the day, and the rows that the answered letter shows."""

    today: date
    titles: Mapping[str, str]


def commands(text: str, handle: str, known_: Known) -> list[Command] | None:
    """Return what the clean *text* asks for; *handle* is the quoted row's above it, if any."""
    found = groups(text, known_.titles)
    if not found:
        if handle:
            return None if _ASKING.match(text) else _said(text, (handle,), known_)
        made = clerk_clauses.read(text, "", known_.today)
        return made if made and [c.act for c in made] == [Act.UNDO] else None
    if len(found) == 1 and clerk_requests.is_show(text[: found[0].start], text[found[0].end :]):
        return [Command(Act.SHOW, ref, text) for ref in found[0].refs]
    parts = _verbs_first(text, known_) or _parts(text, found, known_)
    if parts is None:
        return None
    asked: list[Command] = []
    before: list[Command] = []
    for refs, said in parts:
        also = before and _ALSO.fullmatch(said)
        more = _copied(before, refs) if also else _said(said, refs, known_)
        if more is None:
            return None
        asked += more
        before = more
    return asked


def _copied(made: Sequence[Command], refs: Sequence[str]) -> list[Command] | None:
    """Return "också" of what was just said, where it can be said of another handle as well."""
    if any(c.act in _ALONE | _OWN_WORDS or c.number for c in made):
        return None
    once = list(dict.fromkeys(replace(c, ref="") for c in made))
    return [replace(c, ref=ref) for ref in refs for c in once]


def handles(text: str, known_: Known) -> tuple[str, ...]:
    """Return every handle that *text* names."""
    return tuple(ref for group in groups(text, known_.titles) for ref in group.refs)


def could_command(text: str, known_: Known) -> bool:
    """Tell whether *text*, beside a handle, would ask for something."""
    return clerk_free.begins(text) or bool(clerk_clauses.read(text, "", known_.today))


def keeps_to_itself(text: str, known_: Known) -> bool:
    """Tell whether an unread *text* opens with its handle and can't turn what other lines say."""
    found = groups(text, known_.titles)
    start = found[0].end if found else 0
    at_front = not found or not text[: found[0].start].strip("( ")
    return at_front and clerk_doubts.stays_local(text[start:].strip(" :,.-()"))


def _parts(
    text: str, found: Sequence[Group], known_: Known
) -> list[tuple[tuple[str, ...], str]] | None:
    """Return what is said of each group of handles; None where that is not plain."""
    lead = _without_hello(text[: found[0].start].strip(" \t!,.:"))
    if _STRANGE.search(lead) or _ASKED.fullmatch(lead):
        return None
    if _only_filler(lead) or is_chat(lead, alone=False) or clerk_requests.is_pointer(lead):
        lead = ""
    parts: list[tuple[tuple[str, ...], str]] = []
    refs, start = found[0].refs, found[0].end
    for group in found[1:]:
        gap = text[start : group.start]
        boundary = _BOUNDARY.search(gap)
        if boundary:
            parts.append((refs, gap[: boundary.start()]))
            refs, start = group.refs, group.end
        elif not lead and clerk_clauses.read(gap, "", known_.today):  # no sign between
            parts.append((refs, gap))
            refs, start = group.refs, group.end
        elif not (_REFERENCE.search(gap) and clerk_free.begins(gap)):
            return None
    parts.append((refs, text[start:]))
    if any(_ASKING.match(said) for said in (lead, *(s for _, s in parts[bool(lead) :]))):
        return None
    if lead:
        refs, rest = parts[0]
        said = _lead(lead, rest, known_)
        if said is None:
            return None
        parts[0] = (refs, said)
    return parts


def _without_hello(lead: str) -> str:
    """Return *lead* without courtesy before its own sentence: "Hej! Kortet i"."""
    while (first := _SENTENCE.match(lead)) and is_chat(first.group(), alone=False):
        lead = lead[first.end() :]
    return lead


def _lead(lead: str, rest: str, known_: Known) -> str | None:
    """Return the words before a handle and after it as one; None where both could be said."""
    if lead.endswith("(") and rest.lstrip().startswith(")"):
        lead, rest = lead[:-1].rstrip(), rest.lstrip()[1:]
    if not rest.strip(" .!") and clerk_clauses.read(lead, "", known_.today):
        return lead  # "Jag kollar på K-22"
    over = not rest.strip(" .!)")
    if over and (pointed := clerk_requests.without_pointer(lead)) != lead:
        return clerk_requests.plain(pointed.strip())
    said = clerk_requests.plain(f"{_TRAILING.sub('', lead)} {rest.strip()}")
    over = over or (rest.strip(" .!)?") in ("", "tack") and "?" not in said)
    if not over and clerk_free.read(_TRAILING.sub("", lead), "") is not None:
        return None
    return said


def _verbs_first(text: str, known_: Known) -> list[tuple[tuple[str, ...], str]] | None:
    """Return the parts of "Godkänn K-19, avslå K-20 fel enhet"; None for lines of other kinds."""
    pieces: list[str] = []
    for piece in _SPLIT.split(text):
        found = groups(piece, known_.titles)
        opens = bool(found) and could_command(piece[: found[0].start], known_)
        if opens or not pieces:
            pieces.append(piece)
        else:
            pieces[-1] += f", {piece}"
    parts: list[tuple[tuple[str, ...], str]] = []
    for piece in pieces:
        found = groups(piece, known_.titles)
        if len(found) != 1 or not could_command(piece[: found[0].start], known_):
            return None
        more = _parts(piece, found, known_)
        if more is None:
            return None
        parts += more
    return parts if len(parts) > 1 else None


def _only_filler(text: str) -> bool:
    rest = text
    while rest := rest.lstrip(" ,.:;!-()"):
        end, parts = known(rest[:60])
        if not end or FILL not in parts:
            return False
        rest = rest[end:]
    return True


def _said(text: str, refs: tuple[str, ...], known_: Known) -> list[Command] | None:
    if len(refs) > 1 and sum(map(clerk_words.holds_act, _SHARES.split(text))) > 1:
        return None  # "K-17, K-18: klar, återlämnat": which of them?
    asked: list[Command] = []
    for ref in refs:
        made = _one(text, ref, known_, alone=len(refs) == 1)
        if made is None:
            return None
        asked += made
    if len(refs) > 1 and any(c.act in _ALONE or c.number for c in asked):
        return None
    return asked


def _one(text: str, ref: str, known_: Known, *, alone: bool) -> list[Command] | None:
    text = clerk_requests.plain(text)
    if clerk_free.begins(text):
        made = clerk_free.read(text, ref)
        return [made] if made and _is_its_own(made, known_) else None
    noted = _NOTED.search(text)
    if noted:
        note = clerk_free.read(text[noted.end() :], ref)
        before = _one(text[: noted.start()], ref, known_, alone=alone)
        return [*before, note] if before and note else None
    title = known_.titles.get(ref, "") if alone else ""
    plain = clerk_clauses.read(text, ref, known_.today, title)
    if plain:
        return plain
    if fields := clerk_fields.read(text, ref, known_.today, clerk_clauses.named(title)):
        return fields
    if free := clerk_free.read(text, ref):  # a report's number, or a reason before its verb
        return [free] if _is_its_own(free, known_) else None
    return _beside_a_remark(text, ref, known_, title)


def _is_its_own(made: Command, known_: Known) -> bool:
    """Tell whether the words of a command can be of its handle: no other row's, no field."""
    if made.act not in (Act.REJECT, Act.ASK):
        return True
    if made.act is Act.REJECT and clerk_fields.read(made.text, made.ref, known_.today):
        return False
    return not clerk_reasons.is_of_another(made.text, made.ref, known_.titles)


def _beside_a_remark(text: str, ref: str, known_: Known, title: str) -> list[Command] | None:
    """Return what *text* says of *ref* before a remark: "återlämnat igår, låg i brevlådan"."""
    names = clerk_clauses.named(title)
    for before, remark in clerk_asides.cut(text):
        made = clerk_clauses.read(before, ref, known_.today, title)
        polite = is_chat(remark, alone=False)
        if made and (polite or clerk_asides.harmless(remark, made, names, known_.today)):
            said = " ".join(text.split())
            return [replace(c, words=said) for c in made if c.act is not Act.UNDO] or None
    return None
