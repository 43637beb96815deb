"""What people write on the form, made up: a grammar for each kind, never a list of real lines."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from parsers.scan.readers.letters import ALPHABET
from training.words import (
    ARTS,
    BEARERS,
    FIRST,
    GIVEN,
    HEADS,
    LAST,
    MONTHS,
    PLACE_HEADS,
    PLACE_TAILS,
    PLACES,
    PREFIXES,
    QUALIFIERS,
    SURNAMES,
    SYLLABLES,
    TAILS,
    TITLES,
    UNIT_HEADS,
    UNIT_TAILS,
)  # fmt: skip

_SIMPLE = str.maketrans("åäöÅÄÖéüÜøæØÆ", "aaoAAOeuUoaOA")


def made_up(dice: random.Random) -> str:
    """Return a word of syllables that nobody bears."""
    word = "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(1, 4)))
    return word[:1].upper() + word[1:]


def given(dice: random.Random) -> str:
    """Return a given name, at times two or a double one."""
    name = dice.choice(GIVEN) if dice.random() < 0.75 else made_up(dice)
    way = dice.random()
    if way < 0.1:
        return f"{name}-{dice.choice(GIVEN)}"
    return f"{name} {dice.choice(GIVEN)}" if way < 0.2 else name


def surname(dice: random.Random) -> str:
    """Return a surname: put together, a patronymic, foreign, double or with a prefix."""

    def one() -> str:
        way = dice.random()
        if way < 0.3:
            return dice.choice(FIRST) + dice.choice(LAST)
        if way < 0.4:
            return dice.choice(GIVEN) + dice.choice(("sson", "son", "sen", "sdotter"))
        return dice.choice(SURNAMES) if way < 0.8 else made_up(dice)

    way = dice.random()
    if way < 0.12:
        return f"{one()}-{one()}"
    if way < 0.18:
        return f"{dice.choice(PREFIXES)} {one()}"
    if way < 0.22:
        return dice.choice(("O'", "D'", "N'")) + one()
    return f"{one()} {one()}" if way < 0.28 else one()


def full_name(dice: random.Random) -> str:
    """Return a given name and a surname."""
    return f"{given(dice)} {surname(dice)}"


def mail(dice: random.Random) -> str:
    """Return an address whose first part is mostly a name without accents."""

    def plain(word: str) -> str:
        return "".join(c for c in word.translate(_SIMPLE).lower() if c.isascii() and c.isalpha())

    first, last = plain(dice.choice((given, made_up))(dice)), plain(surname(dice))
    local = dice.choice((
        f"{first}.{last}", f"{first}_{last}", f"{first}-{last}", f"{first[:1]}.{last}",
        f"{first}.{last}{dice.randint(1, 99)}", f"{first[:3]}{last[:3]}{dice.randint(1, 999):02d}",
        last, f"{first}{last}", f"{first}.{last}.{plain(made_up(dice))}",
    ))  # fmt: skip
    middle = dice.choice((
        plain(dice.choice(PLACES)), plain(made_up(dice)), plain(dice.choice(PLACE_HEADS)) + "kommun",
        f"edu.{plain(made_up(dice))}", f"{plain(made_up(dice))}-{plain(dice.choice(ARTS))}",
        plain(made_up(dice)) + str(dice.randint(1, 99)), "jarfalla", "kommunen", "region",
    ))  # fmt: skip
    return f"{local}@{middle}.{dice.choice(('se', 'example', 'com', 'nu', 'org', 'se', 'example'))}"


def place(dice: random.Random) -> str:
    """Return a place, real or put together."""
    if dice.random() < 0.5:
        return dice.choice(PLACES)
    return dice.choice(PLACE_HEADS) + dice.choice(PLACE_TAILS)


def unit(dice: random.Random) -> str:
    """Return a workplace put together: a house, what it does, where, which part."""
    head = dice.choice(UNIT_HEADS) if dice.random() < 0.75 else place(dice)
    house = head + dice.choice(("", "s", "ens", "a")) + dice.choice(UNIT_TAILS)
    art = dice.choice(ARTS)
    return dice.choice((
        house, f"{art} {place(dice)}", f"{art} {dice.choice(QUALIFIERS)}",
        f"{place(dice)}s {art.lower()}", f"{head}s {art.lower()}", f"{house}, {art.lower()}",
        f"{art} {dice.choice(QUALIFIERS)} {dice.randint(1, 12)}", f"{house} plan {dice.randint(1, 9)}",
        f"{art} {house}", f"{head}s vård- och omsorgsboende", f"{place(dice)}s förskola",
        f"{art} & {dice.choice(ARTS).lower()}", f"{house} ({dice.choice(QUALIFIERS).lower()})",
        f"Enhet {dice.randint(1, 99)}, {place(dice)}", f"{art}/{dice.choice(ARTS).lower()}",
    ))  # fmt: skip


def title(dice: random.Random) -> str:
    """Return a title: a known one or one put together."""
    way = dice.random()
    if way < 0.4:
        return dice.choice(TITLES)
    word = dice.choice(HEADS) + dice.choice(TAILS)
    if way < 0.8:
        return word
    bearer = dice.choice(BEARERS)
    return dice.choice(
        (
            f"{bearer} {word.lower()}",
            f"{word}, {bearer.lower()}",
            f"{word} {dice.choice(QUALIFIERS).lower()}",
        )
    )


def _check(nine: str) -> str:
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(nine))
    return str(-total % 10)


def person_id(dice: random.Random) -> str:
    """Return an identity number in one of its spellings; one in ten has another last digit."""
    year, month, day = dice.randint(1925, 2012), dice.randint(1, 12), dice.randint(1, 31)
    day += 60 if dice.random() < 0.15 else 0
    nine = f"{year % 100:02d}{month:02d}{day:02d}{dice.randint(0, 999):03d}"
    last = _check(nine) if dice.random() < 0.9 else str(dice.randint(0, 9))
    born, serial, century = nine[:6], nine[6:] + last, year // 100
    return dice.choice((
        f"{century}{born}{serial}", f"{century}{born}-{serial}", f"{born}-{serial}",
        f"{century}{born} {serial}", f"{born}{serial}", f"{born}+{serial}", f"{century}{born}-{serial}",
        f"{century}{born[:2]} {born[2:4]} {born[4:]} {serial}", f"{born} - {serial}",
    ))  # fmt: skip


def day(dice: random.Random) -> str:
    """Return a date in one of the habits of people in Sweden."""
    y, m, d = dice.randint(1940, 2035), dice.randint(1, 12), dice.randint(1, 31)
    y = dice.randint(2024, 2030) if dice.random() < 0.8 else y
    word = dice.choice(MONTHS)
    return dice.choice((
        f"{y}-{m:02d}-{d:02d}", f"{y}-{m:02d}-{d:02d}", f"{y % 100:02d}-{m:02d}-{d:02d}",
        f"{d}/{m} {y}", f"{d}/{m}-{y % 100:02d}", f"{d}/{m} -{y % 100:02d}", f"{d}.{m}.{y}",
        f"{y}{m:02d}{d:02d}", f"{y % 100:02d}{m:02d}{d:02d}", f"{d} {word} {y}", f"{d} {word[:3]} {y}",
        f"{y}/{m:02d}/{d:02d}", f"{y}.{m:02d}.{d:02d}", f"{y} {m:02d} {d:02d}", f"{d:02d}-{m:02d}-{y}",
        f"den {d} {word} {y}", f"{d}/{m}",
    ))  # fmt: skip


def phone(dice: random.Random) -> str:
    """Return a telephone number with the gaps that people make."""
    digits = "".join(str(dice.randint(0, 9)) for _ in range(9))
    area = dice.choice(("08", "070", "072", "073", "076", "079", "018", "021", "0155", "0470"))
    rest = digits[: dice.randint(6, 7)]
    gap, dash = dice.choice((" ", "", " ", "-")), dice.choice(("-", " ", "", " - ", "/"))
    cut = dice.choice((2, 3))
    grouped = gap.join(filter(None, (rest[:cut], rest[cut : cut + 2], rest[cut + 2 :])))
    if dice.random() < 0.25:
        lead = dice.choice(("+46 ", "+46", "0046 ", "+46 (0)"))
        return f"{lead}{area[1:]}{dash}{grouped}"
    return f"{area}{dash}{grouped}"


def number(dice: random.Random) -> str:
    """Return a card's, a diary's or an HSA number."""

    def run(count: int) -> str:
        return "".join(str(dice.randint(0, 9)) for _ in range(count))

    letters = "".join(dice.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") for _ in range(4))
    return dice.choice((
        run(dice.randint(5, 20)), f"{run(4)} {run(4)} {run(4)} {run(4)}", f"SE{run(10)}-{letters}",
        f"SE{run(10)}-{run(4)}", f"0201-K{run(dice.randint(4, 7))}-{run(2)}", f"5000-K{run(6)}-{run(2)}",
        f"K{run(6)}-{run(2)}", f"{run(6)} {run(4)}", f"{run(3)}-{run(5)}", f"{run(1)}", f"{run(2)}:{run(2)}",
        f"9752 {run(4)} {run(4)} {run(4)} {run(4)}",
    ))  # fmt: skip


def noise(dice: random.Random) -> str:
    """Return letters by lot, so that the net reads what stands there and not what it expects."""
    pools = (
        ALPHABET[1:], "abcdefghijklmnopqrstuvwxyzåäö", "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ",
        "AÅÄOÖEÉaåäoöeéUÜuü", "0123456789OoIl1SsB8Zz2G6", "čČćĆšŠžŽđĐłŁńŃśŚżŻęĘąĄ" + "czsnaedl",
        "@.,-_'/+:&()" + "abe019", "èéüáíóúñçøæëïôêÈÜÁÍÓÚÑÇØÆËÏÔÊ" + "eauionc",
    )  # fmt: skip
    pool = dice.choice(pools)
    words = (
        "".join(dice.choice(pool) for _ in range(dice.randint(1, 9)))
        for _ in range(dice.choice((1, 1, 2, 3)))
    )
    return " ".join(words)


KINDS: dict[str, tuple[Callable[[random.Random], str], float]] = {
    "given": (given, 9), "surname": (surname, 11), "name": (full_name, 11), "mail": (mail, 11),
    "unit": (unit, 13), "title": (title, 7), "place": (place, 4), "person_id": (person_id, 9),
    "date": (day, 9), "phone": (phone, 7), "number": (number, 7), "noise": (noise, 9),
}  # fmt: skip
NUMBERS = frozenset({"person_id", "date", "phone", "number"})


def text_of(kind: str, dice: random.Random) -> str:
    """Return a line of *kind* spelt with the alphabet alone, single spaces."""
    made = unicodedata.normalize("NFC", KINDS[kind][0](dice))
    return " ".join("".join(c for c in made if c in ALPHABET).split()) or "-"


def cased(text: str, kind: str, way: str, dice: random.Random) -> str:
    """Return *text* in the case of a writer: ``caps``, or ``mixed`` with some in small letters."""
    if kind == "noise":
        return text.upper() if way == "caps" else text
    if way == "caps":
        upper = text.upper()
        return upper if all(c in ALPHABET for c in upper) else text
    lot = dice.random()
    if lot < 0.08:
        return text.lower()
    if lot < 0.16 and kind != "mail":
        return "".join(c for c in text.upper() if c in ALPHABET)
    return text
