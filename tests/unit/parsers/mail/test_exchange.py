"""What Exchange's own field says of an author, and what nobody may make it say."""

from __future__ import annotations

import pytest

from parsers.mail.exchange import is_inside

AUTH_AS = "X-MS-Exchange-Organization-AuthAs"
ONLINE = "spf=pass; dmarc=pass action=none header.from=jarfalla.example;compauth=pass reason=100"


@pytest.mark.parametrize("field", [(AUTH_AS, " Internal\r\n"), (AUTH_AS.lower(), "internal")])
def test_a_mailbox_of_the_organisation_is_vouched_for(field) -> None:
    assert is_inside([("From", "x"), field])


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(AUTH_AS, "Anonymous")],
        [(AUTH_AS, "Anonymous"), ("Authentication-Results", ONLINE)],
        [("Authentication-Results", ONLINE)],
        [(AUTH_AS, "Internal"), (AUTH_AS, "Anonymous")],
        [(AUTH_AS, "Internal"), (AUTH_AS, "Internal")],
        [(AUTH_AS, "Internal (by me)")],
        [(AUTH_AS, "Internal"), ("Resent-From", "anna@jarfalla.example")],
        [(AUTH_AS, "Internal"), ("X-MS-Exchange-Inbox-Rules-Loop", "anna@jarfalla.example")],
        [("X-MS-Exchange-CrossTenant-AuthAs", "Internal")],
        [("X-AuthAs", "Internal")],
    ],
)
def test_nothing_else_is_the_organisations_word(headers) -> None:
    assert not is_inside(headers)
