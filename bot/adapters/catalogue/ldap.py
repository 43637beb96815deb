"""The catalogue in an LDAP directory that lets programs write. Keeps no person itself.

A write is a modification that names every old value, under a condition where the server takes one
(RFC 4528), so that a change by another hand is a conflict and never overwritten. It is read back.
A crash between the directory and our own database costs nothing: who holds what was wanted is done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from bot.adapters.ldap import changes, examining, people, values
from bot.adapters.ldap.access import Access
from bot.adapters.ldap.answers import Answers
from bot.adapters.ldap.connection import Directory, Row
from bot.adapters.ldap.layout import KNOWN, Layout, Wishes, learn
from bot.adapters.ldap.people import Seen, holds
from bot.domain.records import Action, Change, Entry
from bot.domain.values import InvalidPersonIdError, PersonId
from bot.ports.catalogue import Found, Written
from bot.ports.check import Check
from bot.ports.errors import ConflictError, PermanentError, TransientError, UnclearEntryError

log = logging.getLogger(__name__)
_MOST = 5  # entries of one number that are looked at: two are too many
_SECOND = "två poster i katalogen har samma identitetsnummer"
_TWO = "Be den som sköter katalogen att slå ihop posterna eller ta bort den ena."
_ODD = (
    "Be den som sköter katalogen att rätta posten, eller ange ett annat attribut i"
    " [catalogue.attributes] om det är så hos alla."
)


class Settings(Access, frozen=True, extra="forbid"):
    """``[catalogue] kind = "ldap"``."""

    PASSWORD_VARIABLE: ClassVar[str] = "EKBOT_CATALOGUE_PASSWORD"

    kind: Literal["ldap"]
    filter: str = ""  # which entries are persons; "": all that have an identity number
    attributes: Mapping[str, str] = {}
    object_classes: tuple[str, ...] = ()
    protected_class: str = "hsaConfidentialPerson"
    naming: str = Field(default="uid", pattern=r"^[A-Za-z][A-Za-z0-9-]*$")
    new_entries_in: str | None = None  # below base_dn; may hold {unit_id} and {unit}
    person_id_form: Literal["12", "12-", "10", "10-"] = "12"

    @field_validator("attributes")
    @classmethod
    def _known(cls, named: Mapping[str, str]) -> Mapping[str, str]:
        for field in named:
            if field not in KNOWN:
                raise ValueError(f"fältet {field} finns inte; fälten är {', '.join(KNOWN)}")
        return named

    def wishes(self) -> Wishes:
        """Return what the office has set of the directory's shape."""
        return Wishes(
            attributes=self.attributes, classes=self.object_classes,
            protected_class=self.protected_class, naming=self.naming, place=self.new_entries_in,
            filter=self.filter, form=self.person_id_form,
        )  # fmt: skip


class LdapCatalogue:
    """Persons in a directory; one connection, made when it is first needed."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str], answers: Answers,
        today: Callable[[], date],
    ) -> None:  # fmt: skip
        """Connect to nothing yet; *today* settles the century of numbers with ten digits.

        Raises:
            NeedsOperatorError: there is no password.
        """
        self._settings = settings
        self._directory = Directory(settings.server(environment))
        self._answers = answers
        self._today = today
        self._learnt: tuple[int, Layout] | None = None

    def find(self, person: PersonId) -> Found | None:
        """Return the person's entry.

        Raises:
            TransientError: the directory does not answer.
            NeedsOperatorError: access refused.
            UnclearEntryError: two entries have the person's number, or one has an odd day.
        """
        try:
            held = self._held(person)
        except PermanentError as error:
            raise UnclearEntryError(
                error.reason, _TWO if error.reason == _SECOND else _ODD
            ) from error
        return Found(held.entry, held.version) if held is not None else None

    def entries(self) -> Iterator[Found]:
        """Yield every person's entry, whole or not at all.

        Raises:
            TransientError: nothing is known of the rest: the answer broke off.
            NeedsOperatorError: the same: a limit or a referral cut the answer short.
        """
        layout, today, unread = self._layout(), self._today(), 0
        number = layout.names["person_id"]
        filter_ = layout.person_filter(f"({number}=*)")
        for row in self._directory.every(layout.base, filter_, layout.asked):
            try:
                person = PersonId.parse(values.words(row.all(number)[0]), today)
            except (InvalidPersonIdError, IndexError):
                unread += 1
                continue
            held = people.seen(row, person, layout, lenient=True)
            yield Found(held.entry, held.version, unclear=held.unclear)
        if unread:
            log.warning(
                "entries without a usable number", extra={"action": "unread", "count": unread}
            )

    def write(self, change: Change, expected: str, key: str) -> Written:
        """Carry out *change* if the entry still has version *expected* ("" for none), read back.

        Raises:
            ConflictError: the entry has another version, or exists where none should.
            TransientError: the directory does not answer; the same key may be tried again.
            PermanentError: the directory refuses the values, or could not hold them.
            NeedsOperatorError: access refused.
        """
        done = self._answers.of(key)
        if done is not None:
            return done
        wanted = change.after
        if change.before is not None and change.before.person_id != wanted.person_id:
            raise PermanentError("katalogen byter inte identitetsnummer på en post")
        if not wanted.surname.strip():
            raise PermanentError("efternamn saknas")
        held = self._held(wanted.person_id, wanted)
        seen = held.version if held is not None else ""
        added = held is not None and change.action is Action.ADD
        if held is not None and (added or seen != expected) and holds(held.entry, wanted):
            return self._told(held, wanted, key)  # our own work, before a crash
        if added:
            raise ConflictError("personen finns redan i katalogen", seen)
        if seen != expected:
            raise ConflictError("posten har ändrats av någon annan", seen)
        self._refuse_another_holder(wanted, held)
        if held is None:
            lacking = self._by_hand(wanted)
            if lacking:
                return Written(wanted, "", by_hand=True, shown=True)
            return self._added(wanted, key)
        return self._modified(held, wanted, key)

    def check(self) -> tuple[Check, ...]:
        """Try address, TLS, login, schema and reading; never raises and writes nothing."""
        self._learnt = None
        return examining.steps(self._directory, self._settings.base_dn, "Katalog", self._examined)

    def close(self) -> None:
        """Let the directory and the database go."""
        self._directory.close()
        self._answers.close()

    def _examined(self) -> Iterator[Check]:
        layout = self._layout()
        lacking = ", ".join(layout.lacking(given=frozenset()))
        yield from examining.persons(layout, lacking, asserts=self._directory.asserts)
        filter_ = layout.person_filter(f"({layout.names['person_id']}=*)")
        count = sum(1 for _ in self._directory.every(layout.base, filter_, ("1.1",)))
        yield Check("Katalog, sidvis läsning", ok=True, seen=f"{count} personer, hela svaret")

    def _layout(self) -> Layout:
        """Return how the directory holds persons, learnt anew on each new connection."""
        self._directory.connect()
        if self._learnt is None or self._learnt[0] != self._directory.connections:
            made = learn(self._directory, self._settings.base_dn, self._settings.wishes())
            self._learnt = (self._directory.connections, made)
        return self._learnt[1]

    def _held(self, person: PersonId, wanted: Entry | None = None) -> Seen | None:
        """Return the person's entry.

        Raises:
            PermanentError: there are two, neither of which may be taken; or a day is none.
        """
        layout = self._layout()
        number = layout.names["person_id"]
        any_form = values.any_of(values.equals(number, n) for n in values.numbers(person))
        filter_ = layout.person_filter(any_form)
        rows, more = self._directory.some(layout.base, filter_, layout.asked, _MOST)
        if more or len(rows) > 1:
            raise PermanentError(_SECOND)
        return people.seen(rows[0], person, layout, wanted) if rows else None

    def _refuse_another_holder(self, wanted: Entry, held: Seen | None) -> None:
        if wanted.hsa_id is None or (held is not None and held.entry.hsa_id == wanted.hsa_id):
            return
        layout = self._layout()
        name = layout.names["hsa_id"]
        if not name:
            return
        filter_ = values.equals(name, wanted.hsa_id)
        rows, _ = self._directory.some(layout.base, filter_, ("1.1",), _MOST)
        if any(held is None or row.dn != held.row.dn for row in rows):
            raise PermanentError("HSA-id tillhör en annan person i katalogen")

    def _by_hand(self, wanted: Entry) -> tuple[str, ...]:
        """Return what a new entry must have and only people can give it."""
        given = {"hsa_id"} if wanted.hsa_id is not None else set()
        return self._layout().lacking(given=frozenset(given))

    def _added(self, wanted: Entry, key: str) -> Written:
        layout, person = self._layout(), wanted.person_id
        name = self._answers.name_of(person)
        place = layout.place_of(wanted)
        dn = values.below(values.named(layout.naming, name), values.below(place, layout.base))
        try:
            self._directory.add(dn, changes.attributes(wanted, name, layout))
        except (ConflictError, PermanentError) as error:
            held = self._held(person, wanted)  # another writer may have been first
            if held is not None and holds(held.entry, wanted):
                return self._told(held, wanted, key)
            if held is not None:
                raise ConflictError("personen finns redan i katalogen", held.version) from error
            if isinstance(error, ConflictError):
                raise PermanentError("en annan post ligger där personen skulle läggas") from error
            raise
        return self._read_back(dn, wanted, key)

    def _modified(self, held: Seen, wanted: Entry, key: str) -> Written:
        layout, dn = self._layout(), held.row.dn
        planned = changes.modifications(held, wanted, layout)
        if not planned:
            return self._told(held, wanted, key)
        if_ = changes.condition(held, layout) if self._directory.asserts else ""
        try:
            self._directory.modify(dn, planned, if_)
        except ConflictError as error:
            now = self._held(wanted.person_id, wanted)
            if now is None or now.version != held.version:
                if now is not None and holds(now.entry, wanted):
                    return self._told(now, wanted, key)
                seen = now.version if now is not None else ""
                raise ConflictError(error.reason, seen) from error
            # Nothing has changed: the condition needs a right that the account has not got.
            self._directory.modify(dn, planned)
        return self._read_back(dn, wanted, key)

    def _read_back(self, dn: str, wanted: Entry, key: str) -> Written:
        layout = self._layout()
        row: Row | None = self._directory.one(dn, layout.asked)
        if row is None:
            raise TransientError(f"{self._directory.server.peer}: written, but not to be read back")
        return self._told(people.seen(row, wanted.person_id, layout, wanted), wanted, key)

    def _told(self, held: Seen, wanted: Entry, key: str) -> Written:
        """Return what the directory holds now, and remember that this was the answer."""
        if not holds(held.entry, wanted):
            names = [f.name for f in fields(Entry)]
            other = [n for n in names if getattr(held.entry, n) != getattr(wanted, n)]
            log.warning(
                "the directory holds other values than were written",
                extra={"action": "read_back_differs", "fields": ", ".join(other)},
            )
        answer = Written(held.entry, held.version)
        self._answers.note(key, answer)
        return answer
