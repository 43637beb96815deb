"""Notes what a clause says of those whom it names: rows, all, the rest, all but some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.answers.review_chat import ALARM
from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_course import Course, Where
from parsers.answers.review_headings import of_heading
from parsers.answers.review_names import fold
from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject, Whom
from parsers.answers.review_total import Statement, statement
from parsers.answers.review_verdicts import Says, Verdict, judged

OPPOSITE = {Says.STAYS: Says.LEFT, Says.LEFT: Says.STAYS}
LISTS = (
    Whom.ROWS, Whom.BOTH, Whom.THEY, Whom.FIRST, Whom.LAST, Whom.NEXT_TO_LAST, Whom.NTH,
)  # fmt: skip
_GROUPS = (Whom.ALL, Whom.NONE, Whom.REST, Whom.THEY)
_BENDING = frozenset(
    {
        Sort.STAY,
        Sort.WORKS,
        Sort.RIGHT,
        Sort.NOT,
        Sort.IF,
        Sort.DOUBT,
        Sort.NEVER,
        Sort.DAY,
        Sort.YES,
    }
)
_ABSOLUTE = (Whom.ALL, Whom.BOTH, Whom.NONE)
_UNNAMED = (Whom.AHEAD, Whom.WE, Whom.SOMEONE, Whom.THEY)
_DENIED = re.compile(
    r"\b(?:inte|ej|icke)\b.*\b(?:kvar|anställd|jobbar|arbetar)|\b(?:jobbar"
    r"|arbetar)\b.*\b(?:inte|ej)\b",
    re.IGNORECASE,
)
_USUAL = re.compile(r"som (?:vanligt|förut|tidigare)|inget nytt", re.IGNORECASE)
_BESIDE = re.compile(r"skriv|marker|komment|angett|noterat", re.IGNORECASE)
_DOUBTING = frozenset({Sort.IF, Sort.DOUBT, Sort.NEVER, Sort.NOT, Sort.DAY, Sort.OR})
_OTHERWISE = frozenset(
    {Sort.RENAMED, Sort.NEW, Sort.BEGAN, Sort.SAME, Sort.UNKNOWN, Sort.DAY, Sort.MOVED}
)
_BACK = re.compile(r"tillbaka|^ater|angra|^fast|tillsvidare|vikari|timan|igen$")
_HOURS = frozenset({Sort.SERVES, Sort.AT, Sort.AND, Sort.FILL, Sort.COMMA})
_COUNTING = frozenset({"inga", "ingen", "alla", *map(str, range(1, 100))})


class Named:
    """Notes clauses that name somebody listed."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._total = course.total

    def note(
        self, subjects: Sequence[Subject], clause: Clause, verdict: Verdict, where: Where,
        words: str,
    ) -> None:  # fmt: skip
        """Note what a clause says of *subjects*."""
        course = self._course
        if verdict.says is Says.NOTHING and course.heading is not None:
            verdict = judged(clause.tokens, course.today, course.heading[0])
            words = f"{course.heading[1]} {words}"
        elif verdict.says is not Says.NOTHING:
            listing = clause.first and clause.colon
            course.heading = of_heading(clause, course.today) if listing else None
        one = self._weighed(statement(verdict, words, but=clause.but), subjects, verdict)
        if verdict.says is Says.NOTHING:
            one = self._silent(one, subjects, clause, verdict)
            if one.says is Says.NOTHING:
                return
        if one.says is Says.UNCLEAR:
            self._total.unread.append(words)
        course.said = one
        for subject in subjects:
            self._subject(subject, one, where)
        self._only(subjects, one)

    def _weighed(self, one: Statement, subjects: Sequence[Subject], verdict: Verdict) -> Statement:
        """Return what a clause says, unclear where whom it names, or what was asked, bends it."""
        told = verdict.sorts & SAYING
        absolute = any(s.whom in _ABSOLUTE for s in subjects)
        plain = bool(told) and told <= {Sort.YES, Sort.NO} and verdict.says is not Says.NOTHING
        if any(s.whom is Whom.NONE for s in subjects) and _nobody_goes(verdict):
            one = replace(one, says=Says.LEFT)
        if absolute and (told == {Sort.NO} or Sort.NOT in verdict.sorts):
            return replace(one, says=Says.UNCLEAR)  # "nej, ingen av dem", "alla är inte kvar"
        return replace(one, says=Says.UNCLEAR) if plain and self._turned() else one

    def _turned(self) -> bool:
        """Tell whether "ja" may mean that somebody has left: it answers "slutat?"."""
        course = self._course
        stays = (Sort.STAY, Sort.WORKS, Sort.RIGHT, Sort.YES)
        return bool(course.turned) or (
            course.heading is not None and course.heading[0] not in stays
        )

    def _only(self, subjects: Sequence[Subject], one: Statement) -> None:
        """Note what "bara Anna har slutat" says of the others."""
        if not any(s.only and s.whom in LISTS for s in subjects):
            return
        if one.weak and one.says is not Says.STAYS:  # "nej, bara Eva": only she stays, or has left?
            self._total.say([r for s in subjects for r in s.rows], replace(one, says=Says.UNCLEAR))
            self._total.doubt(one.words)
        elif one.says in (Says.LEFT, Says.LEAVING, Says.MOVED, Says.STAYS):
            rest = Says.UNCLEAR if one.says is Says.STAYS else Says.STAYS  # left, or moved?
            self._total.others.append(Statement(rest, one.words, pending=rest is Says.UNCLEAR))

    def _silent(
        self, one: Statement, subjects: Sequence[Subject], clause: Clause, verdict: Verdict
    ) -> Statement:
        """Return what a clause means that has no word that answers: likaså, övriga är det."""
        sorts = verdict.sorts
        rows = [r for s in subjects for r in s.rows]
        unclear = replace(one, says=Says.UNCLEAR)
        if self._harmless(subjects, clause, verdict):
            return replace(one, says=Says.NOTHING)
        calm = not sorts & (_DOUBTING | {Sort.BUT})
        named = calm and not any(ALARM.search(fold(w)) for w in verdict.odd)
        if Sort.RENAMED in sorts and (named or not verdict.odd):
            self._course.last = tuple(rows) or self._course.last
            return replace(one, says=Says.NOTHING)
        if verdict.odd:
            return unclear
        return self._repeated(one, subjects, verdict, but=clause.but)

    def _repeated(
        self, one: Statement, subjects: Sequence[Subject], verdict: Verdict, *, but: bool
    ) -> Statement:
        """Return what a clause repeats of the one before: likaså; och Anneli på heltid."""
        before, sorts = self._course.said, verdict.sorts
        rows = [r for s in subjects for r in s.rows]
        unclear = replace(one, says=Says.UNCLEAR)
        also = Sort.SERVES in sorts and sorts <= _HOURS
        if also and before is not None and before.says is Says.STAYS and rows:
            return replace(one, says=Says.STAYS)
        if Sort.SAME in sorts and before is not None and Sort.NOT not in sorts:
            return replace(before, words=one.words, on=None)
        if Sort.SO in sorts and Sort.NOT not in sorts:
            denied = before is not None and before.says is Says.LEFT
            denied = denied and before is not None and bool(_DENIED.search(before.words))
            return replace(one, says=Says.STAYS) if denied else unclear
        if any(s.whom is Whom.REST for s in subjects) and _USUAL.search(one.words):
            return replace(one, says=Says.STAYS)
        known = rows and all(self._total.of.get(r) for r in rows)
        began = Sort.BEGAN in sorts and Sort.NOT not in sorts
        if began or (known and but and not sorts & _DOUBTING):
            return replace(one, says=Says.NOTHING)
        return unclear

    def _harmless(self, subjects: Sequence[Subject], clause: Clause, verdict: Verdict) -> bool:
        """Tell whether "hon" who has left, or leaves, only does something else: pluggar nu."""
        before = self._course.said
        gone = before is not None and before.says in (Says.LEFT, Says.LEAVING)
        she = all(s.whom is Whom.SHE for s in subjects) and not clause.but
        plain = not verdict.sorts & (_DOUBTING - {Sort.DAY})
        back = any(_BACK.search(t.plain) for t in clause.tokens)
        return (
            gone
            and she
            and plain
            and not back
            and not any(ALARM.search(fold(w)) for w in verdict.odd)
        )

    def _subject(self, subject: Subject, one: Statement, where: Where) -> None:
        if subject.whom in (Whom.ALL, Whom.NONE):
            self._all(subject, one, where)
        elif subject.whom is Whom.REST:
            if where.missing:
                self._total.beside |= dict.fromkeys(where.above, one.words)
            if subject.count:
                self._total.rest_counts.append((subject.count, one.words))
            self._total.others.append(replace(one, weak=False))
        else:
            self._some(subject, one, where)

    def _all(self, subject: Subject, one: Statement, where: Where) -> None:
        if subject.count not in (0, len(self._course.rows)):
            if where.row is None and subject.count == len(where.above):
                self._total.say(where.above, one)  # "alla tre ovanför"
                return
            self._total.doubt(one.words)
            return
        if subject.whom is Whom.NONE:
            if one.says is Says.MOVED:
                return  # "ingen av dem gick vidare inom kommunen" tells nothing of their leaving
            one = replace(one, says=OPPOSITE.get(one.says, Says.UNCLEAR), on=None)
        self._total.everyone.append(replace(one, weak=False))
        self._course.last = self._course.rows

    def _some(self, subject: Subject, one: Statement, where: Where) -> None:
        course = self._course
        rows = course.resolved(subject, where)
        lone = subject.whom is Whom.THEY and not course.last and rows == course.rows
        if lone and len(course.rows) > 1 and one.says is not Says.STAYS and rows != where.above:
            rows = None  # "de har slutat": who?
        if rows is None:
            if not course.stranger or subject.whom is not Whom.SHE:
                self._total.doubt(one.words)
                if subject.whom is Whom.SHE and len(course.last) < len(course.rows):
                    self._total.say(course.last, replace(one, says=Says.UNCLEAR))  # which of them?
            return
        if subject.other:  # "den andra Anna"
            left = tuple(r for r in rows if r not in self._total.of)
            subject = replace(subject, sure=len(left) == 1)
            rows = left if subject.sure else rows
        if not subject.sure:
            one = replace(one, says=Says.UNCLEAR)
            self._total.unread.append(one.words)
            if len(subject.rows) == 1 and subject.text.casefold() in _COUNTING:
                self._total.doubt(one.words)
        self._total.say(rows, one)
        if subject.whom is Whom.ROWS and len(rows) == 1:
            same = [r for r in course.last if one in self._total.of.get(r, [])]
            course.last = tuple(dict.fromkeys((*same, *rows)))
        elif len(rows) > 1:
            course.last = rows
        course.stranger = False

    def excepted(self, clause: Clause, exception: Clause, verdict: Verdict, where: Where) -> bool:
        """Note "alla är kvar utom Anna, som slutade i fredags".

        Tell whether those whom the main clause names are still to be noted.
        """
        words = " ".join(clause.text.split())
        none = any(s.whom is Whom.NONE for s in clause.subjects)
        main = verdict
        if main.says is Says.NOTHING and not main.odd:
            main, none = Verdict(Says.STAYS), False
        says = OPPOSITE.get(main.says, Says.UNCLEAR) if none else main.says
        general = replace(
            statement(main, words, but=False), says=Says.UNCLEAR if main.odd else says
        )
        beside = _BESIDE.search(exception.text) and all(
            s.whom in _UNNAMED for s in exception.subjects
        )
        if not beside:  # "förutom dem jag skrivit vid"
            self._exceptions(exception, main, says, where, words)
        if clause.subjects and not any(s.whom in _GROUPS for s in clause.subjects):
            return True
        self._total.others.append(general)
        return False

    def _exceptions(
        self, exception: Clause, main: Verdict, says: Says, where: Where, words: str
    ) -> None:
        course = self._course
        rows: set[int] = set()
        sure = True
        for subject in exception.subjects:
            if subject.whom is Whom.SOMEONE and subject.count and len(exception.subjects) == 1:
                self._total.exceptions.append((subject.count, words))
                continue
            told = subject.whom in (*LISTS, Whom.SHE)
            found = course.resolved(subject, where) if told else None
            if found is None or not subject.sure:
                if found is None or len(found) < 2 or subject.text[:1].isdigit():  # noqa: PLR2004 - two Emmas
                    self._total.doubt(words)
                sure = False
            rows |= set(found or ())
        own = judged(exception.tokens, course.today)
        one = statement(own, words, but=True)
        if len(exception.subjects) > 1 and not exception.colon and own.says is not Says.NOTHING:
            sure = sure and own.says is OPPOSITE.get(says)  # "utom Eva, Omar är sjuk"
            one = replace(one, on=None)
        if own.says is Says.NOTHING:
            told = main.weak or bool(own.odd) or exception.colon  # "utom Anna som …"
            plain = main.sorts & {Sort.STAY, Sort.WORKS, Sort.LEFT} and not told
            plain = plain and Sort.DAY not in main.sorts  # "alla jobbar idag utom Eva"
            one = replace(
                one,
                says=OPPOSITE.get(says, Says.UNCLEAR) if plain else Says.UNCLEAR,
                pending=not own.odd and not exception.tokens,
            )
            if own.sorts & _OTHERWISE:  # "förutom att Eva bytt efternamn"
                one = replace(one, says=Says.UNCLEAR, pending=False)
        if rows:
            self._total.say(rows, one if sure else replace(one, says=Says.UNCLEAR))
            course.last, course.stranger = tuple(sorted(rows)), False


def _nobody_goes(verdict: Verdict) -> bool:
    """Tell whether what "ingen" does is to leave: slutar, har slutat eller flyttat."""
    plain = set(verdict.odd) <= {"eller"} and not verdict.sorts & _BENDING
    return plain and bool(verdict.sorts & {Sort.LEFT, Sort.LEAVES, Sort.GIVEN_NOTICE})
