"""What an HTML letter looks like: the colours that each piece of text meets. Holds no test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_RULE = re.compile(r"([.:\w ,-]+)\{([^}]*)\}")
_VOID = frozenset({"meta", "img", "br", "hr", "link", "input"})


@dataclass(frozen=True)
class Seen:
    """A piece of text, its colour and what lies behind it, as #rrggbb; its size in CSS pixels."""

    text: str
    ink: str
    paper: str
    size: float
    bold: bool

    @property
    def contrast(self) -> float:
        """Return the contrast ratio (WCAG 2.2, relative luminance)."""
        one, two = sorted((_light(self.ink), _light(self.paper)), reverse=True)
        return (one + 0.05) / (two + 0.05)

    @property
    def enough(self) -> float:
        """Return the least ratio that WCAG 2.2 §1.4.3 (AA) asks for."""
        return 3.0 if self.size >= 24 or (self.bold and self.size >= 18.66) else 4.5


@dataclass
class _Style:
    ink: str = "#000000"
    paper: str = "#ffffff"
    size: float = 16
    bold: bool = False
    hidden: bool = False


class Colours(HTMLParser):
    """Reads a letter's text with the colours it has in a light or (*dark*) a dark mail program."""

    def __init__(self, html: str, *, dark: bool = False) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        self._open: list[tuple[str, _Style]] = [("", _Style())]
        self._rules = _dark_rules(html) if dark else {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {k: v or "" for k, v in attrs}
        style = self._styled(tag, given)
        if tag not in _VOID:
            self._open.append((tag, style))

    def handle_endtag(self, tag):
        while len(self._open) > 1:
            name, _ = self._open.pop()
            if name == tag:
                break

    def handle_data(self, data):
        style = self._open[-1][1]
        if data.strip() and not style.hidden:
            self.seen.append(Seen(data.strip(), style.ink, style.paper, style.size, style.bold))

    def _styled(self, tag: str, given: dict[str, str]) -> _Style:
        above = self._open[-1][1]
        wanted = _declared(given.get("style", ""))
        for name in ("*" + tag, *given.get("class", "").split()):
            wanted |= self._rules.get(name, {})
        bold = wanted.get("font-weight", "bold" if tag in ("strong", "b", "h1", "h2", "th") else "")
        size = wanted.get("font-size", f"{above.size}px").removesuffix("px")
        return _Style(
            ink=wanted.get("color", above.ink),
            paper=wanted.get("background-color", above.paper),
            size=float(size) if size else above.size,
            bold=bold in ("bold", "600", "700") or (not bold and above.bold),
            hidden=above.hidden or tag in ("style", "title") or wanted.get("display") == "none",
        )


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _dark_rules(html: str) -> dict[str, dict[str, str]]:
    """Return what the letter's dark style sheet says, by class, or ``*tag``."""
    begun = html.partition("(prefers-color-scheme: dark)")[2].partition("@media")[0]
    found: dict[str, dict[str, str]] = {}
    for names, body in _RULE.findall(begun.partition("</style>")[0].partition("{")[2]):
        for name in names.split(","):
            key = name.strip()
            key = key[1:] if key.startswith(".") else f"*{key}"
            found.setdefault(key, {}).update(_declared(body))
    return found


def _light(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass
class Headings(HTMLParser):
    """The levels of a letter's headings, in order."""

    html: str
    levels: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
