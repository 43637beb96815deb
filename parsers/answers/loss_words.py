"""The words of a loss: which card, lost how, not, perhaps. Gives a word its sort; reads no sense.

Letters are folded (å, ä to a, ö to o) and long words may be misspelt a little, because people write
from telephones, in a hurry and in their second or third language.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from bot.domain.reports import Lost

_LONG, _LONGER = 6, 10  # letters from which one, and two, may be wrong


class Sort(Enum):
    """What a word does in a sentence about a loss."""

    ORDINARY = auto()
    RESERVE = auto()
    CARD = auto()  # a card, of no said kind
    WEAK = auto()  # perhaps one of ours: passerkort, id-kort
    CODE = auto()
    BAG = auto()  # what cards are carried in
    BOX = auto()  # what a card may lie in, but is no sign of one: a car, a coat hook
    PAPER = auto()  # what only speaks of cards: blanketten för kortet
    OTHER = auto()  # other things that people lose
    LOST = auto()  # tappat: the thing stands after it
    LOSE = auto()  # tappa, tappar: not yet
    GONE = auto()  # borta, stulet: the thing stands before it
    GOING = auto()  # försvinna, bort
    LOSS = auto()  # förlust, stöld
    ROBBED = auto()
    FOUND = auto()
    MISSED = auto()  # saknar
    LEFT = auto()  # glömt kvar
    TAKEN = auto()
    SEEK = auto()
    BLOCK = auto()
    NOT = auto()
    IF = auto()
    DOUBT = auto()
    ANYONE = auto()
    MINE = auto()  # mitt, hennes
    IT = auto()
    WHO = auto()
    AND = auto()
    OF = auto()  # a preposition that ties what follows to the noun before
    IN = auto()  # one that says where
    PLACE = auto()  # out among strangers
    HAVE = auto()
    FILL = auto()  # says nothing here
    UNKNOWN = auto()


CARDS = {Sort.ORDINARY: Lost.ORDINARY, Sort.RESERVE: Lost.RESERVE, Sort.CARD: Lost.UNKNOWN}
STOLEN = re.compile(
    r"\b(?:stul\w{0,3}|stjal\w*|stal|stals|stold\w*|snott|snodd\w*|ranad\w*|ranade|ran|ranet"
    r"|bestul\w*|inbrott\w*|ficktjuv\w*|tjuv\w*|nall\w*|norpa\w*|knyck\w*|stolen|theft|robbed|stole"
    r"|mugged|brutit sig in|brot sig in|broken? into|break-?in|burglary|burgled|pickpocket\w*)\b"
)
_LIKE: dict[Sort, str] = {  # whole words; long ones may be misspelt
    Sort.LOST: "tappat tappade tapat tapade tappt forlorat forlorade mistat mistade mistet slarvat"
    " slarvade forlagt forlade snott snodde stulit stal stjalit nallat norpat norpade knyckt"
    " knyckte lost misplaced mislaid stole avmed lossed losed losted tappats bortslarvat",
    Sort.LOSE: "tappa tappar forlora forlorar slarva slarvar lose loses losing",
    Sort.GONE: "borta borttappat borttappad borttappade bortappat bortappad forsvunnit forsvunnen"
    " forsvunnet forsvann stulet stulen stulna stals stulits bortkommen bortkommet forkommit vack"
    " snodd snodda"
    " forlorad tappad missing disappeared gone vanished stolenx bortslarvad bortblasta",
    Sort.GOING: "forsvinna forsvinner bortx",
    Sort.LOSS: "forlust forlusten forlustanmalan stold stolden stoldanmalan kortforlust theft loss",
    Sort.ROBBED: "ranad ranade bestulen inbrott inbrottet ficktjuv ficktjuvar robbed mugged"
    " burglary overfallen",
    Sort.FOUND: "hittat hittade hittats hittad hittades aterfunnit aterfunnet aterfunnen found"
    " dyktupp upphittat upphittad",
    Sort.MISSED: "saknar saknas saknat",
    Sort.LEFT: "glomde glomt glomte kvarglomt kvarglomd forgot left lamna lamnade lamnat",
    Sort.TAKEN: "tagit togs tog took",
    Sort.SEEK: "letar letat letade soker sokt looking ramlade ramlat trillade trillat atit",
    Sort.BLOCK: "sparra sparras sparrar block",
    Sort.NOT: "inte int ej icke aldrig ingen inget inga inge not never varken",
    Sort.IF: "om ifall ifallatt if skulle would",
    Sort.DOUBT: "tror trodde kanske eventuellt mojligen mojligtvis nog antagligen troligen"
    " troligtvis formodligen verkar misstanker befarar oklart osaker osakert think maybe perhaps"
    " probably might believe",
    Sort.ANYONE: "nagon nan man nagra folk anyone someone somebody",
    Sort.MINE: "min mitt mit mina sin sitt sit sina hennes hans hens din ditt dit deras mitts vara"
    " my his her their your the a an this ett en detta denna",
    Sort.IT: "det den dem it them",
    Sort.WHO: "jag ja hon han hen vi ni de dom i he she we you they chefen kollegan",
    Sort.AND: "och samt and plus ochsa eller or",
    Sort.OF: "for till av fran kring angaende gallande rorande about regarding of",
    Sort.IN: "i pa med hos vid under inne in on at with from ur mellan near ute sedan since utan",
    Sort.HAVE: "har hade have has had ve lyckats lyckades rakat rakade hann",
    Sort.FILL: "bort nu idag igar forrgar gar dag morse morgon kvall natt helgen veckan nyss precis"
    " tyvarr dessvarre verkligen redan ju visst val aven ocksa bade gamla nya nytt gammalt forra"
    " egna eget ordinarie vanliga vanligt personliga yesterday today just unfortunately old new own"
    " sadant slarvigt snabbt hemma nagonstans nanstans somewhere already mandags tisdags onsdags"
    " torsdags fredags lordags sondags mandag tisdag onsdag torsdag fredag lordag sondag monday"
    " tuesday wednesday thursday friday saturday sunday so helt sjalv och saklart som kvar igen"
    " alltsa faktiskt sa hela tva men fast da ar var blev varit is are was been e sen",
}
_SHAPES: tuple[tuple[Sort, str], ...] = (  # the first that fits
    (Sort.RESERVE, r"re?serv(?:e)?kort(?:et|en|ets|s|e)?"),
    (Sort.ORDINARY, r"(?:e|el)?tj[ae]nste?(?:id)?kort(?:et|en|ets|s|e)?|siths?(?:kort\w{0,3})?"),
    (Sort.ORDINARY, r"sith?skort(?:et|en)?|smart(?:card|kort)s?(?:et)?|e(?:leg)?kort(?:et)?"),
    (Sort.CARD, r"kort(?:et|en|ets|e|t)?|cards?"),
    (
        Sort.WEAK,
        (
            r"(?:passer|passage|inpasserings?|id|nyckel|personal|jobb|arbets|behorighets|inloggnings"
            r"|efos|foretags|access|vard|legitimations)(?:kort|bricka|brickor|tagg)\w{0,4}|efos"
            r"|(?:tjanste|e)?leg(?:itimation\w{0,3}|g|get)?|tjansteid|id(?:handling\w*|bricka\w?)|badge"
        ),
    ),
    (
        Sort.BAG,
        r"(?:hand|axel|dator|sport|arbets|jobb)?vask(?:a|an|or|orna)|planb[oe]k\w{0,3}|portm\w+",
    ),
    (Sort.BAG, r"ryggsack\w{0,3}|\w*jack(?:a|an)|(?:hand|back)?(?:bag|pack)|purse|wallet|handbag"),
    (Sort.BAG, r"kort(?:hallar\w*|fodral\w*|fick\w*)|bornsack\w*|rucksack"),
    (Sort.BOX, r"bil(?:en)?|car|skap(?:et)?|omkladningsrum\w*|nyckel(?:band|knipp|ring)\w*"),
    (Sort.BOX, r"mobilskal\w*|mapp(?:en)?|kuvert\w*|lanyard"),
    (
        Sort.CODE,
        (
            r"(?:pin|puk|sakerhets|personliga?|legitimerings|underskrifts|aktiverings|kort)?"
            r"kod(?:en|er|erna)?|pin(?:en|nen)?|puk(?:en)?|codes?|kodbrev\w*|kodlapp\w*|pinkuvert\w*"
        ),
    ),
    (
        Sort.PAPER,
        (
            r"\w*blankett\w*|\w*formular\w*|mejl\w*|mail\w*|e?post|lank\w*|lathund\w*|rutin\w*|regler\w*"
            r"|info|information\w*|underlag\w*|kvittens\w*|kvitto\w*|list(?:a|an|or)|fil(?:en|er)?"
            r"|dokument\w*|papper\w*|papperet|pappret|tid(?:en|er)?|kortnum\w*|nummer\w*|numret"
            r"|bestallning\w*|uppgift\w*|adress\w*|anvandarnamn\w*|kontakt\w*|koll(?:en)?|trad(?:en)?"
            r"|instruktion\w*|broschyr\w*|bok(?:en)?|svar(?:et)?|brev(?:et)?|underskrift\w*|sida(?:n)?"
            r"|statistik\w*|utbildning\w*|policy\w*|fraga|fragan|fragor|form|hjalp(?:en)?|mote(?:t)?"
            r"|anteckning\w*|manual\w*|schema\w*|faktura\w*|kallelse\w*|forteckning\w*|meddelande\w*"
        ),
    ),
    (
        Sort.OTHER,
        (
            r"\w+kort(?:et|en)?|kortlas\w*|nyck(?:el|eln|lar|larna)|telefon\w*|mobil(?:en|er)?|dator\w*"
            r"|laptop\w*|anstallning\w*|jobb(?:et)?|intresse\w*|fart(?:en)?|fokus|mod(?:et)?|talamod\w*"
            r"|balans\w*|personal\w*|medarbetare\w*|kolleg\w*|employees?|staff|people|rost(?:en)?|minne\w*"
            r"|aptit\w*|losenord\w*|passwords?|glasogon\w*|namn\w*|dosa|ipad\w*|keys?|phone|interest|contact"
            r"|time|job|vikari\w*|brukar\w*|plats(?:en)?|rum(?:met)?|tempo\w*|lust(?:en)?"
        ),
    ),
    (
        Sort.PLACE,
        (
            r"buss\w*|taget|tag|tunnelban\w*|pendel\w*|taxi\w*|sparvagn\w*|flyg\w*|farja\w*|krog\w*"
            r"|restaurang\w*|caf\w*|affar\w*|butik\w*|hotell\w*|gym\w*|park(?:en)?|bio\w*|train|bus"
            r"|subway|metro|plane|restaurant|hotel|tram|t-?bana\w*|station\w*|\w+taget|\w+bussen"
            r"|stan|centrum|ica|coop|willys|mcdonalds|perrong\w*|hallplats\w*|parkering\w*"
        ),
    ),
)
_SHAPED = tuple((sort, re.compile(shape)) for sort, shape in _SHAPES)
_WHOLE = {word: sort for sort, words in _LIKE.items() for word in words.split()}
_FUZZY: dict[str, Sort] = {
    word: sort
    for word, sort in _WHOLE.items()
    if len(word) >= _LONG
    and sort in (Sort.LOST, Sort.GONE, Sort.GOING, Sort.LOSS, Sort.FOUND, Sort.ROBBED)
} | {
    "tjanstekort": Sort.ORDINARY,
    "tjanstekortet": Sort.ORDINARY,
    "etjanstekort": Sort.ORDINARY,
    "etjanstekortet": Sort.ORDINARY,
    "sithskortet": Sort.ORDINARY,
    "sithskort": Sort.ORDINARY,
    "reservkort": Sort.RESERVE,
    "reservkortet": Sort.RESERVE,
}
# near a word above, and something else
_OTHER_WORDS_TEXT = (
    "tjansteort tjansteorten resekort resekortet tippat toppat tappas tampat forklarat "
    "forklarade forlovat forlorare hittas hittar hittils hittills forlangt forlatt stulit "
    "gladde slappade forvann hittade forlangde forlange snygg ranka missing losing closing "
    "stallet stolen stolar forflyttat bortre robber forvunnit forslag reserverat reservera "
    "stopped topped tapped mapped found mistade forlorade borttagen borttagna borttaget "
    "hittas lossat lossnat forlust forlusten slarvig slarvigt forlade listat skarvat stollen "
    "forlossning gissat knackt knackts knacktes knackte mistake mistakes"
)
_OTHER_WORDS = frozenset(_OTHER_WORDS_TEXT.split()) - frozenset(_WHOLE)
_SPOKEN = (  # several words that are one
    (r"\be[\s-]*tj([äa])nst(?:e)?[\s-]*kort", "etj\\1nstekort"),
    (r"\btj([äae])nste[\s-]+kort", "tj\\1nstekort"),
    (r"\bs(?:ith?s?|iths)[\s-]+(?:kort|card)", "sithskort"),
    (r"\breserv[\s-]+kort", "reservkort"),
    (r"\bek[\s-]*kort", "tjänstekort"),
    (r"\bkort(?:ä|tä)\b", "kortet"),
    (r"\b(?:reserve|spare|temporary|backup)[\s-]+card\b", "reservkort"),
    (r"\b(?:service|smart|siths|e-?service|work|employee|staff)[\s-]+card\b", "tjänstekort"),
    (r"\b(?:access|entry|pass|key|id)[\s-]+card\b", "passerkort"),
    (r"\b(?:credit|debit|bank|travel|gift)[\s-]+card\b", "bankkort"),
    (r"\bid[\s-]+kort", "idkort"),
    (r"\bpin[\s-]+kod", "pinkod"),
    (r"\bpuk[\s-]+kod", "pukkod"),
    ((r"\b(?:bli|blev|blivit|blitt|blit|blir|vart|kommit)(?:\s+\w+){0,2}\s+av"
      r"\s+me[dr]?\b"), "avmed"),
    (r"\bg([åa])tt\s+f[öo]rlora[td]\b|\bkom(?:mit)?\s+bort\b", "försvunnit"),
    (r"\b(?:dykt|d[öo]k)\s+(?:\w+\s+)?upp\b|\bturned\s+up\b|\b(?:kommit|kom)\s+till\s+r[äa]tta\b",
     "dyktupp"),
    (r"\bf[åa]tt\s+tillbaka\b|\bgot\s+(?:it\s+)?back\b", "hittat"),
    (r"\b(?:was|were|been|got|is|had|have|has|my|the|a)\s+stoll?en\b", "has stolenx"),
    (r"\b([äa]r|har|e)\s+bort\b(?!\s*(?:tappa|kommen))", "\\1 bortx"),
    ((r"\b(?:can'?t|cannot|can\s+not|couldn'?t|could\s+not|unable\s+to|didn'?t|haven'?t|don'?t)"
      r"(?:\s+seem\s+to)?(?:\s+been\s+able\s+to)?\s+(?:find|found|locate)\b"), "hittarinte"),
    (r"\b(?:haven'?t|hasn'?t|didn'?t|isn'?t|wasn'?t|don'?t|doesn'?t)\b", "not"),
    (r"\bi\s+f[öo]rr\s?g[åa]r\b", "förrgår"),
    (r"\bi[\s-]?(?:g[åa]r)\b", "igår"),
    (r"\bpå\s+(?:(?:villo|av)v[äa]gar|drift|vift|rymmen)\b|\bputs\s+v[äa]ck\b", "borta"),
    (r"\bnowhere\s+to\s+be\s+(?:found|seen)\b", "gone"),
)  # fmt: skip
_PHRASES = tuple((re.compile(p), to) for p, to in _SPOKEN)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*", re.UNICODE)
_FOLD = str.maketrans("åäöéèüæø", "aaoeeuao")


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A word, folded, and its sort."""

    plain: str
    sort: Sort


def folded(text: str) -> str:
    """Return *text* in lower case without dots and rings over its letters."""
    return unicodedata.normalize("NFC", text).casefold().translate(_FOLD)


def merged(text: str) -> str:
    """Return *text* with the phrases that act as one word written as one."""
    plain = unicodedata.normalize("NFC", text).casefold()
    for pattern, to in _PHRASES:
        plain = pattern.sub(to, plain)
    return plain


def tokens(clause: str) -> list[Token]:
    """Return the words of *clause*, which has been through ``merged``."""
    found = []
    for raw in _WORD.findall(clause):
        plain = folded(raw).replace("-", "").replace("'", "").replace("’", "")
        found.append(Token(plain, sort_of(plain)))
    return found


@lru_cache(maxsize=8192)
def sort_of(plain: str) -> Sort:
    """Return what the folded word *plain* does."""
    if plain in _WHOLE:
        return _WHOLE[plain]
    near = _near(plain)
    for sort, shape in _SHAPED:
        if sort in (Sort.OTHER, Sort.PAPER) and near is not None:
            return near
        if shape.fullmatch(plain):
            return sort
    return near or Sort.UNKNOWN


def _near(plain: str) -> Sort | None:
    if len(plain) < _LONG or len(plain) > 20 or plain in _OTHER_WORDS:  # noqa: PLR2004
        return None
    for word, sort in _FUZZY.items():
        allowed = 2 if len(word) >= _LONGER else 1
        if (
            plain[0] == word[0]
            and abs(len(plain) - len(word)) <= allowed
            and distance(plain, word) <= allowed
        ):
            return sort
    return None


def distance(one: str, two: str) -> int:
    """Return how many letters must be changed, added, dropped or swapped to turn *one* to *two*."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
