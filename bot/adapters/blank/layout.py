"""The edition 2026-11 of EK-1: its words, keys and places. Neither draws nor reads.

Sections, words, keys and field names are those of edition 2026-09, and so are the cells and the
boxes to tick: a form that is taken for the other edition is still read in the right places.
"""

from __future__ import annotations

from itertools import pairwise

from bot.adapters.blank.plan import Cell, Layout, Section, TextField, Tick
from bot.domain.forms import Box

PAGE = (210.0, 297.0)  # A4
LEFT, RIGHT = 15.0, 195.0
HEADING = 5.2  # height of a section's heading
ROW = 10.5
LABEL = 2.75  # the strip at a cell's top where its label stands
MARGIN = 0.6  # between a cell's rule and the value
TICK = 3.3  # side of a box to tick
TICK_DOWN = 5.13  # from a cell's top to its boxes, below the cell's label
TICK_MIDDLE = 3.6  # the same in a cell without a label
DATE = "ÅÅÅÅ-MM-DD"
_LONGEST = {"person_id": 15, "hsa_id": 31, "date": 20, "digits": 30, "phone": 25}


def current() -> Layout:
    """Return the layout of the edition in print."""
    return Layout(
        form="EK-1",
        version="2026-11",
        title=("Beställning/avbeställning av personuppgifter", "i Elektroniska Katalogen (EK)"),
        width=PAGE[0],
        height=PAGE[1],
        code=Box(180.0, 8.0, RIGHT, 23.0),
        intro=Box(LEFT, 24.6, 175.0, 30.6),
        note=Box(LEFT, 27.65, 175.0, 30.75),
        privacy=Box(LEFT, 243.2, RIGHT, 257.0),
        sections=(_case(), _person(), _employment(), _card(), _reserve(), _loss(), _signature(),
                  _office()),
        signature=Box(LEFT, 223.94, RIGHT, 241.94),
        signature_label="Underskrift verksamhetschef",
    )  # fmt: skip


def _case() -> Section:
    ticks = _ticks("action", 41.83, "Kryssa för ett alternativ", (
        (17.2, "new", "Nybeställning", "kryss_ny"),
        (44.04, "change", "Uppdatering", "kryss_uppdatera"),
        (69.32, "cancel", "Avbeställning", "kryss_avbestall"),
    ))  # fmt: skip
    return _section("A", "Ärende", 31.5, (
        Cell(Box(LEFT, 36.7, 143.0, 47.2), "Kryssa för ett alternativ", ticks),
        _text(Box(143.0, 36.7, RIGHT, 47.2), "effective_from", "Gäller från", "Galler_fran",
              kind="date"),
    ))  # fmt: skip


def _person() -> Section:
    top, second, third = 54.0, 64.7, 75.2
    manual = (
        _tick("no_swedish_id", "true", "Saknar svenskt personnummer", "kryss_utan_pnr",
              at=(83.2, 55.02)),
        _tick("protected", "true", "Skyddade personuppgifter", "kryss_skydd", at=(83.2, 60.38)),
    )  # fmt: skip
    return _section("B", "Person", 48.8, (
        _text(Box(LEFT, top, 81.0, second), "person_id", "Personnummer/samordningsnummer",
              "Personnummer", kind="person_id"),
        Cell(Box(81.0, top, 137.0, second), "", manual),
        _text(Box(137.0, top, 166.0, second), "birth_date", "Födelsedatum", "Fodelsedatum",
              kind="date"),
        _text(Box(166.0, top, RIGHT, second), "nationality", "Nationalitet", "Nationalitet"),
        _text(Box(LEFT, second, 77.0, third), "given_name", "Förnamn (tilltalsnamn)", "Fornamn",
              kind="name"),
        _text(Box(77.0, second, 123.0, third), "middle_name", "Mellannamn", "Mellannamn",
              kind="name"),
        _text(Box(123.0, second, RIGHT, third), "surname", "Efternamn", "Efternamn", kind="name"),
        _text(Box(LEFT, third, 99.0, 85.7), "mail", "E-postadress (tjänsten)", "Epost",
              kind="mail"),
        _text(Box(99.0, third, 139.0, 85.7), "phone", "Telefon", "Telefon", kind="phone"),
        _text(Box(139.0, third, RIGHT, 85.7), "hsa_id", "HSA-id (om det finns)", "HSA",
              kind="hsa_id"),
    ))  # fmt: skip


def _employment() -> Section:
    top, second, third = 92.5, 103.0, 113.5
    forms = _ticks("employment", second + TICK_DOWN, "Anställningsform", (
        (17.2, "permanent", "Tillsvidare", "kryss_tillsvidare"),
        (39.8, "fixed_term", "Visstid", "kryss_visstid"),
        (58.02, "hourly", "Timanställd", "kryss_tim"),
        (82.34, "consultant", "Konsult", "kryss_konsult"),
    ))  # fmt: skip
    reasons = _ticks("end_reason", third + TICK_DOWN, "Orsak till avbeställning", (
        (61.2, "left", "Slutat", "kryss_slutat"),
        (78.32, "moves", "Byter enhet", "kryss_byter"),
        (102.65, "other", "Annan orsak", "kryss_annan"),
    ))  # fmt: skip
    return _section("C", "Anställning", 87.3, (
        _text(Box(LEFT, top, 115.0, second), "unit", "Enhet/arbetsplats", "Enhet", kind="unit"),
        _text(Box(115.0, top, RIGHT, second), "title", "Titel/befattning", "Titel"),
        Cell(Box(LEFT, second, 127.0, third), "Anställningsform", forms),
        _text(Box(127.0, second, 161.0, third), "employed_from", "Anställd från", "Anstalld_fran",
              kind="date"),
        _text(Box(161.0, second, RIGHT, third), "employed_to", "Anställd till", "Anstalld_till",
              kind="date"),
        _text(Box(LEFT, third, 59.0, 124.0), "last_day", "Sista arbetsdag", "Sista_dag",
              kind="date"),
        Cell(Box(59.0, third, RIGHT, 124.0), "Orsak till avbeställning", reasons),
    ))  # fmt: skip


def _card() -> Section:
    down = 130.8 + TICK_MIDDLE
    ticks = (
        _tick("card_order", "true", "Beställ e-tjänstekort", "kryss_etjkort", at=(17.2, down)),
        _tick("card_status", "has_card", "Har redan giltigt kort", "kryss_har_kort",
              at=(51.88, down)),
        _tick("card_status", "replaces_lost", "Ersätter förlorat kort", "kryss_ersatter",
              at=(87.2, down)),
    )  # fmt: skip
    return _section("D", "E-tjänstekort", 125.6, (
        Cell(Box(LEFT, 130.8, 139.0, 141.3), "", ticks),
        _text(Box(139.0, 130.8, RIGHT, 141.3), "card_number", "Kortnummer", "Kortnr",
              kind="digits"),
    ))  # fmt: skip


def _reserve() -> Section:
    top, second = 148.1, 158.6
    order = _tick("reserve_order", "true", "Beställ reservkort", "kryss_reservkort",
                  at=(17.2, top + TICK_MIDDLE))  # fmt: skip
    first = _ticks("reserve_reasons", 162.64, "Orsak", (
        (17.2, "lost_card", "Förlorat e-tjänstekort", "orsak_forlorat"),
        (77.2, "new_employee", "Nyanställd, kortet hinner inte utfärdas", "orsak_nyanstalld"),
        (145.2, "short_term", "Korttidsanställning", "orsak_kort_tid"),
    ))  # fmt: skip
    below = _ticks("reserve_reasons", 167.91, "Orsak", (
        (17.2, "no_address", "Saknar svensk folkbokföringsadress", "orsak_adress"),
        (77.2, "coordination_number", "Samordningsnummer", "orsak_samordning"),
        (145.2, "foreign", "Utländsk person", "orsak_utlandsk"),
    ))  # fmt: skip
    return _section("E", "Reservkort", 142.9, (
        Cell(Box(LEFT, top, 107.0, second), "", (order,)),
        _text(Box(107.0, top, 151.0, second), "reserve_from", "Behövs från", "Reserv_fran",
              kind="date"),
        _text(Box(151.0, top, RIGHT, second), "reserve_to", "Behövs till", "Reserv_till",
              kind="date"),
        Cell(Box(LEFT, second, RIGHT, 172.2), "Orsak", first + below),
    ))  # fmt: skip


def _loss() -> Section:
    return _section("F", "Förlust", 173.8, (
        _text(Box(LEFT, 179.0, 59.0, 189.5), "lost_on", "Datum för förlusten", "Forlust_datum",
              kind="date"),
        _text(Box(59.0, 179.0, RIGHT, 189.5), "police_reference", "Polisanmälan, diarienummer",
              "Polisanmalan"),
    ))  # fmt: skip


def _signature() -> Section:
    top, second, third = 202.94, 213.44, 223.94
    cells = (
        _text(Box(LEFT, top, 75.0, second), "signed_place", "Ort", "Ort"),
        _text(Box(75.0, top, 115.0, second), "signed_on", "Datum", "Underskrift_datum",
              kind="date"),
        _text(Box(115.0, top, RIGHT, second), "manager_name", "Namnförtydligande", "Chef_namn",
              kind="name"),
        _text(Box(LEFT, second, 123.0, third), "manager_mail", "Chefens e-postadress",
              "Chef_epost", kind="mail"),
        _text(Box(123.0, second, RIGHT, third), "manager_phone", "Chefens telefon",
              "Chef_telefon", kind="phone"),
        Cell(Box(LEFT, third, RIGHT, 241.94), "Underskrift verksamhetschef"),
    )  # fmt: skip
    return Section(
        "G", "Underskrift", Box(LEFT, 191.1, RIGHT, 191.1 + HEADING), cells,
        "Jag är verksamhetschef, eller ersättare för denne, på enheten ovan. Jag intygar att "
        "uppgifterna är riktiga, att personen är eller har varit anställd hos mig och att jag "
        "meddelar Lokala EK när anställningen upphör. Kort som inte längre används klipps sönder "
        "och återlämnas.",
        Box(LEFT + 0.8, 196.8, RIGHT - 0.8, top),
    )  # fmt: skip


def _office() -> Section:
    top, bottom = 263.7, 274.2
    edges = (LEFT, 60.0, 115.0, 150.0, RIGHT)
    labels = ("ID-handling", "Kortnummer reservkort", "Giltigt till", "Kvittens")
    cells = tuple(
        Cell(Box(x0, top, x1, bottom), label, ignored=True)
        for (x0, x1), label in zip(pairwise(edges), labels, strict=True)
    )
    return _section("H", "Lokala EK:s anteckningar", top - HEADING, cells)


def _section(letter: str, title: str, top: float, cells: tuple[Cell, ...]) -> Section:
    return Section(letter, title, Box(LEFT, top, RIGHT, top + HEADING), cells)


def _text(box: Box, key: str, label: str, acro: str, *, kind: str = "text") -> Cell:
    value = Box(box.x0 + MARGIN, box.y0 + LABEL, box.x1 - MARGIN, box.y1 - 0.3)
    field = TextField(
        key, kind, label, acro, box, value, _LONGEST.get(kind, 0), DATE if kind == "date" else ""
    )
    return Cell(box, label, (field,))


def _tick(
    key: str, value: str, label: str, acro: str, *, at: tuple[float, float], group: str = ""
) -> Tick:
    x, y = at
    return Tick(key, value, label, acro, Box(x, y, round(x + TICK, 2), round(y + TICK, 2)), group)


def _ticks(
    key: str, y: float, group: str, row: tuple[tuple[float, str, str, str], ...]
) -> tuple[Tick, ...]:
    return tuple(
        _tick(key, value, label, acro, at=(x, round(y, 2)), group=group)
        for x, value, label, acro in row
    )
