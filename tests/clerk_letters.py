"""The digest that clerks' replies in the tests answer, and the day on which they do."""

from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "golden" / "clerk_replies"
DIGEST = (FOLDER / "digest.txt").read_text("utf-8")
TODAY = date(2026, 11, 23)
INTRO = "Den mån 23 nov. 2026 kl 07:30 skrev Lokala EK <lokala-ek@jarfalla.example>:"
HEAD = (
    "Från: Lokala EK <lokala-ek@jarfalla.example>\nSkickat: den 23 november 2026 07:30\n"
    "Till: Anna Lind\nÄmne: Dagens läge"
)


def spelt_out(text: str) -> str:
    """Return *text* with the digest where ``{marked}`` and the like stand in it.

    ``{marked}`` is the digest as a quotation with marks, ``{below}`` as one without;
    ``{inline K-17|spärrat}`` is a marked one with words typed beneath the row's last line.
    """
    marked = [f"> {line}".rstrip() for line in DIGEST.splitlines()]
    if text.startswith("{inline "):
        asked = dict(part.split("|") for part in text[8:-1].split(";"))
        lines, typed = [INTRO, ""], ""
        for line, quoted in zip(DIGEST.splitlines(), marked, strict=True):
            if typed and not line.startswith(" "):
                lines.append(typed)
                typed = ""
            lines.append(quoted)
            typed = asked.get(line.split(" ")[0], typed)
        return "\n".join(lines)
    whole = "\n".join(marked)
    return text.replace("{marked}", f"{INTRO}\n\n{whole}").replace("{below}", f"{HEAD}\n\n{DIGEST}")
