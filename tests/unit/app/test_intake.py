"""Mail in and mail away: stored before it is moved, nothing lost, nothing twice."""

from __future__ import annotations

from pathlib import Path

from bot.ports.errors import TransientError
from tests.desk import rows, turn
from tests.e2e.office import Office
from tests.fakes.mailbox import FakeMailbox
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

DAY = "2026-11-23"


def _mails(count: int) -> list[bytes]:
    return [a_mail(f"i{n}", text=f"Hej {n}!", verdict=None) for n in range(count)]


class _Stutters(FakeMailbox):
    """Loses the connection after some mails, once."""

    left = 30

    def fetch(self, refs):
        for item in super().fetch(refs):
            if self.left == 0:
                self.left = -1
                raise TransientError("connection lost")
            self.left -= 1
            yield item


def test_an_empty_mailbox_is_well(tmp_path: Path) -> None:
    report = turn(Office(tmp_path), "2026-11-22", mailbox=FakeMailbox())
    assert (report.taken, report.waits, report.filed) == (0, (), 0)


def test_what_was_stored_before_a_lost_connection_stays_stored(tmp_path: Path) -> None:
    office, box = Office(tmp_path), _Stutters(*_mails(40))
    report = turn(office, DAY, mailbox=box)
    assert report.waits == ("brevlåda: connection lost",)
    assert len(rows(office, "mails")) == 30
    turn(office, DAY, mailbox=box)
    assert len(rows(office, "mails")) == 40
    assert box.contents("INBOX") == []


def test_mail_that_cannot_be_moved_is_moved_next_time_and_read_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    box = FakeMailbox(a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))

    class Stiff(FakeMailbox):
        def file(self, refs, folder):
            raise TransientError("no such luck")

    stiff = Stiff()
    stiff.folders, stiff.folder = box.folders, box.folder
    assert turn(office, DAY, mailbox=stiff).waits == ("brevlåda: no such luck",)
    report = turn(office, DAY, mailbox=box)
    assert (report.taken, report.decided, report.filed) == (0, 0, 1)
    assert len(rows(office, "persons")) == 1


def test_one_mail_that_cannot_be_moved_keeps_no_other_in_the_inbox(tmp_path: Path) -> None:
    office = Office(tmp_path)

    class Stuck(FakeMailbox):
        """Moves what comes before the stuck mail, then fails."""

        def file(self, refs, folder):
            gone = ()
            for ref in refs:
                if ref.uid == "2":
                    raise TransientError("stuck")
                gone += super().file([ref], folder)
            return gone

    box = Stuck(*_mails(6))
    assert turn(office, DAY, mailbox=box).waits == ("brevlåda: stuck",)
    assert len(box.contents("INBOX")) == 1
    assert "mail_moved_by_others" not in str(rows(office, "mails"))
    turn(office, DAY, mailbox=box)
    assert len(box.contents("INBOX")) == 1
    assert len(rows(office, "mails")) == 6


def test_a_mail_that_a_person_moved_is_no_fault(tmp_path: Path) -> None:
    office, box = Office(tmp_path), FakeMailbox()
    ref = box.deliver(_mails(1)[0])

    class Moved(FakeMailbox):
        def file(self, refs, folder):
            box.move(ref, "Privat")
            return super().file(refs, folder)

    moved = Moved()
    moved.folders = box.folders
    report = turn(office, DAY, mailbox=moved)
    assert report.waits == ()
    assert len(box.contents("Privat")) == 1


def test_a_server_that_counts_anew_brings_nothing_twice(tmp_path: Path) -> None:
    office = Office(tmp_path)
    box = FakeMailbox(a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))
    turn(office, DAY, mailbox=box)
    box.deliver(a_mail("a", ("b.pdf", fill_acroform(an_order(0)))))
    box.renew_generation()
    turn(office, DAY, mailbox=box)
    assert len(rows(office, "persons")) == 1
    assert sum(r["kind"] == "applied" for r in rows(office, "letters")) == 1
    assert box.contents("INBOX") == []
