"""The words that answer a review letter: stays, has left, leaves, has moved. Data only."""

from __future__ import annotations

from parsers.answers.review_sorts import Sort

DECISIONS: dict[Sort, str] = {
    Sort.YES: """
ja|japp|jepp|jajamän|jajamen|jajamensan|jadå|jodå|jo|jaa|jaaa|yes|yep|yepp|ja då|ja visst|javisst
absolut|jajemän|jajamänsan|yess|jajjamensan|jaha ja|ja tack|joo|jupp|jap|japps|visst|jahopp|yup
jajjemän|jajjemen|ja absolut|ja precis|precis|exakt|självklart
""",
    Sort.NO: """
inte min längre|inte mina längre|inte längre min|inte längre mina|inte hos mig längre|nej|nä|nää
näe|neej|nix|nope|no|nej tack|nejdå|nej då|nej nej|nädå
""",
    Sort.RIGHT: """
stämmer|stämmer bra|stämmer fint|stämmer utmärkt|stämmer helt|rätt|korrekt|korrekta|riktigt
ser bra ut|ser rätt ut|ser korrekt ut|ser ok ut|ser okej ut|ser fint ut|ser helt rätt ut
ser helt korrekt ut|ser jättebra ut|ser toppen ut|ser ut att stämma|är som det ska
är som det ska vara|som det ska|som det skall|aktuell|aktuella|aktuellt|ok|okej|okey|okay|oki
okidoki|bekräftas|bekräftar|bekräftat|godkänns|godkänt|godkänner|looks good|looks correct
looks right|looks fine|all good|correct|fine|rätt personer|rätt namn|stämer|stemmer|stämme|korekt
stämmer till 100|stämmer på pricken|helt rätt|allt ok|allt rätt|allt stämmer|allt är rätt
allt är ok|allt är okej|allt är korrekt|allt bra|allt är bra|allt i sin ordning|i sin ordning
stämmer överens|all correct|up to date|uppdaterad|alla rätt|allt är i sin ordning
allt är i ordning|ser perfekt ut|perfekt|verkar stämma|stämmer fortfarande|okk|oks|alright
that is correct|that's correct|är rätt|alles gut|tipptopp|stämmer alldeles utmärkt|allt ser bra ut
allt ser rätt ut|allt ser korrekt ut|allt ser ok ut|100 %|check|klart|allt korrekt|listan ok
aktuell lista|ser bra ut alltihop|ser rätt ut alltihop|allt okej|allt lugnt|lugnt|toppen
inga konstigheter|inga fel|inget fel|inga problem|inga anmärkningar|inga invändningar
inget att anmärka|inget att invända
""",
    Sort.STAY: """
ska ha kvar|ha kvar|behöver ha kvar|är fortsatt kvar|fortsatt kvar|fortsatt anställd
fortsatt anställda|kvarvarande|finns kvar hos oss|är i gång|all present|are all here
låt ligga kvar|ska fortsätta|kommer att vara kvar|kommer vara kvar|i tjänst hos mig
i tjänst hos oss|tog tillbaka sin uppsägning|tagit tillbaka sin uppsägning|ångrat sin uppsägning
förlängdes|förlängts|blev förlängd|har förlängts|fick förlängt|fått förlängt|sitter kvar
hänger kvar|håller ställningarna|kvra|kvare|kvat|jobbar på som vanligt|jobbar på som förut
kör på som vanligt|rullar på|jobbar vidare|arbetar vidare|fortsätter jobba|fortsätter arbeta
är kvar tills vidare|kvar tills vidare|ligger kvar|står kvar|kvar|stannar|stannar kvar|blir kvar
fortsätter|fortsätter som vanligt|behåll|behålls|behålles|behållas|i tjänst|still here
still with us|still employed|still works here|still working here|still work here|still there
remains|remain|stays|stay|oförändrat|oförändrad|oförändrade|oförändrad lista|som tidigare
som förut|aktiv|aktiva|active|består|är här|kvarstår|qvar|kavr|kar|kvr|kvarr|ska vara med
ska stå kvar|ska va kvar|är med|ska finnas kvar|samma gäng som sist|samma gäng|samma som sist
samma som förra gången|samma personer|samma lista|samma personal|samma som tidigare
samma som förut|samma gäng som förra gången|samma uppsättning|samma bemanning|i full gång
samma folk|samma som vanligt|finns kvar|fortfarande här|fortfarande kvar|fortfarande hos mig
fortfarande hos oss|hos mig|hos oss|still|kvar hos mig|kvar hos oss|kvar i tjänst
tillsvidareanställd|tillsvidareanställda|fast anställd|fast anställda|i gruppen|på plats
på avdelningen|full styrka|fulltaliga
""",
    Sort.WORKS: """
undervisar|kör|tjänstgör|har förlängd tjänst|förlängd tjänst|har förlängt|förlängd
förlängt vikariat|har förlängt vikariat|jobbar|arbetar|anställd|anställda|finns|works|work|working
employed|jobba|arbeta|är i arbete|tillhör mig|tillhör oss|tillhör min|hör till mig|hör till oss
är min|är mina|är våra|anst|har anställning|har sin anställning|har tjänst|har en anställning
anstäld|annställd|jobbade|arbetade|jobbat|arbetat|jobbr|jobar
""",
    Sort.LEFT: """
inte aktuell längre|ej aktuell längre|inte längre aktuell|ej aktuell|inte aktuell|flyttat vidare
är pensionerad|hoppade av|finns inte kvar|finns ej kvar|finns inte längre|är inte kvar längre
provanställningen avbröts|avbröts|avbrutits|avbruten|provanställningen avslutades
fick inte förlängt|inte förlängd|inte förlängts|slutat|slutade|slutad|har slutat|slutatt|sluttat
sluttade|lämnat|lämnade|lämnat oss|lämnade oss|lämnat kommunen|lämnade kommunen|gått i pension
gick i pension|gått i pesnion|pensionerad|pensionerades|pensionerat sig|är pensionär|pensionär
gått vidare|gick vidare|bytt jobb|bytte jobb|bytt arbete|bytt arbetsgivare|bytte arbetsgivare
börjat på nytt jobb|annan arbetsgivare|ny arbetsgivare|annan kommun|hos annan arbetsgivare
i en annan kommun|i annan kommun|hos en annan arbetsgivare|annat arbete|upphört|upphörde
tagit slut|tog slut|has left|left|quit|has quit|retired|gone|slutade hos oss|hoppat av
tackat för sig|tackade för sig|tackat nej till förlängning|avgick|avgått|dragit vidare
slutat hos oss|slutat hos mig|stuckit|gått till annan arbetsgivare|sa hejdå|sagt tack och hej
inte fått förlängt|blev inte förlängd|ej förlängd|förlängdes inte|no longer works here
no longer employed|no longer with us|no longer here|slutat jobba|slutat sin tjänst
slutat sin anställning|gått vidare till annat|slutat på egen begäran|slutade på egen begäran
gått på pension|gick på pension|tagit pension|tog pension|tog ut pension|lämnat sin tjänst
lämnade sin tjänst|lämnat sin anställning|lämnade sin anställning|avslutade sin anställning
avslutat sin anställning|avslutade sin tjänst|avslutat sin tjänst|avslutade anställningen
avslutat anställningen|hade sin sista dag|hade sista dag|hade sista dagen|hade sin sista arbetsdag
gjorde sin sista dag|gjorde sista dagen|jobbade sin sista dag|gjorde sitt sista pass
jobbade sista passet|hade sin sista|slutat arbeta|slutat hos kommunen|utgått|emigrerat
slutade jobba|slutade arbeta|är i pension
""",
    Sort.REMOVE: """
ta bort|tas bort|kan tas bort|ska tas bort|ska bort|skall bort|bort|stryk|strykas|stryks|radera
raderas|plocka bort|plockas bort|avregistrera|avregistreras|remove|delete|please remove
please delete|ta gärna bort|kan ni ta bort|kan du ta bort|ska ut|ur listan|avsluta|kan avslutas
ska avslutas|kan strykas|ska strykas|får tas bort|bör tas bort|behöver tas bort|ta bort ur listan
ta bort från listan|bort från listan|ska väck|utgår|tag bort|kan raderas|ska raderas
ska inte vara med|ska inte vara kvar|ska inte stå kvar|ska inte ligga kvar|skall inte vara kvar
ska ej vara kvar|ska ej ligga kvar|bort med|ni kan ta bort|du kan ta bort|får ni ta bort
kan ni stryka|kan du stryka|ta väck|stryka|inte med längre|ska inte vara med längre
ska inte finnas kvar|ska ej vara med|avslutas direkt
""",
    Sort.LEAVES: """
avslutas|entledigas|avtackas|anställningen avslutas|tjänsten avslutas|går sedan i pension
går sen i pension|går därefter i pension|går nu i pension|går snart i pension
kommer inte att förlängas|kommer inte förlängas|förlängs inte|förlängs ej|inte förlängs
får inte förlängt|blir inte förlängd|blir inte förlängt|ska inte förlängas|slutar|ska sluta
skall sluta|kommer sluta|kommer att sluta|avslutar|lämnar|lämnar oss|ska lämna|kommer lämna
kommer att lämna|går i pension|ska gå i pension|kommer gå i pension|pensioneras|upphör|går ut
tar slut|leaves|leaving|will leave|is leaving|retires|will retire|is retiring|löper ut
ska pensioneras|går på pension|kommer att gå i pension|avslutar sin anställning
avslutar sin tjänst|slutar sin tjänst|slutar sin anställning|lämnar sin tjänst|lämnar kommunen
sluttar|sluter|upphör att gälla|byter jobb|byter arbetsgivare|börjar nytt jobb|går vidare
ska byta jobb|blir pensionär|tar pension|lämnar sin anställning|slutar hos oss|slutar hos mig
går i pention|börjar på nytt jobb|börjar på annat jobb|börjar ett nytt jobb|tackar för sig
slutat från
""",
    Sort.ENDS: """
gör sin sista dag|gör sista dagen|gör sista dag|gör sin sista arbetsdag|gör sista arbetsdagen
jobbar sin sista dag|sin sista|sista dag|sista dagen|sista arbetsdag|sista arbetsdagen
sista anställningsdag|sista anställningsdagen|sista dagen är|sista dag är|sista arbetsdag är
slutdatum|last day|last working day|last day is|sista dag blir|sista dagen blir|sin sista dag
sin sista arbetsdag|sista jobbdag|sista jobbdagen|sista pass|sista passet|slutdag|sista arb dag
sista arb.dag
""",
    Sort.ENDED: """
avslutad|avslutat|avslutades|avslutats|avslutade|pension|ålderspension|i pension|avsl|sjukpension
avtalspension|entledigad|avtackad|avskedad|avgång|slut|pensionering|avslut|avslutning|ended
anställningen avslutades|tjänsten avslutades|anställningen avslutad|anställning avslutad
""",
    Sort.GIVEN_NOTICE: """
fått nytt jobb|fick nytt jobb|fått annat jobb|fick annat jobb|fått ett nytt jobb
fått ett annat jobb|fick ett nytt jobb|fick ett annat jobb|nytt jobb|annat jobb|fått jobb på
fått jobb hos|fått jobb i|har fått jobb|fått jobb|sagt upp sig|sa upp sig|sade upp sig|uppsagd
blivit uppsagd|resigned|lämnat in sin uppsägning|lämnat in uppsägning|uppsägning|given notice
säger upp sig|är uppsagd|på uppsägningstid|har uppsägning|sagt upp|sägs upp|på väg bort
på väg att sluta|begärt avsked|begärt sitt avsked|slutar snart|ska sluta snart|slutar så småningom
""",
    Sort.MOVED: """
lyder under|lyder nu under|rapporterar till|kvar i kommunen|kvar inom kommunen
jobbar kvar i kommunen|fortfarande i kommunen|bytt jobb internt|bytt tjänst internt|bytt internt
gått vidare inom kommunen|gick vidare inom kommunen|internt till|internrekryterad till
fått annan tjänst inom kommunen|fått ny tjänst inom kommunen|annan tjänst inom kommunen|bytt enhet
bytt avdelning|bytt arbetsplats|bytt grupp|bytt team|bytte enhet|bytte avdelning|bytte arbetsplats
bytt boende|bytt förskola|bytt skola|bytt verksamhet|bytt chef|bytte chef|annan enhet
annan avdelning|annan chef|annan grupp|en annan enhet|en annan avdelning|en annan chef
annan rektor|en annan rektor|annan förvaltning|en annan förvaltning|omplacerad|omplacerades
omplacerats|överflyttad|överflyttades|förflyttad|tillhör numera|tillhör nu|tillhör nu mera
hör numera till|hör nu till|hör numera hemma|sorterar under|ligger under|ligger numera under
ligger nu under|gått över till|gick över till|har gått över till|bytte till|övergått till
övergick till|flyttat|flyttade|flyttad|flyttats|flyttades|transferred|moved|moved to
transferred to|jobbar numera|jobbar nu|arbetar numera|arbetar nu|är numera på|är nu på
är numera hos|är nu hos|numera på|numera hos|nu på|nu hos|annat boende|annan skola|annan förskola
annan verksamhet|annat område|annan arbetsplats|flyttat över till|flyttade över till
gått till en annan enhet|jobbar istället|jobbar i stället|arbetar istället|har ny chef
fått ny chef|har fått ny chef|har annan chef|har en annan chef|fick ny chef|bytt område
bytt tjänst|lånats ut till|på annan enhet|till annan enhet|ny enhet|chef är|vars chef är
chef numera|is now at|is now with|now works at|now works in|now at|now in|övergått
bytt hemtjänstgrupp|bytt förvaltning|på annat boende|under annan chef|har gått till|gått till
gick till|tillhör|hör till|hör under|hör hemma på|hör hemma hos|gått över
""",
    Sort.MOVES: """
går upp till|går ner till|ökar till|minskar till|går upp på|går ner på|gått upp till|gått ner till
bytt till|byter enhet|byter avdelning|byter arbetsplats|byter chef|flyttar|flyttar till|flyttas
flyttas till|ska flytta|ska flytta till|kommer flytta|kommer att flytta|flyttar över|går över till
byter till|byter grupp|börjar på|börjar hos|ska börja på|ska över till|byter boende|byter skola
byter förskola|moving to|will move to|transfers to|ska byta till|ska byta enhet|övergår till
kommer att tillhöra|kommer tillhöra|byter tjänst|går till
""",
    Sort.LEAVE: """
går på föräldraledighet|går på föräldraledigt|går hem på föräldraledighet|går på mammaledighet
går på semester|går på tjänstledighet|går på ledighet|går på pappaledighet|föräldraledig
föräldraledigt|föräldraledighet|mammaledig|pappaledig|barnledig|tjänstledig|tjänstledighet
tjänstledigt|sjukskriven|sjukskrivning|sjuk|långtidssjuk|långtidssjukskriven|studieledig
studieledighet|ledig|på semester|semester|vabbar|vab|avstängd|suspended|maternity leave
parental leave|on leave|sick leave|on parental leave|on maternity leave|on sick leave|permitterad
på rehab|rehabiliteras|arbetsprövar|deltidssjukskriven|halvtidssjukskriven|föräldrarledig
föräldraledi|förldraledig|tjl|tjänsteledig|graviditetsledig|på föräldraledighet|på tjänstledighet
arbetsbefriad|mammaledi|fledig|f-ledig|partiellt sjukskriven|delvis sjukskriven|sjukledig
långledig|ledighet|vårdar barn|vård av barn|havandeskapspenning|på mammaledighet|på pappaledighet
vårdar anhörig|vårdar närstående|vårdar sin mamma
frånvarande|på studieledighet|gravid|sjukfrånvarande|går på sjukpenning|har sjukersättning
sjukskrivna|föräldralediga|tjänstlediga
""",
    Sort.DEAD: """
avliden|avled|avlidit|gick bort|gått bort|dött|dog|död|gick ur tiden|somnat in|somnade in
gick tyvärr bort|gått tyvärr bort|tyvärr gått bort|gick tyvärr hastigt bort|gick hastigt bort
gått hastigt bort|passed away|died|deceased|har gått ur tiden
""",
    Sort.UNCHANGED: """
inga förändringar|inga ändringar|ingen förändring|ingen ändring|inget nytt|inga nyheter
inga avvikelser|inget att ändra|inget att rapportera|inga nya|no changes|no change
inget har ändrats|ingenting har ändrats|inget har hänt|ingenting har hänt|inget ändrat
ingenting nytt|ingen skillnad|inga justeringar|inga rättelser|nothing new|nothing has changed
nothing to change|nothing to report|inget att justera|inget att tillägga|inget att meddela
ingenting att ändra|ingenting att rapportera|inga uppdateringar|inga som slutat
inga som har slutat|ingen som har slutat|ingen som slutat|inga avslut|inga avgångar
inga korrigeringar|ingen avvikelse|inget att korrigera|ingenting har förändrats
inget har förändrats|inget förändrat|inget är ändrat|inga ändr|inget behöver ändras
ingenting behöver ändras|ingen som ska bort|inga som ska bort|intet nytt|inga borttag
inga att ta bort|ingen att ta bort|inget som ändrats|inget som har ändrats
inga förändringar att rapportera|inga ändringar att rapportera|inga förändringar att meddela
inga byten|ingenting ändrat|inget att uppdatera|inga personalförändringar|nada nytt
inte skett några förändringar|inte skett några ändringar|inte något nytt|inte ändrats något
""",
    Sort.UNDO: """
ångra|ångrar|ångra senaste|ångra svaret|ångra allt|ångra alltihop|undo
""",
    Sort.STRUCK: """
strukit|tagit bort|raderat|plockat bort|suddat|har strukit|har tagit bort|har raderat|överstrukit
överstruken|överstrukna|struken|strukna|borttagna|borttagen|strök|tog bort
""",
}
