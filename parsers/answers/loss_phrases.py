"""The phrases around a word of loss, folded: what if, long ago, datorn hittar inte kortet."""

from __future__ import annotations

import re

FINDS = frozenset(
    {"hitta", "hittar", "hitar", "hitter", "hittr", "finna", "finner", "hittarinte", "find"}
)
MACHINES = re.compile(  # what looks for a card itself: datorn hittar inte kortet
    r"\b(?:dator\w*|\w*lasare\w*|system\w*|program\w*|net ?id|webblasar\w*|app(?:en)?|windows"
    r"|citrix|inloggning\w*|computer|reader|portal\w*)\b"
)
LISTS = re.compile(  # where cards and people stand and are missed
    r"\bi (?:\w+ )?(?:system|program|app|portal|ek\b|katalog|register|hsa|list|net ?id|excel"
    r"|schema)"
    r"|\bpa (?:\w*listan?|\w*sidan?|natet|intranat\w*)\b"
)
OLD = re.compile(
    r"\bforra aret\b|\bi fjol\b|\bi (?:varas|somras|hostas|vintras)\b|\ben gang\b|\btidigare\b"
    r"|\bfor \w+ (?:ar|manader) sedan\b|\blast year\b|\byears? ago\b|\bbrukar\w*|\belev\w*"
    r"|\bkund(?:en)?\b|\bpatient\w*|\bboende\b"
)
GENERIC = re.compile(
    r"\b(?:den|de|dem|dom|alla|personal\w*|medarbetare|anstallda?|kollegor|those|anyone|everyone)"
    r" (?:som|who) (?:har |have |has )?(?:tapp|forlor|slarva|avmed|lost)|\bhur manga\b"
)
IF_NOT_NOW = re.compile(
    r"\b(?:om|ifall|if|skulle|nar|when|should) (?:nagon|nan|nagra|anyone|someone)\b"
    r"|\b(?:om|ifall|skulle)\b.*\bblir\b"
)
ASKING = re.compile(
    r"^(?:och |men |hej |hi |hello )*(?:har|hade|ar|kan|var|vad|hur|nar|vem|vilke\w*|ska|maste|is"
    r"|have|has|did|what|how|where|when|can)\b"
)
NO_IDEA = re.compile(
    r"\b(?:vet|minns) (?:jag |hon |han |hen |vi )?(?:inte|ej|int)\b.*\b(?:var|vart)\b"
    r"|\bingen aning\b.*\bvart?\b"
    r"|\b(?:not|no)\b.*\b(?:know|idea)\b.*\bwhere\b|\b(?:inte|ej)\b.{0,20}\bsett\b"
    r"|\b(?:inte|ej) ihag var\b|\btagit vagen\b"
)
PERISHED = re.compile(
    r"\b(?:slang|kast|tvatt)\w+\b.*\b(?:misstag|sop\w+)\b|\b(?:rak|misstag)\w*\b.*\b(?:slang|kast)\w+"
    r"|\b(?:botten|brunn|sjon|havet|vattnet|alven)\b|\bakte? med\b"
)
TALK = re.compile(
    r"\b(?:vid|handelse|risk|rutin\w*|hantering\w*|in case|forebygga|forhindra|skydda\w*)\b"
)
THIEVES = frozenset(
    {"nagon", "nan", "de", "dom", "tjuven", "tjuvar", "tjuv", "someone", "they", "somebody"}
)
PAST_DAY = re.compile(
    r"\b(?:igar|idag|forrgar|nyss|yesterday|today|i morse|i (?:man|tis|ons|tors|fre|lor|son)dags)\b"
)
HOME = re.compile(r"\b(?:hemma|hem|jobbet|skapet|hos)\b|at home")
LET_GO = re.compile(
    r"\b(?:slutat|slutar|slutade|avslut\w*|avbestall\w*|aterlamn\w*|upphor\w*|sista dag|ekbot)\b"
)
BLOCKED = re.compile(
    r"\b(?:ar|blev|blivit|har)\b.{0,15}\bsparra|\bvi (?:sparrar|stanger)\b"
    r"|\b(?:sparrar|stanger) vi\b"
)
