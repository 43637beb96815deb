"""A captured page to a form: laid on its blank, every field read, voted on and proved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from bot.domain.forms import FieldReading, FormReading, How, State
from bot.domain.values import name_key
from parsers import swedish
from parsers.forms.crops import crops
from parsers.forms.definition import Definition
from parsers.forms.outcome import Foreign, Unread
from parsers.picturing import RESOLUTION
from parsers.scan import marks, pens, refusals, signing
from parsers.scan.marked import bears_out, lacks_marks
from parsers.scan.paper import Paper
from parsers.scan.picture import Picture
from parsers.scan.plate import plate_of
from parsers.scan.proof import Proof, folded, prove
from parsers.scan.proposing import proposed
from parsers.scan.readers import accents
from parsers.scan.readers.guess import Guess
from parsers.scan.readers.panel import Panel, panel
from parsers.scan.registration import Reason, Unplaced, place
from parsers.scan.strips import Cutting, cut
from parsers.scan.thresholds import limits
from parsers.scan.vote import Vote, vote
from parsers.settings import Settings

_BY_ITSELF = frozenset({"person_id"})  # its check digit and calendar make a pen's number sure
_ALMOST = 0.9  # a proposal is at most so sure, a sure value at least
_NAMES = frozenset({"name"})  # kinds in which a ring or dots make another name
_LETTERS = frozenset(
    {"name", "text", "mail", "unit"}
)  # kinds in which a foot or a dot makes another letter
_WORDS = frozenset({"name", "text"})  # of these, no list or form bears a letter out
_VOUCHERS = {
    "mail": ("given_name", "surname"), "given_name": ("mail",), "surname": ("mail",),
}  # fmt: skip
_BLACK, _PALE = 50, 200  # greys
_PARTED = re.compile(r"[._-].*@")  # an address whose names are kept apart
_SLOWEST = "ppocr"
_ELSEWHERE = frozenset({Reason.NOTHING, Reason.OTHER_FORM})


def read_picture(
    picture: Picture, definitions: Sequence[Definition], settings: Settings
) -> FormReading | Foreign | Unread:
    """Read *picture* as one of *definitions*, or say why it is none of them.

    Raises:
        ModelError: a reader's own file is damaged.
    """
    cv2.setNumThreads(settings.threads)
    plates = [plate for d in definitions if (plate := plate_of(d)) is not None]
    paper = place(picture, plates)
    if isinstance(paper, Unplaced):
        refusal = refusals.of(paper)
        foreign = refusal.reason in _ELSEWHERE
        return Foreign(refusal.text) if foreign else Unread(refusal.text)
    return read_paper(paper, definitions, settings)


def read_paper(paper: Paper, definitions: Sequence[Definition], settings: Settings) -> FormReading:
    """Read every field of a page that lies on its blank."""
    definition = paper.definition
    desk = panel(settings.models, settings.threads)
    readings: dict[str, FieldReading] = {}
    for key in dict.fromkeys(t.key for t in definition.ticks):
        group = [t for t in definition.ticks if t.key == key]
        ticked = marks.read_group(key, group, paper)
        readings[key] = ticked if paper.edition_sure else _doubted(ticked)
    cuttings = [cut(spec, paper) for spec in definition.fields if paper.covers(spec.cell)]
    sound = desk.complete and paper.good
    fine = is_fine(paper)
    votes = ballots(cuttings, desk, settings, fine=fine)
    proof = prove(proposed(votes, settings), settings)
    for cutting in cuttings:
        key = cutting.spec.key
        there = cutting.spec.label not in paper.missing
        fault = _fault(cutting, proof, sound=sound and there, fine=fine)
        if fault is None and not (there and paper.edition_sure):
            fault = "unsure"  # it may be another field's place: nor is it surely empty
        readings[key] = _reading(cutting, proof.votes.get(key), paper, fault)
    keys = dict.fromkeys(k for d in definitions if d.form == definition.form for k in d.all_keys())
    missing = FieldReading("", None, State.MISSING, How.SCAN, 0.0, paper.number)
    fields = tuple(readings.get(key) or _named(missing, key) for key in keys)
    signed = signing.read(paper)
    return FormReading(
        form=definition.form,
        version=definition.version,
        pages=(paper.number,),
        fields=fields,
        signed=signed,
        missing_anchors=paper.missing,
        crops=crops(
            definition,
            fields,
            signed,
            lambda box: paper.plain(box, RESOLUTION),
            hidden=_numbered(proof, settings),
        ),
    )


def _doubted(ticked: FieldReading) -> FieldReading:
    """Return a group of ticks that may be another group's."""
    if ticked.state not in (State.SURE, State.EMPTY):
        return ticked
    return replace(ticked, state=State.UNSURE, problem="unsure", confidence=0.0)


def _numbered(proof: Proof, settings: Settings) -> set[str]:
    """Return the fields in which any make reads an identity number: no picture of them leaves."""
    return {
        key
        for key, ballot in proof.votes.items()
        for _make, text in ballot.texts
        if swedish.person_id(text, settings.today).problem is None
    }


def is_fine(paper: Paper) -> bool:
    """Tell whether rings, dots and thin strokes can be trusted: neither coarse nor black and white.

    A fax has few greys between paper and print; only at a scanner's full resolution is that enough.
    """
    limit, scale = limits("pens"), paper.quality.scale
    sample = paper.picture.grey[::3, ::3]
    dark = float(np.mean(sample <= _BLACK))
    between = float(np.mean((sample > _BLACK) & (sample < _PALE)))
    return scale >= limit["fine"] and (between > limit["greys"] * dark or scale >= limit["full"])


def ballots(
    cuttings: Sequence[Cutting], desk: Panel, settings: Settings, *, fine: bool = True
) -> dict[str, Vote]:
    """Return the fields' votes; on a *fine* page the slowest reads what the others leave open."""
    strips = [strip for cutting in cuttings for strip in cutting.strips]
    if not strips:
        return {}
    hands = pens.by_hand(strips)
    said = {r.name: r.read(strips) for r in desk.readers if r.name != _SLOWEST}
    votes = _counted(cuttings, said, hands, settings)
    left = [i for i, s in enumerate(strips) if hands[i] or not fine or _is_open(votes[s.key])]
    for reader in (r for r in desk.readers if r.name == _SLOWEST and left):
        more: list[Guess | None] = [None] * len(strips)
        for i, guess in zip(left, reader.read([strips[i] for i in left]), strict=True):
            more[i] = guess
        votes |= _counted(cuttings, {**said, reader.name: more}, hands, settings)
    return votes


def _is_open(ballot: Vote) -> bool:
    """Tell whether a third make should read the field too: a name's or a word's every letter."""
    return ballot.spec.kind in _WORDS or not ballot.agreed


def _counted(
    cuttings: Sequence[Cutting], said: Mapping[str, Sequence[Guess | None]],
    hands: Sequence[bool], settings: Settings,
) -> dict[str, Vote]:  # fmt: skip
    votes, at = {}, 0
    for cutting in cuttings:
        last = at + len(cutting.strips)
        if last > at:
            lines = {
                make: [g for g in guesses[at:last] if g is not None]
                for make, guesses in said.items()
            }
            lines = {make: read for make, read in lines.items() if len(read) == last - at}
            votes[cutting.spec.key] = vote(cutting, lines, settings, pen=any(hands[at:last]))
        at = last
    return votes


def _reading(
    cutting: Cutting, ballot: Vote | None, paper: Paper, fault: str | None
) -> FieldReading:
    spec = cutting.spec
    value = ballot.value if ballot is not None else None
    if value is not None and spec.kind in _WORDS:
        value = swedish.from_capitals(value, name=spec.kind in _NAMES)
    share = ballot.share if ballot is not None else 0.0
    if fault is not None:
        state, sure = State.UNSURE, min(_ALMOST, share)
    elif cutting.empty:
        state, sure = State.EMPTY, 1.0
    else:
        state, sure = State.SURE, max(_ALMOST, share)
    box = paper.on_page(spec.cell)
    return FieldReading(spec.key, value, state, How.SCAN, sure, paper.number, box, fault)


def _named(reading: FieldReading, key: str) -> FieldReading:
    return FieldReading(key, None, reading.state, reading.how, 0.0, reading.page)


def _fault(cutting: Cutting, proof: Proof, *, sound: bool, fine: bool = True) -> str | None:
    """Return why the vote's value may not be taken for sure, None when it may.

    *sound*: the page and the readers allow it; *fine*: rings and dots can be seen on it.
    """
    key = cutting.spec.key
    ballot = proof.votes.get(key)
    if cutting.empty:
        return None
    if ballot is None or ballot.value is None:
        return "unreadable"
    if ballot.problem is not None:
        return ballot.problem
    if cutting.struck:
        return "struck"
    if not sound or not ballot.clean or key in proof.doubted:
        return "unsure"
    if not fine and cutting.spec.kind == "mail" and not _PARTED.search(ballot.value):
        return "unsure"  # a full stop is the first thing that a fax loses
    if key in proof.listed:
        return None
    if _may_be_cut(cutting, proof):
        return "unsure"
    if key not in proof.proved and not _stands_alone(cutting, ballot, fine=fine):
        return "unsure"
    return "unsure" if _marks_are_open(cutting, ballot, fine=fine) else None


def _may_be_cut(cutting: Cutting, proof: Proof) -> bool:
    """Tell whether print may hide rings over, or feet under, the letters, and nobody vouches.

    A holder's address and names vouch for each other's feet where they stand free themselves.
    """
    key, kind = cutting.spec.key, cutting.spec.kind
    if kind not in _LETTERS:
        return False
    if cutting.over and kind != "mail":
        return True
    others = _VOUCHERS.get(key, ()) if key in proof.proved else ()
    free = [not proof.votes[other].cutting.under for other in others if other in proof.votes]
    return cutting.under and not (free and all(free))


def _stands_alone(cutting: Cutting, ballot: Vote, *, fine: bool) -> bool:
    """Tell whether the makes' word is enough: typed, or a number that proves itself.

    Plain text, and everything on a page that is not *fine*, takes all makes' word.
    """
    if not ballot.agreed:
        return False
    if cutting.spec.key in _BY_ITSELF:
        return True
    return not ballot.pen and (ballot.unanimous or (fine and cutting.spec.kind != "text"))


def _marks_are_open(cutting: Cutting, ballot: Vote, *, fine: bool) -> bool:
    """Tell whether the rings and dots over the letters of a name or a text are not settled.

    They are when the picture confirms them; on a *fine* one also when the makes see the same
    and it does not contradict.
    """
    if cutting.spec.kind not in _WORDS or ballot.value is None:
        return False
    if cutting.spec.kind not in _NAMES:
        return not (fine or ballot.value.isascii())
    said = [name_key(text) for _make, text in ballot.texts]
    alike = [text for text in said if folded(text) == folded(ballot.value)]
    disputed = len({*alike, name_key(ballot.value)}) > 1
    if len(cutting.strips) != 1:
        return disputed or not fine
    shown = accents.agrees(cutting.strips[0].grey, ballot.value)
    if lacks_marks(ballot.value):
        return True
    if fine and disputed and shown is None:
        return not bears_out(ballot.value, alike)
    return shown is False or (shown is None and not fine)
