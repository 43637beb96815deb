"""How the receipt of a clerk's mail says what was done. Mail words, no commands of the terminal."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Stage, Status
from bot.domain.clerk_reply import Act, Command
from bot.domain.labels import label
from bot.domain.values import masked

_VERBS = {
    "case done": "klar", "case reject": "avslå och varför", "case correct": "fältet och värdet",
    "card ordered": "beställt", "card activated": "aktiverat", "card returned": "återlämnat",
    "card handout": "utlämnat, kortets nummer och legitimationen", "card lost": "förlorat",
    "card blocked": "spärrat", "card deregistered": "avregistrerat",
    "card extend": "förläng till och dagen",
}  # fmt: skip
_RUN = re.compile(
    r"[”\"]?(?:ekbot )?\b(?P<verb>(?:case|card) [a-z]+)\b"
    r"(?:\s+(?:--[\w-]+|[KC]-\d+|\d+|…|”[^”]*”))*[”\"]?"
)
_SENTENCE = re.compile(r"[^.!?]*(?:ekbot|--)[^.!?]*[.!?]?")
_DONE = {
    Act.NOTE: "Antecknat.", Act.TAKE: "Ärendet är ditt. Kollegorna ser det.",
    Act.ORDERED: "Kortet är beställt.", Act.ACTIVATED: "Kortet är aktiverat.",
    Act.HANDED_OUT: "Kortet är utlämnat.", Act.RETURNED: "Kortet är tillbaka.",
    Act.LOST: "Kortet är anmält förlorat.", Act.BLOCKED: "Kortet är spärrat.",
    Act.DEREGISTERED: "Kortet är avregistrerat.", Act.EXTENDED: "Lånet är förlängt.",
    Act.POLICE: "Polisanmälans nummer är noterat.",
}  # fmt: skip
_ASKED = {
    Act.DONE: "klart", Act.REJECT: "avslå", Act.ASK: "fråga chefen", Act.CORRECT: "rätta",
    Act.NOTE: "anteckna", Act.TAKE: "ta ärendet", Act.SHOW: "visa", Act.UNDO: "ångra",
    Act.ORDERED: "beställt", Act.ACTIVATED: "aktiverat", Act.HANDED_OUT: "utlämnat",
    Act.RETURNED: "återlämnat", Act.LOST: "förlorat", Act.BLOCKED: "spärrat",
    Act.DEREGISTERED: "avregistrerat", Act.EXTENDED: "förläng", Act.POLICE: "polisanmälan",
}  # fmt: skip


def done(command: Command, case: Case | None, *, approved: bool = False) -> str:
    """Return what *command* did, and where its case stands now."""
    match command.act:
        case Act.DONE:
            return "Godkänt." if approved else "Klart."
        case Act.REJECT:
            return f"Avslaget: {masked(command.text)}."
        case Act.ASK:
            return f"Frågan har gått till chefen: ”{masked(command.text)}”. {_waits(case)}".strip()
        case Act.CORRECT:
            return f"Rättat: {_values(command)}. {_stands(case)}".strip()
        case act:
            extra = f" Sista dag: {command.until}." if command.until is not None else ""
            day = f" Dag: {command.on}." if command.on is not None else ""
            return f"{_DONE[act]}{day}{extra} {_left(act, case)}".strip()


def asked(command: Command) -> str:
    """Return what *command* seems to ask for, where nothing was done."""
    if command.act is Act.CORRECT:
        return f"rätta {_values(command)}"
    text = f": {masked(command.text)}" if command.text else ""
    return f"{_ASKED[command.act]}{text}"


def in_mail_words(text: str, ref: str) -> str:
    """Return an explanation of the terminal's with what to write in a mail instead."""

    def instead(fit: re.Match[str]) -> str:
        verb = _VERBS.get(fit["verb"])
        return f"”{ref} {verb}”" if verb else fit[0]

    return " ".join(_SENTENCE.sub(" ", _RUN.sub(instead, text)).split())


def _values(command: Command) -> str:
    """Return fields and values; an identity number is never written."""
    said = []
    for key, value in command.fields:
        secret = key == "person_id"
        said.append(label(key) if secret else f"{label(key)} {masked(value) or '(tomt)'}")
    return ", ".join(said)


def _waits(case: Case | None) -> str:
    if case is None or case.remind_on is None:
        return ""
    return f"Svarar ingen påminner vi den {case.remind_on}."


def _stands(case: Case | None) -> str:
    """Return where a corrected case stands."""
    if case is None:
        return ""
    match case.stage:
        case Stage.STAFF if case.approvable:
            return f"Skriv ”{case.handle} klar” när det ska utföras."
        case Stage.STAFF:
            return f"Kvar hos er: {case.why.text}"
        case Stage.ASKED:
            return "Resten väntar på chefens svar."
        case _:
            return "Ärendet går vidare."


def _left(act: Act, case: Case | None) -> str:
    """Return that a case is still there after what was done to its card."""
    if case is None or act in (Act.NOTE, Act.TAKE) or case.status is Status.DONE:
        return ""
    if case.status is Status.WAITING:
        return ""
    return f"{case.handle} är fortfarande öppet."
