"""Score the reader of clerks' mails on a file of cases: right, asked instead, or wrong.

    python -m tests.clerk_scoring FILE.jsonl [FIRST [LAST]]

A case is one JSON object a line: ``text`` (see ``spelt_out``), ``commands`` (``act`` and ``ref``,
and what else they carry), ``unread`` (the lines that stay so) and ``doubt``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.domain.clerk_reply import ClerkReply, Command
from parsers.answers import clerk
from tests.clerk_letters import DIGEST, TODAY, spelt_out

RIGHT, ASKED, WRONG = "right", "asked", "wrong"
Case = Mapping[str, Any]
Key = tuple[tuple[str, object], ...]


def cases(path: Path) -> list[Case]:
    """Return the cases of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read(case: Case) -> ClerkReply:
    """Return the case's mail as understood."""
    return clerk.read(spelt_out(case["text"]), [DIGEST], today=TODAY)


def judged(case: Case) -> str:
    """Return how the case was read; wrong is a command carried out that the truth does not hold."""
    reply = read(case)
    made = Counter(() if reply.doubt else map(told, reply.commands))
    true = Counter(() if case.get("doubt") else map(keyed, case["commands"]))
    if made - true:
        return WRONG
    if made != true or bool(reply.unread) != bool(case.get("unread")):
        return ASKED
    return RIGHT if reply.doubt == bool(case.get("doubt")) else ASKED


def told(command: Command) -> Key:
    """Return a command as it is compared: today said is today meant, texts without their marks."""
    said: dict[str, object] = {
        "act": command.act.value,
        "ref": command.ref,
        "number": command.number,
    }
    said |= {"text": command.text, "fields": dict(command.fields)}
    said |= {"id_kind": command.id_kind and command.id_kind.value, "loa": command.loa}
    said |= {"on": (command.on or TODAY).isoformat()}
    said |= {"until": command.until and command.until.isoformat()}
    return keyed(said)


def keyed(said: Case) -> Key:
    """Return a case's command in the same form."""
    found: dict[str, object] = {k: v for k, v in said.items() if v}
    found.setdefault("on", TODAY.isoformat())
    if "text" in found:
        found["text"] = " ".join(str(found["text"]).casefold().strip(" .!:,").split())
    if "fields" in found:
        found["fields"] = tuple(sorted(said["fields"].items()))
    return tuple(sorted(found.items()))


def scored(some: Iterable[Case]) -> Counter[str]:
    """Return how many cases were read in each way."""
    return Counter(judged(case) for case in some)


def main(path: str, first: str = "0", last: str = "") -> None:
    """Print the score, and each case that is not right."""
    some = cases(Path(path))[int(first) : int(last) if last else None]
    for case in some:
        if (verdict := judged(case)) != RIGHT:
            print(verdict, json.dumps(case, ensure_ascii=False))
    print(dict(scored(some)))


if __name__ == "__main__":
    main(*sys.argv[1:])
