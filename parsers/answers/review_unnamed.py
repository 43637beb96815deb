"""Notes clauses that name nobody listed: "stämmer", "nej", strangers, the writer, small talk."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.review_reply import Aside
from parsers.answers.review_chat import is_chat
from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_course import Course
from parsers.answers.review_days import Day, settled
from parsers.answers.review_headings import of_heading
from parsers.answers.review_named import LISTS
from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Whom
from parsers.answers.review_total import Statement, statement
from parsers.answers.review_verdicts import Says, Verdict

TELLING = frozenset(
    {
        Sort.LEFT, Sort.REMOVE, Sort.LEAVES, Sort.ENDS, Sort.ENDED, Sort.GIVEN_NOTICE, Sort.MOVED,
        Sort.MOVES, Sort.DEAD, Sort.NO, Sort.NEVER, Sort.DOUBT, Sort.IF, Sort.NOT,
    }
)  # fmt: skip
_OF_WRITER = frozenset(
    {Sort.LEAVES, Sort.LEFT, Sort.MOVED, Sort.LEAVE, Sort.ENDS, Sort.NOT_MINE, Sort.CHIEF}
)
_UNSURE = frozenset({Sort.DOUBT, Sort.IF, Sort.NEVER, Sort.OR, Sort.NOT})
_BACK = re.compile(
    r"angra|angrat|^ateran|^aterk|^tillbaka|^ar tillbaka|^andrade|^andrat|hejdad|^stopp$"
)
_CLOSED = frozenset(
    {"lades ner", "lades ned", "lagts ner", "lagts ned", "stangdes", "stangde", "avvecklades"}
)
_AGREES = frozenset({Sort.YES, Sort.RIGHT, Sort.UNCHANGED})
Around = tuple[Clause | None, Clause | None]


class Unnamed:
    """Notes clauses without a listed subject."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._total = course.total

    def inline(self, clause: Clause, verdict: Verdict, row: int, words: str) -> None:
        """Note what stands beside a quoted row."""
        one = statement(verdict, words, but=clause.but)
        if self._course.turned and verdict.sorts & SAYING <= {Sort.YES, Sort.NO}:
            one = replace(one, says=Says.UNCLEAR)
        if verdict.says is Says.NOTHING:
            if is_chat(clause.tokens) and not verdict.odd:
                return
            one = replace(one, says=Says.UNCLEAR)
        if one.says is Says.UNCLEAR:
            self._total.unread.append(words)
        self._total.say((row,), one)
        self._course.last, self._course.stranger = (row,), False

    def note(
        self, clause: Clause, verdict: Verdict, words: str, around: Around, *, heads: bool
    ) -> None:
        """Note a clause without any subject."""
        course = self._course
        if clause.colon and not clause.said:
            course.heading = course.headed = None  # "osäker:" ends what the heading above says
        if Sort.NEW in verdict.sorts:
            course.stranger, course.last = True, ()
        elif verdict.sorts & {Sort.ASKED, Sort.NOT_MINE, Sort.NEVER}:
            course.doubt(words)
        elif heads and verdict.says is not Says.NOTHING and of_heading(clause, course.today):
            course.heading, course.headed = of_heading(clause, course.today), verdict
        elif verdict.says is not Says.NOTHING:
            self._general(clause, verdict, words, around)
        elif any(_BACK.search(t.plain) for t in clause.tokens) and course.last:
            course.doubt(words)  # "… slutade. Ångrade sig dock."
        elif self._goes_on(around, verdict):
            course.again(Statement(Says.UNCLEAR, words))
        elif not is_chat(clause.tokens) or (clause.but and verdict.odd):
            self._doubt(verdict, around, words)
        elif any(t.plain in _CLOSED for t in clause.tokens):
            day = next((t.day for t in clause.tokens if t.day is not None), Day())
            self._total.closed = settled(day, course.today, -1).on

    def _doubt(self, verdict: Verdict, around: Around, words: str) -> None:
        """Note words that nothing explains; in doubt they are of whom was named last, too."""
        before = around[0]
        named = before is not None and bool(before.subjects)
        if named or verdict.sorts & _UNSURE:
            self._course.doubt(words)
        else:
            self._total.doubt(words)

    def _goes_on(self, around: Around, verdict: Verdict) -> bool:
        """Tell whether a day without a word that answers belongs to those named before."""
        before = around[0]
        named = before is not None and bool(before.subjects) and bool(self._course.last)
        return named and Sort.DAY in verdict.sorts

    def _general(self, clause: Clause, verdict: Verdict, words: str, around: Around) -> None:
        course = self._course
        before, after = around
        one = statement(verdict, words, but=clause.but)
        said = {t.sort for t in clause.tokens if t.sort in SAYING}
        if said == {Sort.NO} and clause.but and before is not None and before.subjects:
            course.again(Statement(Says.UNCLEAR, words))  # "Eva ja fast nej"
        elif said == {Sort.NO} and (len(course.rows) > 1 or _unchanged(after)):
            course.noes.append(words)
        elif before is not None and before.subjects and not said <= _AGREES:
            course.again(one)
        elif one.says is Says.STAYS:
            self._agrees(one, said, after)
        elif len(course.rows) == 1 or (len(course.last) == 1 and not course.stranger):
            course.again(one)
        elif course.last or not course.stranger:
            self._total.doubt(words)

    def _agrees(self, one: Statement, said: set[Sort], after: Clause | None) -> None:
        """Note that everybody stays, unless a word of it is manners or of one person."""
        course = self._course
        if (
            one.weak
            and after is not None
            and (_tells(after) or (said == {Sort.YES} and _some(after)))
        ):
            return
        some = 0 < len(course.last) < len(course.rows)
        if some and said == {Sort.STAY}:
            self._total.doubt(one.words)
        else:
            self._total.everyone.append(one)

    def nobody(self, clause: Clause, verdict: Verdict, words: str) -> None:
        """Take what is said of somebody who is not on the list, or of the writer."""
        course = self._course
        whoms = {s.whom for s in clause.subjects}
        if Sort.NEW in verdict.sorts:
            course.stranger = True
            course.last = () if Whom.OTHER in whoms else course.last
            return
        if whoms == {Whom.WE}:
            self._writer(clause, verdict, words)
            return
        counts = [s.count for s in clause.subjects if s.whom is Whom.SOMEONE]
        if counts and counts[0] and verdict.says is Says.STAYS and not verdict.odd:
            self._total.rest_counts.append((counts[0], words))  # "sju kvar": all the others
            self._total.others.append(statement(verdict, words, but=False))
            return
        course.stranger = True
        if whoms != {Whom.OTHER} or not self._harmless(clause, verdict):
            self._total.doubt(words)

    def _harmless(self, clause: Clause, verdict: Verdict) -> bool:
        """Tell whether somebody with a whole name, or who does nothing, is spoken of."""
        full = all(len(s.text.split()) > 1 for s in clause.subjects)
        if full and not verdict.sorts & {Sort.DOUBT, Sort.IF}:
            return True
        return is_chat(clause.tokens) and not verdict.sorts & TELLING

    def _agreed(self, verdict: Verdict) -> bool:
        """Tell whether the writer agrees to the list: jag bekräftar, vi har inga ändringar."""
        plain = verdict.weak or Sort.UNCHANGED in verdict.sorts
        return verdict.says is Says.STAYS and plain and not verdict.odd

    def _writer(self, clause: Clause, verdict: Verdict, words: str) -> None:
        came = any("over" in t.plain.split() for t in clause.tokens if t.sort is Sort.NOT_MINE)
        bad = verdict.sorts & {Sort.NOT, Sort.IF, Sort.DOUBT, Sort.NEVER, Sort.STAY}
        later = any(t.plain.startswith("svar") for t in clause.tokens) and Sort.DAY in verdict.sorts
        if later or Sort.ASKED in verdict.sorts or (Sort.NOT_MINE in verdict.sorts and not came):
            self._total.doubt(words)
        elif clause.subjects[0].text.casefold() == "jag" and verdict.sorts & _OF_WRITER and not bad:
            self._total.remark(Aside.WRONG_MANAGER, words)
        elif self._agreed(verdict):
            self._total.everyone.append(statement(verdict, words, but=clause.but))
        elif verdict.sorts & _UNSURE:
            self._course.doubt(words)
        elif verdict.sorts & TELLING or not is_chat(clause.tokens):
            self._total.doubt(words)


def _unchanged(clause: Clause | None) -> bool:
    """Tell whether a clause says that nothing has changed, so that "nej" before it means that."""
    if clause is None:
        return False
    none = any(s.whom is Whom.NONE for s in clause.subjects)
    return none or any(t.sort is Sort.UNCHANGED for t in clause.tokens)


def _some(clause: Clause) -> bool:
    """Tell whether a clause after "ja" says of some by name that they stay."""
    named = bool(clause.subjects) and all(s.whom is Whom.ROWS for s in clause.subjects)
    return (
        named and not clause.but and any(t.sort in (Sort.STAY, Sort.WORKS) for t in clause.tokens)
    )


def _tells(clause: Clause) -> bool:
    """Tell whether a clause says of somebody that is named that she does not stay."""
    if any(s.whom is Whom.SOMEONE for s in clause.subjects):
        return True
    named = any(s.whom in LISTS for s in clause.subjects)
    return named and not clause.but and any(t.sort in TELLING for t in clause.tokens)
