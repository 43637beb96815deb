"""What each field is called on the blank: the words that letters use. Not how it is read."""

from __future__ import annotations

LABELS: dict[str, str] = {
    "action": "Ärende (ny, uppdatering eller avbeställning)",
    "effective_from": "Gäller från",
    "person_id": "Personnummer/samordningsnummer",
    "no_swedish_id": "Saknar svenskt personnummer",
    "birth_date": "Födelsedatum",
    "nationality": "Nationalitet",
    "given_name": "Förnamn (tilltalsnamn)",
    "middle_name": "Mellannamn",
    "surname": "Efternamn",
    "hsa_id": "HSA-id",
    "protected": "Skyddade personuppgifter",
    "mail": "E-postadress (tjänsten)",
    "phone": "Telefon",
    "unit": "Enhet/arbetsplats",
    "title": "Titel/befattning",
    "employment": "Anställningsform",
    "employed_from": "Anställd från",
    "employed_to": "Anställd till",
    "last_day": "Sista arbetsdag",
    "end_reason": "Orsak till avbeställning",
    "card_order": "Beställ e-tjänstekort",
    "card_status": "Har redan giltigt kort/Ersätter förlorat kort",
    "card_number": "Kortnummer",
    "reserve_order": "Beställ reservkort",
    "reserve_reasons": "Orsak till reservkort",
    "reserve_from": "Behövs från",
    "reserve_to": "Behövs till",
    "lost_on": "Datum för förlusten",
    "police_reference": "Polisanmälan, diarienummer",
    "signed_place": "Ort",
    "signed_on": "Datum för underskriften",
    "manager_name": "Namnförtydligande",
    "manager_mail": "Chefens e-postadress",
    "manager_phone": "Chefens telefon",
    "signed": "Underskrift verksamhetschef",
}

CRITICAL = frozenset(
    (
        "action",
        "person_id",
        "given_name",
        "surname",
        "protected",
        "mail",
        "unit",
        "last_day",
        "card_order",
        "reserve_order",
        "reserve_reasons",
        "manager_name",
    )
)

ENTRY_LABELS: dict[str, str] = {
    "unit_id": "Enhets-id",
    "valid_from": "Gäller från och med",
    "valid_until": "Gäller till och med",
}

REASONS: dict[str, str] = {
    "lost_card": "förlorat e-tjänstekort",
    "new_employee": "nyanställd, kortet hinner inte utfärdas",
    "short_term": "korttidsanställning",
    "no_address": "saknar svensk folkbokföringsadress",
    "coordination_number": "samordningsnummer",
    "foreign": "utländsk person",
}

ID_KINDS: dict[str, str] = {
    "passport": "pass",
    "national_id": "nationellt id-kort",
    "id_card": "id-kort",
    "driving_licence": "körkort",
    "foreign_passport": "utländskt pass",
    "foreign_id": "utländskt id-kort",
    "service_card": "e-tjänstekort",
}

CHOICES: dict[str, dict[str, str]] = {
    "action": {"new": "nybeställning", "change": "uppdatering", "cancel": "avbeställning"},
    "employment": {
        "permanent": "tillsvidare",
        "fixed_term": "visstid",
        "hourly": "timanställd",
        "consultant": "konsult",
    },
    "end_reason": {"left": "slutat", "moves": "byter enhet", "other": "annan orsak"},
    "card_status": {
        "has_card": "har redan giltigt kort",
        "replaces_lost": "ersätter förlorat kort",
    },
    "reserve_reasons": REASONS,
}


def label(key: str) -> str:
    """Return the blank's words for the field *key*."""
    return LABELS.get(key) or ENTRY_LABELS.get(key, key)
