"""A private Postfix for the tests: submission with STARTTLS and login, on to Dovecot by LMTP.

Nothing leaves loopback: mail to any domain but ``localhost`` and ``office.example`` bounces.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.dovecot import Dovecot
from tests.servers.processes import (
    SYSTEM_PATH,
    Child,
    ServerError,
    free_port,
    missing,
    program,
)

NOBODY_THERE = "saknas"  # the one local part that is refused with 550

_MAIN = """
compatibility_level = 3.6
queue_directory = {here}/queue
data_directory = {here}/data
command_directory = {commands}
daemon_directory = {daemons}
meta_directory = /etc/postfix
shlib_directory = {libraries}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {here}/log/maillog
maillog_file_prefixes = {here}

inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.office.example
myorigin = office.example
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
smtp_dns_support_level = disabled
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = error:5.1.2 nothing leaves this machine
virtual_mailbox_domains = localhost, office.example
virtual_mailbox_maps = regexp:{here}/recipients
virtual_transport = lmtp:inet:127.0.0.1:{dovecot.lmtp_port}

smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{dovecot.auth_port}
smtpd_tls_auth_only = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = {dovecot.ca.cert_file}
smtpd_tls_key_file = {dovecot.ca.key_file}
smtpd_client_connection_count_limit = 0
message_size_limit = 40000000
mailbox_size_limit = 0
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
"""

_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A running server; what it takes lies in the Dovecot beside it."""

    here: Path
    dovecot: Dovecot
    port: int = field(default_factory=free_port)
    _running: Child | None = None

    def start(self) -> None:
        """Start, and wait until the port answers."""
        command = [_daemons() / "master", "-c", self.here, "-d"]
        self._running = Child(
            command,
            self.here / "stderr",
            environment={"MAIL_CONFIG": str(self.here), "MAIL_LOGTAG": "postfix"},
        )
        self._running.wait_for_port(self.port)

    def stop(self) -> None:
        """Stop, with every daemon of its own."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def log(self) -> str:
        """Return the end of the server's log, for a failure message."""
        with contextlib.suppress(FileNotFoundError):
            return (self.here / "log" / "maillog").read_text(errors="replace")[-8000:]
        return ""


@contextlib.contextmanager
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    """Run a server for the block that delivers to *dovecot* and lets its users log in."""
    postfix_command = program("postfix", "postfix")
    if os.geteuid() != 0:
        missing("Postfix's master starts as root only, and this is not root")
    here = Path(tempfile.mkdtemp(prefix="ekbot-postfix-"))
    here.chmod(0o755)
    server = Postfix(here, dovecot)
    try:
        _configure(server)
        checked = subprocess.run(
            [postfix_command, "-c", here, "check"],
            check=False,
            capture_output=True,
            text=True,
            env={"PATH": SYSTEM_PATH},
        )
        if checked.returncode:
            raise ServerError(checked.stderr + server.log())
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(here, ignore_errors=True)


def _configure(server: Postfix) -> None:
    here = server.here
    for name in ("queue", "data", "log"):
        (here / name).mkdir()
    shutil.chown(here / "data", "postfix")
    (here / "recipients").write_text(f"!/^{NOBODY_THERE}@/ ok\n")
    places = {"commands": "/usr/sbin", "daemons": _daemons(), "libraries": "/usr/lib/postfix"}
    (here / "main.cf").write_text(_MAIN.format(here=here, dovecot=server.dovecot, **places))
    (here / "master.cf").write_text(_MASTER.format(port=server.port))


def _daemons() -> Path:
    return Path("/usr/lib/postfix/sbin")
