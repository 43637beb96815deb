"""The same morning on PostgreSQL, and with a catalogue that only clerks can write."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform
from tests.posting import a_mail

LATER = "2026-11-23T10:00:00+01:00"


def _morning(office: Office) -> None:
    office.deliver("1", a_mail(1, ("b.pdf", fill_acroform(an_order(0)))))
    office.deliver("2", a_mail(2, ("b.pdf", fill_acroform(an_order(1), sign=None))))
    office.once()


@pytest.mark.server
def test_the_whole_job_runs_on_postgresql_unchanged(tmp_path: Path, postgres_uri: str) -> None:
    with psycopg.connect(postgres_uri, autocommit=True) as link:
        link.execute("CREATE DATABASE morgon")
    base, _, _ = postgres_uri.rpartition("/")
    office = Office(
        tmp_path, database=f"{base}/morgon".replace("postgresql:", "postgresql+psycopg:")
    )
    _morning(office)
    (person,) = office.rows("persons")
    assert person["status"] == "planned"
    assert sorted(r["outcome"] for r in office.rows("mails")) == ["applied", "asked_back"]
    assert "kedjan hel" in office.ekbot("doctor", code=None)


def test_a_worklist_catalogue_tells_the_manager_only_when_a_clerk_has_typed(tmp_path: Path) -> None:
    office = Office(tmp_path, catalogue='kind = "worklist"')
    _morning(office)
    kinds = [r["kind"] for r in office.rows("letters")]
    assert "applied" not in kinds
    (work,) = [c for c in office.rows("cases") if c["kind"] == "by_hand"]
    shown = office.ekbot("case", "show", work["id"])
    assert an_order(0)["surname"] in shown
    office.ekbot("case", "done", work["id"], "--now", LATER)
    assert [r["kind"] for r in office.rows("letters")].count("applied") == 1
    assert {c["status"] for c in office.rows("cases") if c["kind"] == "new"} == {"done", "waiting"}
