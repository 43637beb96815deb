"""Clerks' mails as they come on an ordinary day, and treacherous ones: asked about, never guessed."""

from collections import Counter

import pytest

from bot.domain.clerk_reply import Act
from parsers.answers import clerk
from tests import clerk_scoring
from tests.clerk_letters import DIGEST, FOLDER, TODAY

EVERYDAY = clerk_scoring.cases(FOLDER / "everyday.jsonl")
HOSTILE = clerk_scoring.cases(FOLDER / "hostile.jsonl")
QUOTED = (FOLDER / "quoted.txt").read_text("utf-8").rstrip("\n")  # as a mail program wraps it
LEAST_RIGHT = 75  # of 80; a hand-out without the card's number is asked about, for one


def name(case):
    return case.get("id") or case["text"][:60].replace("\n", " / ")


def outcome(case):
    """Return what would be carried out, and whether anything is asked about.

    A hand-out that lacks the number or the document is always asked about.
    """
    letter = case["text"].replace("{digest}", DIGEST.rstrip("\n")).replace("{quoted}", QUOTED)
    reply = clerk.read(letter, [DIGEST], today=TODAY)
    made = [] if reply.doubt else list(reply.commands)
    whole = [c for c in made if c.act is not Act.HANDED_OUT or (c.number and c.id_kind)]
    asked = reply.doubt or bool(reply.unread) or len(whole) < len(made)
    return Counter(map(clerk_scoring.told, whole)), asked


def meant(case):
    """Return what the case's truth holds."""
    return Counter(map(clerk_scoring.keyed, case["commands"]))


@pytest.mark.parametrize("case", EVERYDAY, ids=name)
def test_no_everyday_mail_is_carried_out_wrongly(case):
    made, asked = outcome(case)
    assert not made - meant(case)
    assert asked or not case["asked"]
    assert asked or made == meant(case)


def test_most_everyday_mails_are_understood():
    right = [case for case in EVERYDAY if outcome(case) == (meant(case), case["asked"])]
    assert len(right) >= LEAST_RIGHT


@pytest.mark.parametrize("case", HOSTILE, ids=name)
def test_a_treacherous_mail_does_no_more_than_what_is_plain_in_it(case):
    reply = clerk_scoring.read(case)
    made = Counter(() if reply.doubt else map(clerk_scoring.told, reply.commands))
    assert made == meant(case)
    assert reply.unread or reply.doubt
