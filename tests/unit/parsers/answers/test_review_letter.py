"""The rows of a review letter read back."""

from bot.domain.review_reply import Listed
from parsers.answers.review_letter import rows_of

LETTER = """Hej Maria!

Arbetar de här personerna kvar hos dig?

Hemtjänst Söder
1. Anna-Karin Öberg, undersköterska, i EK sedan 2024-03-01
2. Fatima Zahra Benali, i EK sedan 2025-01-02, ny sedan förra gången

Hemtjänst Norr:
> 3. Jack O'Connor, vårdbiträde, natt

Så svarar du
"""


def test_rows_with_their_titles_and_units():
    assert rows_of(LETTER) == (
        Listed(1, "Anna-Karin", "Öberg", "undersköterska", "Hemtjänst Söder"),
        Listed(2, "Fatima", "Zahra Benali", "", "Hemtjänst Söder"),
        Listed(3, "Jack", "O'Connor", "vårdbiträde, natt", "Hemtjänst Norr"),
    )


def test_a_second_list_is_not_read():
    assert [r.row for r in rows_of(LETTER + LETTER)] == [1, 2, 3]


def test_other_numbers_are_no_rows():
    assert rows_of("1. 2026\n12) \n3. Ja\n" + "4. " + "a b" * 300) == ()
