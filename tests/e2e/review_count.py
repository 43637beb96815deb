"""What a review owes its readers, counted from the scenes and the words of the law. No test.

Shares nothing with the program: its own calendar, its own ladder, its own idea of who is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from tests.e2e.review_cast import DOMAIN, TEMPORARY, TOP, Chief
from tests.e2e.review_scenes import Act, Machine, Say
from tests.swedish_days import ONE, is_open, working_days_after

STAFF = frozenset({f"eva.ek@{DOMAIN}", f"olle.ek@{DOMAIN}"})
SEND, ENDS = date(2027, 2, 22), date(2027, 3, 31)
RUNGS = (5, 10, 15)
FORMS, FORMS_STAFF = (3, 7), 10
ENDING = ("left", "leaving")


def quiet(day: date) -> bool:
    """Tell whether no review mail goes: 15 June to 20 August, 15 December to 10 January."""
    at = day.month, day.day
    return (6, 15) <= at <= (8, 20) or at >= (12, 15) or at <= (1, 10)


def goes(day: date, count: int) -> date:
    """Return the day on which what is due so many working days after *day* goes."""
    day = working_days_after(day, count)
    while quiet(day) or not is_open(day):
        day += ONE
    return day


@dataclass(frozen=True, order=True)
class Told:
    """One letter: which, when, to whom, about whom."""

    kind: str
    on: date
    readers: tuple[str, ...]
    names: tuple[str, ...]


@dataclass
class Line:
    """One row as it truly stands."""

    name: str
    answer: str = "open"
    on: date | None = None
    hidden: bool = False

    @property
    def wanted(self) -> bool:
        return self.answer == "open" and not self.hidden


@dataclass
class Asked:
    """One manager's review as it truly stands."""

    key: str
    name: str
    mail: str
    superior: str
    rows: dict[int, Line]
    deputy: str = ""
    due: date = SEND
    began: date | None = None
    rung: int = 0
    before: dict[str, dict[int, Line]] = field(default_factory=dict)  # by who answered
    forms: dict[str, tuple[date, int]] = field(default_factory=dict)  # name → asked, rung
    held: list[str] = field(default_factory=list)

    def open(self) -> tuple[str, ...]:
        return tuple(sorted(r.name for r in self.rows.values() if r.wanted))


def lists(cast: Mapping[str, Chief]) -> dict[str, tuple[str, ...]]:
    """Return whom each is asked about; nobody about himself, nobody about who is protected."""
    found = {
        key: [p.name for p in c.people if not p.protected and p.tag != "self"]
        for key, c in cast.items() if c.listed
    }  # fmt: skip
    found["north"].append(cast["self"].of("self").name)
    found["south"].append(cast["self_silent"].of("self").name)
    found["fixed"].append(TEMPORARY.name)
    found["top"] = [cast["south"].of("self").name]
    return {key: tuple(sorted(names)) for key, names in found.items()}


class Count:
    """Lives through the scenes and writes down which letters are owed."""

    def __init__(
        self, cast: Mapping[str, Chief], numbers: Mapping[str, Mapping[int, str]],
        refused: Mapping[str, date], *, send: date = SEND, ends: date = ENDS,
    ) -> None:  # fmt: skip
        """Take the rows by number as the letters had them; *refused* until a day."""
        self.cast, self.refused, self.ends = cast, refused, ends
        self.told: list[Told] = []
        self.reviews: dict[str, Asked] = {}
        for key, rows in numbers.items():
            c = cast.get(key)
            mail, above, deputy, name = (
                (c.mail, c.superior, c.deputy, c.name) if c else (TOP, "", "", "")
            )
            lines = {n: Line(who) for n, who in rows.items()}
            self.reviews[key] = Asked(key, name, mail, above, lines, deputy, send)

    def run(self, rounds: list[tuple[date, time]], scenes: tuple[Say | Machine | Act, ...]) -> None:
        """Go through the rounds; what was said before a round is heard in it."""
        waiting = list(scenes)
        for day, clock in rounds:
            while waiting and (waiting[0].on, waiting[0].at) < (day, clock):
                scene = waiting.pop(0)
                if isinstance(scene, Say):
                    self._say(scene, day)
                elif isinstance(scene, Act):
                    self._act(scene)
            for review in self.reviews.values():
                self._chase_forms(review, day)
                self._chase(review, day)

    def _owe(self, kind: str, day: date, readers: set[str], names: tuple[str, ...] = ()) -> None:
        there = {r for r in readers if r and self.refused.get(r, date.min) < day}
        if there:
            self.told.append(Told(kind, day, tuple(sorted(there)), names))

    def _chase(self, review: Asked, day: date) -> None:
        names = review.open()
        if day > self.ends or day < review.due or not names or not is_open(day) or quiet(day):
            return
        readers = {review.mail, review.deputy}
        if review.began is None:
            review.began = day
            self._owe("review", day, readers, names)
            return
        top = max((n for n in RUNGS if goes(review.began, n) <= day), default=0)
        if top <= review.rung:
            return
        review.rung = top
        if top == RUNGS[-1]:
            self._owe("escalation", day, {review.superior, *STAFF}, names)
        else:
            self._owe("review_reminder", day, readers, names)

    def _chase_forms(self, review: Asked, day: date) -> None:
        if not is_open(day):
            return
        once_more: dict[date, list[str]] = defaultdict(list)  # one letter for all of one answer
        for name, (asked, rung) in list(review.forms.items()):
            if day >= working_days_after(asked, FORMS_STAFF):
                del review.forms[name]  # a clerk rings
                continue
            reached = sum(day >= working_days_after(asked, n) for n in FORMS)
            if reached > rung:
                review.forms[name] = asked, reached
                once_more[asked].append(name)
        for names in once_more.values():
            self._owe("cancellation_form", day, {review.mail}, tuple(sorted(names)))

    def _ask_forms(self, review: Asked, names: list[str], day: date) -> None:
        if names:
            review.forms |= dict.fromkeys(names, (day, 0))
            self._owe("cancellation_form", day, {review.mail}, tuple(sorted(names)))

    def row(self, review: Asked, key: int | str) -> int:
        """Return the number of a row that a scene names."""
        if isinstance(key, int):
            return key
        if key[0] == "o" and key[1:].isdigit():
            tagged = {p.name for p in self.cast[review.key].people if p.tag}
            plain = [n for n, r in sorted(review.rows.items()) if r.name not in tagged]
            return plain[int(key[1:]) - 1]
        name = self.cast[review.key].of(key).name
        return next(n for n, r in review.rows.items() if r.name == name)

    def sender(self, say: Say, review: Asked) -> str:
        return review.superior if say.sender == "superior" else say.sender or review.mail

    def _say(self, say: Say, day: date) -> None:
        review = self.reviews[say.chief]
        who = self.sender(say, review)
        for kind in say.gives:
            self._owe(kind, day, {who})
        for key in say.signs:
            review.forms.pop(review.rows[self.row(review, key)].name)
        if say.undo is not None:
            self._undo(review, review.before[who], say.undo)
        elif say.counts and say.truth:
            self._take(say, review, who, day)

    def _undo(self, review: Asked, before: dict[int, Line], rows: tuple[int, ...]) -> None:
        for number, line in before.items():
            if not rows or number in rows:
                review.forms.pop(review.rows[number].name, None)
                review.rows[number] = Line(line.name, line.answer, line.on)

    def _take(self, say: Say, review: Asked, who: str, day: date) -> None:
        said = {self.row(review, k): v for k, v in say.truth.items() if k != "rest"}
        if "rest" in say.truth:
            said |= {
                n: say.truth["rest"] for n, r in review.rows.items() if r.wanted and n not in said
            }  # fmt: skip
        review.before[who] = {n: Line(r.name, r.answer, r.on) for n, r in review.rows.items()}
        leavers = []
        for number, (answer, on) in said.items():
            line = review.rows[number]
            if (line.answer, line.on) == (answer, on):
                continue
            line.answer, line.on = answer, on
            if answer in ENDING:
                leavers.append(line.name)
        if say.braked:
            review.held = leavers
        else:
            self._ask_forms(review, leavers, day)
        for key, target in say.moves.items():
            self._owe("review_move", day, {target}, (review.rows[self.row(review, key)].name,))

    def _act(self, act: Act) -> None:
        review = self.reviews[act.chief]
        match act.what:
            case "readdress":
                review.mail, review.deputy, review.superior = act.to, "", self._above(act.to)
                review.began, review.rung, review.due = None, 0, act.on
            case "unbrake":
                self._ask_forms(review, review.held, act.on)
            case "form":
                line = review.rows[self.row(review, "ended")]
                line.answer, line.on = "left", act.on - timedelta(1)
            case "hide":
                review.rows[self.row(review, "later")].hidden = True

    def _above(self, mail: str) -> str:
        return next((c.superior for c in self.cast.values() if c.mail == mail), "")


def every(reviews: Mapping[str, Asked]) -> Iterator[tuple[Asked, int, Line]]:
    """Yield each row of each review."""
    for review in reviews.values():
        for number, line in review.rows.items():
            yield review, number, line
