"""More words that answer a review letter, as managers say it in speech and in haste. Data only."""

from __future__ import annotations

from parsers.answers.review_sorts import Sort

PHRASES: dict[Sort, str] = {
    Sort.YES: """
yes box|yessbox|jajjemensan|jajamensann|jaaaa|jodå visst|visst är det så|så är det|klart det
ja precis som vanligt|japp japp|yes sir|yesbox|jovisst|jo men visst|jo men|jo då|aye
""",
    Sort.RIGHT: """
gäller fortfarande|gäller alltjämt|gäller ännu|listan gäller|gäller som förut|gäller som tidigare
riktiga|riktig|är de rätta|de rätta|det rätta|rätta|likadan|likadant|ser likadant ut
ser likadan ut|ser ut som sist|ser ut som förra gången|ser ut som förra kvartalet
ser ut som tidigare|ser ut som vanligt|ser ut som den ska|ser ut som det ska|densamma|desamma
komplett|fullständig|fullständigt|exakt mitt team|precis mitt team|det är mitt team
det är hela mitt team|det är mitt gäng|det är min grupp|stämmer väl|stämmer prick|stämmer exakt
stämmer precis|stämmer till punkt och pricka|äger sin riktighet|kan lämnas som den är
kan ligga som den är|lämna som den är|lämna listan som den är|låt listan vara|låta listan vara
låt listan vara som den är|bara att låta listan vara|behöver inte ändras|inget behöver ändras
ser rätt bra ut|ser helt okej ut|är okej|är ok|tummen upp|gott så|all in order|is correct
är up to date|fullt korrekt|helt ok|helt okej|helt korrekt|helt riktigt|alldeles riktigt
allt är riktigt|allt är som det ska|allt som det ska|allt som vanligt|allt är som vanligt
allt är som förut|allt är sig likt|sig likt|är sig lik|allt vid det gamla|vid det gamla
allt är lugnt|allt frid och fröjd|frid och fröjd|i ordning
""",
    Sort.STAY: """
i vår tjänst|i min tjänst|ligga som de gör|ligga som den gör|låta ligga|låt ligga|vara som de är
låt stå|e här|är här|finns här|e kvar|stay put|staying|are staying|is staying|are still here
is still here|withdrew her notice|withdrew his notice|withdrew their notice|löper på
löper på som vanligt|löper vidare|tickar på|tuffar vidare|håller i|hänger i|kämpar vidare
kvar hos undertecknad|hos undertecknad|hör hemma hos mig|hör hemma hos oss|i min grupp än
under mina vingar|kvar i gänget|kvar i teamet|kvar i gruppen|kvar i arbetslaget|kvar i personalen
kvar på jobbet|kvar på sin post|på sin post|på sina poster|kvar som förut|kvar som tidigare
jobbar ännu|jobbar ännu kvar|jobbar än|finns ännu|finns än|är ännu kvar|ännu kvar|än kvar
jobbar fortfarande|arbetar fortfarande|fortfarande anställd|fortfarande anställda|ännu anställd
ännu anställda|på banan|är kvar på banan|med i båten|i båten
""",
    Sort.WORKS: """
i mitt arbetslag|har jag|har vi|i mitt team|on my team|in my team|in our team|on our team
""",
    Sort.LEFT: """
inte här längre|ej här längre|inte längre här|inte hos oss längre|jobbar inte här längre
jobbar inte kvar|jobbar ej kvar|arbetar inte kvar|jobbar inte hos oss längre
jobbar inte hos mig längre|gick ut|gått ut|löpte ut|löpt ut|försvann|försvunnit|la av|lade av
lagt av|gått hem med pension|gick hem med pension|blivit pensionär|blev pensionär
är pensionär sedan|är ålderspensionär|gick i sin pension|drog|dragit|har dragit
har slutat sin anst|har avslutat sin anst|sluttet|har gått vidare till annat arbete
valde att sluta|valt att sluta|valde att lämna|valt att lämna|har lämnat verksamheten
lämnade verksamheten|slutade på enheten|slutat på enheten|privata arbetsgivare|privat arbetsgivare
andra arbetsgivare|andra kommuner|hos andra arbetsgivare|tagit annat jobb|tog annat jobb
tog ett annat jobb|tagit ett annat jobb|tagit nytt jobb|tog nytt jobb|tog jobb hos
inte längre anställd|ej längre anställd|är inte längre anställd|ej anställd längre
har slutat jobba|has left us|has stopped working|no longer employed here|no longer works for us
is retired
""",
    Sort.LEAVES: """
lämnar sin anst|har begärt att få sluta|går sin sista dag|gör sitt sista pass|går hem i pension
väljer att sluta|går i ålderspension|slutar jobba|slutar arbeta|avgår|lägger av|drar vidare
är på väg att lämna
""",
    Sort.ENDS: """
hade sin sista arbetsdag|sista arbetsdag var|sista dag var|sista dagen var
sista anställningsdag var|sista arbetspasset|sista jobbpasset|has his last day|has her last day
his last day|her last day|last day of work|final day|var sista dagen|är sista dagen
blir sista dagen|sista dag hos oss
""",
    Sort.ENDED: """
inte förlängt|ej förlängt|är inte förlängt|inte förlängda|blev inte förlängda|blev inte förlängt
inte blivit förlängd|inte blivit förlängt|inte blivit förlängda
""",
    Sort.GIVEN_NOTICE: """
lämnat in|lämnade in|lämnar in|lämnat in avskedsansökan|lämnat in sin avskedsansökan|har sagt upp
sökt annan tjänst|fått tjänst|fick tjänst|fått en tjänst|fick en tjänst|fått ny tjänst|tog jobb på
tagit jobb på|tagit jobb i|tog jobb i
""",
    Sort.MOVED: """
placerad på|placerad hos|är placerad på|placerad vid|stationerad på|numera placerad på
lyder numera under|sorterar numera under|sorterar nu under|har placerats på|placerats på
har bytt till|har gått över till|förflyttats till|har förflyttats|ny placering på|ny placering
har flyttats över till|flyttats över till|flyttats över|har flyttats
""",
    Sort.UNCHANGED: """
inga konstigheter att rapportera|inga anmärkningar|inga synpunkter|inget att säga om
inget att invända|inget att anmärka på|inget att klaga på|inget har hänt sedan sist
intet att rapportera|inget att orda om|inget skvaller|samma lag som sist|inga sluttare
""",
    Sort.STRUCK: """
raderade|raderade raden|raderade raderna|tog bort raden|tog bort raden för|tog bort raderna
tog bort raderna för|tagit bort raden|tagit bort raden för|tagit bort raderna
tagit bort raderna för|plockade bort|plockade bort raden|klippte bort|klippt bort|rensade bort
rensat bort|strök raden|strök raderna
""",
    Sort.REST: """
kollegorna|hennes kollegor|hans kollegor|deras kollegor|de andra kollegorna|övriga kollegor
de två däremellan|de däremellan|däremellan|jag inte nämner|jag inte nämnt|jag inte har nämnt
som jag inte nämnt|som jag inte nämner|de som jag inte nämnt|de som jag inte nämner
de som jag inte kommenterat|de jag inte kommenterat|de jag inte skrivit vid
de som jag inte skrivit vid|de som inte är kommenterade|de utan kommentar|de okommenterade
de jag inte skrivit något om|de jag inte tagit upp|de som inte är nämnda|de ej nämnda
övriga namnen|de vars namn står nedan|namnen ni ser i listan nu|namnen ni ser nu
namnen ni ser nedan|namnen ni ser i listan|de namn ni ser nedan|namnen som står kvar
de namn som står kvar|de som står där nu|resterande personer|alla andra namn|resten av mina
resten av arbetslaget|resten av teamet|resten av styrkan|de som är kvar nedan|de jag lämnat kvar
de namn som är kvar
""",
    Sort.EXCEPT: """
så när som på|så när som|frånsett|med undantag|undantaget är att|sånär som på|sånär som|bortsett
utom möjligen|foutom|förutm|utm|med reservation för
""",
    Sort.ONLY: """
den enda förändringen är|enda förändringen är|den enda ändringen är|enda ändringen är
enda skillnaden är|den enda skillnaden är|enda avvikelsen är|den enda avvikelsen är
enda nyheten är|den enda nyheten är|det enda nya är|det enda som hänt är|den enda är
""",
    Sort.NONE: """
ingen av de här|ingen utav de här|ingen av dessa|inte en enda en|ingen enda|inte nån
inte någon av dem|ingen av mina|ingen av mina medarbetare|ingen i listan|ingen alls
""",
    Sort.DOUBT: """
får vi se|vi får se|får se|så får vi se|på annat håll|annat håll|sa att|sade att|säger att
berättade att|påstår att|hörde att|hört|ryktet|ryktet säger|har hört|börjar om|börjar igen
börjar som|annanstans|någon annanstans|nån annanstans|hemma hos|stannar hemma|så länge
svarar imorgon|svarar i morgon|svarar ikväll|svarar senare|svarar på måndag|återkommer imorgon
svarar imorgon|visste inte att|visste inte|jobbar i stället för|jobbar istället för|skoja bara
skojar bara|obekräftat|obekräftad|ej bekräftat|som det ser ut|prel|preliminär|evtl|trol|förmodl
ska dubbelkolla|dubbelkolla|dubbelkollar|ev|mycket längre|till dess|tills dess|fram till dess
inte officiellt|hade tidigare|fram sin pension|aktuell för pension|aktuell för|inte aktuell för
i stället för|istället för|är tillbaka|på väg tillbaka|utom den|tidigare här|hos oss tidigare
börjar nytt jobb|börjar ett nytt jobb|gissar jag|skulle tro|vill jag minnas|är jag inte säker på
inte riktigt säker|antagligt
""",
    Sort.SERVES: """
sina anställningar|sina tjänster|anställningar|in my unit|in our unit|my unit|our unit|at my unit
sommarvikariat|sommarjobb|semestervikariat|julvikariat|visstid|ett vikariat|ett sommarvikariat
""",
    Sort.FILL: """
härifrån|att meddela|att rapportera|att anmäla|meddela|rapportera
låta|låt|låter|igenom|kollat igenom|så snart det går|så fort det går|så snart ni kan
så snart som möjligt|snarast|snarast möjligt|det är fyra namn|ovanför|hamnade i skräpposten
hamnat i skräpposten|i skräpposten|skräpposten|i skräpkorgen|hamnade i skräpen|till sjuksköterska
till undersköterska|till lärare|till socionom|till förskollärare|som tur är|som tur var
precis som du räknat upp|som du räknat upp|precis som ni räknat upp|ur systemet|från systemet
i systemet|ur registret|ur er lista|ur e-katalogen|ur katalogen|enl|enl.|i can confirm|can confirm
confirm|listed|on the list|hereby confirm|notera|obs|i uppställningen|uppställningen
hela uppställningen|översikten|tabellen|registret|namnen|på personalsidan|på personalfronten
i personalgruppen|personalsidan|personalfronten|två dagar i veckan|en dag i veckan
tre dagar i veckan|fyra dagar i veckan|två gånger|en gång|flera gånger|vet inte exakt datum
vet inte exakt när|vet inte vilket datum|vet inte från vilket datum|minns inte datumet
minns inte exakt datum|minns inte exakt när|minns inte vilket datum|kommer inte ihåg datumet
kommer inte ihåg exakt datum|osäker på datumet|osäker på datum|osäker på exakt datum
osäker på exakt datum dock|minns inte dagen|minns inte dag|hur som helst|hursomhelst|i vilket fall
i vilket fall som helst|hur som|vill bara säga|vill bara meddela|ville bara säga|i förväg
så här i juletid|med sorg meddelar jag att|med sorg|var vänliga|ovanför|till punkt och pricka
kikat på listan|kikat igenom|kikade på|kikat|kikade|gått igenom namnen|kollat igenom namnen
kollat igenom listan|stämt av listan|läst igenom listan|läst listan|bockat av
""",
    Sort.SAME: """
detsamma gäller|samma gäller|samma gäller för|likaledes|precis som
""",
}
