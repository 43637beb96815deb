"""What holds for every clerk's mail, whatever it says."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clerk_reply import Act
from parsers.answers import clerk
from tests.clerk_letters import DIGEST, TODAY
from tests.unit.parsers.test_clerk_commands import PLAIN

LINES = {line: said for line, said in PLAIN.items() if said[1]}
FIXED = [line for line in LINES if LINES[line][0] is not Act.NOTE]
NEGATIONS = ("inte", "ej", "aldrig", "icke", "inte än", "ännu inte", "nej", "not", "ingen")
COURTESY_ABOVE = ("Hej!", "God morgon", "Hej igen,", "Tack för listan!", "Här kommer dagens svar:")
COURTESY_BELOW = ("Mvh Anna", "Tack!", "Med vänlig hälsning\nAnna Lind\nHandläggare", "/Anna",
                  "Ha en bra dag!", "Skickat från min iPhone", "--\nAnna Lind\n08-123 45 67")  # fmt: skip
WORDS = tuple(
    """klar klart avslå fel enhet återlämnat tillbaka spärrat kortet chefen fråga om startdatum
    godkänn ok visa jag tar den beställt utlämnat körkort 12/11 igår alla är och i på det hos
    regionen efternamn Öberg telefon 17 18 anteckning: ringde svarade nu i fredags pass""".split()  # noqa: SIM905 - reads better as running text
)


def read(text):
    return clerk.read(text, [DIGEST], today=TODAY)


def done(reply):
    """Return what would be carried out."""
    return () if reply.doubt else reply.commands


@given(st.lists(st.sampled_from(WORDS[:-1]), min_size=1, max_size=9))
def test_words_without_a_handle_command_nothing(words):
    line = " ".join(w for w in words if w not in ("17", "18"))
    assert not read(line).commands


@given(st.text(max_size=80))
def test_any_text_without_a_handle_undoes_at_most(text):
    for command in read(text).commands:
        assert command.ref or command.act is Act.UNDO or "k" in text.casefold()


@given(
    st.sampled_from(COURTESY_ABOVE),
    st.lists(st.sampled_from(sorted(LINES)), min_size=1, max_size=4, unique=True),
    st.sampled_from(COURTESY_BELOW),
)
def test_courtesy_around_changes_nothing(above, lines, below):
    plain = read("\n".join(lines))
    assert read("\n".join([above, "", *lines, "", below])) == plain


@settings(max_examples=300)
@given(st.sampled_from(FIXED), st.sampled_from(NEGATIONS), st.integers(0, 12), st.booleans())
def test_a_negation_in_a_line_never_leaves_a_command_carried_out(line, negation, place, also):
    words = line.split()
    words.insert(min(place, len(words)), negation)
    text = " ".join(words)
    assert not done(read(f"K-99 klar\n{text}" if also else text))


@given(st.sampled_from(FIXED), st.sampled_from(NEGATIONS), st.booleans())
def test_a_negation_on_a_line_of_its_own_stops_the_mail(line, negation, before):
    lines = [negation, line] if before else [line, negation]
    assert not done(read("\n".join(lines)))


@given(st.permutations(sorted(line for line in LINES if LINES[line][1] not in ("K-17", "K-18"))))
def test_the_order_of_independent_lines_does_not_matter(lines):
    reply = read("\n".join(lines))
    assert not reply.doubt
    assert not reply.unread
    assert len(reply.commands) == len(lines)
    assert {(c.act, c.ref) for c in reply.commands} == {LINES[line][:2] for line in lines}


@pytest.mark.parametrize("line", [line for line in DIGEST.splitlines() if line.strip()])
def test_a_printed_line_taken_as_it_is_commands_nothing(line):
    assert not read(line).commands
    assert not read(line.strip()).commands
    assert not clerk.read(line.strip(), [], today=TODAY).commands
    assert not read(f"K-99 klar\n{line.strip()}").commands[1:]


@pytest.mark.parametrize(
    "spelling",
    ["K-17", "k-17", "K17", "k17", "K 17", "K - 17", "K\u201117", "K\u201317", "K\u201417",
     "K\u221217", "\uff2b\uff0d\uff11\uff17", "K-\u200b17", "\ufeffK-17", "K\u00a017",
     "K\u00ad-17", "17", "#17", "nr 17", "Ärende 17", "ärende K-17", "17:", "K-17:", "(K-17)"],
)  # fmt: skip
def test_a_handle_is_known_in_every_spelling(spelling):
    assert [(c.act, c.ref) for c in done(read(f"{spelling} klar"))] == [(Act.DONE, "K-17")]


@pytest.mark.parametrize(
    "spelling",
    ["\u041a-17", "K-\u0661\u0667", "K-17\u00b2", "KK-17", "K-17a", "K-017", "K-0", "K-17@x",
     "AK-17", "K-1.7", "K-17/18", "M-41", "9917", "K_17", "\u202eK-17", "@K-17"],
)  # fmt: skip
def test_what_only_resembles_a_handle_is_none(spelling):
    assert not done(read(f"{spelling} klar"))


@given(st.sampled_from(sorted(LINES)))
def test_decomposed_letters_read_as_composed_ones(line):
    assert read(unicodedata.normalize("NFD", line)) == read(line)


def test_a_bare_number_counts_only_where_the_letter_shows_it():
    assert not done(clerk.read("17 klar", ["K-18  Annat: Bo Ek"], today=TODAY))
    both = ["K-17  Ett: Bo Ek\nC-17  Annat: Bo Ek"]
    assert not done(clerk.read("17 klar", both, today=TODAY))


HOSTILE = {
    "handles": "K-17 ",
    "handles in a list": "K-17, 18, ",
    "one long line of commands": "K-17 klar, ",
    "lines of commands": "K-17 klar\n",
    "digits": "12345678 ",
    "dashes": "K-17 -" + "-" * 40 + " ",
    "fields": "K-21 efternamn Öberg, telefon 08-123 45 67 och ",
    "reasons": "K-19 avslå och inte är fel. ",
    "politeness": "tack tack hej, ",
    "marks": "> > > K-17 klar\n",
    "spaces": "K-17" + " " * 50 + "\n",
}


def calls(text):
    """Return how many calls reading *text* takes."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_grows_with_the_text_and_no_faster(name):
    one = (HOSTILE[name] * 10_000)[:20_000]
    assert calls(one * 2) < 2.6 * calls(one)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_is_never_carried_out_in_part(name):
    text = (HOSTILE[name] * 1_000_000)[:1_000_000]
    assert not done(read(text))
