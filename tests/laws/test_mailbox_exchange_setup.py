"""Setting up a mailbox on Exchange: logins, certificates, rights, settings; what doctor says."""

from __future__ import annotations

import pytest

from bot.adapters.mailbox.exchange import Settings
from tests.laws.exchange_place import advice, mailbox, opened, place
from tests.laws.test_mailbox_laws import mail, read
from tests.servers.ews_stub import PASSWORD, ews_stub
from tests.servers.processes import Account, Authority, free_port

__all__ = ["mailbox", "opened", "place"]


class TestSettingUp:
    def test_a_wrong_password_asks_for_the_operator(self, place, opened):
        assert "lösenord" in advice(opened(password="fel").arrived)

    def test_a_password_that_ends_while_we_are_logged_in(self, place, mailbox):
        mailbox.arrived()
        place.stub.passwords.clear()
        mailbox.close()
        assert "lösenord" in advice(mailbox.arrived)
        place.stub.passwords.add(PASSWORD)
        assert mailbox.arrived() == ()

    def test_ntlm_logs_in_once_in_a_connection(self, place, opened):
        place.stub.logins = ("ntlm",)
        place.deliver(mail(1))
        mailbox = opened(auth="ntlm")
        assert read(mailbox) == [mail(1)]
        assert place.stub.posts == len(place.stub.calls) + 2
        assert "lösenord" in advice(opened(auth="ntlm", password="fel").arrived)

    def test_kerberos_needs_its_library(self, place, opened):
        assert "requests-gssapi" in advice(opened(auth="kerberos", password=None).arrived)

    def test_a_certificate_of_an_unknown_issuer_is_refused(self, place, opened, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        assert "ca_file" in advice(opened(ca_file=other.ca_file).arrived)
        assert "ca_file" in advice(opened(ca_file=None).arrived)
        assert place.stub.posts == 0

    def test_a_certificate_for_another_name_is_refused(self, place, opened):
        with ews_stub(host="127.0.0.3") as other:
            way = opened(url=other.url.replace("localhost", "127.0.0.3"), ca_file=other.ca_file)
            assert "certifikat" in advice(way.arrived)
            assert other.posts == 0

    def test_no_environment_leads_the_way_elsewhere(self, place, opened, monkeypatch, tmp_path):
        other = Authority(tmp_path, Account.unprivileged())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.ca_file))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
        assert opened().arrived() == ()

    def test_no_password_goes_unencrypted_to_another_machine(self, opened):
        assert "https" in advice(opened(url="http://mail.office.example/EWS").arrived)

    def test_a_mailbox_that_is_not_there(self, place, opened):
        assert "adress" in advice(opened(mailbox="ingen@office.example").arrived)

    def test_a_mailbox_that_is_not_for_us(self, place, opened):
        place.stub.service.manners.rights["ek@office.example"] = "ErrorAccessDenied"
        assert "FullAccess" in advice(opened().arrived)

    def test_a_folder_that_we_may_not_make(self, place, mailbox):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        place.stub.service.manners.refuse["CreateFolder"] = "ErrorAccessDenied"
        assert "Skapa den för hand" in advice(lambda: mailbox.file(refs, "Klart"))
        assert place.contents("INBOX") == [mail(1)]

    def test_a_folder_to_read_that_is_missing(self, opened):
        assert "folder" in advice(opened(folder="Post in").arrived)

    def test_a_path_where_no_ews_answers(self, place, opened):
        url = place.stub.url.replace("Exchange.asmx", "fel")
        assert "url" in advice(opened(url=url).arrived)

    @pytest.mark.parametrize(
        "fields",
        [
            {"url": "", "server": ""},
            {"server": "mail.office.example"},
            {"url": "mail.office.example"},
            {"url": "", "server": "https://mail.office.example/EWS"},
            {"url": "https://user:secret@mail.office.example/EWS"},
            {"mailbox": "", "username": "OFFICE\\ek"},
            {"auth": "digest"},
            {"version": "2013"},
        ],
        ids=str,
    )
    def test_settings_that_make_no_sense_are_refused(self, place, fields):
        with pytest.raises(ValueError):
            place.settings(**fields)

    def test_a_host_name_is_enough(self):
        chosen = Settings(
            kind="exchange", server="mail.office.example", username="ek@office.example",
            password="x",
        )  # fmt: skip
        assert chosen.endpoint == "https://mail.office.example/EWS/Exchange.asmx"
        assert chosen.address == "ek@office.example"


class TestChecking:
    def lines(self, mailbox) -> list[tuple[str, bool]]:
        return [(check.name.rpartition(": ")[2], check.ok) for check in mailbox.check()]

    def test_every_step_has_its_line(self, mailbox):
        assert self.lines(mailbox) == [
            ("förbindelse", True),
            ("EWS", True),
            ("inloggning och rätt till brevlådan", True),
            ("mappen INBOX", True),
            ("mappen Klart", True),
            ("mappen Att granska", True),
        ]

    def test_the_servers_version_is_told(self, mailbox):
        assert any("15.1.2507.39" in check.seen for check in mailbox.check())

    def test_the_first_step_that_fails_is_the_last_line(self, place, opened):
        assert self.lines(opened(url=f"https://localhost:{free_port()}/EWS")) == [
            ("förbindelse", False)
        ]
        fel = place.stub.url.replace("Exchange.asmx", "fel")
        assert self.lines(opened(url=fel))[-1] == ("EWS", False)
        assert self.lines(opened(password="fel"))[-1] == (
            "inloggning och rätt till brevlådan",
            False,
        )
        assert self.lines(opened(folder="Post in"))[-1] == ("mappen Post in", False)
        place.stub.http += [(500, {}, b"<html>Runtime Error")] * 2
        assert self.lines(opened())[-1] == ("inloggning och rätt till brevlådan", False)

    def test_a_login_that_the_server_does_not_take_is_named(self, place, opened):
        place.stub.logins = ("ntlm",)
        [*_, last] = opened(auth="basic").check()
        assert not last.ok
        assert "NTLM" in last.seen
