"""How the crew's two processes talk: framed pickles, unpickled by allowance only.

The child reads foreign bytes and may fall to them; so the parent takes nothing from it but plain
values of the reading's own classes.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Any

LARGEST = 400_000_000  # bytes of one message


class Task(StrEnum):
    """What the child can be asked to do."""

    MAIL = "mail"
    FILE = "file"
    OUTLINE = "outline"
    HEAD = "head"
    RING = "ring"


_MODULES = frozenset(
    {
        "bot.domain.forms", "parsers.reading", "parsers.mail.message", "parsers.mail.attachment",
        "parsers.mail.automatic", "parsers.mail.authentication",
    }
)  # fmt: skip
_PLAIN: dict[tuple[str, str], type] = {
    ("datetime", kind.__name__): kind for kind in (date, datetime, timedelta, timezone)
}


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        """Return a class of the readings; everything else is refused."""
        plain = _PLAIN.get((module, name))
        if plain is not None:
            return plain
        if module in _MODULES and "." not in name:
            found: object = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")


class _Plain(pickle.Pickler):
    def reducer_override(self, obj: object) -> Any:  # noqa: ANN401 - what pickle takes
        """Write an enum's member as its class and value.

        Python 3.11.0–3.11.3, Debian 12's among them, would write ``getattr``, which is refused.
        """
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


def pack(message: object) -> bytes:
    """Return *message* as bytes."""
    buffer = io.BytesIO()
    _Plain(buffer, protocol=5).dump(message)
    return buffer.getvalue()


def unpack_from_child(content: bytes) -> object:
    """Return the child's message, built of nothing but the readings' own classes.

    Raises:
        pickle.UnpicklingError: it is damaged or names anything else.
    """
    try:
        return _Careful(io.BytesIO(content)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # a damaged stream makes the unpickler raise nearly anything
        raise pickle.UnpicklingError(type(error).__name__) from error


def unpack_from_parent(content: bytes) -> tuple[Task, tuple[object, ...]]:
    """Return the task and its arguments; the parent is trusted."""
    task, arguments = pickle.loads(content)  # noqa: S301 - written by our own parent process
    return Task(task), tuple(arguments)
