"""How people of the made-up municipality act and answer. Each draws from the dice only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage

from bot.domain.calendar import WorkingDays
from bot.domain.forms import Value
from bot.rehearsal.capturing import SUFFIX, Capture, captured
from bot.rehearsal.crew import RehearsalCrew
from bot.rehearsal.dice import Dice
from bot.rehearsal.filling import Blank
from bot.rehearsal.happenings import Happening, What
from bot.rehearsal.municipality import Chief, Citizen, Habit, Municipality
from bot.rehearsal.posting import Post, text_of, written
from parsers.settings import Settings

_ROW = re.compile(r"^(\d+)\. ([^,:\n]+)", re.MULTILINE)
ANSWERED = frozenset({"review", "review_reminder", "question", "reserve_reminder", "loss_advice"})
_FORMS = frozenset({What.START, What.LEAVE, What.TITLE, What.LOAN})
_PAPER = 0.02  # of the forms, besides the first of each capture
_HALF, _SLOW = 0.5, 0.6  # of those who could answer
_ODD = "Hej! Det är lite olika, vi hörs om det. Ring mig gärna."
_WONDER = "Hej!\n\nHur gör vi med sommarvikarierna i år, ska de ha kort?\n"
_SPAM = "VINN EN RESA! Klicka på länken nu: http://vinst.example/klick\n"


@dataclass
class Folk:
    """Everybody outside the office."""

    town: Municipality
    dice: Dice
    blank: Blank
    crew: RehearsalCrew
    working: WorkingDays
    known: dict[str, Citizen] = field(default_factory=dict)  # by address
    gone: dict[str, date] = field(default_factory=dict)  # last day by name, form sent or not
    answered: dict[str, date] = field(default_factory=dict)  # by the manager's address
    _unsigned: dict[str, Happening] = field(default_factory=dict)
    _captures: dict[tuple[What, int], tuple[str, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know everybody by address."""
        self.chiefs = {c.mail: c for c in self.town.chiefs}
        self.known |= {p.mail: p for p in self.town.people}

    def on_paper(
        self, plan: Mapping[date, Sequence[Happening]], settings: Callable[[date], Settings]
    ) -> None:
        """Fill some forms on paper: the first ones and a drawn share, captured and read ahead."""
        count = 0
        for day, one in ((d, x) for d in sorted(plan) for x in plan[d]):
            if one.who is None or one.what not in _FORMS or not one.signed:
                continue
            if count >= len(Capture) and self.dice.share("papper", one.what, one.number) >= _PAPER:
                continue
            how = tuple(Capture)[count % len(Capture)]
            typed = self.blank.filled(_order(one, one.who, day))
            name = f"{one.what}-{one.number}.{SUFFIX[how]}"
            content = captured(typed, how, self.dice.below(2**31, "bild", one.number))
            self._captures[one.what, one.number] = (name, content)
            self.crew.ahead.begin(name, content, typed, settings(day))
            count += 1

    def acts(self, one: Happening, day: date) -> Iterator[Post]:
        """Yield the mails that a happening leads to."""
        if one.what is What.SPAM:
            name = f"skrap-{one.number}"
            yield written(name, day, "vinst@lotteri.example", "Du har vunnit!", _SPAM)
        elif one.what is What.WONDER:
            chief = self.town.chiefs[one.number % len(self.town.chiefs)]
            yield written(f"undrar-{one.number}", day, chief.mail, "En fråga", _WONDER)
        elif one.who is not None and one.what is What.LOSE:
            text = f"Hej!\n\nJag har tappat mitt reservkort.\n\n{one.who.name}\n"
            yield written(f"tappat-{one.number}", day, one.who.mail, "Hjälp", text)
        elif one.who is not None:
            self.known[one.who.mail] = one.who
            if one.what is What.LEAVE:
                self.gone[one.who.name] = day
            yield self._form(one, day, signed=one.signed)

    def answers(self, letter: EmailMessage, day: date) -> Iterator[Post]:
        """Yield what somebody answers to a letter that came on *day*."""
        kind, reader = str(letter["X-EKbot-Kind"]), str(letter["To"])
        if kind in ("review", "review_reminder") and reader in self.chiefs:
            yield from self._review(self.chiefs[reader], letter, day, kind)
        elif kind == "question":
            yield from self._again(letter, day)
        elif kind == "reserve_reminder" and reader in self.known:
            yield from self._reminded(self.known[reader], letter, day)
        elif kind == "loss_advice" and self.dice.share("polis", _id(letter)) < _HALF:
            on = self._later(day, 1, letter)
            text = "Hej, numret är 5000-K123456-27."
            yield written(f"polis-{_id(letter)}", on, reader, "SV: kortet", text, answers=letter)

    def _form(self, one: Happening, day: date, *, signed: bool) -> Post:
        assert one.who is not None  # noqa: S101 - forms are about somebody
        name = f"{one.what}-{one.number}" + ("" if signed else "-utan")
        file = self._captures.pop((one.what, one.number), None)
        if file is None:
            values = _order(one, one.who, day)
            file = (f"{name}.pdf", self.blank.filled(values, signed=signed))
            if signed:
                self.crew.made(file[1], values)
        if not signed:
            self._unsigned[file[0]] = one
        chief = one.who.chief
        text = f"Hej!\n\nHär kommer en blankett.\n\n{chief.name}\n"
        return written(name, day, chief.mail, "Blankett", text, files=(file,))

    def _again(self, letter: EmailMessage, day: date) -> Iterator[Post]:
        """Yield the form once more, signed, when the letter asks for that."""
        text = text_of(letter)
        for file, one in self._unsigned.items():
            if file in text:
                del self._unsigned[file]
                yield self._form(one, self._later(day, 2, letter), signed=True)
                return

    def _review(
        self, chief: Chief, letter: EmailMessage, day: date, kind: str
    ) -> Iterator[Post]:  # fmt: skip
        if kind == "review":
            self.answered.pop(chief.mail, None)
        elif chief.habit is not Habit.SILENT or self.dice.share("rycker", _id(letter)) < _SLOW:
            return
        name = f"svar-{_id(letter)}"
        match chief.habit:
            case Habit.LATE:
                yield self._answer(chief, letter, self._later(day, 14, letter), name)
            case Habit.AWAY:
                back = self._later(day, 15, letter)
                text = f"Jag är ledig och åter {back}.\n\n{chief.name}\n"
                yield written(f"borta-{_id(letter)}", self._later(day, 0, letter), chief.mail,
                              "Automatiskt svar", text, machine=True, answers=letter)  # fmt: skip
                yield self._answer(chief, letter, back, name)
            case Habit.CHANGES:
                on = self._later(day, 2, letter)
                yield self._answer(chief, letter, on, name)
                yield self._answer(chief, letter, self._later(on, 1, letter), f"igen-{name}")
            case Habit.ODD:
                on = self._later(day, 2, letter)
                yield written(name, on, chief.mail, "SV: granskning", _ODD, answers=letter)
                yield self._answer(chief, letter, self._later(on, 3, letter), f"igen-{name}")
            case Habit.SILENT if kind == "review":
                return
            case _:
                yield self._answer(chief, letter, self._later(day, 3, letter), name)

    def _answer(self, chief: Chief, letter: EmailMessage, day: date, name: str) -> Post:
        """Return an answer about every row: who stays, and who has left."""
        rows = {int(number): who.strip() for number, who in _ROW.findall(text_of(letter))}
        left = [(n, self.gone[who]) for n, who in rows.items() if self.gone.get(who, day) < day]
        said = "\n".join(f"Nr {n} slutade {last}." for n, last in left)
        text = f"{said}\nÖvriga är kvar." if left else "Alla är kvar."
        self.answered[chief.mail] = day
        return written(name, day, chief.mail, "SV: granskning",
                       f"Hej!\n{text}\n\n{chief.name}\n", answers=letter)  # fmt: skip

    def _reminded(self, who: Citizen, letter: EmailMessage, day: date) -> Iterator[Post]:
        """Yield what a holder answers: it is back already, or nothing."""
        if who.habit is Habit.SILENT or self.dice.share("lämnar", _id(letter)) < _HALF:
            return
        on = self._later(day, 1 if who.habit is Habit.PROMPT else 4, letter)
        yield written(f"lamnat-{_id(letter)}", on, who.mail, "SV: reservkortet",
                      f"Hej! Redan lämnat.\n\n{who.name}\n", answers=letter)  # fmt: skip

    def _later(self, day: date, most: int, letter: EmailMessage) -> date:
        """Return the working day on which a letter of *day* is answered, at most so much later."""
        return self.working.after(day, 1 + self.dice.below(most + 1, "svar", _id(letter), day))


def _id(letter: EmailMessage) -> str:
    return str(letter["Message-ID"]).strip("<>").partition("@")[0]


def _order(one: Happening, who: Citizen, day: date) -> dict[str, Value]:
    values: dict[str, Value] = {
        "person_id": who.number, "given_name": who.given_name, "surname": who.surname,
        "unit": who.chief.unit, "signed_place": "Järfälla", "signed_on": day.isoformat(),
        "manager_name": who.chief.name, "manager_mail": who.chief.mail,
    }  # fmt: skip
    match one.what:
        case What.LEAVE:
            last = (day + timedelta(days=7)).isoformat()
            return values | {"action": "cancel", "last_day": last, "end_reason": "left"}
        case What.TITLE:
            return values | {"action": "change", "title": f"Samordnare {one.number % 5 + 1}"}
        case What.LOAN:
            return values | {
                "action": "change", "mail": who.mail, "reserve_order": True,
                "reserve_reasons": ("short_term",),
            }  # fmt: skip
        case _:
            return values | {
                "action": "new", "mail": who.mail, "phone": who.phone, "title": "Undersköterska",
                "employment": "permanent", "card_order": one.number % 3 == 0,
            }  # fmt: skip
