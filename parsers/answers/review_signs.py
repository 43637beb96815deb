"""Whom a reply speaks of, and what bends an answer: not, but, if, perhaps. Data only."""

from __future__ import annotations

from parsers.answers.review_sorts import Sort

SIGNS: dict[Sort, str] = {
    Sort.ALL: """
alla|samtliga|allihop|allihopa|alltihop|alltihopa|allesammans|allesamman|varenda en|hela gänget
hela listan|hela bunten|hela högen|hela arbetslaget|hela gruppen|everyone|everybody|all of them
all|all staff|var och en|alla sammans|hela arbetsgruppen|allt folk|hela personalen|vartenda namn
varje person|allihopp|alla dessa|alla ovan|alla ovanstående|ovanstående|ovanstående personer
alla nedan|alla nedanstående|de ovan|hela styrkan|hela personalgruppen|hela teamet|hela laget
rubbet|alla i listan|alla på listan|personerna|personerna på listan|personerna i listan
personerna ovan|personerna nedan|alla mina|alla våra|alla de|alla dom|de alla|dom alla
""",
    Sort.BOTH: """
båda|bägge|båda två|bägge två|både två|dom båda|de båda|de bägge|both|both of them|bådadera
dom bägge|bådda
""",
    Sort.NONE: """
ingen|inga|ingen av dem|ingen av dom|inga av dem|inga av dom|ingen av de|noll|nobody|no one
none of them|none|ingen utav dem|ingen här|ingen i gruppen|inte någon|ingen av personerna
ingen av dessa|ingen av de här|ingen på listan|ingen i listan|inga på listan|inte en enda
""",
    Sort.REST: """
de ni ser nedan|de nedan|de som står kvar|de som är kvar i listan|de som står nedan|dom nedan
de kvarvarande|dom som är kvar i listan|övriga|resten|de andra|dom andra|de övriga|dom övriga
alla andra|alla övriga|resterande|de resterande|de som är kvar på listan|annars|i övrigt|övrigt
the rest|the others|all others|everyone else|all the others|resten av listan|resten av gänget
resten av dem|de återstående|samtliga övriga|samtliga andra|alla de andra|alla dom andra
allt annat|resten av personalen|resten av gruppen|återstående|de som inte nämns|övriga på listan
de andra på listan|alla andra på listan|övriga i listan|andra|övriga personer|the other|others|övr
övriga namn|de jag inte nämnt|resten av personerna
""",
    Sort.EXCEPT: """
mer än att|mer än|annat än att|annat än|utöver att|bara det att|förutom att|utom att|utom|förutom
bortsett från|undantaget|med undantag av|med undantag för|except|except for|undantag|men inte
dock inte|men ej|minus|exklusive|exkl|apart from|undantagen är|undantaget är|med ett undantag
fast inte|och inte|foruom|förrutom|förtom
""",
    Sort.ONLY: """
bara|endast|enbart|only|det är bara|den enda som|den enda|enda|det är endast|blott
""",
    Sort.SHE: """
han|hon|hen|honom|henne|denne|denna|denna person|vederbörande|he|she|him|her|personen|den personen
den här personen|hans|hennes|hens|hn|honnom|dennes
""",
    Sort.THEY: """
de|dom|dem|dessa|de här|dom här|de där|dom där|they|them|deras|these
""",
    Sort.COUNT: """
en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|one|two|three|four
five|six|seven|eight|nine|ten|tvo|tree
""",
    Sort.PEOPLE: """
ordinarie|av dessa|av de|utav dem|av de här|utav dessa|av dom här|medarbetare|medarbetarna|namnet
personer|person|namn|namnen|personal|personalen|kollega|kollegor|kollegan|kollegorna|medarbetaren
pers|st|stycken|rader|rad|raderna|people|persons|staff|employees|colleagues|gubbar|tjejer|tjejerna
killarna|killar|damerna|människor|på listan|i listan|individer|vikarie|vikarier|vikarien
vikarierna|timvikarie|timvikarier|timvikarien|sommarvikarie|sommarvikarier|sommarvikarien|konsult
konsulter|praktikant|student|elev|undersköterska|undersköterskan|sköterska|sköterskan
sjuksköterskan|läraren|rektorn|kocken|vaktmästaren|handläggaren|assistenten|kvinnan|mannen|tjejen
killen|of them|av dem|av dom
""",
    Sort.SOMEONE: """
någon|nån|några|nåra|somebody|someone|en annan|ett par|en av dem|en av dom|två av dem|tre av dem
somliga|vissa|flera|många|hälften|halva|majoriteten|de flesta|dom flesta|nästan alla
i princip alla|ungefär alla|inte alla|ej alla|några av dem|one of them|not all|most of them
en person|en medarbetare|nya|en del|enstaka|den ena|ena|annan|annat|någon av dem|nån av dem|fler
den som|de som|dom som|dem som|vilka|vem|vems|en till|andra personer|flertalet|somlig|följande
""",
    Sort.WE: """
jag|vi|mig|oss|mej|min|mitt|mina|vårt|we|me|us|my|our|jag själv|undertecknad
""",
    Sort.NEW: """
saknas|fattas|ny medarbetare|nyanställd|nyanställda|nyanställt|en ny|lägg till|lägga till
läggas till|börjar|anställt|nyrekryterad|ny kollega|nytillkommen|lägg även till|lägg gärna till
missing|add|fått en ny|fått två nya|saknar|ny personal|tillkommit|tillkommer|rekryterat
ny på listan|ska läggas till|glömts bort|finns inte på listan|finns inte med|finns ej med
står inte med|är inte med|ej med på listan
""",
    Sort.RENAMED: """
heter|heter i efternamn|i efternamn|heter numera|heter nu|heter nu mera|bytt efternamn|bytt namn
gift sig och heter|nytt efternamn|nytt namn|heter nuförtiden|heter sedan|heter egentligen
är gift och heter|bytt till efternamnet|tagit namnet|bytte efternamn|bytte namn|har gift sig
gifte sig|är gift|gift sig|stavas|stavas egentligen|efternamnet är numera|efternamn numera
numera med efternamnet|gift|skilt sig|is now called|changed her name|tidigare|född|f d|fd
""",
    Sort.NOT: """
varken|vare sig|inte|ej|icke|aldrig|not|inget|never|doesn't|does not|isn't|inte alls|itne|int|ente
hasn't|has not|haven't|aren't|are not|is not|inge
""",
    Sort.LONGER: """
längre|längere|mer|anymore|any more|any longer|no longer|numer
""",
    Sort.NOW: """
nu|numera|nuförtiden|nu mera|now|istället|i stället|instead|nu för tiden
""",
    Sort.TILL: """
till och med|t o m|tills|fram till|fram t o m|until|till o med|tom|through|ut
""",
    Sort.FROM: """
från|från och med|fr o m|sedan|sen|fr|per|since|as of|från o med|f r o m|sedan den
""",
    Sort.BUT: """
jag menar|menar|menade|jag menade|fel av mig|skrev fel|skämt åsido|nej vänta|vänta|nej förresten
förresten|oj nej|nej just det|vänta nu|rättelse|men|dock|däremot|fast|but|however|however,
emellertid|fastän|dock har|förvisso
""",
    Sort.AND: """
medan|och|samt|o|and|liksom|respektive|resp|plus|ock|oh|ocj|och även
""",
    Sort.THAT: """
som|vilken|who|that|vilket|where|där
""",
    Sort.IF: """
om|ifall|i fall|såvida|beroende på|beror på|if|unless|förutsatt|under förutsättning|i så fall
annars så|ev|villkorat|skulle|should|would|såvida inte|beroende
""",
    Sort.DOUBT: """
tror|tror jag|kanske|osäker|osäkert|oklart|oklar|inte säker|antagligen|förmodligen|troligen
troligtvis|nog|väl|möjligen|möjligtvis|eventuellt|vad jag vet|såvitt jag vet|så vitt jag vet
vad jag förstår|om jag minns rätt|om jag inte minns fel|preliminärt|inte bestämt|inte klart
funderar|verkar|borde|bör|lär|ska visst|hoppas|hoppas jag|tänker sluta|vill sluta|gissar
gissningsvis|sannolikt|maybe|perhaps|probably|i think|not sure|think|guess|unsure|uncertain
säkert inte|lite osäker|typ|antar|antar jag|misstänker|hört att|sägs|ryktas|enligt uppgift
i teorin|på pappret|på papperet|formellt|egentligen|formellt sett|delvis|nästan|ska kolla
måste kolla|behöver kolla|får kolla|kollar|kolla|ska undersöka|undersöker|dubbelkollar
ska stämma av|behöver stämma av|återkommer|återkommer om|återkommer kring|får återkomma|planerar
planeras|överväger|förhandlar|utreds|utredning|tveksam|tveksamt|osäkra|inte helt säker|i princip
mer eller mindre|så gott som|minns inte|kommer inte ihåg|hoppar in ibland|ibland|hoppar in
vid behov|ryckt in|mest troligt|förhoppningsvis|kan ha|lutar åt|har för mig|har för mig att
om jag förstått rätt|om inte annat|med reservation|reservation|enl uppgift|sista jag hörde
gärna kolla|väntar på besked|inväntar besked|inte fått besked|ej fått besked|inte bestämt sig
""",
    Sort.NEVER: """
vem är|vem är det|vem det är|vem är detta|vem är denna|vem är hon|vem är han|vet inte|vet ej
vet jag inte|vet jag ej|inte vet jag|ingen aning|har ingen aning|känner inte|känner ej
känner inte till|känner jag inte|känner jag inte till|känner inte igen|känner jag inte igen|okänd
okänd för mig|okänt|aldrig jobbat|aldrig arbetat|aldrig varit|aldrig hört|aldrig hört talas om
har aldrig|har inte koll|inte koll|har ej koll|ingen koll|har ingen koll|ligger fel|hamnat fel
fel person|don't know|do not know|who is|never heard|unknown|inte hört talas|finns ingen|har ingen
ingen med det namnet|ingen som heter|inte jobbat här|har inte jobbat|har inte arbetat
vet faktiskt inte|vet faktiskt ej|har inte börjat|inte börjat|började aldrig|tillträdde aldrig
vet jag faktiskt inte|har jag ingen koll på|har jag inte koll på|säger mig inget
säger mig ingenting|har jag aldrig hört talas om|har jag aldrig hört|kan inte svara på
kan inte svara|kan ej svara|kan jag inte svara på|vet du|vet ni|fel enhet|fel lista
""",
    Sort.ASKED: """
fråga|kan du svara|kan du svara på detta|kan du ta|kan du ta detta|skickar vidare|vidarebefordrar
vidarebefordrat|skickat vidare|kontakta|prata med|hör med|har bättre koll|svara på detta|får svara
svarar på detta|lämnar över|vänd er till|vänd dig till|ber|kan ni fråga|mejla|maila|ask
can you answer|could you answer|forwarding|please ask|please contact|stäm av med|ring|kollar du
tar du|tar du detta|kan du kolla|kan du hjälpa|svarar du|fixar du|se nedan kan du
""",
    Sort.NOT_MINE: """
inte längre chef|inte chef|ej chef|ej längre chef|inte deras chef|fel chef|inte min personal
tillhör inte mig|ny chef sedan|slutat som chef|tillhör inte min|inte ansvarig|fel mottagare
har bytt tjänst|no longer the manager|not the manager|skicka till|skickas till
inte mina medarbetare|inte längre ansvarig|inte chef längre|inte längre deras chef
ligger inte under mig|ny enhetschef|tagit över|tar över|tog över|hör inte till mig|inte min enhet
inte mitt ansvar|har tagit över
""",
    Sort.IS: """
är|e|var|blir|blev|ä|is|are|was|were|har|hade|have|has|vara|varit|er|blivit|ska|skall|ska vara
skall vara|ska ligga|ligger|finnas|stå|står|va|hr|haft|fått|fick
""",
    Sort.TOWN: """
stockholm|göteborg|malmö|uppsala|västerås|örebro|linköping|helsingborg|jönköping|norrköping|lund
umeå|gävle|borås|södertälje|eskilstuna|halmstad|växjö|karlstad|sundsvall|östersund|trollhättan
luleå|kalmar|kristianstad|skövde|falun|skellefteå|uddevalla|visby|gotland|norrland|skåne|småland
dalarna|värmland|norge|oslo|danmark|köpenhamn|finland|helsingfors|england|london|tyskland|spanien
usa|utomlands|kiruna|ystad|varberg|nyköping|motala|landskrona|enköping|södra sverige|norra sverige
annan ort|en annan ort|annan stad|en annan stad|polen|syrien|irak|somalia|turkiet|iran|hemlandet
västkusten|norr|söderut|norrut
""",
    Sort.BEGAN: """
började|började hos oss|började hos mig|började här|anställdes|har börjat|börjat|startade
började jobba|started
""",
    Sort.SO: """
gör det|gör det fortfarande|gör de|det gör|jobbar det|det är de andra|är det|e d|e de
är det fortfarande|är de|är det ju|det är de|det är övriga
""",
    Sort.OR: """
eller|or|eller också|alternativt
""",
    Sort.SAME: """
likaså|dito|detsamma|samma sak|likadant|lika så|samma för|samma med|same|samma där
""",
    Sort.AT: """
på|hos|i|till|under|inom|vid|at|in|with|by|av|med|för|from|of|to|on|mot|mellan|över|utan|efter
före
""",
    Sort.CHIEF: """
chef|enhetschef|chefen|manager|rektor|gruppchef|verksamhetschef|biträdande rektor
""",
}
