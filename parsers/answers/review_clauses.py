"""Sentences of a reply cut into clauses: of whom, and the words that say what. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.answers.review_clause import SAYING, Clause
from parsers.answers.review_hearing import NEITHER
from parsers.answers.review_lookahead import ALONE, NAMED, Looking, Piece, single
from parsers.answers.review_sorts import Sort
from parsers.answers.review_subjects import Subject, Whom
from parsers.answers.review_tokens import Token

_LISTED_ENDS = frozenset({Sort.LEFT, Sort.LEAVES, Sort.ENDED, Sort.ENDS, Sort.REMOVE})
_MILD = frozenset({Sort.YES, Sort.NO, Sort.FILL, Sort.IS, Sort.COMMA})


class Splitter(Looking):
    """Cuts one sentence into clauses."""

    def __init__(self, pieces: Sequence[Piece], *, inline: bool) -> None:
        super().__init__(pieces)
        self._inline = inline  # it stands beside a quoted row: "ja, slutar" is one clause
        self._found: list[Clause] = []
        self._clause = Clause()
        self._excepted = False

    def run(self) -> list[Clause]:
        """Return the clauses."""
        for at, piece in enumerate(self._pieces):
            if isinstance(piece, Subject):
                self._subject(at, piece)
            else:
                self._token(at, piece)
        self._flush()
        return self._found

    def _flush(self, *, but: bool = False) -> None:
        if not self._clause.empty:
            self._found.append(self._clause)
        self._clause = Clause(but=but)
        self._excepted = False

    def _subject(self, at: int, subject: Subject) -> None:
        clause = self._clause
        if subject.whom is Whom.OTHER:
            clause.objects += subject.rows  # "Evas vikarie"
        before = self._pieces[at - 1] if at else None
        denied = before if isinstance(before, Token) and before.sort is Sort.NOT else None
        if denied and denied.plain not in NEITHER and subject.whom is Whom.ROWS:
            clause.tokens.append(Token(Sort.UNKNOWN, denied.text, denied.at))  # "inte Anna"
        if subject.whom in (Whom.ALL, Whom.BOTH) and clause.said and self._sums_up(at, clause):
            return
        if self._excepted and clause.exception is not None:
            self._of_exception(at, clause, clause.exception, subject)
        elif subject.whom in (Whom.SHE, Whom.WE) and (clause.subjects or clause.said):
            self._pronoun(at, clause, subject)
        elif self._is_place(at, clause, subject):
            clause.tokens.append(Token(Sort.CAPITAL, subject.text, subject.at))
        elif subject.whom is Whom.ROWS and (
            (clause.subjects and self._is_object(at)) or (clause.said and self._without(at))
        ):
            after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
            told = (
                isinstance(after, Token) and after.sort is Sort.THAT
            )  # "gift med Eva som slutade"
            clause.tokens.append(
                Token(Sort.DOUBT if told else Sort.UNKNOWN, subject.text, subject.at)
            )
            clause.objects += subject.rows
        elif clause.said and clause.subjects and self._goes_on(at, clause):
            self._next_of_list(at, clause, subject)
        else:
            self._new_subject(at, subject)
            self._clause.tokens += [
                Token(Sort.DOUBT, t, subject.at) for t in self._owned(at, subject)
            ]

    def _next_of_list(self, at: int, clause: Clause, subject: Subject) -> None:
        """Take one more name of "slutat: A 31/10, B"; a day belongs to the name before it."""
        begun = clause.subjects[0].at
        head = [t for t in clause.tokens if t.at < begun]
        own = any(t.sort is Sort.DAY and t.at > begun for t in clause.tokens)
        ends = any(t.sort in _LISTED_ENDS for t in head)
        if ends and (own or not self._anded(at)):
            self._flush()
            self._clause = clause = Clause(tokens=head, said=True, first=True, colon=True)
        clause.subjects.append(subject)

    def _pronoun(self, at: int, clause: Clause, subject: Subject) -> None:
        """Take "hon" or "vi" in a clause that names or says something already."""
        if self._broken(at) and clause.said and self._says_more(at):
            self._flush()
            self._clause.subjects.append(subject)
        elif not clause.subjects and subject.whom is Whom.SHE:
            clause.subjects.append(subject)
            clause.first = True
        elif subject.whom is Whom.SHE and not single(clause):
            clause.tokens.append(
                Token(Sort.DOUBT, subject.text, subject.at)
            )  # "alla kvar, vi tackade av henne"
        elif subject.whom is Whom.WE:
            before = self._pieces[at - 1] if at else None
            away = isinstance(before, Token) and before.sort is Sort.FROM
            clause.tokens += [] if away else [Token(Sort.WE, subject.text, subject.at)]

    def _new_subject(self, at: int, subject: Subject) -> None:
        clause = self._clause
        if self._broken(at) and not clause.said:
            told = self._told_since(at)
            same = any(t.sort is Sort.SAME for t in clause.tokens)
            told = told or (same and not self._anded(at))
            told = told or (not self._anded(at) and self._listed_out(at))
            told = told or (subject.whom in (Whom.REST, Whom.ALL) and not self._anded(at))
            if told or (clause.subjects and all(s.whom is Whom.WE for s in clause.subjects)):
                self._flush()
                clause = self._clause
        if self._verdict_first(at, clause, subject):
            clause.subjects, clause.first = [subject], True
            return
        if clause.said and (clause.subjects or self._own_saying(at)):
            self._flush()
            clause = self._clause
        if subject.whom in (Whom.ALL, Whom.BOTH) and self._floats(at, clause):
            return  # "Anna och Per är båda kvar"
        clause.first = clause.first or clause.said
        clause.subjects.append(subject)

    def _of_exception(self, at: int, main: Clause, exception: Clause, subject: Subject) -> None:
        """Take a subject after "utom": one more exception, "hon", or a new clause."""
        if subject.whom in (Whom.SHE, Whom.WE):
            exception.colon = True  # what follows is said of the exception
            return
        if not exception.subjects or (not exception.said and self._linked(at)):
            exception.subjects.append(subject)
            return
        if not main.subjects and not main.said and subject.whom in (Whom.ALL, Whom.REST, Whom.THEY):
            self._excepted = False  # "förutom Anna är alla kvar"
            main.subjects.append(subject)
            return
        if not main.subjects and not main.said and exception.colon is False:
            self._excepted = False
            main.subjects.append(subject)
            return
        self._flush()
        self._clause.subjects.append(subject)

    def _own_saying(self, at: int) -> bool:
        """Tell whether what was said stands alone, and the subject at *at* has its own."""
        sorts = {t.sort for t in self._clause.tokens if t.sort in SAYING}
        goes_on = self._clause.but and self._found and bool(self._found[-1].subjects)
        if not goes_on and self._chained(at):
            return False  # "ja 1 3 nej 2"
        before = self._pieces[at - 1] if at else None
        if isinstance(before, Token) and before.sort is Sort.COLON:
            return self._says_next(at, first=False)  # "slutat: Eva, övriga kvar"
        if not sorts <= ALONE and not self._broken(at) and not goes_on:
            return False
        before = self._pieces[at - 1] if at else None
        if isinstance(before, Token) and before.plain.split()[-1:] == ["att"]:
            return False  # "det stämmer inte att Anna är kvar"
        return self._says_more(at)

    def _goes_on(self, at: int, clause: Clause) -> bool:
        """Tell whether one more subject belongs to what was said before: "slutat: A, B"."""
        subject = self._pieces[at]
        rest = isinstance(subject, Subject) and subject.whom in (Whom.REST, Whom.ALL)
        if not clause.first or not self._linked(at) or (rest and self._says_more(at)):
            return False
        return not self._says_next(at, first=self._clause.first)

    def _is_place(self, at: int, clause: Clause, subject: Subject) -> bool:
        """Tell whether a name is where somebody has moved, or what she is called now."""
        before = self._pieces[at - 1] if at else None
        if subject.whom not in (Whom.OTHER, Whom.ROWS):
            return False
        if isinstance(before, Token) and before.sort is Sort.RENAMED:
            return True
        if subject.whom is Whom.ROWS:
            return False
        if isinstance(before, Token) and before.sort in (Sort.AT, Sort.CHIEF):
            return True
        return any(
            t.sort in (Sort.MOVED, Sort.MOVES, Sort.RENAMED, Sort.CHIEF) for t in clause.tokens
        )

    def _token(self, at: int, token: Token) -> None:
        clause = self._clause
        if token.sort is Sort.EXCEPT:
            self._except(at, token)
            return
        if token.sort is Sort.BUT:
            self._but(at, token)
            return
        if token.sort in (Sort.NEW, Sort.SAME) and clause.said and clause.subjects:
            self._flush()
            clause = self._clause
        if token.sort is Sort.COLON:
            if not clause.said and not any(
                s.whom not in (Whom.WE, Whom.OTHER) for s in clause.subjects
            ):
                clause.colon = True
                self._flush()
                return
            clause.colon = True
        if self._excepted and clause.exception is not None:
            self._in_exception(at, clause, clause.exception, token)
            return
        if token.sort is Sort.DAY and clause.said and clause.subjects and self._dated_next(at):
            self._flush()
            clause = self._clause
        if token.sort in SAYING:
            if self._begins_anew(at, token):
                self._flush()
                clause = self._clause
            clause.said = True
        clause.tokens.append(token)

    def _but(self, at: int, token: Token) -> None:
        clause, names = self._clause, self._names_more(at)
        if (clause.said or (clause.subjects and names)) and (names or self._says_more(at)):
            self._flush(but=True)
        else:
            clause.but = True
            clause.tokens += [token] if clause.said else []

    def _begins_anew(self, at: int, token: Token) -> bool:
        """Tell whether a word that answers begins a clause that names its subject after it."""
        clause = self._clause
        if token.sort is Sort.UNCHANGED and {t.sort for t in clause.tokens} <= _MILD:
            return clause.said
        so = any(t.plain == "sa" for t in clause.tokens)
        if token.sort in (Sort.RIGHT, Sort.UNCHANGED) and clause.said and clause.subjects and so:
            return True
        if self._led(at) and (self._names_next(at) or self._colon(at)):
            return True
        if not clause.said or not self._broken(at):
            return False
        sorts = {t.sort for t in clause.tokens if t.sort in SAYING}
        if not self._inline and not clause.subjects and sorts <= ALONE:
            plain = sorts <= {Sort.YES, Sort.NO}
            return token.sort not in ((Sort.YES, Sort.NO) if plain else ALONE)
        if not clause.first and clause.subjects:
            return token.sort is not Sort.RENAMED and self._names_next(at)
        return clause.first and self._names_next(at)

    def _led(self, at: int) -> bool:
        """Tell whether what was said stands before its names, one of them before *at*."""
        before = self._pieces[at - 1] if at else None
        named = isinstance(before, Subject) or (
            isinstance(before, Token) and before.sort in (Sort.DAY, Sort.COMMA, Sort.LINE)
        )
        return self._clause.first and bool(self._clause.subjects) and named

    def _except(self, at: int, token: Token) -> None:
        following = self._pieces[at + 1 : at + 5]
        named = next((p for p in following if isinstance(p, Subject)), None)
        if named is None or named.whom not in NAMED - {Whom.WE}:
            self._clause.tokens.append(Token(Sort.DOUBT, token.text, token.at))
            return
        self._clause.exception = self._clause.exception or Clause(word=token.text)
        self._excepted = True

    def _in_exception(self, at: int, main: Clause, exception: Clause, token: Token) -> None:
        """Take a word after the exceptions: said of them, or of all the others."""
        if token.sort is Sort.THAT and exception.subjects:
            exception.colon = True
        if token.sort in SAYING:
            own = exception.colon or exception.said or main.said
            if not own and not self._broken(at):
                self._excepted = False
                main.tokens.append(token)
                main.said = True
                return
            if not own and token.sort in (Sort.STAY, Sort.RIGHT, Sort.WORKS):
                self._excepted = False
                main.tokens.append(token)
                main.said = True
                return
            exception.said = True
        exception.tokens.append(token)


def clauses(pieces: Sequence[Piece], *, inline: bool) -> Iterator[Clause]:
    """Yield the clauses of one sentence."""
    yield from Splitter(pieces, inline=inline).run()
