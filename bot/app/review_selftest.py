"""Before a review letter goes it is answered by likely replies made of its own rows.

A letter that does not go: one of whose answers would be taken wrongly (a name that is a word of
answers), or most of whose answers are not understood. Staff ask that manager by hand instead.
"""

from __future__ import annotations

from bot.app.services import Services
from bot.domain.letters import Letter
from bot.domain.review_chase import letter_of
from bot.domain.review_facts import ReviewFacts
from bot.domain.review_reply import DECIDED
from bot.domain.reviews import Review
from parsers.answers.review import understand_review
from parsers.answers.review_letter import rows_of
from parsers.answers.review_rehearsal import likely_replies


def fault(services: Services, facts: ReviewFacts) -> str:
    """Return what could not be read back from the review's letter, "" for a sound one."""
    review = facts.review
    text = letter_text(services, review, facts)
    rows = tuple(r.listed() for r in review.open_rows())
    seen = {r.row: r.name for r in rows_of(text)}
    if seen != {r.row: " ".join(r.name.split()) for r in rows}:
        return "raderna går inte att läsa tillbaka ur brevet"
    tried, asked = 0, []
    for body, must in likely_replies(rows, facts.today, text):
        heard = understand_review(body, (text,), rows, on=facts.today).rows
        pairs = [(h, m) for h, m in zip(heard, must, strict=True) if h != m]
        said = " ".join(body.split())[:60]
        if any(h.answer in DECIDED and (h.answer, h.on) != (m.answer, m.on) for h, m in pairs):
            return f"svaret ”{said}” skulle förstås fel"
        tried += 1
        asked += [said] if any(h.answer not in DECIDED for h, m in pairs) else []
    if len(asked) * 2 > tried:
        return f"de flesta svar förstås inte, till exempel ”{asked[0]}”"
    return ""


def letter_text(services: Services, review: Review, facts: ReviewFacts) -> str:
    """Return the letter's text part as it would go today."""
    letter = Letter((review.mail,), letter_of(review, facts), review=review.id)
    _, text, _ = services.letters.words(letter, case=None, now=facts.now)
    return text
