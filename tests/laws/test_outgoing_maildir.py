"""What a Maildir does with letters that are sent again, and with paths that cannot be."""

from __future__ import annotations

import pytest

from bot.adapters.outgoing.maildir import MaildirOutgoing
from bot.adapters.outgoing.maildir import Settings as MaildirSettings
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.test_outgoing_laws import letter


def test_a_letter_sent_again_replaces_itself_read_or_not(tmp_path):
    way = MaildirOutgoing(MaildirSettings(kind="maildir", path=tmp_path))
    parcel = letter(b"Hej!\r\n", number=4711)
    way.send(parcel)
    way.send(parcel)
    [file] = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    way.send(letter(b"Hej igen!\r\n", number=4711))
    assert list((tmp_path / "new").iterdir()) == []
    assert [p.read_bytes()[-11:] for p in (tmp_path / "cur").iterdir()] == [b"Hej igen!\r\n"]


def test_a_path_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "fil").write_bytes(b"")
    way = MaildirOutgoing(MaildirSettings(kind="maildir", path=tmp_path / "fil"))
    assert not way.check()[0].ok
    with pytest.raises((TransientError, NeedsOperatorError)):
        way.send(letter())
