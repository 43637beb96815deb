"""Where the files that come along with the program lie. Opens none."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_SHARED = Path(sys.prefix) / "share" / "ek-bot"
DATA = _ROOT / "templates" if (_ROOT / "templates").is_dir() else _SHARED / "templates"
PLANS = _ROOT / "config" if (_ROOT / "config").is_dir() else _SHARED / "config"
