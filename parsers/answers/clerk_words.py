"""The closed list of words in clerks' commands, each with the part that it plays.

A word that is in no list explains nothing. Misspellings stand in the lists one by one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.domain.cards import IdKind
from bot.domain.clerk_reply import Act

FILL = "FILL"
_CARD = r"(?:reserv|låne|e-?tjänste|e-tjänst|tjänste|siths|siths-)?-?kort"

ACTS: dict[Act, str] = {
    Act.DONE: r"allt klart|allt är klart|allt gjort|klar|klart|klara|klaar|klaart|klrt|klatt|klarr"
    r"|klr|kalr"
    r"|kalrt|klatr|klarrt|klarmarkera"
    r"|klarmarkerad|klarmarkerat|klarmarkeras|avklarad|avklarat|avklarade|färdig|färdigt|färdiga"
    r"|fardig|fardigt|färdg|färdigg|färdigställt|fixat|fixad|fixade|fixats|fixar klart|fixt|gjort"
    r"|gjord|gjorda|gjordes|gjorts|gjort klart|gjort klar|gör klar|gör klart|åtgärdat|åtgärdad"
    r"|åtgärdade|åtgärdats|löst|lösta|löstes|godkänn|godkänd|godkänt|godkända|godkänns|godkänner"
    r"|godkännes|godkän|godkänt av mig|godkend|godkänad|godkändt|godkäntt|gokänn|godkänds|godkännd"
    r"|godkännt|ok|okej|okey"
    r"|oki|okay|okeej|släpp|släpps|släppa|släppt|släppes|släpp fram|släpp igenom|släpp iväg"
    r"|avsluta|avslutas|avslutad|avslutat|avslutade|avslutats|stäng|stängs|stängd|stängt|stänga"
    r"|hanterat|hanterad|hanterade|utfört|utförd|utförda|ordnat|ordnad|ordnade|genomfört|genomförd"
    r"|genomförda|done|all done|finished|fixed|approve|approved|release|released|close|closed"
    r"|completed|complete|handled|kan avslutas|kan stängas|kan godkännas|kan släppas|får släppas"
    r"|kan bockas av|bocka av|bockas av|avbockad|avbockat|bocka|avprickad|klart för min del"
    r"|helt klar|helt klart|klart och betalt|✅|✔|✔️|☑|☑️|✓|👍|👌|🆗",
    Act.TAKE: r"jag tar den|tar den|tar|jag tar|jag tar det|tar det|jag tar den här|tar den här"
    r"|den tar jag|det tar jag|tar jag|tar jag hand om|tar jag själv|tar jag över|jag tar själv"
    r"|jag tar hand om|jag tar hand om den|tar hand om den"
    r"|tar hand om|jag tar hand om det|tar hand om det|jag tar denna|tar denna|jag fixar den"
    r"|fixar jag|jag fixar|jag jobbar med den|jag jobbar på den|jobbar med den|jobbar på den"
    r"|jag håller på med den|håller på med den|jag tittar på den|jag kollar på den"
    r"|jag tittar på|jag kollar på|tittar jag på|kollar jag på"
    r"|jag tar ärendet|tar ärendet|jag tar över|jag tar över den|tar över|tar över den|tas av mig"
    r"|är min|min|den är min|mitt|jag tar på mig den|jag tar på mig|lägg på mig|lägg den på mig"
    r"|sätt mig på den|sätt mig på|jag jobbar på|tar jag tag i|jag tar tag i|i'll take it"
    r"|i'll take this|i take it|i take this"
    r"|i take this one"
    r"|i'll take this one|mine|taking it|taking this|taking this one|jag handlägger"
    r"|jag handlägger den|handlägger jag|jag tar hand om denna|jag tar hand om ärendet"
    r"|jag tar dem|tar dem|jag tar dom|tar dom|jag tar de|jag tar dessa",
    Act.SHOW: r"visa|visa mig|visa allt|visa mer|visa den|visa ärendet|visa hela|visa hela ärendet"
    r"|visa detaljer|visa alla detaljer|visa mig allt|visa mig ärendet|visa mig den|vissa|visa det"
    r"|visa underlaget|visa underlag|visa blanketten|visa mejlet|visa mailet|show|show me"
    r"|show all|show me all|detaljer|mer info|mer information|skicka underlaget"
    r"|skicka underlag|skicka detaljer|skicka mer info|få se|öppna|visa upp|jag vill se"
    r"|visa allt om|skicka detaljerna|skicka detaljerna om|skicka allt om",
    Act.ORDERED: rf"beställt|beställd|beställda|beställde|beställts|beställdes|bestält|besätllt"
    rf"|bestllt|beställlt|bestäld"
    rf"|beställtt|beställdt|är beställt|beställt {_CARD}|beställning gjord|lade beställningen"
    rf"|lade en beställning|la beställningen|la en beställning|beställningen är inlagd"
    rf"|beställning lagd"
    r"|beställning skickad|beställning lagd hos regionen|beställningen lagd|beställningen gjord"
    r"|lagt beställning|lagt beställningen|lagt en beställning|lade beställning|lagt en order"
    r"|gjort beställningen|gjort beställning|beställningen är lagd|beställningen är gjord"
    r"|beställningen är skickad|beställningen skickad|skickat beställningen|ordered",
    Act.ACTIVATED: r"aktiverat|aktiverad|aktiverade|aktiverats|aktiverades|aktiveratt|aktivrat"
    r"|aktvierat|aktivt"
    r"|aktiverrat|aktiverat och klart|igångsatt|activated|tagit i bruk|taget i bruk",
    Act.HANDED_OUT: r"utlämnat|utlämnad|utlämnade|utlämnats|utlämnades|ut ?lämnat|utlämnatt"
    r"|utlämant|utlämat"
    r"|utlemnat|utlämmnat|lämnat ut|lämnade ut|lämnats ut|lämnades ut|lämnat ut kortet"
    r"|har lämnat ut|hämtat|hämtad|hämtats|hämtades|hämtade|uthämtat|uthämtad|utkvitterat"
    r"|utkvitterad|kvitterades ut|kvitterat ut|kvitterade ut|kvitterats ut|överlämnat|överlämnad"
    r"|överlämnats"
    r"|överlämnades|handed out|picked up|lämnat över|lämnade över",
    Act.RETURNED: r"åter ?lämnat|åter ?lämnad|åter ?lämnade|åter ?lämnats|åter ?lämnades"
    r"|återlämmnat|återlämnatt|återlemnat|åtrelämnat|åerlämnat|återlmnat|åtelämnat|återlämat"
    r"|återlänat|återlämnta|återlämnt|återlämant"
    r"|aterlämnat|aterlamnat|återlämnar|åter|tillbaka|tilbaka|tillbaks|tillbakalämnat"
    r"|tillbakalämnad|tillbaka lämnat|lämnat tillbaka|lämnade tillbaka|lämnats tillbaka"
    r"|lämnades tillbaka|lämnad tillbaka|inlämnat|inlämnad|inlämnade|inlämnats|inlämnades"
    r"|lämnat in|lämnats in|lämnade in|lämnades in|inlemnat|in lämnat|returnerat|returnerad"
    r"|returnerats|returnerades|retunerat|retur|åter hos oss|fått tillbaka|fått in|fick tillbaka"
    r"|fick in|kommit tillbaka|kommit in|kom tillbaka|kom in|inkommet|har kommit tillbaka"
    r"|mottaget|mottagit|returned|back|är tillbaka|kommit åter|tagit emot|tillbakalämnade",
    Act.LOST: r"förlorat|förlorad|förlorade|förlorats|borttappat|borttappad|tappat|tappad"
    r"|tappat bort"
    r"|tappats|tappade|tappade bort|tappats bort|tappades bort|bortkommet|försvunnet|försvunnen"
    r"|stulet|stulen|blivit stulet|lost|stolen"
    r"|anmält förlorat|förkommet|anmält stulet",
    Act.BLOCKED: r"spärrat|spärrad|spärrade|spärrats|spärrades|spärat|spärad|spärratt|spärrta"
    r"|spärrrat|sparrat"
    r"|spärrart|är spärrat|spärr lagd|spärren lagd|spärren är lagd|spärren är gjord|spärr gjord"
    r"|lagt spärr|lagt en spärr"
    r"|blockerat|blockerad|blockerats|blockerades|blocked",
    Act.DEREGISTERED: r"avregistrerat|avregistrerad|avregistrerade|avregistrerats|avregistrerades"
    r"|avregistrerart|avregisterat|avregistreat|avregisrerat|avreigstrerat|avreggat|avreggad"
    r"|avregat|deregistered"
    r"|avregistrering gjord|avregistreringen gjord|avregistreringen klar|avregistrering klar",
    Act.EXTENDED: r"förläng|förlängt|förlängd|förlängs|förlänga|förlängts|förlängdes|förlängde"
    r"|förleng|förlengt|förläng lånet|förlängt lånet|förlänga lånet|förlänging|förlängning"
    r"|extend|extended",
    Act.UNDO: r"ångra|ångra det|ångra den|ångra detta|ångrar|jag ångrar|ångras|ångra mig|angra|undo"
    r"|undo it|ångra allt|ångra alltihop|ångra alltsammans|ångra allting|ångra kommandot"
    r"|ångra svaret|ångra senaste|ångra det senaste|ångra mitt senaste svar|ångra igen",
}  # fmt: skip

IDS: dict[IdKind, str] = {
    IdKind.DRIVING_LICENCE: r"körkort|körkortet|körkot|körrkort|korkort|svenskt körkort"
    r"|driving licence|driver's license|driving license",
    IdKind.PASSPORT: r"pass|passet|svenskt pass|passport",
    IdKind.NATIONAL_ID: r"nationellt id-?kort|nationella id-?kortet|nationellt id|nat id-?kort"
    r"|nat\.? id|polisens id-?kort",
    IdKind.ID_CARD: r"id-?kort|id-?kortet|id kort|sis-?kort|skatteverkets id-?kort"
    r"|sis-märkt id-?kort"
    r"|bankens id-?kort|legitimation id-?kort|id card",
    IdKind.FOREIGN_PASSPORT: r"utländskt pass|utl pass|utländska passet|foreign passport",
    IdKind.FOREIGN_ID: r"utländskt id-?kort|utländskt id|utländska id-?kortet|foreign id",
    IdKind.SERVICE_CARD: r"e-?tjänstekort|e-?tjänstekortet|tjänstekort|tjänstekortet|siths-?kort"
    r"|siths-?kortet|siths",
}  # fmt: skip

_FILL = (
    r"är|är nu|ä|e|blev|blivit|har|har vi|har jag|vi har|jag har|jag|vi|nu|redan|också|även|precis"
    r"|nyss|idag klart|den|det|de|dem|dom|denna|detta|den här|det här|ärendet|ärende|ärendena"
    r"|raden|punkten|rad|tack|tack!|tackar|please|snälla|vänligen|hej|ja|japp|jadå|yes"
    r"|så(?! klart)|sådär(?=[,.!])"
    r"|det är|den är|som sagt|bara|hos oss|hit|hos lokala ek|till oss|av mig|av oss|av vi"
    r"|bra|fint|toppen|utmärkt|det där|den där|has been|is|are|was|it|it is|it's|i have|i've"
    r"|we have|the|this|now|already|thanks|thank you|mvh|datum|nummer|nr|lånet|kan du|kan ni"
    rf"|alltså|samt|och|and|også|ok då|{_CARD}|{_CARD}et|{_CARD}en|{_CARD}ets|{_CARD}nummer"
    r"|kortnr|kortnummer|kortnumret|kort nr|kort nummer|kort-nr|card|the card|card number|helt"
    r"|se(?:da)?n(?= (?:i |i ?går|den |[0-9]{1,2}[ /.:]))"
    r"|kl(?:ockan)?\.? ?[0-9]{1,2}(?:[.:][0-9]{2})?|fm"
    r"|em|i morse|vid [0-9]{1,2}-tiden|vid lunch(?:tid)?|själv|inga problem|inga konstigheter"
    r"|imorse|på förmiddagen|på eftermiddagen|förmiddag|eftermiddag|i eftermiddags|i förmiddags"
    r"|allt är|på plats|utan problem|utan anmärkning|personligen|person|både|såväl|följande|sitt"
    r"|nu på morgonen|på morgonen"
)
_AT = {  # words that explain themselves only beside these acts
    Act.ORDERED: r"hos regionen|hos region stockholm|hos sll|i regionens portal|i portalen"
    r"|av regionen|regionen|at the region|from the region|från regionen|via portalen",
    Act.BLOCKED: r"hos regionen|hos region stockholm|hos sll|i regionens portal|i portalen"
    r"|av regionen|at the region|via portalen|hos siths|i siths|i katalogen",
    Act.DEREGISTERED: r"hos regionen|hos region stockholm|hos sll|i portalen|i katalogen|i ek"
    r"|i systemet|i hsa|i ek/hsa|at the region|via portalen|i regionens portal",
    Act.ACTIVATED: r"hos regionen|av innehavaren|av användaren|av henne|av honom",
    Act.HANDED_OUT: r"mot|mot uppvisande av|mot giltig|med|visade|visat|legitimation"
    r"|legitimerade sig"
    r"|(?:hon|han|hen|som) (?:visade|legitimerade sig(?: med)?)|legitimerade sig genom|uppvisat"
    r"|uppvisad|uppvisade|visades"
    r"|(?:var här|var inne|kom hit|kom förbi)(?: och)?"
    r"|legitimerade sig med|leg|giltig legitimation|giltigt|id|id-handling|legitimerad|via"
    r"|till innehavaren|till henne|till honom|against|with|showed|mot kvittens|kvittens"
    r"|kvitterat|kvitterad|mot leg|mot legitimation|ut",
    Act.RETURNED: r"i receptionen|i luckan|till receptionen|av innehavaren|in|från henne|från honom"
    r"|av henne|av honom|hos receptionen|på kontoret|till kontoret|i brevlådan|kontrollerat"
    r"|kontrollerat att",
    Act.DONE: r"hos regionen|i portalen|i ek|i katalogen|i systemet|med|för|läst|läst och"
    r"|besvarat|besvarad|läst mejlet|läst mailet|svarat|svarat på|svarat på den|läst igenom"
    r"|(?:mejlet|mailet|frågan) (?:är )?(?:läst|besvarad"
    r"|besvarat)"
    r"|hos sll|i hsa|från min sida|för min del|med den|nu med",
    Act.LOST: r"på bussen|på tåget|i tunnelbanan|på tunnelbanan|på pendeltåget|hemma|på jobbet"
    r"|på väg hem|på stan|utomhus|i tvätten",
    Act.EXTENDED: r"till|t\.?o\.?m\.?|tom|fram till|until|to|till och med|lån|ända till",
}
_UNTIL = r"giltigt till|giltigt t\.?o\.?m\.?|giltig till|giltig t\.?o\.?m\.?|giltigt till och med"
UNTIL = (
    rf"{_UNTIL}|gäller till|gäller t\.?o\.?m\.?|går ut|sista dag|sista giltighetsdag"
    rf"|t\.?o\.?m\.?|till och med|valid until|valid to|till"
)
TILL = "TILL"
CARD_ACTS = frozenset(
    {
        Act.ORDERED, Act.ACTIVATED, Act.HANDED_OUT, Act.RETURNED, Act.LOST, Act.BLOCKED,
        Act.DEREGISTERED, Act.EXTENDED, Act.POLICE,
    }
)  # fmt: skip


def _alternatives(patterns: str) -> list[str]:
    """Split at the bars that stand outside parentheses."""
    parts, depth, start = list[str](), 0, 0
    for at, sign in enumerate(patterns):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append(patterns[start:at])
            start = at + 1
    return [*parts, patterns[start:]]


def _table() -> list[tuple[str, re.Pattern[str]]]:
    found: list[tuple[str, re.Pattern[str]]] = []
    groups = [(act.value, words) for act, words in ACTS.items()]
    groups += [(f"id:{kind.value}", words) for kind, words in IDS.items()]
    groups += [(TILL, UNTIL), (FILL, _FILL)]
    groups += [(f"at:{act.value}", words) for act, words in _AT.items()]
    for part, words in groups:
        one = "|".join(sorted(_alternatives(words), key=len, reverse=True))
        found.append((part, re.compile(rf"(?:{one})(?![\w@])", re.IGNORECASE)))
    return found


_TABLE = _table()
_ACT_PARTS = frozenset(act.value for act in ACTS)
_WORD = re.compile(r"\w+")
_REJECTS = re.compile(r"(?:avslå|fråga)(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def known(text: str) -> tuple[int, frozenset[str]]:
    """Return how long the longest known phrase is that *text* begins with, and its parts."""
    best, parts = 0, set[str]()
    for part, pattern in _TABLE:
        found = pattern.match(text)
        if found is None or found.end() < best or not found.end():
            continue
        if found.end() > best:
            best, parts = found.end(), set()
        parts.add(part)
    return best, frozenset(parts)


def only_known(text: str) -> bool:
    """Tell whether *text* is words of the lists and nothing else: no reason, no question."""
    rest = text
    while rest := rest.lstrip(" ,.:;!()-"):
        end, _ = known(rest[:60])
        if not end:
            return False
        rest = rest[end:]
    return True


def begins_act(text: str) -> bool:
    """Tell whether *text* begins with an act, after words that only lead to it."""
    rest = text
    while rest := rest.lstrip(" ,.:;!()-"):
        end, parts = known(rest[:60])
        if any(part in _ACT_PARTS for part in parts) or _REJECTS.match(rest):
            return True
        if FILL not in parts:
            return False
        rest = rest[end:]
    return False


def holds_act(text: str) -> bool:
    """Tell whether an act stands anywhere in *text*."""
    return any(
        part in _ACT_PARTS
        for m in _WORD.finditer(text)
        for part in known(text[m.start() :][:60])[1]
    )


def is_telling(text: str) -> bool:
    """Tell whether *text* begins with an act, a document that was shown, or a last day."""
    _, parts = known(text)
    return any(part in _ACT_PARTS or part.startswith("id:") or part == TILL for part in parts)
