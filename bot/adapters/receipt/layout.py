"""Where everything stands on the receipt and what is printed on every copy, in mm. Draws nothing.

The reader lays a scan on this edition: a change of place or of fixed words is a new edition.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.forms import Box

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 16.0, 194.0
TITLE = "Kvittens för reservkort"
LEAD = "Läs igenom, skriv under med bläckpenna och lämna pappret till Lokala EK."
OFFICE = Box(25.5, 9.5, 140.0, 26.5)  # name, address and telephone of whoever prints it
CODE_WORD = "QR-kod"
CODES = (
    Box(168.0, 12.0, 194.0, 38.0),
    Box(16.0, 257.0, 42.0, 283.0),
    Box(168.0, 257.0, 194.0, 283.0),
)  # three corners: a stamp, a staple or a fold may spoil one; 1 mm a module survives a coarse fax
LOAN, PROMISE, SIGNATURE = "Det här har jag fått låna", "Det här lovar jag", "Underskrift"
HEADS = ((LOAN, 57.0), (PROMISE, 122.5), (SIGNATURE, 182.0))  # baselines
PROMISES = (
    (
        "Jag lämnar tillbaka kortet till Lokala EK senast den dag som står ovan. Får jag mitt "
        "vanliga kort eller slutar jag min anställning innan dess, lämnar jag tillbaka det genast."
    ),
    "Jag förvarar kortet säkert och lånar aldrig ut det till någon annan.",
    (
        "Tappar jag bort kortet eller blir det stulet säger jag till Lokala EK genast, så att det "
        "kan spärras."
    ),
)
PROMISE_BOXES = (
    Box(23.0, 126.5, 194.0, 136.0),
    Box(23.0, 137.0, 194.0, 142.0),
    Box(23.0, 143.0, 194.0, 148.0),
)
CODES_ARE_YOURS = "Koderna är dina egna, skriv dem aldrig här och skicka dem aldrig."
WARNING = Box(16.0, 154.5, 194.0, 165.5)
SIGN_LABEL, DATE_LABEL = "Namnteckning", "Datum"
SIGN = Box(16.0, 191.0, 144.0, 221.0)
DATE = Box(152.0, 191.0, 194.0, 221.0)
NEXT = "Till Lokala EK: skanna hela sidan och mejla den till"
MARK = Box(48.0, 273.5, 162.0, 281.0)  # the mark in clear text
SEND = Box(48.0, 263.5, 162.0, 269.5)  # the address that the scan is mailed to
PRIVACY = (
    "Uppgifterna behövs för att följa upp lånet. Den undertecknade kvittensen bevaras enligt "
    "kommunens informationshanteringsplan."
)
PRIVACY_BOX = Box(16.0, 229.0, 194.0, 236.0)
FOOT = (LEFT, 289.5)  # baseline of the edition


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled cell with a label and one fact of the loan."""

    key: str
    label: str
    box: Box

    @property
    def value(self) -> Box:
        """Return where the fact stands, the label left out."""
        b = self.box
        return Box(b.x0 + 0.5, b.y0 + 5.0, b.x1 - 0.5, b.y1 - 0.5)


CELLS = (
    Cell("holder", "Jag som lånar kortet", Box(LEFT, 60.0, RIGHT, 73.0)),
    Cell("unit", "Verksamhet", Box(LEFT, 73.0, RIGHT, 86.0)),
    Cell("number", "Kortets nummer", Box(LEFT, 86.0, 114.0, 99.0)),
    Cell("loa", "Tillitsnivå", Box(114.0, 86.0, 154.0, 99.0)),
    Cell("handle", "Lånets beteckning", Box(154.0, 86.0, RIGHT, 99.0)),
    Cell("id_kind", "Legitimation som jag visade", Box(LEFT, 99.0, 114.0, 112.0)),
    Cell("handed_out", "Utlämnat", Box(114.0, 99.0, 154.0, 112.0)),
    Cell("due", "Lämnas tillbaka senast", Box(154.0, 99.0, RIGHT, 112.0)),
)
