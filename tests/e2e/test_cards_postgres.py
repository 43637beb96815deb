"""A loan from the counter to its end on PostgreSQL: the same code, the same outcome."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.builders import ANNA, BO
from tests.desk import rows
from tests.e2e.counter import ANNA_MAIL, NUMBER, OTHER, Counter


@pytest.fixture
def counter(tmp_path: Path, postgres_uri: str) -> Counter:
    with psycopg.connect(postgres_uri, autocommit=True) as link:
        link.execute("DROP DATABASE IF EXISTS disken")
        link.execute("CREATE DATABASE disken")
    base, _, _ = postgres_uri.rpartition("/")
    url = f"{base}/disken".replace("postgresql:", "postgresql+psycopg:")
    found = Counter(tmp_path)
    config = tmp_path / "ekbot.toml"
    text = config.read_text(encoding="utf-8").replace("sqlite:///var/ekbot.db", url)
    config.write_text(text, encoding="utf-8")
    found.people()
    return found


@pytest.mark.server
@pytest.mark.xdist_group("cards-postgres")
def test_a_loan_lives_and_ends_on_postgresql(counter: Counter) -> None:
    handle = counter.lend("2026-11-23")
    borne = counter.card("handout", "--person", BO, "--number", NUMBER, "--id-kind", "pass",
                         now="2026-11-23T10:00:00+01:00", code=2)  # fmt: skip
    assert "redan på ett annat kort" in borne["error"]
    counter.lend("2026-11-24", who=BO, number=OTHER)
    counter.turns("2027-02-09", "2027-02-19", "2027-02-23", "2027-02-24", "2027-03-02")
    assert [r for r, _ in counter.rungs(handle)] == ["-14", "-3", "0", "+1", "+5"]
    text = "Jag har tappat mitt reservkort på tåget."
    counter.mail("2027-03-03T22:00:00+01:00", text, sender=ANNA_MAIL, subject="Kort")
    for step in ("blocked", "deregistered"):
        counter.card(step, "--number", NUMBER, now="2027-03-04")
    assert [c["status"] for c in rows(counter.office, "cards")] == ["deregistered", "overdue"]
    assert len(counter.letters("loss_alert")) == 1
    assert ANNA in str(rows(counter.office, "cards"))
