"""Our requests and our reading of answers, held against what Microsoft has published of Graph.

Every request of a whole day's work must be one that is documented, and every documented answer
must be understood. Where the facts come from stands in graph_contract/README.md.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.adapters.graph import drafts, folders, names
from bot.adapters.graph.answers import Answer, Request
from bot.adapters.graph.connection import Connection
from bot.adapters.outgoing import graph as graph_out
from bot.ports.errors import PermanentError
from tests.laws.graph_place import GraphPlace, registered
from tests.laws.test_mailbox_laws import LONG_AGO, mail
from tests.laws.test_outgoing_laws import letter, with_files
from tests.servers.graph_asked import Asked, Said, properties
from tests.servers.graph_stub import refused

HERE = Path(__file__).parent / "graph_contract"
ROOT = Path(__file__).parents[2]
METADATA = json.loads((HERE / "metadata.json").read_text("utf-8"))
DOCUMENTED = json.loads((HERE / "documented.json").read_text("utf-8"))
ANSWERS, ERRORS = DOCUMENTED["answers"], DOCUMENTED["errors"]
SOURCES = [
    *(p for p in sorted((ROOT / "bot/adapters/graph").glob("*.py")) if p.name != "names.py"),
    ROOT / "bot/adapters/mailbox/graph.py",
    ROOT / "bot/adapters/outgoing/graph.py",
]
_CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+")


def words(table: type) -> dict[str, str]:
    return {k: v for k, v in vars(table).items() if not k.startswith("_") and isinstance(v, str)}


class TestNames:
    @pytest.mark.parametrize("kind", names.TYPES)
    def test_every_property_that_we_name_is_in_the_metadata(self, kind):
        assert set(words(names.TYPES[kind]).values()) <= properties(kind)

    @pytest.mark.parametrize("name", names.ACTIONS)
    def test_every_action_and_its_parameters_are_in_the_metadata(self, name):
        to, table = names.ACTIONS[name]
        [call] = [c for c in METADATA["calls"] if (c["name"], c["to"]) == (name, to)]
        known = {parameter.casefold() for parameter in call["parameters"]}
        assert call["kind"] == "Action"
        assert {v.casefold() for v in words(table).values()} <= known if table else True

    def test_delta_is_a_function_of_messages(self):
        for name, to in names.FUNCTIONS.items():
            assert {"kind": "Function", "name": name, "to": to, "parameters": []} in METADATA[
                "calls"
            ]

    def test_a_name_that_is_not_there_is_seen(self):
        assert "recievedDateTime" not in properties("message")
        assert {"id", "categories", "isDraft"} <= properties("message")

    @pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
    def test_no_name_of_graphs_is_written_outside_the_tables(self, source):
        known = {v for table in names.TYPES.values() for v in words(table).values()}
        known |= {v for table in names.PROTOCOL for v in words(table).values()}
        known |= {v for _, table in names.ACTIONS.values() if table for v in words(table).values()}
        plain = {n for n in known if _CAMEL.fullmatch(n)} | {"sendMail", "createUploadSession"}
        tree = ast.parse(source.read_text("utf-8"))
        found = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        camel = {w for text in found for w in _CAMEL.findall(text)}
        assert camel & plain <= {"sendMail", "createUploadSession"}


def forms(call: dict) -> list[re.Pattern[str]]:
    found = []
    for form in call["forms"]:
        pattern = re.escape(form).replace(re.escape("{id}"), "[^/]+")
        found.append(re.compile(pattern))
    return found


def documented(asked: Asked) -> dict:
    """Return the documented call that a request is."""
    path = unquote(asked.path.removeprefix("/v1.0"))
    path = re.sub(r"mailFolders\('([^']+)'\)", r"mailFolders/\1", path)
    line = f"{asked.method} {'uploadUrl' if path.startswith('/uploads/') else path}"
    calls = [c for c in DOCUMENTED["calls"] if any(f.fullmatch(line) for f in forms(c))]
    assert calls, f"not documented: {line}"
    return calls[0]


def held_against(asked: Asked) -> str:
    """Check one request; return the documented call's name."""
    call = documented(asked)
    if call["name"] != "upload of a part":
        assert set(parse_qs(urlsplit(asked.target).query)) <= set(call.get("query", ()))
    if asked.body:
        assert asked.headers["content-type"] == call["type"]
    if call.get("body") is not None:
        assert set(json.loads(asked.body)) <= set(call["body"])
    for name in call.get("headers", ()):
        assert name.lower() in asked.headers
    for name in call.get("never", ()):
        assert name.lower() not in asked.headers
    return str(call["name"])


@pytest.fixture
def place(graph, graph_issuer, tmp_path):
    return GraphPlace(graph, graph_issuer, tmp_path)


@pytest.fixture
def connection(place):
    made = Connection(place.settings(), {})
    yield made
    made.close()


@pytest.fixture
def way(graph, graph_issuer):
    settings = graph_out.Settings(kind="graph", **registered(graph, graph_issuer))
    made = graph_out.Graph(settings, {}, pause=lambda _: None)
    yield made
    made.close()


@pytest.fixture
def mailbox(place):
    made = place.mailbox(categories=True)
    yield made
    made.close()


def here(told: object, url: str) -> dict:
    """Return a documented answer whose links lead to the stub."""
    return json.loads(json.dumps(told).replace("https://graph.microsoft.com/v1.0", url))


class TestRequests:
    def test_a_whole_days_requests_are_all_documented(self, place, graph, way, mailbox):
        graph.calls.page, graph.calls.restless = 2, True
        for number in range(5):
            place.deliver(mail(number))
        refs = mailbox.arrived()
        assert len(list(mailbox.fetch(refs))) == 5
        mailbox.file(refs[:3], "Klart")
        mailbox.file(refs[3:], "Ärenden/Att granska")
        found = mailbox.filed(("Klart", "Ärenden/Att granska"), LONG_AGO)
        mailbox.file(found[:1], "Att granska")
        mailbox.check()
        way.send(letter())
        parcel = with_files(letter(), b"%PDF " + b"E" * 4_000_000, b"%PDF small")
        graph.faulty = lambda a: refused(503, "X") if a.path.endswith("/send") else None
        with pytest.raises(Exception, match="503"):
            way.send(parcel)
        [draft] = graph.office.inside("F-drafts")
        draft.attached.pop()  # not all of it came: it is thrown away and made anew
        graph.faulty = lambda _: None
        way.send(parcel)
        way.check()
        seen = {held_against(asked) for asked in graph.asked}
        parts = [
            p
            for a in graph.asked
            if a.path.endswith("/$batch")
            for p in json.loads(a.body)["requests"]
        ]
        batching = next(c for c in DOCUMENTED["calls"] if c["name"] == "JSON batching")
        for part in parts:
            assert set(part) <= set(batching["part"])
            headers = {name.lower(): value for name, value in part["headers"].items()}
            body = json.dumps(part["body"]).encode() if "body" in part else b""
            seen.add(held_against(Asked(part["method"], part["url"], headers, body)))
        assert seen == {call["name"] for call in DOCUMENTED["calls"]}

    def test_a_request_that_is_not_documented_is_seen(self):
        with pytest.raises(AssertionError, match="not documented"):
            held_against(Asked("POST", "/v1.0/users/x/messages/y/copy", {}, b"{}"))
        with pytest.raises(AssertionError):
            held_against(Asked("GET", "/v1.0/users/x/messages?$search=x", {}))


class TestAnswers:
    def test_a_round_of_changes_and_the_next(self, place, mailbox, graph):
        rounds = ANSWERS["delta"]
        pages = iter([*rounds["first_round"], rounds["next_round"]])
        graph.faulty = lambda a: (
            Said(200, here(next(pages), graph.url).copy()) if "/delta" in a.path else None
        )
        first = mailbox.arrived()
        wanted = [entry["id"] for page in rounds["first_round"] for entry in page["value"]]
        assert [ref.uid for ref in first] == wanted
        [gone] = [e["id"] for e in rounds["next_round"]["value"] if "@removed" in e]
        assert gone not in {ref.uid for ref in mailbox.arrived()}

    def test_a_mail_as_mime(self, place, mailbox, graph):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        raw = ANSWERS["mime"]["text"].encode()
        said = Said(200, headers={"Content-Type": "text/plain"}, raw=raw)
        graph.faulty = lambda a: said if a.path.endswith("/$value") else None
        assert list(mailbox.fetch(refs)) == [(refs[0], raw)]

    def test_a_mail_that_was_moved(self, place, mailbox, graph):
        place.deliver(mail(1))
        refs = mailbox.arrived()
        moved = Said(ANSWERS["moved"]["status"], ANSWERS["moved"]["told"])
        coloured = []
        graph.faulty_part = lambda a: (
            moved if a.path.endswith("/move") else coloured.append(a) or Said(200, {})
        )
        assert mailbox.file(refs, "Klart") == ()
        assert moved.told["id"] in unquote(coloured[0].target)

    def test_the_parts_of_a_batch(self, connection, graph):
        graph.faulty = lambda _: Said(200, ANSWERS["batch"]["told"])
        answers = connection.batch([Request("GET", "/x")] * 5)
        assert [answer.status for answer in answers] == [200, 403, 403, 405, 200]
        codes = [r.code for a in answers if (r := a.refusal()) is not None]
        assert codes == ["", "Authorization_RequestDenied", "Request_BadRequest"]

    def test_folders_found_and_made(self, connection, graph):
        graph.faulty = lambda _: Said(200, ANSWERS["folders"]["told"])
        assert folders.found(connection, "Archive") == "AQMkADYAAAIBXQAAAA=="
        assert folders.found(connection, "weekly DIGESTS") == "AAMkADYRAAAZg1yTAAA="
        assert folders.found(connection, "Klart") is None
        for name in ("folder_made", "child_made"):
            said = ANSWERS[name]
            graph.faulty = lambda a, said=said: (
                Said(said["status"], said["told"])
                if a.method == "POST"
                else Said(200, {"value": []})
            )
            assert folders.made(connection, "Ny") == said["told"]["id"]

    def test_an_upload_goes_on_where_graph_says(self, connection, graph):
        url = f"{graph.calls.uploads}/x"
        session = ANSWERS["session"]["told"] | {"uploadUrl": url}
        taken, last = ANSWERS["part_taken"], ANSWERS["last_part_taken"]
        parts = iter([Said(200, taken["told"]), Said(201, headers=last["headers"])])
        graph.faulty = lambda a: next(parts) if a.method == "PUT" else Said(201, session)
        part = drafts.Part("flower", "image/jpeg", b"F" * 3_483_322)
        drafts._attached(connection, "AAMk=", part, 1)
        spans = [a.headers["content-range"] for a in graph.asked if a.method == "PUT"]
        assert spans[1] == "bytes 2097152-3483321/3483322"

    def test_a_draft_that_became_microsofts_example_is_not_sent(self, way, graph):
        draft = Said(201, ANSWERS["draft"]["told"])
        graph.faulty = lambda a: draft if a.path.endswith("/messages") and a.body else None
        with pytest.raises(PermanentError, match="other recipients"):
            way.send(with_files(letter(), b"%PDF " + b"G" * 3_500_000))

    @pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["code"])
    def test_an_errors_code_and_patience_are_read_and_its_words_are_not(self, error):
        content = json.dumps(error["told"]).encode()
        refusal = Answer("peer", error["status"], error.get("headers", {}), content).refusal()
        assert refusal is not None
        assert refusal.code == error["code"]
        assert error["told"]["error"]["message"] not in str(refusal)
        wanted = error.get("headers", {}).get("Retry-After")
        assert refusal.retry_after == (float(wanted) if wanted else None)
