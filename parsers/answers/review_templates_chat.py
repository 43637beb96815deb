"""Everyday words that may stand beside an answer, and stems that never may. Data only."""

from __future__ import annotations

import re

from parsers.answers.review_names import fold

_WORDS = """
jag vi ni du mig dig er oss min mitt mina din ditt dina vår vårt våra ert era sig sitt sina den
det ett en man vad hur var där här hit dit och samt att som är vara varit blir blev bli har hade
ha haft kan kunde får fick få vill ska gör gjorde göra gjort kommer kom komma går gå i på av för
från vid hos under över mellan efter före åt genom mot utan inför kring runt bakom framför ovanpå
inne ute uppe nere hemma bra fint fin fina god gott goda skön skönt sköna trevlig trevligt
trevliga härlig härligt härliga mysig mysigt mysiga rolig roligt roliga kul toppen toppenbra super
superbra kanon kanonbra jättebra jättefint jättefin underbar underbart underbara strålande lysande
fantastisk fantastiskt fantastiska utmärkt utmärkta perfekt perfekta förträffligt smidig smidigt
smidiga enkel enkelt enkla lätt snabb snabbt snabba snäll snälla vänlig vänligt vänliga glad glada
gladligt lycklig lyckliga nöjd nöjda tacksam tacksamma stolt stolta pigg pigga trött trötta frisk
friska varm varmt varma kall kallt kalla solig soligt soliga regnig regnigt regniga blåsig blåsigt
snöig snöigt mörk mörkt mörka ljus ljust ljusa grå grått gråa grön grönt gröna stressig stressigt
stressiga lugn hektisk hektiskt intensiv intensivt intensiva rörig rörigt mycket massa massor
många lite litet liten lilla små stor stort stora lång långt långa kort korta hög högt låg lågt
tung tungt extra riktigt verkligen väldigt ganska ytterst otroligt tack tackar tackas tacka
tacksamt tusen hjärtligt ödmjukast varmaste hej hejsan hallå tjena tjenare tja morsning morrn
hejdå adjö godmorgon godkväll goddag godnatt välkommen välkomna varsågod varsågoda hälsning
hälsningar hälsa hälsar hälsn mvh vh kram kramar puss hurra grattis gratulerar skål lycka ursäkta
ursäktar förlåt beklagar sorry ledsen ledsamt sent sen sena dröjsmål dröjsmålet dröjt dröjde
väntan fördröjning fördröjningen senfärdig tröghet tålamod tålamodet påminnelse påminnelsen
påminna påminner påminde puff puffen knuff knuffen fråga frågan frågor frågade frågar svar svaret
svaren svara svarar svarade svarat besked beskedet återkoppling återkopplar mejl mejlet mejla
mejlen mejlar mejlade mail mailet maila mailen mailar mailade epost brev brevet utskick utskicket
lista listan listor listorna uppställning uppställningen sammanställning sammanställningen
förteckning förteckningen blankett blanketten formulär formuläret uppgift uppgiften information
informationen info bekräftelse bekräftelsen bekräftar bekräfta intygar meddelande meddelandet
inkorg inkorgen inkorgar korg skräppost skräpposten skräpmapp mapp mappen tråd tråden ärende
ärendet rutin rutinen rutiner kvartal kvartalet kvartalen kvartalsbrev kvartalsvis avstämning
avstämningen genomgång genomgången kontroll kontrollen koll kollen ordning ordningen ordnat
struktur system systemet hjälp hjälpen hjälpa hjälper hjälpte hjälpt bistånd service servicen
arbetsinsats insats insatsen slit slitet uppskattar uppskattat uppskattas uppskattade dag dagen
dagar dagarna morgon morgonen förmiddag förmiddagen eftermiddag eftermiddagen kväll kvällen vecka
veckan veckor helg helgen helger helgerna långhelg långhelgen veckoslut månad månaden år året tid
tiden tider stund stunden minut minuten minuter sekund ögonblick ögonblicket timme timmen
måndagsmorgon fredagsmys fredagskänsla fredagsfeeling vår-inte våren sommar sommaren sommarvärme
sommarväder sommarhälsningar höst hösten höstlov höstlovet höstrusk höstruskigt höstväder vinter
vintern vintrig vintriga vinterväder vårvinter vårväder vårsol vårsolen vårkänslor vårkänsla
vårregn lov lovet sportlov sportlovet sommarlov sommarlovet jullov jullovet påsklov påsklovet jul
julen juligt julig juliga julfest julfesten julbord julbordet julgran julgranen julpynt julstök
julstöket julmat lucia luciatåg luciatåget advent adventsfika adventstid adventsmys adventsljus
adventsljusen nyår nyårsafton nyårsfirande påsk påsken påskägg påskliljor midsommar midsommarafton
valborg valborgsmässoafton nationaldag nationaldagen halloween fastlag semla semlor semlorna
semmeldag lussebullar lussebulle pepparkakor pepparkaka glögg glöggen tomten tomte julklappar
julklapp paket väder vädret sol solen solsken solskenet regn regnet regnar ösregn ösregnet snö
snön snöar snöade snöfall snöoväder snöblask slask slasket blåst blåsten blåser storm stormen
stormar dimma dimman dimmigt moln molnigt is isen halka halkan halt kyla kylan kylig kyligt värme
värmen värmebölja värmeböljan hetta hettan grader plus minus åska åskan skiner lyser ljuset
mörkret frost frosten rimfrost blommar blommor blommorna blomning snödroppar tussilago syren
syrenerna björkar löv löven lövfällning fåglar fåglarna fågelkvitter kvittrar kaffe kaffet
kaffekopp kaffekoppen kaffepaus kaffebryggare kaffebryggaren kaffemaskin kaffemaskinen te fika
fikat fikar fikade fikarum fikarummet bulle bullar bullen kanelbulle kanelbullar kaka kakor lunch
lunchen lunchar frukost frukosten middag middagen mat maten smörgås smörgåsar soppa ärtsoppa
pannkakor pannkaka godis frukt glass glassen möte möten mötet möts träffas träffades träff träffen
apt arbetsplatsträff konferens konferensen utbildningsdag studiedag planeringsdag planeringsdagar
kickoff kurs kursen kalender kalendern schema schemat bokning bokningen bokad bokat inbokat budget
budgeten budgetarbete budgetarbetet bokslut bokslutet medarbetarsamtal medarbetarsamtalen
lönesamtal lönesamtalen lönerevision utvecklingssamtal utvecklingssamtalen betyg betygen
terminsstart terminsstarten skolstart skolstarten föräldramöte föräldramöten tillsyn tillsynen
inspektion inspektionen brandövning kontor kontoret kontorslandskap skrivbord skrivbordet rum
rummet korridor korridoren hus huset lokal lokalen lokaler lokalerna byggnad byggnaden dörr dörren
fönster fönstret hiss hissen trappa trappan parkering parkeringen cykel cykeln cyklar bil bilen
bilar buss bussen tåg tåget pendeltåg pendeltåget trafik trafiken kö kön köer vägen promenad
promenaden promenerar dator datorn datorer datorstrul telefon telefonen mobil mobilen mobiltelefon
surfplatta platta plattan skärm skärmen tangentbord tangentbordet tangenter mus musen skrivare
skrivaren penna pennan nät nätet nätverk nätverket wifi uppkoppling uppkopplingen internet
lösenord lösenordet inloggning inloggningen program programmet uppdatering uppdateringen strul
strulet strular strulade strulat krångel krånglet krånglar krånglade krånglat autokorrigering
stavfel tangentslinter bilaga bilagan länk länken knapp knappen fil filen outlook teams excel word
iphone ipad android skriver skrev skriva skrivit läser läste läsa läst ser såg se sett hörs ses
syns tittar titta tittade kollar kolla kollade kikar kika hittar hittade hitta tycker tyckte
njuter njut njuta firar fira firade skickar skickade skicka skickat skickas ringer ringa ring
ringde väntar väntat hinner hann hinna hunnit orkar springer sprang sitter satt sitta står stod
ligger ligga håller höll hålla kör körde köra semester semestern semestertider semesterplanering
vila vilar återhämtning paus pausen andhämtning barn barnen barngrupp barngruppen barngrupperna
elever eleverna elev brukare brukarna gäster gästerna besökare besökarna boende boendet boendena
anhöriga kunder kunderna låntagare låntagarna patienter patienterna föräldrar föräldrarna
vårdnadshavare hyresgäster verksamhet verksamheten verksamheterna skola skolan förskola förskolan
hemtjänst hemtjänsten bibliotek biblioteket kök köket simhall simhallen museum museet park parken
gård gården gårdar lekplats lekplatsen förråd verkstad verkstan matsal matsalen gymnastiksal
klassrum klassrummet magsjuka magsjukan förkylning förkylningar förkylda förkyld influensa
influensan covid corona host hosta hostan snuva snuvan snuviga vabruari vabb vabbande hälsan pest
alltid ofta ibland sällan igen åter först sist därefter då när medan medans nyss strax genast
direkt omgående snarast fortfarande alltjämt fortsatt ju ja japp jo jajamen jadå jodå visst
javisst självklart givetvis naturligtvis förstås såklart absolut gärna hellre helst så alltså
därför således förresten åtminstone iallafall ändå helt fullt precis exakt mest minst mer mera
mindre alldeles totalt fullständigt tämligen allt allting något någonting vilken vilket vilka
denna detta denne sådan sådant sådana samma hela hel varje konstigt lustigt märkligt smart klokt
förståndigt viktigt viktiga viktig nödvändigt nyttigt praktiskt proffsigt effektivt effektiva
snyggt prydligt tydligt tydlig tydliga överskådligt överskådlig krångligt ordentligt noga noggrant
grundligt långsamt försiktigt hjärtligen vänligen vänligast ödmjukt artigt håll hållet bollen
bollar jonglerar igång rulla rullar ruljans ruljansen ruljangs vardag vardagen vardagspussel livet
liv världen verkligheten läget stämningen stämning humör humöret energi energin kämpar kämpa
tuffar tuffa arg lovely nice please kind regards best warm wishes thanks thank you very much have
a day weekend hello hi dear cheers sincerely yours good great bye the for your my email message
reminder reply late and with from it this that sunny happy christmas easter summer två-inte gång
gången gånger omgång rad raden rader raderna namn namnet namnen sida sidan sidor exempel punkt
punkten punkter kryss fortsättning fortsättningen fridens aj haha hihi hehe puh phu pust suck usch
huj jösses himla nåväl kommun kommunen järfälla stockholm kontaktcenter hr ek it-avdelningen
e-tjänstekort korten kortet tjänstekort servicekontoret supporten support helpdesk växeln kansliet
förvaltningen skogen stranden havet sjön balkongen trädgården altanen landet fjällen stugan torpet
båten bastun soffan sängen elden brasan stearinljus levande vovven hunden katten bebisen barnbarn
barnbarnen familjen familj fotboll fotbollen matchen hockeyn hockey vm os em melodifestivalen
mello påskkärring kollegial kollegialt arbetsglädje arbetsro ro rofylld rofyllt frid harmoni
"""

_DANGER = (
    r"slut|lamn|gatt$|gar$|hopp(?:a|ar|at|ade)$|bort|uppsag|sagt|avsked|avga|avslut|pension|dod|dog$|avlid|avled|forsvann|saknas?$|ersat|"
    r"flytt|byt|over(?:ga|gick)|lan(?:a|ar|at|ade)$|utlan|placer|omorg|tjanst(?:gor|ledig)|vik(?:ari|ar)|forordn|timan|prov|stand-?in|praktik|"
    r"ny(?:tt|a)?$|borja|rekryt|anst|titel|roll|chef(?:en|s)?$|enhet|avdelning|tror|tro$|nog$|val$|kanske|mojlig|troligen|sannolik|antagligen|"
    r"osaker|oklar|vet$|ingen$|inget|inga$|inte$|ej$|icke|aldrig|varken|utom|forutom|men$|fast(?:an)?$|dock|bara|endast|enbart|snart|om$|ifall|"
    r"tills?$|fram$|tillfallig|papper|annu|hittills|rykte|hort$|pastar?|enligt|verkar|preliminart|eventuell|trots|undantag|felaktig|fel$|stryk|"
    r"radera|andra|andr|nagon|nagra|nan$|vissa|somliga|flesta|han$|hon$|hen$|hans$|hennes|henne$|honom|dem$|dom$|de$|deras|ena|jobb|arbet|"
    r"anstall|ledig|sjuk|ansok|sok(?:er|t|te)$|uppdrag|planer|forvant|troligtvis|sista|lat(?:sas|sades)|skamt|kvar|stanna|fortsatt|"
    r"utbyt|varsl|konkurs|nedlag|stang|upphor|upplos|rymt|rymd|vad$"
)
DANGER = re.compile(rf"(?:{_DANGER})")
SMILEYS = frozenset(
    "😊🙂😀😄😃😁😉😅😎🤗🥰🙏☀🌞🌸🌷🍁🍂❄⛄🎄🎅🎉🥳💪❤💙💚💛🧡💜🌻🌼🍀☕🎃🐣🐥🌈😇"
    "🤩🌟⭐✨🤝👋🙌👏🍰🎂⛱🏖🌺😂🤣😍☺️‍♀♂🏻🏼🏽🏾🏿💐🌱🌲🍎🎶🙋👩👨💻📧📬😘😆😋"
    "🫶🫡"
)
YES_MARKS = frozenset("✅👌👍✔☑️🆗🏻🏼🏽🏾🏿")
HARMLESS = frozenset(w for w in map(fold, _WORDS.split()) if not DANGER.match(w))
TIMES = frozenset(
    fold(w)
    for w in [
        "dag",
        "dagen",
        "dagar",
        "dagarna",
        "vecka",
        "veckan",
        "veckor",
        "månad",
        "månaden",
        "år",
        "året",
        "tid",
        "tiden",
        "tider",
        "stund",
        "stunden",
        "minut",
        "minuten",
        "minuter",
        "timme",
        "timmen",
        "kvartal",
        "kvartalet",
        "helg",
        "helgen",
        "sommar",
        "sommaren",
        "höst",
        "hösten",
        "vinter",
        "vintern",
        "vår",
        "våren",
        "jul",
        "julen",
        "ett",
        "en",
        "sen",
        "då",
        "först",
        "sist",
        "semester",
        "semestern",
    ]
)
