"""Why a page was not read as a form, in words for the people who sent it. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.scan.registration import Reason, Unplaced

_MOST = 4  # labels named in a sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that was not read: the machine's reason and a Swedish sentence."""

    reason: Reason
    text: str


def of(unplaced: Unplaced) -> Refusal:
    """Return the refusal of a page that no blank lies on."""
    return Refusal(unplaced.reason, _sentence(unplaced))


def _sentence(page: Unplaced) -> str:
    title = f"blanketten «{page.plate.definition.title}»" if page.plate else "någon blankett"
    part = f"{round(100 * page.found)} %"
    match page.reason:
        case Reason.NOTHING:
            return "Sidan är tom, eller så syns det ingen blankett på den."
        case Reason.OTHER_FORM if page.plate is None:
            return "Sidan liknar ingen av de blanketter som jag kan läsa."
        case Reason.OTHER_FORM:
            return f"Sidan är en annan blankett. Närmast är {title}, men bara {part} stämmer."
        case Reason.OTHER_EDITION:
            named = f" ({page.code})" if page.code else ""
            return (
                f"Sidan liknar {title}, men är en annan utgåva{named} som jag inte kan läsa. "
                f"Det här står inte på sin plats: {_named(page.missing)}."
            )
        case Reason.INCOMPLETE:
            return f"Bara en del av {title} syns. Det här saknas: {_named(page.missing)}."
        case Reason.TWO_PAGES:
            return "Det ligger flera blanketter i samma bild. Skicka en bild för varje blankett."
        case Reason.POOR:
            return f"Bilden är för otydlig. Det liknar {title}, men texten på den går inte att se."


def _named(missing: tuple[str, ...]) -> str:
    if not missing:
        return "delar av sidan"
    first = ", ".join(f"«{text}»" for text in missing[:_MOST])
    rest = len(missing) - _MOST
    return f"{first} och {rest} till" if rest > 0 else first
