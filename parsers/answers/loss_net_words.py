"""Broad words and idioms of a card gone, destroyed or in other hands, folded. Reads no sense.

They are wide on purpose: what they catch is never sure, a human being reads the mail at once.
"""

from __future__ import annotations

import re
from enum import Enum, auto


class Sign(Enum):
    """How a word may tell of a loss, and so what explains it away."""

    GONE = auto()  # has gone up in smoke
    RUINED = auto()  # the dog has eaten it
    THROWN = auto()  # in the bin, the washing machine, the lake
    FALLEN = auto()  # slid out of the pocket
    LEFT = auto()  # forgotten somewhere
    HANDS = auto()  # lent, swapped, taken, used by another
    UNSEEN = auto()  # looked for, and not there
    STOP = auto()  # shut the card off


_NO = r"(?:inte|int|ej|icke|inget|ingen|aldrig|never|not|no|nowhere|utan|varken)"
_SIGNS: tuple[tuple[Sign, str], ...] = (
    (
        Sign.GONE,
        r"upp i (?:rok|lagor|intet|det bla)|(?:villo|av)vag\w*|pa (?:vift|drift|rymmen|luffen)|rymt"
        r"|sparlost|bortx|vack|(?:gatt|gick) (?:\w+ )?(?:forlora\w*|sin vag|upp i)|tagit vagen"
        r"|bortkom\w*|bortsprung\w*|bortslarva\w*|(?:kommit|kom|komma) (?:\w+ )?bort|forkom\w*"
        r"|forlag[td]\w*|mist|miste|mista|uppsluka\w*|slukat av jorden|(?:av|for)?dunsta\w*"
        r"|(?:lyser|lyst) med sin|(?:gomt|gommer) sig|(?:vandrat|stuckit|flugit|sprungit|gatt) ivag"
        r"|fatt (?:ben|fotter|vingar)|all varldens vag|sin kos|vilse|sin koss|(?:av )?daga"
        r"|forsv[iua]n\w*|borttappa\w*|tapp\w*|tappt|forlora[td]\w*|slarv\w*|schabbla\w*|sjabbla\w*"
        r"|strula\w* bort|trollat bort|trolla\w*|borta|mislaid|misplaced|vanish\w*|disappear\w*"
        r"|no longer (?:have|got)|dont have (?:my|it)|without my|lost|missing|astray|gone"
        r"|(?:har|hade) (?:inte|int|ej) (?:langre )?(?:kvar|nagot kort|mitt|sitt)|in(?:te|gen) langre"
        r" (?:har|kvar|i)|ar av med|(?:jag|hon|han|vi) (?:ar|star) utan",
    ),
    (
        Sign.RUINED,
        r"(?:tugga|gnaga|gnag|bit|klippt|korde|slag|slog|trampa|riv|rev|brut|brot|vikt|vikit"
        r"|kross|hugg|saga|hacka|sag)\w*(?: \w+){0,4} (?:sonder|av|over|itu|isar|tu)"
        r"|(?:sonder|ihjal)\w{3,}|uppat\w*|(?:at|atit|ater|kakat|kakade|tuggat|eldat|elda) (?:\w+ ){0,3}upp"
        r"|svalt|svalde|slukat?|chewed|ate|eaten|swallowed|(?:gatt|gick) (?:rakt |mitt )?(?:av|itu)"
        r"|pa mitten|i (?:\w+ )?(?:bitar|delar|tu|smabitar|flisor)|knack\w*|kross\w*|sprack\w*|spruck\w*"
        r"|forstor\w*|kaputt?\w*|mosa\w*|mangla\w*|strimla\w*|dokumentforst\w*|smal[tl]\w*|brann"
        r"|(?:upp|ned|sonder)?brunn(?:it|en|et)|(?:ned)?brand|branden|brande|brant|brandes|eldsvada\w*"
        r"|snapped|cut in|in (?:two|half|pieces|three)|destroyed|burn\w*|melted|shredd\w*|obrukbar\w*"
        r"|olaslig\w*|demolera\w*|bojt|bockat|smabitar|kvaddat?|paj|pajat?|totalkvadd\w*|deformera\w*"
        r"|odelagt|(?:kort|korde|kora) over|klot\w* sonder|kladda\w* sonder|ruined|run over|bent",
    ),
    (
        Sign.THROWN,
        r"tvattmaskin\w*|tvatt(?:a|at|ats|ade|ades|en)|torktumla\w*|washing machine|washed|laundry|blott"
        r"|drank(?:t|tes|tas)|slang(?:t|de|des|ts|er|a)|kasta(?:t|de|des|ts)?|so[pr]po?r\w*|soppor|sop\w+"
        r"|papperskorg\w*|container\w*|atervin\w*|toalett\w*|toan?|spola\w*|avlopp\w*|\w*brunn(?:en)?"
        r"|threw|thrown|trash\w*|garbage|flushed|skraphog\w*|bland skrap\w*|(?:i|vid|till) (?:sjon|havet"
        r"|vattnet|alven|vatten|dammen|kanalen|an|snon|diket|plurret|back\w*|hamnen|vaggen)|overbord"
        r"|i \w*(?:sjon|alven|viken|kanalen|malaren|vattern)|botten|in(?:to)? the (?:lake|sea|water"
        r"|snow|river|drain|toilet|bin|ocean)|myrorna|tippen|gravt ner|begravt|mikron|ugnen|spisen|grillen",
    ),
    (
        Sign.FALLEN,
        r"ramla\w*|trilla\w*|falla|fallit|foll|ras(?:at|ade)|glid(?:it|er)|gled|glidit|halka\w*|lossn\w*"
        r"|dropp(?:at|ade|ed)|drop|fell|fallen|slip(?:ped)? out|fladdra\w*|blas(?:t|te) \w+|flog|singla\w*"
        r"|hoppa\w* ur|akt ur|akte ur|tappats|ramlar|slinta|slant ur",
    ),
    (
        Sign.LEFT,
        r"(?:kvar)?glom(?:t|de|de(?:s|n)|d)?|lamnade (?:jag |hon |han )?(?:\w+ )?kvar|(?:blev|lag|satt|ligger"
        r"|sitter|blivit|lamnat|lamnade|suttit|hanger|hangde|star) (?:\w+ ){0,3}kvar|kvarlamna\w*|hamna\w*"
        r"|(?:ligger|lag|finns|sitter|ar|lamnade|lagt|la|lade|lamnat) (?:\w+ ){0,3}(?:nog|kanske|antagligen|troligen|"
        r"formodligen|mojligen|nagonstans|nanstans|nagot stalle)|(?:tror|kanske|nog) (?:att )?(?:\w+ ){0,4}"
        r"(?:lamna\w*|ligger|lag|lagt)|akt(?:e)? (?:\w+ )?(?:med|ivag)|for(?:svann)? med|kvar (?:hos|i|pa"
        r"|vid)|forgot|forgotten|left (?:\w+ ){0,3}(?:in|on|at|behind)",
    ),
    (
        Sign.HANDS,
        r"lana\w* (?:\w+ ){0,5}ut|utlana\w*|lana\w* bort|bortlana\w*|(?:fick|fatt|far|gav|lamnade) (?:\w+ ){0,3}(?:aldrig"
        r"|inte|int|ej) (?:\w+ ){0,2}(?:igen|tillbaka|hittat)|(?:inte|aldrig|ej) (?:\w+ ){0,2}(?:fatt|gett|gav"
        r"|fick|lamnat|hittat) (?:\w+ ){0,3}(?:tillbaka|igen)"
        r"|(?:inte|aldrig|ej|vagra\w*) (?:\w+ ){0,2}(?:aterlamn|lamnat? (?:in|tillbaka)|lamna tillbaka)\w*"
        r"|med sig|fel (?:kort|person|jacka|vaska)|forvaxl\w*|bytt kort|bytte kort|blandat ihop"
        r"|(?:fel|oratt\w*|orata|framman\w*|andras?) hand\w*|obehorig\w*|(?:nagon|nan) annan(?:s)?|utnyttja\w*"
        r"|(?:anvant|anvander|anvands) (?:mitt|hennes|hans|min|sig av)|stul\w*|stjal\w*|stal|stals|snodd?\w*"
        r"|snatta\w*|(?:upp|ivag|at)?ryck[tdn]\w*|ryckte|ranad\w*|ranet|ran|inbrott\w*|overfall\w*|norpa\w*"
        r"|knyck\w*|nalla\w*|tjuv\w*|brutit (?:upp|sig)|brot (?:upp|sig)|uppbrut\w*|lansat?\w*|haffa\w*"
        r"|tjyv\w*|langfing\w*|plundra\w*|bestul\w*|lurad?|lurat av|roffa\w*|stolenx?|snatch\w*|robbed|robbery"
        r"|took|taken|swapped|lent|someone (?:else )?(?:has|took|used|is)|burgl\w*|pinched|nicked"
        r"|plockat? (?:med sig|at sig)|tagit (?:mitt|hennes|hans|kortet|det|den|med)|lagt vantarna",
    ),
    (
        Sign.UNSEEN,
        rf"{_NO}(?: \w+){{0,4}} (?:hitt\w*|finna|finner|finns|fanns|aterfin\w*|sett|syn(?:s|ts|t|as)?|dyk\w*|dok"
        r"|kvar|visa upp|lokalisera|spara?|spara upp|se|koll|kolla pa|ordning|dykt|reda|komma ihag|ihag|"
        r"find|found|seen|see|turned up|know where|till ratta|uppdaga\w*)"
        r"|(?:hitt\w*|finn[se]r?|finna|syn(?:s|ts)|sett|ser|minns|vet|dyker|dykt|kommer ihag|aterfin\w*|koll)"
        rf"(?: \w+){{0,3}} {_NO}|{_NO}(?: \w+){{0,3}} (?:aning|veta?|minns|kommer ihag)(?: \w+){{0,4}} vart?"
        r"|(?:le|lä)tat|letade|letar|leta|sokt (?:efter|overallt|igenom|i hela)|soker efter|vant (?:upp|ut|pa)"
        r"|upp och ner|rotat|finkamma\w*|genomsok\w*|efterlys\w*|saknar (?:mitt|min|sitt|kortet|tjanst\w*)"
        r"|looked (?:for|every)\w*|looking for|searched|searching|nowhere|hittegods\w*|lost and found|hittarinte"
        r"|(?:kom|kommit|anlant|natt|fatt|dok|dykt) (?:aldrig|inte) (?:fram|upp)|aldrig (?:\w+ )?(?:kommit|kom|fatt"
        r"|anlant|natt|natt|dok|dykt|fram\w*)|(?:inte|ej) (?:\w+ )?kommit (?:fram|till ratta)|never (?:arrived"
        r"|came|received|got|showed)|(?:borta|bort|forsv\w*) i posten|tomt i fickan|fickan (?:ar|var) tom",
    ),
    (
        Sign.STOP,
        r"sparra\w?|sparr(?:as|ning)|stang(?:a|er|as)? (?:\w+ ){0,3}av|(?:av|in)aktivera\w?|makulera\w?|doda kortet"
        r"|ogiltig\w*|annullera|block|cancel|deactivate|disable|blockera\w?|aterkalla|revoke|strypa",
    ),
)  # fmt: skip
SIGNS = tuple((sign, re.compile(rf"\b(?:{shape})\b")) for sign, shape in _SIGNS)
PEOPLE = re.compile(r"personal|medarbetar|kolleg|employee|staff|people|vikari|brukar|jobb|hjalp|kontakt")
PARTS = re.compile(r"chip\w*$|plast\w*$|kant\w*$|horn(?:et)?$|text\w*$|bild\w*$|foto\w*$")
TALK = re.compile(r"\b(?:vet (?:du|ni) (?:inte|ej)|rutin\w*|utbildning\w*|statistik\w*|hur manga|policy|introduktion\w*)\b")
HANDED_IN = re.compile(
    r"\b(?:ater|in|tillbaka)lamna\w*|\blamna\w* (?:\w+ ){0,3}(?:in|tillbaka)\b|\bklipps\b"
)
CONCRETE = re.compile(
    r"\b(?:det galler|galler (?:min|en av|var)|igar|i morse|letat|letar|letade|orolig\w*|akut|nyss"
    r"|hande|idag)\b"
)
PLIGHT = re.compile(
    r"\b(?:rak(?:a|ade|at|ar)|pinsam\w*|klant\w*|klumpig\w*|ledsen|forlat|olyck\w*|otur\w*|dum\w*"
    r"|misstag|oops|ojsan|ojoj\w*|hoppsan|usch|sorry|accident\w*|mistake|sabba\w*|katastrof\w*"
    r"|panik\w*|polis\w*|tyvarr|vad gor (?:jag|vi|man|hon|han)|hur gor (?:jag|vi|hon|han)"
    r"|va(?:d)? ska (?:jag|ja|vi)|what (?:should|do|now|can)|ersatt\w*|replace\w*|nytt kort"
    r"|ett nytt|new card|new one|another card)\b"
)
ORDINARY = re.compile(  # what letters about cards are mostly about
    r"\b(?:pin\w*|puk\w*|kod\w*|last|lasa upp|gar ut|gatt ut|utgan\w*|giltig\w*|loper|namn\w*|gift\w*"
    r"|foto\w*|bild\w*|aktiver\w*|nyanstall\w*|borja\w*|slut(?:a|ar|ade|at)|boka\w*|lasare\w*"
    r"|blankett\w*|bestall\w*|fungerar i|installer\w*|windows|uppdater\w*|skrivar\w*|forlang\w*"
    r"|faktura\w*|kost\w*|rutin\w*|order|expire\w*|form|renew\w*|aterlamn\w*|chip\w*|trasig\w*)\b"
)
