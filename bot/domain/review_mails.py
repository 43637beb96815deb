"""A mail about a review: an answer, an «ÅNGRA», an absence, somebody else's word. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.answering import Context, to_staff
from bot.domain.cases import Kind, Origin, Reason
from bot.domain.decision import CardStep, Decision, ReviewStep, Step
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.review_answers import says_nothing, take
from bot.domain.review_desk import asked_again, readdress, work
from bot.domain.review_facts import ReviewFacts, ReviewMail, ReviewSpeaker
from bot.domain.review_letters import EchoRow, Leaver, Undone
from bot.domain.review_reply import DECIDED, ReviewReply, RowAnswer
from bot.domain.review_undoing import instead
from bot.domain.review_words import said
from bot.domain.review_works import of_row, with_forms
from bot.domain.reviews import Absence, Review, ReviewRow, Said, settled
from bot.domain.triage import Outcome
from bot.domain.values import address_key, masked


def decide_review(mail: ReviewMail, context: Context) -> Decision | None:
    """Return what a mail about a review leads to; None when it says nothing of it."""
    facts, reply = mail.facts, mail.reply
    if mail.absence is not None:
        return _away(mail.absence, facts, context)
    if mail.bounced:
        return _bounced(facts)
    if reply is None or (mail.aside and not speaks(reply)):
        return None
    if mail.points and not facts.campaign.is_over and mail.speaker is not ReviewSpeaker.OTHER:
        text = "Svaret hänvisar till en bilaga, som en person behöver läsa."
        return _read_by_staff(facts, reply, context, "attachment", text)
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
    if mail.file:
        step = replace(step, works=(*step.works, (None, _file(facts, context))))
    open_left = bool(step.review.open_rows())
    outcome = Outcome.ASKED_BACK if open_left else Outcome.APPLIED
    text = f"Svar på granskningen {facts.review.handle}: {step.said}."
    return Decision(outcome, Reason("review_answer", text, "S2"), reviews=(step,))


def _file(facts: ReviewFacts, context: Context) -> Step:
    """Return the work to look at a file that came with an answer: nothing of it was read."""
    why = Reason("review_file", "Svaret på granskningen har en bilaga som inte är läst.", "D")
    return Step(work(Kind.REVIEW, "Läs bilagan till svaret", why, facts, context.origin))


def beside_a_form(mail: ReviewMail, context: Context) -> Decision | None:
    """Give words beside a form that decide no row, and do more than hand it over, to staff."""
    reply = mail.reply
    if reply is None or says_nothing(reply):
        return None
    said_so = [h.words for h in reply.rows if h.answer is RowAnswer.UNCLEAR]
    words = tuple(dict.fromkeys((*reply.unread, *said_so, *(r.words for r in reply.remarks))))
    if all(_HANDS_OVER.search(w) and not _BUT.search(w) for w in words):
        return None
    text = "Något skrevs bredvid blanketten som inte gick att tolka."
    return _read_by_staff(mail.facts, reply, context, "beside", text, words)


_HANDS_OVER = re.compile(
    r"bifog|bilag|blankett|skriv\w* under|undersk|underteckn|påskriv|avbeställ|kommer här"
    r"|här kommer|skickar|ifylld|enligt önskemål|signera",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:inte|ej|nej|kvar|ångra\w*|ring\w*|men|fast|dock|fel)\b|\?", re.IGNORECASE)


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
    facts: ReviewFacts, reply: ReviewReply, context: Context, rule: str, text: str,
    words: tuple[str, ...] = (),
) -> Decision:  # fmt: skip
    """Give an answer that does not count by itself to staff, with what it seems to say."""
    why = Reason(f"review_{rule}", text, "S2")
    names = {r.row: r.name for r in facts.review.rows if not facts.of(r.row).hidden}
    rows = tuple(
        (f"Rad {h.row} {names[h.row]}", said(h.answer, h.on, h.to))
        for h in reply.rows
        if h.answer is not RowAnswer.OPEN and h.row in names
    )
    rows += tuple(("Chefens ord", masked(w)) for w in words)
    rows += (("Att göra", "läs mejlet; gäller det, be den tillfrågade svara eller svara själv"),)
    case = work(Kind.REVIEW, "Svar på granskningen att läsa", why, facts, context.origin, rows)
    case = replace(case, parent=context.answered.id if context.answered is not None else None)
    return Decision(Outcome.WITH_STAFF, why, (to_staff(case, why, context),))


def last_said(review: Review, sender: str, wanted: tuple[int, ...]) -> Said | None:
    """Return the newest answer of *sender* that still stands for a row of *wanted*, () for any."""
    rows = {r.row: r for r in review.rows}
    own = [s for s in reversed(review.said) if s.by == sender and not s.undone]
    return next(
        (s for s in own if any(_holds(s, b, rows) and _meant(b, wanted) for b in s.before)),
        own[0] if own else None,
    )


def _holds(one: Said, before: ReviewRow, rows: Mapping[int, ReviewRow]) -> bool:
    """Tell whether the row bears that answer still: none has come since, nor an undo."""
    return rows[before.row].via == one.mail


def _meant(row: ReviewRow, wanted: tuple[int, ...]) -> bool:
    return not wanted or row.row in wanted


def _undone(facts: ReviewFacts, wanted: tuple[int, ...], context: Context) -> Decision:
    """Restore the rows as they stood before the last answer of this person (ÅNGRA)."""
    review, sender = facts.review, address_key(context.origin.sender)
    last = last_said(review, sender, wanted)
    if last is None:
        why = Reason("nothing_to_undo", f"Inget svar att ångra i {review.handle}.", "D")
        return _reply(review, context, Undone(review.handle, (), nothing=True), why)
    rows = {r.row: r for r in review.rows}
    back = tuple(b for b in last.before if _meant(b, wanted))
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
        if not _holds(last, before, rows):
            continue  # answered anew since: that answer stands
        wanted = replace(before, case=None, until_before=None, until_after=None)
        new = instead(now, wanted, facts, origin, why)
        if new.stuck:
            clerk.append(f"{now.name}: {new.stuck}")
            continue
        works += [*((None, s) for s in new.works), *of_row(new.led)]
        cards += [*new.cards, *new.led.cards]
        leavers += [new.led.leaver] if new.led.leaver is not None else []
        kept = new.led.row
        restored.append(kept)
        was = now.answer if now.answer is not kept.answer else RowAnswer.OPEN
        shown.append(EchoRow(kept.row, kept.name, kept.answer, kept.on, kept.to, was, new.led.note))
    works = [*with_forms(works, leavers, facts, origin)]
    if clerk:
        lines = tuple((f"Rad {n}", text) for n, text in enumerate(clerk, 1))
        works.append((None, Step(work(Kind.REVIEW, "Ångrat svar går inte att ta tillbaka själv",
                                      why, facts, origin, lines))))  # fmt: skip
    after = review.with_rows(tuple(restored))
    still = {r.row: r for r in after.rows}
    gone = not any(_holds(last, b, still) for b in last.before)
    marked = tuple(replace(s, undone=gone) if s is last else s for s in review.said)
    after = replace(after, said=marked, touched=facts.today)
    after = replace(after, status=settled(after))
    after, more = asked_again(after, facts, origin)
    works += more
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
