"""Before a review letter goes it is answered by likely replies made of its own rows.

A letter that can't be read back (two persons of one name, a name that is a word of answers) would
end or keep the wrong person: staff ask that manager by hand instead.
"""

from __future__ import annotations

from bot.app.services import Services
from bot.domain.letters import Letter
from bot.domain.review_chase import letter_of
from bot.domain.review_facts import ReviewFacts
from bot.domain.reviews import Review
from parsers.answers.review_letter import rows_of
from parsers.answers.review_rehearsal import misread


def fault(services: Services, facts: ReviewFacts) -> str:
    """Return what could not be read back from the review's letter, "" for a sound one."""
    review = facts.review
    text = letter_text(services, review, facts)
    rows = tuple(r.listed() for r in review.open_rows())
    seen = {r.row: r.name for r in rows_of(text)}
    if seen != {r.row: " ".join(r.name.split()) for r in rows}:
        return "raderna går inte att läsa tillbaka ur brevet"
    wrong = misread((text,), rows, facts.today)
    if wrong:
        said = " ".join(wrong[0].split())[:60]
        return f"svaret ”{said}” förstås inte säkert ({len(wrong)} av proven)"
    return ""


def letter_text(services: Services, review: Review, facts: ReviewFacts) -> str:
    """Return the letter's text part as it would go today."""
    letter = Letter((review.mail,), letter_of(review, facts), review=review.id)
    _, text, _ = services.letters.words(letter, case=None, now=facts.now)
    return text
