"""A mail has come: which cases does it open, and what is answered? Pure; asks nobody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.domain.answering import Context, ask, reply, to_staff
from bot.domain.card_mail import CardMail
from bot.domain.cases import Case, Kind, Priority, Reason, Stage
from bot.domain.decision import Decision, Step
from bot.domain.forms import Content, DocumentReading, FormReading
from bot.domain.guards import FormFacts, ends
from bot.domain.letters import HandedOver, Point, Rejected
from bot.domain.ordering import decide_form, fingerprint, is_protected, opened
from bot.domain.orders import Order
from bot.domain.replying import ReplyFacts, decide_reply, is_open, repeats, source_of
from bot.domain.review_facts import ReleaseMail, ReviewMail
from bot.domain.triage import Fit, Machine, MailSeen, Outcome, Route
from bot.domain.troubles import Bounced, lost_letter
from bot.domain.values import masked

_LOOK = "en person behöver läsa den."
_ADVICE = {
    Content.ENCRYPTED: "Spara blanketten utan lösenord och skicka den igen.",
    Content.DAMAGED: "Öppna blanketten hos dig, spara den på nytt som PDF och skicka igen.",
    Content.EMPTY: "Bifoga filen på nytt och kontrollera att den går att öppna.",
    Content.TOO_LARGE: "Skicka blanketterna i mindre filer, helst en blankett per fil.",
    Content.UNSUPPORTED: "Spara blanketten som PDF, skriv under och skicka igen.",
    Content.OTHER: "Använd blanketten ”Beställning/avbeställning av personuppgifter i "
    "Elektroniska Katalogen (EK)”. Gällde mejlet något annat? Svara på det här mejlet, "
    "så läser en handläggare det.",
}
RANK = (
    Outcome.WITH_STAFF,
    Outcome.ASKED_BACK,
    Outcome.REJECTED,
    Outcome.APPLIED,
    Outcome.RECORDED,
)
_OUTCOME = {
    Stage.STAFF: Outcome.WITH_STAFF,
    Stage.ASKED: Outcome.ASKED_BACK,
    Stage.REJECTED: Outcome.REJECTED,
    Stage.APPROVED: Outcome.APPLIED,
    Stage.CONFIRMED: Outcome.APPLIED,
    Stage.LINKED: Outcome.RECORDED,
}


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What the memory says about a mail: the common context and the facts for each form."""

    context: Context
    forms: tuple[FormFacts, ...] = ()  # in the order of the documents and their forms
    bounced: tuple[Bounced, ...] = ()  # letters of ours that a bounce speaks of
    reply: ReplyFacts | None = None  # what the mail says to the question that it answers
    cards: CardMail = field(default_factory=CardMail)  # what it says of cards
    review: ReviewMail | None = None  # what it says of a review
    release: ReleaseMail | None = None  # of letters that wait for staff


def forms_of(seen: MailSeen) -> tuple[tuple[DocumentReading, FormReading], ...]:
    """Return each form of the mail beside the document it stands in, in order."""
    return tuple((d, f) for d in seen.documents for f in d.forms)


def decide_plain(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    """Return what follows from a mail that is not about cards."""
    match fit.route:
        case Route.IGNORE:
            return Decision(Outcome.RECORDED, Reason(fit.rule, fit.why, "D"))
        case Route.BOUNCE:
            return _bounced(seen, fit, facts)
        case Route.DESK:  # what is asked for is done one by one, each through its own event
            return Decision(Outcome.APPLIED, Reason(fit.rule, fit.why, "D"))
        case Route.FORMS | Route.FILES:
            return _read(seen, fit, facts)
        case Route.REPLY | Route.REVIEW:
            return _replied(seen, fit, facts)
        case Route.FORGOTTEN if facts.context.origin.answerable:
            point = Point("Bilagan", "Mejlet talar om en bilaga, men ingen fil följde med.")
            case = _mail_case(fit, facts.context, "Bilaga saknas")
            step = ask(case, (point,), case.why, facts.context)
            return Decision(Outcome.ASKED_BACK, case.why, (step,))
        case _:
            return for_staff(seen, fit, facts.context)


def _read(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    """Decide form by form, file by file; the mail's outcome is the one that needs most care."""
    pairs = forms_of(seen)
    context = replace(facts.context, batch_endings=_endings(facts))
    clashing = _clashing(facts.forms)
    secret = {k.person for (_, f), k in zip(pairs, facts.forms, strict=True) if is_protected(f, k)}
    steps: list[Step] = []
    places: list[tuple[str, Order | None, int]] = []
    for number, ((document, form), found) in enumerate(zip(pairs, facts.forms, strict=True), 1):
        known = replace(
            found,
            clashes=found.person in clashing,
            secret=found.person is not None and found.person in secret,
        )
        own = replace(context.origin, file=_file_name(document), number=number, of=len(pairs))
        local = replace(context, origin=own)
        key, order = fingerprint(form), known.judgement.order
        first = next((i for k, o, i in places if k == key or (o is not None and o == order)), None)
        if first is not None:
            steps[first] = _with_copy(steps[first], opened(form, known, local))
            continue
        places.append((key, order, len(steps)))
        steps.append(decide_form(form, known, local))
    steps += _unread_files(seen, context)
    if not steps:
        return for_staff(seen, fit, context)
    best = min((_OUTCOME[s.case.stage] for s in steps), key=RANK.index)
    why = next(s.case.why for s in steps if _OUTCOME[s.case.stage] is best)
    return Decision(best, why, _one_hand_over(_closing_once(steps)))


def _with_copy(step: Step, case: Case) -> Step:
    """Hang the second copy of a form on the case of the first: one answer for both."""
    reason = Reason("same_form", "Samma blankett ligger två gånger i mejlet.", "D")
    copy = replace(case, stage=Stage.LINKED, why=reason)
    return replace(step, children=(*step.children, Step(copy)))


def _clashing(forms: tuple[FormFacts, ...]) -> set[object]:
    """Return the persons about whom two forms of one mail order different things."""
    seen: dict[object, Order] = {}
    clashes: set[object] = set()
    for known in forms:
        order = known.judgement.order
        if order is not None and seen.setdefault(order.person, order) != order:
            clashes.add(order.person)
    return clashes


def _endings(facts: MailFacts) -> int:
    """Count the persons whose records this mail would end, or end sooner."""
    return len(
        {
            known.judgement.order.person
            for known in facts.forms
            if known.judgement.order is not None
            and known.same is None
            and known.record is not None
            and ends(known.judgement.order, known.record, facts.context.today)
        }
    )


def _closing_once(steps: list[Step]) -> tuple[Step, ...]:
    """Keep one closing of an older case, though several forms of the mail answer it."""
    closed: set[int] = set()
    kept = []
    for step in steps:
        children = []
        for child in step.children:
            if child.case.id and child.case.id in closed:
                continue
            closed.add(child.case.id)
            children.append(child)
        kept.append(replace(step, children=tuple(children)))
    return tuple(kept)


def _one_hand_over(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Keep one "a clerk takes it" letter per mail: ten scans need not give ten of them."""
    told = False
    kept = []
    for step in steps:
        effects = []
        for effect in step.effects:
            handed = effect.kind == "send_letter" and isinstance(effect.letter.content, HandedOver)
            if handed and told:
                continue
            told = told or handed
            effects.append(effect)
        kept.append(replace(step, effects=tuple(effects)))
    return tuple(kept)


def _unread_files(seen: MailSeen, context: Context) -> list[Step]:
    """Return the cases for the files that are no forms; logos beside something else are none."""
    strange = [d for d in seen.documents if d.content is Content.OTHER and not d.scans]
    only = len(strange) == len(seen.documents)
    files = [d for d in seen.documents if d not in strange] if not only else strange[:1]
    return [step for d in files if (step := _unread(d, context)) is not None]


def _unread(document: DocumentReading, context: Context) -> Step | None:
    """Return the case for a file, or pages of it, that no reader could take as forms."""
    origin = replace(context.origin, file=_file_name(document))
    context = replace(context, origin=origin)
    files = (("forhandsbild.png", document.preview),) if document.preview else ()
    content = document.content
    if document.scans:
        pages = ", ".join(map(str, document.scans))
        reason = Reason("scan", f"Inskannad sida (sida {pages}): {document.reason or _LOOK}", "D")
        case = _file_case(Kind.SCAN, "Inskannad blankett", reason, context)
        return replace(to_staff(case, reason, context), files=files)
    if content in (Content.FORMS, Content.SCAN):
        return None
    reason = Reason(f"file_{content.value}", masked(document.reason), "D")
    case = _file_case(Kind.MAIL, "Bilaga som inte kunde läsas", reason, context)
    advice = _ADVICE.get(content)
    if advice is None or not context.origin.answerable:
        return replace(to_staff(case, reason, context), files=files)
    refused = replace(case, stage=Stage.REJECTED)
    letter = reply(refused, Rejected(file=origin.file, reason=reason.text, advice=advice))
    return Step(refused, (letter,), files=files)


def _replied(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    """A plain answer to one of our letters: to its question, or else for staff to read."""
    context, asked, reply = facts.context, facts.context.answered, facts.reply
    source = source_of(asked, context) if asked is not None else None
    if asked is None or source is None:
        return for_staff(seen, fit, context)
    if reply is not None and is_open(asked):
        step = decide_reply(asked, reply, context, source)
        return Decision(_OUTCOME[step.case.stage], step.case.why, (step,))
    if reply is not None and repeats(asked, reply.reply):
        text = f"Säger samma sak en gång till som redan är taget i {asked.handle}."
        return Decision(Outcome.RECORDED, Reason("same_answer", text, "D"))
    if asked.stage is not Stage.ASKED:
        return for_staff(seen, fit, context)
    reason = Reason("reply", f"Chefen har svarat på frågan (M-{seen.mail}).", "D")
    details = (*asked.details, ("Svar", f"M-{seen.mail}"))
    moved = replace(asked, stage=Stage.STAFF, why=reason, details=details, remind_on=None)
    return Decision(Outcome.WITH_STAFF, reason, (Step(moved),))


def _bounced(seen: MailSeen, fit: Fit, facts: MailFacts) -> Decision:
    """A letter of ours did not arrive: staff must know, the bounce itself is only recorded."""
    why = Reason("bounce", fit.why, "D")
    steps = tuple(
        lost_letter(one, why, facts.context.now, seen.failed_recipients, mail=seen.mail)
        for one in facts.bounced
    )
    return Decision(Outcome.RECORDED, Reason(fit.rule, fit.why, "RFC 3834"), steps)


def for_staff(seen: MailSeen, fit: Fit, context: Context) -> Decision:
    """Give the mail to staff; one that a machine sent out gets no answer (RFC 3834 §2)."""
    if seen.machine is not Machine.NO:
        context = replace(context, origin=replace(context.origin, answerable=False))
    case = _mail_case(fit, context, "Mejl att läsa")
    step = to_staff(case, case.why, context)
    return Decision(Outcome.WITH_STAFF, case.why, (step,))


def _mail_case(fit: Fit, context: Context, title: str) -> Case:
    return _file_case(Kind.MAIL, title, Reason(fit.rule, fit.why, "D"), context)


def _file_case(kind: Kind, title: str, reason: Reason, context: Context) -> Case:
    return Case(
        kind=kind,
        stage=Stage.STAFF,
        title=f"{title} (M-{context.origin.mail})",
        why=reason,
        opened=context.now,
        origin=context.origin,
        priority=Priority.NORMAL,
        parent=context.answered.id if context.answered is not None else None,
        protected=context.answered is not None and context.answered.protected,
    )


def _file_name(document: DocumentReading) -> str:
    return masked(document.name)[:80]
