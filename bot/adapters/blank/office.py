"""What the blank says of the office that prints it. Holds no setting of the program."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OWN_NAME = re.compile(r"Lokala EK(?:,| i| vid|)\s+(?P<of>\S.*)")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The office on the blank: another municipality prints its own with its own words."""

    name: str  # as in letters: "Järfälla kommun", "Lokala EK, Järfälla kommun"
    mail: str  # where the signed form is sent
    phone: str = ""
    department: str = "Lokala EK"  # the line under the name
    controller: str = ""  # personuppgiftsansvarig (GDPR art. 4.7), where it is not the municipality
    region: str = "regionen"  # who makes the cards and keeps the catalogue

    @property
    def municipality(self) -> str:
        """Return the name without the office's own, as in "Lokala EK, Järfälla kommun"."""
        found = _OWN_NAME.fullmatch(self.name.strip())
        return found["of"] if found else self.name.strip()

    @property
    def intro(self) -> str:
        """Return how to fill in the blank and where to send it."""
        return (
            "Fyll i på skärm eller med tydliga versaler. Skriv ut, skriv under och sänd till "
            f"{self.mail}. Fält som inte behövs lämnas tomma."
        )

    @property
    def privacy(self) -> str:
        """Return what the person registered must be told (GDPR art. 13)."""
        phone = f", {self.phone}" if self.phone else ""
        return (
            f"Så behandlar vi personuppgifterna. {self.controller or self.municipality} är "
            "personuppgiftsansvarig. Uppgifterna behövs för att registrera personen i Elektroniska "
            "Katalogen (EK) och för att beställa och följa upp e-tjänstekort och reservkort. Den "
            "rättsliga grunden är myndighetsutövning och uppgift av allmänt intresse, artikel 6.1 "
            f"e i EU:s dataskyddsförordning (GDPR). Uppgifterna förs över till {self.region}, "
            "sparas enligt kommunens informationshanteringsplan och lämnas inte ut i annat syfte. "
            "Den registrerade har rätt till registerutdrag, rättelse och, i vissa fall, radering. "
            f"Frågor besvaras av Lokala EK, {self.mail}{phone}, eller kommunens dataskyddsombud."
        )
