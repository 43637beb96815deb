"""Child processes of the tests: programs found, ports, directories, a throw-away CA.

Not a place for any one server's configuration: each has its own file beside this one.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
import trustme

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class ServerError(Exception):
    """A server did not start or stop; the message ends with its log."""


def missing(what: str) -> NoReturn:
    """Fail where servers are demanded (CI, EKBOT_REQUIRE_SERVERS=1); elsewhere skip, loudly."""
    advice = f"{what}; install it with tests/servers/install.sh as root"
    if os.environ.get("CI") or os.environ.get("EKBOT_REQUIRE_SERVERS") == "1":
        pytest.fail(f"SERVER MISSING: {advice}", pytrace=False)
    pytest.skip(f"SERVER MISSING, LAWS UNPROVEN: {advice}")


def program(name: str, package: str) -> Path:
    """Return where the program *name* lies, or say that Debian's *package* is missing."""
    found = shutil.which(name, path=SYSTEM_PATH)
    if found is None:
        missing(f"the program {name} (package {package}) is not here")
    return Path(found)


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Account:
    """Who runs a server: nobody when we are root (several servers refuse root), else ourselves."""

    user: str
    group: str
    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> Account:
        """Return the account that servers run under here."""
        entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        return cls(entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name, entry.pw_uid, entry.pw_gid)

    def switch(self) -> dict[str, Any]:
        """Return what subprocess needs to become the account; nothing unless we are root."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give *path* to the account."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

    def directory(self, prefix: str) -> Path:
        """Make a directory that a server without privileges can reach (tmp_path is 0700)."""
        made = Path(tempfile.mkdtemp(prefix=f"ekbot-{prefix}-"))
        made.chmod(0o755)
        self.own(made)
        return made


class Child:
    """A server in its own process group, with its words kept for the failure message."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start *command*, under *account* when we are root."""
        self._log = log
        with log.open("ab") as words:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdout=words,
                stderr=words,
                stdin=subprocess.DEVNULL,
                cwd="/",
                env={"PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8", **(environment or {})},
                start_new_session=True,
                **(account.switch() if account else {}),
            )

    def wait_for_port(self, port: int, seconds: float = 20.0) -> None:
        """Wait until something listens on *port*, or fail with the log."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.alive()
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", port), 0.5),
            ):
                return
            time.sleep(0.02)
        raise ServerError(f"nothing listens on port {port}\n{self.words()}")

    def wait_for_words(self, words: str, seconds: float = 20.0) -> None:
        """Wait until the log holds *words*, or fail with the log."""
        end = time.monotonic() + seconds
        while words not in self.words():
            self.alive()
            if time.monotonic() > end:
                raise ServerError(f"never said {words!r}\n{self.words()}")
            time.sleep(0.02)

    def alive(self) -> None:
        """Fail when the process has ended."""
        if self._process.poll() is not None:
            raise ServerError(f"ended with {self._process.returncode}\n{self.words()}")

    def words(self) -> str:
        """Return the end of what the server has written."""
        return self._log.read_text(errors="replace")[-8000:]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process, and then its whole group: sessions outlive a master."""
        if self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


class Authority:
    """A CA of our own with one server certificate for loopback (GnuTLS demands a CN)."""

    def __init__(self, directory: Path, account: Account) -> None:
        """Write ca.pem, cert.pem and key.pem in *directory*."""
        ca = trustme.CA()
        names = ("localhost", "127.0.0.1", "127.0.0.2", socket.gethostname(), socket.getfqdn())
        issued = ca.issue_cert(*dict.fromkeys(names), common_name="localhost")
        self.ca_file = directory / "ca.pem"
        self.cert_file = directory / "cert.pem"
        self.key_file = directory / "key.pem"
        ca.cert_pem.write_to_path(str(self.ca_file))
        self.cert_file.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(str(self.key_file))
        self.key_file.chmod(0o600)
        for made in (self.ca_file, self.cert_file, self.key_file):
            account.own(made)
