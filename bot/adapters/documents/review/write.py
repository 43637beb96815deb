"""The closing report of a review as an internal audit asks for it, part by part. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.documents.review.chart import Bar, draw_bars
from bot.adapters.documents.review.paper import Paper
from bot.adapters.documents.review.table import Band, Cells, Column, LongTable
from bot.domain.report_words import (
    ANSWER_WORDS,
    NOTHING,
    STATUS_WORDS,
    answer_in_words,
    day,
    days,
    moment,
    number,
    share,
)
from bot.ports.review_papers import ANSWERED, ReportRow, ReviewReportFacts

_NAME, _UNIT = Column("Namn", 46), Column("Enhet", 48)


def write_report(facts: ReviewReportFacts) -> bytes:
    """Return the report as a tagged PDF, the same bytes for the same facts."""
    paper = Paper(facts.office, facts.title)
    paper.text(facts.title, "H1")
    paper.text(
        "Slutrapport över granskningen av pågående anställningar (rutinen, steg 2). Cheferna har "
        "svarat för var och en som har en post i Elektroniska katalogen."
    )
    for part in (_scope, _period, _results, _deficiencies, _cases, _evidence, _managers, _answers):
        part(paper, facts)
    return paper.finished()


def _scope(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Omfattning")
    paper.facts([
        ("Kontor", facts.office),
        ("Enheter", number(facts.units)),
        ("Chefer", number(len(facts.managers))),
        ("Personer", number(len(facts.rows))),
        ("Skyddade personer", f"{number(facts.protected)} – granskas för hand, utanför rapporten"),
    ])  # fmt: skip


def _period(paper: Paper, facts: ReviewReportFacts) -> None:
    released = moment(facts.released)
    if facts.released and facts.released_by:
        released = f"{released} av {facts.released_by}"
    paper.heading("Period")
    paper.facts([
        ("Listorna togs fram", moment(facts.prepared)),
        ("Utskicket släpptes", released),
        ("Breven skickades", moment(facts.sent)),
        ("Påminnelser", ", ".join(map(moment, facts.reminded)) or "inga"),
        ("Granskningen stängdes", moment(facts.closed)),
    ])  # fmt: skip


def _results(paper: Paper, facts: ReviewReportFacts) -> None:
    counts = facts.counts()
    answered = sum(counts.get(answer, 0) for answer in ANSWERED)
    paper.heading("Resultat")
    paper.facts([
        ("Besvarade rader", f"{number(answered)} av {number(len(facts.rows))}"),
        ("Andel besvarade", share(answered, len(facts.rows))),
        ("Tid till svar", f"{days(facts.median_days())} (median per rad, från utskicket)"),
    ])  # fmt: skip
    bars = [Bar(ANSWER_WORDS.get(a, a), n, wanting=a not in ANSWERED) for a, n in counts.items()]
    draw_bars(paper, bars, "Antal rader efter svar")


def _deficiencies(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Brister")
    left = [row for row in facts.rows if row.answer not in ANSWERED]
    _listed(
        paper, f"Rader utan svar: {number(len(left))}",
        (_NAME, _UNIT, Column("Chef", 44), Column("Läge", 42)),
        ((r.name, r.unit, r.manager, answer_in_words(r.answer)) for r in left),
        some=bool(left),
    )  # fmt: skip
    _listed(
        paper, f"Brev som inte kom fram: {number(len(facts.failures))}",
        (Column("Chef", 40), Column("Adress", 54), Column("När", 30), Column("Orsak", 56)),
        ((f.manager, f.mail, moment(f.at), _with_persons(f.reason, f.persons))
         for f in facts.failures),
        some=bool(facts.failures),
    )  # fmt: skip
    _listed(
        paper, f"Chefer som var borta: {number(len(facts.absences))}",
        (Column("Chef", 40), Column("Adress", 54), Column("Åter", 30), Column("Ersättare", 56)),
        ((a.manager, a.mail, day(a.back), _with_persons(a.stand_in or NOTHING, a.persons))
         for a in facts.absences),
        some=bool(facts.absences),
    )  # fmt: skip
    _listed(
        paper, f"Rader som handläggare gav en annan chef: {number(len(facts.moves))}",
        (_NAME, Column("Från", 38), Column("Till", 38), Column("När", 28), Column("Av", 30)),
        ((m.name, m.was, m.now, moment(m.at), m.by) for m in facts.moves),
        some=bool(facts.moves),
    )  # fmt: skip


def _with_persons(words: str, persons: int) -> str:
    return f"{words} ({number(persons)} {'person' if persons == 1 else 'personer'})"


def _listed(
    paper: Paper, title: str, columns: tuple[Column, ...], rows: Iterator[Cells], *, some: bool
) -> None:
    """Set *rows* under their own heading; where there are none, the heading's number says it."""
    if not some:
        paper.text(f"{title}.")
        return
    paper.heading(title, "H3")
    LongTable(paper, columns).fill(rows)


def _cases(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Följder")
    _listed(
        paper, f"Ärenden som granskningen ledde till: {number(len(facts.cases))}",
        (Column("Ärende", 20), Column("Gäller", 40), _NAME, Column("Enhet", 44),
         Column("Läge", 30)),
        ((c.handle, c.kind, c.name, c.unit, c.state or NOTHING) for c in facts.cases),
        some=bool(facts.cases),
    )  # fmt: skip


def _evidence(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Bevis")
    paper.text(
        "Varje steg finns i en logg där varje rad bär kontrollsumman av raden före. Ändras eller "
        "försvinner en rad stämmer inte längre den sista summan. Kommandot ekbot doctor räknar om "
        "kedjan. Rapportens rader finns också i en tabell; jämför dess kontrollsumma med den här."
    )
    paper.facts([
        ("Loggens sista summa", facts.chain_head),
        ("Rader i loggen", number(facts.chain_lines)),
        ("Tabellens fil", facts.csv_name),
        ("Tabellens SHA-256", facts.csv_hash),
    ])  # fmt: skip


def _managers(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Chefer")
    columns = (
        Column("Namn", 40), Column("Adress", 47), Column("Personer", 16), Column("Läge", 23),
        Column("Sista svaret", 17), Column("Påminnelser", 20), Column("Till nästa nivå", 17),
    )  # fmt: skip
    LongTable(paper, columns).fill(
        (
            m.name, m.mail, number(m.persons), STATUS_WORDS.get(m.status, m.status),
            moment(m.answered), str(m.reminders), day(m.escalated),
        )
        for m in facts.managers
    )  # fmt: skip


def _answers(paper: Paper, facts: ReviewReportFacts) -> None:
    paper.heading("Svar, person för person")
    columns = (
        Column("Rad", 8), Column("Namn", 36), Column("Enhet", 36), Column("Svar", 21),
        Column("Datum", 17), Column("Besvarad", 17), Column("Mejl", 13), Column("Chefens ord", 32),
    )  # fmt: skip
    LongTable(paper, columns).fill(_rows(facts.rows))


def _rows(rows: tuple[ReportRow, ...]) -> Iterator[Cells | Band]:
    before: ReportRow | None = None
    for row in rows:
        # Two managers may bear one name: each list's numbers begin anew.
        if before is None or row.manager != before.manager or row.number <= before.number:
            yield Band(f"Chef: {row.manager}")
        before = row
        yield (
            str(row.number), row.name, row.unit, answer_in_words(row.answer, row.to), day(row.on),
            moment(row.answered), row.mail, row.words,
        )  # fmt: skip
