"""What a Maildir mailbox does with files that other programs, and careless people, leave in it."""

from __future__ import annotations

import os
from threading import Event

import pytest
from pydantic import ValidationError

from bot.adapters.mailbox.maildir import Maildir, Settings
from bot.ports.errors import NeedsOperatorError
from tests.laws.test_mailbox_laws import mail, read


@pytest.fixture
def path(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / "Post" / name).mkdir(parents=True)
    return tmp_path / "Post"


@pytest.fixture
def mailbox(path):
    return Maildir(Settings(kind="maildir", path=path))


def test_files_copied_in_by_hand_are_mails_whatever_their_names(path, mailbox):
    names = ["blankett.eml", "Kopia av åäö (2).eml", "100%.eml", "a:b.eml", "x:2,", "y:2,RS"]
    for number, name in enumerate(names):
        (path / ("cur" if ":2," in name else "new") / name).write_bytes(mail(number))
    assert sorted(read(mailbox)) == [mail(number) for number in range(len(names))]
    assert mailbox.file(mailbox.arrived(), "Mottaget") == ()
    assert mailbox.arrived() == ()
    kept = {p.name for folder in ("new", "cur") for p in (path / ".Mottaget" / folder).iterdir()}
    assert kept == set(names)


def test_a_name_that_is_no_text_gives_a_ref_that_can_be_stored(path, mailbox):
    name = os.fsdecode(b"1795.M1\xe5\xff.mx")
    (path / "new" / name).write_bytes(mail(1))
    [ref] = mailbox.arrived()
    assert ref.uid == "1795.M1%E5%FF.mx"
    assert [raw for _, raw in mailbox.fetch((ref,))] == [mail(1)]
    assert mailbox.file((ref,), "Mottaget") == ()


def test_a_name_that_looks_like_another_ones_ref_is_its_own(path, mailbox):
    for number, name in enumerate((b"1.M1\xe5", b"1.M1%E5")):
        file = path / "new" / os.fsdecode(name)
        file.write_bytes(mail(number))
        os.utime(file, (1_795_470_000, 1_795_470_000))
    assert sorted(read(mailbox)) == [mail(0), mail(1)]


def test_what_is_no_mail_is_left_alone(path, mailbox):
    (path / "new" / ".hidden").write_bytes(b"x")
    (path / "new" / "folder").mkdir()
    (path / "tmp" / "half-delivered").write_bytes(b"x")
    (path / "dovecot-uidlist").write_bytes(b"3 V1 N1")
    assert mailbox.arrived() == ()


def test_a_mail_copied_in_under_an_old_name_is_another_mail(path, mailbox):
    (path / "new" / "blankett.eml").write_bytes(mail(1))
    old = mailbox.arrived()
    assert mailbox.file(old, "Mottaget") == ()
    (path / "new" / "blankett.eml").write_bytes(mail(2))
    os.utime(path / "new" / "blankett.eml", (2_000_000_000, 2_000_000_000))
    new = mailbox.arrived()
    assert new != old
    assert mailbox.file(old, "Mottaget") == old
    assert read(mailbox) == [mail(2)]
    assert mailbox.file(new, "Mottaget") == ()
    kept = [p.read_bytes() for p in (path / ".Mottaget" / "new").iterdir()]
    assert sorted(kept) == [mail(1), mail(2)]


def test_a_maildir_without_its_folders_is_an_empty_one(path, mailbox):
    for name in ("new", "cur", "tmp"):
        (path / name).rmdir()
    assert mailbox.arrived() == ()
    assert not mailbox.wait(0.1, Event())
    assert mailbox.check()[0].ok


def test_a_missing_maildir_asks_for_the_operator(tmp_path):
    mailbox = Maildir(Settings(kind="maildir", path=tmp_path / "saknas"))
    with pytest.raises(NeedsOperatorError, match="saknas"):
        mailbox.arrived()
    with pytest.raises(NeedsOperatorError, match="saknas"):
        mailbox.file((), "Mottaget")
    assert not mailbox.wait(0.1, Event())
    assert not mailbox.check()[0].ok
    assert not (tmp_path / "saknas").exists()


def test_a_path_that_is_a_file_asks_for_the_operator(tmp_path):
    (tmp_path / "fil").write_bytes(b"")
    mailbox = Maildir(Settings(kind="maildir", path=tmp_path / "fil"))
    with pytest.raises(NeedsOperatorError):
        mailbox.arrived()


def test_subfolders_bear_the_names_that_dovecot_reads(path, mailbox):
    (path / "new" / "1").write_bytes(mail(1))
    mailbox.file(mailbox.arrived(), "Ärenden/Åtgärdade & klara")
    assert (path / ".&AMQ-renden.&AMU-tg&AOQ-rdade &- klara" / "new" / "1").exists()
    assert (path / ".&AMQ-renden.&AMU-tg&AOQ-rdade &- klara" / "maildirfolder").exists()


def test_flags_go_with_the_mail(path, mailbox):
    (path / "cur" / "1:2,FS").write_bytes(mail(1))
    mailbox.file(mailbox.arrived(), "Mottaget")
    assert (path / ".Mottaget" / "cur" / "1:2,FS").exists()


@pytest.mark.parametrize(
    "name", ["", "A/", "/A", "A//B", "..", "A.B", ".A", "A*", 'A"', "A\n", " A"]
)
def test_a_folder_name_that_cannot_be_is_refused_in_the_configuration(tmp_path, name):
    with pytest.raises(ValidationError, match="filed"):
        Settings(kind="maildir", path=tmp_path, filed=name)
