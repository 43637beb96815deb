"""A private PostgreSQL for the tests, on a free loopback port. Knows no schema of ours."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.servers.processes import SYSTEM_PATH, Account, Child, ServerError, free_port, missing


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL that Debian installed."""
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        missing("PostgreSQL (package postgresql) is not here")
    return max(folders, key=lambda folder: int(folder.parent.name))


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a server for the block and yield its URI, ``postgresql://…``.

    Without *durable* nothing is synced to disk: fast, and honest about everything but power cuts.
    """
    folder, account = binaries(), Account.unprivileged()
    here, port = account.directory("postgres"), free_port()
    running: Child | None = None
    try:
        _initialise(folder, here, account)
        command: list[str | Path] = [folder / "postgres", "-D", here / "data"]
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(here),
            "port": str(port),
        }
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        for key, value in settings.items():
            command += ["-c", f"{key}={value}"]
        running = Child(command, here / "log", account=account)
        # It listens some time before it serves, so the port alone does not tell.
        running.wait_for_words("ready to accept connections")
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        if running is not None:
            running.stop(signal.SIGINT)  # "fast shutdown": does not wait for clients
        shutil.rmtree(here, ignore_errors=True)


def _initialise(folder: Path, here: Path, account: Account) -> None:
    command: list[str | Path] = [folder / "initdb", "-D", here / "data", "-U", "postgres"]
    command += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    drop = account.switch()
    made = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=here,
        env={"PATH": SYSTEM_PATH},
        **drop,
    )
    if made.returncode:
        raise ServerError(made.stderr)
