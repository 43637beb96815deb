"""Ways to say that everybody on the list stays: families of phrases. Data only."""

from __future__ import annotations

SUBJECTS = {
    "PEOPLE": """
medarbetare|medarbetarna|personer|personerna|namn|namnen|anställda|kollegor|kollegorna|personal
stycken|st|pers|individer|namngivna|uppräknade|rader|raderna
""",
    "GANG": """
gänget|bunten|högen|gruppen|arbetsgruppen|arbetslaget|teamet|personalen|personalgruppen|listan
skaran|laget|truppen|kören|styrkan|kollegiet|avdelningen|enheten|raden|uppställningen|rasket
klabbet|ligan|stallet|personalstyrkan|familjen|rubbet|bandet|patrullen|konkarongen
""",
    "THESE": """
dem|dom|de|dessa|de här|dom här|de där|dessa personer|personerna|namnen|de på listan|dem på listan
dom på listan|medarbetarna|de listade|de uppräknade|de {COUNT}|dom {COUNT}|dessa {COUNT}
dem {COUNT}|de här {COUNT}|dom här {COUNT}|mina medarbetare|de {COUNT} {PEOPLE}
dessa {COUNT} {PEOPLE}|de här {COUNT} {PEOPLE}|personerna {ONLIST}|de {ONLIST}|namnen {ONLIST}
mina {COUNT}|våra {COUNT}|mitt folk|vårt folk|personalen|de anställda|de namngivna
de ni räknat upp
""",
    "DAY": "#",
    "PLACE": "^",
    "COUNT": "%|bägge|båda",
    "ONLIST": """
i listan|på listan|på er lista|på din lista|på vår lista|i er lista|i din lista|i tabellen|nedan
här|här nedan|där|ovan|i uppställningen|i uppställningen nedan|i sammanställningen|i förteckningen
i mejlet|i mailet|i ert mejl|i ert mail|i ditt mejl|i ditt mail|i brevet|i utskicket|som står där
som står på listan|som står med|som står i listan|som finns på listan|som ni har listat
som ni listat|som ni räknat upp|som du räknat upp|som ni räknar upp|som du räknar upp
ni räknat upp|ni frågar om|som ni frågar om|som du frågar om|du frågar om|ni listat|du listat
ni har listat|du har listat|som är med|som är uppräknade|som är listade|som du skickat
som ni skickat|ni skickat|du skickat|som nämns|som ni nämner|som du nämner|ni nämner|du nämner
på raderna|enligt listan|enligt nedan|enligt ovan|enligt er lista|enligt din lista|listade
i underlaget|på pappret som kom|som listas|precis som du räknat upp|precis som ni räknat upp
som står nedan|som står här|som står uppräknade|som listats|som radats upp|på den
på den här listan|på den listan|som ni radat upp|ni undrar om
""",
    "ALL": """
alla|allihop|allihopa|samtliga|allesammans|allesamman|rubb och stubb|rubbet|varenda en
varenda kotte|varje person|varje medarbetare|var och en|alla samtliga|alla allihop|alla som en
alla {COUNT}|samtliga {COUNT}|samtliga de {COUNT}|alla de {COUNT}|alla dom {COUNT}
alla de här {COUNT}|alla dessa {COUNT}|alla mina {COUNT}|alla våra {COUNT}|de här {COUNT}
dom här {COUNT}|dessa {COUNT}|de {COUNT}|dom {COUNT}|mina {COUNT}|våra {COUNT}
alla {COUNT} {PEOPLE}|de {COUNT} {PEOPLE}|samtliga {COUNT} {PEOPLE}|de här {COUNT} {PEOPLE}
dom här {COUNT} {PEOPLE}|dessa {COUNT} {PEOPLE}|alla {PEOPLE}|samtliga {PEOPLE}
alla de här {PEOPLE}|alla mina|alla våra|alla dessa|alla de här|alla dom här|alla dessa {PEOPLE}
alla de {PEOPLE}|hela {GANG}|hela mitt {GANG}|hela vårt {GANG}|hela det {GANG}|båda|bägge|båda två
bägge två|båda {PEOPLE}|bägge {PEOPLE}|båda dessa|båda de här|båda mina|båda våra
{COUNT} av {COUNT}|alla {COUNT} av {COUNT}|samtliga av dem|alla av dem|alla utan undantag
samtliga utan undantag|alla stycken|alla {COUNT} stycken|alla jag har|alla ni frågar om
alla du frågar om|alla som står där|alla ni nämner|{COUNT} {PEOPLE}|alla mina {PEOPLE}
alla mina {COUNT} {PEOPLE}|alla våra {PEOPLE}|alla {COUNT} namn|alla namn|samtliga namn
alla {COUNT} {PEOPLE} {ONLIST}|samtliga mina|samtliga våra|hela listan|hela raden|precis alla
exakt alla|alla listade {PEOPLE}|alla listade|samtliga listade {PEOPLE}
samtliga uppräknade {PEOPLE}
""",
    "THEY": """
de|dom|de här|dom här|dessa|personerna|medarbetarna|namnen|de där|dom där|de uppräknade|de listade
de som står på listan|de som står där|de ni frågar om|de ni räknat upp|dom ni frågar om
de på listan|dom på listan|de som står med|de som är med|de ni listat|dem ni listat|de namngivna
mina medarbetare|de namn ni listat|de personer ni listat|de jag har på listan|de ni har på listan
de du frågar om|de du räknat upp|mitt gäng|mitt lag|mitt team|gänget|teamet|arbetslaget
arbetsgruppen|personalen|medarbetarna på listan|personerna på listan|namnen på listan
de personer som står på listan|personalen på listan|vårt gäng|vårt team|folket|mitt folk|mina
""",
    "WHOM": "{ALL} {ONLIST}?|{THEY} {ONLIST}?|{ALL} {THESE}|{THEY} {ALL}",
    "ME": "mig|oss",
    "I": "jag|vi",
    "TEAMNOUN": """
grupp|gruppen|arbetsgrupp|arbetslag|arbetslaget|team|teamet|enhet|enheten|avdelning|avdelningen
arbetsplats|arbetsplatsen|skola|skolan|förskola|förskolan|bibliotek|biblioteket|boende|boendet|kök
köket|hemtjänst|hemtjänsten|rektorsområde|verksamhet|verksamheten|personalgrupp|personalgruppen
personal|personalstyrka|personalstyrkan|kansli|kansliet|kontor|kontoret|stab|staben|gäng|gänget
lag|laget|område|området|organisation|bemanning|planeringen|receptionen|vaktmästeriet|verkstan
matsalen|äldreboendet|gruppbostaden|fritids|fritidshemmet|gymnasiet|museet|simhallen|sektion
sektionen|växeln|förvaltningen|huset|båten|skutan|gruppbostad|äldreboende|fritidsgården
daglig verksamhet|dagverksamheten|hemsjukvården|rehab|elevhälsan|stödboendet|särskolan|grundskolan
mellanstadiet|lågstadiet|högstadiet|arbetsledning|ledning|regi|flock|hus|stall
""",
    "TEAM": """
{TEAMNOUN}|min {TEAMNOUN}|mitt {TEAMNOUN}|vår {TEAMNOUN}|vårt {TEAMNOUN}|den här {TEAMNOUN}
det här {TEAMNOUN}|samma {TEAMNOUN}|denna {TEAMNOUN}|detta {TEAMNOUN}|{PLACE}|{TEAMNOUN} {PLACE}
vår {TEAMNOUN} {PLACE}
""",
    "WHERE": """
här|här hos {ME}|hos {ME}|under mig|hos {ME} på {TEAM}|hos {ME} i {TEAM}|hos {ME} här
här på {TEAM}|här i {TEAM}|i {TEAM}|på {TEAM}|inom {TEAM}|vid {TEAM}|på plats|i tjänst|på jobbet
med {ME}|här på plats|som vanligt|som tidigare|som förut|som förr|som innan|precis som vanligt
precis som tidigare|på sin post|precis som förut|i full gång|i högsta grad|för fullt
på sina poster|under mina vingar|på sina platser|på sin plats|i vanlig ordning|i samma tjänst
på samma ställe|på sina vanliga poster|hos undertecknad|i kära {TEAMNOUN}|som sist|sedan tidigare
hos vår {TEAMNOUN}|i min ledning|under min ledning
""",
    "OURTEAM": """
min {TEAMNOUN}|mitt {TEAMNOUN}|vår {TEAMNOUN}|vårt {TEAMNOUN}|den här {TEAMNOUN}
det här {TEAMNOUN}|samma {TEAMNOUN}|denna {TEAMNOUN}|gruppen|teamet|gänget|laget|huset|arbetslaget
arbetsgruppen|personalgruppen|skolan|förskolan|verksamheten|enheten|avdelningen
""",
    "NEAR": """
här|här hos {ME}|hos {ME}|under mig|hos {ME} på {TEAM}|hos {ME} i {TEAM}|hos {ME} här
här på {TEAM}|här i {TEAM}|på plats|i tjänst|på jobbet|med {ME}|här på plats|som vanligt
som tidigare|som förut|som förr|som innan|precis som vanligt|precis som tidigare|på sin post
precis som förut|i full gång|i högsta grad|för fullt|på sina poster|under mina vingar
på sina platser|på sin plats|i vanlig ordning|i samma tjänst|på samma ställe
på sina vanliga poster|hos undertecknad|i kära {TEAMNOUN}|som sist|sedan tidigare
hos vår {TEAMNOUN}|i min ledning|under min ledning|i {OURTEAM}|på {OURTEAM}|inom {OURTEAM}
vid {OURTEAM}
""",
}
PREDICATES = {
    "ADV": """
fortfarande|fortsatt|alltjämt|absolut|självklart|naturligtvis|såklart|givetvis|faktiskt|förstås|ju
alltså|mycket riktigt|som vanligt|som tidigare|som förut|precis|helt|tack och lov|som tur är|också
lyckligtvis|glädjande nog|definitivt|verkligen|samtliga|alla|allihop|allihopa|allesammans
bägge två|båda två|båda|bägge|alla {COUNT}|samtliga {COUNT}|så klart|gudskelov|fullt|till fullo
even|i allra högsta grad|i högsta grad|stadigt|troget|alla {COUNT} {PEOPLE}|till % procent
alla som en|{COUNT} {PEOPLE}|i rask takt|glatt|gladeligen|visst|då|väldigt|hel och hållet
helt och hållet|precis som vanligt|som sagt|tveklöst|utan tvekan|{COUNT} {PEOPLE} precis
mer än gärna|trevligt nog
""",
    "BE": """
är|e|finns|jobbar|arbetar|tjänstgör|står|sitter|blir|hänger|håller|arbeter|jobba
""",
    "EMPLOYED": """
anställda|anställd|tillsvidareanställda|fast anställda|aktiva|aktuella|aktuell|i tjänst|på plats
mina|våra|vår|mina medarbetare|våra medarbetare|min medarbetare|mina anställda|med|mitt folk
mitt gäng|vårt gäng|mitt team|vårt team|här|hos {ME}|under mig|med {ME}|med i {OURTEAM}|verksamma
i arbete|i drift|i full gång|knutna till {OURTEAM}|kvar|anstälda|anstallda|mitt eget folk
del av {OURTEAM}|en del av {OURTEAM}|min personal|vår personal|i min grupp|i mitt team
i tjänst hos {ME}|bemannade|igång|med på tåget|exakt mitt team|precis mitt team|exakt min grupp
trogna|trogna tjänare|exakt mitt gäng|mitt nuvarande team|min nuvarande personal
mina nuvarande medarbetare|underställda mig
""",
    "STAYS": "{STAY} {ADV}*",
    "STAY": """
{BE} {ADV}* kvar {WHERE}*|kvar {ADV}* {WHERE}*|är {ADV}* {EMPLOYED} {NEAR}*
e {ADV}* {EMPLOYED} {NEAR}*|jobbar {ADV}* {NEAR} {NEAR}*|arbetar {ADV}* {NEAR} {NEAR}*
tjänstgör {ADV}* {NEAR} {NEAR}*|jobbar {ADV}* på|jobbar {ADV}* vidare {NEAR}*
arbetar {ADV}* vidare {NEAR}*|jobbar på {NEAR}*|finns {ADV}* {NEAR} {NEAR}*
finns {ADV}* kvar {WHERE}*|finns {ADV}* med {NEAR}*|stannar {ADV}* kvar {WHERE}*
tillhör {ADV}* {ME}|tillhör {ADV}* {OURTEAM}|hör {ADV}* till {ME}|hör {ADV}* till {OURTEAM}
hör {ADV}* hemma {NEAR}|lyder {ADV}* under mig|ingår {ADV}* i {OURTEAM}|fortsätter {ADV}* {NEAR}*
stannar {ADV}* {NEAR}*|är {ADV}* under mig|går {ADV}* kvar {WHERE}*|ska {ADV}* vara kvar {WHERE}*
ska {ADV}* ligga kvar {WHERE}*|ska {ADV}* stå kvar {WHERE}*|ska {ADV}* vara med {NEAR}*
ska ha kvar sina kort|har {ADV}* kvar sin anställning|har {ADV}* sin tjänst kvar
har {ADV}* sina tjänster kvar|hör {ADV}* hit|har jag {ADV}* kvar {WHERE}*
har vi {ADV}* kvar {WHERE}*|har jag {ADV}* här|har vi {ADV}* här|har jag ju {ADV}* kvar {WHERE}*
jobbar fortfarande|arbetar fortfarande|är fortfarande|jobbar {ADV}* som vanligt
arbetar {ADV}* som vanligt|är {ADV}* det|är i gång {NEAR}*|kör {ADV}* på {NEAR}*
kör {ADV}* vidare {NEAR}*|kör {ADV}* kvar {WHERE}*|knegar {ADV}* på {NEAR}*
sliter {ADV}* på {NEAR}*|traskar {ADV}* på|tuffar {ADV}* på {NEAR}*|rullar på {NEAR}*
gör {ADV}* sitt jobb {NEAR}*|består|är {ADV}* i sin tjänst {NEAR}*|är {ADV}* i sina tjänster
är {ADV}* på sin post|är {ADV}* rätt personer|är {ADV}* vid liv och arbetar {NEAR}*
har {ADV}* fast förankring {NEAR}*|är {ADV}* kvar som {EMPLOYED}|kan {ADV}* ligga kvar {WHERE}*
kan {ADV}* stå kvar {WHERE}*|kan {ADV}* vara kvar {WHERE}*|hör {ADV}* till oss
jobbar {ADV}* {NEAR} {ADV}|finns {ADV}* {EMPLOYED} {NEAR}*|undervisar {ADV}* {NEAR}*
bemannar {ADV}* {OURTEAM}|är {ADV}* anställda i {OURTEAM} {NEAR}*|finns {ADV}* att tillgå {NEAR}*
hänger {ADV}* i {NEAR}*|hänger {ADV}* med {NEAR}*|är {ADV}* kvar hos {ME} i {TEAM} och jobbar på
jobbar {ADV}* kvar och trivs|är {ADV}* kvar och trivs {WHERE}*|är {ADV}* som de ska
är {ADV}* riktiga|är {ADV}* rätt|är {ADV}* korrekta|stämmer {ADV}*|är {ADV}* de rätta
är {ADV}* med i {OURTEAM} {NEAR}*|är {ADV}* där de ska|är {ADV}* där de ska vara
är {ADV}* på rätt plats|arbetar {ADV}* under mig|jobbar {ADV}* under mig
har {ADV}* sin anställning hos {ME}|har {ADV}* anställning hos {ME}|är {ADV}* verksamma {NEAR}*
är {ADV}* anställda {NEAR}* och i tjänst|är {ADV}* anställda och jobbar {NEAR}*
har {ADV}* oförändrad anställning {NEAR}*|har {ADV}* samma tjänst|har {ADV}* samma tjänster
har {ADV}* sina tjänster {NEAR}*|har {ADV}* sin tjänst {NEAR}|har {ADV}* sin anställning {NEAR}
har {ADV}* sin arbetsplats {NEAR}|kvarstår {ADV}* {NEAR}*|har {ADV}* sin anställning kvar {WHERE}
består {NEAR}|har {ADV}* sin anställning kvar {WHERE}*
""",
    "LIST": """
listan|hela listan|er lista|din lista|den här listan|listan ni skickat|listan du skickat
listan nedan|uppställningen|sammanställningen|förteckningen|uppgifterna|uppgifterna i listan
namnen|raderna|denna lista|personerna|tabellen|underlaget|utskicket|allt|alltihop|det|det här
detta|den|alla uppgifter|alltihopa|alla uppgifterna|samtliga uppgifter|alla namn|samtliga namn
alla namnen|alla rader|hela uppställningen|hela sammanställningen|hela förteckningen|listorna
er uppställning|er sammanställning|er förteckning|listan från er|uppgifterna ni har|det ni har
det som står|det som står på listan|det som står i listan|det du skickat|det ni skickat
allt på listan|allt i listan|allting|innehållet|alltsammans|rubbet|allt det där|uppgifterna nedan
listan i mejlet|listan i mailet|namnlistan|personallistan|personlistan|de|dom|era uppgifter
vår lista|vår lista hos er|listan ni har|listan över mina medarbetare|listan för {TEAM}|bilden
förteckningen nedan|sammanställningen nedan|uppställningen nedan|uppgifterna i brevet
uppgifterna i mejlet|uppgifterna i mailet|läget|listan med namn|kortlistan|listan på {TEAM}
listan med namnen|lappen|namnen i listan|namnen på listan
""",
    "WELL": """
bra|rätt|fint|utmärkt|perfekt|jättebra|toppen|kanon|hur bra som helst|precis|till punkt och pricka
exakt|fortfarande|helt|alldeles utmärkt|mycket bra|väldigt bra|till % procent|till hundra procent
hundra procent|% procent|till fullo|till alla delar|till sista raden|in i minsta detalj|hela vägen
i alla delar|utan anmärkning|på pricken|på alla punkter|ypperligt|som hand i handske|alltjämt
fortsatt|även nu|som vanligt|bra tycker jag
""",
    "FINE": """
rätt|riktig|riktiga|riktigt|korrekt|korrekta|aktuell|aktuella|aktuellt|oförändrad|oförändrat
oförändrade|komplett|kompletta|uppdaterad|giltig|giltiga|giltigt|som den ska|som det ska
som de ska|sann|som den ska vara|som det ska vara|i sin ordning|i ordning|helt rätt|helt riktig
helt riktiga|helt korrekt|helt korrekta|detsamma|densamma|desamma|samma|likadan|likadant|lika
som vanligt|som förut|som tidigare|som {LAST}|precis som {LAST}|oförändrat sedan {LAST}
oförändrad sedan {LAST}|oförändrade sedan {LAST}|godkänd|godkänt|exakt rätt|precis rätt
fortfarande rätt|fullständig|helt aktuell|helt aktuella|helt oförändrat|helt oförändrad
som det brukar|som den brukar|up to date|à jour|fräsch|gångbar|precis som det ska
precis som den ska|precis som den ska vara|sanna|precis som det ska vara|oförändrat sen {LAST}
oförändrad sen {LAST}|utan fel|felfri|felfritt|prima|rätta|fullständiga
""",
    "LISTFINE": """
{LIST} {ONLIST}? stämmer {WELL}* {ONLIST}? {WHERE}*|{LIST} {ONLIST}? gäller {WELL}* {WHERE}*
{LIST} {ONLIST}? är {ADV}* {FINE} {WHERE}* {ONLIST}?|{LIST} e {ADV}* {FINE}
{LIST} ser {ADV}* {LOOKS} ut {ONLIST}? {ALLTOO}?|{LIST} ser ut {ASIT}|{LIST} håller {WELL}*
{LIST} speglar {WELL}* verkligheten|{LIST} överensstämmer {WELL}* {WITHREAL}?
{LIST} {ONLIST}? stämmer {WELL}* {WITHREAL}|stämmer {WELL}* {ALLTOO}? {ONLIST}? {WITHREAL}?
ser {LOOKS} ut {ALLTOO}? {ONLIST}?|det stämmer {WELL}* {ALLTOO}? det?|{FINE} lista {ALLTOO}?
{FINE} {ALLTOO}|allt {FINE}|listan {FINE}|allt {ADV}* {FINE} {WHERE}*|ja det stämmer
stämmer fint det|stämmer allt|allting {FINE}|uppgifterna {FINE}|namnen {FINE}
är {ADV}* {FINE} {ALLTOO}? {WHERE}*|allt i sin ordning|listan ok|listan okej
allt ok {WHERE}*|allt ok på {PLACE}
{LIST} är ok {ALLTOO}|listan är ok|listan är okej|listan är bra|allt är ok|allt är okej
allt är frid och fröjd|inga fel|inga felaktigheter|inget fel|inte ett fel|inte ett enda fel
{LIST} ser ut {ASIT} {ADV}*|rätt lista|rätt personer|rätt namn|{LIST} ser {LOOKS} ut {ADV}*
{LIST} är {ADV}* exakt mitt team|det är {ADV}* mitt team|det är {ADV}* mitt gäng
det är {ADV}* mina medarbetare|det är {ADV}* mina|det är {ADV}* vårt gäng
det är {ADV}* exakt mitt team|det är {ADV}* precis mitt team|det är {ADV}* exakt min grupp
det är {ADV}* precis de jag har|det är {ADV}* precis dem jag har|det är {ADV}* de jag har
det är {ADV}* dem jag har|{LIST} kan {ADV}* godkännas|{LIST} godkänns|jag godkänner {LIST}
vi godkänner {LIST}|godkänner {LIST}|{LIST} är {ADV}* en korrekt bild {WHERE}*
{LIST} ger {ADV}* en rättvisande bild|{LIST} visar {ADV}* rätt|{LIST} visar {ADV}* rätt personer
{LIST} återger {ADV}* läget korrekt|{LIST} matchar {WELL}* {WITHREAL}?
{LIST} går {ADV}* att lita på|{LIST} är {ADV}* densamma som {LAST}
{LIST} speglar {ADV}* {WELL}* hur det ser ut {WHERE}*|{LIST} innehåller {ADV}* rätt personer
{LIST} behöver inte ändras|{LIST} behöver inte justeras|{LIST} behöver inte uppdateras
{LIST} kräver ingen ändring|{LIST} kräver inga ändringar|{LIST} kan {ADV}* stå kvar {ASNOW}?
{LIST} kan {ADV}* stå|{LIST} kan {ADV}* ligga kvar|{LIST} kan {ADV}* vara som den är
{LIST} kan {ADV}* lämnas som den är|stämmer {LIST} {WELL}*|gäller {LIST} {WELL}*
är {LIST} {ADV}* {FINE}|det är {ADV}* {WHOM} som {STAYS}|{LIST} är {ADV}* {FINE} och {FINE}
ni har {ADV}* rätt uppgifter|ni har {ADV}* rätt lista|ni har {ADV}* rätt personer
ni har {ADV}* helt rätt lista
""",
}
