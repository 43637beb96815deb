"""Every letter can be read: contrast by light and dark, headings in order, pictures in words."""

import re
from itertools import pairwise

import pytest

from bot.app.samples import named
from tests.letters import case_of, parts
from tests.looking import Colours, Headings


def test_a_pale_word_is_seen():
    (word,) = Colours('<p style="color:#999999;font-size:14px;">blek</p>').seen
    assert word.contrast < word.enough
    html = (
        "<style>@media (prefers-color-scheme: dark) { .back { background-color: #11161c "
        '!important; } }</style><p class="back" style="color:#173a64;">svart i svart</p>'
    )
    assert Colours(html).seen[0].contrast > 4.5
    assert Colours(html, dark=True).seen[0].contrast < 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", sorted(named()))
def test_every_word_stands_out_from_what_is_behind_it(name, dark):
    letter = named()[name]
    _, _, html = parts(letter, case=case_of(letter))
    seen = Colours(html, dark=dark).seen
    assert len(seen) > 5
    pale = [(s.text[:40], s.ink, s.paper) for s in seen if s.contrast < s.enough]
    assert pale == []


@pytest.mark.parametrize("name", sorted(named()))
def test_headings_go_down_one_step_at_a_time(name):
    letter = named()[name]
    _, _, html = parts(letter, case=case_of(letter))
    levels = Headings(html).levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", sorted(named()))
def test_no_word_is_smaller_than_a_phone_can_show_and_no_column_wider_than_its_screen(name):
    letter = named()[name]
    _, _, html = parts(letter, case=case_of(letter))
    assert min(s.size for s in Colours(html).seen) >= 13
    fixed = [int(w) for w in re.findall(r'<t[dh][^>]* width="(\d+)"', html)]
    assert all(width <= 180 for width in fixed)
