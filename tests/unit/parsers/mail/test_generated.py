"""A copier's mail: a machine wrote it, yet it may carry a form."""

import pytest

from parsers.mail.automatic import Automatic
from parsers.mail.message import parse
from tests.posting import a_mail

FORM = ("Scan.pdf", b"%PDF-1.7\n%...")


@pytest.mark.parametrize(
    ("header", "files", "wanted"),
    [
        ("auto-generated", (FORM,), Automatic.GENERATED),
        ("auto-generated", (), Automatic.AUTO_REPLY),
        ("auto-replied", (FORM,), Automatic.AUTO_REPLY),
        ("auto-notified", (FORM,), Automatic.AUTO_REPLY),
        ("no", (FORM,), Automatic.NO),
    ],
)
def test_a_scan_from_a_copier_is_read_but_an_auto_reply_is_not(header, files, wanted):
    mail = parse(a_mail(1, *files, headers=(("Auto-Submitted", header),)))
    assert mail.automatic is wanted
