"""A mail about a review: an answer, an «ÅNGRA», an absence, somebody else's word. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.answering import Context, to_staff
from bot.domain.cases import Kind, Origin, Reason
from bot.domain.decision import CardStep, Decision, ReviewStep, Step
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.review_answers import says_nothing, take
from bot.domain.review_desk import readdress, work
from bot.domain.review_facts import ReviewFacts, ReviewMail, ReviewSpeaker
from bot.domain.review_letters import EchoRow, Leaver, Undone
from bot.domain.review_reply import DECIDED, ReviewReply, RowAnswer
from bot.domain.review_turning import turned
from bot.domain.review_words import said
from bot.domain.review_works import with_forms
from bot.domain.reviews import Absence, Review, ReviewRow, Said, settled
from bot.domain.triage import Outcome
from bot.domain.values import address_key

_LAST = -1


def decide_review(mail: ReviewMail, context: Context) -> Decision | None:
    """Return what a mail about a review leads to; None when it says nothing of it."""
    facts, reply = mail.facts, mail.reply
    if mail.absence is not None:
        return _away(mail.absence, facts, context)
    if mail.bounced:
        return _bounced(facts)
    if reply is None or (mail.aside and not speaks(reply)):
        return None
    if mail.speaker is ReviewSpeaker.OTHER:
        return _read_by_staff(
            facts, reply, context, "other", "Någon annan än den tillfrågade svarar."
        )
    if facts.campaign.is_over:
        return _read_by_staff(facts, reply, context, "late", "Granskningen är avslutad.")
    if reply.undo is not None:
        return _undone(facts, reply.undo, context)
    if says_nothing(reply):
        why = Reason("review_thanks", f"Inget nytt om {facts.review.handle}.", "D")
        return Decision(Outcome.RECORDED, why)
    step = take(mail, reply, context)
    open_left = bool(step.review.open_rows())
    outcome = Outcome.ASKED_BACK if open_left else Outcome.APPLIED
    text = f"Svar på granskningen {facts.review.handle}: {step.said}."
    return Decision(outcome, Reason("review_answer", text, "S2"), reviews=(step,))


def speaks(reply: ReviewReply | None) -> bool:
    """Tell whether a reply decides a row or takes back an answer: «Se bifogat» does not."""
    if reply is None:
        return False
    return reply.undo is not None or any(h.answer in DECIDED for h in reply.rows)


def _away(absence: Absence, facts: ReviewFacts, context: Context) -> Decision:
    """Note an out-of-office: no answer; staff see until when, and who stands in (domain §5)."""
    review = facts.review
    known = any(a.back == absence.back and a.stand_in == absence.stand_in for a in review.absences)
    text = f"Autosvar på granskningen {review.handle}: räknas inte som svar."
    why = Reason("review_absence", text, "RFC 3834")
    if known or facts.campaign.is_over:
        return Decision(Outcome.RECORDED, why)
    after = replace(review, absences=(*review.absences, absence))
    works: tuple[tuple[int | None, Step], ...] = ()
    if not review.absences and review.open_rows():
        rows = (
            ("Åter", str(absence.back) if absence.back else "framgår inte"),
            ("Ersättare", absence.stand_in or "framgår inte"),
            ("Att göra", f"vänta, eller byt mottagare: {readdress(review.handle)}"),
        )
        origin = Origin(mail=context.origin.mail)
        case = work(Kind.REVIEW, "Chefen är borta", why, facts, origin, rows)
        works = ((None, Step(case)),)
    step = ReviewStep(after, works=works, said="absence noted")
    return Decision(Outcome.RECORDED, why, reviews=(step,))


def _bounced(facts: ReviewFacts) -> Decision:
    """Note that the letter did not arrive; the bounce itself gives staff their work item."""
    why = Reason("review_bounce", f"Brevet om {facts.review.handle} kom inte fram.", "RFC 3464")
    return Decision(Outcome.RECORDED, why, reviews=bounced(facts))


def bounced(facts: ReviewFacts | None) -> tuple[ReviewStep, ...]:
    """Return the review marked as not reached; the lost letter itself gives staff their work."""
    if facts is None or facts.review.bounced or facts.campaign.is_over:
        return ()
    return (ReviewStep(replace(facts.review, bounced=True), said="bounced"),)


def _read_by_staff(
    facts: ReviewFacts, reply: ReviewReply, context: Context, rule: str, text: str
) -> Decision:
    """Give an answer that does not count by itself to staff, with what it seems to say."""
    why = Reason(f"review_{rule}", text, "S2")
    names = {r.row: r.name for r in facts.review.rows if not facts.of(r.row).hidden}
    rows = tuple(
        (f"Rad {h.row} {names[h.row]}", said(h.answer, h.on, h.to))
        for h in reply.rows
        if h.answer is not RowAnswer.OPEN and h.row in names
    )
    case = work(Kind.REVIEW, "Svar på granskningen att läsa", why, facts, context.origin, rows)
    case = replace(case, parent=context.answered.id if context.answered is not None else None)
    return Decision(Outcome.WITH_STAFF, why, (to_staff(case, why, context),))


def _undone(facts: ReviewFacts, wanted: tuple[int, ...], context: Context) -> Decision:
    """Restore the rows as they stood before the last answer of this person (ÅNGRA)."""
    review, sender = facts.review, address_key(context.origin.sender)
    last = next((s for s in reversed(review.said) if s.by == sender and not s.undone), None)
    if last is None:
        why = Reason("nothing_to_undo", f"Inget svar att ångra i {review.handle}.", "D")
        return _reply(review, context, Undone(review.handle, ()), why)
    rows = {r.row: r for r in review.rows}
    back = tuple(b for b in last.before if not wanted or b.row in wanted)
    if facts.today > last.until or not back:
        text = f"Ångra i {review.handle} efter {last.until}: en handläggare ser till det."
        why = Reason("undo_late", text, "D")
        case = work(Kind.REVIEW, "Chefen vill ångra sitt svar", why, facts, context.origin,
                    tuple((f"Rad {b.row}", said(rows[b.row].answer, rows[b.row].on))
                          for b in back or last.before))  # fmt: skip
        return _reply(review, context, Undone(review.handle, (), late=True), why, case=Step(case))
    return _restore(facts, last, back, context)


def _restore(
    facts: ReviewFacts, last: Said, back: tuple[ReviewRow, ...], context: Context
) -> Decision:
    review, origin = facts.review, context.origin
    why = Reason("undone", f"Chefen ångrade sitt svar i M-{origin.mail}.", "D")
    rows = {r.row: r for r in review.rows}
    restored: list[ReviewRow] = []
    shown: list[EchoRow] = []
    clerk: list[str] = []
    works: list[tuple[int | None, Step]] = []
    cards: list[CardStep] = []
    leavers: list[Leaver] = []
    for before in back:
        now = rows[before.row]
        if now.via != last.mail:
            continue  # answered anew since: that answer stands
        wanted = replace(before, case=None, until_before=None, until_after=None)
        done = turned(now, wanted, facts, origin, why)
        if done.stuck:
            clerk.append(f"{now.name}: {done.stuck}")
            continue
        works += done.works
        cards += done.cards
        leavers += [done.leaver] if done.leaver is not None else []
        restored.append(done.row)
        was = now.answer if now.answer is not done.row.answer else RowAnswer.OPEN
        kept = done.row
        shown.append(EchoRow(kept.row, kept.name, kept.answer, kept.on, kept.to, was))
    works = with_forms(works, tuple(leavers), facts, origin)
    if clerk:
        lines = tuple((f"Rad {n}", text) for n, text in enumerate(clerk, 1))
        works.append((None, Step(work(Kind.REVIEW, "Ångrat svar går inte att ta tillbaka själv",
                                      why, facts, origin, lines))))  # fmt: skip
    whole = {r.row for r in restored}
    marked = tuple(
        replace(s, undone={b.row for b in s.before} <= whole) if s is last else s
        for s in review.said
    )
    after = replace(review.with_rows(tuple(restored)), said=marked, touched=facts.today)
    after = replace(after, status=settled(after))
    if after.open_rows() and after.next_on is None:
        after = replace(after, next_on=facts.today)
    content = Undone(review.handle, tuple(shown), clerk=tuple(clerk))
    step = ReviewStep(after, (_letter(context, content),), tuple(works), tuple(cards), "undone")
    return Decision(Outcome.APPLIED, why, reviews=(step,))


def _reply(
    review: Review, context: Context, content: Undone, why: Reason, case: Step | None = None
) -> Decision:
    works: tuple[tuple[int | None, Step], ...] = ((None, case),) if case is not None else ()
    step = ReviewStep(review, (_letter(context, content),), works, said="undo asked for")
    outcome = Outcome.WITH_STAFF if case is not None else Outcome.RECORDED
    return Decision(outcome, why, reviews=(step,))


def _letter(context: Context, content: Undone) -> SendLetter:
    origin = context.origin
    thread = tuple(r for r in (*origin.references, origin.message_id) if r)
    return SendLetter(
        Letter((origin.sender,), content, in_reply_to=origin.message_id, references=thread)
    )
