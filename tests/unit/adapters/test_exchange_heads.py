"""The head of a mail as it came, put back where the server has made another."""

from __future__ import annotations

import pytest

from bot.adapters.exchange.heads import as_it_came

CAME = (
    "Received: from a by b;\n\tMon, 23 Nov 2026 08:00:00 +0100\nAuthentication-Results: mx; dmarc=pass\n"
    "From: Anna <anna@x.example>\nDate: Mon, 23 Nov 2026 08:00:00 +0100\nSubject: Hej\n"
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="den-egna"\n\n'
)
MADE = (
    b"MIME-Version: 1.0\r\nFrom: Anna <anna@x.example>\r\nSubject: Hej\r\nX-Mailer: server\r\n"
    b'Content-Type: multipart/mixed;\r\n\tboundary="--=_%b"\r\n\r\n----=_%b\r\n'
    b"Content-Type: text/plain\r\n\r\n----=_1x i texten\r\n----=_%b--\r\n"
)


def made(lot: bytes) -> bytes:
    return MADE.replace(b"%b", lot)


def head(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


def test_the_head_is_as_it_came_and_the_body_as_it_is_now():
    raw = as_it_came(made(b"1"), CAME)
    assert head(raw) == [
        *(line.encode() for line in CAME.split("\n")[:6]),
        b"MIME-Version: 1.0", b"Content-Type: multipart/mixed;", b'\tboundary="=_part_0"',
    ]  # fmt: skip
    assert b"\r\n--=_part_0\r\nContent-Type: text/plain\r\n" in raw
    assert b"----=_1x i texten" in raw
    assert raw.endswith(b"\r\n--=_part_0--\r\n")


def test_boundaries_drawn_by_lot_make_no_other_mail():
    assert as_it_came(made(b"1"), CAME) == as_it_came(made(b"22"), CAME)


@pytest.mark.parametrize(
    "came",
    [
        "",
        "Subject: Hej\nFrom: Anna <anna@x.example>\n",
        "From: Anna <anna@x.example>\r\n\r\nX-In-The-Body: no\n",
        'From: Anna\nContent-Type: multipart/mixed; boundary="--=_1"\nContent-Language: sv\n',
    ],
)
def test_a_mail_whose_mime_lacks_nothing_is_left_as_it_is(came):
    own = came or "boundary"
    raw = made(b"1") if "boundary" in own else made(b"1").replace(b"--=_1", b"_000_1_")
    assert as_it_came(raw, came) == raw


def test_exchanges_boundaries_are_its_own_and_lasting():
    raw = made(b"1").replace(b"--=_1", b"_000_1_")
    assert b'boundary="_000_1_"' in as_it_came(raw, CAME)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize(
    "people",
    ["From: Anna <anna@x.example>\nFrom: <bo@x.example>\n", "From: <a@x.example>, <b@x.example>\n"],
)
def test_two_authors_do_not_become_one(people, dated):
    came = CAME.replace("From: Anna <anna@x.example>\n", people)
    if not dated:
        came = "\n".join(line for line in came.split("\n") if not line.startswith("Date"))
    fields = [line for line in head(as_it_came(made(b"1"), came)) if line.startswith(b"From")]
    assert fields == [line.encode() for line in people.splitlines()]


def test_no_author_does_not_become_one():
    came = CAME.replace("From: Anna <anna@x.example>\n", "")
    assert not any(line.startswith(b"From") for line in head(as_it_came(made(b"1"), came)))


def test_what_exchange_says_itself_stays():
    field = b"X-MS-Exchange-Organization-AuthAs: Internal"
    raw = as_it_came(field + b"\r\n" + made(b"1"), CAME)
    assert field in head(raw)
    assert head(as_it_came(made(b"1"), field.decode() + "\n" + CAME))[0] == field


def test_a_head_that_is_not_whole_only_adds():
    fields = head(as_it_came(made(b"1"), "Subject: annat\nX-Spar: 1\n"))
    assert fields[0] == b"X-Spar: 1"
    assert b"Subject: Hej" in fields
    assert b"From: Anna <anna@x.example>" in fields


def test_a_subject_whose_letters_the_head_has_lost_is_taken_as_the_server_read_it():
    raw = made(b"1").replace(b"Subject: Hej", b"Subject: =?utf-8?Q?H=C3=A5j?=")
    fields = head(as_it_came(raw, CAME.replace("Subject: Hej", "Subject: H?j")))
    assert b"Subject: =?utf-8?Q?H=C3=A5j?=" in fields
    assert sum(line.startswith(b"Subject") for line in fields) == 1


def test_two_subjects_stay_two():
    fields = head(as_it_came(made(b"1"), CAME.replace("Subject", "Subject: a\nSubject")))
    assert [line for line in fields if line.startswith(b"Subject")] == [
        b"Subject: a",
        b"Subject: Hej",
    ]


def test_what_is_signed_is_not_touched():
    signed = (
        b"--yttre\r\nContent-Type: multipart/mixed; boundary=inre\r\n\r\n--inre--\r\n--yttre--\r\n"
    )
    raw = b"Content-Type: multipart/signed; boundary=yttre\r\n\r\n" + signed
    got = as_it_came(raw, CAME)
    assert b"Content-Type: multipart/mixed; boundary=inre\r\n\r\n--inre--\r\n" in got
    assert as_it_came(raw, CAME.replace("den-egna", "yttre")).endswith(b"\r\n\r\n" + signed)


def test_what_came_under_exchanges_own_name_does_not_count_against_what_it_says():
    name = b"X-MS-Exchange-Organization-AuthAs: "
    for came in (CAME + name.decode() + "Internal\n", name.decode() + "Internal\n" + CAME):
        raw = as_it_came(name + b"Anonymous\r\n" + made(b"1"), came.replace("\n\n", "\n"))
        assert [line for line in head(raw) if line.startswith(name)] == [name + b"Anonymous"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_bare_carriage_return_ends_no_line(end):
    came = CAME.replace("Subject: Hej", "Subject: Hej\rX-Odd: 1\r\r;").replace("\n", end)
    fields = head(as_it_came(made(b"1"), came))
    assert b"Subject: Hej X-Odd: 1  ;" in fields
    assert not any(b"\r" in line for line in fields)


def many(count: int) -> bytes:
    names = [b"lott%d" % number for number in range(count - 1)]
    inside = b"".join(b"boundary=%b ;\r\n--%b \t\r\n--%b--\r\n" % (n, n, n) for n in names)
    return made(b"1") + inside


def test_boundaries_beyond_number_are_left_as_they_are():
    assert as_it_came(many(2_000), CAME).endswith(many(2_000).partition(b"\r\n\r\n")[2])
    few = as_it_came(many(200), CAME)
    assert b"lott" not in few
    assert few.count(b"\r\n--=_part_199 \t\r\n--=_part_199--\r\n") == 1


def test_names_that_look_like_each_other_are_told_apart():
    body = b'boundary=a\r\nboundary=a--\r\nboundary="=_part_0"\r\nboundary="b "\r\n'
    lines = b"--a\r\n--a----\r\n--=_part_0\r\n--b\r\n--b--\r\n--bc\r\n"
    raw = as_it_came(made(b"1") + body + lines, CAME)
    assert raw.endswith(
        b"--=_part_1\r\n--=_part_2--\r\n--=_part_3\r\n--=_part_4\r\n--=_part_4--\r\n--bc\r\n"
    )
