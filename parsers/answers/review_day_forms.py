"""The forms of days in replies to review letters, as patterns. Reads no calendar."""

from __future__ import annotations

import re

WEEKDAYS = ("man", "tis", "ons", "tors", "fre", "lor", "son")
ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb febr february", "mars mar march",
            "april apr", "maj may", "juni jun june", "juli jul july", "augusti aug august",
            "september sep sept", "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
YEAR = r"(?:20\d\d)"
_DAYNAME = r"(?:m[åa]n|tis|ons|tors|fre|l[öo]r|s[öo]n)(?:dag)"
_ENGLISH = rf"(?:{'|'.join(ENGLISH_DAYS)})"
_NUMBER = r"(?:\d{1,2}|en|ett|två|tva|tre|fyra|fem|sex|några|nagra|ett par|a|one|two|three|four)"
_UNIT = r"(?:dag(?:ar)?|veck(?:a|or)|månad(?:er)?|manad(?:er)?|år|ar|days?|weeks?|months?)"
_SEASON = r"(?:vår|var|sommar|höst|host|vinter|jul|påsk|pask)"
_DOT = r"(?:\.(?=\s*(?:20\d\d|(?-i:[a-zåäö,;)]))))?"  # of a month cut short
_ON = r"(?:den |d\. ?|d )?"
_PARTS = (
    # exact
    ("iso", r"(?P<y1>20\d\d)[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)"),
    ("eight", r"(?P<e>20[2-4]\d[01]\d[0-3]\d)(?!\d)"),
    ("six", r"(?P<s>2[4-9][01]\d[0-3]\d)(?![\d-])"),
    (
        "slash",
        (
            rf"{_ON}(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})"
            r"(?:(?:\s?[-/’']\s?|\s)(?P<y2>20\d\d|2\d)(?![\d/%]))?(?![\d/])"
        ),
    ),
    ("dots", r"(?P<d3>\d{1,2})[.-](?P<m3>\d{1,2})[.-](?P<y3>20\d\d|2\d)(?!\d)"),
    ("dot", r"(?P<d8>\d{1,2})\.(?P<m8>0[1-9]|1[0-2])(?![\d%])"),
    (
        "name",
        (
            rf"{_ON}(?:(?P<d4>\d{{1,2}})(?:[:.]?(?:a|e|st|nd|rd|th))?|(?P<one>första|forsta)"
            rf"|(?P<final>sista|siste)(?: dagen| dag)?)\.? ?(?:i |of "
            rf"|av )?(?P<m4>{MONTH})(?!\w){_DOT}"
            rf"(?:,? ?(?P<y4>{YEAR})|,? ?[-’'](?P<y9>2\d)(?!\d))?"
        ),
    ),
    (
        "english",
        (
            rf"(?P<m5>{MONTH}) (?:the )?(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)"
            rf"(?:,? (?P<y5>{YEAR}))?"
        ),
    ),
    ("day", r"den (?P<d6>\d{1,2})(?::?[ae])?(?![\d/:.%-]*\d)(?!\w)"),
    ("ath", r"(?P<d7>\d{1,2}):(?:a|e)(?!\w)"),
    ("past", rf"(?:nu )?i (?P<w1>{_DAYNAME})s(?!\w)"),
    ("last", rf"last (?P<w3>{_ENGLISH})(?!\w)"),
    (
        "next",
        (
            rf"(?:nu |redan )?(?:på |till |kommande )(?P<w2>{_DAYNAME})(?:en)?(?! nästa)(?!\w)"
            rf"|this (?P<w4>{_ENGLISH})(?!\w)"
        ),
    ),
    (
        "nextweek",
        (
            rf"(?:på )?(?P<w5>{_DAYNAME})(?:en)? (?:i )?nästa vecka"
            rf"|nästa vecka(?:s)? (?:på )?(?P<w6>{_DAYNAME})"
        ),
    ),
    ("lastone", rf"(?:i )?(?:förra|forra) (?P<w7>{_DAYNAME})(?:en)?"),
    ("nextone", rf"(?:på )?(?:nästa|nasta) (?P<w8>{_DAYNAME})(?:en)?"),
    ("beforelast", r"i ?f[öo]rrg[åa]r"),
    ("yesterday", r"i ?g[åa]r(?!\w)|yesterday"),
    (
        "fromnow",
        (
            rf"i ?dag (?:om (?P<n1>{_NUMBER}) (?P<u1>dag(?:ar)?|veck(?:a|or))|(?P<n2>{_NUMBER})"
            r" (?P<u2>dag(?:ar)?|veck(?:a|or)) fram)(?!\w)"
        ),
    ),
    ("weeks", rf"(?:på )?(?:nästa )?{_DAYNAME}(?:en)? om {_NUMBER} veck(?:a|or)(?!\w)"),
    ("today", r"i ?dag(?!\w)|today|ikv[äa]ll"),
    ("tomorrow", r"i ?mor+gon|imor+n|i morrn|tomorrow"),
    ("twodays", r"i ?[öo]vermorgon"),
    # vague
    (
        "ago",
        (
            rf"f[öo]r (?:(?:ca |cirka |ungefär |drygt |typ )?{_NUMBER} {_UNIT}|l[äa]nge"
            rf"|ett tag|en tid"
            rf"|en stund) (?:sedan|sen)|{_NUMBER} {_UNIT} ago"
        ),
    ),
    ("after", rf"om (?:ca |cirka |ungefär |drygt |typ )?{_NUMBER} {_UNIT}(?! sedan)"),
    (
        "before",
        (
            r"(?:i )?(?:förra|forra|föregående) (?:veckan?|månaden?|året?|hösten|våren|sommaren"
            r"|vintern|terminen|läsåret)|last (?:week|month|year|summer|autumn)"
            r"|i (?:våras|varas|somras|höstas|hostas|vintras|julas|fjol)|häromdagen|haromdagen"
            r"|häromveckan|nyligen|recently"
        ),
    ),
    (
        "coming",
        (
            rf"(?:nästa|nasta|kommande) (?:veckan?|månad|manad|år|termin|läsår|vår|sommar|höst"
            rf")|next (?:week|month|year|summer|spring|{_ENGLISH}|{MONTH})"
            rf"|(?:fram till|till|inför) (?:{_SEASON}(?:en|n|ens)?)(?!\w)"
        ),
    ),
    (
        "about",
        (
            rf"(?:(?:i|under|från och med|fr om|sedan|sen|till|vid|runt|kring|omkring|efter"
            rf"|före|innan"
            rf"|in|since|end of|at the end of) )?"
            rf"(?:(?:(?:i )?(?:slutet|mitten|början|borjan) (?:av|på|i) )?"
            rf"(?:{MONTH}(?: månad)?(?: {YEAR})?|månadsskiftet(?: {MONTH}[-/ ]{MONTH})?"
            r"|månaden|manaden|årsskiftet|arsskiftet|nyår|nyar|halvårsskiftet|året|aret|årets slut"
            r"|månadens slut|jul(?:en)?|påsk(?:en)?"
            r"|sommaren|hösten|våren|vintern|semestern|vårterminen|höstterminen|terminen"
            r"|terminens slut"
            r"|vårterminens slut|läsåret|läsårets slut|skolavslutningen|midsommar"
            rf"|terminsskiftet|läsårsskiftet|kvartalsskiftet))(?!\w){_DOT}"
            rf"|i (?:{_SEASON})(?!\w)(?! (?:tjänst|enhet|grupp|verksamhet|personal))"
            rf"|i år(?!\w)|(?:v\.?|vecka) ?\d{{1,2}}(?!\w)"
            rf"|(?:sedan|sen|under|i|hösten|våren|sommaren) {YEAR}(?![\d-])"
            rf"|(?:den )?sista i månaden"
            r"|i slutet av (?:året|månaden|veckan|terminen|sommaren|hösten|våren)"
            rf"|under (?:{_SEASON})(?:en|n)?"
        ),
    ),
)
_NAMED = rf"(?:(?:på |i )?(?P<named>{_DAYNAME})(?:en)?,? (?:den )?)?"
DAY = re.compile(
    rf"(?<![\w/:-]){_NAMED}(?:" + "|".join(f"(?P<{kind}>{p})" for kind, p in _PARTS) + r")(?![\w])",
    re.IGNORECASE,
)
KINDS = tuple(kind for kind, _ in _PARTS)
