"""A review letter and the mails that managers' programs make of a reply to it. Holds no test."""

import html
import json
from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.review_reply import DECIDED, Listed, RowAnswer
from parsers.answers.review import understand_review
from parsers.mail.html import words
from parsers.mail.message import parse

GOLDEN = Path(__file__).parent / "golden/review_replies"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
SHORT = [m[:3] + "." if len(m) > 4 else m for m in MONTHS]
DAYS = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]
SUBJECT = "Är de kvar? Genomgång av personer med EK"
ABOVE = """Hej Maria!

Du är chef för personerna nedan, och de har e-tjänstekort (EK). Vi frågar en gång i kvartalet om
listan fortfarande stämmer. Arbetar de kvar hos dig?

"""
BELOW = """
Så svarar du
Svara på det här mejlet med egna ord, till exempel "alla kvar", "2 slutade 31/10, övriga kvar"
eller "3 har flyttat till hemtjänsten". Du kan också skriva efter varje rad.
Svara senast den 7 december 2026. Då slipper du en påminnelse.

Lokala EK i Järfälla kommun
lokala-ek@jarfalla.example, 08-465 004 00
"""


def cases(name):
    """Return the cases of one golden file."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def listed(case):
    return tuple(
        Listed(n, p["given_name"], p["surname"], p.get("title", ""), "Enhet Söder")
        for n, p in enumerate(case["persons"], start=1)
    )


def row_line(row):
    return (
        f"{row.row}. {row.name}"
        + (f", {row.title.lower()}" if row.title else "")
        + ", i EK sedan 2024-03-01"
    )


def letter(rows):
    """Return the text and the page of a review letter."""
    lines = [row_line(row) for row in rows]
    text = ABOVE + "Enhet Söder\n" + "\n".join(lines) + "\n" + BELOW
    page = "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>"
        for part in ABOVE.strip().split("\n\n")
    )
    page += "<h2>Enhet Söder</h2>" + "".join(f"<div>{html.escape(line)}</div>" for line in lines)
    page += "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>"
        for part in BELOW.strip().split("\n\n")
    )
    return text, f"<html><body>{page}</body></html>"


def intro(client, when):
    sender, to = (
        "Lokala EK <lokala-ek@jarfalla.example>",
        "Maria Chef <maria.chef@jarfalla.example>",
    )
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year} {when:%H:%M}"
    week = DAYS[when.weekday()]
    if client == "none":
        return []
    if client == "outlook_en":
        return [
            "-----Original Message-----",
            f"From: {sender}",
            f"Sent: {when:%A, %d %B %Y %H:%M}",
            f"To: {to}",
            f"Subject: {SUBJECT}",
            "",
        ]
    if client == "gmail_sv":
        return [
            f"Den {week} {when.day} {SHORT[when.month - 1]} {when.year} kl {when:%H:%M} skrev {sender}:",
            "",
        ]
    if client == "apple_sv":
        return [
            f"{when.day} {SHORT[when.month - 1]} {when.year} kl. {when:%H:%M} skrev {sender}:",
            "",
        ]
    if client == "plain":
        return [f"Den {when:%Y-%m-%d} kl. {when:%H:%M}, skrev {sender}:", ""]
    sent = {"outlook_sv": f"den {day}", "owa": f"{week}dag, {day}"}.get(client, f"{week}dag {day}")
    rule = ["________________________________"] if client == "ios_outlook" else []
    return [*rule, f"Från: {sender}", f"Skickat: {sent}", f"Till: {to}", f"Ämne: {SUBJECT}", ""]


def composed(case, text):
    """Return the lines of the reply, each with whether it is quoted."""
    original, found, at = text.splitlines(), [], 0
    rows = {p["key"]: row_line(r) for p, r in zip(case["persons"], listed(case), strict=True)}
    marked = case["client"] in ("gmail_sv", "apple_sv", "plain")
    sent = datetime.combine(date.fromisoformat(case["sent"]), time(9), STOCKHOLM)
    head = intro(case["client"], sent)
    parts = case["body"].replace("{QUOTE", "\0{QUOTE").split("\0")
    for part in parts:
        mark, brace, typed = part.partition("}") if part.startswith("{QUOTE") else ("", "", part)
        if brace:
            found += [(line, False) for line in head]
            head = []
            kind, _, key = mark.removeprefix("{QUOTE").strip("_").partition(" ")
            end = original.index(rows[key]) + 1 if key else len(original)
            quoted = [rows[key]] if kind == "LINE" else original[at:end]
            at = max(at, end)
            found += [((f"> {line}" if marked else line).rstrip(), True) for line in quoted]
        first, *rest = typed.split("\n")
        if brace and first.strip():
            found[-1] = (f"{found[-1][0]}   {first.strip()}", False)
        elif first.strip() or not brace:
            found.append((first, False))
        found += [(line, False) for line in rest]
    return found


def mail(case):
    """Return the bytes of the mail that the case's client sends."""
    text, page = letter(listed(case))
    lines = composed(case, text)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = (
        "Maria Chef <maria.chef@jarfalla.example>",
        "lokala-ek@jarfalla.example",
    )
    message["Subject"] = f"SV: {SUBJECT}"
    message["Message-ID"] = f"<{case['id']}@jarfalla.example>"
    if "vacation_autoreply" in (case.get("extra") or []):
        message["Auto-Submitted"] = "auto-replied"
    if case["client"] != "owa":
        message.set_content("\n".join(line for line, _ in lines) + "\n")
        return message.as_bytes()
    typed = [line for line, quoted in lines if not quoted]
    whole = "{QUOTE_" not in case["body"] and case["body"].rstrip().endswith("{QUOTE}")
    shown = typed if whole else [line for line, _ in lines]
    body = "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in shown)
    message.set_content(
        f"<html><body>{body}{'<div>' + page + '</div>' if whole else ''}</body></html>",
        subtype="html",
    )
    return message.as_bytes()


def understood(case):
    """Return what our reader makes of the case, None for an automatic mail."""
    rows = listed(case)
    text, page = letter(rows)
    seen = parse(mail(case))
    if "vacation_autoreply" in (case.get("extra") or []):
        return None
    return understand_review(
        seen.text,
        (text, words(page)),
        rows,
        on=date.fromisoformat(case["reply_at"]),
        names=("Maria Chef",),
    )


def judged(case, reply):
    """Yield each person's truth, answer and whether the answer is right, asked or wrong."""
    heard = reply.rows if reply else [None] * len(case["persons"])
    for person, row in zip(case["persons"], heard, strict=True):
        truth = RowAnswer(case["truth"][person["key"]])
        answer = row.answer if row else RowAnswer.OPEN
        same = answer == truth or (truth == RowAnswer.UNCLEAR and answer not in DECIDED)
        kind = "right" if same else "wrong" if answer in DECIDED else "asked"
        due = case.get("dates", {}).get(person["key"])
        yield person, truth, row, kind, date.fromisoformat(due) if due else None
