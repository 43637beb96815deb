"""A private Dovecot for the tests: IMAP, IMAPS, LMTP and a login service for Postfix.

Any user name may log in, so that every test has a mailbox of its own. 127.0.0.1 is a modern
server; 127.0.0.2 is a poor one: no MOVE, no UIDPLUS, no IDLE, folders under «INBOX.».
"""

from __future__ import annotations

import contextlib
import shutil
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from imapclient import IMAPClient

from bot.adapters.tls import context
from tests.servers.processes import Account, Authority, Child, free_port, missing, program
from tests.servers.token_stub import ISSUER, Signer

PASSWORD = "hemligt-lösen-ÅÄÖ"  # with letters that IMAP's LOGIN has no rule for
POOR = "127.0.0.2"
UNNAMED = "127.0.0.3"  # answers too, but the certificate does not name it

_CONFIGURATION = """
protocols = imap lmtp
listen = 127.0.0.1, {poor}, {unnamed}
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/log
auth_verbose = yes

# One unprivileged account does everything, so no process changes its root or user.
default_internal_user = {account.user}
default_internal_group = {account.group}
default_login_user = {account.user}
mail_uid = {account.user}
mail_gid = {account.group}
first_valid_uid = 1
first_valid_gid = 1
mail_home = {here}/mail/%n
mail_location = maildir:~/Maildir
mail_max_userip_connections = 500
mail_plugins = quota

auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_min_protocol = TLSv1.2
ssl_cert = <{ca.cert_file}
ssl_key = <{ca.key_file}

passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {here}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={account.user} gid={account.group} home={here}/mail/%n
}}
plugin {{
  quota = maildir:User quota
  {quota}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
local {poor} {{
  protocol imap {{
    imap_capability = IMAP4rev1 LITERAL+ NAMESPACE
    namespace inbox {{
      prefix = INBOX.
      separator = .
    }}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 300
}}
service lmtp {{
  user = {account.user}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = 127.0.0.1
    port = {auth_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    # No growing delays: every user comes from one address here.
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
lmtp_save_to_detail_mailbox = no
protocol lmtp {{
  postmaster_address = postmaster@localhost
}}
"""

_TOKENS = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={here}/keys/
username_attribute = sub
issuers = {issuer}
"""


@dataclass
class Dovecot:
    """A running server, and what a human or another program does with its mailboxes."""

    here: Path
    account: Account
    ca: Authority
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    auth_port: int = field(default_factory=free_port)
    signer: Signer = field(default_factory=Signer)  # of tokens that are let in
    _running: Child | None = None

    def start(self) -> None:
        """Start, and wait until all ports answer."""
        command = [program("dovecot", "dovecot-imapd"), "-F", "-c", self.here / "dovecot.conf"]
        self._running = Child(command, self.here / "stderr", account=self.account)
        for port in (self.port, self.tls_port, self.lmtp_port):
            self._running.wait_for_port(port)

    def stop(self) -> None:
        """Stop, with every session: they outlive the master otherwise."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def log(self) -> str:
        """Return the end of the server's log, for a failure message."""
        with contextlib.suppress(FileNotFoundError):
            return (self.here / "log").read_text(errors="replace")[-8000:]
        return ""

    @contextlib.contextmanager
    def human(self, user: str) -> Iterator[IMAPClient]:
        """Log in as *user* beside the bot."""
        client = IMAPClient(
            "localhost", self.tls_port, ssl_context=context(self.ca.ca_file), timeout=60
        )
        with client:
            client.plain_login(user, PASSWORD)
            yield client

    def append(self, user: str, raw: bytes, folder: str = "INBOX", *flags: bytes) -> None:
        """Put a mail in *folder*, made if missing, as a mail reader does."""
        with self.human(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, raw, flags)

    def deliver(self, user: str, raw: bytes, sender: str = "") -> None:
        """Deliver a mail by LMTP, as a mail server does; a machine's has no *sender*."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [f"{user}@localhost"], raw)

    def contents(self, user: str, folder: str) -> list[bytes]:
        """Return the mails in *folder* that are not struck out, oldest first."""
        with self.human(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            told = client.fetch(client.search("UNDELETED"), ["BODY.PEEK[]"])
            return [items[b"BODY[]"] for items in told.values()]

    def wait_for_mail(self, user: str, count: int = 1, seconds: float = 20) -> list[bytes]:
        """Wait until *user* has *count* mails in the inbox, and return them."""
        end = time.monotonic() + seconds
        while len(found := self.contents(user, "INBOX")) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{len(found)} of {count} mails came\n{self.log()}")
            time.sleep(0.05)
        return found


@contextlib.contextmanager
def dovecot(*, quota: str = "quota_rule = *:storage=2G") -> Iterator[Dovecot]:
    """Run a server for the block."""
    program("dovecot", "dovecot-imapd")
    if not Path("/usr/lib/dovecot/lmtp").exists():
        missing("Dovecot's LMTP (package dovecot-lmtpd) is not here")
    account = Account.unprivileged()
    here = account.directory("dovecot")
    server = Dovecot(here, account, Authority(here, account))
    ports = {n: getattr(server, n) for n in ("port", "tls_port", "lmtp_port", "auth_port")}
    try:
        (here / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                here=here,
                account=account,
                ca=server.ca,
                poor=POOR,
                unnamed=UNNAMED,
                password=PASSWORD,
                quota=quota,
                **ports,
            )
        )
        _trust_tokens(server)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(here, ignore_errors=True)


def _trust_tokens(server: Dovecot) -> None:
    """Let in whoever shows a token of the server's own signer."""
    (server.here / "oauth2.conf").write_text(_TOKENS.format(here=server.here, issuer=ISSUER))
    key = server.here / "keys" / "default" / "ES256" / "default"
    key.parent.mkdir(parents=True)
    key.write_bytes(server.signer.public())
    for made in (server.here / "keys", *(server.here / "keys").rglob("*")):
        made.chmod(0o755 if made.is_dir() else 0o644)
