"""What letters about cards promise to understand is understood; our own words report no loss."""

import re
from datetime import date

import pytest

from bot.app.samples import named
from bot.domain.reports import CardWord
from parsers.answers import card_replies, inventory, losses
from parsers.answers.fresh import fresh
from tests.letters import case_of, parts

TODAY = date(2026, 11, 23)
NAMED = named()
PROMISED = re.compile(r"(?:Svara|till exempel) ”([^”]+)”")
WORDS = {
    "redan lämnat": CardWord.BACK,
    "förläng till": CardWord.EXTEND,
    "ja": CardWord.YES,
    "nej": CardWord.NO,
}
RETURNS = ("reserve_reminder", "card_return", "reply_noted", "extension_asked", "extension",
           "appointment", "booking", "card_reminder", "card_expiring")  # fmt: skip
ANSWERED = sorted(n for n, letter in NAMED.items() if letter.kind in RETURNS or "receipt" in n)


def answer(words, subject, text):
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    plain = f"Från: Lokala EK\nSkickat: den 23 november 2026 09:00\nÄmne: {subject}\n\n{text}"
    for below in (f"Den 23 nov. 2026 skrev Lokala EK:\n{quoted}", plain):
        yield fresh(f"{words}\n\nMvh Märta Åkerström\n\n{below}", (text,), ("Märta Åkerström",))


@pytest.mark.parametrize("name", ANSWERED)
def test_every_answer_that_a_letter_proposes_is_understood(name):
    subject, text, _ = parts(NAMED[name], case=case_of(NAMED[name]))
    for words in PROMISED.findall(text):
        wanted = next(word for start, word in WORDS.items() if words.startswith(start))
        for pieces in answer(words, subject, text):
            reply = card_replies.understand(pieces, TODAY)
            assert [said.word for said in reply.said] == [wanted]
            assert not reply.unread


def test_every_answer_that_an_inventory_proposes_is_understood():
    letter = NAMED["inventory"]
    subject, text, _ = parts(letter, case=None)
    rows = {row.row: row.number for row in letter.content.rows}
    for words, there, missing in (("alla finns", (1, 2, 3, 4, 5, 6), ()), ("3 saknas", (), (3,))):
        assert f"”{words}”" in text
        for pieces in answer(words, subject, text):
            reply = inventory.understand(pieces, rows)
            assert (reply.there, reply.missing, reply.unread) == (there, missing, ())


@pytest.mark.parametrize("name", ANSWERED)
def test_a_letter_that_is_quoted_whole_reports_no_loss(name):
    subject, text, _ = parts(NAMED[name], case=case_of(NAMED[name]))
    lines = text.splitlines()
    assert losses.read(f"SV: {subject}", ["Redan lämnat."], lines, TODAY) is None
    assert losses.read(f"SV: {subject}", ["Redan lämnat.", *lines], [], TODAY) is None


def test_no_subject_of_ours_reports_a_loss():
    for letter in NAMED.values():
        if letter.kind != "loss_alert":
            subject, _, _ = parts(letter, case=case_of(letter))
            assert losses.read(f"SV: {subject}", ["Redan lämnat."], [], TODAY) is None, subject


def test_who_writes_what_the_letter_asks_about_a_card_out_of_sight_reports_a_loss():
    subject, text, _ = parts(NAMED["reserve_reminder-14"], case=None)
    assert "Vet du inte var kortet är? Skriv det genast" in text
    for words in ("Jag vet inte var kortet är.", "Kortet är borta.", "Hittar inte kortet."):
        assert losses.read(f"SV: {subject}", [words], text.splitlines(), TODAY) is not None, words
