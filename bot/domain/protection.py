"""The one gate that every decision passes before it is committed: protected persons stay unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.domain.card_letters import LossAlert
from bot.domain.cases import Stage
from bot.domain.decision import CardStep, Decision, ReviewStep, Step
from bot.domain.effects import Effect, SendLetter
from bot.domain.letters import Letter
from bot.domain.triage import Outcome
from bot.domain.values import PersonId

TITLE = "Ärende för särskild handläggare"
NEUTRAL = "Ärendet handläggs av en person."
_HARMLESS = frozenset({"handed_over"})


def gate(decision: Decision, protected: Collection[PersonId]) -> Decision:
    """Return *decision* with nothing in it that could show a protected person to anybody.

    A case of one of *protected*, or flagged itself, keeps its data in the database for the named
    staff, but has a neutral title, no details, no approval by the common queue, and of its
    effects only the letter that says the same to everybody. The mail's own reason is as neutral.
    """
    steps = tuple(_shield(step, protected, inherited=False) for step in decision.steps)
    why, outcome = decision.why, decision.outcome
    for before, after in zip(decision.steps, steps, strict=True):
        if not after.case.protected:
            continue
        why = replace(why, text=NEUTRAL) if why == before.case.why else why
        if after.case.stage is not before.case.stage:
            outcome = Outcome.WITH_STAFF
    cards = tuple(_shield_card(c, protected, inherited=False) for c in decision.cards)
    reviews = tuple(_shield_review(r, protected) for r in decision.reviews)
    return replace(decision, steps=steps, why=why, outcome=outcome, cards=cards, reviews=reviews)


def _shield(step: Step, protected: Collection[PersonId], *, inherited: bool) -> Step:
    case = step.case
    covered = inherited or case.protected or (case.person is not None and case.person in protected)
    children = tuple(_shield(c, protected, inherited=covered) for c in step.children)
    cards = tuple(_shield_card(c, protected, inherited=covered) for c in step.cards)
    if not covered:
        return replace(step, children=children, cards=cards)
    stage = Stage.STAFF if case.stage in (Stage.ASKED, Stage.APPROVED) else case.stage
    shielded = replace(
        case, protected=True, title=TITLE, details=(), approvable=False, plan=None, stage=stage,
        why=replace(case.why, text=NEUTRAL),
        origin=replace(case.origin, file=""),
    )  # fmt: skip
    effects = _let_out(step.effects)
    return replace(step, case=shielded, effects=effects, children=children, cards=cards)


def _shield_card(
    step: CardStep, protected: Collection[PersonId], *, inherited: bool
) -> CardStep:  # fmt: skip
    holder = step.card.holder
    covered = inherited or holder.protected or holder.person in protected
    works = tuple(_shield(w, protected, inherited=covered) for w in step.works)
    if not covered:
        return replace(step, works=works)
    card = replace(step.card, holder=replace(holder, protected=True))
    return replace(step, card=card, effects=_let_out(step.effects), works=works)


def _shield_review(step: ReviewStep, protected: Collection[PersonId]) -> ReviewStep:
    """Return the review with its work shielded; its own letters name no protected row at all."""
    works = tuple((n, _shield(s, protected, inherited=False)) for n, s in step.works)
    cards = tuple(_shield_card(c, protected, inherited=False) for c in step.cards)
    return replace(step, works=works, cards=cards)


def _let_out(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """Return what may go: the letters that say the same to everybody, an alarm without words."""
    return tuple(_bare(e) for e in effects if _harmless(e))


def _bare(effect: Effect) -> Effect:
    if not isinstance(effect, SendLetter) or not isinstance(effect.letter.content, LossAlert):
        return effect
    bare = bare_alert(effect.letter.content)
    return replace(effect, letter=replace(effect.letter, content=bare))


def bare_alert(alert: LossAlert) -> LossAlert:
    """Return the alarm as it may go about a protected person: that there is one, and when."""
    return LossAlert(alert.handle, "", "", "kort", alert.reported, "", unclear=alert.unclear)


def _harmless(effect: Effect) -> bool:
    """Tell whether something of *effect* may go; an alarm goes without its words."""
    alarm = isinstance(effect, SendLetter) and isinstance(effect.letter.content, LossAlert)
    return alarm or (isinstance(effect, SendLetter) and may_leave(effect.letter))


def may_leave(letter: Letter) -> bool:
    """Tell whether *letter* of a protected person's case may go: it says the same to everybody."""
    content = letter.content
    if isinstance(content, LossAlert):
        return content == bare_alert(content)
    return letter.kind in _HARMLESS
