"""Whose word counts on the author, and what it must say (RFC 8601)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.authentication import Verdict, author_verdict

OURS = "mx.jarfalla.example"
CHIEF = "chef@jarfalla.example"
PASS = f"{OURS}; dmarc=pass header.from=jarfalla.example"
FAIL = f"{OURS}; dmarc=fail header.from=jarfalla.example"


def verdict(*values, author=CHIEF, server=OURS):
    return author_verdict([("Authentication-Results", v) for v in values], server, author)


@pytest.mark.parametrize(
    "value",
    [
        PASS,
        f"{OURS.upper()} 1; DMARC=Pass header.From=Jarfalla.Example",
        f'"{OURS}"; dmarc=pass header.from=jarfalla.example',
        f"(a (b\\) c)) {OURS} (d) 1 (e);\r\n\tdmarc=pass (p=none sp=x) header.from=jarfalla.example;",
        (
            f"{OURS}; spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=x.example; dkim=pass (signature was"
            " verified)\r\n header.d=x.example;dmarc=pass action=none\r\n header.from=jarfalla.example;"
            "compauth=pass reason=100"
        ),
        (
            f"{OURS}; dkim=pass header.i=@jarfalla.example; arc=pass (i=1 spf=pass dmarc=pass"
            " fromdomain=jarfalla.example); dmarc=pass (p=NONE dis=NONE) header.from=jarfalla.example"
        ),
        f'{OURS}; dmarc=pass reason="x \\" y" header.from=chef@jarfalla.example',
        f"{OURS}; dmarc/1=pass header.from=jarfalla.example policy.dmarc=none",
    ],
)
def test_the_word_of_our_server_passes_however_it_is_written(value):
    assert verdict(value) is Verdict.PASS


@pytest.mark.parametrize(
    "value",
    [
        "",
        ";",
        OURS,
        f"{OURS}; none",
        f"{OURS}; spf=pass smtp.mailfrom=jarfalla.example; dkim=pass header.d=jarfalla.example",
        f"{OURS}; dmarc=pass",
        f"{OURS}.angrepp.example; dmarc=pass header.from=jarfalla.example",
        f"angrepp.example ({OURS}); dmarc=pass header.from=jarfalla.example",
        f"{OURS}; dmarc=pass header.from=angrepp.example",
        f"{OURS}; dmarc=pass header.from=skola.jarfalla.example",
        f"{OURS}; dmarc=pass header.from=example",
        f"{OURS}; dmarc=pass header.from=jarfalla.example header.from=angrepp.example",
        f'{OURS}; spf=none smtp.mailfrom="a; dmarc=pass header.from=jarfalla.example; x="@b.example',
        f"{OURS}; spf=none (dmarc=pass header.from=jarfalla.example) smtp.mailfrom=b.example",
        f"{OURS}; spf=none (a (dmarc=fail header.from=jarfalla.example) b); {PASS.partition('; ')[2]}",
        f"{PASS}; spf=none ((((",
        f'{PASS}; spf=none reason="',
        f"{PASS}; spf=none (unclosed",
        f"{PASS}; {'x' * 9_000}",
    ],
)
def test_what_our_server_did_not_clearly_say_is_nothing(value):
    assert verdict(value) is Verdict.NONE


@pytest.mark.parametrize(
    "values",
    [
        (FAIL,),
        (PASS, FAIL),
        (FAIL, PASS),
        (f"{PASS}; dmarc=fail header.from=jarfalla.example",),
        (f"{OURS}; dmarc=bestguesspass header.from=jarfalla.example",),
        (f"{OURS}; dmarc=temperror",),
        (f"{OURS}; spf=none (x) ; dmarc=pass header.from=jarfalla.example; dmarc=fail",),
    ],
)
def test_one_result_that_is_no_pass_is_a_failure(values):
    assert verdict(*values) is Verdict.FAIL


def test_another_server_is_not_heard_at_all():
    assert verdict(PASS, FAIL.replace("mx.", "mx2.")) is Verdict.PASS
    assert verdict(PASS.replace("mx.", "mx2.")) is Verdict.NONE


def test_a_header_of_ours_that_cannot_be_read_takes_the_pass_away():
    assert verdict(PASS, f"{OURS}; dmarc=pass (") is Verdict.NONE
    assert verdict(PASS, *["x; none"] * 60, f"{OURS}; none") is Verdict.NONE


def test_a_parent_domain_covers_its_subdomains_and_nothing_like_them():
    assert verdict(PASS, author="x@skola.jarfalla.example") is Verdict.PASS
    assert verdict(PASS, author="x@ondjarfalla.example") is Verdict.NONE
    assert verdict(PASS, author="x@jarfalla.example.angrepp.example") is Verdict.NONE


def test_without_an_author_or_a_trusted_server_nothing_is_known():
    assert verdict(PASS, author="") is Verdict.NONE
    assert verdict(PASS, server="") is Verdict.NONE
    assert author_verdict([("X-Authentication-Results", PASS)], OURS, CHIEF) is Verdict.NONE


@given(st.lists(st.sampled_from(
    [OURS, ";", "dmarc=pass", "dmarc=fail", "(", ")", '"', "\\", " ", "header.from=jarfalla.example", "spf=x", "/1"]
)))  # fmt: skip
def test_a_visible_failure_never_passes(scraps):
    value = "".join(scraps)
    seen = verdict(f"{OURS}; {value}; dmarc=fail header.from=jarfalla.example")
    assert seen is not Verdict.PASS
