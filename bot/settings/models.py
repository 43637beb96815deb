"""What the configuration may hold, table by table, with the domain's defaults. Reads no file.

Backends' tables stay raw: each backend has its own model beside its code, and ``bootstrap`` holds
the table against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from bot.domain.values import MAIL_ADDRESS, address_key

SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")
_WEEK = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BARE = str.maketrans("åö", "ao")  # TOML's bare keys know no å and ö
_DAYS = {
    written: day
    for day, english in zip(_WEEK, _ENGLISH, strict=True)
    for word in (day, english)
    for written in (word, word[:3], word.translate(_BARE), word[:3].translate(_BARE))
}


def _address(text: str) -> str:
    key = address_key(text)
    if not MAIL_ADDRESS.fullmatch(key) or not key.isascii():
        raise ValueError("ska vara en e-postadress, till exempel lokala-ek@kommunen.example")
    return key


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("ska vara text på en rad")
    return " ".join(text.split())


def _span(text: str) -> str:
    """Take a stretch of the year as month and day, both ends included."""
    try:
        for end in text.split("/", 1) if "/" in text else [""]:
            date.fromisoformat(f"2024-{end}")
    except ValueError:
        raise ValueError("ska vara första och sista dagen, till exempel 06-15/08-20") from None
    return text


def _hours(given: object) -> object:
    """Return office hours as the words that letters use; a table names them day by day."""
    if not isinstance(given, dict):
        return given
    days: dict[str, str] = {}
    for key, hours in given.items():
        name = _DAYS.get(str(key).lower())
        if name is None or not isinstance(hours, str):
            raise ValueError('ska vara text, eller en tabell som { mon = "08.00–16.30" }')
        days[name] = hours
    return ", ".join(f"{name} {days[name]}" for name in _WEEK if days.get(name))


def _database(url: str) -> str:
    for old in _POSTGRES:
        if url.startswith(old):
            return f"postgresql+psycopg://{url.removeprefix(old)}"
    if not url.startswith((SQLITE, "postgresql+psycopg://")) or url == SQLITE:
        raise ValueError("ska börja med sqlite:/// eller postgresql+psycopg://")
    return url


def _local(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("ska vara ett klockslag utan tidszon; det är svensk tid")
    return at


def _kind(table: dict[str, Any]) -> Mapping[str, Any]:
    if not isinstance(table.get("kind"), str):
        raise ValueError("kind saknas. Ange vilket slag det är")  # noqa: TRY004 - pydantic's way
    return table


Address = Annotated[str, AfterValidator(_address)]
Text = Annotated[str, AfterValidator(_one_line)]
Count = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=0)]
Raw = Annotated[dict[str, Any], AfterValidator(_kind)]


class Section(BaseModel, frozen=True, extra="forbid"):
    """One table of the file; an unknown key is an error."""


class Office(Section):
    """Who we are: signs every letter."""

    name: Annotated[Text, Field(min_length=1)]
    mail: Address
    phone: Text = ""
    timezone: Literal["Europe/Stockholm"] = "Europe/Stockholm"
    office_hours: Annotated[Text, BeforeValidator(_hours)] = ""
    staff: tuple[Address, ...] = ()
    domains: tuple[Annotated[str, AfterValidator(str.lower)], ...] = ()
    closed_days: tuple[date, ...] = ()

    @property
    def domain(self) -> str:
        """Return the right side of our Message-IDs."""
        return self.mail.rpartition("@")[2]


class Database(Section):
    """Where the memory lies."""

    url: Annotated[str, AfterValidator(_database)] = "sqlite:///var/ekbot.db"


class Trust(Section):
    """Whose word counts for who wrote a mail (domain §4). Empty: nobody's, so staff decide."""

    authserv_id: Text = ""
    accept: tuple[Literal["dmarc", "dkim", "exchange"], ...] = ()

    @model_validator(mode="after")
    def _named(self) -> Self:
        if "dmarc" in self.accept and not self.authserv_id:
            raise ValueError('accept = ["dmarc"] kräver authserv_id, er egen e-postservers namn')
        return self


class Forms(Section):
    """Where learnt form definitions lie, beside the built-in ones."""

    path: Path = Path("forms")


class Reading(Section):
    """Where the readers of scans find their models, and how much of the machine they take."""

    models: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = None
    threads: Annotated[int, Field(ge=1, le=16)] = 1


class Approval(Section):
    """What the bot may carry out by itself (domain §5, decision)."""

    mode: Literal["auto", "staff"] = "auto"
    brake_records: Count = 20
    brake_share: Annotated[float, Field(gt=0, le=1)] = 0.10
    brake_floor: Days = 5
    correction_days: Days = 14


class Review(Section):
    """When managers are told and asked (domain §5, decision)."""

    ending_days: tuple[Count, ...] = (30, 14, 7)
    extend_within_days: Days = 60
    reminder_working_days: Annotated[tuple[Count, ...], Field(max_length=5)] = (5, 10)
    escalation_working_days: Count = 15
    close_working_days: Count = 25
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = (2, 5, 8, 11)
    day: Annotated[int, Field(ge=1, le=28)] = 22
    preview_working_days: Annotated[int, Field(ge=0, le=10)] = 1
    by_calendar: bool = True
    release: Literal["staff", "auto"] = "staff"
    undo_working_days: Days = 2
    answer_counts: bool = False
    named_staff: tuple[Text, ...] = ()
    quiet: tuple[Annotated[str, AfterValidator(_span)], ...] = ("06-15/08-20", "12-15/01-10")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = (*self.reminder_working_days, self.escalation_working_days, self.close_working_days)
        if any(one >= two for one, two in pairwise(days)):
            raise ValueError(
                "reminder_working_days, escalation_working_days och close_working_days "
                "ska stå i tidsordning"
            )
        return self


class Questions(Section):
    """How long a question about a form may wait for its answer (decision)."""

    reminder_working_days: tuple[Count, ...] = (3, 7)
    staff_working_days: Count = 10

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = (*self.reminder_working_days, self.staff_working_days)
        if any(one >= two for one, two in pairwise(days)):
            raise ValueError("reminder_working_days ska stå i ordning, före staff_working_days")
        return self


class Cards(Section):
    """How long an ordinary card may wait for its holder (domain §2 step 6)."""

    reminder_days: tuple[Count, ...] = (30, 60, 80)
    void_days: Count = 90
    guide: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = None
    ladders: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = None
    most_letters: Annotated[int, Field(ge=10, le=100)] = 24
    quiet_from: Annotated[time, AfterValidator(_local)] = time(18, 0)
    quiet_until: Annotated[time, AfterValidator(_local)] = time(7, 0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = self.reminder_days
        if any(one >= two for one, two in pairwise((*days, self.void_days))):
            raise ValueError("reminder_days ska stå i ordning, alla före void_days")
        if self.quiet_until >= self.quiet_from:
            raise ValueError("quiet_until ska vara före quiet_from, på samma dag")
        return self


class ReserveCards(Section):
    """How long a reserve card may be lent (routine S9: three months at most) and why."""

    months: Annotated[int, Field(ge=1, le=3)] = 3
    forgotten_card: bool = False
    rules: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = None
    most_extensions: Days = 2
    stock_low: Days = 5  # blanks in the drawer; 0 tells nothing
    stock_days: Days = 60  # before a blank runs out
    inventory_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = (2, 5, 8, 11)


class Digest(Section):
    """The staff's daily page (domain §5)."""

    enabled: bool = True
    at: Annotated[time, AfterValidator(_local)] = time(7, 30)
    undo_working_days: Annotated[int, Field(ge=0, le=10)] = 2  # a clerk's act can be undone so long


class Drift(Section):
    """When our register is compared with the catalogue."""

    enabled: bool = True
    at: Annotated[time, AfterValidator(_local)] = time(2, 30)
    most_cases: Count = 20  # of one night; more are told of in one


class Retention(Section):
    """How long is kept what no plan needs longer (domain §3, decision)."""

    raw_mail_days: Count = 8
    rejected_mail_days: Count = 30
    quarantine_days: Days = 90
    examples_days: Annotated[int, Field(ge=0, le=3650)] = 0  # 0: none are made
    receipt_years: Count = 10
    receipt_reference: Text = "kvittens för reservkort"
    loss_years: Count = 10
    loss_reference: Text = "anmälan om förlorat kort"
    review_years: Count = 2
    review_reference: Text = "granskning av pågående anställning"
    legal_hold: bool = False  # stops all of it


class Limits(Section):
    """Bounds against loops and hostile input."""

    cap_per_sender: Count = 50  # letters that may loop, to one address in 24 hours
    cap_total: Count = 2000  # letters in an hour
    attempts: Count = 3
    max_pages: Count = 60
    max_bytes: Count = 40_000_000
    read_seconds: Count = 60


class Settings(Section):
    """The whole file, all paths absolute. Tables of backends are raw, with their ``kind``."""

    file: Path
    office: Office
    mailbox: Raw
    outgoing: Raw
    catalogue: Raw = Field(default_factory=lambda: {"kind": "sql"})
    managers: Raw | None = None  # None: only what "import managers" has brought in
    database: Database = Database()
    trust: Trust = Trust()
    forms: Forms = Forms()
    reading: Reading = Reading()
    approval: Approval = Approval()
    questions: Questions = Questions()
    review: Review = Review()
    cards: Cards = Cards()
    reserve_cards: ReserveCards = ReserveCards()
    digest: Digest = Digest()
    drift: Drift = Drift()
    retention: Retention = Retention()
    limits: Limits = Limits()
