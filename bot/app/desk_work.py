"""A clerk's commands carried out one by one in one transaction, and the receipt of all of them.

One that can't be done stops no other. Two clerks who act on the same case are told of each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from bot.app import desk_acts, desk_book, desk_showing, desk_words, review_hiding, undoing, veil
from bot.app.card_finding import NoSuchCardError
from bot.app.correcting import NotAValueError
from bot.app.desk_acts import NotEnoughError
from bot.app.desk_mail import DeskMail
from bot.app.explain import parse
from bot.app.services import Services
from bot.domain.answering import question
from bot.domain.calendar import today
from bot.domain.cases import Case, Kind, Status
from bot.domain.clerk_reply import Act, Command
from bot.domain.decision import IllegalStepError
from bot.domain.desk import taken_by
from bot.domain.desk_letters import EchoRow, StaffEcho
from bot.domain.desk_rules import goes_against, is_over, settled_by, why_not
from bot.domain.effects import SendLetter
from bot.domain.letters import Letter
from bot.domain.staff_acts import Via
from bot.domain.triage import MailSeen, Outcome
from bot.domain.values import CardId, CaseId, MailId, address_key, masked
from bot.ports.errors import ConflictError
from bot.ports.store import Work

_HASTE = "Någon annan hann före. Svara ”visa” för att se hur det står, och försök igen."
_HIDDEN = "Ärendet visas bara i terminalen."
_MOST_PICTURED = 6  # cases whose pictures go along with one receipt


@dataclass(slots=True)
class _Heard:
    """What the mail has led to so far."""

    mail: MailId
    done: list[EchoRow] = field(default_factory=list)
    refused: list[EchoRow] = field(default_factory=list)
    shown: list[EchoRow] = field(default_factory=list)
    pictures: dict[str, Case] = field(default_factory=dict)  # whose questions go along, by handle
    others: dict[str, list[EchoRow]] = field(default_factory=dict)  # what colleagues must know


def carried_out(
    services: Services, work: Work, desk: DeskMail, seen: MailSeen, *, beside: bool
) -> Outcome:
    """Carry out what the mail asks for, inside the transaction *work*; queue its receipt.

    *beside*: it stands beside a form, which is all that was taken of the mail.
    """
    heard = _Heard(seen.mail)
    reply = desk.reply
    why = why_not(desk.standing, doubt=reply.doubt, beside=beside)
    if why:
        meant = tuple(_meant(work, c) for c in reply.commands)
        _queue(services, work, desk, seen, StaffEcho(seen.mail, meant=meant, unread=reply.unread,
                                                     why=why))  # fmt: skip
        return Outcome.ASKED_BACK
    for command in reply.commands:
        _take(services, work, desk, command, heard)
    if not (reply.commands or reply.unread):
        return Outcome.RECORDED  # thanks for the digest
    echo = StaffEcho(
        seen.mail, tuple(heard.done), tuple(heard.refused), tuple(heard.shown),
        unread=reply.unread, undo_until=_until(services) if heard.done else None,
    )  # fmt: skip
    _queue(services, work, desk, seen, echo)
    _pictures(services, work, desk, heard)
    for clerk, rows in heard.others.items():
        _tell(services, work, desk, clerk, rows, seen)
    whole = not (heard.refused or reply.unread)
    return Outcome.APPLIED if heard.done or heard.shown or whole else Outcome.ASKED_BACK


def _take(
    services: Services, work: Work, desk: DeskMail, command: Command, heard: _Heard
) -> None:  # fmt: skip
    if command.act is Act.UNDO:
        _undo(services, work, desk, command, heard)
        return
    case, title = _meant_by(work, command)
    row = EchoRow(command.ref, title, "")
    if case is None and not _is_card(work, command.ref):
        text = f"Det finns inget {command.ref}. Kontrollera numret."
        heard.refused.append(replace(row, text=text))
        return
    if case is not None and command.act is Act.SHOW:
        _show(work, case, row, heard)
        return
    over = _over(work, case, command, desk.by, heard) if case is not None else ""
    if over:
        heard.refused.append(replace(row, text=over))
        return
    text = _acted(services, work, desk, command, case, row, heard)
    if text and case is not None:
        _beside(case, command, desk.by, replace(row, text=text), heard)


def _acted(
    services: Services, work: Work, desk: DeskMail, command: Command, case: Case | None,
    row: EchoRow, heard: _Heard,
) -> str:  # fmt: skip
    """Carry out one command; return what it did, "" when it could not be done."""
    command = desk_acts.dated(command, today(services.clock()))
    try:
        with work.attempt():
            event = desk_acts.event_of(services, work, command, case, desk.by)
            desk_book.acting(services, work, event, by=desk.by, via=Via.MAIL, mail=heard.mail)
    except (IllegalStepError, NotEnoughError, NoSuchCardError, NotAValueError) as error:
        text = desk_words.in_mail_words(str(error), command.ref)
        if case is not None and case.protected:
            text = f"Det gick inte. {_HIDDEN}"
        heard.refused.append(replace(row, text=masked(text)))
        return ""
    except ConflictError:
        heard.refused.append(replace(row, text=_HASTE))
        return ""
    after = work.cases.get(case.id) if case is not None else None
    approved = case is not None and case.approvable
    hidden = case is not None and case.protected
    text = "Gjort." if hidden else desk_words.done(command, after, approved=approved)
    heard.done.append(replace(row, text=text))
    return text


def _undo(
    services: Services, work: Work, desk: DeskMail, command: Command, heard: _Heard
) -> None:  # fmt: skip
    if not command.ref and desk.answers is None:
        text = "Skriv vilket ärende som ska ångras: ”ångra K-…”. Eller svara på kvittensen."
        heard.refused.append(EchoRow("", "", text))
        return
    refs = (command.ref,) if command.ref else ()
    try:
        with work.attempt():
            said = undoing.undo(
                services, work, by=desk.by, via=Via.MAIL, refs=refs,
                mail=None if refs else desk.answers, from_mail=heard.mail,
            )  # fmt: skip
    except ConflictError:
        heard.refused.append(EchoRow(command.ref, "", _HASTE))
        return
    for line in said.lines:
        handle, _, text = line.partition(": ")
        heard.done.append(EchoRow(handle, "", text[:1].upper() + text[1:]))
    for line in said.refused:
        heard.refused.append(EchoRow("", "", desk_words.in_mail_words(masked(line), command.ref)))


def _show(work: Work, case: Case, row: EchoRow, heard: _Heard) -> None:
    if case.protected:
        heard.refused.append(replace(row, text=_HIDDEN))
        return
    lines = desk_showing.in_a_letter(review_hiding.shown(work, case))
    heard.shown.append(replace(row, lines=lines))
    if case.inquiry is not None and case.inquiry.asked and case.status is not Status.DONE:
        heard.pictures[case.handle] = case


def _over(work: Work, case: Case, command: Command, by: str, heard: _Heard) -> str:
    """Return who has settled the case already, and when; "" where the command may be tried."""
    if not is_over(case, command.act):
        return ""
    day = f" {today(case.closed)}" if case.closed is not None else ""
    why = "" if case.protected else f" {case.why.text}"
    done = settled_by(work.acts.about(case.handle))
    if done is None:
        return f"Redan avslutat{day}.{why} Inget är ändrat."
    if _another(done.by, by) and goes_against(done, command.act) and "@" in done.by:
        said = f"{by} skrev ”{masked(command.words)}”. Ärendet var redan avslutat, så inget är "
        row = EchoRow(case.handle, _title(case), f"{said}ändrat. Prata med varandra om det är fel.")
        heard.others.setdefault(address_key(done.by), []).append(row)
    return f"Redan avslutat{day}.{why} Inget är ändrat. Var det fel? Skriv ”ångra {case.handle}”."


def _another(one: str, two: str) -> bool:
    return address_key(one) != address_key(two)


def _beside(case: Case, command: Command, by: str, row: EchoRow, heard: _Heard) -> None:
    """Tell the clerk who has taken a case what a colleague did with it."""
    taker = taken_by(case)
    if taker and _another(taker, by) and command.act is not Act.NOTE:
        heard.others.setdefault(address_key(taker), []).append(row)
        heard.done[-1] = replace(row, text=f"{row.text} Ärendet var taget av {taker}.")


def _meant_by(work: Work, command: Command) -> tuple[Case | None, str]:
    """Return the case that a command names, and its title as a letter may say it."""
    kind, number = parse(command.ref)
    found = work.cases.get(CaseId(number)) if kind == "K" else None
    if found is None:
        return None, ""
    (case,) = veil.veiled(work, (found,))
    return case, _title(review_hiding.shown(work, case))


def _title(case: Case) -> str:
    hidden = case.protected or case.kind is Kind.REVIEW_MANUAL
    return "" if hidden else masked(case.title)


def _is_card(work: Work, ref: str) -> bool:
    kind, number = parse(ref)
    return kind == "C" and work.cards.get(CardId(number)) is not None


def _meant(work: Work, command: Command) -> EchoRow:
    title = _meant_by(work, command)[1] if command.ref else ""
    return EchoRow(command.ref, title, desk_words.asked(command))


def _until(services: Services) -> date:
    policy = services.policy
    return policy.working_days.after(today(services.clock()), policy.undo_days)


def _queue(
    services: Services, work: Work, desk: DeskMail, seen: MailSeen, echo: StaffEcho
) -> None:  # fmt: skip
    thread = (*seen.threads[-10:], seen.message_id) if seen.message_id else seen.threads[-10:]
    letter = Letter((desk.by,), echo, in_reply_to=seen.message_id, references=thread)
    _put(services, work, letter, f"desk/M-{seen.mail}")


def _tell(
    services: Services, work: Work, desk: DeskMail, clerk: str, rows: list[EchoRow], seen: MailSeen
) -> None:  # fmt: skip
    echo = StaffEcho(seen.mail, done=tuple(rows), by=desk.by)
    _put(services, work, Letter((clerk,), echo), f"desk/M-{seen.mail}/{clerk}")


def _pictures(services: Services, work: Work, desk: DeskMail, heard: _Heard) -> None:
    """Send the question of each case that was to be shown, with its pictures."""
    for case in [*heard.pictures.values()][:_MOST_PICTURED]:
        content = question(case, staff="Du bad att få se ärendet.")
        _put(services, work, Letter((desk.by,), content), f"desk/M-{heard.mail}/{case.handle}",
             case.id)  # fmt: skip


def _put(
    services: Services, work: Work, letter: Letter, key: str, case: CaseId | None = None
) -> None:
    now = services.clock()
    number = work.outbox.put(SendLetter(letter), key, case=case, now=now, due=now)
    work.audit.add("bot", "letter_queued", f"B-{number}", letter.kind, now)
