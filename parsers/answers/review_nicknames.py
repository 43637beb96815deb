"""Short forms of given names, and who may be meant by each. Data only."""

from __future__ import annotations

_TEXT = """
abbe abdullah abdi albert abbas
abdi abdirahman abdullahi abdulkadir abdifatah abdirashid abdirisak abdikarim abdiaziz
abdo abdullah abdelrahman|abdul abdullah abdulrahman abdulkadir abdulaziz|ackan axel|acke axel
adda adam|adde andreas adrian|affe alf alfred|aga agnieszka|agge agneta agnes|agnes agnieszka
ahmad ahmed|ahmed ahmad|aisha aysha ayesha|alex alexander alexandra aleksander aleksandra alexis
alfie alfred|ali alireza|ally ali|anci ann-sofie|andie andrea|andy andreas anders
ania anna|ankan ann-kristin anna|anki ann-kristin ann-christin annika ann-charlotte
ankie ann-christine|ann anna|ann-chi ann-christin|ann-ki ann-kristin ann-christin
ann-lo ann-louise|ann-so ann-sofie|anne anna|anni annika|annie anna|annis annika
annsan anna|ante anders anton|arnis arne|arre arne|arvan arvid|asia joanna
assa astrid|ayse aisha|babsan barbro barbara|barb barbro|barbi barbro|basia barbara
bea beatrice beata|beatan beata|becka rebecka rebecca|becky rebecka rebecca
bella isabella isabelle arabella|ben benjamin|bengan bengt|benji benjamin|benke bengt
benne bengt benjamin|berra bertil|beth elisabeth
bettan elisabeth elisabet berit birgitta|betty elisabeth|bex rebecka|bibbi birgitta|bibi birgitta
bill william|birre birgitta|björne björn|bobby robert|bobo bo|bosse bo|britta birgitta|brosse bror
burre burhan|calle carl karl|cami camilla|camma camilla|caro carolina caroline karolina
carro carolina caroline karolina|catta catarina katarina|catti catarina|cattis catarina katarina
cecci cecilia|charlie karl carl charlotte
chris christian christina kristoffer christoffer kristian|
christin kristina ann-christin|cia cecilia|cilla cecilia priscilla|cissan cecilia|cissi cecilia
clabbe claes klas|claes klas|dagge dag dagmar|dan daniel|dani daniel daniela|danne daniel
danny daniel|dave david|davve david|dea andrea|dima dmytro dmitri|ebban ebba
edda edith|edde edvin edvard|eddie edvard edward|eki erkki|ela elzbieta|eli elias elin
ella gabriella elinor isabella elin|elle ellinor eleonora|ellie elin elina ellen
ellis elisabeth|ello ellinor|emmis emma|emmy emelie emilia|eri erika
erka erik|erre erik|errka erik|eve evelina|evis eva|ewa eva|fanny stefanie|fati fatima
fatma fatima|fattan fatima|felle felicia|fia sofia sofie|fian sofia sofie|figge fredrik
fille filip philip|flisan felicia|foffe kristoffer christoffer|frasse frans|fredda fredrika
fredde fredrik|freddie fredrik|frille fredrik|frippe filip|gabbe gabriel
gabbi gabriella gabriel|gabi gabriella gabriele|gagge agneta|gerda gertrud
gertie gertrud|gitta birgitta|gittan birgitta margita|gitte birgitte|gocha malgorzata
gosia malgorzata|greta margareta margaretha|gudde gudrun|gullan gunilla
gun gunilla gunnel gun-britt|gunne gunnar|gunsan gunilla gunnel gun|gurra gustav gustaf
gusse gustav|gusten gustav gustaf|görge georg|haffe harald|hali halima|hamo mohamed|hampe hampus
hanna johanna hannah|hanne johanna|hannes johannes|hannis hanna johanna|hansa hans|harry harald
hasse hans hassan|hedda hedvig|heddan hedvig|helen helena|hella helena hellen|henka henrik
henke henrik|henny henrietta|hille hilda hildegard|hossein hussein husain|hubbe hubert|hugge hugo
hussein hossein husein|håkis håkan|håkke håkan|ia maria pia|ibbe ibrahim|ibo ibrahim|ibra ibrahim
iffe ivar|ing-mari ing-marie|inga ingalill|inge ingemar ingvar|ingis ingrid|ingmar ingemar
ingo inga|ira irina iryna|irena irene|irre irene|isa isabella isabelle|ismo ismail
issa isabella ismail|izzy isabella|jack jakob|jackan jakob|jacke jakob jacob|jakke jakob
jan-e jan-erik|janne jan marianne|jasmin yasmin jasmine|jasmine yasmin yasmine|jenna jennifer
jenni jennifer|jenny jennifer|jeppe jesper|jerka jerker erik|jerker erik|jess jessica
jessan jessica|jesse jesper|jessi jessica|jo johanna johan|jocke joakim joachim|joe josef
joh johanna johan|johnny john|jojje georg johan|jon jonatan|jonna johanna
jonte jonathan jonatan|joppe johan|joseph josef yusuf|jossan josefin josefine
josse josefin josefine josef|jossi josefin|jukka johan|jule julius|jull julia|julle julia
jusuf yusuf yousef|jögge jörgen|jöran göran|kaj kai|kaja karin|kajsa katarina karin
kalle karl carl kaarlo kaleb|karre karim|karro karolina|kasia katarzyna
kata katarina|kate katarina|katrin katarina|katta katarina|kattis katarina catarina katrin
keke kemal|ken kenneth|kenny kenneth|kenta kenneth kent|kia kristina christina
kicken christina|kicki kristina christina kerstin|kim joakim kimmo|kitty kristina|kjelle kjell
klabbe klas claes|kolya nikolai|krille kristian kristoffer christian christoffer|kristin kristina
krysia krystyna|krystyna kristina|kude kurt|kurre kurt|laila layla|lars-e lars-erik
lasse lars laszlo|layla leila|leffe leif|leila layla|lelle lennart
lena helena magdalena madeleine marlene olena|lenis lena|lenka lennart|lennie lennart
lexie alexandra|leyla leila layla|liisa elisabet|lillan lilian|lilly lilian|limpan linda|lin elin
lina karolina carolina angelina|lindis linda|linn linnea linnéa
lisa elisabeth elisabet lisbet|lisbet elisabeth elisabet|lise liselotte|lisen elisabeth|liv olivia
liva olivia|livan olivia|lo louise|lollo louise charlotte lovisa|loppan louise
lotta charlotte charlotta liselotte liselott ann-charlotte anne-charlotte lise-lott
lotten charlotte charlotta liselotte|lottie charlotte|louis louise|lova lovisa|lovis lovisa
ludde ludvig ludwig|lukas lucas lukasz|lulle louise|lus lucia|lussan lucia|lutte lukas
mackan marcus markus|macke marcus markus|maddan madeleine magdalena|madde madeleine
magda magdalena|magga margareta|maggan margareta margaretha margit magdalena|magnus mange
mahmoud mahmud|maj majbritt maj-britt|maja maria|majja maja|majken maj|majlis maj-lis
majsan maja marie maj|makke markus|malena magdalena|malis malin|malla malin|mange magnus
manne magnus emanuel|mariam maryam|marie maria|mark markus marcus
marre maria mariana marianne margareta|martan marta|martti martin|mary maria mariam
maryam mariam miriam|masa matti|masken martin|masse mattias mats magnus|
mattan matilda|matte mattias matthias mats|max maximilian|maxe max|mej mei|melle melker
meta margareta margaretha|mia maria miriam mariana|mick mikael michael|mickan michaela mikaela
micke mikael michael|micko mikael|micky mikael|mikan mikaela|mike mikael michael|milan milad
milla camilla ludmila emilia|millan emilia camilla emelie|mille emil emilia|milly emilie
mimmi maria miriam|mimmo muhammed|mirre miriam mirjam mira|misha mikhail
mo mohamed mohammed mohammad muhammad mohamud mohamoud mohsen|moha mohamed mohammed
mohamed mohammed mohammad muhammad muhammed mohamud mehmet
mohammed muhammad mohammad mohamed muhammed|molle malin|momo mohamed mohammed
mona monika monica ramona|moni monika monica|monia monika|mor lillemor|muhammad mohammad muhammed
musse mustafa musa|musti mustafa|myran myra|måns magnus|mårre mårten|mårten martin
nadde nadja nadia|nalle björn|nanna marianne|nat natalie|nata natasha natalia|natasja natalia
nathan nathanael jonathan|natta natalie natalia|natti natalie|nea linnea linnéa|nelle nelly
neta agneta|nettan annette anette jeanette|nette annette anette|nettis annette
nick niklas nicklas nikolas|nicka veronica|nicke niklas nicklas niclas nikolaus|nicki nicole
nico nikolas nicolas nikola|niko nikolas|nilla pernilla gunilla|nille nils pernilla
nina kristina christina antonina|nisse nils|noor nour|nora ellinor eleonora elinor|nour noor
nur noor nura|oden odd|ola olof olov aleksandra|olga olena|olle olof olov ola ole oliver
olli oliver|ollie oliver olivia|oskar oscar|osman usman|osse oskar oscar|p-o per-olof
palle paul pål|pari parisa|parre parisa|pat patrik|pata patrik|patte patrik patricia
patty patricia|pea petra|pekka petri|pelle per peter|peo per-olof|peppe per peter|perni pernilla
perra per|petter per|pian pia|pigge per|pillan pernilla|piotrek piotr|po per-olof|putte patrik
pär per|raffe rafael|ragga ragnhild|raggan ragnhild|ragge ragnar|ramme ramona|raz razia
rebban rebecka rebecca|resan therese|rez reza|richie richard|rickan ulrika|ricke rickard richard
ricky rickard richard|rikki ulrika|rille rickard|rob robert|robban robert|roffe rolf
rolle roland rolf|ronja veronica|ronny ronald|rose rosemarie rose-marie|ruffe rufus|rune runar
rutan rut ruth|sackarias zacharias|sacke zackarias|saeed said|saffe safiya|said saeed|sala salam
salle salem saleh salah|sally sara|sam samuel samir samira|sami samir samira|samme samuel samir
samy samuel|sanna susanna susanne sandra|sanne susanne|sarre sara
sascha alexandra|sasha alexander oleksandr|sassa sara saga|seb sebastian|sebbe sebastian
sein hussein|selle selma|selma anselma|sia anastasia|sickan siv signe sigrid
sigge sigvard sigurd sigfrid|siri sigrid|sissi cecilia|siw siv|soffan sofia sofie|sofi sofia
sofie sofia|solan solveig|solla solveig|sonne sonja|sonny sonja|sossan sofia|stefan staffan
steff stefanie stefan|steffe stefan staffan|steffo stefan|stella estelle|stickan stig
stina kristina christina ernestina|stisse stina|stoffe kristoffer christoffer|suleiman sulejman
sulle sulejman suleiman|susan susanne|suss susanne susanna|sussi susanne susanna|svante sven
svempa sven|svenne sven|sveta svetlana|sylle sylvia|sylvi sylvia|tanja tatiana tatjana
tanten tanja|tanya tatiana tetiana|tari tariq|tata tatiana|teddy teodor theodor|teo teodor theodor
tess therese terese|tessan therese terese teresia|tesse therese|theres therese|thomas tomas
tilda matilda|tilde matilda|tilly matilda|tim timothy|timmy tim|tin martin
tina kristina christina martina bettina valentina katarina|tinna martina|tjorven tova
tobbe tobias torbjörn thorbjörn|toffe kristoffer christoffer|tom tomas thomas|tomek tomasz
tommy tomas|tompa tomas thomas|tony anton antonio antonius|tor torbjörn tor-björn|tore torbjörn
torre torbjörn torvald tore|totte torsten thorsten|tuss tuva|tutta gertrud|tuula tuulikki
ubbe urban|uffe ulf|ulla ulrika ulla-britt ulla-karin|ulli ulrika|ullis ulla ulrika
urre urban|valle valter|vanja ivan|vera veronica veronika|veri veronica veronika
vickan viktoria victoria|vicke viktor victor|vicky viktoria victoria|vidde vidar|vigge viggo
viktan viktoria|ville vilhelm william|vivan vivianne|viveca viveka|vivi vivianne viveka
vivvi vivianne vivi|vonne yvonne|vova volodymyr vladimir|wictor viktor|will william
wille vilhelm william|wojtek wojciech|xandra alexandra|yasin yassin|yass yasmin yasmine
yasse yasin|yngan yngve|yousef yusuf|yusuf yousef|yvan yvonne|yvve yvonne|zahra zara
zainab zeinab zaynab|zara zahra|zarah sara|zaza zahra|zbyszek zbigniew|zein zeinab
zeinab zaynab zainab|zibi zbigniew|zosia zofia|åsan åsa|öjje örjan|ösan östen
"""


def _fold(word: str) -> str:
    return word.translate(str.maketrans("åäöéü", "aaoeu"))


def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in _TEXT.replace("\n", "|").split("|"):
        short, *names = entry.split() or [""]
        found.setdefault(_fold(short), set()).update(map(_fold, names))
    return {short: frozenset(names - {short}) for short, names in found.items() if short}


NICKNAMES = _table()  # a short form to the names it may stand for, all without diacritics
