"""The headers of a letter, its bytes and its thread."""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from bot.app.letters import Letters, OfficeFacts, message_id, samples
from bot.app.samples import named
from bot.domain.letters import EndingSoon, HandedOver, Letter
from tests.letters import (
    NAME,
    NOW,
    OFFICE,
    TEMPLATES,
    mail,
    parts,
    question,
    rendered,
    to_manager,
)


def test_an_answer_carries_all_that_other_programs_ask_for():
    letter = to_manager(HandedOver(), in_reply_to="<b@x.example>", references=("<a@x.example>",))
    read = mail(letter)
    assert read["From"].addresses[0].addr_spec == "lokala-ek@jarfalla.example"
    assert read["From"].addresses[0].display_name == "Lokala EK i Järfälla kommun"
    assert [a.addr_spec for a in read["To"].addresses] == ["asa.oberg@jarfalla.example"]
    assert read["Message-ID"] == NAME
    assert read["In-Reply-To"] == "<b@x.example>"
    assert read["References"] == "<a@x.example> <b@x.example>"
    assert read["Auto-Submitted"] == "auto-replied"
    assert read["X-Auto-Response-Suppress"] == "All"
    assert (read["X-EKbot-Kind"], read["X-EKbot-Case"]) == ("handed_over", "K-17")
    assert read["X-EKbot-Letter"] == "B-4"
    assert read["Precedence"] is None
    assert read.get_content_type() == "multipart/alternative"


def test_a_letter_of_our_own_accord_is_generated_and_has_no_thread():
    read = mail(to_manager(EndingSoon("Bo Ek", "", date(2026, 12, 23), 30)), case=None)
    assert read["Auto-Submitted"] == "auto-generated"
    assert (read["In-Reply-To"], read["References"]) == (None, None)
    assert read["X-EKbot-Case"] == read["X-EKbot-Letter"]


@pytest.mark.parametrize(
    ("now", "offset"),
    [(NOW, "Mon, 23 Nov 2026 09:00:00 +0100"),
     (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "Thu, 02 Jul 2026 00:30:00 +0200")],
)  # fmt: skip
def test_the_date_is_the_offices(now, offset):
    assert mail(question(), now=now)["Date"] == offset


def test_equal_input_gives_equal_bytes():
    for letter in samples():
        assert rendered(letter) == rendered(letter, letters=Letters(TEMPLATES, OFFICE))


@pytest.mark.parametrize("name", sorted(named()))
def test_the_bytes_pass_every_server(name):
    raw = rendered(named()[name]).raw
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert not message_from_bytes(raw, policy=default).defects


def test_a_long_message_id_is_never_encoded():
    long = f"<{'A1' * 60}@EUR05.prod.outlook.example>"
    raw = rendered(to_manager(HandedOver(), in_reply_to=long, references=(long, "<b@x>"))).raw
    assert f"\r\nIn-Reply-To: {long}\r\n".encode() in raw
    assert f"\r\nReferences: <b@x>\r\n {long}\r\n".encode() in raw


def test_a_long_thread_keeps_its_start_and_its_newest_letters():
    ids = tuple(f"<{n}.{'x' * 90}@x.example>" for n in range(500))
    found = mail(to_manager(HandedOver(), in_reply_to=ids[-1], references=ids))["References"]
    kept = found.split()
    assert (kept[0], kept[-1]) == (ids[0], ids[-1])
    assert kept[1:] == list(ids[-len(kept) + 1 :])
    assert 20 < len(kept) < 50


@pytest.mark.parametrize(
    "bad", ["<a@x>\r\nBcc: b@x.example", "<a b@x>", "a@x", "<å@x>", "<a@x", "<<a@x>>", "\r\n"]
)
def test_an_id_that_is_none_is_left_out(bad):
    letter = to_manager(HandedOver(), in_reply_to=bad, references=(bad, "<ok@x>"))
    read = mail(letter)
    assert read["In-Reply-To"] is None
    assert read["References"] == "<ok@x>"
    assert read["Bcc"] is None


@pytest.mark.parametrize(
    "bad", ["a@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example", "a"]
)
def test_an_address_that_is_none_never_reaches_the_header(bad):
    read = mail(Letter((bad, "bo.ek@jarfalla.example"), HandedOver()))
    assert read["To"] == "bo.ek@jarfalla.example"
    assert read["Bcc"] is None
    assert mail(Letter((bad,), HandedOver()))["To"] == "undisclosed-recipients:;"


def test_an_address_with_a_swedish_domain_goes_in_ascii():
    raw = rendered(Letter(("bo.ek@järfälla.example", "eva@x.example"), HandedOver())).raw
    assert b"To: bo.ek@xn--jrflla-buac.example,\r\n eva@x.example\r\n" in raw


def test_the_message_id_follows_from_the_key():
    first = message_id("17/3/0", "järfälla.example")
    assert first == message_id("17/3/0", "järfälla.example")
    assert first != message_id("17/3/1", "järfälla.example")
    assert re.fullmatch(r"<ekbot\.[0-9a-f]{32}@xn--jrflla-buac\.example>", first)


def test_an_office_with_odd_signs_in_its_name_can_write():
    office = OfficeFacts('EK "Syd", Åre\r\nBcc: x@y.example', "ek@are.example")
    read = mail(question(), letters=Letters(TEMPLATES, office))
    assert read["From"].addresses[0].display_name == 'EK "Syd", Åre Bcc: x@y.example'
    assert read["Bcc"] is None
    assert "Telefon" not in "".join(parts(question(), letters=Letters(TEMPLATES, office)))
