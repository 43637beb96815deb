"""How long the bot waits before it tries again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backoff import delay


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (10_000, 300)]
)
def test_the_wait_doubles_up_to_five_minutes(attempt, seconds):
    assert delay(attempt, 0.0) == seconds


@given(st.integers(-5, 10**9), st.floats(0, 1))
def test_the_die_takes_away_at_most_half(attempt, jitter):
    assert delay(attempt, 0.0) / 2 <= delay(attempt, jitter) <= delay(attempt, 0.0) <= 300


def test_two_programs_with_different_dice_do_not_return_together():
    assert delay(6, 0.1) != delay(6, 0.9)
