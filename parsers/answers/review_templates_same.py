"""Ways to say that the list is as it was: families of phrases. Data only."""

from __future__ import annotations

SAMENESS = {
    "LAST": """
sist|förra gången|förra kvartalet|förra utskicket|förra listan|senast|tidigare|förut|vanligt|innan
i förra listan|förra omgången|förra avstämningen|förra kontrollen|förra brevet|förra mejlet
förra mailet|sista gången|sistone|senaste gången|senaste listan|senaste utskicket
senaste avstämningen|föregående kvartal|föregående gång|föregående lista|sist ni frågade
sist vi hördes|ni frågade sist|sist du frågade|i listan sist|{DAY}|förra svaret|mitt förra svar
förra genomgången|senaste kontrollen|förra rundan|förra kollen|senaste genomgången
sist det begav sig|den förra|förra perioden|vid förra avstämningen|vid förra kontrollen
vid förra utskicket|senaste kvartalet|vid senaste kontrollen|i det senaste utskicket
""",
    "SAME": """
samma gäng {ASLAST}|samma folk {ASLAST}|samma personer {ASLAST}|samma namn {ASLAST}
samma personal {ASLAST}|samma team {ASLAST}|samma grupp {ASLAST}|samma lista {ASLAST}
samma uppsättning {ASLAST}|samma bemanning {ASLAST}|samma som {LAST}|likadant som {LAST}
precis som {LAST}|exakt som {LAST}|lika som {LAST}|samma gäng|samma personer|samma folk
samma gamla gäng|samma gamla trogna gäng|samma besättning {ASLAST}|samma trupp {ASLAST}
samma visa {ASLAST}|samma läge {ASLAST}|ingen skillnad mot {LAST}|ingen skillnad från {LAST}
ingen skillnad jämfört med {LAST}|inga skillnader mot {LAST}|inga skillnader jämfört med {LAST}
som {LAST}|läget är {ADV}* detsamma {WHERE}*|läget är {ADV}* oförändrat {WHERE}* {SINCE}?
status quo {WHERE}*|läget oförändrat|det är {ADV}* samma {WHOSAME} {ASLAST}
allt som vanligt {WHERE}*|oförändrat {SINCE}*|oförändrat läge|oförändrad lista|oförändrad personal
oförändrad bemanning|allt är {ADV}* som vanligt {WHERE}*|allt är {ADV}* sig likt {WHERE}*
allt är vid det gamla {WHERE}*|allt är {ADV}* som {LAST}|allt som {LAST}|det är {ADV}* som {LAST}
det ser {ADV}* ut {ASIT}|det ser {ADV}* likadant ut {ASLAST}?|ser {ADV}* likadant ut {ASLAST}?
ser {ADV}* likadan ut {ASLAST}?|ser {ADV}* ut {ASIT}|vi är {ADV}* samma {WHOSAME} {ASLAST}
vi är {ADV}* samma {WHOSAME}|samma uppställning {ASLAST}|precis samma {WHOSAME} {ASLAST}
exakt samma {WHOSAME} {ASLAST}|exakt samma {WHOSAME}|precis samma {WHOSAME}
allt är oförändrat {WHERE}* {SINCE}*|allt oförändrat {WHERE}* {SINCE}*
personalen är {ADV}* densamma {ASLAST}?|bemanningen är {ADV}* densamma {ASLAST}?
gruppen är {ADV}* densamma {ASLAST}?|gruppen är {ADV}* intakt
personalstyrkan är {ADV}* oförändrad {SINCE}*|bemanningen är {ADV}* oförändrad {SINCE}*
personalgruppen är {ADV}* oförändrad {SINCE}*|gruppen är {ADV}* oförändrad {SINCE}*
teamet är {ADV}* intakt|arbetslaget är {ADV}* intakt|vi är {ADV}* fulltaliga|fulltaligt {WHERE}*
full styrka {WHERE}*|full bemanning {WHERE}*|det är {ADV}* samma {WHOSAME} {WHERE}*
samma {WHOSAME} {WHERE}*|det är {ADV}* lugnt på personalfronten|lugnt på personalfronten
stabilt på personalfronten|stabilt i personalgruppen|personalläget är {ADV}* oförändrat {SINCE}*
personalläget är {ADV}* stabilt|vi kör på med samma {WHOSAME}
{I} har {ADV}* samma {COUNT} {PEOPLE}|{I} har {ADV}* samma {WHOSAME}|är allt {ADV}* sig likt
är allt {ADV}* {ASIT}|är det {ADV}* {ASIT}|vi är {ADV}* samma {COUNT} {PEOPLE}
""",
    "WHOSAME": """
gäng|personer|folk|namn|personal|team|grupp|lista|uppsättning|bemanning|besättning|människor
medarbetare|visa|skara|trupp|arbetslag
""",
    "ASLAST": "som {LAST}|som vid {LAST}|som i {LAST}|sedan {LAST}|sen {LAST}",
    "ASIT": """
som det ska|som den ska|som det ska göra|som den ska göra|som vanligt|som {LAST}|precis som {LAST}
precis som vanligt|precis som den ska|exakt som {LAST}|likadant som {LAST}|som det brukar
precis som det ska|på samma sätt som {LAST}|exakt som den ska|som den brukar
i stort sett som vanligt
""",
    "ASNOW": """
som den är|som de är|som det är|orörd|oförändrad|som de gör|som den gör|som de står|som nu
""",
    "ALLTOO": """
alltihop|alltihopa|allt|allihop|allihopa|alla|allesammans|samtliga|alla {COUNT}|båda|bägge
båda två|bägge två|hela listan|på alla|det här
""",
    "WITHREAL": """
med verkligheten|med våra uppgifter|med vår personal|med bemanningen|med schemat
med mina uppgifter|med min bild|med vår lista|med min lista|med hur det är|med hur det ser ut
med gruppen|mot verkligheten|med mitt team|med min personal|med det vi har|med det jag har
med vårt schema|med vår bemanning|mot schemat|med personalen|med mitt schema
""",
    "LOOKS": """
bra|rätt|fint|riktig|riktigt|likadan|likadant|korrekt|helt rätt|jättebra|perfekt|bra och rätt|okej
ok|utmärkt|toppen|helt ok|helt korrekt|precis rätt|alldeles rätt|lika|samma|oförändrad|oförändrat
mycket bra|precis likadan|precis likadant|exakt likadan|exakt likadant|prydlig|helt okej
""",
}
