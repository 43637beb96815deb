"""Clerks' mails with what they mean: plain, crooked and hostile ones. None may be misread."""

import pytest

from tests import clerk_scoring
from tests.clerk_letters import FOLDER

CASES = clerk_scoring.cases(FOLDER / "own.jsonl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60].replace("\n", " / "))
def test_a_mail_is_read_as_it_is_meant(case):
    reply = clerk_scoring.read(case)
    assert list(map(clerk_scoring.told, reply.commands)) == list(
        map(clerk_scoring.keyed, case["commands"])
    )
    assert list(reply.unread) == case["unread"]
    assert reply.doubt == case["doubt"]


def test_the_cases_are_many_and_many_of_them_must_not_be_carried_out():
    assert len(CASES) >= 150
    assert sum(case["doubt"] or bool(case["unread"]) for case in CASES) >= 50
    assert sum(not case["doubt"] and bool(case["commands"]) for case in CASES) >= 100


def test_the_scorer_tells_right_from_asked_and_wrong():
    done = {"act": "done", "ref": "K-17"}
    right = {"text": "K-17 klar", "commands": [done], "unread": [], "doubt": False}
    assert clerk_scoring.judged(right) == clerk_scoring.RIGHT
    other = {**right, "commands": [{**done, "ref": "K-18"}]}
    assert clerk_scoring.judged(other) == clerk_scoring.WRONG
    assert clerk_scoring.judged({**right, "doubt": True}) == clerk_scoring.WRONG
    assert clerk_scoring.judged({**right, "text": "K-17 avklarad typ"}) == clerk_scoring.ASKED
