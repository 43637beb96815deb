"""A review from its start to its report on PostgreSQL: the same code, the same outcome."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, time
from pathlib import Path

import psycopg
import pytest

from tests.desk import at, rows
from tests.e2e.office import Office
from tests.e2e.review_life import Life, live
from tests.swedish_days import instant

END = instant(date(2027, 4, 1), time(14))


@pytest.fixture
def postgres(tmp_path: Path, postgres_uri: str) -> Life:
    with psycopg.connect(postgres_uri, autocommit=True) as link:
        link.execute("DROP DATABASE IF EXISTS granskning")
        link.execute("CREATE DATABASE granskning")
    base, _, _ = postgres_uri.rpartition("/")
    url = f"{base}/granskning".replace("postgresql:", "postgresql+psycopg:")
    return Life(Office(tmp_path / "postgres", database=url))


@pytest.mark.server
@pytest.mark.xdist_group("review-postgres")
def test_a_review_lives_and_ends_on_postgresql_as_on_sqlite(tmp_path: Path, postgres: Life) -> None:
    live(postgres)
    answers = Counter(x["answer"] for r in rows(postgres.office, "reviews") for x in r["rows"])
    assert answers == {"stays": 4, "left": 1, "open": 2}
    kinds = Counter(x.kind for x in postgres.letters() if x.kind != "digest")
    assert {k: kinds[k] for k in ("review", "review_reminder", "undone", "review_report")} == {
        "review": 3, "review_reminder": 3, "undone": 1, "review_report": 1,
    }  # fmt: skip
    assert [p["status"] for p in rows(postgres.office, "persons")].count("ended") == 1
    with at(postgres.office, END) as services, services.store.begin() as work:
        assert work.audit.verify()[1] is None
    lite = Life(Office(tmp_path / "sqlite"))
    live(lite)
    one, other = lite.world(), postgres.world()
    for part in one:
        assert json.dumps(other[part], sort_keys=True) == json.dumps(one[part], sort_keys=True)
