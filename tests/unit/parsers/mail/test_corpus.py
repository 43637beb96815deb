"""Every mail of the corpus is read as written down, and any bytes at all are a mail."""

import dataclasses
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mail.message import ParsedMail, parse
from tests.golden.build_mails import FOLDER
from tests.golden.expected_mails import GATEWAY, OWN, expectation

MAILS = sorted(path.stem for path in FOLDER.glob("*.eml"))
RAW = {name: (FOLDER / f"{name}.eml").read_bytes() for name in MAILS}


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_of_the_corpus_is_read_as_written_down(name):
    expected = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert expectation(RAW[name]) == expected


def test_the_corpus_is_whole():
    assert len(MAILS) >= 70
    assert all(len(list(FOLDER.glob(f"{name}.*"))) == 2 for name in MAILS)


def test_reading_twice_gives_the_same():
    assert all(parse(raw) == parse(raw) for raw in RAW.values())


@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_mail(raw):
    sound(parse(raw, own_addresses=OWN, authserv_id=GATEWAY))


_FIELDS = st.sampled_from(
    ["From", "To", "Subject", "Date", "Message-ID", "References", "Return-Path", "Content-Type",
     "Content-Disposition", "Content-Transfer-Encoding", "Authentication-Results", "Content-ID",
     "Auto-Submitted", "Precedence", "X-EKbot-Kind"]
)  # fmt: skip
_SCRAPS = st.sampled_from(
    ["<", ">", "@", "=?utf-8?q?", "?=", '"', "(", ")", ";", ",", ":", "\\", "filename*0*=", "x@y.z",
     "multipart/mixed; boundary=", "b", "message/rfc822", "text/html; charset=", "base64", "dmarc=pass",
     "mx.jarfalla.example;", "\r", "\n ", "\x00", "å", "\udce5", "%E5", "''", "1", "utf-7", "punycode"]
)  # fmt: skip


@st.composite
def odd_mails(draw):
    lines = [
        f"{draw(_FIELDS)}: {''.join(draw(st.lists(_SCRAPS, max_size=8)))}\r\n"
        for _ in range(draw(st.integers(0, 8)))
    ]
    body = draw(
        st.sampled_from(["", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n", "<p>x"])
    )
    return f"{''.join(lines)}\r\n{body}".encode("utf-8", "surrogateescape")


@given(odd_mails())
def test_any_headers_are_a_mail(raw):
    sound(parse(raw, own_addresses=OWN, authserv_id=GATEWAY))


@given(st.sampled_from(MAILS), st.integers(0, 6_000))
def test_a_truncated_mail_is_a_mail(name, length):
    sound(parse(RAW[name][:length]))


@settings(max_examples=100)
@given(st.sampled_from([n for n in MAILS if RAW[n]]), st.data())
def test_a_mail_with_flipped_bytes_is_a_mail(name, data):
    raw = bytearray(RAW[name])
    for _ in range(data.draw(st.integers(1, 12))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    sound(parse(bytes(raw), own_addresses=OWN, authserv_id=GATEWAY))


def sound(mail: ParsedMail) -> None:
    """What every later step counts on: text that a database takes, one line where one is meant."""
    for value in _texts(mail):
        value.encode("utf-8")
        assert "\x00" not in value
    for line in (mail.subject, mail.sender_name, *(a.name for a in mail.attachments)):
        assert "\n" not in line
    assert all(a.name and "/" not in a.name and "\\" not in a.name for a in mail.attachments)
    assert mail.sender == "" or mail.sender.count("@") == 1
    assert mail.date is None or (isinstance(mail.date, datetime) and mail.date.tzinfo is not None)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
