"""Letters about cards: what each reader is told, on paper and in the mail; what never is asked."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.app.letters import BY_POST, Shown
from bot.app.samples import named
from bot.cli.words import swedish
from bot.domain.card_letters import Inventory, LossAlert, Reader, StockRow
from bot.domain.values import CaseId
from tests.letters import LETTERS, NOW, Visible, case_of, parts, to_manager

NAMED = named()
ON_PAPER = sorted(name for name in NAMED if name.endswith("-by_post"))
KINDS = sorted({letter.kind for letter in NAMED.values()})
ABOUT_CODES = re.compile(r"aldrig|inte|egen\.|får kortet med koder")


def said(sample, **changes):
    """Return subject, text and what is seen of the HTML of a sample, changed."""
    letter = NAMED[sample]
    changed = replace(letter, content=replace(letter.content, **changes))
    subject, text, html = parts(changed, case=case_of(letter))
    return subject, text, Visible(html).text


@pytest.mark.parametrize("kind", KINDS)
def test_the_clerk_has_a_word_for_every_kind_of_letter(kind):
    assert swedish(kind) != kind


# --- on paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_letter_to_somebody_without_an_address_asks_the_clerk_to_post_it_first_of_all(name):
    subject, text, html = parts(NAMED[name], case=case_of(NAMED[name]))
    assert subject.startswith(BY_POST)
    note = "Till dig på Lokala EK: Märta Åkerström har ingen mejladress."
    assert text.startswith(note)
    assert text.index(note) < text.index("-" * 72) < text.index("Hej!")
    assert Visible(html).text.index(note) < html.index("<h1")
    assert "@media print" in html
    assert 'class="clerk"' in html


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_letter_on_paper_is_not_answered_by_replying_to_it(name):
    _, text, html = parts(NAMED[name], case=case_of(NAMED[name]))
    for body in (text, Visible(html).text):
        assert "Svara" not in body
        assert "svara på det" not in body
        assert "08-465 004 00" in body


def test_a_letter_by_mail_says_nothing_of_printing():
    for name in set(NAMED) - set(ON_PAPER):
        subject, text, html = parts(NAMED[name], case=case_of(NAMED[name]))
        assert BY_POST not in subject
        assert "Till dig på Lokala EK" not in text
        assert 'class="clerk"' not in html


def test_markup_and_numbers_in_the_name_on_paper_stay_plain_and_masked():
    letter = replace(NAMED[ON_PAPER[0]], by_post="<b>Bo</b>\r\n199001012385")
    _, text, html = parts(letter)
    assert "<b>Bo</b> ********-****" in text
    assert "<b>" not in html
    assert "199001012385" not in html


# --- what is never asked -------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(NAMED))
def test_no_letter_asks_for_a_code(name):
    _, text, _ = parts(NAMED[name], case=case_of(NAMED[name]))
    told = [s for s in re.split(r"(?<=[.?!])\s+", text) if re.search(r"\bkod", s, re.IGNORECASE)]
    assert all(ABOUT_CODES.search(sentence) for sentence in told)


@pytest.mark.parametrize("name", ["loss_alert", "loss_advice", "reserve_reminder-14"])
def test_an_identity_number_is_masked_in_a_letter_about_a_card(name):
    number = "199001012385"
    subject, text, seen = said(name, name=f"Bo {number}")
    assert number not in subject + text + seen


# --- reserve cards -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [(-14, "om 14 dagar"), (-1, "i morgon"), (0, "i dag"), (1, "Det är 1 dag sedan"),
     (7, "Det är 7 dagar sedan")],
)  # fmt: skip
@pytest.mark.parametrize("reader", [Reader.HOLDER, Reader.BOTH, Reader.MANAGER])
@pytest.mark.parametrize("name", ["reserve_reminder-14", "card_return-before"])
def test_a_reminder_tells_how_long_it_is(name, reader, days, words):
    subject, text, seen = said(name, days=days, reader=reader)
    assert words in text
    assert words in seen
    assert str(NAMED[name].content.due.year) in subject
    assert "Svara ”redan lämnat”" in text


def test_an_example_of_a_longer_loan_is_a_day_to_come():
    late = {"due": date(2026, 11, 20), "days": 3}
    assert "”förläng till 7/12”" in said("reserve_reminder-14", **late)[1]
    assert "”förläng till 8/1”" in said("reserve_reminder-14", due=date(2026, 12, 25))[1]


def test_a_card_that_is_due_early_can_not_be_kept_longer():
    assert "förläng" in said("reserve_reminder-14")[1]
    assert "förläng" not in said("reserve_reminder-early")[1]
    assert (
        "Ditt e-tjänstekort är aktiverat. Ditt reservkort ska därför"
        in (said("reserve_reminder-early")[1])
    )


def test_only_a_signature_in_doubt_is_asked_about_with_its_picture():
    letter = NAMED["receipt_form-doubtful"]
    shown = {"kvittens.png": Shown("1.a@ekbot", 480, 90)}
    _, text, html = LETTERS.words(letter, case=CaseId(17), now=NOW, pictures=shown)
    images = [found for tag, found in Visible(html).tags if tag == "img"]
    assert [(i["src"], i["alt"]) for i in images] == [
        ("cid:1.a@ekbot", "Bild av rutan för underskrift")
    ]
    assert "Svara ”ja”" in text
    assert "Svara ”ja”" not in said("receipt_form-unsigned")[1]


# --- losses --------------------------------------------------------------------------------------


def test_a_loss_tells_what_to_run_before_what_is_known():
    _, text, seen = said("loss_alert")
    command = 'ekbot card blocked --number "9752 2790 0018 4452"'
    for body in (text, seen):
        assert command in body
        assert body.index("Spärra kortet") < body.index(command) < body.index("Det här vet vi")
        assert "2026-11-22 kl. 22.14" in body


def test_a_loss_that_is_unclear_is_read_before_anything_is_blocked():
    subject, text, _ = said("loss_alert-unclear")
    assert subject.startswith("BRÅDSKANDE: kanske")
    assert text.index("ekbot case show 17") < text.index("ekbot card blocked")


def test_a_found_card_stays_blocked():
    for name in ("loss_alert-found", "loss_advice-found"):
        subject, text, _ = said(name)
        assert "spärrat" in subject
        assert "BRÅDSKANDE" not in subject
        assert "Använd inte kortet" in text or "Det lämnas inte ut igen" in text


def test_which_of_several_cards_is_lost_must_be_found_out_first():
    _, text, _ = said("loss_alert-several")
    assert text.index("vilket av korten") < text.index("- Spärra kortet")
    assert '--number "kortets nummer"' in text


def test_what_a_stranger_wrote_of_a_loss_stays_plain_text():
    nasty = "<script>alert(1)</script>{{ 7 * 7 }}"
    alert = LossAlert("K-17", nasty, nasty, "kort", "i dag", nasty, words=nasty)
    _, text, html = parts(to_manager(alert))
    assert text.count(nasty) == 4
    assert "<script" not in html


# --- lists ---------------------------------------------------------------------------------------


def test_each_row_of_an_inventory_starts_with_its_number_in_text_and_html():
    letter = NAMED["inventory"]
    _, text, html = parts(letter, case=None)
    for row in letter.content.rows:
        assert f"\n{row.row}. {row.number}" in text
        assert re.search(rf"<p[^>]*><strong>{row.row}\. 9752&nbsp;", html)


def test_the_example_of_a_missing_card_is_a_row_that_exists():
    one = Inventory(date(2026, 11, 23), (StockRow(1, "9752 2790 0018 4453", ""),))
    _, text, _ = parts(to_manager(one), case=None)
    assert "det här kortet" in text
    assert "”1 saknas”" in text
    assert "”3 saknas”" in said("inventory")[1]


def test_cards_of_people_who_have_left_are_counted_with_the_protected_ones():
    assert "5 kort" in said("ended_with_card-protected")[0]
    assert "2 kort till ligger hos särskild handläggare." in said("ended_with_card-protected")[1]
    assert "2 kort ligger" in said("ended_with_card-protected", rows=())[1]
    assert said("ended_with_card-none")[0].endswith(": ingen")
