"""Tokens instead of passwords: towards a real Dovecot and Postfix, and when the issuer is odd."""

from __future__ import annotations

import itertools
import logging

import httpx
import pytest
import trustme
from pydantic import ValidationError

from bot.adapters import imap_connection, smtp_connection
from bot.adapters.mailbox import imap
from bot.adapters.oauth.tokens import Tokens
from bot.adapters.outgoing import smtp
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.laws.test_mailbox_laws import mail, read
from tests.laws.test_outgoing_laws import letter
from tests.servers.dovecot import PASSWORD, dovecot
from tests.servers.processes import free_port
from tests.servers.smtpsink import scripted_server
from tests.servers.token_stub import SECRET, Signer, token_stub

_USERS = itertools.count(1)
SCOPE = "https://outlook.office365.com/.default"
pytestmark = pytest.mark.server


@pytest.fixture
def issuer(dovecot_server):
    with token_stub(dovecot_server.ca, dovecot_server.signer) as made:
        yield made


@pytest.fixture
def user(dovecot_server):
    name = f"token{next(_USERS)}"
    dovecot_server.append(name, mail(1))
    return name


def registered(issuer, user, **other) -> dict[str, object]:
    fields = {
        "authority": f"{issuer.url}/tenant", "client_id": user, "client_secret": SECRET,
        "authority_ca_file": issuer.ca_file,
    }  # fmt: skip
    return fields | other


@pytest.fixture
def opened(dovecot_server):
    """Open mailboxes of a user whose client has some registration."""
    mailboxes = []

    def open_(user, **client):
        settings = imap.Settings(
            kind="imap", host="localhost", port=client.pop("port", dovecot_server.tls_port),
            ca_file=dovecot_server.ca.ca_file, username=user, timeout=20, **client,
        )  # fmt: skip
        mailboxes.append(imap.Imap(settings, {}))
        return mailboxes[-1]

    yield open_
    for mailbox in mailboxes:
        mailbox.close()


@pytest.fixture
def tokens(issuer):
    """Make sources of tokens for one client, with some settings."""
    made = []

    def make(environment=None, **other):
        client = imap.Settings(
            kind="imap", host="localhost", username="ek", **registered(issuer, "ek", **other)
        )
        ca_file = client.authority_ca_file
        made.append(Tokens(client, SCOPE, environment or {}, ca_file=ca_file))
        return made[-1]

    yield make
    for one in made:
        one.close()


class TestMailServers:
    @pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
    def test_a_good_token_lets_in(self, issuer, user, opened, monkeypatch, mechanism):
        monkeypatch.setattr(imap_connection, "MECHANISMS", (mechanism,))
        assert read(opened(user, **registered(issuer, user))) == [mail(1)]
        assert issuer.scopes == [SCOPE]

    @pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
    @pytest.mark.parametrize("fault", ["expired", "foreign", "another's"])
    def test_another_token_is_refused(self, issuer, user, opened, monkeypatch, mechanism, fault):
        monkeypatch.setattr(imap_connection, "MECHANISMS", (mechanism,))
        client = registered(issuer, user)
        if fault == "expired":
            token = issuer.signer.token(user, -60)
            answer = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
            issuer.answers += [(200, {}, answer)] * 2
        elif fault == "foreign":
            issuer.foreign = Signer()
        else:
            client = registered(issuer, "någon-annan")
        with pytest.raises(NeedsOperatorError, match=f"token för {user}") as caught:
            opened(user, **client).arrived()
        assert "eyJ" not in str(caught.value)

    def test_a_kept_token_that_was_revoked_is_asked_for_anew(self, issuer, user, opened):
        stale = {
            "access_token": issuer.signer.token(user, -60), "token_type": "Bearer",
            "expires_in": 3600,
        }  # fmt: skip
        issuer.answers.append((200, {}, stale))
        assert read(opened(user, **registered(issuer, user))) == [mail(1)]
        assert issuer.given == [user]  # the second time

    def test_a_new_connection_shows_the_kept_token(self):
        with dovecot() as server, token_stub(server.ca, server.signer) as issuer:
            server.append("ek", mail(1))
            settings = imap.Settings(
                kind="imap", host="localhost", port=server.tls_port, ca_file=server.ca.ca_file,
                username="ek", timeout=20, **registered(issuer, "ek"),
            )  # fmt: skip
            mailbox = imap.Imap(settings, {})
            assert len(mailbox.arrived()) == 1
            server.stop()
            server.start()
            assert len(mailbox.arrived()) == 1
            assert issuer.given == ["ek"]
            mailbox.close()

    def test_an_issuer_that_is_away_lets_the_work_wait(self, user, opened, issuer):
        gone = f"https://localhost:{free_port()}/tenant"
        with pytest.raises(TransientError):
            opened(user, **registered(issuer, user, authority=gone)).arrived()

    def test_a_server_without_tokens_is_told_apart(self, user, opened, issuer):
        able = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK x"
        with scripted_server(b"* OK hej", able) as port:
            mailbox = opened(user, port=port, tls="none", **registered(issuer, user))
            with pytest.raises(NeedsOperatorError, match="tar inte emot tokens"):
                mailbox.arrived()

    @pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
    def test_letters_go_out_by_token(self, issuer, postfix_server, monkeypatch, mechanism):
        monkeypatch.setattr(smtp_connection, "MECHANISMS", (mechanism,))
        parcel = letter()
        recipient = parcel.recipients[0].partition("@")[0]
        issuer.foreign = Signer()
        settings = smtp.Settings(
            kind="smtp", host="localhost", port=postfix_server.port, username="ek", timeout=20,
            ca_file=postfix_server.dovecot.ca.ca_file, **registered(issuer, "ek"),
        )  # fmt: skip
        way = smtp.Smtp(settings, {})
        with pytest.raises(NeedsOperatorError, match="token för ek"):
            way.send(parcel)
        issuer.foreign = None
        assert way.send(parcel) == ()
        assert len(postfix_server.dovecot.wait_for_mail(recipient)) == 1
        assert next(c.name for c in way.check() if c.ok).startswith("Åtkomsttoken")
        way.close()

    def test_the_check_says_which_step_failed(self, issuer, user, opened):
        well = opened(user, **registered(issuer, user)).check()
        assert [c.ok for c in well] == [True, True, True]
        [line] = opened(user, **registered(issuer, user, client_secret="fel")).check()
        assert not line.ok
        assert line.name.startswith("Åtkomsttoken")
        assert "client_id" in line.advice
        issuer.foreign = Signer()
        token, server = opened(user, **registered(issuer, user)).check()
        assert (token.ok, server.ok) == (True, False)
        assert user in server.advice


class TestTokens:
    def test_a_token_is_kept_until_shortly_before_it_expires(self, tokens, issuer):
        source = tokens()
        assert source.token() == source.token()
        assert len(issuer.given) == 1
        issuer.seconds = 240  # less than the five minutes that are kept in hand
        soon = tokens()
        soon.token()
        soon.token()
        assert len(issuer.given) == 3

    def test_a_forgotten_token_is_asked_for_anew(self, tokens, issuer):
        source = tokens()
        source.token()
        source.forget()
        source.token()
        assert len(issuer.given) == 2

    def test_a_client_may_sign_with_its_certificate(self, tokens, issuer, tmp_path):
        pair = trustme.CA().issue_cert("ekbot.office.example", key_type=trustme.KeyType.RSA)
        file = tmp_path / "klient.pem"
        pair.private_key_and_cert_chain_pem.write_to_path(str(file))
        source = tokens(certificate_file=file, client_secret=None)
        with pytest.raises(NeedsOperatorError, match="invalid_client"):
            source.token()
        issuer.certificate = pair.cert_chain_pems[0].bytes()
        again = tokens(certificate_file=file, client_secret=None)
        assert again.token().startswith("eyJ")
        assert "certifikatet gäller till 3000-01-01" in again.check().seen

    @pytest.mark.parametrize(
        ("answer", "retry"),
        [
            ((503, {}, {}), 60.0),
            ((429, {"Retry-After": "7"}, {}), 7.0),
            ((500, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, {}), 60.0),
            ((400, {}, {"error": "temporarily_unavailable"}), 60.0),
        ],
    )
    def test_a_busy_issuer_is_asked_again_when_it_says(self, tokens, issuer, answer, retry):
        issuer.answers.append(answer)
        source = tokens()
        with pytest.raises(TransientError) as caught:
            source.token()
        assert caught.value.retry_after == retry

    def test_no_issuer_parks_the_work_for_years(self, tokens, issuer):
        issuer.answers.append((503, {"Retry-After": "9" * 12}, {}))
        with pytest.raises(TransientError) as caught:
            tokens().token()
        assert caught.value.retry_after == 86_400

    def test_the_next_try_reaches_an_issuer_that_was_busy(self, tokens, issuer):
        issuer.answers.append((503, {}, {}))
        source = tokens()
        with pytest.raises(TransientError):
            source.token()
        assert source.token().startswith("eyJ")

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            ("invalid_client", "har gått ut"),
            ("unauthorized_client", "godkänna"),
            ("invalid_scope", "scope"),
            ("something_new", "Fråga den som sköter"),
        ],
    )
    def test_a_refusal_says_what_to_do(self, tokens, issuer, error, words):
        told = {"error": error, "error_codes": [90002], "error_description": "om anna@x"}
        issuer.answers.append((400, {}, told))
        with pytest.raises(NeedsOperatorError, match=words) as caught:
            tokens().token()
        assert caught.value.reason.endswith(f"{error} AADSTS90002")
        assert "anna" not in str(caught.value)

    def test_an_unknown_directory_is_told(self, tokens, issuer):
        with pytest.raises(NeedsOperatorError, match="tenant"):
            tokens(authority=f"{issuer.url}/fel").token()

    def test_an_issuer_whose_certificate_is_not_trusted_gets_no_secret(self, tokens, issuer):
        with pytest.raises(NeedsOperatorError, match="certifikat"):
            tokens(authority_ca_file=None).token()
        assert issuer.given == []

    def test_the_secret_may_stand_in_a_file_or_the_environment(self, tokens, issuer, tmp_path):
        file = tmp_path / "hemlig"
        file.write_text(f"{SECRET}\n")
        assert tokens(client_secret=None, client_secret_file=file).token()
        variable = {"EKBOT_MAILBOX_CLIENT_SECRET": SECRET}
        assert tokens(variable, client_secret="fel").token()
        with pytest.raises(NeedsOperatorError, match="EKBOT_MAILBOX_CLIENT_SECRET"):
            tokens(client_secret=None)

    @pytest.mark.parametrize(
        "content",
        [
            None,
            "",
            "-----BEGIN CERTIFICATE-----\n",
            (
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            ),
        ],
    )
    def test_a_certificate_file_that_is_none_is_explained(self, tokens, tmp_path, content):
        file = tmp_path / "klient.pem"
        if content is not None:
            file.write_text(content)
        with pytest.raises(NeedsOperatorError, match=r"klient\.pem"):
            tokens(client_secret=None, certificate_file=file)

    def test_a_token_that_another_program_renews_is_read_each_time(self, tmp_path, dovecot_server):
        file = tmp_path / "token"
        file.write_text(dovecot_server.signer.token("annan", -60))
        client = {"token_file": file, "username": "utifran"}
        settings = imap.Settings(
            kind="imap", host="localhost", port=dovecot_server.tls_port, timeout=20,
            ca_file=dovecot_server.ca.ca_file, **client,
        )  # fmt: skip
        mailbox = imap.Imap(settings, {})
        with pytest.raises(NeedsOperatorError, match="token för utifran"):
            mailbox.arrived()
        file.write_text(dovecot_server.signer.token("utifran") + "\n")
        assert mailbox.arrived() == ()
        mailbox.close()

    def test_nothing_secret_is_shown_or_logged(self, tokens, caplog):
        with caplog.at_level(logging.DEBUG):
            source = tokens()
            token = source.token()
        shown = repr(source) + repr(vars(source)) + caplog.text
        assert token not in shown
        assert SECRET not in caplog.text

    def test_entra_is_asked_at_its_own_address(self):
        asked = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            at = "https://login.microsoftonline.com/jarfalla.example"
            if request.method == "GET":
                told = {
                    "issuer": f"{at}/v2.0", "token_endpoint": f"{at}/oauth2/v2.0/token",
                    "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
                }  # fmt: skip
                return httpx.Response(200, json=told)
            told = {"access_token": "en", "token_type": "Bearer", "expires_in": 3600}
            return httpx.Response(200, json=told)

        settings = imap.Settings(
            kind="imap", host="outlook.office365.com", username="ek@jarfalla.example",
            tenant="jarfalla.example", client_id="1b2c", client_secret="x",
        )  # fmt: skip
        source = Tokens(settings, SCOPE, {}, transport=httpx.MockTransport(answer))
        assert source.token() == "en"
        at = "https://login.microsoftonline.com/jarfalla.example"
        assert asked == [f"{at}/v2.0/.well-known/openid-configuration", f"{at}/oauth2/v2.0/token"]
        source.close()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tenant": "a", "authority": "https://b", "client_id": "c"}, "inte flera"),
        ({"tenant": "a"}, "client_id"),
        ({"client_id": "c"}, "tenant"),
        ({"tenant": "a", "client_id": "c", "password": PASSWORD}, "inte båda"),
        ({"tenant": "a", "client_id": "c", "client_secret": "x", "certificate_file": "y"}, "flera"),
        ({"authority": "http://b", "client_id": "c"}, "https"),
        ({"tenant": "a", "client_id": "c", "username": ""}, "username"),
    ],
)
def test_settings_that_contradict_each_other_are_errors(fields, words):
    whole = {"kind": "smtp", "host": "localhost", "username": "ek"} | fields
    with pytest.raises(ValidationError, match=words):
        smtp.Settings(**whole)
