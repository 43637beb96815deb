"""The digest that clerks' replies in the tests answer, and the day on which they do."""

from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "golden" / "clerk_replies"
DIGEST = (FOLDER / "digest.txt").read_text("utf-8")
TODAY = date(2026, 11, 23)
