"""Cut the few types that the program uses out of Microsoft's published metadata of Graph.

    python -m tests.laws.graph_contract.extract v1.0-Prod.csdl

Reads the whole schema (CSDL, 3 MB) and writes metadata.json beside this file. Not run by tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
TARGET = Path(__file__).parent / "metadata.json"
TYPES = (
    "entity", "outlookItem", "message", "mailFolder", "attachment", "fileAttachment",
    "singleValueLegacyExtendedProperty", "recipient", "emailAddress", "itemBody",
    "internetMessageHeader", "attachmentItem", "uploadSession",
)  # fmt: skip
USER = ("mailFolders", "messages")  # all that we know of a user
CALLS = ("move", "send", "sendMail", "createUploadSession", "delta")
BOUND = ("message", "user", "attachment")


def extract(csdl: Path) -> dict[str, object]:
    root = ET.parse(csdl).getroot()
    schema = next(s for s in root.iter(f"{EDM}Schema") if s.get("Namespace") == "microsoft.graph")
    types: dict[str, dict[str, object]] = {}
    calls: list[dict[str, object]] = []
    for element in schema:
        kind, name = element.tag.removeprefix(EDM), element.get("Name", "")
        if kind in ("EntityType", "ComplexType") and name in (*TYPES, "user"):
            types[name] = {
                "base": element.get("BaseType", "").removeprefix("graph."),
                "properties": sorted(
                    part.get("Name", "")
                    for part in element
                    if part.tag in (f"{EDM}Property", f"{EDM}NavigationProperty")
                    and (name != "user" or part.get("Name") in USER)
                ),
            }
        if kind in ("Action", "Function") and name in CALLS:
            bound, *parameters = element.findall(f"{EDM}Parameter")
            to = bound.get("Type", "").removeprefix("Collection(").rstrip(")")
            to = to.removeprefix("graph.")
            if to in BOUND:
                names = [parameter.get("Name", "") for parameter in parameters]
                calls.append({"kind": kind, "name": name, "to": to, "parameters": names})
    calls.sort(key=lambda call: (str(call["name"]), str(call["to"])))
    return {"types": dict(sorted(types.items())), "calls": calls}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(extract(Path(sys.argv[1])), indent=1) + "\n", encoding="utf-8")
