"""A clerk's day: thirty mails, what becomes of each, and what the clerk must do. Holds no test.

``Day`` is played on any office: ``BEFORE`` prepares it, then at each of ``instants()`` the mails of
that instant come, the program works, and the clerk does the ``Act``s of that instant. Everybody is
invented; the identity numbers are official test numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.doubts import a_reply
from tests.e2e.review_clients import Came, came, machine, reply, returned, signed
from tests.filled import an_order, fill_acroform, fill_flat, numbers
from tests.paper import joined
from tests.posting import a_mail
from tests.receipts import drawn_on, signature
from tests.scanned import as_jpeg, as_pdf, drawn, photographed, scanned

GORAN, NOEL = "goran.noren@jarfalla.example", "noel.ek@jarfalla.example"
JESUS, HAKAN = "jesus.lundqvist@jarfalla.example", "hakan.oconnor2@jarfalla.example"
EVA = "eva.ek@jarfalla.example"
COPIER = "kopiator@jarfalla.example"
FRIDAY, MONDAY = "2026-11-20", "2026-11-23"


@dataclass(frozen=True)
class Person:
    """Somebody who is in the catalogue before the day."""

    number: int
    given: str
    surname: str
    unit: str
    card: str = ""  # the reserve card that was lent on Friday
    until: str = ""  # its last day, where the loan is a short one

    @property
    def person_id(self) -> str:
        return numbers()[self.number]

    @property
    def mail(self) -> str:
        plain = f"{self.given}.{self.surname}".casefold().translate(str.maketrans("åäöé", "aaoe"))
        return f"{plain}@jarfalla.example"

    @property
    def row(self) -> str:
        """Return the row of persons.csv."""
        return (
            f"{self.person_id},{self.given},,{self.surname},Undersköterska,{self.unit},{self.mail},"
            ",2026-01-01,2028-06-01,,nej"
        )

    @property
    def named(self) -> dict[str, str]:
        """Return what a form about the person bears."""
        return {
            "person_id": self.person_id, "given_name": self.given, "surname": self.surname,
            "mail": self.mail,
        }  # fmt: skip


ANNIKA = Person(40, "Annika", "Öberg", "V102", "9752279900010001")
PETER = Person(41, "Peter", "Holm", "V102")
IDA = Person(42, "Ida", "Sund", "V103")
LENA = Person(44, "Lena", "Frost", "V103", "9752279900010002")
MAJA = Person(45, "Maja", "Vik", "V104")
JOHAN = Person(46, "Johan", "Dahl", "V104")
ANTON = Person(47, "Anton", "Berg", "V101", "9752279900010003", "2026-12-07")
SARA = Person(48, "Sara", "Lind", "V101", "9752279900010004", "2026-12-07")
PEOPLE = (ANNIKA, PETER, IDA, LENA, MAJA, JOHAN, ANTON, SARA)
NEW_CARD = "9752279900010009"  # the reserve card that is lent during the day


@dataclass
class Letters:
    """The letters that have left, as their readers have them."""

    raws: Sequence[bytes] = field(default_factory=tuple)

    def all(self) -> list[Came]:
        """Return each once, in the order of their numbers."""
        found = {}
        for raw in self.raws:
            mail = message_from_bytes(raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            readers = [a.strip() for a in str(mail["To"]).split(",")]
            found[str(mail["Message-ID"])] = came(raw, readers)
        return sorted(found.values(), key=lambda x: int(str(x.mail["X-EKbot-Letter"])[2:]))

    def last(self, kind: str, reader: str, about: str = "") -> Came:
        """Return the newest letter of a kind to *reader* whose text has *about*."""
        fits = [
            x for x in self.all()
            if x.kind == kind and reader in x.readers and about in x.text + str(x.mail["Subject"])
        ]  # fmt: skip
        assert fits, (kind, reader, about)
        return fits[-1]

    def receipt(self, name: str) -> bytes:
        """Return the unsigned receipt that names *name*."""
        letter = self.last("receipt_form", EVA, name)
        return next(v for k, v in letter.files().items() if k.startswith("kvittens"))


@dataclass(frozen=True)
class Mail:
    """One mail: when it comes, how it is made, what becomes of it at once."""

    key: str
    at: str
    outcome: str  # as ``list mails`` says it, right after the round
    make: Callable[[Letters, str, str], bytes]  # the letters so far, a number, when it is sent
    machine: bool = False  # sent by a machine: its envelope has no sender

    def raw(self, letters: Letters) -> bytes:
        """Return the mail; its Message-ID begins with ``key``."""
        return self.make(letters, self.key, self.at)


@dataclass(frozen=True)
class Act:
    """What the clerk does: a verb of the terminal about the case of a kind and a person.

    ``words`` are the terminal's; ``{case}`` stands for the handle of the case that is not done,
    is of *kind* and has *who* in its title.
    """

    at: str
    kind: str
    who: str
    words: tuple[str, ...]


def _at(clock: str, day: str = MONDAY) -> str:
    return f"{day}T{clock}:00+01:00"


def _order(n: int, manager: str, action: str = "new", **fields: Any) -> dict[str, Any]:
    """Return an order that begins at once, without a card."""
    plain = {"employed_from": None, "effective_from": None, "card_order": None}
    return an_order(n, action, manager=manager, **(plain | fields))


def _form(
    sender: str, file: str, content: Callable[[], bytes], **more: Any
) -> Callable[[Letters, str, str], bytes]:
    def make(letters: Letters, key: str, at: str) -> bytes:
        return a_mail(key, (file, content()), sender=sender, sent=_instant(at), **more)

    return make


def _words(sender: str, subject: str, text: str, **more: Any) -> Callable[..., bytes]:
    def make(letters: Letters, key: str, at: str) -> bytes:
        return a_mail(key, sender=sender, subject=subject, text=text, sent=_instant(at), **more)

    return make


def _answer(
    sender: str, name: str, kind: str, words: str, about: str = "", *, sign: bool = False
) -> Callable[[Letters, str, str], bytes]:
    def make(letters: Letters, key: str, at: str) -> bytes:
        letter = letters.last(kind, sender, about)
        said = words
        for row, who in letter.rows.items():
            said = said.replace(f"{{{who}}}", str(row))
        files = (
            {k: signed(v, _instant(at).date()) for k, v in letter.files().items()} if sign else {}
        )
        return reply(
            letter, said, sender=sender, name=name, sent=_instant(at), style="gmail", number=key,
            files=files,
        )  # fmt: skip

    return make


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _wrong(n: int) -> dict[str, Any]:
    order = _order(n, JESUS)
    last = str((int(order["person_id"][-1]) + 1) % 10)
    return order | {"person_id": order["person_id"][:-1] + last}


def _right(letters: Letters, key: str, at: str) -> bytes:
    number = str(_order(7, JESUS)["person_id"])
    text = f"1 {number[2:8]}-{number[8:]}"
    letter = letters.last("question", JESUS, "Personnummer")
    return a_reply(letter.mail, text, number=key, sender=JESUS, sent=_instant(at))


def _away(letters: Letters, key: str, at: str) -> bytes:
    return machine(
        letters.last("review", HAKAN), "Jag är på kurs och åter 2026-11-25.", sender=HAKAN,
        subject="Automatiskt svar", sent=_instant(at), number=key,
    )  # fmt: skip


def _bounced(letters: Letters, key: str, at: str) -> bytes:
    letter = letters.last("reserve_reminder", SARA.mail)
    return returned(letter, to=SARA.mail, sent=_instant(at), number=key)


def _receipt(letters: Letters, key: str, at: str) -> bytes:
    page = drawn(drawn_on(letters.receipt("El Amrani"), [signature()]))
    return a_mail(
        key, ("skanning.pdf", as_pdf([page])), sender=COPIER, verdict=None, text="",
        subject="Scan from MFP", headers=[("Auto-Submitted", "auto-generated")],
        sent=_instant(at),
    )  # fmt: skip


def _photo() -> bytes:
    return as_jpeg(photographed(drawn(fill_flat(_order(9, NOEL)), dpi=110)))


_FORWARDED = (
    "Hej!\n\nVidarebefordrar från Göran.\n\n/Kansliet\n\n-----Ursprungligt meddelande-----\n"
    f"Från: {GORAN}\nTill: kansliet@jarfalla.example\nÄmne: Beställning\n\nSe bifogad blankett.\n"
)
_PROMISE = "VINN EN RESA! Klicka på länken nu: http://vinst.example/klick\n"

MAILS: tuple[Mail, ...] = (
    Mail("d01-ny", _at("08:00"), "applied",
         _form(GORAN, "beställning.pdf", lambda: fill_acroform(_order(0, GORAN)))),
    Mail("d02-ny-med-kort", _at("08:00"), "applied",
         _form(NOEL, "ny.pdf", lambda: fill_acroform(_order(1, NOEL, card_order=True)))),
    Mail("d03-tva-i-en", _at("08:00"), "applied",
         _form(JESUS, "två nya.pdf", lambda: joined(
             fill_flat(_order(2, JESUS)), fill_flat(_order(3, JESUS)), blank_between=True))),
    Mail("d04-ny-titel", _at("08:00"), "applied",
         _form(GORAN, "uppdatering.pdf", lambda: fill_acroform(
             _order(0, GORAN, "change", title="Samordnare", phone=None) | PETER.named))),
    Mail("d05-reservkort", _at("08:00"), "applied",
         _form(HAKAN, "reservkort.pdf", lambda: fill_acroform(_order(
             6, HAKAN, reserve_order=True, reserve_reasons=["new_employee"])))),
    Mail("d06-utan-underskrift", _at("08:00"), "asked_back",
         _form(NOEL, "blankett.pdf", lambda: fill_acroform(_order(5, NOEL), sign=None))),
    Mail("d07-fel-siffra", _at("08:00"), "asked_back",
         _form(JESUS, "scan0001.pdf", lambda: fill_flat(_wrong(7)))),
    Mail("d08-utan-titel", _at("08:00"), "asked_back",
         _form(GORAN, "blankett.pdf", lambda: fill_acroform(_order(8, GORAN, title=None)))),
    Mail("d09-inskannad", _at("09:00"), "applied",
         _form(NOEL, "Scan_0900.pdf", lambda: as_pdf([scanned(
             _order(10, NOEL), dpi=200, skew=-0.8, noise=5)]))),
    Mail("d10-olasligt-foto", _at("09:00"), "asked_back", _form(NOEL, "IMG_0412.jpg", _photo)),
    Mail("d11-avbestallning", _at("09:00"), "applied",
         _form(GORAN, "avbeställning.pdf", lambda: fill_flat(
             _order(0, GORAN, "cancel", last_day=MONDAY) | ANNIKA.named))),
    Mail("d12-forlust", _at("09:00"), "with_staff",
         _words(LENA.mail, "Hjälp", "Hej!\n\nJag har tappat mitt reservkort på bussen.\n\n/Lena\n")),
    Mail("d13-samma-igen", _at("09:00"), "recorded",
         _form(GORAN, "beställning (kopia).pdf", lambda: fill_acroform(_order(0, GORAN)))),
    Mail("d14-skyddad", _at("09:00"), "with_staff",
         _form(GORAN, "blankett.pdf", lambda: fill_acroform(_order(11, GORAN, protected=True)))),
    Mail("d15-skrap", _at("09:00"), "with_staff",
         _words("vinst@lotteri.example", "Du har vunnit!", _PROMISE, verdict="fail")),
    Mail("d16-vidarebefordrad", _at("09:00"), "with_staff",
         _form("kansliet@jarfalla.example", "blankett.pdf",
               lambda: fill_acroform(_order(12, GORAN)), subject="VB: Beställning",
               text=_FORWARDED)),
    Mail("d17-granskning-kvar", _at("10:00"), "applied",
         _answer(GORAN, "Göran Norén", "review", "Hej!\nAlla är kvar.")),
    Mail("d18-granskning-slutat", _at("10:00"), "applied",
         _answer(NOEL, "Noël Ek", "review", "Nr {Maja Vik} slutade 2026-11-20. Övriga är kvar.")),
    Mail("d19-granskning-oklar", _at("10:00"), "asked_back",
         _answer(JESUS, "Jesús Lundqvist", "review", "Ida Sund slutar kanske, jag vet inte när.")),
    Mail("d20-autosvar", _at("10:00"), "recorded", _away, machine=True),
    Mail("d21-redan-lamnat", _at("10:00"), "applied",
         _answer(ANTON.mail, "Anton Berg", "reserve_reminder", "Hej! Redan lämnat.")),
    Mail("d22-forlang", _at("10:00"), "applied",
         _answer(SARA.mail, "Sara Lind", "reserve_reminder", "Hej, förläng till 15/1 tack!")),
    Mail("d23-studs", _at("10:00"), "recorded", _bounced, machine=True),
    Mail("d24-ratt-siffra", _at("13:00"), "applied", _right),
    Mail("d25-undertecknad", _at("13:00"), "applied",
         _form(NOEL, "blankett, påskriven.pdf", lambda: fill_acroform(_order(5, NOEL)))),
    Mail("d26-granskning-klar", _at("13:00"), "applied",
         _answer(JESUS, "Jesús Lundqvist", "review", "Alla är kvar.")),
    Mail("d27-avbestallning-paskriven", _at("13:00"), "applied",
         _answer(NOEL, "Noël Ek", "cancellation_form", "Här är den.", sign=True)),
    Mail("d28-chefens-ja", _at("13:00"), "applied",
         _answer(HAKAN, "Håkan O'Connor", "extension_asked", "Ja, det går bra.")),
    Mail("d29-polisnummer", _at("13:00"), "applied",
         _answer(LENA.mail, "Lena Frost", "loss_advice", "Hej, numret är 5000-K123456-26.")),
    Mail("d30-kvittens", _at("13:00"), "applied", _receipt),
)  # fmt: skip

_DONE = ("case", "done", "{case}")
_REJECT = ("case", "reject", "{case}", "--why")
ACTS: tuple[Act, ...] = (
    Act(_at("10:30"), "new", "Åsa von Essen",
        ("case", "correct", "{case}", "--field", "title=Undersköterska")),
    Act(_at("10:30"), "card_order", "Nour von Essen", ("card", "ordered", "--case", "{case}")),
    Act(_at("10:30"), "loss", "Lena Frost", ("card", "blocked", "--number", LENA.card)),
    Act(_at("10:30"), "mail", "M-15", (*_REJECT, "Skräppost.")),
    Act(_at("10:30"), "new", "Göran Lundqvist",
        (*_REJECT, "Blanketten måste komma från chefen själv.")),
    Act(_at("10:30"), "new", "särskild handläggare", _DONE),
    Act(_at("10:30"), "review", "Chefen är borta", _DONE),
    Act(_at("10:30"), "trouble", "Brev kom inte fram", _DONE),
    Act(_at("11:00"), "new", "Nour Garcia",
        ("case", "correct", "{case}", "--field", "surname=García Pérez", "--field",
         "mail=garciaperez9@jarfalla.example", "--field", "title=Undersköterska")),
    Act(_at("11:00"), "deregister", "Lena Frost", _DONE),
    Act(_at("11:00"), "reserve_order", "Kwame El Amrani",
        ("card", "handout", "--person", "{case}", "--number", NEW_CARD, "--id-kind", "körkort")),
    Act(_at("11:00"), "card_return", "Annika Öberg", ("card", "returned", "--number", ANNIKA.card)),
    Act(_at("11:00"), "deregister", "Annika Öberg", _DONE),
    Act(_at("11:00"), "card_check", "Anton Berg", _DONE),
    Act(_at("11:00"), "deregister", "Anton Berg", _DONE),
    Act(_at("09:00", "2026-12-01"), "card_order", "Nour von Essen",
        ("card", "activated", "--number", "9752279955550001", "--person", "{case}")),
)  # fmt: skip

_HOLDER = "elamrani6@jarfalla.example"
LETTERS: tuple[tuple[str, str], ...] = (  # kind and first reader; beside digests and reminders
    ("review", GORAN), ("review", HAKAN), ("review", JESUS), ("review", NOEL),
    ("reserve_reminder", ANTON.mail), ("reserve_reminder", SARA.mail),
    ("reserve_reminder", ANNIKA.mail),
    ("question", NOEL), ("question", JESUS), ("question", GORAN), ("question", NOEL),
    *[("applied", GORAN)] * 4, *[("applied", NOEL)] * 5, *[("applied", JESUS)] * 3,
    ("applied", HAKAN),
    ("appointment", _HOLDER), ("receipt_form", EVA), ("booking", "vonessen1@jarfalla.example"),
    ("loss_alert", EVA), ("loss_advice", LENA.mail),
    ("handed_over", GORAN),
    ("review_echo", GORAN), ("review_echo", NOEL), *[("review_echo", JESUS)] * 2,
    ("cancellation_form", NOEL),
    ("reply_noted", ANTON.mail), ("extension_asked", HAKAN), ("extension", HAKAN),
    ("extension", SARA.mail),
)  # fmt: skip


def before(people: Path, cards: Path) -> tuple[tuple[str, ...], ...]:
    """Write the registers of Friday; return the verbs that bring them in and begin the review."""
    head = (
        "person_id,given_name,middle_name,surname,title,unit_id,mail,phone,valid_from,valid_until,"
        "hsa_id,protected"
    )
    people.write_text("\n".join((head, *(p.row for p in PEOPLE))) + "\n", encoding="utf-8")
    lent = [
        f"reserve,{p.card},{p.person_id},handed_out,3,lost_card,{FRIDAY},{p.until}"
        for p in PEOPLE if p.card
    ]  # fmt: skip
    head = "kind,number,person_id,status,loa,reasons,handed_out,due"
    cards.write_text("\n".join((head, *lent)) + "\n", encoding="utf-8")
    return (
        ("import", "persons", str(people), "--yes", "--now", _at("08:00", FRIDAY)),
        ("import", "cards", str(cards), "--yes", "--now", _at("08:10", FRIDAY)),
        ("review", "start", "--yes", "--now", _at("09:00", FRIDAY)),
        ("once", "--now", _at("09:10", FRIDAY)),
        ("once", "--now", _at("07:35")),
    )


def instants() -> tuple[str, ...]:
    """Return every instant at which something comes or is done, in order."""
    return tuple(sorted({m.at for m in MAILS} | {a.at for a in ACTS}))


def mails_at(instant: str) -> Iterable[Mail]:
    """Return the mails that come at an instant."""
    return (m for m in MAILS if m.at == instant)


def acts_at(instant: str) -> Iterable[Act]:
    """Return what the clerk does at an instant, in order."""
    return (a for a in ACTS if a.at == instant)
