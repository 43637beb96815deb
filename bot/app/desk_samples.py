"""Receipts of clerks' mails, as they might go out. All people and places are invented."""

from __future__ import annotations

from datetime import date

from bot.domain.desk_letters import EchoRow, StaffEcho
from bot.domain.letters import Letter
from bot.domain.values import MailId

_CLERK = "eva.ek@jarfalla.example"
_MAIL = MailId(57)
_UNTIL = date(2026, 11, 25)


def named() -> dict[str, Letter]:
    """Return the samples by a name that starts with the letter's kind."""
    asked = "<mail-57@jarfalla.example>"
    return {
        f"staff_echo-{name}": Letter((_CLERK,), echo, in_reply_to=asked, references=(asked,))
        for name, echo in _echoes().items()
    }


def _echoes() -> dict[str, StaffEcho]:
    done = (
        EchoRow("K-17", "Spärra förlorat kort: Maja Öberg", "Kortet är spärrat."),
        EchoRow("K-19", "Ny person: Erik Lind", "Avslaget: fel enhet."),
        EchoRow("K-21", "Uppdatering: Anna Oberg", "Rättat: Efternamn Öberg. Ärendet går vidare."),
        EchoRow("K-20", "Ny person: Siv Norberg",
                "Frågan har gått till chefen: ”startdatum”. Svarar ingen påminner vi den "
                "2026-11-26."),
    )  # fmt: skip
    refused = (
        EchoRow("K-23", "Avbeställning: Karin Holm",
                "Redan avslutat 2026-11-23. Avslaget av olle.ek@jarfalla.example: fel dag. "
                "Inget är ändrat. Var det fel? Skriv ”ångra K-23”."),
        EchoRow("K-99", "", "Det finns inget K-99. Kontrollera numret."),
    )  # fmt: skip
    shown = EchoRow(
        "K-22", "Mejl att läsa (M-41)", "",
        (("Läge", "Hos er"), ("Varför", "Mejlet behöver läsas av en person."),
         ("Mejl", "M-41 från asa.oberg@jarfalla.example"),
         ("Anteckning 2026-11-23", "ringde, ingen svarade (eva.ek@jarfalla.example)")),
    )  # fmt: skip
    return {
        "done": StaffEcho(_MAIL, done, undo_until=_UNTIL),
        "partly": StaffEcho(
            _MAIL, done[:1], refused, unread=("K-27 kanske klar i morgon",), undo_until=_UNTIL
        ),
        "shown": StaffEcho(_MAIL, shown=(shown,)),
        "doubt": StaffEcho(
            _MAIL, meant=(EchoRow("K-17", "Spärra förlorat kort: Maja Öberg", "klart"),),
            unread=("men vänta med alltihop tills jag har ringt",),
            why="Det finns ord i mejlet som kan ändra meningen, så vi har inte gjort något. Skriv "
            "en rad för varje ärende, till exempel ”K-… klar”.",
        ),
        "told": StaffEcho(
            _MAIL, (EchoRow("K-23", "Avbeställning: Karin Holm",
                            "eva.ek@jarfalla.example skrev ”K-23 klar”. Ärendet var redan "
                            "avslutat, så inget är ändrat. Prata med varandra om det är fel."),),
            by="eva.ek@jarfalla.example",
        ),
    }  # fmt: skip
