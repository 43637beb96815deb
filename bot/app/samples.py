"""One letter of every sort, as it might go out: for ``doctor``, golden files and pictures.

All people and places are invented. Sends nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.app import card_samples, desk_samples, review_samples
from bot.domain.letters import (
    ActUndone,
    Applied,
    Content,
    Digest,
    EndingSoon,
    HandedOver,
    Letter,
    Line,
    Point,
    Question,
    Rejected,
    ReviewState,
    WorkRow,
)

_UNIT = "Björkhagens hemtjänst"
_RETURN = "Kortet ska klippas sönder och lämnas till Lokala EK."
_ASK = "Var tredje månad frågar vi dig om personen arbetar kvar."


def samples() -> tuple[Letter, ...]:
    """Return several letters of each kind."""
    return tuple(named().values())


def named() -> dict[str, Letter]:
    """Return the samples by a name that starts with the letter's kind."""
    contents = (*_applied(), *_questions(), *_others(), *_digests())
    own = {name: _letter(content) for name, content in contents}
    return own | card_samples.named() | review_samples.named() | desk_samples.named()


def _letter(content: Content) -> Letter:
    if isinstance(content, Digest):
        return Letter(("handlaggare@jarfalla.example",), content)
    if isinstance(content, EndingSoon):
        return Letter(("asa.oberg@jarfalla.example",), content, rung=f"-{content.days}")
    asked = "<mail-4711@jarfalla.example>"
    return Letter(("asa.oberg@jarfalla.example",), content, in_reply_to=asked, references=(asked,))


def _applied() -> tuple[tuple[str, Content], ...]:
    new = Applied(
        action="new",
        name="Märta Åkerström",
        unit=_UNIT,
        lines=(
            Line("Enhet", _UNIT),
            Line("Titel", "Undersköterska"),
            Line("E-post", "marta.akerstrom@jarfalla.example"),
            Line("Telefon", "0701740635"),
            Line("Gäller från och med", "2026-12-01"),
            Line("Gäller till och med", "2027-12-01"),
        ),
        next_steps=(
            "Vi beställer e-tjänstekortet hos regionen. Personen får sedan veta hur man bokar tid.",
            "Vi hör av oss om när reservkortet kan hämtas hos Lokala EK.",
            _ASK,
        ),
    )
    change = Applied(
        action="change",
        name="Örjan Sjöö",
        unit="Vård- och omsorgsboendet Äppelgården, avdelning Ängsblomman",
        lines=(
            Line("Namn", "Örjan Hallenius Sjöö"),
            Line("Titel", "Biträdande enhetschef med samordningsansvar för natten"),
        ),
        next_steps=("Mellannamn: Texten är överstruken. Uppgiften togs inte med.",),
    )
    planned = Applied("change", "Örjan Sjöö", _UNIT, (Line("Titel", "Sjuksköterska"),), (),
                      planned_for=date(2027, 1, 4))  # fmt: skip
    title = (Line("Titel", "Undersköterska"),)
    corrected = Applied("new", "Märta Åkerström", _UNIT, title, (_ASK,), corrected=True)
    until = (Line("Gäller till och med", "2026-12-31"),)
    cancel = Applied("cancel", "Märta Åkerström", _UNIT, until, (_RETURN,))
    answered = replace(
        change,
        given=(Line("Efternamn", "Åberg (enligt ditt svar 2026-11-23)"),),
    )
    same = Applied("change", "Märta Åkerström", _UNIT, (), ())
    return (
        ("applied-new", new),
        ("applied-change", change),
        ("applied-change-planned", planned),
        ("applied-change-answered", answered),
        ("applied-change-nothing-new", same),
        ("applied-new-corrected", corrected),
        ("applied-cancel", cancel),
    )


def _questions() -> tuple[tuple[str, Content], ...]:
    several = Question(
        file="Beställning EK november.pdf",
        name="Märta Åkerström",
        points=(
            Point(
                "Personnummer/samordningsnummer",
                "Kontrollsiffran stämmer inte. Kontrollera alla siffror.",
            ),
            Point(
                "Ärende (ny, uppdatering eller avbeställning)",
                "Mer än ett kryss. Det ska vara exakt ett.",
            ),
            Point(
                "Enhet/arbetsplats",
                "Enheten finns inte i vårt register. Skriv namnet som det står där.",
                "Björkhagen hemtj.",
            ),
            Point(
                "Underskrift verksamhetschef",
                "Underskriften saknas. Skriv under i rutan och skanna blanketten igen. En "
                "underskrift kan inte ges i ett mejl.",
            ),
        ),
        sign=True,
    )
    one = Question("scan_0001.pdf", "", (Point("Efternamn", "Efternamnet saknas."),))
    wonders = Point("En handläggare undrar", "Vilken dag börjar hon?")
    text = "Mejlet talar om en bilaga, men ingen fil följde med."
    return (
        ("question-several", several),
        ("question-one", one),
        ("question-no-file", Question("", "", (Point("Bilagan", text),))),
        ("question-clerk", Question("blankett.pdf", "Siv Norberg", (wonders,), free=True)),
        (
            "question-clerk-again",
            Question("blankett.pdf", "Siv Norberg", (wonders,), free=True, reminder=True),
        ),
        *_doubts(),
    )


def _doubts() -> tuple[tuple[str, Content], ...]:
    name = Point("Efternamn", "Stämmer det?", "Öberg", 1, "falt-surname.png")
    phone = Point(
        "Telefon", "Det står något i rutan som inte går att läsa. Vad ska stå där?", number=2,
        picture="falt-phone.png",
    )  # fmt: skip
    number = Point(
        "Personnummer/samordningsnummer",
        "Det går inte att läsa säkert. Svara med hela numret. Vill du inte skriva det i ett mejl: "
        "ring oss, eller skicka en ny blankett.",
        number=3,
    )
    asked = Question("scan_0002.pdf", "", (name, phone, number), by_reply=True)
    unread = ("2 ring mig så berättar jag",)
    taken = (Line("Efternamn", "Åberg (enligt ditt svar 2026-11-23)"),)
    why = "Frågan är obesvarad sedan 2026-11-09."
    return (
        ("question-doubts", asked),
        ("question-not-understood", replace(asked, again=True, unread=unread)),
        ("question-no-answer", replace(asked, again=True)),
        ("question-partly", replace(asked, points=(phone, number), taken=taken)),
        ("question-reminder", replace(asked, reminder=True)),
        ("question-staff", replace(asked, staff=why)),
    )


def _others() -> tuple[tuple[str, Content], ...]:
    file = Rejected(
        file="Blankett låst.pdf",
        reason="Filen är skyddad med lösenord.",
        advice="Spara blanketten utan lösenord och skicka den igen.",
    )
    order = Rejected(
        file="",
        reason="Man kan inte beställa åt sig själv.",
        advice="Be din egen chef att skriva under och skicka blanketten.",
    )
    long_unit = "Vård- och omsorgsboendet Äppelgården, avdelning Ängsblomman"
    return (
        ("rejected-file", file),
        ("rejected-order", order),
        ("handed_over", HandedOver()),
        ("undone-act", ActUndone("K-17", ("Klart: Märta Åkerström",), date(2026, 11, 25))),
        (
            "undone-acts",
            ActUndone("C-4", ("Så hämtar du ditt kort", "Kortet är spärrat"), date(2026, 11, 25)),
        ),
        ("ending_soon-30", EndingSoon("Märta Åkerström", _UNIT, date(2026, 12, 23), 30)),
        ("ending_soon-1", EndingSoon("Örjan Sjöö", long_unit, date(2026, 11, 24), 1)),
        ("ending_soon-0", EndingSoon("Örjan Sjöö", "", date(2026, 11, 23), 0)),
    )


def _digests() -> tuple[tuple[str, Content], ...]:
    health = (
        Line("Mejl som väntar på att läsas", "0"),
        Line("Mejl som lagts åt sidan", "1"),
        Line("Behandlade mejl som ligger kvar i inkorgen", "0"),
    )
    well = tuple(Line(line.label, "0") for line in health)
    full = _full_digest(health)
    busy = Digest(
        day=date(2026, 11, 23), urgent=(), done=(), waiting=(), protected=0, mails=340,
        letters=290, held=0, health=well,
        open=tuple(
            WorkRow(f"K-{number}", f"Ta tillbaka kort: Örjan Sjöö, {_UNIT}",
                    "Posten upphörde 2026-11-20.", 120 - number)
            for number in range(1, 121)
        ),
    )  # fmt: skip
    empty = Digest(
        day=date(2026, 11, 23), urgent=(), open=(), waiting=(), done=(), protected=0, mails=0,
        letters=0, held=0, health=well,
    )  # fmt: skip
    return (("digest-full", full), ("digest-busy", busy), ("digest-empty", empty))


def _full_digest(health: tuple[Line, ...]) -> Digest:
    return Digest(
        day=date(2026, 11, 23),
        urgent=(
            WorkRow("K-31", f"Spärra förlorat kort: Örjan Sjöö, {_UNIT}",
                    "Blanketten anmäler ett förlorat kort.", 0, urgent=True),
        ),
        open=(
            WorkRow("K-17", f"Avbeställning: Märta Åkerström, {_UNIT}",
                    "Bromsen: ovanligt många poster skulle avslutas på en gång.", 3),
            WorkRow("K-24", "Inskannad blankett (M-212)",
                    "Inskannad sida (sida 1, 2): en person behöver läsa den.", 1),
        ),
        today=(
            WorkRow("K-29", f"Beställ e-tjänstekort hos regionen: Åsa Östergård, {_UNIT}",
                    "Följer av K-28.", 0, by="eva.ek@jarfalla.example"),
        ),
        ending=(WorkRow("P-14", f"Bo Ek, {_UNIT}", "Posten går ut 2026-11-27.", 0),),
        review=ReviewState("2026-Q4", 41, 57, date(2026, 12, 18)),
        trend=tuple((date(2026, 11, n), k) for n, k in
                    ((9, 3), (10, 5), (11, 4), (12, 7), (13, 6), (16, 9), (17, 7), (18, 6),
                     (19, 8), (20, 6))),
        waiting=(
            WorkRow("K-12", "Nybeställning: Bo Ek, Växthusets förskola",
                    "Saknas eller oklart: Titel/befattning, Telefon.", 6),
        ),
        done=(
            WorkRow("K-28", f"Nybeställning: Åsa Östergård, {_UNIT}",
                    "Behörig chef, underskriven och fullständig blankett.", 0),
            WorkRow("K-26", f"Uppdatering: Örjan Sjöö, {_UNIT}",
                    "Behörig chef, underskriven och fullständig blankett.", 1),
        ),
        protected=2, mails=14, letters=11, held=1, health=health,
    )  # fmt: skip
