"""An office in Exchange: internal mail has no Authentication-Results, only Exchange's own word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

INSIDE = ("X-MS-Exchange-Organization-AuthAs", "Internal")
ORDER = ("b.pdf", fill_acroform(an_order(0)))


def _outcome(folder: Path, raw: bytes, accept: str = '["exchange"]') -> tuple[str, int]:
    office = Office(folder)
    file = office.here / "ekbot.toml"
    text = file.read_text("utf-8").replace('accept = ["dmarc"]', f"accept = {accept}")
    file.write_text(text, "utf-8")
    register = office.here / "managers.csv"  # the manager of this mail may write from elsewhere
    text = register.read_text("utf-8")
    if b"goran.noren@annan.example" in raw:
        text = text.replace("goran.noren@jarfalla.example", "goran.noren@annan.example")
    register.write_text(text, "utf-8")
    office.deliver("1", raw)
    office.once()
    [mail] = office.rows("mails")
    return mail["outcome"], len(office.rows("persons"))


def test_an_order_from_a_colleagues_mailbox_is_carried_out(tmp_path: Path) -> None:
    mail = a_mail("x1", ORDER, verdict=None, headers=[INSIDE])
    assert _outcome(tmp_path, mail) == ("applied", 1)


@pytest.mark.parametrize(
    ("mail", "accept"),
    [
        (a_mail("x2", ORDER, verdict=None, headers=[INSIDE, INSIDE]), '["exchange"]'),
        (a_mail("x3", ORDER, verdict=None), '["exchange"]'),
        (a_mail("x4", ORDER, verdict=None, headers=[INSIDE]), '["dmarc"]'),
        (
            a_mail("x5", ORDER, verdict=None, headers=[INSIDE], sender="goran.noren@annan.example"),
            '["exchange"]',
        ),
    ],
    ids=["said twice", "not said", "not trusted", "another domain"],
)
def test_anything_less_goes_to_staff(tmp_path: Path, mail: bytes, accept: str) -> None:
    assert _outcome(tmp_path, mail, accept) == ("with_staff", 0)
