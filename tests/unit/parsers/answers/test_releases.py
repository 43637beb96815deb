"""«Släpp» lets the letters go; anything that could mean something else does not."""

from __future__ import annotations

import pytest

from parsers.answers.fresh import fresh
from parsers.answers.releases import says_go

LETTER = "Hej!\n\nI granskningen får 3 chefer frågan.\n\nSläpp breven\n\n- Svara ”släpp”.\n"


@pytest.mark.parametrize(
    "text",
    [
        "släpp",
        "Släpp!",
        "Ja",
        "ja, släpp dem",
        "Hej!\nSläpp breven nu\n\nMvh Eva",
        "Ok, kör",
        "Skicka iväg dem",
    ],
)
def test_a_plain_yes_lets_the_letters_go(text: str) -> None:
    assert says_go(fresh(text, [LETTER], ["Eva Ek"]))


@pytest.mark.parametrize(
    "text",
    [
        "släpp inte", "Nej", "vänta", "Släpp alla utom Per Ek", "Ja, men vänta med förskolan",
        "ska vi släppa?", "", "Tack!", "Jag är borta till måndag", "släpp på fredag",
        "Hej!\n> släpp",
    ],
)  # fmt: skip
def test_everything_else_is_read_by_a_clerk(text: str) -> None:
    assert not says_go(fresh(text, [LETTER], ["Eva Ek"]))
