"""The LDAP library is not everywhere: what is said where it is missing, and that nobody waits for it."""

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import STOCKHOLM
from tests.servers.slapd import library

_WITHOUT = """
import sys
sys.modules["ldap"] = None
from contextlib import ExitStack
from pathlib import Path
from bot.bootstrap.backends import CATALOGUES, MANAGERS, Place
from bot.ports.errors import NeedsOperatorError
place = Place(Path("x"), "catalogue", {"kind": "ldap"}, Path("x"))
for make in (lambda: CATALOGUES["ldap"](place, {}, "sqlite://", ExitStack()),
             lambda: MANAGERS["ldap"](place, {})):
    try:
        make()
    except NeedsOperatorError as error:
        print(error.advice)
"""
_UNTOUCHED = """
import sys
import bot.bootstrap.backends, bot.bootstrap.opening
print(any(name == "ldap" or name.startswith("ldap.") for name in sys.modules))
"""


def said(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


def test_without_the_library_the_operator_is_told_what_to_install():
    lines = said(_WITHOUT)
    assert len(lines) == 2
    for line in lines:
        assert "libldap-dev libsasl2-dev" in line
        assert "make setup" in line


def test_an_office_without_a_directory_does_not_load_the_library():
    assert said(_UNTOUCHED) == ["False"]


class TestDays:
    @pytest.fixture(autouse=True)
    def _there(self):
        library()

    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    def test_a_day_that_is_written_is_read_as_itself_and_cut_as_itself(self, day):
        from bot.adapters.ldap import values  # noqa: PLC0415

        for written in (values.first_day, values.last_day):
            text = written(day, values.GENERALISED_TIME)
            assert values.day_of(text) == day
            assert text[:8] == f"{day:%Y%m%d}"
            assert values.day_of(written(day, "another syntax")) == day

    @given(
        st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),
        st.integers(-14 * 60, 14 * 60),
    )
    def test_an_offset_is_counted(self, moment, minutes):
        from bot.adapters.ldap import values  # noqa: PLC0415

        sign, shift = "-" if minutes < 0 else "+", timedelta(minutes=abs(minutes))
        text = f"{moment:%Y%m%d%H%M%S}{sign}{shift.seconds // 3600:02d}{shift.seconds % 3600 // 60:02d}"
        zone = f"{sign}{shift.seconds // 3600:02d}:{shift.seconds % 3600 // 60:02d}"
        there = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone}")
        assert values.day_of(text) == there.astimezone(STOCKHOLM).date()

    @given(st.text())
    def test_any_text_is_a_day_or_none(self, text):
        from bot.adapters.ldap import values  # noqa: PLC0415

        values.day_of(text)

    @given(st.binary())
    def test_any_value_in_a_filter_is_only_letters_digits_and_escapes(self, raw):
        from bot.adapters.ldap import values  # noqa: PLC0415

        text = values.escaped(raw)
        assert text.isascii()
        assert not set(text) & set("()*&|!=<>~ \0")
        plain = bytes.fromhex("".join(
            part[:2] + part[2:].encode().hex() if index else part.encode().hex()
            for index, part in enumerate(text.split("\\"))
        ))  # fmt: skip
        assert plain == raw
