"""What a blank looks like: its labels, cells and squares, from a data file. Reads no filled form.

A definition is ``<version>.toml`` beside the blank it describes; boxes are mm from the upper left.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.domain.forms import Box

Kind = Literal[
    "person_id", "date", "name", "mail", "phone", "unit", "text", "hsa_id", "digits"
]  # fmt: skip
MANY = frozenset({"reserve_reasons"})  # groups of ticks in which several may be right


class DefinitionError(ValueError):
    """A definition can't be used; *problems* name file, key and what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep *problems*, one sentence each."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words printed on the blank, by which it is recognised and laid straight."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class TextSpec:
    """A field to write in: the cell it owns and the area inside that values stand in."""

    key: str
    kind: Kind
    label: str
    section: str
    cell: Box
    value: Box
    critical: bool = False
    synonyms: tuple[str, ...] = ()
    line: bool = False  # the cell is no frame: a line along its lower side, room above


@dataclass(frozen=True, slots=True)
class TickSpec:
    """A square to tick and what the tick says."""

    key: str
    value: str | bool
    label: str
    section: str
    box: Box
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureSpec:
    """The box to sign in."""

    label: str
    section: str
    box: Box
    synonyms: tuple[str, ...] = ()
    line: bool = False  # no frame: a line along its lower side


@dataclass(frozen=True, slots=True)
class IgnoredSpec:
    """A cell that is the office's own: what stands there is never read."""

    label: str
    section: str
    cell: Box


@dataclass(frozen=True, slots=True)
class Definition:
    """One edition of one form."""

    form: str
    version: str | None
    title: str
    width: float
    height: float
    version_text: str
    anchors: tuple[Anchor, ...]
    fields: tuple[TextSpec, ...]
    ticks: tuple[TickSpec, ...]
    signature: SignatureSpec
    ignored: tuple[IgnoredSpec, ...] = ()
    blank: Path | None = None  # the empty form; None when the layout was found on the page itself

    def all_keys(self) -> tuple[str, ...]:
        """Return every key once: text fields and tick groups as they stand on the page."""
        places = [(f.key, f.cell) for f in self.fields] + [(t.key, t.box) for t in self.ticks]
        ordered = sorted(places, key=lambda place: (place[1].y0, place[1].x0))
        return tuple(dict.fromkeys(key for key, _box in ordered))


def load(folder: Path) -> tuple[Definition, ...]:
    """Return the definitions anywhere under *folder*, newest version first; kept per process.

    Raises:
        DefinitionError: a file is unreadable or wrong; every problem is named.
    """
    files = tuple(sorted((p, p.stat().st_mtime_ns) for p in folder.rglob("*.toml")))
    return _load(files)


@lru_cache(maxsize=16)
def _load(files: tuple[tuple[Path, int], ...]) -> tuple[Definition, ...]:
    problems: list[str] = []
    found: list[Definition] = []
    for path, _changed in files:
        try:
            found.append(parse(path.read_text(encoding="utf-8"), path))
        except DefinitionError as error:
            problems += error.problems
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}: can't be read as UTF-8 text ({type(error).__name__})")
    if problems:
        raise DefinitionError(tuple(problems))
    return tuple(sorted(found, key=lambda d: (d.form, d.version or ""), reverse=True))


def parse(text: str, path: Path) -> Definition:
    """Return the definition that *text*, the content of *path*, describes.

    Raises:
        DefinitionError: no TOML, or a key is missing, unknown or wrong.
    """
    try:
        model = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError((f"{path}: no valid TOML: {error}",)) from None
    except ValidationError as error:
        lines = tuple(
            f"{path}: {'.'.join(str(part) for part in e['loc'])}: {e['msg']}"
            for e in error.errors(include_url=False, include_input=False)
        )
        raise DefinitionError(lines) from None
    blank = path.parent / model.blank
    problems = tuple(f"{path}: {line}" for line in _faults(model, blank))
    if problems:
        raise DefinitionError(problems)
    return _definition(model, blank)


def _faults(model: _File, blank: Path) -> list[str]:
    found = []
    if not blank.is_file():
        found.append(f"blank: {blank.name} is not there; put the empty form beside the definition")
    keys = [f.key for f in model.field]
    found += [
        f"field: key {key!r} occurs twice" for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    says = [(t.key, t.value) for t in model.tick]
    found += [
        f"tick: {key} = {value!r} occurs twice"
        for key, value in dict.fromkeys(says)
        if says.count((key, value)) > 1
    ]
    found += [
        f"tick: key {key!r} is a field too"
        for key in sorted({t.key for t in model.tick} & set(keys))
    ]
    for f in model.field:
        if not (
            f.cell[0] <= f.value[0]
            and f.value[2] <= f.cell[2]
            and f.cell[1] <= f.value[1]
            and f.value[3] <= f.cell[3]
        ):
            found.append(f"field {f.key}: value must lie inside cell")
    return found


def _box(corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    if not (corners[0] < corners[2] and corners[1] < corners[3]):
        raise ValueError("must be [x0, y0, x1, y1] with x0 < x1 and y0 < y1")
    return corners


_Corners = Annotated[tuple[float, float, float, float], AfterValidator(_box)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Anchor(_Part):
    text: str = Field(min_length=1)
    box: _Corners


class _Field(_Part):
    key: str = Field(pattern="^[a-z_]+$")
    type: Kind
    label: str = Field(min_length=1)
    section: str
    cell: _Corners
    value: _Corners
    acro: str = ""
    critical: bool = False
    line: bool = False
    synonyms: tuple[str, ...] = ()


class _Tick(_Part):
    key: str = Field(pattern="^[a-z_]+$")
    value: str | Literal[True]
    label: str = Field(min_length=1)
    section: str
    box: _Corners
    acro: str = ""
    synonyms: tuple[str, ...] = ()


class _Signature(_Part):
    key: Literal["signed"]
    label: str = Field(min_length=1)
    section: str
    box: _Corners
    line: bool = False
    synonyms: tuple[str, ...] = ()


class _Ignored(_Part):
    label: str
    section: str
    cell: _Corners


class _File(_Part):
    form: str = Field(min_length=1)
    version: str = Field(min_length=1)
    title: str
    blank: str = Field(min_length=1)
    page: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]]
    version_text: str = ""
    anchor: tuple[_Anchor, ...] = Field(min_length=6)
    field: tuple[_Field, ...] = Field(min_length=1)
    tick: tuple[_Tick, ...] = ()
    signature: _Signature
    ignored: tuple[_Ignored, ...] = ()


def _definition(model: _File, blank: Path) -> Definition:
    return Definition(
        form=model.form,
        version=model.version,
        title=model.title,
        width=model.page[0],
        height=model.page[1],
        version_text=model.version_text,
        anchors=tuple(Anchor(a.text, Box(*a.box)) for a in model.anchor),
        fields=tuple(
            TextSpec(
                f.key, f.type, f.label, f.section,
                cell=Box(*f.cell), value=Box(*f.value), critical=f.critical, synonyms=f.synonyms,
                line=f.line,
            )
            for f in model.field
        ),
        ticks=tuple(
            TickSpec(t.key, t.value, t.label, t.section, box=Box(*t.box), synonyms=t.synonyms)
            for t in model.tick
        ),
        signature=SignatureSpec(
            model.signature.label,
            model.signature.section,
            Box(*model.signature.box),
            model.signature.synonyms,
            line=model.signature.line,
        ),
        ignored=tuple(IgnoredSpec(i.label, i.section, Box(*i.cell)) for i in model.ignored),
        blank=blank,
    )  # fmt: skip
