"""MIME made by hand, read back by the standard library."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.mime import Inline, mailbox, message, words

NAMES = ("Lokala EK, Järfälla kommun", 'EK "Norr"', "Lokala EK", "Åsa; <x@y>, Ö", "A, B")


@pytest.mark.parametrize("name", NAMES)
def test_a_display_name_stays_one_mailbox_whatever_stands_in_it(name):
    headers = [("From", mailbox(name, "ek@kommun.example"))]
    read = message_from_bytes(message(headers, "a\n", "<p>a</p>\n", boundary="x"),
                              policy=policy.default)  # fmt: skip
    (address,) = read["From"].addresses
    assert address.display_name == name
    assert address.addr_spec == "ek@kommun.example"


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc"]))
)
def test_text_and_html_come_back_as_they_were(text):
    lines = f"{text}\n.\nFrom en rad\n{'lång ' * 300}{text}\n"
    raw = message([("Subject", words("Ämne åäö " * 12, "Subject"))], lines, f"<p>{lines}</p>\n",
                  boundary="gräns".encode("idna").decode())  # fmt: skip
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = message_from_bytes(raw, policy=policy.default)
    plain = read.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert plain.rstrip("\n") == lines.rstrip("\n")
    assert read["Subject"].strip() == ("Ämne åäö " * 12).strip()


def test_pictures_stand_beside_the_html_that_shows_them():
    pictures = (
        Inline("1.abc@ekbot", b"\x89PNG" + bytes(range(256)) * 40),
        Inline("2.abc@ekbot", b"x"),
    )
    html = '<img src="cid:1.abc@ekbot"><img src="cid:2.abc@ekbot">\n'
    raw = message([("Subject", "a")], "ord\n", html, boundary="g", pictures=pictures)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = message_from_bytes(raw, policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    plain, related = read.iter_parts()
    assert plain.get_content().strip() == "ord"
    assert related.get_content_type() == "multipart/related"
    page, *shown = related.iter_parts()
    assert page.get_content().strip() == html.strip()
    assert [(p["Content-ID"], p.get_content()) for p in shown] == [
        (f"<{p.name}>", p.content) for p in pictures
    ]
    assert not list(read.iter_attachments())[1:]
