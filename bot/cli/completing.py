"""What the TAB key offers: handles, states, kinds and people from the memory. Never complains."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import typer

from bot import bootstrap
from bot.app.review_pages import pages
from bot.cli.frame import Frame, settings
from bot.cli.sieve import KINDS, STATUSES
from bot.cli.words import swedish
from bot.domain.effects import SendLetter
from bot.domain.protection import TITLE
from bot.ports.errors import NeedsOperatorError, PermanentError, TransientError
from bot.ports.store import Work

Offer = list[tuple[str, str]]
_MOST = 50
_TYPED = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")  # the line so far: bash's name for it, and zsh's


def statuses(ctx: typer.Context, incomplete: str) -> Offer:
    """Return the states of the table that is listed."""
    return _words(STATUSES.get(_table(ctx), ()), incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> Offer:
    """Return the kinds of the table that is listed."""
    return _words(KINDS.get(_table(ctx), ()), incomplete)


def persons(ctx: typer.Context, incomplete: str) -> Offer:
    """Return the people in the catalogue, the protected ones nameless."""
    return _asked(ctx, incomplete, _persons)


def cases(ctx: typer.Context, incomplete: str) -> Offer:
    """Return the cases that are not done."""
    return _asked(ctx, incomplete, _cases)


def handles(ctx: typer.Context, incomplete: str) -> Offer:
    """Return handles of the sort that has been begun: K-, B-, M-, P-, C- or G-; else cases."""
    return _asked(ctx, incomplete, _SORTS.get(incomplete[:1].upper(), _cases))


def cards(ctx: typer.Context, incomplete: str) -> Offer:
    """Return the numbers of the cards that are not over."""
    return _asked(ctx, incomplete, _numbers)


def _table(ctx: typer.Context) -> str:
    """Return the table that is listed; after an option that lacks its value the parser has none."""
    found = ctx.params.get("what")
    if found is not None:
        return str(getattr(found, "value", found))
    typed = " ".join(os.environ.get(name, "") for name in _TYPED).split()
    return next((word for word in typed if word in STATUSES), "")


def _words(codes: Iterable[str], incomplete: str) -> Offer:
    return [(str(c), swedish(c)) for c in codes if str(c).startswith(incomplete.lower())]


def _asked(ctx: typer.Context, incomplete: str, look: Callable[[Work], Offer]) -> Offer:
    """Return what the memory offers, the newest first; nothing when it can't be opened."""
    call = Frame(ctx.find_root().params.get("config"))
    try:
        with bootstrap.memory(settings(call)) as store, store.begin() as work:
            found = look(work)
    except (typer.Exit, NeedsOperatorError, PermanentError, TransientError):
        return []
    begun = incomplete.upper()
    return [offer for offer in reversed(found) if offer[0].startswith(begun)][:_MOST]


def _cases(work: Work) -> Offer:
    return [(c.handle, TITLE if c.protected else c.title) for c in work.cases.list(open_only=True)]


def _persons(work: Work) -> Offer:
    return [
        (f"P-{r.id}", TITLE if r.entry.protected else r.entry.full_name)
        for r in work.records.list()
    ]


def _letters(work: Work) -> Offer:
    return [
        (f"B-{row.id}", swedish(row.effect.letter.kind))
        for row in work.outbox.list()
        if isinstance(row.effect, SendLetter)
    ]


def _mails(work: Work) -> Offer:
    rows = work.journal.list(limit=_MOST * 4)
    return [(f"M-{m.id}", swedish(m.outcome or m.state)) for m in rows]


def _cards(work: Work) -> Offer:
    return [
        (c.handle, swedish(c.kind) if c.holder.protected else f"{swedish(c.kind)} {c.holder.name}")
        for c in work.cards.list()
    ]


def _numbers(work: Work) -> Offer:
    return [
        (c.number, "" if c.holder.protected else c.holder.name)
        for c in work.cards.list()
        if c.number and c.status not in ("deregistered", "cancelled")
    ]


def _reviews(work: Work) -> Offer:
    return [
        (review.handle, review.name)
        for campaign in work.reviews.campaigns()[-1:]
        for review in pages(work, campaign.id)
    ]


_SORTS: dict[str, Callable[[Work], Offer]] = {
    "B": _letters, "M": _mails, "P": _persons, "C": _cards, "G": _reviews,
}  # fmt: skip
