"""A fault in a register file, named by its place. Never holds what stands in the cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadRow:
    """One fault: the line of the file (1 is the heading), the column, what is wrong."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"rad {self.line}, {self.column}: {self.text}"
