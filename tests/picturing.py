"""Pictures of letters and of the terminal, for ``docs/pictures``: ``make pictures``. Tests nothing.

Needs headless Chromium (Debian's ``chromium``). ``--sheet FOLDER`` draws every letter at phone,
desk and wide width, light and dark, to be looked at.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import html as markup
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from io import BytesIO, StringIO
from pathlib import Path

from PIL import Image, ImageChops
from rich.console import Console
from rich.text import Text

from bot.app.samples import named
from bot.domain.letters import Letter
from tests.letters import case_of, mail

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
SOURCES = FOLDER / "sources.json"
WIDTHS = (360, 700, 1000)
_TALL = 6000
# The letters that the documents show, by the name of their sample.
SHOWN = {
    "letter-applied": "applied-new",
    "letter-question": "question-several",
    "letter-review": "review",
    "letter-review-echo": "review_echo-partly",
    "letter-digest": "digest-full",
    "letter-staff-echo": "staff_echo-partly",
}


def html_of(letter: Letter) -> str:
    """Return a letter's HTML with its pictures in it, as a mail program shows it."""
    return with_pictures(mail(letter, case=case_of(letter)).as_bytes())


def with_pictures(raw: bytes) -> str:
    """Return the HTML of the mail *raw*, each ``cid:`` a picture in place."""
    read = message_from_bytes(raw, policy=default)
    body = read.get_body(("html",))
    assert body is not None
    html = str(body.get_content())
    for part in read.walk():
        name = part.get("Content-ID")
        if name is not None:
            data = base64.b64encode(part.get_payload(decode=True)).decode()
            html = html.replace(f"cid:{name[1:-1]}", f"data:image/png;base64,{data}")
    return html


def drawn(html: str, width: int, *, dark: bool = False) -> Image.Image:
    """Return *html* as Chromium draws it at *width* CSS pixels, cut at its end."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "page.html"), Path(folder, "page.png")
        # Chromium's own window is never narrower than 500: a frame gives phones their width.
        inner = f"<!DOCTYPE html>{html}" if "<!DOCTYPE" not in html else html
        frame = (
            f'<body style="margin:0"><iframe style="border:0;width:{width}px;height:{_TALL}px" '
            f'srcdoc="{markup.escape(inner)}"></iframe></body>'
        )
        page.write_text(frame, encoding="utf-8")
        theme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
        subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", theme,
             f"--window-size={max(width, 500)},{_TALL}", f"--screenshot={shot}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        picture = Image.open(shot).convert("RGB").crop((0, 0, width, _TALL))
    return _cut(picture)


def _cut(picture: Image.Image) -> Image.Image:
    """Return *picture* without the empty rows at its end."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    box = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, min(picture.height, (box[3] if box else 1) + 24)))


def packed(picture: Image.Image) -> bytes:
    """Return *picture* as a small PNG."""
    out = BytesIO()
    picture.quantize(96, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def fingerprint(letter: Letter) -> str:
    """Return what tells whether a letter's picture is current."""
    text = re.sub(r"cid:[^\"]+", "cid:", html_of(letter))
    return hashlib.sha256(text.encode()).hexdigest()


def terminal(words: Sequence[str], *, folder: Path, columns: int = 100) -> str:
    """Return what a command writes on a terminal *columns* wide, with its colours."""
    read, write = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "LINES": "60", "TERM": "xterm-256color",
           "PYTHONPATH": str(ROOT)}  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *words], cwd=folder, stdin=write, stdout=write,
        stderr=subprocess.DEVNULL, env=env,
    ) as process:  # fmt: skip
        os.close(write)
        found = b""
        try:
            while chunk := os.read(read, 65536):
                found += chunk
        except OSError:  # the terminal is closed when the program ends
            pass
        process.wait(300)
    os.close(read)
    return found.decode("utf-8", "replace").replace("\r\n", "\n")


def screen(shots: Sequence[tuple[str, str]], *, columns: int = 100) -> Image.Image:
    """Return a picture of a terminal in which each command was written and gave its answer."""
    console = Console(record=True, width=columns, file=StringIO())
    for command, answer in shots:
        console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
        console.print(Text.from_ansi(_settled(answer)))
    svg = console.export_svg(title="ekbot")
    return drawn(f'<body style="margin:0;background:#ffffff">{svg}</body>', 1000)


def _settled(answer: str) -> str:
    """Return what stands when the progress bars are gone: each line as last written."""
    lines = [line.rsplit("\r", 1)[-1] for line in answer.split("\n")]
    return "\n".join(re.sub(r"\x1b\[\??\d*[A-HJKhl]", "", line) for line in lines).strip("\n")


def draw_letters() -> None:
    """Draw the letters that the documents show, and note what they were drawn from."""
    FOLDER.mkdir(exist_ok=True)
    letters = named()
    for picture, sample in SHOWN.items():
        (FOLDER / f"{picture}.png").write_bytes(packed(drawn(html_of(letters[sample]), 700)))
    SOURCES.write_text(json.dumps(current(), indent=1) + "\n", encoding="utf-8")


def current() -> dict[str, str]:
    """Return the fingerprint of each letter that the documents show."""
    letters = named()
    return {picture: fingerprint(letters[sample]) for picture, sample in SHOWN.items()}


def draw_terminal() -> None:
    """Draw the terminal after the demo."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terminal(["demo"], folder=folder)
        asked = ("list cases", "case show 3", "why K-1")
        base = ("--config", "demo/ekbot.toml")
        shots = [
            (f"ekbot {words}", terminal([*base, *words.split()], folder=folder)) for words in asked
        ]
        (FOLDER / "terminal.png").write_bytes(packed(screen(shots)))


def sheet(folder: Path, names: Sequence[str]) -> None:
    """Draw letters at every width, light and dark, into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = named()
    for name in names or sorted(letters):
        html = html_of(letters[name])
        for width in WIDTHS:
            for dark in (False, True):
                file = folder / f"{name}-{width}{'-dark' if dark else ''}.png"
                file.write_bytes(packed(drawn(html, width, dark=dark)))


def main() -> None:
    """Draw what the documents show, or sheets to look at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path, help="folder for every letter at every width")
    parser.add_argument("names", nargs="*", help="samples to draw, all if none")
    wanted = parser.parse_args()
    if wanted.sheet is not None:
        sheet(wanted.sheet, wanted.names)
        return
    draw_letters()
    draw_terminal()


if __name__ == "__main__":
    main()
