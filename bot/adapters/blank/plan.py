"""The parts a blank is made of, in mm from the page's upper left corner. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.domain.forms import Box
from bot.domain.labels import CRITICAL


@dataclass(frozen=True, slots=True)
class TextField:
    """A field to write in: what it is called, how its value is read, where the value stands."""

    key: str
    kind: str  # how the value is read: date, person_id, name, mail … as the definition says
    label: str
    acro: str  # the AcroForm field's name
    cell: Box
    value: Box
    max_length: int = 0  # characters; 0: no limit
    hint: str = ""  # said by a screen reader after the label

    @property
    def critical(self) -> bool:
        """Tell whether a wrong value here writes the wrong thing about a person."""
        return self.key in CRITICAL


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick; *value* is what the tick says ("true" for a plain yes)."""

    key: str
    value: str
    label: str
    acro: str
    box: Box
    group: str = ""  # the words above a row of ticks


@dataclass(frozen=True, slots=True)
class Cell:
    """One ruled cell: a label, and a field, ticks, or nothing (signature, the office's notes)."""

    box: Box
    label: str = ""
    content: tuple[TextField | Tick, ...] = ()
    ignored: bool = False  # the office's own notes: printed grey, never read


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered part of the blank under its own heading; *text* stands above the cells."""

    letter: str
    title: str
    heading: Box
    cells: tuple[Cell, ...]
    text: str = ""
    text_box: Box | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole blank: the one source that both the PDF and its definition are made from."""

    form: str
    version: str
    title: tuple[str, str]  # two lines
    width: float
    height: float
    code: Box  # the QR code, without its quiet zone
    intro: Box
    note: Box  # one line under the intro, of a copy that goes to somebody
    privacy: Box
    sections: tuple[Section, ...]
    signature: Box
    signature_label: str

    @property
    def version_text(self) -> str:
        """Return the footer that tells which edition this is."""
        return f"Blankett {self.form} · version {self.version}"

    def cells(self) -> Iterator[tuple[Section, Cell]]:
        """Yield every cell with its section, in reading order."""
        return ((section, cell) for section in self.sections for cell in section.cells)

    def entries(self) -> Iterator[TextField | Tick]:
        """Yield what can be filled in, in reading order."""
        return chain.from_iterable(cell.content for _section, cell in self.cells())
