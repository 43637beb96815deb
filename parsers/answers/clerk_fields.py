"""Fields that a clerk corrects: "efternamn Öberg, telefon 08-123 45 67". Guesses no value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from bot.domain.clerk_reply import Act, Command
from parsers.answers import clerk_clauses, day_words
from parsers.answers.clerk_doubts import speaks
from parsers.answers.clerk_texts import is_status, is_title, is_unit
from parsers.answers.clerk_words import holds_act, only_known
from parsers.answers.words import NOT_IN_TEXT

_LABELS: dict[str, str] = {
    "surname": r"efternamn(?:et)?|eftrnamn|efternman|efternam|surname|last name",
    "given_name": r"förnamn(?:et)?|tilltalsnamn(?:et)?|förnam|fornamn|first name|given name",
    "middle_name": r"mellannamn(?:et)?|middle name",
    "title": r"titel(?:n)?|befattning(?:en)?|yrkestitel(?:n)?|yrke|title",
    "unit": r"enhet(?:en)?|arbetsplats(?:en)?|unit",
    "mail": r"e-?post(?:adress(?:en)?|en)?|mejl(?:adress(?:en)?|en)?|mail(?:adress(?:en)?|en)?"
    r"|e-?mail(?:adress(?:en)?)?",
    "phone": r"telefon(?:nummer|numret|nr|en)?|tel(?:nr)?\.?|mobil(?:nummer|numret|nr|en)?"
    r"|tfn\.?|phone",
    "employed_from": r"startdatum(?:et)?|anställd från|anställningsdatum|första dag|startdag(?:en)?"
    r"|anställningsstart|start date|börjar|ska(?:ll)? börja",
    "employed_to": r"slutdatum(?:et)?|anställd till|slutdag(?:en)?|anställningens slut|end date",
    "last_day": r"sista (?:arbets|anställnings)?dag(?:en)?|sista arbetsdatum|slutar",
    "effective_from": r"gäller från(?: och med)?|gäller fr\.?o\.?m\.?",
    "person_id": r"person-?nummer|personnumret|personnr|pnr|samordningsnummer|samordningsnumret",
    "hsa_id": r"hsa-?id(?:et)?",
    "birth_date": r"födelsedatum(?:et)?",
    "nationality": r"nationalitet(?:en)?",
    "card_number": r"kortnummer|kortnumret",
    "manager_name": r"namnförtydligande(?:t)?|chefens namn",
    "manager_mail": r"chefens (?:e-?post|mejl|mail)(?:adress(?:en)?|en)?",
    "manager_phone": r"chefens (?:telefon|mobil)(?:nummer|numret|en)?",
    "signed_on": r"datum för underskriften|underskriftsdatum",
    "signed_place": r"ort(?:en)?",
    "reserve_from": r"behövs från",
    "reserve_to": r"behövs till",
}  # fmt: skip
_NAMES = frozenset({"surname", "given_name", "middle_name", "manager_name"})
_DATES = frozenset(
    {"employed_from", "employed_to", "last_day", "effective_from", "birth_date", "signed_on",
     "reserve_from", "reserve_to"}
)  # fmt: skip
_LABEL = "|".join(
    f"(?P<{key}>{words})"
    for key, words in sorted(_LABELS.items(), key=lambda item: "chefens" not in item[1])
)
_UNNAMED = re.sub(r"[?]P<[a-z_]+>", "?:", _LABEL)
_IS = (
    r"(?:ska(?:ll)? (?:vara|stå|heta|stavas|ändras till)|borde vara|är|heter|stavas|ändras till"
    r"|blir|till|="
    r"|:|->|=>|→|-)"
)
_SET = re.compile(
    rf"^(?:(?:ändra|byt|rätta|korrigera|uppdatera|sätt|korrekt|rätt|rättat|nytt|ny|nya|rätta"
    rf"|change|fix"
    rf"|hennes|hans|personens|och|samt|ändrat|det|den"
    rf"|skriv|stavning(?:en)? (?:på|av|för))\s+)*(?:{_LABEL})(?!\w)\s*(?:{_IS}\s*)*\s*"
    r"(?P<value>[^\s,;.!].*)$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"^(?:det )?(?:heter|ska(?:ll)? (?:heta|vara|stå)|har) (?P<value>\S.*?) (?:i|som) (?:{_LABEL})"
    r"(?P<old>,? inte .+)?$",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:hon|han|hen|personen|den anställda|medarbetaren) (?=\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"[\w-]+(?: [\w-]+)? (?=(?:heter|börjar|slutar|har|ska(?:ll)? (?:heta|börja))\b)"
)
_OWNER = re.compile(rf"[\w-]+(?: [\w-]+)? (?=(?:{_UNNAMED})(?!\w))", re.IGNORECASE)
_OLD = re.compile(r"(?:(?:,? och)?,? (?:inte|ej)|,? i ?stället för) (?P<old>\S.*)$", re.IGNORECASE)
_FROM = re.compile(r"^från (?P<old>\S.*?) till (?P<value>\S.*)$", re.IGNORECASE)
_THEN = re.compile(r"\s+och\s+(?:sen |sedan )?(?=\w+[.! ]*$)", re.IGNORECASE)
_STARTS = re.compile(
    rf"(?:[,;.]\s*(?:och |samt )?|\s+(?:och|samt|&|\+)\s+)(?=(?:(?:ändra|byt|rätta|rätt|nytt|ny"
    rf"|hennes|hans)\s+)*"
    rf"(?:{_UNNAMED})(?!\w))",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\s+(?:istället|i stället)$|\s+tack$", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:von|van|de|der|den|af|av|la|le|el|al|bin|da|di|du) )*[A-ZÅÄÖÉÈÜÁÓŠŽĆČŁÑ][\w'’-]+"
    r"(?: (?:(?:von|van|de|der|den|af|av|la|le|el|al|bin|da|di"
    r"|du) )*[A-ZÅÄÖÉÈÜÁÓŠŽĆČŁÑ][\w'’-]+){0,3}"
)
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?[0-9](?:[ ()/-]{0,2}[0-9]){5,14}")
_PERSON = re.compile(r"[0-9]{6}(?:[0-9]{2})?[ +-]?[0-9]{4}")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:den )?[0-9]{1,2}/[0-9]{1,2}(?:[ -](?:20)?[0-9]{2})?"
    r"|(?:den )?[0-9]{1,2}"
    r"(?::?[ae])? (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?: 20[0-9]{2})?"
    r"|[0-9]{8}"
    r"|[0-9]{6}(?![0-9])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])20[5-9][0-9]")  # a slip of the finger: no employment is planned so
_MOBILE = re.compile(r"(?:0|\+?46|0046)7[0-9]*")
_SPEECH = re.compile(  # words that are of no title and no unit's name
    r"(?<!\w)(?:just|nu|numera|nåt|något|någon|nån|slags|sorts?|stil|liknande|fram|från|sedan|sen"
    r"|under|över|till|med|samtidigt|fortfarande|tidigare|före|detta|f\.?d|alltså|alls|gång|tid"
    r"|vidare|istället|avslå\w*|avslag|neka\w*|avvisa\w*|säkert|säker|kort sagt|heter|kallas|också"
    r"|även|sist|senast|ganska|rätt så|liksom|fråge?tecken|hälsar|mvh|januari|februari|mars|april"
    r"|juni|juli|augusti|september|oktober|november|december|nyår|årsskiftet|vecka)(?!\w)",
    re.IGNORECASE,
)
_TEXT = re.compile(r"[A-ZÅÄÖÉ0-9a-zåäöé][\w .&/()'-]{1,80}")
_MOST_WORDS = 6
_MOBILE_DIGITS = 9  # without the nought before them


def read(
    text: str, ref: str, today: date, names: Collection[str] = frozenset()
) -> list[Command] | None:
    """Return the correction in *text*, and what is said beside it; None for none that is plain.

    *names* are the row's own words, lower case: "Siv börjar 1 december".
    """
    plain = " ".join(text.strip(" \t,;:-–=>*!.").split())
    plain = _without_subject(re.sub(r"\s*\((inte [^()]+)\)$", r", \1", plain), names)
    if not (_SET.match(plain) or _HEADED.match(plain)):
        return None
    said = " ".join(text.split())
    found: dict[str, str] = {}
    after: list[Command] = []
    for part in _STARTS.split(plain):
        pair, rest = _first(part)
        if pair is None or found.get(pair[0], pair[1]) != pair[1]:
            return None
        found[pair[0]] = pair[1]
        for one in rest:
            if one.strip(" .!").casefold() in ("tack", ""):
                continue
            more = clerk_clauses.read(one, ref, today)
            if more is None or {c.act for c in more} != {Act.DONE}:
                return None
            after += more
    if _ends_first(found, today):
        return None
    return [Command(Act.CORRECT, ref, said, fields=tuple(found.items())), *after[:1]]


def _ends_first(found: Mapping[str, str], today: date) -> bool:
    """Tell whether an employment would end before it begins."""
    days = [
        day_words.ahead(t, today) or day_words.behind(t, today)
        for t in (
            found.get("employed_from", ""),
            found.get("employed_to", found.get("last_day", "")),
        )
    ]
    first, last = days
    return first is not None and last is not None and last < first


def _without_subject(text: str, names: Collection[str]) -> str:
    """Return *text* without "hon", or the row's own name, before its verb."""
    if who := _WHO.match(text):
        return text[who.end() :]
    named, owner = _NAMED.match(text), _OWNER.match(text)
    if named and all(w.casefold() in names and w[0].isupper() for w in named.group().split()):
        return text[named.end() :]
    if owner and owner.group().rstrip().endswith("s"):
        own = owner.group().rstrip()[:-1].split()
        if all(w.casefold() in names and w[0].isupper() for w in own):
            return text[owner.end() :]
    return text


def _first(part: str) -> tuple[tuple[str, str] | None, list[str]]:
    """Return the field that *part* begins with, and what follows it."""
    whole = _pair(part.strip(" .,;"))
    then = _THEN.search(part)
    if whole is not None and not (then and only_known(part[then.end() :])):
        return whole, []
    own, *rest = re.split(r"(?:[,;]|\.(?=\s))\s+(?:och |sen |sedan )?|" + _THEN.pattern, part)
    if rest and _OLD.match(f" {rest[0]}"):
        own = f"{own}, {rest.pop(0)}"
    return _pair(own.strip(" .,;")), rest


def _pair(text: str) -> tuple[str, str] | None:
    found = _SET.match(text) or _HEADED.match(text)
    if found is None:
        return None
    key = next(k for k in _LABELS if found[k] is not None)
    value = _INSTEAD.sub("", found["value"] + (found.groupdict().get("old") or ""))
    value = _without_old(key, value.strip(" \"”“'«».,;:"))
    return (key, value) if _fits(key, value) else None


def _without_old(key: str, text: str) -> str:
    """Return the new value of "Öberg, inte Oberg" and "från Oberg till Öberg"; else *text*."""
    changed = _FROM.match(text)
    old = _OLD.search(text)
    if old is None and changed is None:
        return text
    value = changed["value"] if changed else text[: old.start()] if old else text
    was = changed["old"] if changed else old["old"] if old else ""
    sure = (was[:1].isupper() or not was[:1].isalpha()) and not only_known(was)
    return value if sure and _fits(key, was) and was.casefold() != value.casefold() else text


def _fits(key: str, value: str) -> bool:
    if key in _NAMES:
        return _NAME.fullmatch(value) is not None and not (_is_running(value) or is_status(value))
    if key in ("mail", "manager_mail"):
        return _MAIL.fullmatch(value) is not None
    if key in ("phone", "manager_phone"):
        return _PHONE.fullmatch(value) is not None and _is_whole(value)
    if key == "person_id":
        return _PERSON.fullmatch(value) is not None
    if key in _DATES:
        far = _YEAR.search(value)
        return _DATE.fullmatch(value) is not None and far is None
    if key == "hsa_id":
        return re.fullmatch(r"(?i)SE[0-9]{10}-[0-9A-Z]{1,18}", value) is not None
    if key == "card_number":
        return re.fullmatch(r"[0-9]{4}(?: ?[0-9]{4}){1,5}", value) is not None
    if (key == "title" and not is_title(value)) or (key == "unit" and not is_unit(value)):
        return False
    return (
        _TEXT.fullmatch(value) is not None
        and len(value.split()) <= _MOST_WORDS
        and not (_is_running(value) or holds_act(value) or _SPEECH.search(value))
    )


def _is_whole(phone: str) -> bool:
    """Tell whether *phone* has as many digits as such a number has."""
    digits = re.sub(r"[^0-9+]", "", phone)
    if _MOBILE.fullmatch(digits) is None:
        return True
    return len(re.sub(r"^(?:\+?46|0046|0)", "", digits)) == _MOBILE_DIGITS


def _is_running(value: str) -> bool:
    """Tell whether *value* is, or holds, ordinary speech rather than what a form would."""
    words = {w.casefold() for w in re.findall(r"\w+", value)}
    return bool(words & (NOT_IN_TEXT - {"den", "nya", "gamla"})) or speaks(value)
