"""Words that say nothing of whether somebody stays: courtesy, context, chat. Data only."""

from __future__ import annotations

COURTESY = """
i alla fall|i varje fall|i vart fall|om du|om ni|om du undrar|om ni undrar|undrar|nåt|något
komma förbi|om ni vill komma förbi|om ni vill|om du vill|ring om du undrar nåt
ring om du undrar något|ring om|ring om ni|ring om du|hör av dig om du|hör av er om ni|lustigt nog
konstigt nog|märkligt nog|nog så|on my side|from my side|on my end|from us|side|hej|hejsan|hallå
hej hej|hejhej|tjena|tja|tjo|god morgon|godmorgon|god dag|god förmiddag|god eftermiddag|god kväll
hello|hi|dear|hej igen|hej på er|hej på dig|hejdå|hej då|halloj|morrn|morsning|hejsan hoppsan|tack
tack så mycket|tack för|tackar|tusen tack|stort tack|tack på förhand|tack för påminnelsen
tack för påminnelse|tack för hjälpen|tack för mailet|tack för mejlet|tack för ditt mail
tack för listan|tack för att ni frågar|tack för att du frågar|tack för att du kollar
tack för att ni håller koll|thanks|thank you|thx|cheers|tack själv|tack för det|tack för din hjälp
tack för en bra tjänst|tackar tackar|varsågod|varsegod|var så god|ursäkta|ursäkta dröjsmålet
ursäkta sent svar|ursäkta sen återkoppling|förlåt|förlåt för sent svar|sorry|sorry för sent svar
ledsen för sent svar|sent svar|dröjsmålet|sena svaret|trevlig helg|trevlig dag|trevlig vecka
trevlig kväll|trevlig sommar|trevlig semester|ha en bra dag|ha en fin dag|ha en trevlig dag
ha en bra helg|ha en fin helg|ha en fin vecka|ha en bra vecka|ha det bra|ha det fint|ha det gott
ha det|ha en|ha en bra|ha en fin|god jul|god helg|gott nytt år|glad påsk|glad sommar
glad midsommar|skön helg|skön sommar|önskar|önskar jag|önskar er|önskar dig|fin|fint|bra|gott
jättebra|utmärkt|kanon|super|bäst|bästa|härligt|vad bra|så bra|mycket bra|mycket|gärna|snälla
vänligen|vänligt|please|kindly|best|regards|hälsning|hälsningar|hälsar|mvh|vh|med vänlig hälsning
vänliga|vänlig|kram|kramar|kramis|puss|we ses|vi ses|vi hörs|hörs|ses|vi hörs av|lycka till
kör hårt|kämpa på|tack och hej|hör av dig|hör av er|hör av dig om|ring mig|ring gärna|säg till
återkom gärna|återkom|bara att ringa|finns på telefon|nås på|nås på telefon|vid frågor
om det är något|om något är oklart|om du undrar något|om ni undrar något|om du har frågor
om ni har frågor|om det är något mer|om något ändras|om det blir ändringar|om ni behöver något
om du behöver något|om det behövs|om frågor|om det finns frågor|om något mer behövs|så hör av dig
så hör av er|så ring|så säg till|om något skulle vara oklart|if you have any questions|let me know
if anything changes|om det händer något|om det dyker upp något|om du har några frågor
återkommer om något ändras|återkommer om det blir ändringar|återkommer om något händer
återkommer vid ändringar|jag meddelar om något ändras|hör av mig om något ändras
hör av mig om det blir ändringar|meddelar om något ändras
"""

CONTEXT = """
fram|lades ner|lagts ner|läggs ner|stängdes|stängde|stängt|avvecklades|lades ned|lagts ned|nedlagd
både|precis som jag skrev|som jag skrev|som jag sa|som jag sade|sa|sade|skrev|glömde|glömde jag
kommentaren|kommentarerna|ovanför|respektive namn|inte berörda|är inte berörda|inte berörd
är inte berörd|berörs inte|på riktigt|ny kontroll|nytt svar|tydligare|grupperar|grupperat
markeringen|utan i båten|tills vidare|samma kommun|inom kommunen|när|efter en tids sjukdom
efter lång tids sjukdom|efter sjukdom|sjukdom|officiellt|obs att|notera att|efternamn
har problem med datorn|problem med datorn|problem|samordnaren|med samordnaren|bemanningen
med bemanningen|tillsammans med|glöm mitt förra mail|glöm mitt förra mejl|glöm mitt förra svar
glöm förra mailet|glöm förra mejlet|bortse från mitt förra mail|bortse från mitt förra svar
bortse från mitt tidigare svar|bortse från förra mailet|korrigering|ny version|det|den|detta
denna lista|denna gång|den här gången|denna gången|den här|listan|lista|listorna|din lista
er lista|i din lista|i er lista|på din lista|på er lista|från listan|enligt listan|enligt lista
enligt nedan|enligt ovan|nedan|ovan|härmed|här kommer|kommer här|här är|kommer|svar|svaret|svaren
mitt svar|mina svar|svarar|svarar här|svarat|svara|svar nedan|se nedan|se svar nedan|se mina svar
se under|se mina kommentarer|see below|please see below|please see|see my answers|below|inline
svar i rött|i rött|rött|med rött|i blått|blått|grönt|i grönt|gult|i fetstil|fet stil|kursivt
i fet stil|röd text|blå text|i röd text|i blå text|min text|fyller i|fyllt i|fyller i nedan
fyllt i nedan|ifyllt|jag fyller i direkt i ditt mail|direkt i mailet|direkt i mejlet
direkt i ditt mail|direkt i listan|skrivit|skriver|skriver här|skrivit vid varje namn
vid varje namn|vid varje rad|efter varje namn|per rad|efter varje rad|under varje namn
under varje rad|bredvid namnen|vid namnen|vid namnet|efter namnet|markerat|markerat nedan
kommenterat|kommentarer|kommentar|kommentar nedan|mina kommentarer|gick inte att skriva i listan
gick inte att skriva i tabellen|kunde inte skriva i listan|då|ju|också|även|helt|alldeles|dessutom
fortfarande|ännu|nu också|just nu|för närvarande|i nuläget|i dagsläget|idag också|än så länge
tyvärr|dessvärre|glädjande nog|tyvärr så|tråkigt nog|som sagt|alltså|dvs|det vill säga
med andra ord|förstås|såklart|naturligtvis|givetvis|faktiskt|verkligen|definitivt|helt säkert
garanterat|och så|osv|etc|mm|m m|bl a|t ex|till exempel|det är|det var|det blir|det gäller
gällande|angående|ang|avseende|vad gäller|när det gäller|beträffande|re|sv|obs|ps|p s|btw|fyi
för info|för information|för kännedom|fö|info|att|så att|eftersom|därför att|då det|pga|p g a
på grund av|grund|grund av|för att|pågår|redan|sist|sedan sist|sen sist|sedan förra gången
sen förra gången|sedan förra kvartalet|sen förra utskicket|sedan förra utskicket
sedan förra listan|sedan senaste listan|sedan senast|senast|senaste|förra kvartalet|förra gången
förra listan|förra utskicket|förra|detta kvartal|det här kvartalet|i kvartal|kvartalet|kvartal
denna period|perioden|den här omgången|denna omgång|omgången|omgång|i år|den gången|innan|hittills
framöver|fortsatt|vidare|igen|i fortsättningen|fortsättningsvis|en gång till|ytterligare|also|too
so|just|already|yet|as|the|an|this|it|there|here|hereby|list|your list|from your list|the list
on the list|everything|answers|answer|reply|allt|allting|uppgifterna|uppgifter|uppgiften
sammanställningen|förteckningen|personallistan|namnlistan|personlistan|enheten|vår enhet|min enhet
mina enheter|avdelningen|gruppen|min grupp|arbetsgruppen|teamet|mitt team|förskolan|skolan|boendet
verksamheten|kommunen|järfälla|järfälla kommun|förvaltningen|hemtjänsten|på enheten|på min enhet
på vår enhet|i min grupp|i mitt team|under mig|hos er|hos dig|i kommunen|i verksamheten|på boendet
på förskolan|på skolan|här hos oss|här hos mig|i huset|hit|dit|hem|hemma|du|ni|dig|dej|sig|sin
sina|sitt|man|ens|era|ert|din|ditt|dina|egen|eget|kan|kunde|vill|ville|måste|får|behöver|brukar
hinner|hann|orkar|tänkte|tänker|ser|såg|tittat|tittade|tittat igenom|gått igenom|gick igenom
gått igenom listan|gick igenom listan|gått igenom hela listan|läst|läst igenom|kollat|kollade
kollat igenom|kontrollerat|kontrollerade|stämt av|stämde av|dubbelkollat|stämt av med|checkat
checkat av|bockat av|bockade av|konstaterar|meddelar|vill meddela|kan meddela|kan bekräfta|intygar
informerar|har kollat|har gått igenom|har tittat på|har stämt av|har kontrollerat|ha|göra|gör
gjort|gjorde|gäller|säga|vet|minns|tycker|tycker jag|tycker om|känns|känns bra|ser ut
vad jag kan se|som jag ser det|jag kan se|kan se
"""

CHAT = """
mycket nu|mycket att göra|fullt upp|har fullt upp|stressigt|lite stressigt|lite|lite kort|kort
kort svar|snabbt|snabbt svar|från mobilen|på mobilen|från telefonen|via mobilen
skriver från mobilen|svarar från mobilen|i farten|på språng|i möte|sitter i möte|på möte
möten|ett möte|på konferens|på utbildning|på tjänsteresa|på resande fot|på resa|på tåget|på bussen
på kurs|mellan två möten|i all hast|i hast|skynda|bråttom|sitter i bilen|i bilen|vädret|snö|sol
regn|kaffe|fika|julstöket|julbordet|lunch|hoppas du mår bra|hoppas ni mår bra|hoppas allt är bra
hoppas allt är bra med er|hoppas allt är väl|hoppas det är ok|hoppas det är till hjälp
hoppas det hjälper|hoppas det räcker|hoppas detta räcker|hoppas det går bra|hoppas det blir rätt
hoppas ni får en|hoppas du får en|bra system|smidigt|smidigt system|bra rutin|bra påminnelse
bra att ni kollar|bra att ni frågar|skönt|roligt|kul|vilken tur|kul att höra|en fråga bara
lätt som en plätt|enkelt|enkelt svar|enkelt den här gången|lätt svar|snabb fråga
precis som vanligt|som vanligt|precis som sist|precis som förut|rätt och slätt|kort och gott
kort sagt|sammanfattningsvis|duktiga|duktig|trogen|trogna|stabilt|stabil|stabilt gäng|fin grupp
bra gäng|härligt gäng|fantastiska|fantastisk|trivs|trivs bra|trivs jättebra|mår bra|sköter sig
tuffar på|som ett ur|saknar henne|saknar honom|saknad|vi saknar henne|vi saknar honom
lycka till henne|önskar henne lycka till|önskar honom lycka till|lyckönskar|blommor|tårta
tackades av|avtackades|blev avtackad|avtackning|avtackat|fick blommor|fick tårta|firade|vi firade
vi hade avtackning|efter många år|efter lång tid|i många år|många år|lång tid|trotjänare
trotjänaren|vår trotjänare|välförtjänt|välförtjänad|välförtjänta|efter lång och trogen tjänst
så äntligen|äntligen|snart|strax|direkt|genast|omgående|samma dag|på morgonen|på kvällen
på eftermiddagen|klockan|åren|dagar|dag|veckor|vecka|månader|månad|tid|tiden|gång|gånger|kl
klockslag|ca|cirka|ungefär|runt|omkring|drygt
"""

SERVICE = """
få post|få|slippa|post|kommun|stad|region|vt|ht|under utredning|med lön|med lön under utredning
provar annat arbete|prova annat arbete|provar annat jobb|för att prova annat arbete
för att prova annat jobb|nattpersonal|natt|nätter|nattetid|natten|nattpass|natt och dag|dagtid
dagpersonal|kväll|kvällar|kvällstid|helg|helger|varannan helg|deltid|heltid|halvtid|kvartstid
halvfart|på deltid|på heltid|på halvtid|på natten|på dagen|på kvällar|nattjänst|nattschema
dagschema|schema|nytt schema|nya schemat|rullande schema|timanställd|timmar|timavlönad
timanställning|intermittent|på timmar|går på timmar|tim|vikariat|som vikarie|på vikariat
tillsvidare|tillsvidareanställning|fast tjänst|fast anställning|provanställning|provanställd
sysselsättningsgrad|tjänstgöringsgrad|tjänst|tjänsten|anställning|anställningen|sin tjänst
sin anställning|ny titel|titel|ändrad titel|bytt titel|ny befattning|som undersköterska|nu som
som samordnare|som gruppledare|som teamledare|ny roll|nya rollen|rollen|gått ner i tid
går ner i tid|gått upp i tid|går upp i tid|gå ner i tid|minskat sin tjänst|ökat sin tjänst
ökad tjänst|minskad tjänst|ändrad tjänstgöringsgrad|procent|kommer tillbaka|kommer åter|tillbaka
åter|är tillbaka|väntas tillbaka|beräknas tillbaka|beräknas åter|beräknas vara tillbaka
ska komma tillbaka|hoppas vara tillbaka|i tjänst igen|åter i tjänst|börjar jobba igen|börjar igen
åter i arbete|i arbete|åter på jobbet|på jobbet igen|barn|barnet|bebis|fått barn|väntar barn
med barn|studier|studerar|pluggar|läser|utbildning|brutit benet|brutit armen|brutit foten|opererad
opereras|operation|dålig|förkyld|influensa|magsjuk|ryggen|sjukskrivningen|ledigheten
tjänstledigheten|föräldraledigheten|under ledigheten|under tiden|så länge|hela|halv|50|100|75|80
25|ersättare|ersättaren|ersätts av|ersatt av|ersattes av|vikarie för henne|vikarie för honom
vikarie tillsatt|tjänsten vakant|vakant|vakans|tjänsten är vakant|rekrytering pågår|rekrytering
ny är anställd|ersättare är rekryterad|utan ersättare|tjänsten utlyst|utlyst|egen begäran
på egen begäran|eget önskemål|på eget önskemål|arbetsbrist|omorganisation|omorganisationen
vikariatet|visstid|visstidsanställning|visstidsanställningen|tidsbegränsad
tidsbegränsad anställning|anställningstid|semesterdagar|tar ut semester|tar semester|semestern
kortet inlämnat|kort inlämnat|kortet är inlämnat|lämnat in kortet|lämnat in kort
lämnat in sitt kort|lämnat tillbaka kortet|nycklar och kort inlämnade|nycklar|nycklarna|dator
datorn|behörighet|behörigheter|behörigheten|konto|kontot|mailen|mejlen|e-post|slippa få post
slipper få post|så att vi slipper|vore bra om ni kunde|vore bra|vore bra om|vore snällt om ni
vore toppen om
"""
