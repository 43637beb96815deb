"""What a clerk's mail asks for: «K-17 klar», «K-19 avslå fel enhet», «ÅNGRA».

Each line is taken whole or stays unread. A word that could turn what other lines say puts the whole
mail in doubt: a case that is closed by mistake is worse than a question too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.clerk_reply import Act, ClerkReply, Command
from parsers.answers import clerk_doubts, clerk_lines, codes
from parsers.answers.clerk_chat import is_chat, is_name, without_manners
from parsers.answers.clerk_handles import QUOTED, TURNED, clean, is_range, is_sample
from parsers.answers.clerk_layout import is_bare, joined
from parsers.answers.clerk_lines import Known
from parsers.answers.endings import FOOTER, begins, may_answer
from parsers.answers.fresh import Piece, typed
from parsers.answers.quoted_rows import Rows

LONGEST = 200_000  # characters of a mail that are looked at
_LINE = 600  # characters of a line; no command is longer
_LINES = 600
_MOST_FOREIGN = 20  # lines of others that are kept
_SHOWN = 300  # characters of an unread line that are kept
_WRAPPED = 55  # characters; a longer line may go on in the next
_BESIDE = frozenset({Act.NOTE, Act.TAKE, Act.SHOW})  # contradict no other act
_TOGETHER = (
    {Act.CORRECT, Act.DONE},
    {Act.RETURNED, Act.DEREGISTERED},
    {Act.BLOCKED, Act.DEREGISTERED},
    {Act.LOST, Act.BLOCKED, Act.POLICE},
    {Act.BLOCKED, Act.POLICE, Act.DEREGISTERED},
    {Act.POLICE, Act.DONE},
)


@dataclass(slots=True)
class _Heard:
    """What has been understood so far."""

    commands: list[Command] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # handles in unread lines
    doubt: bool = False
    wary: bool = False  # a line turns what it says itself, and nothing else
    loose: bool = False  # a line that may be about another than it names

    def leave(self, line: str, *, doubt: bool, named: Iterable[str] = ()) -> None:
        """Leave *line* unread."""
        self.unread.append(codes.masked(" ".join(line.split()))[:_SHOWN])
        self.doubt |= doubt
        self.named.update(named)


def read(
    text: str, letters: Sequence[str], *, today: date, names: Sequence[str] = ()
) -> ClerkReply:
    """Return what *text*, a reply to *letters* (as their reader saw them), asks for.

    *names* are the sender's: a line with nothing but a name begins the signature.
    """
    pieces = typed(text[:LONGEST], letters)
    if len(text) > LONGEST:
        pieces = (*pieces, Piece(("…",), foreign=True))
    return understand(pieces, today=today, shown=Rows(letters).titles, names=names)


def understand(
    pieces: Sequence[Piece], *, today: date, shown: Iterable[str] = (), names: Sequence[str] = ()
) -> ClerkReply:
    """Return what the *pieces* of a clerk's reply ask for.

    *shown* are the handles of the answered letter, or a mapping of them to what stands beside
    them; only these may be named by their bare number.
    """
    titles = shown if isinstance(shown, Mapping) else dict.fromkeys(shown, "")
    known = Known(today, titles)
    heard = _Heard()
    left = _LINES
    for piece in pieces:
        if piece.foreign:
            continue
        for line in joined(_body(piece.lines[:left], names, known, heard), known):
            _take(line, piece.handle, known, heard)
        left = max(0, left - len(piece.lines))
    if not left:
        heard.leave("…", doubt=True)
    _foreign(pieces, heard)
    return _settled(heard)


def _foreign(pieces: Sequence[Piece], heard: _Heard) -> None:
    """Leave what may be somebody else's; an older mail of the thread speaks only when none else."""
    for piece in pieces:
        if piece.foreign and (not piece.old or not (heard.commands or heard.unread)):
            for line in piece.lines[:_MOST_FOREIGN]:
                if not is_chat(clean(line)):
                    heard.leave(line, doubt=True)


def _body(lines: Sequence[str], names: Sequence[str], known: Known, heard: _Heard) -> Iterator[str]:
    """Yield whole lines down to the signature; what may be a command below it is left unread."""
    ended = False
    before = ""
    for raw in lines:
        if len(raw) > _LINE:  # nobody types one
            heard.leave(raw[:_LINE], doubt=True)
            continue
        line = clean(raw)
        asks = bool(clerk_lines.handles(line, known)) or clerk_lines.could_command(
            without_manners(line), known
        )
        if not ended and not asks and (begins(raw.strip(), names) or is_name(line)):
            ended = True
        if not line or ended or FOOTER.match(line):
            turns = may_answer(line) or clerk_doubts.takes_back(line)
            greets = begins(raw.strip(), names) and not clerk_doubts.says_more(line)
            turns |= not greets and clerk_doubts.says_more(line)
            if ended and (asks or (turns and not greets)):
                heard.leave(raw, doubt=True)
            continue
        named = bool(clerk_lines.handles(line, known))
        if len(before) >= _WRAPPED and not named and line[:1].islower():
            before = f"{before} {raw}"
            continue
        if before:
            yield before
        before = raw
    if before:
        yield before


def _take(raw: str, handle: str, known: Known, heard: _Heard) -> None:
    line = clean(raw)
    text = without_manners(line)
    if not text:
        return
    if (
        TURNED.search(raw)
        or QUOTED.match(raw)
        or len(line) > _LINE
        or is_range(text)
        or is_sample(text)
    ):
        heard.leave(raw, doubt=True)
        return
    named = clerk_lines.handles(text, known)
    if not named and is_chat(text, alone=not handle):
        return
    if codes.has_code(line):
        heard.leave(raw, doubt=not named or clerk_doubts.speaks(text), named=named)
        return
    made = clerk_lines.commands(text, handle, known)
    if made is None:
        about = named or ((handle,) if handle else ())
        speaks = clerk_doubts.speaks(text)
        local = len(set(about)) == 1 and clerk_lines.keeps_to_itself(text, known)
        turns = (speaks and not local) or clerk_doubts.names(text) or is_bare(text, known)
        heard.leave(raw, doubt=not about or turns, named=about)
        heard.wary |= speaks and local
        heard.loose |= not local
        return
    heard.commands += made


def _settled(heard: _Heard) -> ClerkReply:
    commands = tuple(dict.fromkeys(heard.commands))
    doubt = heard.doubt or _contradicts(commands) or (heard.wary and not commands)
    doubt |= heard.loose and bool(commands)
    doubt |= any(c.ref in heard.named or not c.ref for c in commands) and bool(heard.unread)
    return ClerkReply(commands, tuple(heard.unread), doubt)


def _contradicts(commands: Sequence[Command]) -> bool:
    """Tell whether the commands about one handle can't all be meant."""
    by_ref: dict[str, list[Command]] = {}
    for command in commands:
        by_ref.setdefault(command.ref, []).append(command)
    if "" in by_ref and len(by_ref) > 1:
        return True
    return any(_conflict(said) for said in by_ref.values())


def _conflict(said: Sequence[Command]) -> bool:
    acts = {c.act for c in said}
    if Act.UNDO in acts and len(acts) > 1:
        return True
    firm = [c for c in said if c.act not in _BESIDE]
    values: dict[str, str] = {}
    for command in firm:
        for key, value in command.fields:
            if values.setdefault(key, value) != value:
                return True
    others = [c for c in firm if c.act is not Act.CORRECT]
    if len(others) > len({c.act for c in others}):
        return True
    kinds = {c.act for c in firm}
    return len(kinds) > 1 and not any(kinds <= pair for pair in _TOGETHER)
