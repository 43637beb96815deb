"""Writes the mails that ``ekbot demo`` plays: ``python -m tests.make_demo``. Tests nothing.

Everybody in them is invented; the identity numbers are official test numbers.
"""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

from PIL import Image
from pypdfium2 import PdfDocument

from tests.filled import an_order, fill_acroform, fill_flat
from tests.paper import joined
from tests.posting import OFFICE, a_mail

TARGET = Path(__file__).resolve().parents[1] / "templates" / "demo"
GORAN, NOEL = "goran.noren@jarfalla.example", "noel.ek@jarfalla.example"
JESUS, HAKAN = "jesus.lundqvist@jarfalla.example", "hakan.oconnor2@jarfalla.example"


def _held(surname: str) -> dict[str, Any]:
    """Return the values that a form about somebody already in the register bears."""
    with (TARGET / "persons.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["surname"] == surname)
    keys = ("person_id", "given_name", "surname")
    return {k: row[k] for k in keys} | {"middle_name": row["middle_name"] or None}


def _scan(content: bytes) -> bytes:
    picture = PdfDocument(content)[0].render(scale=2.0, may_draw_forms=True).to_pil().convert("L")
    out = io.BytesIO()
    made = time.gmtime(0)
    Image.Image.save(picture, out, "PDF", resolution=144, creationDate=made, modDate=made)
    return out.getvalue()


def mails() -> dict[str, bytes]:
    """Return each mail by its file name, in the order in which they come."""
    first = fill_acroform(an_order(3, manager=GORAN, card_order=True))
    left = an_order(0, "cancel", manager=GORAN, last_day="2026-12-11", end_reason="left")
    new_title = an_order(0, "change", manager=NOEL, title="Förskollärare", mail=None, phone=None)
    lost = an_order(0, "change", manager=HAKAN, card_order=True, card_status="replaces_lost",
                    lost_on="2026-11-20", title=None, phone=None,
                    mail="therese.agren@jarfalla.example")  # fmt: skip
    wrong = an_order(9, manager=JESUS)
    wrong["person_id"] = wrong["person_id"][:-1] + str((int(wrong["person_id"][-1]) + 1) % 10)
    files: dict[str, tuple[dict[str, Any], tuple[tuple[str, bytes], ...]]] = {
        "01-nybestallning": ({"sender": GORAN}, (("beställning.pdf", first),)),
        "02-avbestallning": (
            {"sender": GORAN},
            (("avbeställning Öberg.pdf", fill_flat(left | _held("Öberg"))),),
        ),
        "03-uppdatering": (
            {"sender": NOEL}, (("uppdatering.pdf", fill_acroform(new_title | _held("Ståhl"))),),
        ),
        "04-utan-underskrift": (
            {"sender": NOEL},
            (("blankett.pdf", fill_acroform(an_order(5, manager=NOEL), sign=None)),),
        ),
        "05-fel-kontrollsiffra": ({"sender": JESUS}, (("scan0001.pdf", fill_flat(wrong)),)),
        "06-samma-igen": ({"sender": GORAN}, (("beställning (kopia).pdf", first),)),
        "07-tva-i-samma-fil": (
            {"sender": JESUS},
            (
                (
                    "två nya.pdf",
                    joined(
                        fill_flat(an_order(12, manager=JESUS)),
                        fill_flat(an_order(13, manager=JESUS)),
                        blank_between=True,
                    ),
                ),
            ),
        ),
        "08-forlorat-kort": (
            {"sender": HAKAN}, (("ersätt kort.pdf", fill_flat(lost | _held("Ågren"))),),
        ),
        "09-inskannad": (
            {"sender": HAKAN},
            (("Scan_20261123.pdf", _scan(fill_flat(an_order(15, manager=HAKAN)))),),
        ),
        "10-skyddad": (
            {"sender": GORAN},
            (("blankett.pdf", fill_acroform(an_order(16, manager=GORAN, protected=True))),),
        ),
        "11-fel-chef": (
            {"sender": NOEL}, (("vikarie.pdf", fill_acroform(an_order(17, manager=GORAN))),),
        ),
        "12-okand-avsandare": (
            {"sender": "chefen@gratismejl.example", "verdict": "fail"},
            (("order.pdf", fill_acroform(an_order(18, manager=GORAN))),),
        ),
        "13-se-bifogad": (
            {"sender": JESUS, "text": "Hej!\n\nSe bifogad blankett.\n\n/Jesús\n"}, (),
        ),
        "14-autosvar": (
            {
                "sender": NOEL, "subject": "Automatiskt svar: Ärende K-2",
                "text": "Jag är tillbaka på måndag.\n",
                "headers": (("Auto-Submitted", "auto-replied"),),
            },
            (),
        ),
    }  # fmt: skip
    return {name: a_mail(name, *attached, **how) for name, (how, attached) in files.items()}


def main() -> None:
    """Write the mails."""
    folder = TARGET / "mails"
    folder.mkdir(exist_ok=True)
    for name, raw in mails().items():
        (folder / f"{name}.eml").write_bytes(raw)
    print(f"{len(mails())} mails to {OFFICE}")


if __name__ == "__main__":
    main()
