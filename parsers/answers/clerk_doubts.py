"""Words that turn, delay or take back what a clerk's mail says. Understands no command."""

from __future__ import annotations

import re

from parsers.answers.endings import DISCLAIMER

NOT = (
    r"inte|ej|icke|aldrig|ingen|inget|inga|nej|nä|nää|nix|nope|not|no|never|don't|dont|doesn't"
    r"|isn't|hasn't|varken|knappast|ännu|utan|utom|förutom|undantaget|undantag|except|int|itne|inre"
    r"|ikke|intr|o?ogjort|oklart"
)
_IF = (
    r"om|ifall|såvida|såvitt|förutsatt|förutsättning|annars|när|nar|då|tills|innan|förrän|först"
    r"|så fort|såfort|så snart|efter att|därefter|villkor|if|when|unless|once|until|after|before"
    r"|beroende|eller|antingen|or|either|alternativt"
)
_HEDGE = (
    r"kanske|nog|tror|trodde|troligen|troligtvis|antagligen|förmodligen|borde|bör|väl|typ|nästan"
    r"|snart|delvis|halvt|halv|eventuellt|ev|evt|möjligen|osäker|osäkert|oklar|verkar|vet|hoppas"
    r"|gissar|undrar|undra|fundera|funderar|maybe|probably|almost|should|perhaps|think|guess"
    r"|skulle|kunde|antar|preliminärt|tveksam|tveksamt|lär|visst|tydligen"
)
_FUTURE = (
    r"ska|skall|kommer|tänker|tänkte|planerar|planerat|imorgon|i morgon|imorn|senare|sen|sedan"
    r"|nästa|behöver|måste|vill|will|going|gonna|tomorrow|later|want|need|på väg|strax|ikväll"
    r"|försöker|hinner|inväntar|räkna|räknar|dröjer|blir"
)
_SAID = (
    r"säger|sa|sade|påstår|påstod|enligt|hävdar|skriver|skrev|meddelar|meddelade|hälsar|hörde|hört"
    r"|berättar|berättade|tycker|tyckte|bad|ber|says|said|told|claims|lovar|lovade|lovat|sägs"
    r"|ringde|ringt"
)
_BACK = (
    r"glöm|glömt|vänta|väntar|avvakta|avvaktar|stopp|stoppa|strunta|bortse|ignorera|återta"
    r"|tar tillbaka|ta tillbaka|fel|felaktigt|misstag|ursäkta|förlåt|hoppsan|oj|test|testar|testa"
    r"|prov|exempel|exempelvis|t\.?ex|skämt|skoja|skojar|skojade|wait|ignore|forget|cancel|sorry"
    r"|avbryt|backa|hoppa över|låt bli|låt vara|rör|pausa|hold|ångra|ångrar|ångrade|ändra|ändrar"
    r"|rätta|rättelse|obs|men|fast|dock|but|däremot|istället|i stället|undo|stop|tvärtom|ta bort"
    r"|radera"
)
_ALL = (
    r"allt|alla|alltihop|alltsammans|allting|allihop|samtliga|resten|övriga|övrigt|båda|bägge|ovan"
    r"|ovanstående|nedan|nedanstående|everything|all|rest|both|above|below|listan|raderna|dessa"
    r"|framåt|uppåt|nedåt|neråt|andra|de här|ingenting|samma|dito|kontor|kontoret|kommun|kommunen"
)
_LOCAL = re.compile(
    r"(?<![\w-])(?:nog|kanske|troligen|troligtvis|förmodligen|antagligen|imorgon|i morgon|imorn"
    r"|senare|snart|strax|nästa vecka|på väg|blir|ska|skall|kommer)(?![\w-])",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:var|vart|vem|vad|när|hur|vilket|vilken|vilka|varför)(?!\w)", re.IGNORECASE
)
_POINTS = re.compile(
    r"(?<![\w-])(?:jag skrev|skrivit|också|även|likaså|likadant|detsamma|dem|dom|de|dessa|svar\w*"
    r"|mejl\w*|mail\w*|rad\w*|övrig\w*|klar\w*|godkän\w*|släpp\w*|allt\w*|sak\w*|gör\w*|gjort"
    r"|gjord\w*|ångr\w*|kommando\w*|ärend\w*|menad?e?|menar|avse\w*|avså\w*|syfta\w*|numm?er|numret"
    r"|siffr\w*|rätt|ihop|byt\w*|förväx\w*|bland\w*|kast\w*|ovan\w*|förra|föregående|tidigare|första"
    r"|sista|(?:sjut|ar|nit)ton\w*|tju\w*|stäng\w*|öppn\w*"
    r"|tvärsom|motsats\w*|gäller|gällde|[0-9]{1,4}(?![/.:-]?[0-9]|[/.:-]| ?\w))(?![\w-])",
    re.IGNORECASE,
)
_OWN = re.compile(  # what a row is about, or a doubt of its own
    r"(?<![\w-])(?:hon|han|hen|hennes|hans|\w*kort\w*|\w*chef\w*|blankett\w*|innehavar\w*"
    r"|leg|legitimation\w*|skåp\w*|låda\w*|reception\w*|brev\w*|\w*datum\w*|\w*namn\w*|enhet\w*"
    r"|telefon\w*|person\w*|anställ\w*|ansökan|beställ\w*|spärr\w*|avregistr\w*|förläng\w*"
    r"|aktiver\w*|\w*lämn\w*|hämt\w*|tappa\w*|försvunn\w*|letar|visa|avslå|avslag|avslås|fråga"
    r"|anteckning|hjälp|\w+s kort)(?![\w-])",
    re.IGNORECASE,
)
_CLEFT = re.compile(r"(?<!\w)(?:var|är|blev|blir|ska|skall|skulle) det$", re.IGNORECASE)
_NOTHING = frozenset(
    {
        "det", "den", "vara", "stå", "heta", "så", "som", "hellre", "snarare", "fall", "i", "nu",
        "bättre", "tidigast", "här", "där", "var", "är", "då", "ju", "först", "fel", "in",
        "skrivas",
    }
)  # fmt: skip
_MORE = re.compile(r"[.!?;,:()]\s*\S|\s[-–]\s")
_MOST_WORDS = 10
_REASONS = ("fel", "ingen", "inga", "inget", "inte", "ej", "utan", "oklar", "misstag")
_WORDS = re.compile(
    rf"(?<![\w-])(?:{NOT}|{_IF}|{_HEDGE}|{_FUTURE}|{_SAID}|{_BACK}|{_ALL})(?![\w-])|[?¿]",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[\w,)] )[(\"”]?[A-ZÅÄÖÉ][a-zåäöéü]+|\([A-ZÅÄÖÉ][a-zåäöéü]+"
    r"|^[A-ZÅÄÖÉ][a-zåäöéü]+s (?=[KC]\b)"
)
_GOES_ON = re.compile(
    r"(?i:hälsn\w*|mvh|vh|häls|regards|tack)\b.*(?<!\w)(?:som|hann|bad|ber|tviv\w*|ångra\w*|inte"
    r"|ej|aldrig|men|fast|om|för att|nej|och (?:glöm|låt|vänta))(?!\w)",
)
NEGATION = re.compile(rf"(?<![\w-])(?:{NOT})(?![\w-])", re.IGNORECASE)
TURNING = re.compile(
    r"(?<![\w-])(?:ifall|såvida|förutsatt|annars|tills|innan|förrän|såfort|så (?:fort|snart)|kanske"
    r"|eventuellt|ev|möjligen|antagligen|eller|antingen|vänta|väntar|avvakta|avvaktar|glöm|ångra"
    r"|ångrar|stopp"
    r"|stoppa|strunta|bortse|ignorera|skojar|skämt|imorgon|i morgon|senare|först|sen|tror|undrar"
    r"|om (?:inte|ni|du|det|den|hon|han|hen|de|vi|jag|någon|chefen|möjligt|tid)|när (?:ni|du|det"
    r"|den|hon|han"
    r"|hen|de|vi|jag|chefen)|resten|alltihop|allihop|nej|förresten|if|unless|maybe|wait|or|forget"
    r"|ignore|säger|påstår|tycker|ta tillbaka|tar tillbaka|men"
    r"|nog|troligen|troligtvis|förmodligen|probably|perhaps|tveksamt?|osäkert?|undra|fundera"
    r"|funderar"
    r"|gissar|preliminärt|snart|strax|nästan|typ|tydligen|imorn|ikväll|i ?kväll|tomorrow|later"
    r"|nästa vecka|tänker|planerar|inväntar|dröjer|trodde|tyckte|hörde|lovar|ångrade|återta"
    r"|hoppsan|oj"
    r"|test|testar|testa|skoja|skojade|cancel|sorry|avbryt|backa|hoppa över|låt bli|låt vara|pausa"
    r"|hold|stop|undo|tvärtom|radera|but|däremot|rättelse|förlåt|ursäkta|should|think|guess|skulle"
    r"|sa|sade|påstod|hävdar|claims|says|said)(?![\w-])",
    re.IGNORECASE,
)


def speaks(text: str) -> bool:
    """Tell whether *text* holds a word that may turn what it, or other lines, say."""
    return _WORDS.search(text) is not None


def stays_local(text: str) -> bool:
    """Tell whether *text*, said of one handle alone, is a question or a doubt about that only.

    "ligger nog i skåpet", "beställer jag i morgon", "var ligger kortet?": one sentence that points
    to nothing else, denies nothing and takes nothing back.
    """
    if _MORE.search(text) or len(text.split()) > _MOST_WORDS:
        return False
    plain = text.rstrip(" .!")
    if _CLEFT.search(plain) or set(_LOCAL.sub(" ", plain).casefold().split()) <= _NOTHING:
        return False  # «K-18 ska det vara», «K-18 blir det»
    if not (_OWN.search(plain) or _LOCAL.search(plain) or _QUESTION.match(plain)):
        return False  # «K-18 är det som avses», below «K-17 klar»
    if _QUESTION.match(plain) and plain.endswith("?"):
        plain = _QUESTION.sub("", plain, count=1).rstrip("?")
    return not speaks(_LOCAL.sub(" ", plain)) and not _POINTS.search(plain)


def names(text: str) -> bool:
    """Tell whether *text* names somebody, or some place, in its midst."""
    return _NAME.search(text) is not None


def takes_back(text: str) -> bool:
    """Tell whether *text*, below a signature, may take back what stands above it."""
    return TURNING.search(text) is not None and DISCLAIMER.search(text) is None


def says_more(greeting: str) -> bool:
    """Tell whether a line with a greeting goes on to say something: "Mvh Lotta som tvivlar"."""
    return _GOES_ON.search(greeting) is not None and DISCLAIMER.search(greeting) is None


def opens_with_turn(text: str) -> bool:
    """Tell whether *text*, right after a verb, begins by turning it: "avslå enligt Lisa"."""
    found = _WORDS.match(text)
    return found is not None and not found.group().casefold().startswith(_REASONS)
