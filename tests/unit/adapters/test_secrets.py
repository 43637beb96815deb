"""Where passwords come from, and where they never go."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.adapters.mailbox import imap
from bot.adapters.outgoing import smtp
from bot.adapters.secrets import secret
from bot.adapters.tls import refuse_open_password
from bot.ports.errors import NeedsOperatorError


def settings(**fields) -> imap.Settings:
    return imap.Settings(kind="imap", host="localhost", username="ek", **fields)


def test_the_password_stands_in_the_configuration_a_file_or_the_environment(tmp_path):
    file = tmp_path / "lösenord"
    file.write_text("ur-fil å\n", encoding="utf-8")
    assert secret(settings(password="ur-konfig"), {}) == "ur-konfig"
    assert secret(settings(password_file=file), {}) == "ur-fil å"
    environment = {"EKBOT_MAILBOX_PASSWORD": "ur-miljön"}
    assert secret(settings(), environment) == "ur-miljön"
    assert secret(settings(password_file=file), environment) == "ur-miljön"


def test_each_connection_has_a_variable_of_its_own():
    outgoing = smtp.Settings(kind="smtp", host="localhost", username="ek")
    environment = {"EKBOT_MAILBOX_PASSWORD": "in", "EKBOT_OUTGOING_PASSWORD": "ut"}
    assert secret(outgoing, environment) == "ut"
    assert secret(settings(), environment) == "in"


def test_no_user_name_needs_no_password():
    assert secret(smtp.Settings(kind="smtp", host="localhost"), {}) == ""


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\x00"])
def test_a_password_file_that_gives_none_is_explained(tmp_path, content):
    file = tmp_path / "hemlig"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NeedsOperatorError, match="hemlig"):
        secret(settings(password_file=file), {})


def test_a_user_name_without_a_password_is_explained():
    with pytest.raises(NeedsOperatorError, match="EKBOT_MAILBOX_PASSWORD"):
        secret(settings(), {})


def test_two_places_for_one_password_are_an_error():
    with pytest.raises(ValidationError, match="inte båda"):
        settings(password="a", password_file="/b")


def test_a_password_for_nobody_is_an_error():
    with pytest.raises(ValidationError, match="username"):
        smtp.Settings(kind="smtp", host="localhost", password="a")


def test_a_password_is_never_printed():
    mailbox = imap.Imap(settings(password="hemligt"), {})
    assert "hemligt" not in repr(settings(password="hemligt"))
    assert "hemligt" not in repr(vars(mailbox))


def test_an_unknown_key_is_an_error():
    with pytest.raises(ValidationError, match="hots"):
        settings(hots="x")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1"])
def test_a_password_may_go_open_within_the_machine(host):
    refuse_open_password(host, "none")


@pytest.mark.parametrize(
    "host", ["mail.office.example", "10.0.0.1", "localhost.example", "0.0.0.0"]
)
def test_a_password_never_goes_open_to_another_machine(host):
    refuse_open_password(host, "starttls")
    with pytest.raises(NeedsOperatorError, match="starttls"):
        refuse_open_password(host, "none")
