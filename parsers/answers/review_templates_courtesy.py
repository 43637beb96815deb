"""Courtesies that stand beside an answer: families of phrases. Data only."""

from __future__ import annotations

COURTESY_SLOTS = {
    "COURTESY": """
av {ER} om {SOMETHING}|hör gärna av {ER} om {SOMETHING}|hör av {ER} vid frågor|hör av dig
hör av er|ring om {SOMETHING}|ring gärna om {SOMETHING}|säg till om {SOMETHING}
återkom om {SOMETHING}|återkom gärna om {SOMETHING}|jag återkommer om {SOMETHING}
vi återkommer om {SOMETHING}|jag av mig om {SOMETHING}|vi av oss om {SOMETHING}
hör av mig om {SOMETHING}|återkommer om {SOMETHING}|meddelar om {SOMETHING}
jag meddelar om {SOMETHING}|jag till om {SOMETHING}|vi till om {SOMETHING}
säger till om {SOMETHING}|ha en {NICE} {WHENNICE}|ha en {NICE} {WHENNICE} när den kommer
{NICE} {WHENNICE}|{NICE} {WHENNICE} när den kommer|{NICE} {WHENNICE} {WISH}
{NICE} {WHENNICE} på {ER}|{NICE} {WHENNICE} på er alla|en {NICE} {WHENNICE} jag|ha det så {GOODLY}
ha det {GOODLY}|ha det {GOODLY} i {WHENNICE}|allt gott|vi hörs|vi ses|vi hörs av|vi syns
må {GOODLY}|ta hand om {ER}|{NICE} {WHENNICE} i förskott|{NICE} {WHENNICE} i förväg
{NICE} {WHENNICE} på dig|ha en riktigt {NICE} {WHENNICE}|en {NICE} {WHENNICE} till {ER}
önskar {ER} en {NICE} {WHENNICE}|jag {ER} en {NICE} {WHENNICE}|njut av {WHENNICE}
tills vi hörs igen|tack för {THANKED}|tack så mycket|tack så mycket för {THANKED}|tack på förhand
stort tack|stort tack för {THANKED}|tusen tack|tusen tack för {THANKED}|tack|tackar
tackar för {THANKED}|tack för att ni {KEEPTRACK}|tack för att du {KEEPTRACK}
bra att ni {KEEPTRACK}|bra att du {KEEPTRACK}|fint att ni {KEEPTRACK}|vad bra att ni {KEEPTRACK}
tack själv|tack ska ni ha|tack ska du ha|ursäkta {LATE}|förlåt {LATE}|förlåt för {LATE}
sorry för {LATE}|sorry {LATE}|ledsen för {LATE}|ber om ursäkt för {LATE}|beklagar {LATE}
ursäkta att {TOOK}|förlåt att {TOOK}|sorry att {TOOK}|ledsen att {TOOK}|bättre sent än aldrig
som sagt|inga problem|det var allt|det var det hela|det var allt från mig
det var allt för den här gången|varsågod|så där ja|klart slut|lätt att blanda ihop dem
lätt att blanda ihop|lätt att förväxla dem|colleague|colleagues|slut på meddelandet|över och ut
inget annat just nu|klappat och klart|så enkelt var det|enkelt och bra|kort och gott|that is all
have a nice day|have a nice weekend|have a good day|have a great day|have a good weekend|thank you
thanks|many thanks|thank you for {THANKED}|thanks for {THANKED}|sorry for the late reply
best regards|kind regards|vid frågor av {ER}|vid frågor ring|vid frågor når ni mig på telefon
finns på telefon|ni når mig på telefon|bara att ringa|hojta om {SOMETHING}
det är bara att av {ER} om {SOMETHING}|tveka inte att av {ER}
tveka inte att av {ER} om {SOMETHING}|hoppas {SUFFICES}|hoppas ni {FEEL}|hoppas du {FEEL}
hoppas allt är bra {ER}|hoppas allt är bra|hoppas allt väl|hoppas att allt är bra {ER}|snabbt svar
det var ett snabbt svar|nu kan ni bocka av {ITTHIS}|nu är {ITTHIS} gjort|då var {ITTHIS} gjort
så var {ITTHIS} gjort|nöjd {ITTHIS}|då kan ni bocka av {ITTHIS}|ni kan bocka av {ITTHIS}
ni kan bocka av oss|ni kan pricka av {ITTHIS}|hör av {ER} om {SOMETHING}
hör av {ER} gärna om {SOMETHING}|hör av {ER} så fort ni vill|hoppas allt är bra med {ER}
hoppas att allt är bra med {ER}|nöjd med {ITTHIS}|det är jag glad för|det är vi glada för
allt lugnt|allt lugnt här|bekräftar mottagandet|det gläder mig|vilket gläder mig
och det är vi glada för|vilket är roligt|kul nog
""",
    "ER": "dig|er|mig|oss|av dig|varandra|er alla|eder",
    "SOMETHING": """
något är oklart|det är något|det är något mer|det är nåt|det är nåt mer|något ändras
något ändrar sig|det blir ändringar|det blir några ändringar|ni undrar något|du undrar något
ni undrar|du undrar|det är något annat|något saknas|ni behöver något|du behöver något
ni behöver något mer|du behöver något mer|ni behöver mer|det behövs|det är något ni undrar
något händer|det händer något|det finns frågor|ni har frågor|du har frågor|ni har fler frågor
något krånglar|ni vill veta mer|det är något som är oklart|det är något som behöver förtydligas
ni behöver veta något mer|det dyker upp något|något nytt händer|något hända|ni saknar något
det är nåt annat|ni vill något mer
""",
    "NICE": """
trevlig|fin|bra|skön|härlig|god|glad|mysig|solig|underbar|riktigt fin|riktigt skön
fortsatt trevlig|fortsatt fin|fortsatt bra|fortsatt|toppen|lugn|kanonbra|riktigt bra|jättefin
strålande|lugn och fin|avkopplande|välförtjänt|fantastisk|trivsam
""",
    "WHENNICE": """
helg|dag|vecka|kväll|eftermiddag|förmiddag|sommar|höst|vår|vinter|jul|påsk|midsommar|semester
långhelg|advent|fortsättning|valborg|tisdag|måndag|onsdag|torsdag|fredag|lördag|söndag
jul och gott nytt år|fredagskväll|julhelg|skolstart|terminsstart|lucia|arbetsvecka
fredagseftermiddag|månad|allhelgonahelg|höstdag|vårdag|sommardag|vinterdag|helg på er|lov|höstlov
sportlov|påsklov|onsdagskväll|nationaldag|sensommar
""",
    "WISH": """
önskar jag|önskar vi|önskas|på er|på dig|till er|till er alla|allihopa|önskar undertecknad
tills vi hörs|önskar|framöver
""",
    "GOODLY": "bra|gott|fint|så bra|skönt|lugnt och skönt|trevligt|toppen|gott så länge|bäst",
    "THANKED": """
påminnelsen|påminnelse|hjälpen|mejlet|mailet|listan|frågan|ert mejl|ert mail|ditt mejl|ditt mail
att ni frågar|att du frågar|att ni kollar|att du kollar|brevet|ert brev|utskicket
att ni håller koll|att ni håller ordning|att ni håller reda|tålamodet|ert tålamod|ditt tålamod
en tydlig lista|en bra lista|en bra tjänst|en överskådlig lista|er hjälp|din hjälp|att ni påminner
att du påminner|puffen|knuffen|ett tydligt mejl|er påminnelse|din påminnelse|the reminder|the list
your mail|your email|asking|checking|en fin lista|avstämningen|att ni är så noga|god ordning
god service|servicen|jobbet ni gör|det fina arbetet|ert arbete|den tydliga listan
ett bra samarbete|gott samarbete|samarbetet|visat tålamod|the follow-up
""",
    "KEEPTRACK": """
håller koll|håller ordning|håller reda|frågar|kollar|påminner|är noga|är så noga|stämmer av
följer upp|håller ordning på det här|hör av er|hör av dig|kontrollerar|håller efter|sköter det här
tar hand om det här|har koll
""",
    "LATE": """
sent svar|det sena svaret|sen återkoppling|dröjsmålet|mitt sena svar|sena svaret|mitt dröjsmål
sen svarstid|förseningen|seg återkoppling|ett sent svar|väntan|slarvet svaret|fördröjningen
att svaret dröjt|mitt sena besked|röran|kort svar|mitt korta svar|kortfattat svar
""",
    "TOOK": """
det dröjt|det dröjde|det tog tid|det tog lite tid|det tagit tid|det har dröjt|svaret dröjt
svaret dröjde|jag svarar så sent|jag svarar sent|jag svarar först nu|jag inte svarat förrän nu
jag missade mejlet|jag missade mailet|jag inte hunnit svara|det blev sent|det tog sådan tid
svaret dragit ut på tiden|det gick några dagar|jag inte svarat tidigare|jag är sen
jag är sen svaret
""",
    "SUFFICES": """
det räcker|det räcker så|det räcker som svar|det är svar nog|det hjälper|det var svar på frågan
att det räcker|det räcker så här|att det räcker så här|detta räcker|det är okej så här
det duger som svar|det är tillräckligt
""",
    "FEEL": """
mår bra|har det bra|har haft en skön sommar|haft en skön sommar|haft en fin sommar
har haft en fin sommar|haft en skön semester|haft en bra helg|haft en fin helg|har det fint
haft en skön helg|får en fin dag|haft en skön jul|haft en fin påsk|får en fin helg
får en trevlig helg|njuter av solen|har en bra dag
""",
    "ITTHIS": """
det här|detta|oss|mig|min enhet|vår enhet|den här|det|vårt svar|mitt svar|listan|allt|den saken
""",
}
