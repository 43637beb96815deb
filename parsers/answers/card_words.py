"""The closed list of words in replies about cards, each with the part that it plays.

A word that is in no list explains nothing. Swedish written without its dots is taken where no
other word is spelt so.
"""

from __future__ import annotations

import re
import unicodedata

_CARD = (
    r"(?:kort|reserv ?-?kort|låne ?-?kort|e-? ?tjänste ?-?kort|tjänste ?-?kort"
    r"|sith?s ?-?kort)"
)
_WHOSE = r"(?:mitt|hennes|hans|hens|sitt|vårt|ett|det|detta|min|den)"
_HELP = r"(?:påminnelsen|mejlet|mailet|meddelandet|brevet|informationen|infon?|frågan|hjälpen)"
_YOURS = r"(?:er |eran |ert |eras |kommunens |kommunhusets |your |the )?"
_OFFICE = r"(?:lokala ek|ek|it[- ]avdelningen|it-enheten|it-kontoret|it)"

_PARTS: dict[str, str] = {
    # courtesy, and adverbs that change nothing of what is said
    "DROP": r"hej|hejsan|hallå|hello|hi|god morgon|god dag|tack|tackar|tack så mycket|tusen tack"
    r"|stort tack|många tack|tack på förhand|thanks|thank you|many thanks|please|snälla|vänligen"
    r"|gärna|redan|already|nu|precis|nyss|faktiskt|också|även|ju|helt|fortfarande|still"
    rf"|som sagt|tack för {_HELP}|thanks for the reminder|ursäkta|förlåt|sorry|ursäkta sent svar"
    r"|ursäkta dröjsmålet|förlåt för sent svar|mitt svar är|svaret är|mitt svar|svar|för mig"
    r"|för min del|från mig|från min sida|för mig|för oss|by me|with me|igen|bara bra|trevlig helg"
    r"|ha en bra dag|ha en fin dag|trevlig dag|än|ännu|yet|än så länge"
    r"|alltså|själv|tacksam för svar|på er",
    "S1": r"jag|vi|jg|we|i(?= (?:have|already|returned|need|gave|would|handed|left|want|cut|put)\b)"
    r"|(?<=can )i|(?<=may )i|(?<=could )i|i've|ive|(?-i:I)",
    "S3": r"hon|han|hen|she|he|they|medarbetaren|min medarbetare|vår medarbetare|min personal"
    r"|personalen|vikarien|innehavaren",
    "NI": r"ni|du|you|receptionen|eran reception|er reception",
    "O": rf"det|den|de|dom|kortet|lånet|it|this|that|{_CARD}|{_CARD}et|{_WHOSE} {_CARD}"
    rf"(?:et)?|(?:the|my|her|his|this|their) (?:reserve |temporary |spare )?card|lånetiden"
    r"|detta|det här",
    "OWN": rf"{_WHOSE} (?:nya |ordinarie |riktiga |vanliga )+(?:{_CARD}(?:et)?)?|nya {_CARD}et"
    rf"|nytt {_CARD}|mitt nya|my new card|my ordinary card|ordinarie {_CARD}(?:et)?",
    "HAR": r"har|hade|have|has|had|jar",
    "IS": r"är|ä|e|blev|blivit|is|was|been|has been|var|är nu|it's|that's|it is|that is",
    "BV": r"lämnat|lämnade|lämnats|lämnades|lemnat|lämnatt|lämmnat|lämmnade|lämntat|lämnade|lämnad"
    r"|lemnade|åter ?lämnat|åter ?lämnade|åter ?lämnad|åter ?lämnats|åter ?lämnades"
    r"|in ?lämnat|in ?lämnad"
    r"|inlämnades|inlämnats|tillbaka ?lämnat|tillbaka ?lämnad|avlämnat|avlämnad|returnerat"
    r"|returnerade|returnerad|returnerats|returnerades|retunerat|retunerade|returned",
    "BG": r"gav|gett|givit|lade|la|lagt|ställt|stoppat|stoppade|lagts|handed|gave|given|put|left"
    r"|överlämnat|överlämnade|brought",
    "IN": r"in|tillbaka|tilbaka|tillbaks|åter|back",
    "LIES": r"ligger|finns|lies|låg",
    "GOT": r"fått|fått tillbaka|fått in|received|got|gotten|fick|fick tillbaka|mottagit",
    "PL": rf"(?:i|på|till|hos|in till|in hos|åt|in i|at|to|in) {_YOURS}(?:receptionen|reception"
    r"|kommunhuset|kommunhusets reception|brevlådan|brevlåda|postlådan|postlåda|postfack"
    r"|postfacket|fack|inlämningslådan|luckan|lucka|kontor|kontoret|expedition|expeditionen"
    rf"|office|mailbox|personal)|(?:hos|till|åt|to|on) (?:er|ert|you)|(?:i|på|till|hos) {_OFFICE}"
    r"|med er|till dig|hos dig|till er kollega|till din kollega",
    "CUT": r"klippt|klippte|klippts|klippt sönder|klippte sönder|klippt itu|klippte itu|klipt|cut"
    r"|klippt av|cut up",
    "SHALL": r"ska|skall|måste|bör|should|must|has to",
    "LEAVE": r"lämna|lämna in|lämna tillbaka|lämna tillbaks|återlämna|return|give back|hand in"
    r"|lämna det tillbaka|lämna det in|lämna kortet tillbaka|lämna in kortet",
    "LEAVES": r"lämnas|lämnas in|lämnas tillbaka|återlämnas|returneras|be returned",
    "SOON": r"omgående|genast|direkt|snarast|på en gång|så fort som möjligt|asap",
    "NOT": r"inte|ej|icke|not|int|ikke",
    # a longer loan
    "CAN": r"kan|får|can|may",
    "WOULD": r"skulle|kunde|could",
    "CANTO": r"kunna|kunna få|få|få fortsätta|fortsätta|fortsatt",
    "WANT": r"vill|ville|önskar|skulle vilja|skulle behöva|would like|want|ber om|ber att få"
    r"|ansöker om|vill ansöka om",
    "NEED": r"behöver|behöva|behver|beöver|need|needs",
    "KEEP": r"behålla|behåla|behålle|ha kvar|få behålla|keep|fortsätta låna|fortsätta använda"
    r"|fortsätta ha|hålla kvar",
    "KEEPW": r"ha|låna|använda|nyttja|use|borrow",
    "KEEPS": r"behåller|keeps",
    "HAS": r"har kvar|lånar|använder",
    "EXT": r"förläng|förlänga|förlängas|förlängs|förlängt|en förlängning|förlängning"
    r"|förlängningen|förlenga|förleng|förlängning av|förlängd|extend|extended|extension"
    r"|an extension|fårlänga|lån längre",
    "POSS": r"undrar om det går|jag undrar om det går|vi undrar om det går|går det"
    r"|går det bra|är det möjligt|är det okej|är det ok|finns det möjlighet"
    r"|finns möjlighet|finns det en möjlighet|is it possible|is it ok|is it okay|funkar det"
    r"|vore det möjligt|möjligt",
    "TO": r"att|to|of|av|that",
    "IF": r"om|if",
    "ASK": r"undrar|undrar om|jag undrar om|vi undrar om|jag undrar|fråga om",
    "MAN": r"man",
    "UNTIL": r"till|till och med|tom|t\.o\.m\.?|t o m|t\.o\.m|fram till|fram till och med|until"
    r"|till o med|tills|up to",
    "LONGER": r"längre|lite längre|lite till|ett tag till|litet längre|longer|a bit longer"
    r"|en tid till|en stund till|a little longer|lite längre tid",
    "ONLY": r"but only|only|men bara|men endast|bara|endast|men högst|högst|men längst|längst"
    r"|dock längst",
    "THEN": r"till dess|till den dagen|till det datumet|till detta datum|till då",
    # why: the ordinary card is not there yet
    "BECAUSE": r"för|för att|eftersom|då|därför att|because|as|eftersom att",
    "COME": r"kommit|kommit fram|anlänt|come|arrived",
    "READY": r"klart|färdigt|ready|aktiverat|på plats|framme",
    "LATE": r"är försenat|dröjer|är inte klart|is delayed|is late",
    "WAIT": r"väntar på|väntar fortfarande på|väntar ännu på|väntar|inväntar|waiting for"
    r"|am waiting for",
    # yes and no
    "YES": r"ja|jaa|jo|japp|jepp|japps|jajamän|jadå|jodå|ja då|yes|yep|yeah|absolut|självklart"
    r"|visst|javisst|ja visst|givetvis|naturligtvis|självfallet|sure|of course|inga problem"
    r"|inget problem|ingen fara|no problem|inga hinder|det går bra|de går bra|går bra|det går fint"
    r"|går fint|det går jättebra|det funkar|det funkar bra|funkar bra|funkar|det blir bra|blir bra"
    r"|det är lugnt|that works|det går det|det går utmärkt|det går alldeles utmärkt"
    r"|det är helt ok|det är helt okej|👍|👌|✅|ok|okej|okay|okey|oki|okejj"
    r"|det gör det|det är inga problem|det är inget problem|jag säger ja|ja tack"
    r"|fine by me|works for me|that's fine|no worries|ja det går bra",
    "OKW": r"godkänt|godkänns|godkänd|godkänts|godkännes|beviljas|beviljat|beviljad|accepterat"
    r"|approved|fine|granted|tillåtet|möjligt att förlänga|accepteras",
    "OKV": r"godkänner|beviljar|accepterar|tillåter|medger|approve|accept|bekräftar att",
    "WITH": r"med|with",
    "NO": r"nej|nix|nä|nää|näe|neej|nope|no|nej tack|avslås|avslag|absolut inte|det går inte"
    r"|det går inte bra|går inte|går inte bra|det funkar inte|funkar inte|det är inte möjligt"
    r"|kan inte godkännas|kan inte godkänna|inte ok|inte okej|ej ok|not ok|not okay|inte okay"
    r"|det går tyvärr inte|jag säger nej|ej okej|👎|❌",
    # the police report
    "POLW": r"polisanmälan|polisanmälans|polisanmälningens|polisanmälningen|polis anmälan"
    r"|polisens|polisen|polis|anmälan|anmälans|police report|police|the police report"
    r"|en polisanmälan|polisanmält|min polisanmälan|polisanmälningen",
    "NR": r"diarienummer|diarienumret|diarienr|diarie ?nr|diarie nummer|dnr|d-nr|nummer|numret|nr"
    r"|k-nummer|k-numret|k-nr|k nummer|knummer|knr|k-numer|ärendenummer|ärendenumret|ärendenr"
    r"|number|the number|reference|report number|case number|numer|referensnummer|ref",
    "MADE": r"gjort|gjord|anmält|gjorde|har gjorts|made|filed",
    "HERE": r"här|här kommer|kommer här|här är|nedan|here|följande|se nedan|lyder|blev",
    "FROM": r"på|från|hos|from|för",
}


def _bare(phrase: str) -> str:
    folded = unicodedata.normalize("NFD", phrase)
    return "".join(c for c in folded if not unicodedata.combining(c))


def _alternatives(pattern: str) -> list[str]:
    """Return the alternatives of *pattern*, split only outside its groups."""
    found, depth, begin = [], 0, 0
    for place, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append(pattern[begin:place])
            begin = place + 1
    return [*found, pattern[begin:]]


_EXACT = {a for pattern in _PARTS.values() for a in _alternatives(pattern)}


def _compiled(pattern: str) -> re.Pattern[str]:
    spelt = _alternatives(pattern)
    dotless = [b for a in spelt if (b := _bare(a)) != a and b not in _EXACT]
    return re.compile(rf"(?:{'|'.join((*spelt, *dotless))})(?!\w|-\w)", re.IGNORECASE)


_PATTERNS = {
    part: tuple(_compiled(a) for a in _alternatives(pattern)) for part, pattern in _PARTS.items()
}


def longest(text: str, at: int) -> tuple[str, int] | None:
    """Return the part and the end of the longest known phrase at *at*, None for no phrase."""
    best: tuple[int, str] | None = None
    for part, patterns in _PATTERNS.items():
        for pattern in patterns:
            found = pattern.match(text, at)
            if found and (best is None or found.end() > best[0]):
                best = (found.end(), part)
    return (best[1], best[0]) if best else None
