"""Ways to say that nothing has changed, and that one has looked: families. Data only."""

from __future__ import annotations

CHANGES = {
    "SINCE": """
sedan {LAST}|sen {LAST}|mot {LAST}|jämfört med {LAST}|från {LAST}|{DAY}|den här perioden
denna period|den här gången|denna gång|under perioden|under kvartalet|det här kvartalet
detta kvartal|i kvartalet|sedan dess|efter {LAST}|på sistone|den senaste tiden
under den här perioden|under denna period|den gångna perioden|senaste kvartalet
det senaste kvartalet|under det senaste kvartalet|det gångna kvartalet|sedan sist ni frågade
den här rundan|den här omgången|denna omgång|i år heller|på hela kvartalet|nu heller
den här gången heller|denna gång heller|sedan förra kvartalet|sen förra kvartalet
sedan förra gången|på länge|under tiden|sedan vi hördes sist|sedan ert förra brev
sedan ert förra mejl
""",
    "MYTEAM": "min {TEAMNOUN}|mitt {TEAMNOUN}|vår {TEAMNOUN}|vårt {TEAMNOUN}|{PLACE}",
    "ONSTAFF": """
på personalsidan|på personalfronten|i gruppen|i personalgruppen|i arbetslaget|i teamet|hos oss
hos mig|på listan|i listan|på vår lista|på er lista|från min sida|från oss|från vår sida
för min del|för vår del|på min enhet|på min avdelning|i min grupp|på vår enhet|här|i personalen
bland personalen|på vår avdelning|på {MYTEAM}|i {MYTEAM}|från {MYTEAM}|bland mina medarbetare
i mitt team|hos oss på {MYTEAM}|i uppställningen|i sammanställningen|bland namnen|i er lista
i bemanningen|på min sida|vad gäller personalen|vad gäller listan|bland dem|i min personalgrupp
här hos oss|bland mina|i mitt arbetslag|bland de listade|på bemanningen|i uppgifterna|på dessa
på någon|på någon av dem|för någon|för någon av dem|hos någon
""",
    "NO": """
inga|ingen|inget|inte några|inte någon|inte något|noll|0|inte en enda|inte ett enda|inga som helst
inga alls|inte ens en|inga nya|ingenting|inte en|inte ett|ej några|icke några|ej någon|inte nån
inte nåt|inge
""",
    "CHANGE": """
ändringar|förändringar|ändring|förändring|avvikelser|avslut|avhopp|avhoppare|flyttar|skillnader
synpunkter|anmärkningar|avgångar|avgång|avgångna|invändningar|uppsägningar|korrigeringar
justeringar|rättelser|kommentarer|avvikelse|skillnad|flytt|avvikare|uppsägning|rörelser|rörelse
personalförändringar|personalförändring|omflyttningar|omflyttning|bortfall|tapp|ändringar alls
förändringar alls|justering|tillägg|personalrörelser|personalomsättning|rättningar|omplaceringar
omplacering|pensionsavgångar|personalavgångar|felaktigheter|fel|byten|byte|slutdatum
""",
    "TOSAY": """
att ändra|att anmärka|att anmärka på|att tillägga|att rapportera|att meddela|att invända
att invända mot|att rätta|att justera|att anmäla|att förändra|att korrigera|att kommentera
att påpeka|att lägga till|att ta bort|att stryka|att redovisa|att notera|att plocka bort
att berätta|att uppdatera|att göra|att säga|att informera om|att flagga för|att ta upp|att avsluta
att skriva om|att rapportera in|att föra fram|att orda om|som ska ändras|som behöver ändras
att ändra på|att rätta till|att erinra|att fylla i|att ändra där|att anföra|att melda
att korrigera på
""",
    "GONE": """
slutat|slutat hos oss|slutat hos mig|lämnat oss|lämnat|hoppat av|flyttat|bytt jobb|gått vidare
sagt upp sig|försvunnit|gått i pension|begärt tjänstledigt|bytt tjänst|bytt enhet|bytt avdelning
gått härifrån|lämnat enheten|lämnat gruppen|lämnat teamet|lämnat skutan|lämnat båten
lämnat arbetslaget|avslutat sin anställning|avslutats|fallit ifrån|tackat för sig|dragit vidare
avgått|gett sig av|slutat eller flyttat|flyttat eller slutat|slutat eller bytt jobb
slutat eller bytt enhet|slutat eller gått vidare|varken slutat eller flyttat|rymt|fallit bort
slutat här|lämnat {TEAM}|gått någonstans|tagit sin mats ur skolan|gått till annat jobb
slutat eller bytt tjänst|slutat och ingen har flyttat|slutet|sluta
""",
    "NOBODY": """
ingen|inga|inte en enda|inte någon|ingen alls|inte en enda en|inte en kotte|inte en själ
ingen av {THESE}|inte en|ingen enda|inte nån|inga av {THESE}|inte en av {THESE}
inte en enda av {THESE}|ingen enda av {THESE}|ingen här|ingen {ONLIST}|ingen hos oss|ingen hos mig
noll personer|inga personer|ingen person|ingen medarbetare|inga medarbetare|ingen anställd
ingen kollega|ingen i min grupp|ingen i gänget|inte nån av {THESE}|inte någon av {THESE}
""",
    "NOCHANGE": """
{NO} {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}* {ONSTAFF}*|{NO} {TOSAY} {ONSTAFF}* {SINCE}*
{NO} {CHANGE} eller {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*
{ONSTAFF} har {NOBODY} {GONE} {SINCE}*|{NO} {CHANGE} på {PLACE} {TEAMNOUN}?|{NO} {CHANGE} på {PLACE}
{NO} {CHANGE} och inga {CHANGE} {ONSTAFF}* {SINCE}*|inget nytt {ONSTAFF}* {SINCE}* {TOSAY}?
inget nytt {TOSAY} {ONSTAFF}* {SINCE}*|inga nyheter {TOSAY}? {ONSTAFF}* {SINCE}*
ingenting nytt {ONSTAFF}* {SINCE}*|inget har {HAPPENED} {ONSTAFF}* {SINCE}*
ingenting har {HAPPENED} {ONSTAFF}* {SINCE}*
det har inte {HAPPENED} {ANYTHING} {ONSTAFF}* {SINCE}*
har inte {HAPPENED} {ANYTHING} {ONSTAFF}* {SINCE}*|inget har {HAPPENED} {SINCE}* {ONSTAFF}*
{ONSTAFF} har inget {HAPPENED} {SINCE}*|{ONSTAFF} har ingenting {HAPPENED} {SINCE}*
{ONSTAFF} har det inte {HAPPENED} {ANYTHING} {SINCE}*|{SINCE} har inget {HAPPENED} {ONSTAFF}*
det har inte skett {ANYCHANGE} {ONSTAFF}* {SINCE}*|har inte skett {ANYCHANGE} {ONSTAFF}* {SINCE}*
inget är ändrat {ONSTAFF}* {SINCE}*|inget är förändrat {ONSTAFF}* {SINCE}*
ingenting är ändrat {SINCE}*|ingenting är förändrat {SINCE}*|inget ändrat {SINCE}*
inget förändrat {SINCE}*|varken {CHANGE} eller {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*
utan ändringar|utan förändringar|utan anmärkning|utan ändring {SINCE}*
ingen ny information {SINCE}*|{I}? har {NO} {TOSAY} {ONSTAFF}* {SINCE}*
{I}? har {NO} {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*|det finns {NO} {TOSAY} {ONSTAFF}* {SINCE}*
det finns {NO} {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*
{I} har inte {NOTHING} {TOSAY} {ONSTAFF}* {SINCE}*
det är {NO} {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*|det är {NO} {TOSAY} {ONSTAFF}* {SINCE}*
det blir {NO} {CHANGE} {ONSTAFF}* {SINCE}*|finns {NO} {TOSAY} {ONSTAFF}* {SINCE}*
finns {NO} {CHANGE} {TOSAY}? {ONSTAFF}* {SINCE}*|{NOBODY} har {GONE} {SINCE}* {ONSTAFF}*
{NOBODY} har {SINCE}* {GONE} {ONSTAFF}*|{NOBODY} som {GONE} {SINCE}*
{NOBODY} som har {GONE} {SINCE}*|{NOBODY} är borta {SINCE}*|{NOBODY} ska bort
{NOBODY} ska tas bort|{NOBODY} behöver tas bort|{NOBODY} ska strykas|{NOBODY} behöver strykas
{NOBODY} är på väg bort|{NOBODY} {GONE} {SINCE}*|{NOBODY} att ta bort|{NOBODY} att stryka
{NOBODY} att plocka bort|det är {NOBODY} som har {GONE} {SINCE}*
det är {NOBODY} som {GONE} {SINCE}*|{I}? har inte tappat {ANYONE} {SINCE}*
{I}? har inte förlorat {ANYONE} {SINCE}*|{I}? har inte blivit av med {ANYONE} {SINCE}*
{I}? har {NOBODY} som {GONE} {SINCE}*|{I}? har {NOBODY} som har {GONE} {SINCE}*
här har {NOBODY} {GONE} {SINCE}*|hos oss har {NOBODY} {GONE} {SINCE}*
hos mig har {NOBODY} {GONE} {SINCE}*|{SINCE} har {NOBODY} {GONE} {ONSTAFF}*
{NOBODY} har varken {GONE} eller {GONE} {SINCE}*|{NOBODY} har {GONE} eller {GONE} {SINCE}*
inga har {GONE} {SINCE}*|{NO} slutar och ingen har {GONE} {SINCE}*
{NOBODY} har {GONE} och ingen har {GONE} {SINCE}*|tappat har vi inte {ANYONE} {SINCE}*
{I}? har inte haft {ANYCHANGE} {ONSTAFF}* {SINCE}*|{I}? har haft {NO} {CHANGE} {ONSTAFF}* {SINCE}*
varken {GONE} eller {GONE} har {NOBODY} gjort|{THEY} har inte {GONE} {SINCE}*
{NOBODY} har {GONE} hos {ME} {SINCE}*|{I} har kvar {WHOM} {WHERE}*
{I}? har {ADV}* {WHOM} {ADV}* kvar {WHERE}*|{I}? har {ADV}* kvar {WHOM} {WHERE}*
{I} har ju {WHOM} kvar {WHERE}*|{I} har {ADV}* {WHOM} {WHERE}|inga slutade {SINCE}*
{I} behåller {WHOM}|{I} har {ADV}* {WHOM} i {TEAM}|behåll {WHOM}|behåll {LIST} {ASNOW}?
""",
    "HAPPENED": """
hänt|ändrats|förändrats|ändrat sig|förändrat sig|skett|ändrat|förändrat|rört sig
hänt eller ändrats|rört på sig|tillkommit eller fallit bort
""",
    "ANYTHING": """
något|nåt|någonting|nånting|det minsta|ett dugg|ett skvatt|ett skit|något alls|någonting alls
något särskilt|någonting särskilt|nåt särskilt|speciellt|något speciellt
""",
    "NOTHING": "något|nåt|någonting|nånting|några|någon",
    "ANYCHANGE": """
någon förändring|några förändringar|några ändringar|någon ändring|några avslut|någon avgång
några avgångar|några avhopp|någon rörelse|några uppsägningar|några flyttar
några personalförändringar
""",
    "ANYONE": """
någon|nån|någon enda|nån enda|någon av {THESE}|nån av {THESE}|en enda|en enda en|några|en själ
någon alls|nån alls|någon enda en|en kotte
""",
    "LETBE": """
så? det är bara att låta {LIST} vara {ASNOW}?|så? det är bara att låta {WHOM} vara {ASNOW}?
ni kan låta {WHOM} {LIE} {ASNOW}?|ni kan låta {LIST} {LIE} {ASNOW}?
du kan låta {WHOM} {LIE} {ASNOW}?|du kan låta {LIST} {LIE} {ASNOW}?|låt {WHOM} {LIE} {ASNOW}?
låt {LIST} {LIE} {ASNOW}?|ni kan behålla {WHOM} {ASNOW}?|ni kan behålla {LIST} {ASNOW}?
så det är bara att köra på|bara att låta {LIST} {LIE} {ASNOW}?|bara att låta {WHOM} {LIE} {ASNOW}?
ni kan lämna {LIST} {ASNOW}|du kan lämna {LIST} {ASNOW}|lämna {LIST} {ASNOW}
ni behöver inte ändra {ANYTHING}|du behöver inte ändra {ANYTHING}|ni behöver inte göra {ANYTHING}
du behöver inte göra {ANYTHING}|ingenting behöver ändras|inget behöver ändras|inget behöver göras
inget som behöver ändras|ni kan spara {LIST} {ASNOW}|{LIST} kan vara {ASNOW}
ni ska inte ta bort {ANYONE}|ta inte bort {ANYONE}|ni behöver inte ta bort {ANYONE}
du behöver inte ta bort {ANYONE}|rör inte {LIST}|{WHOM} ska ha kvar sina kort
{WHOM} behöver sina kort|{WHOM} ska ha kvar korten|{WHOM} behöver ha kvar sina kort
{WHOM} behöver ha kvar korten|ha kvar {WHOM} {ASNOW}?|spara {WHOM}|bara att köra vidare
bara att köra på|det är bara att köra vidare
""",
    "LIE": """
ligga|ligga kvar|stå|stå kvar|vara|vara kvar|ligga orörd|vara i fred|stå orörd|bero
""",
    "YES": """
ja|japp|jajamen|jajamensan|jajamän|jajemen|jajjemensan|jadå|jodå|jo|joo|yes|yep|jepp|jup|jajjamen
ja då|jo då|yes box|yes sir|yepp|jaa|jaha ja|ja visst|jajjamänsan|javisst|ja det är de
ja det är dom|ja det är alla|ja det gör de|ja det gör dom|ja det stämmer|ja till alla|ja på alla
ja till samtliga|ja på samtliga|ja alla|ja allihop|ja samtliga|ja båda|ja bägge|ja på alla {COUNT}
ja till alla {COUNT}|ja till samtliga {COUNT} {PEOPLE}|ja till samtliga {COUNT}
ja på samtliga {COUNT}|japp de e de|japp det e de|ja det är det|ja till alla {COUNT} {PEOPLE}
ja till {COUNT} av {COUNT}|ja rakt igenom|ja på hela listan|ja på allt|ja på alla punkter
ja hela vägen|ja hela bunten|ja hela gänget|ja ja på alla|ja på rubbet|jo men|ja men|jodå men
jo alla|jo det är de|jo de är de|jo det är dom|ja de är de|ja dom är de|absolut alla
ja på samtliga {COUNT} {PEOPLE}
""",
    "CONFIRM": """
absolut|godkänt|korrekt|stämmer|rätt|oförändrat|godkännes|bekräftas|bekräftat|affirmativt
helt rätt|helt korrekt|jakande|inga ändringar|det är aktuellt|det är oförändrat|det är korrekt
aktuell|aktuellt|allt ok|allt okej|allt väl|allt bra|exakt|precis|godkänner|bekräftar
""",
    "NAY": "nej|nä|nix|nope|näpp|nej då|nejdå|nejd|nänä|nej nej|nix pix|nej tack och lov",
}
PREAMBLE = {
    "LOOKED": """
kollat|kikat|tittat|läst|kontrollerat|stämt av|sett över|gått igenom|ögnat|granskat|synat|kollade
kikade|tittade|läste|kontrollerade|gick igenom|stämde av|kollat upp|dubbelkollat|ögnade
har koll på|bockat av|prickat av|checkat|checkade|räknat|läst noga|tagit en titt|tagit en koll
tagit mig en titt|gjort en avstämning|gjort en koll|gjort en genomgång|jämfört|läst igenom
betat av
""",
    "ITALL": """
listan|namnen|namnlistan|raderna|er lista|din lista|uppgifterna|listan nedan|uppställningen
sammanställningen|alla namn|alla namnen|tabellen|samtliga namn|den|dem|det|förteckningen
hela listan|varje namn|varje rad|listan ni skickade|listan du skickade|listan jag fick|utskicket
er förteckning|namnen i listan|namnen på listan|allihop|alla rader|uppgifterna nedan|underlaget
det hela|listan igen|personerna|namnen i mejlet|bemanningen|schemat
""",
    "WITHWHOM": """
mot schemat|mot bemanningen|mot vårt schema|mot mitt schema|mot personalsystemet|med samordnaren
med gruppledaren|med planeraren|med schemaläggaren|med schemat|med assistenten|med biträdande
med arbetsledaren|med administratören|i personalsystemet|i schemat|i lugn och ro|en gång till
två gånger|noga|ordentligt|nu|nyss|just|i schemasystemet|uppifrån och ner|rad för rad
namn för namn|med kollegan|med personalen|med ledningsgruppen|med bemanningen|igen|i systemet
på listan|till listan|alldeles nyss|på morgonmötet|på mötet|på apt
""",
    "PRE": """
{I}? har? {JUST}* {LOOKED} {THROUGH}* {ITALL}? {WITHWHOM}* {ANDSO}?|{ITALL} är {CHECKED} {ANDSO}?
{CHECKED} {ANDSO}?|efter {CHECKING} {ANDSO}?|{I} kan {HAPPILY}? {AFFIRM} {THAT}
{I}? {AFFIRMS} {HAPPILY}* {THAT}|{I}? vill {HAPPILY}? {AFFIRM} {THAT}
{I}? ville bara {AFFIRM} {THAT}|kan {HAPPILY}? {AFFIRM} {THAT}|{I} får {HAPPILY}? {AFFIRM} {THAT}
härmed {AFFIRMS} {I}? {THAT}|här kommer {ANSWER}|{ANSWER} :?|{ANSWER} är {THAT}? :?|{ABOUT} :?
som svar på {QUESTION}|på frågan om {WHOSTAYS} är svaret|hos {ME}|hos {ME} på {TEAM}|här
här hos {ME}|för {MY} del|från {MY} sida|på min enhet|{EPRE}|{ANSWER}? angående {NAMES} :?
{ANSWER}? gällande {NAMES} :?|{ANSWER}? ang {NAMES} :?|{ANSWER} :? angående {NAMES} :?
för {PLACE} gäller|gällande {PLACE} :?|från {PLACE} :?|på vår enhet|på min avdelning
på vår avdelning|på {MYTEAM}|i {MYTEAM}|hos oss i {MYTEAM}|min koll visar {THAT}
vid en koll visar det sig {THAT}|{CHECKED} och klart|vad gäller {ITALL}|vad beträffar {ITALL}
beträffande {ITALL}|angående {ITALL}|gällande {ITALL}|ang {ITALL}|ang listan
{JUST} {LOOKED} {THROUGH}* {ITALL}? {WITHWHOM}* {ANDSO}?|snabb koll {ANDSO}?|har koll {ANDSO}?
glädjande nog|tack och lov|som tur är|lyckligtvis|kort och gott|kort sagt|med glädje|kort svar
enkelt svar|enkelt den här gången|snabbt svar|här kommer svaret|svar ja|det är {COUNT} namn och?
det är {COUNT} {PEOPLE} och?|det är {COUNT} {PEOPLE} {ONLIST}? och?|på alla frågor|till alla delar
enligt schemat|enligt bemanningen|enligt vårt schema|enligt personalsystemet|i dagsläget|i nuläget
i skrivande stund|från {TEAM} :?|på rak fråga|på er fråga|på din fråga|på frågan|hälsar att
""",
    "JUST": """
nu|precis|just|nyss|snabbt|alldeles nyss|noga|ordentligt|själv|noggrant|hastigt|äntligen|även
också
""",
    "THROUGH": """
igenom|på|av|över|mot|med|genom|upp|nu|noga|snabbt|lite|en gång till|ner|noggrant
""",
    "ANDSO": """
och|och ser att|och konstaterar att|och kan konstatera att|och kan säga att|och kan bekräfta att
och kan intyga att|så|och det är så att|:|-|,|nu och|och kan meddela att|och finner att
och såg att|och noterar att|och jag|och då
""",
    "CHECKED": """
kollat|kontrollerat|avstämt|läst|genomgånget|avprickat|avbockat|dubbelkollat|genomgången|kollad
kontrollerad|kollad och klar|läst och godkänt|läst och godkänd|avstämd|granskat|granskad|checkat
check|läst och begrundat
""",
    "CHECKING": """
avstämning|kontroll|genomgång|koll|en koll|en kontroll|en genomgång|en titt|en snabb koll
en snabb titt|genomläsning|avstämning med gruppledaren|avstämning med samordnaren
""",
    "HAPPILY": """
glatt|gärna|bara|härmed|glädjande nog|med glädje|hälsa och|också|alltså|endast|nu|med gott samvete
kort|bara kort|med säkerhet
""",
    "AFFIRM": """
bekräfta|intyga|meddela|konstatera|säga|svara|upplysa om|rapportera|berätta|hälsa|försäkra
garantera|skriva|låta meddela|vidimera|informera om
""",
    "AFFIRMS": """
bekräftar|intygar|meddelar|konstaterar|säger|svarar|rapporterar|försäkrar|garanterar|hälsar
vidimerar|härmed bekräftas|härmed intygas|bekräftas|intygas|vidimeras
""",
    "THAT": """
att|härmed att|er att|dig att|här att|:|kort att|gärna att|med detta att|att ja|härmed
""",
    "ANSWER": """
svar|svaret|mitt svar|vårt svar|svar från {PLACE}|svar från {TEAM}|svaret från {TEAM}
svar från mig|svar på er fråga|svar på frågan|svar på din fråga|återkoppling|besked|rapport|status
lägesrapport|läget|kontroll|svar på mejlet|vårt svar från {PLACE}|mitt besked
""",
    "ABOUT": """
angående listan|gällande listan|rörande listan|ang listan|ang personallistan|apropå listan
angående er fråga|angående frågan|angående personalen|gällande personalen|angående kontrollen
angående avstämningen|angående genomgången|angående utskicket|angående personerna|gällande frågan
angående korten|angående namnen|angående medarbetarna|gällande genomgången
""",
    "QUESTION": """
frågan|er fråga|din fråga|mejlet|mailet|ert mejl|ert mail|ditt mejl|ditt mail|brevet|ert brev
utskicket|påminnelsen|er förfrågan|din förfrågan|listan|frågan nedan|er påminnelse
""",
    "WHOSTAYS": "de|dom|alla|personerna",
    "MY": "min|vår",
}
