"""What every test shares: hypothesis profiles and the servers. Holds no test."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.servers.fixtures import (
    dovecot_server,
    ews,
    ews_server,
    graph,
    graph_issuer,
    postfix_server,
    postgres_uri,
    sink,
    slapd_server,
    token_issuer,
)

__all__ = [
    "dovecot_server",
    "ews",
    "ews_server",
    "graph",
    "graph_issuer",
    "postfix_server",
    "postgres_uri",
    "sink",
    "slapd_server",
    "token_issuer",
]

_SLOW_MACHINE = (HealthCheck.too_slow,)
settings.register_profile(
    "dev", max_examples=50, deadline=None, database=None, suppress_health_check=_SLOW_MACHINE
)
settings.register_profile(
    "ci",
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=_SLOW_MACHINE,
)
settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=_SLOW_MACHINE
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
