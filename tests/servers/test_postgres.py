"""The private PostgreSQL itself: it answers, and it sorts nothing away."""

import psycopg
import pytest


@pytest.mark.server
def test_a_private_postgres_answers_in_utf8(postgres_uri):
    with psycopg.connect(postgres_uri) as connection:
        assert connection.execute("select 'Åäö'").fetchone() == ("Åäö",)
