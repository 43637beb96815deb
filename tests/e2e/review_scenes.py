"""What happens in a rehearsal of the review, scene by scene, and what is true of it. No test.

Words may hold {n} of a tag, {tag_name}, {p1} the name on row 1, {o1} the number of the first
row that bears no tag, {unit_key} a unit of another manager.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from tests.e2e.review_cast import DOMAIN, NORTH

STAYS = "stays"
ALL = {"rest": (STAYS, None)}
Truth = Mapping[int | str, tuple[str, date | None]]


@dataclass(frozen=True)
class Say:
    """Somebody answers a letter; *truth* is what is meant of which row."""

    on: date
    at: time
    chief: str
    words: str | Mapping[int, str]
    truth: Truth = field(default_factory=dict)
    style: str = "outlook"
    sender: str = ""  # "" for who was asked
    holder: str = ""  # whose letter is answered, where it is another's
    to: str = ""  # the kind of letter that is answered; "" for the last that asks
    verdict: str = "pass"
    gives: tuple[str, ...] = ("review_echo",)  # letters to the sender
    counts: bool = True
    undo: tuple[int, ...] | None = None
    moves: Mapping[int | str, str] = field(default_factory=dict)  # row → who is told
    signs: tuple[int | str, ...] = ()  # whose forms come along, signed
    braked: bool = False


@dataclass(frozen=True)
class Machine:
    """An out-of-office, or a bounce."""

    on: date
    at: time
    chief: str
    subject: str  # "" for a bounce
    words: str = ""


@dataclass(frozen=True)
class Act:
    """What staff do, or another form that comes."""

    on: date
    at: time
    what: str
    chief: str
    to: str = ""


def d(month: int, day: int) -> date:
    return date(2027, month, day)


def left(month: int, day: int) -> tuple[str, date | None]:
    return "left", d(month, day)


def leaving(month: int, day: int) -> tuple[str, date | None]:
    return "leaving", d(month, day)


MOVED = ("moved", None)
STAY = (STAYS, None)
T8, T9, T10, T13, T16, T23 = time(8, 5), time(9, 30), time(10, 15), time(13), time(16), time(23, 10)
FEB23, FEB24, FEB25 = d(2, 23), d(2, 24), d(2, 25)

STAYING = (
    Act(d(2, 15), T13, "hire", "fixed"),
    Say(FEB23, T8, "stay_outlook", "Hej!\n\nAlla är kvar.", ALL),
    Say(FEB23, T9, "stay_gmail", "Alla är kvar!", ALL, "gmail"),
    Say(FEB23, T10, "stay_html", "Samtliga arbetar kvar hos oss.", ALL, "html"),
    Say(FEB24, T8, "stay_bare", "Alla kvar", ALL, "bare"),
    Say(d(2, 27), T9, "stay_polite", "Hej!\n\nTack för mejlet. Ja, alla är kvar.",
        ALL),
    Say(FEB24, T23, "stay_each", "1 kvar\n2 kvar\n3 kvar\n4 kvar", ALL, "gmail"),
    Say(FEB24, T9, "several", "Alla är kvar.", ALL),
    Say(FEB24, T9, "north", "Alla är kvar.", ALL),
    Say(FEB24, T10, "south", "Alla är kvar.", ALL, "gmail"),
    Say(FEB25, T10, "top", "Ja", ALL, "gmail"),
    Say(FEB24, T13, "self", "Alla är kvar.", ALL),
    Say(FEB25, T8, "hidden", "Alla är kvar.", ALL),
    Say(FEB25, T9, "deputised", "Alla är kvar.", ALL, sender=f"stand.in@{DOMAIN}"),
    Say(FEB24, T10, "renewed", "Alla är kvar.", ALL, "html"),
    Say(FEB24, T16, "fixed", "Alla är kvar.", ALL),
    Say(d(2, 26), T9, "leave", "Alla är kvar. {p2} är föräldraledig.", ALL),
    Say(FEB25, T13, "question", "Alla är kvar.\n\nNär kommer nästa lista?", ALL),
    Say(d(3, 17), T9, "late", "Alla är kvar.", ALL, "gmail"),
    Say(d(4, 1), T16, "too_late", "Alla är kvar.", counts=False, gives=()),
)  # fmt: skip
LEAVING = (
    Say(FEB23, T13, "except", "Alla utom nr 2 är kvar. Nr 2 slutade 2027-01-31.",
        {2: left(1, 31)} | ALL),
    Say(FEB24, T8, "numbered", "1. kvar\n2. slutade 2027-02-12\n3. kvar\n4. kvar",
        {2: left(2, 12)} | ALL, "gmail"),
    Say(FEB24, T8, "inline", {1: "Kvar", 2: "Kvar", 3: "Slutade 2027-01-15", 4: "Kvar"},
        {3: left(1, 15)} | ALL, "inline"),
    Say(FEB24, T9, "inline_changed", {1: "ja", 2: "ja", 3: "ja", 4: "slutar 2027-05-31"},
        {4: leaving(5, 31)} | ALL, "inline"),
    Say(FEB25, T9, "table", {1: "Kvar", 2: "Slutade 2027-01-31", 3: "Kvar", 4: "Kvar"},
        {2: left(1, 31)} | ALL, "table"),
    Say(FEB25, T10, "names", "{p1}, {p2} och {p3} är kvar. {p4} slutar 2027-04-30.",
        {4: leaving(4, 30)} | ALL),
    Say(FEB23, T8, "bare_number", "3 slutade 2027-01-31. Övriga är kvar.",
        {3: left(1, 31)} | ALL),
    Say(d(2, 26), T8, "dates", "1 slutade i onsdags, 2 slutar 30 april. Övriga är kvar.",
        {1: left(2, 24), 2: leaving(4, 30)} | ALL, "html"),
    Say(FEB23, T9, "signed", "Nr 2 slutade 2027-01-31, övriga är kvar.", {2: left(1, 31)} | ALL),
    Say(FEB24, T9, "signed", "Här kommer den underskrivna blanketten.", to="cancellation_form",
        gives=(), signs=(2,)),
    Say(FEB23, T9, "signed_two", "1 och 4 slutade 2027-02-15. Övriga är kvar.",
        {1: left(2, 15), 4: left(2, 15)} | ALL, "gmail"),
    Say(FEB25, T9, "signed_two", "Se bifogat.", to="cancellation_form", gives=(), signs=(1, 4)),
    Say(FEB23, T16, "signed_leaving", "Nr 3 slutar 2027-04-30. Övriga är kvar.",
        {3: leaving(4, 30)} | ALL),
    Say(d(3, 4), T16, "signed_leaving", "Blankett bifogas.", to="cancellation_form", gives=(),
        signs=(3,)),
    Say(FEB24, T16, "soon_leaves", "Nr {soon} slutar 2027-04-05. Övriga är kvar.",
        {"soon": leaving(4, 5)} | ALL),
    Say(FEB23, T13, "cards", "{card} slutade 2027-02-19. {card2} slutar 2027-03-31. Övriga är kvar.",
        {"card": left(2, 19), "card2": leaving(3, 31)} | ALL),
    Say(d(3, 4), T13, "card_leaving", "Nr {card} slutar 2027-03-12. Övriga är kvar.",
        {"card": leaving(3, 12)} | ALL, "gmail"),
    Say(FEB23, T16, "hidden_two", "Nr {card} har slutat 2027-02-19. Övriga är kvar.",
        {"card": left(2, 19)} | ALL),
    Say(FEB23, T16, "brake", "1–21 slutade 2027-02-15. 22, 23 och 24 är kvar.",
        {n: left(2, 15) for n in range(1, 22)} | ALL, braked=True),
    Act(FEB25, T13, "unbrake", "brake"),
    Act(FEB24, T13, "form", "form_mid"),
    Say(d(3, 9), T10, "form_mid", "Alla är kvar.", ALL, "gmail"),
)  # fmt: skip
MOVING = (
    Say(FEB24, T10, "moved", "Nr 4 har flyttat till {unit_several}. Övriga är kvar.",
        {4: MOVED} | ALL, moves={4: f"chef.several@{DOMAIN}"}),
    Say(FEB25, T16, "moved_north", "Nr 2 har flyttat till {unit_north}. Övriga är kvar.",
        {2: MOVED} | ALL, "gmail", moves={2: NORTH}),
    Say(FEB25, T16, "moved_unknown", "Nr 3 har flyttat till Björknäs vårdcentral. Övriga är kvar.",
        {3: MOVED} | ALL),
)  # fmt: skip
CHANGING = (
    Say(FEB23, T8, "twice", "Nr 1 slutade 2027-02-12. Övriga är kvar.", {1: left(2, 12)} | ALL),
    Say(FEB24, T8, "twice", "Nr 1 slutade 2027-02-12. Övriga är kvar.", {1: left(2, 12)} | ALL),
    Say(FEB23, T9, "mind", "Alla är kvar.", ALL),
    Say(FEB25, T9, "mind", "Jag skrev fel. Nr 3 slutade 2027-02-15.", {3: left(2, 15)}),
    Say(FEB23, T9, "contradicted", "Alla är kvar.", ALL),
    Say(FEB24, T9, "contradicted", "Nr 2 har slutat 2027-01-31.", sender=f"stand.in2@{DOMAIN}",
        counts=False),
    Say(FEB23, T9, "undo", "Nr 1 slutade 2027-01-31. Övriga är kvar.", {1: left(1, 31)} | ALL),
    Say(FEB24, T9, "undo", "ÅNGRA", to="review_echo", undo=(), gives=("undone",)),
    Say(FEB25, T9, "undo", "Alla är kvar.", ALL, to="review"),
    Say(FEB23, T9, "undo_row", "1 och 2 slutade 2027-01-31. Övriga är kvar.",
        {1: left(1, 31), 2: left(1, 31)} | ALL),
    Say(FEB24, T13, "undo_row", "Ångra 2", style="gmail", to="review_echo", undo=(2,),
        gives=("undone",)),
    Say(d(3, 4), T13, "undo_row", "Nr 2 är kvar.", {2: STAY}),
    Say(FEB23, T16, "undo_late", "Nr 4 slutade 2027-02-20. Övriga är kvar.", {4: left(2, 20)} | ALL),
    Say(d(3, 4), T9, "undo_late", "ÅNGRA", to="review_echo", counts=False, gives=("undone",)),
    Say(FEB23, T9, "undone_card", "Nr {card} slutade 2027-02-20. Övriga är kvar.",
        {"card": left(2, 20)} | ALL),
    Say(FEB24, T16, "undone_card", "Ångra", style="html", to="review_echo", undo=(),
        gives=("undone",)),
    Say(FEB25, T8, "undone_card", "Alla är kvar.", ALL, to="review"),
)  # fmt: skip
PARTLY = (
    Say(FEB24, T9, "partial", "Nr 1 är kvar. Nr 3 slutade 2027-02-15.",
        {1: STAY, 3: left(2, 15)}),
    Say(d(3, 9), T9, "partial", "Alla är kvar.", {2: STAY, 4: STAY}, "gmail"),
    Say(FEB24, T9, "partial_silent", "Nr 1 är kvar", {1: STAY}, "bare"),
    Say(d(3, 16), T10, "partial_silent", "2 är kvar. 3 slutade 2027-02-28. 4 är kvar.",
        {2: STAY, 3: left(2, 28), 4: STAY}, sender="superior"),
    Say(FEB24, T9, "hidden_mid", "Nr {o1} är kvar.", {"o1": STAY}),
    Act(d(3, 4), time(2), "hide", "hidden_mid"),
    Say(d(3, 9), T9, "hidden_mid", "{o2} och {o3} är kvar.", {"o2": STAY, "o3": STAY}, "html"),
)  # fmt: skip
OTHERS = (
    Say(FEB24, T9, "stranger", "Alla är kvar.", sender="granne@exempel.example", counts=False,
        gives=()),
    Say(FEB24, T9, "fail", "Alla är kvar.", verdict="fail", counts=False, gives=()),
    Say(FEB23, T9, "wrong", "Jag är inte längre chef här. Fråga Gerd Grip i stället.",
        counts=False),
    Act(d(3, 4), T9, "readdress", "wrong", f"chef.stay_gmail@{DOMAIN}"),
    Say(d(3, 5), T9, "wrong", "Alla är kvar.", ALL, "gmail"),
    Say(FEB24, T9, "delegated", "Fråga min biträdande chef Nils Flinck.", counts=False),
    Say(d(3, 9), T9, "delegated", "Alla är kvar.", ALL),
    Act(FEB24, T9, "readdress", "readdressed", f"chef.several@{DOMAIN}"),
    Say(d(3, 9), T10, "readdressed", "Alla är kvar.", ALL),
    Machine(FEB23, T8, "bounce", ""),
    Act(FEB25, T9, "readdress", "bounce", f"ny.chef@{DOMAIN}"),
    Say(d(3, 1), T9, "bounce", "Alla är kvar.", ALL, "gmail"),
    Machine(d(2, 22), time(12, 30), "away", "Autosvar",
            "Jag är på semester och åter den 1 mars. Kontakta Nils Flinck vid brådskande ärenden."),
    Say(d(3, 4), T9, "away", "Alla är kvar.", ALL),
    Machine(d(3, 9), T8, "away_english", "Automatic reply",
            "I am out of the office until March 15 with no access to e-mail."),
    Say(d(3, 9), T9, "away_english", "Alla är kvar.", ALL, "html"),
    Say(d(3, 10), T9, "busy", "Alla är kvar.", ALL),
)  # fmt: skip
SCENES = tuple(
    sorted((*STAYING, *LEAVING, *MOVING, *CHANGING, *PARTLY, *OTHERS), key=lambda s: (s.on, s.at))
)
