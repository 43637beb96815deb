"""What ``doctor`` looks at about cards: guide, receipt, ladders, rules, the drawer."""

from __future__ import annotations

from datetime import date

from bot.app.services import Services
from bot.domain.calendar import today
from bot.domain.card_policy import NAMES
from bot.domain.labels import REASONS
from bot.domain.reserve_rules import for_reasons
from bot.domain.stock import next_blank
from bot.ports.check import Check
from bot.ports.documents import ReceiptFacts
from bot.ports.errors import NeedsOperatorError

_CHASED = {
    "reserve": "reservkort", "return": "kort åter", "receipt": "kvittens",
    "police": "polisanmälan", "appointment": "utlämning", "expiry": "kort går ut",
}  # fmt: skip


def examine_cards(services: Services) -> tuple[Check, ...]:
    """Try everything about cards and return one line each."""
    day = today(services.clock())
    return (
        _guide(services), _receipt(services, day), _ladders(services), _rules(services, day),
        _drawer(services, day),
    )  # fmt: skip


def _guide(services: Services) -> Check:
    try:
        guide = services.documents.guide()
    except NeedsOperatorError as error:
        return Check("Lathund", ok=False, seen=error.reason, advice=error.advice)
    return Check("Lathund", ok=True, seen=f"{guide.name}, {len(guide.content) // 1024} kB")


def _receipt(services: Services, day: date) -> Check:
    office = services.letters.office
    made = services.documents.receipt(
        ReceiptFacts(
            office.name, office.mail, office.phone, "Prov Person", "Provenheten", "0000 0000",
            3, "körkort", day, day, "C-1", "EKKV1/1/00000000",
        )
    )  # fmt: skip
    return Check("Kvittens", ok=made.startswith(b"%PDF"), seen="en provkvittens skriven",
                 advice="Installera om programmet.")  # fmt: skip


def _ladders(services: Services) -> Check:
    ladders = services.policy.cards.ladders
    missing = [name for name in NAMES if not (name in ladders and ladders[name].rungs)]
    counts = (f"{_CHASED.get(name, name)} {len(x.rungs)}" for name, x in ladders.items())
    seen = f"steg: {', '.join(counts)}"
    advice = f"Utan steg påminns ingen: {', '.join(missing)}. Lägg till dem i ladders.toml."
    return Check("Påminnelser om kort", ok=not missing, seen=seen, advice=advice)


def _rules(services: Services, day: date) -> Check:
    rules = services.policy.cards.rules
    without = [word for reason, word in REASONS.items() if not for_reasons(rules, (reason,), day)]
    count = sum(rule.in_force(day) for rule in rules)
    advice = f"Inget gällande för: {', '.join(without)}. Varje sådan beställning prövas för hand."
    return Check("Regler för reservkort", ok=not without, seen=f"{count} gäller i dag",
                 advice=advice)  # fmt: skip


def _drawer(services: Services, day: date) -> Check:
    with services.store.begin() as work:
        blanks = work.blanks.list()
    if not blanks:
        return Check("Blanka reservkort", ok=True, seen="inget lager inläst")
    good = next_blank(blanks, day) is not None
    return Check("Blanka reservkort", ok=good, seen=f"{len(blanks)} i lagret",
                 advice="Alla har gått ut. Beställ nya.")  # fmt: skip
