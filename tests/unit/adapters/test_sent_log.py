"""The log of what was sent survives torn lines, other programs, and a restoring."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.sent_log import FileSentLog
from bot.domain.values import CaseId
from bot.ports.errors import NeedsOperatorError
from bot.ports.sent_log import Sending

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def a_sending(number: int, same: str = "s", like: str = "l") -> Sending:
    at = NOW + timedelta(minutes=number)
    return Sending(f"<ekbot.{number}@jarfalla.example>", same, like, "e", at, CaseId(7))


def test_what_was_added_is_there_for_the_next_program(tmp_path: Path) -> None:
    path = tmp_path / "var" / "ek.sent"
    FileSentLog(path).add(a_sending(1))
    assert FileSentLog(path).of(a_sending(1).message_id) == (a_sending(1),)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_another_program_adds_meanwhile_is_seen(tmp_path: Path) -> None:
    mine, other = FileSentLog(tmp_path / "s"), FileSentLog(tmp_path / "s")
    assert mine.of(a_sending(1).message_id) == ()
    other.add(a_sending(1))
    assert mine.of(a_sending(1).message_id) == (a_sending(1),)


def test_a_line_that_a_power_cut_tore_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "s"
    FileSentLog(path).add(a_sending(1))
    with path.open("ab") as file:
        file.write(b"sent 2026-11-23T08:0")
    log = FileSentLog(path)
    assert log.of(a_sending(1).message_id) == (a_sending(1),)
    log.add(a_sending(2))
    assert FileSentLog(path).of(a_sending(2).message_id) == (a_sending(2),)


def test_only_what_left_before_the_restoring_is_held_against_new_letters(tmp_path: Path) -> None:
    log = FileSentLog(tmp_path / "s")
    log.add(a_sending(1))
    assert log.before(same="s") == ()
    log.restore(NOW - timedelta(days=1))
    log.add(a_sending(2))
    assert log.before(same="s") == (a_sending(1),)
    assert log.before(like="l") == (a_sending(1),)
    assert log.before(same="x") == log.before() == ()


def test_a_restoring_is_known_until_the_mails_are_read_again(tmp_path: Path) -> None:
    log = FileSentLog(tmp_path / "s")
    assert log.restored() is None
    log.add(a_sending(1))
    log.restore(NOW - timedelta(days=1))
    found = log.restored()
    assert found is not None
    assert (found.at, found.backup, found.reread) == (
        a_sending(1).at, NOW - timedelta(days=1), False
    )  # fmt: skip
    log.reread()
    again = FileSentLog(tmp_path / "s").restored()
    assert again is not None
    assert again.reread


def test_a_log_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    with pytest.raises(NeedsOperatorError):
        FileSentLog(tmp_path / "s").add(a_sending(1))


def test_no_address_and_no_name_stands_in_the_log(tmp_path: Path) -> None:
    FileSentLog(tmp_path / "s").add(a_sending(1))
    assert (tmp_path / "s").read_text().split() == [
        "sent", a_sending(1).at.isoformat(), a_sending(1).message_id, "s", "l", "e", "7",
    ]  # fmt: skip
