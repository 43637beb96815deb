"""One captured page: greys, and colours where the capture has them. Knows no forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]  # [height, width], 0 black, 255 white
Colour = npt.NDArray[np.uint8]  # [height, width, 3], red green blue


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Picture:
    """A page as a scanner or camera saw it, turned as its file says, with square pixels."""

    grey: Grey
    number: int = 1  # the page of the file, from 1
    colour: Colour | None = None  # None: a grey or bilevel capture
    dpi: float | None = None  # what the file claims; None where it claims nothing
