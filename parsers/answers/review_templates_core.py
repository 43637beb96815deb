"""The sentences that are an answer for the whole list, and headings: families. Data only."""

from __future__ import annotations

CORE = {
    "CORE": """
{WHOM} {STAYS}|{STAYS} {WHOM}|{STAYS} är {WHOM}|är {ADV}* {WHOM} {ADV}* {STAYED}
jobbar {ADV}* {WHOM} {ADV}* {STAYED}|finns {ADV}* {WHOM} {ADV}* {STAYED}
arbetar {ADV}* {WHOM} {ADV}* {STAYED}|{WHOM} {ADV}* {EMPLOYED} {NEAR}*|{WHOM} {ADV}* kvar {WHERE}*
{WHOM} {NEAR}|{WHOM} {STAYS} och {STAYS}|{WHOM} {STAYS} , {STAYS}|{STAYS} {ALL} {THEY}?
{WHOM} ska ha kvar sina kort|ja på {WHOM}|ja till {WHOM}|{WHOM} ok|{WHOM} ja
{WHOM} {STAYS} {SINCE}|{YES} {ALL}|{YES} , {ALL}|{ALL} i tjänst {WHERE}*|full pott {ALLTOO}?
{WHOM} har {I} kvar {WHERE}*|{WHOM} har {I} {NEAR}|{WHOM} är {ADV}* {FINE}|{ALL} stämmer {WELL}*
{WHOM} {FINE}|kvar är {WHOM}|kvar {WHOM} {WHERE}*|{STAYS} {WHOM} {WHERE}|{SAME} {WHERE}
{FINE} {SINCE}|ja {STAYS} {WHOM}|{ADV} {STAYS} {WHOM}|{WHOM} {ADV} {STAYS}
{ALL} {STAYS} till 100 procent|{ADV} {WHOM} {STAYS}|{COUNT} kvar|{COUNT} st kvar
{COUNT} stycken kvar|{THEY} {STAYS} {ALL}
""",
    "ONEROW": """
{SHE} {STAYS}|{SHE} {STAYS} även fortsättningsvis|{HER} har vi {ADV}* {NEAR}*
{HER} har jag {ADV}* {NEAR}*|{ADV}* {EMPLOYED} {NEAR}*|{STAYS}|{SHE} {STAYS} även framöver
{SHE} {ADV}* {EMPLOYED}|vi har {HER} {ADV}* kvar|jag har {HER} {ADV}* kvar
{SHE} {STAYS} och {STAYS}|{HER} har jag kvar
""",
    "TALLY": """
{COUNT} {PEOPLE} {ONLIST}?|{COUNT} {PEOPLE} till antalet|alla {COUNT}|alla {COUNT} {PEOPLE}
samtliga {COUNT}|{COUNT} av {COUNT}
""",
    "SHE": """
hon|han|hen|personen|medarbetaren|denna person|den här personen|vederbörande|denne
""",
    "HER": "henne|honom|hen|personen",
    "ALLSAID": "{CORE}|{LISTFINE}|{SAME}|{NOCHANGE}|{LETBE}|{EYES}",
    "HEAD": "{HEADLEFT}|{HEADSTAY}",
    "INLINE": "{HEADLEFT} {NAMES} {WHY}?|{HEADLEFT} {ITEM}|{HEADLEFT} {NAMELIST}",
    "INLINESTAY": "{HEADSTAY} {NAMES}|{HEADSTAY} {NAMELIST}",
}
