"""What Exchange's own fields say of an author, and what nobody may make them say."""

from __future__ import annotations

import pytest

from parsers.mail.authentication import Verdict
from parsers.mail.exchange import Vouched, vouched

AUTHOR = "goran.noren@jarfalla.example"
AUTH_AS = "X-MS-Exchange-Organization-AuthAs"
ONLINE = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=jarfalla.example; dkim=pass (signature was\r\n"
    " verified) header.d=jarfalla.example;dmarc=pass action=none\r\n"
    " header.from=jarfalla.example;compauth=pass reason=100"
)


def test_a_mailbox_of_the_organisation_is_vouched_for() -> None:
    assert vouched([(AUTH_AS, " Internal\r\n")], AUTHOR) == Vouched(inside=True)
    assert vouched([(AUTH_AS.lower(), "internal")], AUTHOR).inside


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(AUTH_AS, "Anonymous")],
        [(AUTH_AS, "Internal"), (AUTH_AS, "Anonymous")],
        [(AUTH_AS, "Internal"), (AUTH_AS, "Internal")],
        [(AUTH_AS, "Internal (by me)")],
        [("X-MS-Exchange-CrossTenant-AuthAs", "Internal")],
        [("X-AuthAs", "Internal")],
    ],
)
def test_nothing_else_is_the_organisations_word(headers) -> None:
    assert not vouched(headers, AUTHOR).inside


@pytest.mark.parametrize(
    ("results", "author", "verdict"),
    [
        ([ONLINE], AUTHOR, Verdict.PASS),
        ([ONLINE], "goran@annan.example", Verdict.NONE),
        ([ONLINE.replace("dmarc=pass", "dmarc=fail")], AUTHOR, Verdict.FAIL),
        ([ONLINE.replace("dmarc=pass action=none", "dmarc=none action=none")], AUTHOR, Verdict.FAIL),
        (["mx.ond.example; " + ONLINE], AUTHOR, Verdict.NONE),
        (["mx.ond.example; spf=fail", ONLINE], AUTHOR, Verdict.NONE),
        ([ONLINE.replace("dmarc=pass", "dmarc=fail"), ONLINE], AUTHOR, Verdict.FAIL),
        ([ONLINE.replace(";dmarc=pass", ';x="; dmarc=pass')], AUTHOR, Verdict.NONE),
        ([], AUTHOR, Verdict.NONE),
        ([ONLINE], "", Verdict.NONE),
    ],
    ids=[
        "online", "another domain", "fails", "no policy", "named server", "named above",
        "the upper one counts", "quotes hide", "no results", "no author",
    ],
)  # fmt: skip
def test_mail_from_outside_passes_by_the_uppermost_results(results, author, verdict) -> None:
    headers = [(AUTH_AS, "Anonymous"), *(("Authentication-Results", r) for r in results)]
    assert vouched(headers, author) == Vouched(outside=verdict)


def test_results_without_exchanges_own_field_count_for_nothing() -> None:
    assert vouched([("Authentication-Results", ONLINE)], AUTHOR) == Vouched()
