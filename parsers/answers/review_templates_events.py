"""Ways to say that one has left, leaves, moves or stays: families of phrases. Data only."""

from __future__ import annotations

WHO = {
    "NAMES": """
{ONE}|{ONE} {AND} {ONE}|{ONE} , {MORE}|{ONE} {AND} {ONE} {AND} {ONE}|både {ONE} {AND} {ONE}
""",
    "MORE": "{ONE} {AND} {ONE}|{ONE} , {MORE}|{ONE} , {AND} {ONE}",
    "NAMELIST": "{ONE} , {ONE}|{ONE} , {NAMELIST}",
    "ONE": "§|( § )",
    "AND": "och|samt|and|liksom|respektive",
    "PRON": "han|hon|hen|den|han som|hon som|denne|denna",
    "PLURAL": """
de|dom|de två|de båda|båda|båda två|de {COUNT}|dom {COUNT}|dessa|dessa {COUNT}|alla {COUNT}|bägge
bägge två
""",
    "THEREST": """
resten|övriga|de andra|dom andra|de övriga|dom övriga|alla andra|alla övriga|resterande|kollegorna
alla de andra|samtliga övriga|samtliga andra|övriga {COUNT}|andra {COUNT}|de andra {COUNT}
dom andra {COUNT}|de övriga {COUNT}|de {COUNT} andra|de {COUNT} övriga|dom {COUNT} andra
dom {COUNT} övriga|resterande {COUNT}|de resterande {COUNT}|alla andra {COUNT}|de återstående
de återstående {COUNT}|övriga {COUNT} {PEOPLE}|de övriga {COUNT} {PEOPLE}
de andra {COUNT} {PEOPLE}|resterande {COUNT} {PEOPLE}|övriga {PEOPLE}|de övriga {PEOPLE}
de andra {PEOPLE}|alla andra {PEOPLE}|resterande {PEOPLE}|alla övriga {PEOPLE}
samtliga övriga {PEOPLE}|resten av {GANG}|resten av dem|resten av dom|resten av namnen
resten av {PEOPLE}|hela resten|resten ( {COUNT} )|resten ( {COUNT} {PEOPLE} )|övriga ( {COUNT} )
övriga ( {COUNT} {PEOPLE} )|de andra ( {COUNT} )|de båda andra|dom båda andra|båda de andra
de två övriga|de övriga båda|de båda övriga|de {COUNT} jag inte nämner|de {COUNT} jag inte nämnt
de jag inte nämner|de jag inte nämnt|de som inte nämns|de jag inte har nämnt
de {COUNT} som inte nämns|de {COUNT} jag inte har nämnt|alla jag inte nämner|alla jag inte nämnt
de som jag inte nämnt|de onämnda|de namn jag inte nämnt|samtliga jag inte nämnt
resten av mitt team|resten av mitt gäng|resten av mina medarbetare|övriga på listan
de andra på listan|resten på listan|alla andra på listan|dom andra på listan|övriga namn
övriga personer på listan|de övriga på listan|kompisarna|hens kollegor|hennes kollegor
hans kollegor|deras kollegor|the rest|the others|everyone else|all others|everybody else
the other {COUNT}|resten av oss|resten av laget|resten i listan|övriga i listan|de andra i listan
alla andra i listan|övriga medarbetare|de andra medarbetarna|medarbetarna i övrigt|de andra namnen
övriga {COUNT} på listan|de andra {COUNT} på listan
""",
}
EVENTS = {
    "ON": """
den|redan|nu|sedan|sen|per|från och med|fr o m|from|datum|i och med|på|så sent som|var|är|dvs
alltså|d|and the date is
""",
    "WHEN": """
{ON}* {DAY}|{ON}* ( {DAY} )|( {ON}* {DAY} )|, {DAY}|{DAY}|, {ON}* {DAY}|: {DAY}|- {DAY}
""",
    "LEFTWORD": """
slutade|har slutat|slutat|slutade hos {ME}|har slutat hos {ME}|slutat hos {ME}|har gått i pension
gick i pension|gått i pension|har gått hem med pension|gick hem med pension|gått hem med pension
har pensionerats|pensionerades|blev pensionär|har blivit pensionär|gjorde sin sista dag
gjorde sin sista arbetsdag|gjorde sista dagen|hade sin sista dag|hade sin sista arbetsdag
hade sista arbetsdag|hade sista dag|hade sista dagen|hade sista arbetsdagen
hade sin sista anställningsdag|hade sista anställningsdag|gjorde sitt sista pass|är inte kvar
är ej kvar|är inte längre kvar|är ej längre kvar|finns inte kvar|finns inte längre kvar
jobbar inte kvar|arbetar inte kvar|jobbar inte längre hos {ME}|arbetar inte längre hos {ME}
jobbar inte hos {ME} längre|arbetar inte hos {ME} längre|jobbar inte här längre
arbetar inte här längre|jobbar inte längre här|jobbar inte längre kvar|är inte kvar längre
är inte kvar hos {ME}|är inte längre anställd|är inte anställd längre|är inte längre anställda
är ej längre anställd|är inte anställda längre|inte kvar|ej kvar|e inte kvar
är inte längre anställd hos {ME}|är inte anställd hos {ME} längre|inte längre kvar
inte kvar längre|är inte kvar hos {ME} längre|har lämnat oss|lämnade oss
har avslutat sin anställning|avslutade sin anställning|har avslutat sin tjänst
avslutade sin tjänst|är avslutad|är avslutade|har avslutats|avslutades|avslutad|avslutade
avslutat sin anställning|lämnade sin tjänst|har lämnat sin tjänst|la av|lade av|har lagt av
hoppade av|har hoppat av|tackade för sig|har tackat för sig|har gått vidare till {EMPLOYER}
gick vidare till {EMPLOYER}|gått vidare till {EMPLOYER}|började hos {EMPLOYER}
har fått jobb hos {EMPLOYER}|har bytt till {EMPLOYER}|gick till {EMPLOYER}
jobbar numera hos {EMPLOYER}|jobbar nu hos {EMPLOYER}|har avlidit|avled|gick bort|har gått bort
dog|har dött|försvann|är pensionerad|är pensionerade|pensionerad|har blivit pensionerad
har slutat här|slutade här|har slutat sin anställning|slutade sin anställning
har slutat sin tjänst|slutade sin tjänst|slutat sin anställning|har tyvärr slutat|slutade tyvärr
har slutat tyvärr|har slutat och gått i pension|slutade och gick i pension|gick sin sista dag
gick sista dagen|has left|left|left us|has left us|resigned and left|is gone|no longer works here
retired|has retired|is no longer employed|is no longer here|does not work here anymore|has quit
quit|har slutat för gott|har lämnat sin anställning|lämnade sin anställning
hade sin avslutning och slutade|fick sitt sista pass|jobbade sin sista dag|arbetade sin sista dag
jobbade sista dagen|arbetade sista dagen|jobbade sin sista arbetsdag|var här sista dagen
var anställd till och med|var anställd till|var anställd t o m|jobbade till och med
har gått till {EMPLOYER}|gick hem för gott|har tagit pension|tog pension|tog ut pension
gick i välförtjänt pension|har gått i välförtjänt pension|har gått i tjänstepension
är numera pensionär|är nu pensionär|är pensionär|har valt att sluta|valde att sluta
har slutat på egen begäran|slutade på egen begäran|har sagt upp sig och slutat
sa upp sig och slutade|fick sluta|har fått sluta|är inte i tjänst längre|är inte längre i tjänst
är inte i vår tjänst|tillhör inte längre kommunen|har lämnat kommunen|lämnade kommunen
har slutat i kommunen|slutade i kommunen|slutade båda|slutade båda två|har båda slutat
har båda gått i pension|är inte anställd här längre|är inte anställd här
tog jobb i {PLACE} och slutade|fick nytt jobb och slutade|har fått nytt jobb och slutade
har flyttat till {PLACE} och slutade|har flyttat till {PLACE} och slutat
""",
    "EMPLOYER": """
annan arbetsgivare|en annan arbetsgivare|annan kommun|en annan kommun|privat arbetsgivare
privata arbetsgivare|en privat arbetsgivare|andra arbetsgivare|ny arbetsgivare|en ny arbetsgivare
regionen|region stockholm|stockholms stad|annat jobb utanför kommunen|jobb utanför kommunen
jobb i annan kommun|ett jobb i en annan kommun|ett annat företag|privata sektorn|det privata
privata vården|solna stad|nya arbetsgivare|en annan stad|en grannkommun|grannkommunen
upplands-bro kommun|sollentuna kommun|sigtuna kommun|privat företag
""",
    "CAUSE": """
med pension|i pension|på grund av pension|på egen begäran|för pension|av ålder|tyvärr
efter lång och trogen tjänst|efter många år|för gott|hos oss|hos mig|här|helt|då|, tyvärr
i kommunen
""",
    "LEFT": """
{LEFTWORD} {CAUSE}* {WHEN}? {TIDY}*|{WHEN} {LEFTWORD} {CAUSE}*
{LEFTWORD} {CAUSE}* {WHEN} {CAUSE}* {TIDY}*|ska bort {TIDY}*|ska tas bort {TIDY}*
ska strykas {TIDY}*|kan tas bort {TIDY}*|kan strykas {TIDY}*|skall bort|bör tas bort {TIDY}*
ska avslutas {TIDY}*|kan avslutas {TIDY}*|kan plockas bort {TIDY}*|ska plockas bort {TIDY}*
sista dag var {WHEN}|sista arbetsdag var {WHEN}|sista dagen var {WHEN}
sista anställningsdag var {WHEN}|vars sista dag var {WHEN}|hade {WHEN} som sista dag
hade {WHEN} som sista arbetsdag|var sista dagen {WHEN}|{DAY} var sista dagen|slut {WHEN}
bort {TIDY}*|ta bort {TIDY}*|stryk {TIDY}*|kan ni ta bort {TIDY}*|kan ni stryka {TIDY}*
kan du ta bort {TIDY}*|får ni ta bort {TIDY}*|får ni gärna ta bort {TIDY}*
kan ni plocka bort {TIDY}*|kan ni avsluta {TIDY}*|får ni plocka bort {TIDY}*
har sedan {WHEN} slutat|har {WHEN} slutat|har {WHEN} gått i pension|är sedan {WHEN} pensionär
är pensionär sedan {WHEN}|är sedan {WHEN} inte kvar
""",
    "TIDY": """
tack|ur systemet|från listan|ur listan|på listan|i systemet|snarast|omgående|, tack|direkt
och ska tas bort|och ska bort|och kan tas bort|och kan strykas|så ta bort {PRONOUN}
så stryk {PRONOUN}|så {PRONOUN} kan tas bort|så {PRONOUN} ska bort|, ta bort {PRONOUN}
, stryk {PRONOUN}|så {PRONOUN} kan ni ta bort|så {PRONOUN} får ni ta bort
, så {PRONOUN} kan ni ta bort|, så ta bort {PRONOUN}|och kort är inlämnat|ur registret
från er lista|ur er lista|är ni snälla|är du snäll|gärna|nu|i er lista
""",
    "PRONOUN": "henne|honom|hen|dem|dom|hon|han",
    "LEAVINGWORD": """
slutar|slutar hos {ME}|slutar sin anställning|slutar sin tjänst|går i pension|har sin sista dag
har sista dag|har sista arbetsdag|har sin sista arbetsdag|har sin sista anställningsdag
har sista anställningsdag|gör sin sista dag|gör sin sista arbetsdag|lämnar oss|kommer att sluta
kommer att lämna oss|ska sluta|ska gå i pension|kommer att gå i pension|går hem med pension
avslutar sin anställning|avslutar sin tjänst|pensioneras|blir pensionär|tackar för sig
lämnar kommunen|lämnar sin tjänst|lämnar sin anställning|går i välförtjänt pension|is leaving
leaves|leaves us|has last day|is leaving us|retires|will leave|har sagt upp sig och slutar
har sagt upp sig , sista dag|har sagt upp sig , sista dag är|har sagt upp sig och har sista dag
har sagt upp sig och har sin sista dag|har sagt upp sig och sista dag är
har sagt upp sig , sista dag blir|har sagt upp sig och sista dagen är|slutar på egen begäran
slutar tyvärr|har sista dagen|lämnar oss tyvärr|går tyvärr i pension|slutar här
har sin sista dag hos {ME}|hänger av sig nyckeln för gott
""",
    "LEAVING": """
{LEAVINGWORD} {CAUSE}* {WHEN} {CAUSE}*|sista dag är {WHEN}|sista dag blir {WHEN}
sista arbetsdag är {WHEN}|sista arbetsdag blir {WHEN}|sista dagen är {WHEN}
sista dagen blir {WHEN}|sista anställningsdag är {WHEN}|sista anställningsdag blir {WHEN}
sista dag {WHEN}|sista arbetsdag {WHEN}|sista anställningsdag {WHEN}|har {WHEN} som sista dag
vars sista dag är {WHEN}|vars sista dag blir {WHEN}
""",
    "UNITPLACE": """
fritid|fritids|hemtjänsten|köket|biblioteket|kontaktcenter|familjerätten|biståndsenheten
måltidsenheten|socialjouren|kansliet|socialkontoret|stadshuset|nattpatrullen|en annan enhet
annan enhet|en annan avdelning|annan avdelning|en annan skola|annan skola|en annan förskola
annan förskola|ett annat boende|annat boende|hemsjukvården|elevhälsan|bemanningsenheten
socialpsykiatrin|daglig verksamhet|vaktmästeriet|en annan enhet i kommunen
annan enhet inom kommunen|en annan enhet inom kommunen|{UNITWORD} {PLACE}|{PLACE}
{PLACE} {TEAMNOUN}|{PLACE} gruppbostad
""",
    "UNITWORD": """
förskolan|skolan|gruppboendet|boendet|äldreboendet|gruppbostaden|enheten|avdelningen|hemtjänsten
team|hemtjänst|biblioteket|köket på
""",
    "CHIEF": "{PLACE}|{PLACE} {PLACE}",
    "MOVE": """
{MOVED} {UNITPLACE} {WHEN}? {UNDER}?|{MOVED} {WHEN} {UNITPLACE} {UNDER}?
{WHEN} {MOVED} {UNITPLACE} {UNDER}?|lyder {NUMERA}? under {CHIEF} {WHEN}?
lyder {WHEN} under {CHIEF}|hör {NUMERA}? till {CHIEF} {WHEN}?|tillhör {NUMERA} {CHIEF} {WHEN}?
har {CHIEF} som chef {NUMERA}?|har {NUMERA} {CHIEF} som chef|har fått ny chef , {CHIEF}
har ny chef , {CHIEF}|ny chef är {CHIEF}|ny chef {CHIEF}|hennes nya chef är {CHIEF}
hans nya chef är {CHIEF}|chef är {CHIEF}|chefen heter {CHIEF}|där är {CHIEF} chef
där {CHIEF} är chef|{CHIEF} är chef {NUMERA}?|{CHIEF} är hennes chef {NUMERA}?
{CHIEF} är hans chef {NUMERA}?
""",
    "NUMERA": "numera|nu|nuförtiden|idag|istället|i stället|sedan dess",
    "MOVED": """
har bytt till|bytte till|har gått över till|gick över till|gått över till|gått till|bytt till
flyttat till|har flyttat över till|flyttade över till|har bytt enhet till|bytte enhet till
har bytt tjänst till|jobbar numera på|arbetar numera på|jobbar nu på|har övergått till
övergick till|har omplacerats till|omplacerades till|har flyttats till|flyttades till|är numera på
är placerad på|är placerad hos|har placerats på|är numera placerad på|har förflyttats till
överflyttad till|omplacerad till|har flyttat internt till|har bytt avdelning till
är sedan {DAY} placerad på|har sedan {DAY} bytt till|är sedan {DAY} på|jobbar sedan {DAY} på
arbetar sedan {DAY} på|finns sedan {DAY} på|har gått till|tillhör numera|tillhör nu
hör numera till|hör nu till|har flyttat till
""",
    "UNDER": """
där {CHIEF} är chef|där chefen heter {CHIEF}|under {CHIEF}|hos {CHIEF}|med {CHIEF} som chef
, {CHIEF} är chef|och lyder under {CHIEF}|och lyder numera under {CHIEF}|, chef {CHIEF}
( chef {CHIEF} )|och hör till {CHIEF}|, ny chef {CHIEF}|, ny chef är {CHIEF}
och har {CHIEF} som chef|och lyder nu under {CHIEF}
""",
    "LEAVE": """
föräldraledig|mammaledig|pappaledig|tjänstledig|sjukskriven|studieledig|långtidssjukskriven|sjuk
hemma med sjukt barn|föräldralediga|sjukskrivna|tjänstlediga|barnledig|på semester
på föräldraledighet|på mammaledighet|långtidssjuk|på rehab|vabbar|deltidssjukskriven
graviditetsledig|halvt sjukskriven|ledig för studier|tjänstledig för studier|tjl
tjänstledig på deltid|delvis föräldraledig|on parental leave|on sick leave|on leave
partiellt sjukskriven
""",
    "PARTLY": """
på heltid|på halvtid|på deltid|på {COUNT} procent|{COUNT} dagar i veckan|en dag i veckan
{COUNT} procent|just nu|för närvarande|i höst|i vår|hela terminen|hela läsåret|under våren
under hösten|hela hösten|hela våren|med barn nummer {COUNT}
""",
    "KEEPS": """
och är kvar|och kvar|, är kvar|, kvar|och anställd|och fortfarande anställd|men är kvar|men kvar
men fortfarande anställd|men anställd|men är fortfarande anställd|men är anställd
och ska vara kvar|men ska vara kvar|men ska ligga kvar|, men är kvar|, men kvar
, men fortfarande anställd|och är anställd|, fortfarande anställd|så är kvar|men tillhör mig
men är min|men är kvar hos {ME}|och är kvar hos {ME}|och tillhör mig|men finns kvar
, men ska vara kvar|men kommer tillbaka|och kommer tillbaka|men anställningen består
, anställningen består|but still employed
""",
    "UNTIL": """
till {DAY}|t o m {DAY}|till och med {DAY}|tom {DAY}|fram till {DAY}|ända till {DAY}|from {DAY}
sedan {DAY}|från {DAY}|från och med {DAY}|{DAY}
""",
    "ONLEAVE": """
är {ADV}* {LEAVE} {PARTLY}* {UNTIL}? {KEEPS}?|e {LEAVE} {PARTLY}* {KEEPS}?
{LEAVE} {PARTLY}* {KEEPS}|är {ADV}* {LEAVE} {UNTIL} {PARTLY}* {KEEPS}
{LEAVE} {PARTLY}* {UNTIL} {KEEPS}
""",
    "PLAINLY": """
anställd|anställda|i tjänst|på plats|aktiv|här|hos mig|hos oss|fast anställd|tillsvidareanställd
fast anställda|aktuell
""",
    "PERSONSTAYS": """
{STAYS}|{STAYS} {PARTLY}|{PLAINLY} {NEAR}*|ja , {PARTLY}|ja , {STAYS}|ja , {LEAVE}
fortsätter på {COUNT} procent|fortsätter {PARTLY}|på heltid|på deltid|jobbar {PARTLY}
jobbar {PARTLY} och är kvar|ja|ja {STAYS}|är kvar , {PARTLY}|kvar {PARTLY}|är kvar på {PARTLY}
{ONLEAVE}|har jag kvar|blir kvar {WHERE}*|är min|jobbar ännu|{BE} {ADV}* kvar med fast tjänst
{ESTAY}|stays|är kvar som vanligt|{STAYS} , {LEAVE}|{STAYS} men {LEAVE}|{STAYS} men är {LEAVE}
ska inte bort|har inte slutat|är kvar och {LEAVE}
""",
}
