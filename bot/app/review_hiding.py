"""A review's work as ordinary staff may see it: who has become protected since is not named."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.reviews import Review
from bot.ports.store import Work

_HIDDEN = "[skyddad]"


def shown(work: Work, case: Case) -> Case:
    """Return *case* with no name of a protected person: its details hold the manager's words."""
    review = work.reviews.get(case.review) if case.review is not None else None
    if review is None or case.protected:
        return case
    names = _names(work, review)
    if not names:
        return case
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\w*", re.IGNORECASE)
    details = tuple((words.sub(_HIDDEN, k), words.sub(_HIDDEN, v)) for k, v in case.details)
    why = replace(case.why, text=words.sub(_HIDDEN, case.why.text))
    return replace(case, title=words.sub(_HIDDEN, case.title), details=details, why=why)


def _names(work: Work, review: Review) -> tuple[str, ...]:
    """Return the words of the names of the review's protected persons, the longest first."""
    hidden = {r.id for r in work.records.protected()}
    rows = (r for r in review.rows if r.manual or r.record in hidden)
    found = {w for r in rows for w in re.split(r"[\s-]+", r.name) if w}
    return tuple(sorted(found, key=lambda w: (-len(w), w)))
