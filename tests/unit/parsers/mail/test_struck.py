"""What is struck through in a mail that is HTML alone is not said."""

from __future__ import annotations

import pytest

from parsers.mail.html import strikes, words
from parsers.mail.message import parse
from tests.golden.mail_making.pieces import html as page
from tests.golden.mail_making.pieces import mail, multi, text


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Alla kvar <s>utom Anna</s></p><p>Bo</p>", "Alla kvar\nBo"),
        ("<p>Anna <strike>har slutat</strike> är kvar</p>", "Anna är kvar"),
        ("<p>Anna <DEL>har slutat</DEL> är kvar</p>", "Anna är kvar"),
        ('<p>Anna <span style="color:red; text-decoration: line-through">slutat</span> kvar', "Anna kvar"),
        ('<p>a <span style="TEXT-DECORATION-LINE:underline line-through">b</span> c', "a c"),
        ('a <span style="text-decoration:line-through">b<br>c <b>d</b></span> e', "a\ne"),
        ('<p>a <span style="text-decoration:underline">b</span> c', "a b c"),
        ("<p><s>a <img src=x> b<hr>c</s> d", "d"),
        ("<s>a <s>b</s> c</s> d", "d"),
        ('<p style="text-decoration:line-through">a<p>b<p>c', "b\nc"),
        ("<s>a</p></div> b</s> c", "c"),
        ("a</s> b", "a b"),
    ],
)  # fmt: skip
def test_what_is_struck_through_is_left_out(html: str, said: str) -> None:
    assert words(html) == said


@pytest.mark.parametrize(
    ("html", "struck"),
    [
        ("<p>Alla kvar <s>utom Anna</s></p>", True),
        ('<span style="text-decoration:line-through">x</span>', True),
        ("<p>Alla kvar<s> </s></p>", False),
        ("<style>del{text-decoration:line-through}</style><p>Alla kvar</p>", False),
        ("<p>Alla kvar</p>", False),
    ],
)
def test_a_page_tells_whether_it_strikes_words_through(html: str, struck: bool) -> None:
    assert strikes(html) is struck


@pytest.mark.parametrize(
    ("struck", "said"), [("<s>utom Anna</s>", "Alla kvar"), ("utom Anna", "Alla kvar utom Anna")]
)
def test_a_plain_twin_does_not_say_what_the_page_strikes_through(struck: str, said: str) -> None:
    both = multi(
        text("Alla kvar utom Anna"), page(f"<p>Alla kvar {struck}</p>"), kind="alternative"
    )
    assert parse(mail("x", both)).text.strip() == said


@pytest.mark.parametrize(
    ("plain", "html", "said"),
    [
        ("h\ufffdj", "<p>h&aring;j</p>", "håj"),
        ("h\ufffdj", "<p>h\ufffdj med mera</p>", "h\ufffdj"),
        (
            "1.Anna Ek2.Bo Alm",
            "<table><tr><td>1.</td><td>Anna Ek</td></tr><tr><td>2.</td><td>Bo Alm</td></tr></table>",
            "1. Anna Ek\n2. Bo Alm",
        ),
        ("1. Anna Ek", "<table><tr><td>1. Anna Ek slutar</td></tr></table>", "1. Anna Ek"),
        ("Anna Ek", "<p>An</p><p>na Ek</p>", "Anna Ek"),
    ],
    ids=["lost letters", "lost in both", "glued cells", "other words", "no table"],
)
def test_the_page_is_read_where_its_plain_twin_was_made_badly(plain, html, said) -> None:
    read = parse(mail("x", multi(text(plain), page(html), kind="alternative"))).text
    assert [" ".join(line.split()) for line in read.splitlines() if line.strip()] == said.split(
        "\n"
    )
