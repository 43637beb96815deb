"""What several readers make of one field: the likeliest value, and how many makes say it.

A value is agreed when two readers of different make read the same and its form holds. Knows
nothing of other fields: ``proof`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.values import name_key
from parsers.forms.definition import Kind, TextSpec
from parsers.forms.values import normalise
from parsers.scan.readers.guess import Guess
from parsers.scan.strips import Cutting
from parsers.settings import Settings

AGREED = 2  # makes that read the same
_SECOND = 0.5  # what another text of a reader counts beside its best one
_INVALID = 0.4  # what a value without the right form counts
_WEIGHT = {"line": 1.0, "ppocr": 0.9, "tesseract": 0.8}  # of makes that stand alone
_FEWEST = 0.02  # a candidate's share below which nothing is proposed


@dataclass(frozen=True, slots=True, repr=False)
class Vote:
    """A field's likeliest value; ``voices`` are the makes whose best text it is."""

    spec: TextSpec
    cutting: Cutting
    value: str | None = None
    problem: str | None = None
    voices: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()  # that read the field at all
    share: float = 0.0  # 0-1: of all that was said, how much speaks for the value
    texts: tuple[tuple[str, str], ...] = ()  # (make, best text)
    pen: bool = False  # written by hand

    @property
    def agreed(self) -> bool:
        """Tell whether two makes read this value, and its form holds."""
        return self.value is not None and self.problem is None and len(self.voices) >= AGREED

    @property
    def unanimous(self) -> bool:
        """Tell whether every make that took part reads this value, three at least."""
        return self.agreed and len(set(self.voices)) == len(self.texts) > AGREED

    @property
    def clean(self) -> bool:
        """Tell whether nothing about the writing itself speaks against trusting it."""
        cutting = self.cutting
        return bool(cutting.strips) and not (cutting.struck or cutting.strays or cutting.dust)

    def holding(self, value: str) -> Vote:
        """Return this vote with *value*, known to be of the right form."""
        return replace(self, value=value, problem=None)


@dataclass(slots=True, repr=False)
class _Candidate:
    value: str
    problem: str | None
    weight: float = 0.0
    voices: tuple[str, ...] = ()


def vote(
    cutting: Cutting, guesses: Mapping[str, Sequence[Guess]], settings: Settings, *, pen: bool
) -> Vote:
    """Return the vote on a field from each make's *guesses* for the field's lines."""
    spec = cutting.spec
    found: dict[str, _Candidate] = {}
    texts = []
    for make, lines in guesses.items():
        texts.append((make, " ".join(g.text for g in lines if g.text)))
        for rank, (text, worth) in enumerate(_readings(lines)):
            _count(found, spec.kind, text, settings, make if rank == 0 else None, worth * _of(make))
    makes = tuple(make for make, text in texts if text)
    most = sum(_of(make) for make in makes) or 1.0
    best = max(found.values(), key=lambda c: (len(c.voices) >= AGREED, c.weight), default=None)
    if best is None or (len(best.voices) < AGREED and best.weight / most < _FEWEST):
        return Vote(spec, cutting, problem="unreadable", makes=makes, texts=tuple(texts), pen=pen)
    return Vote(
        spec, cutting, best.value, best.problem, best.voices, makes,
        min(1.0, best.weight / most), tuple(texts), pen,
    )  # fmt: skip


def _of(make: str) -> float:
    return _WEIGHT.get(make, 0.8)


def _readings(lines: Sequence[Guess]) -> Iterator[tuple[str, float]]:
    """Yield the whole field's texts of one reader with what each is worth, the best one first."""
    best = " ".join(g.text for g in lines if g.text)
    if not best:
        return
    yield best, min(g.confidence for g in lines)
    if len(lines) == 1:
        for text, probability in lines[0].alternatives:
            if text != best:
                yield text, _SECOND * probability


def _count(
    found: dict[str, _Candidate], kind: Kind, text: str, settings: Settings, make: str | None,
    worth: float,
) -> None:  # fmt: skip
    value = normalise(text, kind, settings)
    if value.value is None:
        return
    candidate = found.setdefault(key_of(kind, value.value), _Candidate(value.value, value.problem))
    candidate.weight += worth if value.problem is None else _INVALID * worth
    if make is not None:
        candidate.voices += (make,)
        if make == "tesseract" or len(candidate.voices) == 1:
            candidate.value = value.value  # it tells capitals from small letters best


def key_of(kind: Kind, value: str) -> str:
    """Return *value* as two readers' values are compared: one case, plain spaces and hyphens."""
    return value if kind in ("person_id", "date", "phone", "digits") else name_key(value)
