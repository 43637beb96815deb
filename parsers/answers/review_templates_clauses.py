"""Sentences of those who go and of the rest who stays: families of phrases. Data only."""

from __future__ import annotations

CLAUSES = {
    "REF": """
som har|som|vilken|vilka|, som|, vilken|, vilka|, {PRON}|, {PLURAL}|{PRON}|{PLURAL}|, där {PRON}
, ty {PRON}|, för {PRON}|eftersom {PRON}|, eftersom {PRON}|då {PRON}|, då {PRON}|för {PRON}
as {PRON}|who|, who
""",
    "EVENT": "{LEFT}|{LEAVING}|{MOVE}",
    "WHY": """
{REF} {EVENT}|( {EVENT} )|{REF} {ONLEAVE}|, {EVENT}|- {EVENT}|{REF} {EVENT} och {EVENT}
( {REF} {EVENT} )|( {DAY} )|{REF} ( {EVENT} )|: {EVENT}|{REF} {EVENT} , {EVENT}|{REF} {LEFTTWICE}
""",
    "LEFTTWICE": "{LEFT} och {LEFT}|{LEFT} , {LEFT}|{LEFT} och {LEAVING}",
    "BUT": """
utom|förutom|undantaget|med undantag för|med undantag av|bortsett från|så när som på|sånär som på
så när som|sånär som|minus|exkl|exklusive|frånsett|med undantaget|undantagna|fast inte|except
except for|undantag|med ett undantag :|med undantag :|, utom|, förutom|, undantaget
, med undantag för|, med undantag av|, bortsett från|, så när som på|, sånär som på|, except
apart from|men inte|, men inte|, dock inte|med ett undantag|med ett enda undantag :|utöver
""",
    "ALLBUT": """
{THEY} {STAYS} {ALL} {BUT} {NAMES} {WHY}?|{WHOM} {STAYS}? {BUT} {NAMES} {WHY}? {STAYS}?
{WHOM} {BUT} {NAMES} {STAYS} {WHY}?|{BUT} {NAMES} {WHY}? {STAYS}
{STAYS} {WHOM} {BUT} {NAMES} {WHY}?|{BUT} {NAMES} {STAYS} {WHOM}
{I} har kvar {WHOM} {BUT} {NAMES} {WHY}?|{EALL} {ESTAY}? {BUT} {NAMES} {WHY}?
{WHOM} {BUT} {NAMES} , {WHY} , {STAYS}|{WHOM} {BUT} {NAMES} {WHY} {STAYS}
{STAYS} är {WHOM} {BUT} {NAMES} {WHY}?|{BUT} {NAMES} är {WHOM} {STAYS} {WHY}?
{ALL} {BUT} en {STAYS}? - {NAMES} {WHY}?|{ALL} {BUT} en {STAYS}? : {NAMES} {WHY}?
{ALL} {STAYS}? {BUT} en : {NAMES} {WHY}?|{ALL} {STAYS}? {BUT} en , {NAMES} {WHY}?
{BUT} {NAMES} {WHY} , är {WHOM} {STAYED}|{BUT} {NAMES} är {WHOM} {STAYED}
""",
    "FINEBUT": """
{LISTFINE} {BUT} {NAMES} {WHY}|{SAME} {BUT} {NAMES} {WHY}|{LIST} {BUT} {NAMES} {WHY}
{NOCHANGE} {BUT} {NAMES} {WHY}|{NOCHANGE} {BUT} att {NAMES} {EVENT}
{LISTFINE} {BUT} att {NAMES} {EVENT}|{SAME} {BUT} att {NAMES} {EVENT}|{LISTFINE} {BUT} {NAMES}
{SAME} {BUT} {NAMES}|{BUT} {NAMES} stämmer {LIST} {WELL}*|{BUT} {NAMES} är {LIST} {FINE}
""",
    "ONLYONE": """
{THEONLY} är att {NAMES} {EVENT}|{THEONLY} är {NAMES} {WHY}|{THEONLY} : {NAMES} {WHY}
{THEONLY} {NAMES} {WHY}|{THEONLY} är {NAMES}|{THEONLY} heter {NAMES} {WHY}?|{ONLY} {NAMES} {LEFT}
det är {ONLY} {NAMES} som {LEFT}|{ONLY} {NAMES} som {LEFT}|{ONLY} {NAMES} ska bort
{NOBODY} {BUT} {NAMES} {LEFT}|{NOBODY} annan än {NAMES} {LEFT}
det enda som hänt är att {NAMES} {EVENT}|det enda som har hänt är att {NAMES} {EVENT}
det enda nya är att {NAMES} {EVENT}|en ändring : {NAMES} {EVENT}|en förändring : {NAMES} {EVENT}
en ändring , {NAMES} {EVENT}|en enda ändring : {NAMES} {EVENT}|en sak : {NAMES} {EVENT}
det som hänt är att {NAMES} {EVENT}|en liten ändring : {NAMES} {EVENT}
en person mindre : {NAMES} {WHY}|{NAMES} är {THEONLY} {WHY}?|det är {NAMES} som {LEFT} , {ONLY} §
{ONLY} {NAMES} är borta|det är {ONLY} {NAMES} som är borta|{THEONLY} är {NAMES} , {PRON} {EVENT}
{THEONLY} : {NAMES} {EVENT}|{THEONLY} är {NAMES} {EVENT}
""",
    "ONLY": "endast|bara|enbart|blott|det är bara|det är endast|det är enbart",
    "THEONLY": """
den enda förändringen|den enda ändringen|enda ändringen|enda förändringen|den enda skillnaden
enda skillnaden|den enda som slutat|den ende som slutat|den enda som har slutat
den ende som har slutat|enda som slutat|den enda som inte är kvar|den ende som inte är kvar
enda som inte är kvar|den enda som är borta|den ende som är borta|den som slutat
den som har slutat|den som inte är kvar|den enda som lämnat oss|den enda som lämnat
den enda avgången|enda avgången|den enda avvikelsen|enda avvikelsen|den enda rättelsen
enda rättelsen|den enda korrigeringen|den som ska bort|den enda som ska bort
den enda som ska tas bort|den som ska tas bort|enda avhoppet|den enda nyheten|enda nyheten
den som är borta|den enda jag inte har kvar|det enda som ändrats|det enda som ska ändras
det som ska ändras|den enda som har lämnat oss|den som inte är det|den som saknas|enda undantaget
undantaget är
""",
    "SAYS": """
{NAMELIST} {DASH}? {EVENT}|{NAMELIST} {DASH}? {PERSONSTAYS}|{NAMES} {DASH}? nej {LEFT}
{NAMES} {DASH}? nej , {LEFT}|det är {JOB} {NAMES} som {EVENT}|det är {NAMES} som {LEFT} ( {DAY} )
det är {JOB} {NAMES} som {LEFT} ( {DAY} )|{NAMES} ( {JOBNAME} ) {EVENT}|{NAMES} {DASH}? {EVENT}
{NAMES} {DASH}? {PERSONSTAYS}|{NAMES} {PRON} {EVENT}|{NAMES} {PRON} {PERSONSTAYS}
{NAMES} {DASH}? {EVENT} och {EVENT}|det är {NAMES} som {EVENT}|det är {NAMES} som {PERSONSTAYS}
{NAMES} ( {EVENT} )|{NAMES} {DASH}? {LEFTTWICE}|{PERSONSTAYS} {NAMES}|{INVERTED}
""",
    "JOB": """
läraren|sjuksköterskan|undersköterskan|vårdbiträdet|kocken|vikarien|timvikarien|barnskötaren
förskolläraren|pedagogen|handläggaren|administratören|vaktmästaren|vår kollega|vår|kollegan
assistenten|samordnaren|bibliotekarien|kuratorn
""",
    "JOBNAME": "{JOB}|sjuksköterska|undersköterska|lärare|barnskötare|vårdbiträde|kock",
    "RESTLEFT": "{THEREST} {LEFT}",
    "ONLYSTAY": """
{ONLY} {NAMES} {STAYS}|{ONLY} {NAMES} som {STAYS}|{ONLY} {NAMES} som inte har slutat
{ONLY} {NAMES} som inte slutat|{ONLY} {NAMES} som är kvar
""",
    "TIDYUP": """
var vänliga stäng {HIS} konto {SOON}?|var vänlig stäng {HIS} konto {SOON}?
stäng gärna {HIS} konto {SOON}?|ni kan stänga {HIS} konto {SOON}?|stäng {HIS} konto {SOON}?
{PRONOUN} kan ni ta bort|ni kan ta bort {PRONOUN} {SOON}?|ta bort {PRONOUN} {TIDY}*
{HIS} kort är inlämnat|kortet är inlämnat|korten är inlämnade|kan ni ta bort {PRONOUN} {TIDY}*
så ta bort {PRONOUN} {TIDY}*|stryk {PRONOUN} {TIDY}*|{PRONOUN} kan tas bort|{PRONOUN} kan strykas
ni får gärna ta bort {PRONOUN}|plocka gärna bort {PRONOUN}|kortet har lämnats in
ni kan spärra {HIS} kort|spärra {HIS} kort|spärra gärna {HIS} kort
""",
    "HIS": "hans|hennes|hens|deras",
    "SOON": "så snart det går|så snart som möjligt|snarast|omgående|direkt|nu|med en gång",
    "INVERTED": """
{WHEN} slutade {NAMES}|{DAY} gick {NAMES} i pension|kvar {ADV}* är {NAMES}
{I} har {ADV}* kvar {NAMES} {WHERE}*|{I} har {NAMES} {ADV}* kvar {WHERE}*
{NAMES} har {I} {ADV}* kvar {WHERE}*|slut {DAY} : {NAMES}|slutade {DAY} : {NAMES}
sedan {LAST} har {NAMES} {LEFTWORD}|{I} har tyvärr tappat {NAMES} {WHEN}?
{I} tackade av {NAMES} {WHEN}|notera att {NAMES} {EVENT}|obs att {NAMES} {EVENT}
observera att {NAMES} {EVENT}|obs : {NAMES} {EVENT}|obs {NAMES} {EVENT}|tyvärr har {NAMES} {GONE}
tyvärr slutade {NAMES} {WHEN}|{NAMES} däremot {EVENT}|{NAMES} tyvärr {EVENT}|däremot {LEFTINV}
{NAMES} , {EVENT}|{NAMES} , {PERSONSTAYS}|{NAMES} ( {DAY} )
med sorg meddelar jag att {NAMES} {EVENT}|{I} har inte {NAMES} kvar
{I} har inte längre {NAMES} kvar|{I} har inte kvar {NAMES}
""",
    "LEFTINV": "har {NAMES} {GONE} {WHEN}?|slutade {NAMES} {WHEN}",
    "DASH": "-|:|=|–|→|, som|,",
    "REMOVE": """
{TAKE} {NAMES} {TIDY}* {WHY}?|{TAKE} {NAMES} ( {EVENT} ) {TIDY}*|{TAKE} {NAMES} {WHY} {TIDY}*
{NAMES} {CANGO} {TIDY}*|ni kan {TAKE} {NAMES} {TIDY}* {WHY}?|kan ni {TAKE} {NAMES} {TIDY}*
du kan {TAKE} {NAMES} {TIDY}* {WHY}?|kan du {TAKE} {NAMES} {TIDY}*
var snäll och {TAKE} {NAMES} {TIDY}*|ni får gärna {TAKE} {NAMES} {TIDY}*|please {TAKE} {NAMES}
ni ska {TAKE} {NAMES} {TIDY}*|vänligen {TAKE} {NAMES} {TIDY}*|snälla {TAKE} {NAMES} {TIDY}*
{NAMES} kan ni {TAKE} {TIDY}*|{NAMES} får ni {TAKE} {TIDY}*
""",
    "TAKE": """
ta bort|tag bort|plocka bort|stryk|stryka|radera|ta väck|plocka ut|tar ni bort|tas bort|avsluta
remove|delete|plocka väck|ta ur|lyft ur|lyft bort|lyfta bort|rensa bort|rensa ut|avregistrera
""",
    "CANGO": """
kan tas bort|kan strykas|ska bort|ska tas bort|ska strykas|kan plockas bort|bör strykas
bör tas bort|ska avslutas|kan avslutas|ska plockas bort|ska raderas|kan raderas|skall bort
skall tas bort
""",
    "FOLLOWS": """
{PRON} {EVENT}|{PRON} {EVENT} och {EVENT}|{PLURAL} {EVENT}|{PLURAL} {EVENT} och {EVENT}|{EVENT}
{PRON} {LEFTTWICE}|hennes sista dag var {WHEN}|hans sista dag var {WHEN}
deras sista dag var {WHEN}|hennes sista dag är {WHEN}|hans sista dag är {WHEN}
hennes sista dag blir {WHEN}|hans sista dag blir {WHEN}|hennes anställning upphörde {WHEN}
hans anställning upphörde {WHEN}|hennes vikariat gick ut {WHEN}|hans vikariat gick ut {WHEN}
det var {DAY}|det skedde {DAY}|{PRON} {WHEN}|{PLURAL} {WHEN}|sista dagen var {WHEN}
det hände {DAY}
""",
    "RESTSTAYS": """
{THEREST} {STAYS}|{STAYS} {ADV}* är {THEREST}|{THEREST} {DASH}? {STAYS}|{THEREST} {ADV}* {FINE}
{THEREST} ok|{THEREST} stämmer {WELL}*|{THEREST} är det|{I} har {ADV}* kvar {THEREST} {WHERE}*
{THEREST} har {I} {ADV}* kvar {WHERE}*|{THEREST} har jag {WHERE}|{THEREST} ja|ja på {THEREST}
{THEREST} fortsätter {WHERE}*|{THEREST} {ESTAY}|behåll {THEREST}|{THEREST} är {ADV}* rätt
{THEREST} ska ha kvar sina kort|{THEREST} {LIE} {ASNOW}?|{NO} {CHANGE} på {THEREST}
{NO} {CHANGE} för {THEREST}|{NO} {CHANGE} bland {THEREST}|{NO} {CHANGE} vad gäller {THEREST}
{THEREST} utan ändringar|{THEREST} oförändrat|{THEREST} är oförändrade|{THEREST} är oförändrat
kvar {THEREST}|{THEREST} som {LAST}|{NO} synpunkter på {THEREST}|låt {THEREST} {LIE} {ASNOW}?
ni kan låta {THEREST} {LIE} {ASNOW}?|{THEREST} kan {LIE} {ASNOW}?|{THEREST} ska {LIE} {ASNOW}?
{THEREST} är fortfarande här|{THEREST} kör på {WHERE}*
""",
    "ELSE": """
i övrigt|annars|för övrigt|övrigt|resten|bortsett från det|bortsett från detta|utöver det
utöver detta|förutom det|förutom detta|sen|utom det|och annars|och i övrigt|otherwise
i övrigt på listan|allt annat|annat
""",
    "ELSEFINE": """
{ELSE} {LISTFINE}|{ELSE} {FINE}|{ELSE} {NOCHANGE}|{ELSE} {SAME}|{ELSE} är {LIST} {ADV}* {FINE}
{ELSE} är allt {ADV}* {FINE}|{ELSE} stämmer {LIST} {WELL}*|{ELSE} stämmer {WELL}*
{ELSE} gäller {LIST}|{ELSE} är {WHOM} {STAYED}|{ELSE} {WHOM} {STAYS}|{ELSE} {STAYS}
{ELSE} inga fler {CHANGE}|inga fler {CHANGE} {SINCE}*|inga andra {CHANGE} {SINCE}*
inga övriga {CHANGE} {SINCE}*|inget annat {TOSAY} {SINCE}*|inget mer {TOSAY} {SINCE}*
inget annat har {HAPPENED} {SINCE}*|ingen annan har {GONE} {SINCE}*|ingen mer har {GONE} {SINCE}*
inga fler har {GONE} {SINCE}*|ingen mer ska bort|{ELSE} ok|{ELSE} okej|{ELSE} är det {FINE}
{ELSE} ser {LIST} {LOOKS} ut|{ELSE} ser det {LOOKS} ut|{ELSE} inget nytt
{ELSE} är det samma {WHOSAME} {ASLAST}?|{ELSE} bra|annars ser det bra ut
ingen ytterligare {CHANGE}|inga ytterligare {CHANGE}|inget ytterligare {TOSAY}
{ELSE} har inget {HAPPENED} {SINCE}*|{ELSE} är läget {FINE}
""",
    "STAYED": "kvar {WHERE}*|i tjänst {WHERE}*|här|på plats|{EMPLOYED}",
    "ALLLEFT": """
ingen av {THESE} {STAYS} längre|ingen av {THESE} {STAYS}|ingen av {THESE} är anställd längre
ingen av {THESE} är längre anställd|ingen av {THESE} jobbar kvar|ingen av {THESE} finns kvar
ingen av {THESE} arbetar här längre|ingen av {THESE} jobbar här längre|{ALL} {ONLIST} har slutat
{ALL} {COUNT} har slutat {WHEN}?|samtliga har slutat {WHEN}?|alla {COUNT} slutade {WHEN}
samtliga slutade {WHEN}|ingen på listan är kvar|ingen på listan är kvar hos {ME}
ingen på listan jobbar kvar|både två har slutat {WHEN}?|båda två har slutat {WHEN}?
båda har slutat {WHEN}?|båda slutade {WHEN}|alla {COUNT} {ONLIST} har slutat
""",
    "ALLFOLLOWS": """
deras vikariat gick ut {WHEN}|deras sista dag var {WHEN}|deras anställningar upphörde {WHEN}
deras anställning upphörde {WHEN}|deras vikariat tog slut {WHEN}|deras visstid gick ut {WHEN}
deras sista arbetsdag var {WHEN}|deras anställningar gick ut {WHEN}|sista dagen var {WHEN}
sista dag var {WHEN}|deras förordnanden gick ut {WHEN}|deras avtal gick ut {WHEN}
{PLURAL} slutade {WHEN}|projektet är nedlagt|projektet är avslutat|projektet avslutades
och blev inte förlängda|och förlängdes inte|verksamheten är nedlagd|uppdraget är slut
projektet är slut|blev inte förlängda|förlängdes inte|blev inte förlängt|de blev inte förlängda
de förlängdes inte
""",
    "HEADLEFT": """
{THISLIST}? ska bort :|{THISLIST}? ska tas bort :|{THISLIST} har slutat :|har slutat hos {ME} :
har slutat :|slutat :|{THISLIST} ska strykas :|{THISLIST} kan tas bort :|{THISLIST} kan strykas :
ta bort {THISLIST}? :|plocka bort {THISLIST}? :|stryk {THISLIST}? :|{THISLIST} är inte kvar :
inte här längre :|avslutade :|avslutad :|har lämnat oss :|lämnat oss :|inte kvar :|ej kvar :
{THISLIST} har slutat hos {ME} :|{COUNT} av {THESE} har slutat :|{COUNT} av {COUNT} har slutat :
{COUNT} har slutat :|{COUNT} {PEOPLE} har slutat :|inte kvar hos {ME} :|jobbar inte kvar :
jobbar inte här längre :|de som slutat :|de som har slutat :|de som ska bort :
{THISLIST} jobbar inte längre kvar :|dessa har slutat hos {ME} :|ska bort ur listan :
att ta bort :|{COUNT} stycken har slutat :|slutade :|arbetar inte kvar :|{THISLIST} slutade :
{THISLIST} är inte längre anställda hos {ME} :|{THISLIST} är inte längre anställda :|avslutas :
tas bort :|bort :|slutat hos oss :|{THISLIST} arbetar inte kvar :|en har slutat :
en person har slutat :|en medarbetare har slutat :
""",
    "HEADSTAY": """
{THISLIST}? är kvar :|kvar :|fortfarande här :|fortfarande kvar :|aktiva :|i tjänst :|är kvar :
{THISLIST} jobbar kvar :|jobbar kvar :|{THISLIST} finns kvar :|finns kvar :|arbetar kvar :
{THISLIST} arbetar kvar :|kvar hos {ME} :|de som är kvar :|anställda :|behåll :|ska vara kvar :
ska ligga kvar :|stannar :|kvarvarande :|{THISLIST} är kvar hos {ME} :|fortsätter :
de som är kvar hos {ME} :|fortfarande anställda :
""",
    "THISLIST": """
dessa|följande|dessa {COUNT}|följande {COUNT}|följande personer|dessa personer
följande {COUNT} {PEOPLE}|dessa {COUNT} {PEOPLE}|följande medarbetare|de här|dom här
de här {COUNT}|dom här {COUNT}|följande namn|dessa namn|nedanstående|nedanstående personer
nedanstående {COUNT}
""",
    "ITEM": """
{NAMES}|{NAMELIST}|{NAMES} {DASH}? {EVENT}|{NAMES} {DASH}? ( {EVENT} )
{NAMES} ( {ON}* {DAY} var sista dagen )|{NAMES} {DASH}? {WHEN}|{NAMES} {DASH}? gick {WHEN}
{NAMES} ( {DAY} )|{NAMES} ( {LEFT} )|{NAMES} , gick {WHEN}
""",
    "COUNTED": """
av {COUNT} är {COUNT} kvar|av de {COUNT} är {COUNT} kvar|{COUNT} av {COUNT} är kvar
{COUNT} av de {COUNT} är kvar|av {COUNT} namn är {COUNT} kvar|{COUNT} av {COUNT} kvar
{COUNT} av {COUNT} {STAYS}|av {COUNT} {PEOPLE} är {COUNT} kvar
""",
    "OWNER": """
§s vikariat gick ut {WHEN}|§s anställning upphörde {WHEN}|§s anställning avslutades {WHEN}
§s anställning löpte ut {WHEN}|§s visstid tog slut {WHEN}|§s vikariat tog slut {WHEN}
§s sista dag var {WHEN}|§s sista arbetsdag var {WHEN}|§s anställning gick ut {WHEN}
§s vikariat upphörde {WHEN}|§s provanställning avslutades {WHEN}|sista dag för {NAMES} var {WHEN}
sista dagen för {NAMES} var {WHEN}|§s anställning tog slut {WHEN}
""",
    "OWNERNEXT": """
§s sista dag är {WHEN}|§s sista dag blir {WHEN}|§s sista arbetsdag är {WHEN}
§s sista arbetsdag blir {WHEN}|sista dag för {NAMES} är {WHEN}|sista dag för {NAMES} blir {WHEN}
§s vikariat går ut {WHEN} och förlängs inte|§s anställning upphör {WHEN}
§s sista anställningsdag är {WHEN}|§s vikariat upphör {WHEN}
""",
}
