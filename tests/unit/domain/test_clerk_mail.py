"""Only a listed clerk's own, proven words give commands; every doubt falls on the careful side."""

from dataclasses import replace

import pytest

from bot.domain.clerk_mail import MailHead, Standing, Thread, standing
from bot.domain.triage import Machine

ANNA = "anna.ek@kommun.example"
CHEF = "chef@kommun.example"
STAFF = frozenset({ANNA})
REPLY = MailHead((ANNA,), authenticated=True, thread=Thread.OURS)


def test_a_clerk_who_answers_a_letter_of_ours_may_act():
    assert standing(REPLY, STAFF) is Standing.MAY_ACT


def test_a_fresh_mail_may_act_only_when_it_names_handles():
    fresh = replace(REPLY, thread=Thread.NONE)
    assert standing(fresh, STAFF) is Standing.NOT_STAFF
    assert standing(replace(fresh, names_handles=True), STAFF) is Standing.MAY_ACT


def test_case_and_blanks_do_not_make_an_address_another():
    assert standing(replace(REPLY, senders=(f" {ANNA.upper()} ",)), STAFF) is Standing.MAY_ACT


@pytest.mark.parametrize(
    "change",
    [
        {"thread": Thread.FOREIGN, "names_handles": True},
        {"forwarded": True},
    ],
)
def test_words_that_may_be_anothers_are_asked_about(change):
    assert standing(replace(REPLY, **change), STAFF) is Standing.ASK_FIRST


@pytest.mark.parametrize(
    "change",
    [
        {"authenticated": False},
        {"authenticated": False, "forwarded": True},
        {"senders": (ANNA, CHEF)},
        {"senders": (CHEF, ANNA)},
        {"senders": (CHEF,), "shown": (ANNA,)},
        {"senders": (), "shown": (ANNA.upper(),)},
    ],
)
def test_a_clerks_address_without_proof_pretends(change):
    assert standing(replace(REPLY, **change), STAFF) is Standing.PRETENDS


@pytest.mark.parametrize("machine", [m for m in Machine if m is not Machine.NO])
def test_no_machine_gives_commands(machine):
    assert standing(replace(REPLY, machine=machine), STAFF) is Standing.NOT_STAFF


def test_a_managers_reply_that_names_a_handle_is_no_command():
    head = replace(REPLY, senders=(CHEF,), names_handles=True)
    assert standing(head, STAFF) is Standing.NOT_STAFF


def test_without_a_list_of_staff_nobody_may_act():
    assert standing(REPLY, frozenset()) is Standing.NOT_STAFF
