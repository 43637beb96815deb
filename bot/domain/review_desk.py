"""What a review gives staff to do, and what an aside of a reply is answered with. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.cases import Case, Kind, Origin, Reason, Stage
from bot.domain.decision import Step
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_reply import Aside, Remark
from bot.domain.reviews import ESCALATED, Review, ReviewRow
from bot.domain.values import masked

_CLERKS = {
    Aside.DELEGATED: ("Chefen hänvisar till någon annan", "delegated"),
    Aside.WRONG_MANAGER: ("Fel chef i granskningen", "wrong_manager"),
    Aside.QUESTION: ("Fråga från chefen", "question"),
}
_NOTES = {
    Aside.NEW_PERSON: "Saknas någon på listan? Skicka blanketten som nybeställning, eller som "
    "uppdatering om personen redan finns i EK.",
    Aside.NAME_CHANGE: "Har någon bytt namn? Skicka blanketten som uppdatering.",
    Aside.DELEGATED: "En handläggare ser efter vem som ska få frågan.",
    Aside.WRONG_MANAGER: "En handläggare rättar vem som ska få frågan.",
    Aside.QUESTION: "En handläggare läser din fråga och svarar.",
}


def work(
    kind: Kind, title: str, why: Reason, facts: ReviewFacts, origin: Origin,
    rows: tuple[tuple[str, str], ...] = (),
) -> Case:  # fmt: skip
    """Return a work item for staff about the review."""
    review = facts.review
    whom = review.name or review.mail
    return Case(
        kind=kind, stage=Stage.STAFF, title=f"{title} ({whom})" if whom else title, why=why,
        opened=facts.now, origin=origin, review=review.id, campaign=facts.campaign.id,
        details=(("Granskning", review.handle), *rows),
    )  # fmt: skip


def by_hand(row: ReviewRow, facts: ReviewFacts) -> Step:
    """Return the work of a row whose person has become protected: named staff see to it."""
    case = work(
        Kind.REVIEW_MANUAL, "Granska för hand", Reason("protected", "Granskas för hand.", "F"),
        facts, Origin(),
    )  # fmt: skip
    return Step(replace(case, person=row.person, record=row.record, protected=True))


def readdress(handle: str) -> str:
    """Return the command that gives the review to somebody else."""
    return f"ekbot review readdress {handle} --to ADRESS"


def answered(facts: ReviewFacts) -> tuple[Step, ...]:
    """Close what staff had in hand because nobody had answered: somebody has."""
    why = Reason("review_answered", "Granskningen är besvarad.", "D")
    return tuple(
        Step(replace(c, stage=Stage.CONFIRMED, why=why)) for c in facts.desk if c.closed is None
    )


def asked_again(
    review: Review, facts: ReviewFacts, origin: Origin
) -> tuple[Review, list[tuple[int | None, Step]]]:
    """Let a review that wants answers again go on: by itself, else by staff."""
    if not review.open_rows() or review.next_on is not None or facts.desk or facts.campaign.is_over:
        return review, []
    if review.mail and review.rung != ESCALATED:
        return replace(review, next_on=facts.today), []
    text = f"Ett svar på {review.handle} togs tillbaka, och ingen mer påminnelse går."
    why = Reason("review_unanswered", text, "D")
    rows = (("Rader utan svar", str(len(review.open_rows()))),)
    case = work(Kind.REVIEW, "Granskningen är obesvarad igen", why, facts, origin, rows)
    return review, [(None, Step(case))]


def noted(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return what the manager is told of the asides, each once."""
    return tuple(dict.fromkeys(_NOTES[r.kind] for r in remarks if r.kind in _NOTES))


def to_staff(
    remarks: Iterable[Remark], facts: ReviewFacts, origin: Origin
) -> tuple[Step, ...]:  # fmt: skip
    """Return the work that asides give: who else is to be asked, what the manager asks."""
    found: dict[str, Step] = {}
    said = tuple(remarks)
    wrong = any(r.kind is Aside.WRONG_MANAGER for r in said)
    for remark in said:
        if remark.kind not in _CLERKS or (wrong and remark.kind is Aside.DELEGATED):
            continue  # whoever is named is the new manager: one work item
        title, rule = _CLERKS[remark.kind]
        rows: tuple[tuple[str, str], ...] = (
            ("Chefens ord", masked(remark.words)),
            ("Nämner", masked(remark.name)),
        )
        if remark.kind is not Aside.QUESTION:
            rows = (*rows, ("Att göra", f"byt mottagare: {readdress(facts.review.handle)}"))
        why = Reason(rule, f"{title}.", "D")
        kept = tuple((k, v) for k, v in rows if v)
        found.setdefault(rule, Step(work(Kind.REVIEW, title, why, facts, origin, kept)))
    return tuple(found.values())
