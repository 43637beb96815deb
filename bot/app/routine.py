"""The municipality's own routine, step by step, word by word: what every rule stands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the routine: how it is called, and what it says."""

    name: str
    text: str


STEPS: dict[str, Step] = {
    "S1": Step(
        "rutinen steg 1, beställning",
        "Verksamhetschefen fyller i blanketten ”Beställning/avbeställning av personuppgifter i "
        "Elektroniska Katalogen (EK)” och skickar den påskrivna blanketten till Lokala EK.",
    ),
    "S2": Step(
        "rutinen steg 2, nybeställning och uppdatering",
        "Lokala EK lägger upp personen i EK, som gäller ett år. Verksamhetschefen svarar under "
        "anställningstiden på den interna revisionen om pågående anställning, som skickas ut via "
        "mail var tredje månad och är underlag för EK.",
    ),
    "S3": Step(
        "rutinen steg 3, avbeställning",
        "Om en person slutar måste man skicka in en avbeställning.",
    ),
    "S4": Step(
        "rutinen steg 4, e-tjänstekort på blanketten",
        "Verksamhetschefen fyller på beställningsblanketten om personen behöver ett e-tjänstekort.",
    ),
    "S5": Step(
        "rutinen steg 5, beställning hos regionen",
        "Lokala EK lägger en beställning hos regionen för e-tjänstekortet.",
    ),
    "S6": Step(
        "rutinen steg 6, lathund och bokning",
        "Lokala EK informerar personen hur han eller hon kan boka tid för fotografering och "
        "utlämning hos regionen; lathund bifogas.",
    ),
    "S7": Step(
        "rutinen steg 7, kortet återlämnas",
        "När anställningen upphör ska kortet klippas sönder och återlämnas till Lokala EK, som "
        "avregistrerar kortet. Kortet är en id-handling.",
    ),
    "S8": Step(
        "rutinen steg 8, förlust",
        "Vid förlust av e-tjänstekort ska innehavaren polisanmäla och kontakta Lokala EK för "
        "avregistrering av kortet.",
    ),
    "S9": Step(
        "rutinen steg 9, skäl för reservkort",
        "Lokala EK kan utfärda ett reservkort, under kontorstid, som kan användas i högst tre "
        "månader: när kortet är tappat, vid nyanställning när regionen inte hinner, vid "
        "korttidsanställning, och för den som saknar svensk folkbokföringsadress, har "
        "samordningsnummer eller är utländsk.",
    ),
    "S10": Step(
        "rutinen steg 10, beställning av reservkort",
        "Verksamhetschefen ska skicka in en ifylld blankett med beställning av reservkort.",
    ),
    "S11": Step(
        "rutinen steg 11, utlämning mot legitimation",
        "Personen ska personligen komma till Lokala EK och ha med en giltig legitimation. Personen "
        "får ett reservkort med koder för högst tre månader, som personen själv aktiverar.",
    ),
    "S12": Step(
        "rutinen steg 12, kvittens", "Kortet kvitteras och kvittensen arkiveras."
    ),
    "S13": Step(
        "rutinen steg 13, reservkortet återlämnas",
        "Reservkortet ska efter användarperioden återlämnas till Lokala EK, men koden ska sparas "
        "av personen själv.",
    ),
    "D": Step(
        "kontorets egen inställning",
        "Rutinen säger inget om detta. Kontoret har bestämt det och kan ändra det i sina "
        "inställningar.",
    ),
    "F": Step(
        "gällande regler",
        "Lag, föreskrift eller regionens anvisning för katalogen och korten bestämmer detta.",
    ),
}  # fmt: skip

_OF_RULES = {  # of the rules that a mail is settled by, where it leads to no case of its own
    "order": "S1", "incomplete": "S1", "same_form": "S1", "form": "S1", "reply": "S1",
    "unauthenticated": "S1", "unknown_sender": "S1", "not_manager": "S1", "protected": "F",
    "loss": "S8", "maybe_loss": "S8", "police_report": "S8",
    "receipt": "S12", "receipt_seen": "S12", "receipt_refused": "S12", "receipt_unknown": "S12",
    "card_reply": "S13", "inventory": "S13", "extended": "S9",
    "desk": "D", "pretended_clerk": "D", "staff_asks": "D",
    "review_answer": "S2", "review_answered": "S2", "review_thanks": "S2", "review_file": "S2",
    "undone": "S2", "undo_late": "S2", "nothing_to_undo": "S2", "changed_mind": "S2",
    "same_answer": "S2", "review_bounce": "S2", "review_absence": "S2",
}  # fmt: skip


_KINDS = {  # what staff do by hand stands on the step of the case
    "card_order": "S5", "reserve_order": "S11", "no_order": "S10", "loss": "S8", "police": "S8",
    "card_return": "S7", "deregister": "S7", "card_check": "S13", "block": "S13", "receipt": "S12",
    "leaver": "S3", "new": "S1", "change": "S2", "cancel": "S3", "review": "S2", "move": "S2",
    "renewal": "S2", "review_release": "S2",
}  # fmt: skip
_BY_HAND = frozenset(("staff", "released", "answered"))
LETTERS = {"review": "S2", "review_reminder": "S2", "inventory": "S13", "ending_soon": "S2"}


def source_of(kind: str, rule: str, source: str) -> str:
    """Return the mark of the step that a case's rule stands on."""
    order = rule == "order" and kind in ("change", "cancel")
    return _KINDS.get(kind, source) if order or rule in _BY_HAND else source


def step_of(source: str, rule: str = "") -> Step:
    """Return the step that a rule stands on, by its mark, else by its name; the office's else."""
    marks = (source, _OF_RULES.get(rule, ""))
    return next((STEPS[m] for m in marks if m in STEPS), STEPS["D"])
