"""How the program logs: one JSON object a line, without personal data. Decides nothing.

A message is constant text; what varies stands in named keys that hold numbers and codes.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TextIO

MASK: Final = "********-****"
_SHAPE = re.compile(  # 10 or 12 digits, with the dashes and blanks that people and OCR put in
    r"(?<!\d)(?:(?:1[89]|20)\s?)?\d{6}\s?[-+_.‐‑‒–—―−]?\s?\d{4}(?!\d)"
)
_MONTHS, _LONGEST, _COORDINATED = 12, 31, 60  # a samordningsnummer's day is 60 higher
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: time, level, logger, message, keys, class of error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; an error's text is left out, for it may hold personal data."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": at,
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        for key, value in record.__dict__.items():
            if key not in _OWN:
                line[key] = _value(value)
        if record.exc_info is not None and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line["error"] = kind.__qualname__
            line["at"] = _place(trace)
        return json.dumps(line, ensure_ascii=False)


def configure(level: str, stream: TextIO) -> None:
    """Send the program's log to *stream* as JSON lines, from *level* ("INFO") up.

    Called again, it takes the place of the first set-up. Libraries speak from WARNING up only:
    some of them log what passes over the wire.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("bot", "parsers"):
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)


def masked(text: str) -> str:
    """Return *text* with all that could be an identity number masked; a second net, not the first.

    Ten or twelve digits count when Luhn's checksum over the last ten holds.
    """
    return _SHAPE.sub(lambda found: MASK if _checks(found[0]) else found[0], text)


def _value(value: object) -> object:
    """Return numbers and truth values as they are, all else as text; identity numbers masked."""
    text = str(value)
    hidden = masked(text)
    plain = value is None or isinstance(value, bool | int | float)
    return value if plain and hidden == text else hidden


def _checks(text: str) -> bool:
    """Tell whether the last ten digits could be an identity number: month, day, Luhn."""
    ten = re.sub(r"\D", "", text)[-10:]
    month, day = int(ten[2:4]), int(ten[4:6])
    if month > _MONTHS or not (day <= _LONGEST or _COORDINATED <= day <= _COORDINATED + _LONGEST):
        return False
    doubled = (int(d) * (2 - place % 2) for place, d in enumerate(ten))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _place(trace: TracebackType | None) -> str:
    """Return module and line where the error rose: no value of any variable."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
