"""Reads a reply's sentences one by one and notes what each says of which rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.review_reply import Aside
from parsers.answers.review_clause import SAYING, Clause, bounded
from parsers.answers.review_clauses import clauses
from parsers.answers.review_course import Course, Where
from parsers.answers.review_headings import of_heading
from parsers.answers.review_named import LISTS, Named
from parsers.answers.review_rewrites import rewritten
from parsers.answers.review_scan import Scanner
from parsers.answers.review_sentences import (
    TURNING,
    asks_whether,
    corrects,
    defines,
    invites,
)  # fmt: skip
from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Reducer, Whom
from parsers.answers.review_tokens import Token
from parsers.answers.review_total import Statement, asides, statement
from parsers.answers.review_unnamed import TELLING, Around, Unnamed
from parsers.answers.review_verdicts import Says, Verdict, judged

_NOBODY = (Whom.OTHER, Whom.SOMEONE, Whom.WE)
_OF_MAIL = re.compile(
    r"mail|mejl|e-post|system|dator|inlogg|lösenord|outlook|utskick|telefonnummer|länken",
    re.IGNORECASE,
)
_MOST = 80  # words of a sentence
_HEDGES = frozenset({Sort.IF, Sort.DOUBT, Sort.NEVER, Sort.NOT})


class Reader:
    """Notes in the course's total what sentences say."""

    def __init__(self, scanner: Scanner, course: Course, *, numbered: bool | None) -> None:
        self._scanner = scanner
        self._course = course
        self._total = course.total
        self._numbered = numbered
        self._named = Named(course)
        self._unnamed = Unnamed(course)

    def line(self, text: str, where: Where, following: str = "") -> None:
        """Read one line; *following* is the line below it."""
        ahead = self._scanner.tokens(following) if following else []
        spoken = list(_sentences(self._scanner.tokens(text)))
        for n, (tokens, asks) in enumerate(spoken):
            heads = n == len(spoken) - 1 and _heads(tokens, ahead)
            self._sentence(tokens, where, asks=asks, heads=heads)

    def heads(self, rows: Sequence[int]) -> None:
        """Give the heading that was read last to *rows*, quoted right below it."""
        course = self._course
        if course.heading is not None:
            sort, words = course.heading
            verdict = course.headed or judged([Token(sort, words)], course.today)
            self._total.say(rows, statement(verdict, words, but=False))
            course.heading = None

    def _sentence(self, tokens: Sequence[Token], where: Where, *, asks: bool, heads: bool) -> None:
        if len(tokens) > _MOST:
            self._total.doubt(" ".join(t.text for t in tokens))
            return
        if invites(tokens):
            return
        tokens = rewritten(tokens)
        self._turns(tokens)
        pieces = Reducer(tokens, numbered=self._numbered, most=len(self._course.rows)).run()
        found = list(clauses(pieces, inline=where.row is not None))
        sorts = {t.sort for t in tokens}
        orders = Sort.REMOVE in sorts and not sorts & _HEDGES
        if asks and sorts & {Sort.REMOVE}:
            self._course.turned = " ".join(t.text for t in tokens)
        if asks and not orders:
            self._asked(found, " ".join(t.text for t in tokens), where)
            return
        found = list(_joined(found))
        if corrects(tokens):
            some = len(self._course.last) < len(self._course.rows)
            rows = [r for t in tokens for r in t.rows]
            self._course.unclear(
                [*rows, *(self._course.last if some else ())], " ".join(t.text for t in tokens)
            )
        for n, clause in enumerate(found):
            before = found[n - 1] if n else None
            if before is not None and clause.tokens[:1] and clause.tokens[0].sort is Sort.IF:
                self._course.unclear([r for s in before.subjects for r in s.rows], clause.text)
            if before is not None and asks_whether(before):
                clause.tokens.append(Token(Sort.DOUBT, before.tokens[-1].text))
            after = found[n + 1] if n + 1 < len(found) else None
            self._clause(clause, where, (before, after), heads=heads)

    def _turns(self, tokens: Sequence[Token]) -> None:
        """Note that a sentence says what "ja" means, or asks at its end."""
        if defines(tokens):
            self._course.turned = " ".join(t.text for t in tokens)
        if tokens and tokens[-1].sort is Sort.OR:
            self._course.doubt(" ".join(t.text for t in tokens))  # "alla är kvar, eller?"

    def _asked(self, found: Sequence[Clause], text: str, where: Where) -> None:
        """Take a question: whom it names is unclear."""
        course = self._course
        sorts = {t.sort for c in found for t in c.tokens}
        if sorts & TURNING and not sorts & {Sort.STAY, Sort.WORKS}:
            course.turned = course.turned or text
        self._total.remark(Aside.QUESTION, text)
        named = [s for c in found for s in c.subjects]
        if not named and not sorts & (SAYING - {Sort.NEVER, Sort.ASKED}) and _OF_MAIL.search(text):
            return  # "har ni bytt mailsystem?"
        rows = {r for s in named if s.whom is Whom.ROWS for r in s.rows}
        rows |= {where.row} if where.row is not None else set()
        if not rows and any(s.whom is Whom.SHE for s in named) and not course.stranger:
            rows |= set(course.last)
        if rows:
            course.unclear(rows, text)
        general = any(s.whom not in (Whom.ROWS, Whom.SHE, *_NOBODY) for s in named)
        telling = any(t.sort in TELLING | {Sort.STAY} for c in found for t in c.tokens)
        if general or (telling and not rows and not course.stranger):
            self._total.doubt(text)

    def _clause(self, clause: Clause, where: Where, around: Around, *, heads: bool) -> None:
        verdict = judged(clause.tokens, self._course.today)
        verdict.odd += bounded(clause)
        ends = [t.sort for t in clause.tokens[-2:]]
        if (
            not clause.first
            and clause.subjects
            and ends in ([Sort.YES, Sort.AT], [Sort.NO, Sort.AT])
        ):
            verdict.odd.append(clause.tokens[-1].text)  # "Anna och ja på övriga"
        rows = [r for s in clause.subjects for r in s.rows]
        if clause.colon and not rows and verdict.sorts & TURNING:
            self._course.turned = clause.text
        words = " ".join(clause.text.split())
        self._remarks(verdict, clause, where, words)
        self._total.beside |= dict.fromkeys(clause.objects, words[:300])
        if clause.exception is not None:
            own = judged(clause.exception.tokens, self._course.today)
            self._remarks(own, clause.exception, where, words)
            if not self._named.excepted(clause, clause.exception, verdict, where):
                return
        rows = [r for s in clause.subjects for r in s.rows]
        if Sort.STRUCK in verdict.sorts and not rows:
            self._struck(verdict, where, words)
            return
        self._spoken(clause, verdict, where, around, heads=heads)

    def _spoken(
        self, clause: Clause, verdict: Verdict, where: Where, around: Around, *, heads: bool
    ) -> None:
        words = " ".join(clause.text.split())
        some = len(clause.subjects) == 1
        subjects = [s for s in clause.subjects if s.whom is not Whom.WE or some]
        whoms = [s.whom for s in subjects]
        ahead = (
            (whoms == [Whom.THEY] and (bool(where.below) or heads))
            or whoms == [Whom.AHEAD]
            or (whoms == [Whom.SOMEONE] and clause.colon)
        )
        if not subjects or (where.row is not None and set(whoms) <= {Whom.OTHER, Whom.WE}):
            if where.row is not None:
                self._unnamed.inline(clause, verdict, where.row, words)
            else:
                self._unnamed.note(clause, verdict, words, around, heads=heads)
        elif ahead and where.row is None:
            self._ahead(clause, verdict, words)
        elif Sort.NEW in verdict.sorts and Whom.OTHER in whoms and Whom.ROWS not in whoms:
            self._unnamed.nobody(clause, verdict, words)
        elif len(subjects) > 1 and Whom.SOMEONE in whoms:
            self._total.doubt(words)
            self._course.unclear([r for s in subjects for r in s.rows], words)
        elif all(w in (*_NOBODY, Whom.AHEAD) for w in whoms):
            self._unnamed.nobody(clause, verdict, words)
        else:
            self._named.note(subjects, clause, verdict, where, words)

    def _remarks(self, verdict: Verdict, clause: Clause, where: Where, words: str) -> None:
        rows = [r for s in clause.subjects if s.whom in LISTS for r in s.rows]
        if not rows and where.row is not None:
            rows = [where.row]
        name = next((s.text for s in clause.subjects if s.whom is Whom.OTHER), "")
        for aside in asides(verdict.sorts):
            self._total.remark(aside, words, rows, name)

    def _struck(self, verdict: Verdict, where: Where, words: str) -> None:
        """Note that rows are missing in the quotation because they have left."""
        told = verdict.sorts & {Sort.LEFT, Sort.ENDED, Sort.REMOVE, Sort.STAY, Sort.WORKS}
        stays = told <= {Sort.STAY, Sort.WORKS} and Sort.NOT not in verdict.sorts
        if not where.missing or not told or verdict.odd or stays:
            self._total.doubt(words)
            self._course.unclear(where.missing, words)
        else:
            self._total.say(where.missing, Statement(Says.LEFT, words))

    def _ahead(self, clause: Clause, verdict: Verdict, words: str) -> None:
        """Note "följande har slutat" over the names that follow."""
        heading = of_heading(clause, self._course.today)
        if heading is None or verdict.odd or verdict.says is Says.UNCLEAR:
            self._total.doubt(words)
        else:
            self._course.heading, self._course.headed = (heading[0], words), verdict


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """Yield sentences, each with whether it asks."""
    sentence: list[Token] = []
    for at, token in enumerate(tokens):
        if token.sort is not Sort.END or _shortens(tokens, at):
            sentence.append(token)
            continue
        if sentence:
            yield sentence, any(c in token.text for c in "?❓❔⁉")
        sentence = []
    if sentence:
        yield sentence, False


def _joined(found: Sequence[Clause]) -> Iterator[Clause]:
    """Yield clauses; "två har slutat, Anna och Per" is said of those two."""
    held: Clause | None = None
    for clause in found:
        if held is not None:
            count = held.subjects[0].count
            named = clause.subjects and all(s.whom is Whom.ROWS for s in clause.subjects)
            if named and not clause.said and count == len(clause.subjects):
                clause.tokens[:0] = held.tokens
                clause.said = True
            else:
                yield held
            held = None
        someone = [s.whom for s in clause.subjects] == [Whom.SOMEONE] and clause.said
        if someone and clause.subjects[0].count:
            held = clause
        else:
            yield clause
    if held is not None:
        yield held


def _shortens(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a full stop only shortens an initial: "A. Berg"."""
    before = tokens[at - 1] if at else None
    if before is None or tokens[at].text != "." or before.at + 1 != tokens[at].at:
        return False
    return len(before.text) == 1 and before.text.isupper()


def _heads(tokens: Sequence[Token], ahead: Sequence[Token]) -> bool:
    """Tell whether a line is a heading over the names that follow."""
    if tokens[-1].sort is Sort.COLON:
        return True
    first = [t for t in ahead if t.sort not in (Sort.LINE, Sort.FILL)][:1]
    bare = not any(t.sort in SAYING for t in ahead)
    return bool(first) and first[0].sort in (Sort.ROW, Sort.NUMBER) and bare
