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


_SIGNS: tuple[tuple[Sign, str], ...] = (
    (
        Sign.GONE,
        (
            r"upp i (?:rok|lagor|intet|det bla)|(?:villo|av)vag\w*|pa (?:vift|drift|rymmen"
            r"|luffen)|rymt|sparlost|bortx|vack|(?:gatt|gick) (?:\w+ )?(?:forlora\w*|sin vag"
            r"|upp i)|tagit vagen|bortkom\w*|bortsprung\w*|bortslarva\w*|(?:kommit|kom"
            r"|komma) (?:\w+ )?bort|forkom\w*|forlag[td]\w*|mist|miste|mista|uppsluka\w*"
            r"|slukat av jorden|(?:av|for)?dunsta\w*|(?:lyser|lyst) med sin|(?:gomt|gommer) sig"
            r"|(?:vandrat|stuckit|flugit|sprungit|gatt) ivag|fatt (?:ben|fotter|vingar)"
            r"|all varldens vag|sin kos|vilse|(?:av )?daga|forsv[iua]n\w*|borttappa\w*"
            r"|tapp\w*|tappt|forlora[td]\w*|slarv\w*|schabbla\w*|sjabbla\w*|strula\w* bort"
            r"|trollat bort|trolla\w*|borta|franhan\w*|avhand\w*|(?:i|ur) (?:min"
            r"|sin|hennes|hans) ago|besittning\w*|ett mysterium|mislaid|misplaced|vanish\w*"
            r"|disappear\w*|no longer (?:have|got)|dont have (?:my|it)|without my|lost|missing"
            r"|astray|gone|(?:har|hade) (?:inte|int|ej) (?:langre )?(?:kvar|nagot kort|mitt"
            r"|sitt)|in(?:te|gen) langre (?:har|kvar|i)|ar av med|(?:utan (?:mitt|sitt|nagot"
            r"|kort\w*|tjanstekort\w*|e?tjanstekort\w*)|kortlos\w*|konfisker\w*|beslagta\w*)"
        ),
    ),
    (
        Sign.RUINED,
        (
            r"(?:tugg\w*|gnag\w*|bitit|bitet|bet|klippte?|korde|slagit|slog|tramp\w*|rivit|rev"
            r"|bruti\w*|brot|viki\w*|kross\w*|hugg\w*|sagat|sagade"
            r"|hacka\w*)(?: \w+){0,4} (?:sonder|av|over|itu|isar|tu)|(?:sonder|ihjal)\w{3,}"
            r"|uppat\w*|(?:at|atit|ater|kakat|kakade|tuggat|eldat|elda) (?:\w+ ){0,3}upp|svalt"
            r"|svalde|slukat?|chewed|ate|eaten|swallowed|(?:gatt|gick) (?:rakt |mitt )?(?:av"
            r"|itu)|pa mitten|i (?:\w+ )?(?:bitar|delar|tu|smabitar|flisor)|knack\w*|kross\w*"
            r"|sprack\w*|spruck\w*|forstor\w*|kaputt?\w*|mosa\w*|mangla\w*|strimla\w*"
            r"|dokumentforst\w*|smal[tl]\w*|brann|(?:upp|ned|sonder)?brunn(?:it|en|et)"
            r"|(?:ned)?brand|branden|brande|brant|brandes|eldsvada\w*|snapped|cut in|in (?:two"
            r"|half|pieces|three)|destroyed|burn\w*|melted|shredd\w*|obrukbar\w*|olaslig\w*"
            r"|demolera\w*|bojt|bockat|smabitar|kvaddat?|paj|pajat?|totalkvadd\w*|deformera\w*"
            r"|odelagt|sk[au]r(?:s|it|its|en|et)? (?:\w+ )?(?:av|sonder|itu)|(?:gick"
            r"|gatt) i dack|(?:kort|korde|kora) over|klot\w* sonder|kladda\w* sonder|ruined"
            r"|run over|is bent"
        ),
    ),
    (
        Sign.THROWN,
        (
            r"tvattmaskin\w*|tvatteri\w*|forbran\w*|skrotn?\w*|vraket|tvatt(?:a|at|ats|ade|ades"
            r"|en)|torktumla\w*|washing machine|washed|laundry|blott|drank(?:t|tes|tas)"
            r"|(?:bort)?slang(?:t|de|des|ts)|kasta(?:t|de|des|ts)|(?:raka\w*|maste"
            r"|kan ha) (?:\w+ ){0,3}(?:kasta|slanga)|sopp?or\w*|sop(?:pa|hink|tunn|rum|sack|bil"
            r"|pase|nedkast)\w*|papperskorg\w*|container\w*|atervin\w*|toalett\w*|toan?"
            r"|spola\w*|avlopp\w*|\w*brunn(?:en)?|threw|thrown|trash\w*|garbage|flushed"
            r"|skraphog\w*|bland skrap\w*|(?:i|vid|till) (?:sjon|havet|vattnet|alven|vatten"
            r"|dammen|kanalen|an|snon|diket|plurret|back\w*|hamnen|vaggen)|overbord"
            r"|i \w*(?:sjon|alven|viken|kanalen|malaren|vattern)|botten|in(?:to)? the (?:lake"
            r"|sea|water|snow|river|drain|toilet|bin|ocean)|myrorna|tippen|gravt ner|begravt"
            r"|mikron|ugnen|spisen|grillen"
        ),
    ),
    (
        Sign.FALLEN,
        (
            r"ramla\w*|trilla\w*|falla|fallit|foll|ras(?:at|ade)|glid(?:it|er)|gled|glidit"
            r"|halka\w*|lossn\w*|dropp(?:at|ade|ed)|drop|fell|fallen|slip(?:ped)? out"
            r"|fladdra\w*|blas(?:t|te) \w+|flog|singla\w*|hoppa\w* ur|akt ur|akte ur|for (?:ut"
            r"|ivag|ner|over|av)|hal (?:i|pa) (?:\w+ )?(?:fick|vask|jack)\w*|schakt\w*|tappats"
            r"|ramlar|slinta|slant ur"
        ),
    ),
    (
        Sign.LEFT,
        (
            r"(?:kvar)?glom(?:t|des?|den)?|kvarglomd|lamnade (?:jag |hon |han )?(?:\w+ )?kvar"
            r"|(?:blev|lag|satt|ligger|sitter|blivit|lamnat|lamnade|suttit|hanger|hangde"
            r"|star) (?:\w+ ){0,3}kvar|kvarlamna\w*|hamna\w*|(?:ligger|lag|finns|sitter|ar"
            r"|lamnade|lagt|la|lade|lamnat) (?:\w+ ){0,3}(?:nog|kanske|antagligen|troligen"
            r"|formodligen|mojligen|nagonstans|nanstans|nagot stalle)|(?:tror|kanske"
            r"|nog) (?:att )?(?:\w+ ){0,4}(?:lamna\w*|ligger|lag|lagt|finns|ar (?:kvar|i|pa"
            r"|hos))|akt(?:e)? (?:\w+ )?(?:med|ivag)|for(?:svann)? med|kvar (?:hos|i|pa|vid)"
            r"|forgot|forgotten|left (?:\w+ ){0,3}(?:in|on|at|behind)"
        ),
    ),
    (
        Sign.HANDS,
        (
            r"lana(?:t|de) (?:\w+ ){0,5}(?:ut|bort)|utlanat|bortlana\w*|(?:fick|fatt|far|gav"
            r"|lamnade) (?:\w+ ){0,3}(?:aldrig|inte|int|ej) (?:\w+ ){0,2}(?:igen|tillbaka"
            r"|hittat)|(?:inte|aldrig|ej) (?:\w+ ){0,2}(?:fatt|gett|gav|fick|lamnat"
            r"|hittat) (?:\w+ ){0,3}(?:tillbaka|igen)|(?:inte|aldrig|ej"
            r"|vagra\w*) (?:\w+ ){0,2}(?:aterlamn|lamnat? (?:in|tillbaka)|lamna tillbaka)\w*"
            r"|(?:tog|tagit|fick|fatt|for|akte|gick|stack|slutade) (?:\w+ ){0,4}med sig"
            r"|fel (?:person|jacka|vaska)|(?:tog|tagit) fel|forvaxl\w*|bytt kort|bytte kort"
            r"|blandat ihop|i hand(?:er|erna) pa|(?:fel|oratt\w*|orata|framman\w*"
            r"|andras?) hand\w*|obehorig\w*|(?:nagon|nan) annan(?:s)?|(?:nagon|nan|de"
            r"|dom) \w+ (?:\w+ ){0,2}med (?:mitt|hennes|hans|min)|utnyttja\w*|(?:anvant"
            r"|anvander|anvands) (?:mitt|hennes|hans|min|sig av)|stul\w*|stjal\w*|stal|stals"
            r"|snodd?\w*|snatta\w*|(?:upp|ivag|at)?ryck[tdn]\w*|ryckte|ranad\w*|ranet|ran"
            r"|inbrott\w*|overfall\w*|norpa\w*|knyck\w*|nalla\w*|tjuv\w*|brutit (?:upp|sig)"
            r"|brot (?:upp|sig)|uppbrut\w*|lansat?\w*|haffa\w*|tjyv\w*|langfing\w*|plundra\w*"
            r"|vantarna|pahalsning|objud\w*|(?:inte|ej|aldrig) (?:\w+ )?aterfa\w*|slet (?:at"
            r"|till) sig|(?:i stallet|istallet) for (?:sitt|mitt)|bestul\w*|lurad?|lurat av"
            r"|roffa\w*|stolenx?|snatch\w*|robbed|robbery|took|taken|swapped|lent"
            r"|someone (?:else )?(?:has|took|used|is)|burgl\w*|pinched|nicked"
            r"|plockat? (?:med sig|at sig)|tagit (?:mitt|hennes|hans|kortet|det|den|med)"
            r"|lagt vantarna"
        ),
    ),
    (
        Sign.UNSEEN,
        (
            r"(?:inte|int|ej|icke|inget|ingen|aldrig|never|not|no|nowhere|utan"
            r"|varken)(?: \w+){0,4} (?:hitt\w*|finna|finner|finns|fanns|aterfin\w*|sett|syn(?:s"
            r"|ts|t|as)?|dyk\w*|dok|kvar|visa upp|lokalisera|spara?|se|koll|kolla pa"
            r"|ordning|dykt|reda|komma ihag|ihag|find|found|seen|see|turned up|know where"
            r"|till ratta|uppdaga\w*)|(?:hitt\w*|finn[se]r?|finna|syn(?:s|ts)|sett|ser|minns"
            r"|vet|dyker|dykt|kommer ihag|aterfin\w*|koll)(?: \w+){0,3} (?:inte|int|ej|icke"
            r"|inget|ingen|aldrig|never|not|no|nowhere|utan|varken)|(?:inte|int|ej|icke|inget"
            r"|ingen|aldrig|never|not|no|nowhere|utan|varken)(?: \w+){0,3} (?:aning|veta?|minns"
            r"|kommer ihag)(?: \w+){0,4} vart?|(?:inte|int|ej|icke|inget|ingen|aldrig|never|not"
            r"|no|nowhere|utan|varken)(?: \w+){0,5} vart? (?:\w+ ){0,2}\w*kort\w*|letat|letade"
            r"|letar|leta|sokt (?:efter|overallt|igenom|i hela)|soker efter|vant (?:upp|ut|pa)"
            r"|upp och ner|rotat|finkamma\w*|genomsok\w*|efterlys\w*|saknar (?:mitt|min|sitt"
            r"|kortet|tjanst\w*)|looked (?:for|every)\w*|looking for|searched|searching|nowhere"
            r"|hittegods\w*|lost and found|hittarinte|(?:kom|kommit|anlant|natt|fatt|dok"
            r"|dykt) (?:aldrig|inte) (?:fram|upp)|aldrig (?:\w+ )?(?:kommit|kom|fatt|anlant"
            r"|natt|dok|dykt|fram\w*)|(?:inte|ej) (?:\w+ )?kommit (?:fram|till ratta)"
            r"|never (?:arrived|came|received|got|showed)|(?:borta|bort|forsv\w*) i posten"
            r"|(?:inte|ej|int) (?:langre )?dar|(?:inte|ej|int|ingen) (?:mera?|kort mera?)"
            r"|bara (?:\w+ ){1,2}kvar|(?:inte|ej|aldrig) (?:\w+ ){0,2}redovis\w*|fatt in (?:ett"
            r"|mitt|nagot)|vem tillhor|tillhor det|vems (?:ar|kort)|ligger ett|susning"
            r"|tomt i fickan|fickan (?:ar|var) tom"
        ),
    ),
    (
        Sign.STOP,
        (
            r"sparra\w?|sparr(?:as|ning)|stoppa\w?|stopp|stang(?:a|er|as)? (?:\w+ ){0,3}av"
            r"|(?:av|in)aktivera\w?|makuleras?|doda kortet|ogiltigforklara\w*|annullera|block"
            r"|cancel|deactivate|disable|blockera\w?|aterkalla|revoke|strypa"
        ),
    ),
)
SIGNS = tuple((sign, re.compile(rf"\b(?:{shape})\b")) for sign, shape in _SIGNS)
NO_THING = re.compile(  # nouns that explain nothing away: people, and what a card comes in
    r"brev|kuvert|post|paket|personal|medarbetar|kolleg|employee|staff|people|vikari|brukar"
    r"|jobb|hjalp|kontakt"
)
PARTS = re.compile(  # of a card, that may come loose
    r"chip\w*$|plast\w*$|kant\w*$|horn(?:et)?$|text\w*$|bild\w*$|foto\w*$"
)
TALK = re.compile(  # of a rule or a number
    r"\b(?:vet (?:du (?:inte|ej)|ingen)|rutin\w*|utbildning\w*|statistik\w*|hur manga|policy"
    r"|introduktion\w*)\b"
)
HANDED_IN = re.compile(  # given back, or only an errand forgotten
    r"\b(?:ater|in|tillbaka)lamna\w*|\blamna\w* (?:\w+ ){0,3}(?:in|tillbaka)\b|\b(?:klipps"
    r"|avregistrera\w*)\b|\bglom\w* (?:\w+ ){0,2}(?:att|bestalla|skicka|skriva|boka|fylla|hamta"
    r"|aktivera|meddela|anmala)\b"
)
CONCRETE = re.compile(  # it is about somebody and some day
    r"\b(?:det galler|galler (?:min|en av|var)|igar|i morse|letat|letar|letade|orolig\w*|akut"
    r"|nyss|hande|idag|(?:man|tis|ons|tors|fre|lor|son)dags|helgen|jag hade|hade jag|senast)\b"
)
PLIGHT = re.compile(  # sorry for it, or needs another
    r"\b(?:rak(?:a|ade|at|ar)|pinsam\w*|klant\w*|klumpig\w*|ledsen|forlat|olyck\w*|otur\w*"
    r"|dum\w*|misstag|oops|ojsan|ojoj\w*|hoppsan|usch|sorry|accident\w*|mistake|sabba\w*"
    r"|katastrof\w*|panik\w*|polis\w*|tyvarr|vad gor (?:jag|vi|man|hon|han)|hur gor (?:jag|vi"
    r"|hon|han)(?! for)|va(?:d)? ska (?:jag|ja|vi)|what (?:should|do|now|can)|ersatt\w*"
    r"|replace\w*|nytt kort|ett nytt|new card|new one|another card|nagonstans|nanstans"
    r"|somewhere|vem det nu ar|hemma hos)\b"
)
TOLD = re.compile(  # something happened
    r"\b(?:(?:har|hade|ha) (?:\w+ ){0,4}(?!mitt|sitt|ditt|ratt|natt)\w{2,}(?:at|it|tt|ats|its"
    r"|[kprlgn]t)|blev|blivit|lag|stod|satt|kom|gick|tog|flog|foll|sprang|skars?|sjonk|brast"
    r"|drogs?|slets?|bar|gav|sag|slogs?|rann|revs?|stack|\w{3,}tes|akte|korde|la|lade|hangde"
    r"|skulle|hade|has|had|was|were|went|got|came|did|left|put|\w{3,}(?:ade|ades|ddes|ed))\b"
)
ORDINARY = re.compile(  # what mails about cards are mostly about
    r"\b(?:pin\w*|puk\w*|\w*kod(?:en|er|erna)?|last(?:e|es)?|lasa upp|sista dag\w*|klart?|klara"
    r"|godkan\w*|pension\w*|schema\w*|vykort\w*|det fina|vantar|tillbaka|hemma(?! hos)|ladan"
    r"|drawer|har kvar|vi (?:sparrar|stanger)|ga(?:r|tt) ut|gick ut|utgan\w*|giltig\w*|loper"
    r"|\w*namn\w*|gift\w*|foto\w*|bild\w*|aktiver\w*|ny(?:anstalld)?a? \w*(?:medarb|anst|koll"
    r"|chef|vik|lak)\w*|nyanstall\w*|anstall\w*|borja\w*|slut(?:a|ar|ade|at)|boka\w*"
    r"|\w*lasare\w*|blankett\w*|\w*bestall\w*|vikari\w*|pamin\w*|\w*registrer\w*|fung\w*"
    r"|funk\w*|installer\w*|windows|uppdater\w*|skrivar\w*|forlang\w*|faktura\w*|kost\w*"
    r"|rutin\w*|order\w*|expire\w*|form|renew\w*|\w*lamna\w*|chip\w*|trasig\w*|hamt\w*"
    r"|skicka\w*|behorighet\w*|roll\w*|system\w*|list(?:a|an|or)|regist\w*|adress\w*"
    r"|foraldra\w*|tjanstled\w*|mote\w*|utbild\w*|kvitt\w*|dator\w*|program\w*|certifik\w*"
    r"|har kommit|(?:kommit|fatt) (?:an|annu)|behall\w*|fatt (?:mitt|sitt|ett|kortet|nytt|det)"
    r"|fick (?:mitt|sitt|ett|kortet|det)|tack for|thank\w* for|work(?:s|ed|ing)|received"
    r"|arrived|collect\w*|pick\w* up|sign\w*|semester\w*|gar det|hur (?:lang|manga|mycket"
    r"|ofta)\w*|nar (?:kommer|far|ar)|legg?a upp|kontrakt\w*|svar\w*)\b"
)
