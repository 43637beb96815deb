"""One line of writing cut out of a field. Reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.forms.definition import Kind
from parsers.scan.picture import Grey


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Strip:
    """A line of writing: dark on white (255), the form's own lines and labels taken away."""

    key: str  # the field it was cut from
    kind: Kind
    grey: Grey  # about 12 px/mm (300 DPI), a margin of about 5 px
