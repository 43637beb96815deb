"""The small readers that a mail is taken apart with: addresses, words, names, charsets, HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail import html
from parsers.mail.addresses import mailboxes
from parsers.mail.charsets import clean, decode
from parsers.mail.headers import Headers, read_tree
from parsers.mail.message import parse
from parsers.mail.parameters import file_name, split
from parsers.mail.words import decode_words, lenient_base64


@pytest.mark.parametrize(
    ("value", "addresses"),
    [
        ("a@b.example", ["a@b.example"]),
        ("A.B@C.Example (en (liten) anm\\) ärkning)", ["a.b@c.example"]),
        ("(ej avslutad a@b.example", []),
        ('"Ek, \\"Kalle\\"" <a@b.example>', ["a@b.example"]),
        ('"chef@jarfalla.example" <ond@angrepp.example>', ["ond@angrepp.example"]),
        ("<a@b.example> <c@d.example>", [""]),
        ("<a@b.example> c@d.example", [""]),
        ("a@b@c.example", [""]),
        ('"a b"@c.example', [""]),
        ('"a b" c@d.example', [""]),
        ("<a@b.example", ["a@b.example"]),
        ("Grupp: a@b.example, c@d.example;", ["", ""]),
        ("Ek, Anna <a@b.example>, b@c.example", ["a@b.example", "b@c.example"]),
        ("", []),
        ("<>", [""]),
        ("chef@\u212aommun.example", ["chef@\u212aommun.example"]),
        ("\u00c5SA@kommun.example", ["\u00e5sa@kommun.example"]),
    ],
)
def test_only_a_clear_mailbox_has_an_address(value, addresses):
    assert [box.address for box in mailboxes(value)] == addresses


def test_a_display_name_is_decoded_after_the_address_is_found():
    (box,) = mailboxes("=?utf-8?q?=3Cx=40y=2Ez=3E?= Ek <a@b.example>")
    assert (box.name, box.address) == ("<x@y.z> Ek", "a@b.example")


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("inga alls", "inga alls"),
        ("=?utf-8?b?w6U=?=", "å"),
        ("=?iso-8859-1*sv?q?=E5_=E4?=", "å ä"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A5?=", "å"),
        ("=?utf-8?q?=C3=A5?= =?iso-8859-1?q?=E4?= x", "åä x"),
        ("a =?utf-8?q?b?= c =?utf-8?q?d?= e", "a b c d e"),
        ("=?utf-8?b?====?=", ""),
    ],
)
def test_encoded_words_are_joined_and_decoded(text, decoded):
    assert decode_words(text) == decoded


@pytest.mark.parametrize(
    ("raw", "content"),
    [(b"w6U=", b"\xc3\xa5"), (b"w 6\r\nU", b"\xc3\xa5"), (b"AAAAA", b"\0\0\0"), (b"!", b"")],
)
def test_base64_is_read_as_far_as_it_goes(raw, content):
    assert lenient_base64(raw) == content


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename=å.pdf", "å.pdf"),
        ('attachment; filename="citat \\" i.pdf', 'citat " i.pdf'),
        ("attachment; filename=a b.pdf ; x=1", "a b.pdf"),
        ("attachment; filename=gammal.pdf; filename*=utf-8''ny%C3%A5.pdf", "nyå.pdf"),
        ("attachment; filename*=utf-8''ny.pdf; filename=gammal.pdf", "ny.pdf"),
        ("attachment; filename*0=a; filename*1*=%C3%A5; filename*3=x", "aå"),
        ("attachment; filename*=trasig", "trasig"),
        ("attachment; *=1; filename=x", "x"),
        ("attachment" + "; a=1" * 300 + "; filename=x", ""),
    ],
)
def test_a_file_name_is_found_however_it_is_written(value, name):
    assert split(value)[1].get("filename", "") == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a.pdf", "a.pdf"),
        ("a\x00\u202eb\n.pdf", "ab .pdf"),
        ("a<b>.pdf", "a_b_.pdf"),
        (" ..", ""),
        ("å" * 300 + ".pdf", "å" * 146 + ".pdf"),
        ("å" * 300, "å" * 150),
        ("a." + "å" * 300, ("a." + "å" * 300)[:150]),
    ],
)
def test_a_file_name_is_fit_to_be_shown(name, shown):
    assert file_name(name) == shown


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("åäö".encode(), "utf-8", "åäö"),
        ("åäö".encode("latin-1"), "iso-8859-1", "åäö"),
        ("åäö – €".encode("cp1252"), "latin1", "åäö – €"),
        ("åäö".encode(), "iso-8859-1", "åäö"),
        ("åäö".encode("cp865"), "cp865", "åäö"),
        ("åäö".encode("cp1252"), "us-ascii", "åäö"),
        ("åäö".encode("utf-16"), "", "åäö"),
        (b"\xef\xbb\xbfx", "ascii", "x"),
        ("åäö".encode(), "punycode", "åäö"),
        ("åäö".encode(), "base64", "åäö"),
        ("åäö".encode(), "a\x00b", "åäö"),
        ("åäöåäö".encode()[:-1], "utf-8", "åäöåä\ufffd"),
        (b"\x81\x8d", "utf-8", "\ufffd\ufffd"),
        ("Привет, это письмо о карточке для сотрудника. ".encode("koi8-r") * 4, "",
         "Привет, это письмо о карточке для сотрудника. " * 4),
        ("文字化け".encode("shift_jis"), "shift_jis", "文字化け"),
    ],
)  # fmt: skip
def test_text_is_decoded_as_it_claims_or_as_it_looks(content, charset, text):
    assert decode(content, charset) == text


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_in_any_charset_are_text(content, charset):
    clean(decode(content, charset)).encode("utf-8")


def test_western_signs_taken_for_controls_on_the_way_are_read():
    assert clean("kvar \x96 \x93slutat\x94\x85 \x81") == "kvar – “slutat”… "


def test_bytes_that_no_charset_explains_are_western():
    assert decode(bytes(range(128, 256)) * 40, "utf-8")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>a<br/>b</p>", "a\nb"),
        ("<head><title>x</title>a<body>b", "b"),
        ("<style>x</style><script>y</script>z", "z"),
        (
            "a<blockquote>b<blockquote>c</blockquote></blockquote>d</blockquote>e",
            "a\n> b\n> > c\nd\ne",
        ),
        ("<td>1.</td><td>A&nbsp;B</td>", "1. A B"),
        ("a<![if x]>b", "ab"),
        ("a<![cdata-[b", "a<![cdata-[b"),
        ("a &lt;b&gt; c", "a <b> c"),
    ],
)
def test_html_gives_the_words_that_a_reader_sees(markup, words):
    assert html.words(markup) == words


@given(
    st.lists(
        st.sampled_from(["<", ">", "!", "[", "--", "<p>", "a", "&", "#", ";", "</", "<blockquote>"])
    )
)
def test_any_html_gives_words(scraps):
    assert isinstance(html.words("".join(scraps)), str)


def test_pictures_that_the_html_shows_are_known():
    assert html.referenced("<img src='cid:A@b'><img src=\"cid:c\">") == {"a@b", "c"}


def test_a_charset_that_is_no_name_at_all_is_read_by_its_looks():
    raw = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=\0tf-8\r\n"
    for coding in (b"7bit", b"8bit", b"base64"):
        head = raw + b"Content-Transfer-Encoding: " + coding + b"\r\n\r\n"
        words = b"aMOlag==" if coding == b"base64" else "håj".encode()
        read = parse(head + words)
        assert (read.sender, read.text.strip()) == ("a@b.example", "håj")


def test_a_mail_nested_without_end_keeps_its_headers():
    part = b"x\r\n"
    for level in range(1_200):
        mark = b"b%d" % level
        head = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n'
        part = head + b"--" + mark + b"\r\n" + part
    raw = b"Subject: hej\r\n" + part
    assert (parse(raw).subject, parse(raw).defects[-1]) == ("hej", "structure")
    tree, defects = read_tree(raw)
    assert defects == ("structure",)
    assert Headers(tree).text("subject") == "hej"


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("Mon, 23 Nov 2026 08:14:55 +0100", "2026-11-23T08:14:55+01:00"),
        ("Mon, 23 Nov 2026 08:14:55 -0000", "2026-11-23T08:14:55+00:00"),
        ("Fri, 31 Dec 9999 23:59:59 -1400", None),
        ("Mon, 99 Nov 2026 08:14:55 +0100", None),
        ("", None),
    ],
)
def test_a_date_is_aware_or_nothing(date, iso):
    found = Headers(read_tree(f"Date: {date}\r\n\r\n".encode())[0]).date()
    assert (found and found.isoformat()) == iso
