"""How quite other offices draw their blanks, as data for ``tests.foreign``. Holds no test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Look:
    """How an office draws its blank."""

    entry: Literal[
        "line", "line above", "line below", "cell", "table", "box left", "box above", "box below"
    ] = "cell"
    square: Literal["box", "ring", "letter", "round", "heavy"] = "box"
    ticks: Literal["left", "right", "column"] = "left"
    across: int = 2
    row: float = 9.5
    order: str = "ABCDEFG"
    columns: int = 1
    size: tuple[float, float] = (210.0, 297.0)
    font: str = "Helvetica"
    label_size: float = 7.0
    suffix: str = ""
    comb: bool = False
    grey: float = 0.0  # of the lines
    shade: float | None = None  # behind labels
    spaced: float = 0.0  # points between letters
    pages: int = 1
    heading: Literal["band", "plain", "picture", "none"] = "plain"
    headings: tuple[str, ...] = (
        "Ärende", "Person", "Anställning", "E-tjänstekort", "Reservkort", "Förlust", "Underskrift",
    )  # fmt: skip
    words: tuple[tuple[str, str], ...] = ()  # key or key=value, what this office calls it
    note: str = ""  # a paragraph above everything


OTHER_WORDS = (
    ("person_id", "Pnr"), ("given_name", "Tilltalsnamn"), ("surname", "Efternamn"),
    ("unit", "Arbetsplats"), ("title", "Befattning"), ("mail", "Epost"), ("phone", "Mobil"),
    ("manager_name", "Ansvarig chef"), ("manager_mail", "Chefens epost"),
    ("manager_phone", "Chefens mobil"), ("signed", "Chefens namnteckning"),
    ("action=new", "Ny"), ("action=change", "Ändring"), ("action=cancel", "Avslut"),
)  # fmt: skip
APPLICANT = (
    ("person_id", "Sökandens personnummer"), ("given_name", "Sökandens förnamn"),
    ("surname", "Sökandens efternamn"), ("mail", "Sökandens e-postadress"),
    ("phone", "Sökandens telefon"), ("signed", "Underskrift av ansvarig chef"),
)  # fmt: skip
LOOKS = {
    "lines after labels": Look(entry="line", across=2, row=7.5, suffix=":"),
    "lines under labels": Look(entry="line above", across=3, row=10.5, font="Times-Roman"),
    "labels under lines": Look(entry="line below", across=3, row=10.5),
    "combs": Look(entry="box above", comb=True, across=2, row=10),
    "combs, label left": Look(entry="box left", comb=True, across=1, row=6.4, label_size=6.5),
    "labels under boxes": Look(entry="box below", across=2, row=10, heading="band"),
    "grey table": Look(entry="table", across=2, row=7.5, shade=0.88, grey=0.55, heading="band"),
    "shaded cells, heavy squares": Look(shade=0.93, square="heavy", across=3, grey=0.3),
    "two columns, rings": Look(entry="box above", columns=2, across=1, row=9.4, square="ring"),
    "letters for squares": Look(square="letter", entry="box left", across=2, row=8),
    "squares right of labels": Look(ticks="right", entry="line above", across=2, row=9.6),
    "squares in a column": Look(ticks="column", entry="table", across=2, row=5.9, order="BCGADEF",
                                square="round"),
    "other words": Look(words=OTHER_WORDS, entry="box above", across=3),
    "applicant": Look(words=APPLICANT, entry="table", across=2, row=8, font="Times-Roman"),
    "letters apart": Look(spaced=0.9, across=2, row=9.5, label_size=6.5),
    "two pages": Look(pages=2, across=3, row=10, square="round", note=(
        "Blanketten skickas till Lokala EK. Underskrift av verksamhetschef krävs alltid.")),
    "landscape": Look(size=(297.0, 210.0), across=3, row=8, columns=2, label_size=5.5),
    "letter size": Look(size=(215.9, 279.4), across=4, row=9.5, heading="band"),
    "headings are pictures": Look(heading="picture", across=3, row=9.5, entry="box above"),
    "no headings": Look(heading="none", across=3, entry="cell", order="BCADEFG", row=9),
}  # fmt: skip
