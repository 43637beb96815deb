"""A server that is not installed: a failure where it is demanded, a loud skip elsewhere."""

import pytest

from tests.servers.processes import program


@pytest.mark.parametrize("variable", ["CI", "EKBOT_REQUIRE_SERVERS"])
def test_a_missing_server_fails_where_servers_are_demanded(monkeypatch, variable):
    monkeypatch.setenv(variable, "1")
    with pytest.raises(pytest.fail.Exception, match="package no-such-package"):
        program("no-such-program", "no-such-package")


def test_a_missing_server_skips_loudly_elsewhere(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("EKBOT_REQUIRE_SERVERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="SERVER MISSING"):
        program("no-such-program", "no-such-package")
