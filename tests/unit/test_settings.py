"""The configuration file: every fault named at once, every default the domain's."""

import re
import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.settings import (
    DATABASE_VARIABLE,
    EXAMPLE,
    ConfigurationError,
    Settings,
    describe_problems,
    load,
    validated,
)

ROOT = Path(__file__).parents[2]
BACKENDS = ("mailbox", "outgoing", "catalogue", "managers")
SMALLEST = """
[office]
name = "Lokala EK"
mail = "EK@jarfalla.example"
[mailbox]
kind = "maildir"
path = "post"
[outgoing]
kind = "maildir"
path = "/srv/ut"
"""


def loaded(tmp_path, text, environment=None):
    file = tmp_path / "ekbot.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environment or {})


def faults(tmp_path, text, environment=None):
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, text, environment)
    return {fault.key: fault for fault in caught.value.problems}


def test_the_smallest_file_gives_the_domains_defaults(tmp_path):
    settings = loaded(tmp_path, SMALLEST)
    assert settings.office.mail == "ek@jarfalla.example"
    assert settings.office.domain == "jarfalla.example"
    assert (settings.approval.brake_records, settings.approval.brake_share) == (20, 0.10)
    assert settings.review.ending_days == (30, 14, 7)
    assert settings.cards.void_days == 90
    assert settings.reserve_cards.months == 3
    assert settings.digest.at == time(7, 30)
    assert (settings.retention.raw_mail_days, settings.retention.rejected_mail_days) == (8, 30)
    assert (settings.limits.cap_per_sender, settings.limits.cap_total) == (50, 2000)
    assert settings.trust.accept == ()
    assert settings.managers is None
    assert settings.catalogue == {"kind": "sql"}


def test_relative_paths_count_from_the_files_folder(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    text = SMALLEST + '[managers]\nkind = "csv"\npath = "chefer.csv"\nca_file = ""\n'
    Path("a/ekbot.toml").write_text(text, encoding="utf-8")
    settings = load(Path("a/ekbot.toml"), {})
    folder = tmp_path / "a"
    assert settings.file == folder / "ekbot.toml"
    assert settings.mailbox["path"] == str(folder / "post")
    assert settings.outgoing["path"] == "/srv/ut"
    assert settings.managers == {"kind": "csv", "path": str(folder / "chefer.csv"), "ca_file": ""}
    assert settings.forms.path == folder / "forms"
    assert settings.database.url == f"sqlite:///{folder}/var/ekbot.db"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:////srv/ek.db?timeout=5", "sqlite:////srv/ek.db?timeout=5"),
        ("sqlite:///ek.db?timeout=5", "sqlite:///{folder}/ek.db?timeout=5"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://ek@db.example/ek", "postgresql+psycopg://ek@db.example/ek"),
        ("postgresql+psycopg://ek@db.example/ek", "postgresql+psycopg://ek@db.example/ek"),
    ],
)
def test_a_database_url_is_made_absolute(tmp_path, given, used):
    settings = loaded(tmp_path, SMALLEST, {DATABASE_VARIABLE: given})
    assert settings.database.url == used.format(folder=tmp_path)


def test_a_bad_url_in_the_environment_is_named_as_such_and_never_shown(tmp_path):
    found = faults(tmp_path, SMALLEST, {DATABASE_VARIABLE: "mysql://ek:hemlig@db.example/ek"})
    assert DATABASE_VARIABLE in str(found["url"])
    assert "hemlig" not in str(found["url"])
    both = faults(tmp_path, "fel = 1\n" + SMALLEST, {DATABASE_VARIABLE: "mysql://x"})
    assert set(both) == {"url", "fel"}


def test_every_fault_is_told_at_once(tmp_path):
    text = """
    colour = "blue"
    [office]
    name = ""
    mail = "lokala ek"
    fone = "08-465 004 00"
    staff = "handlaggare@jarfalla.example"
    closed_days = ["i dag"]
    timezone = "Europe/Helsinki"
    [mailbox]
    path = "post"
    [approval]
    mode = "semi"
    brake_share = 1.5
    brake_records = "många"
    [digest]
    at = "halv åtta"
    enabled = "ja tack"
    [reserve_cards]
    months = 4
    [trust]
    accept = ["dmarc"]
    """
    found = faults(tmp_path, text)
    assert set(found) == {
        "colour", "office.name", "office.mail", "office.fone", "office.staff",
        "office.closed_days[1]", "office.timezone", "mailbox", "outgoing", "approval.mode",
        "approval.brake_share", "approval.brake_records", "digest.at", "digest.enabled",
        "reserve_cards.months", "trust",
    }  # fmt: skip
    assert "Menade du phone?" in found["office.fone"].allowed
    assert found["approval.mode"].allowed == 'Tillåtet: "auto" eller "staff"'
    assert found["reserve_cards.months"].wrong == "ska vara högst 3"
    assert found["outgoing"].wrong == "saknas"
    assert "kind saknas" in found["mailbox"].wrong
    assert "authserv_id" in found["trust"].wrong
    text = describe_problems(found.values())
    assert text.startswith("16 fel i konfigurationen:")
    for fault in found.values():
        assert f"{tmp_path / 'ekbot.toml'}: {fault.key}: " in text
        assert not fault.wrong.startswith("har fel värde"), "a fault without words of its own"


def test_the_key_file_is_not_the_offices(tmp_path):
    assert set(faults(tmp_path, 'file = "x"\n' + SMALLEST)) == {"file"}


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationError, match=f"cp {EXAMPLE} .*ekbot.toml"):
        load(tmp_path / "ekbot.toml", {})
    assert (ROOT / EXAMPLE).is_file()


def test_a_folder_in_the_files_place_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="kan inte läsas"):
        load(tmp_path, {})


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b'name = "J\xe4rf\xe4lla"', "UTF-8"), (b"[office]\nname = Lokala EK", "rad 2")],
)
def test_a_file_that_is_no_toml_is_told(tmp_path, raw, words):
    (tmp_path / "ekbot.toml").write_bytes(raw)
    with pytest.raises(ConfigurationError, match=words):
        load(tmp_path / "ekbot.toml", {})


def test_windows_byte_order_mark_is_harmless(tmp_path):
    (tmp_path / "ekbot.toml").write_text(SMALLEST, encoding="utf-8-sig")
    assert load(tmp_path / "ekbot.toml", {}).office.name == "Lokala EK"


def test_office_hours_may_be_told_day_by_day(tmp_path):
    hours = 'office_hours = { fri = "08–15", "Måndag" = "08–16", lordag = "" }\n[mailbox]'
    settings = loaded(tmp_path, SMALLEST.replace("[mailbox]", hours))
    assert settings.office.office_hours == "måndag 08–16, fredag 08–15"
    wrong = SMALLEST.replace(
        "[mailbox]", 'office_hours = { mon = "08–15", helg = "08–15" }\n[mailbox]'
    )
    assert set(faults(tmp_path, wrong)) == {"office.office_hours"}


def test_nothing_that_goes_into_a_header_may_break_the_line(tmp_path):
    text = SMALLEST.replace('"Lokala EK"', '"Lokala EK\\r\\nBcc: x@y.example"')
    assert set(faults(tmp_path, text)) == {"office.name"}


def test_a_backends_own_model_is_held_against_its_table():
    class Peer(BaseModel, frozen=True, extra="forbid"):
        kind: str
        host: str

    with pytest.raises(ConfigurationError) as caught:
        validated(Peer, {"kind": "imap", "hosst": "x"}, table="mailbox", file=Path("ek.toml"))
    text = str(caught.value)
    assert "ek.toml: mailbox.host: saknas" in text
    assert "ek.toml: mailbox.hosst: nyckeln finns inte. Menade du host?" in text


def test_settings_can_not_be_changed(tmp_path):
    with pytest.raises(ValueError, match="frozen"):
        loaded(tmp_path, SMALLEST).office.name = "X"


def test_the_readers_models_are_the_programs_own_until_a_folder_is_named(tmp_path):
    assert loaded(tmp_path, SMALLEST).reading.models is None
    assert loaded(tmp_path, SMALLEST + '[reading]\nmodels = ""').reading.models is None
    named = loaded(tmp_path, SMALLEST + '[reading]\nmodels = "m"\nthreads = 2').reading
    assert (named.models, named.threads) == (tmp_path / "m", 2)
    assert "reading.threads" in faults(tmp_path, SMALLEST + "[reading]\nthreads = 0")
    assert "reading.model" in faults(tmp_path, SMALLEST + '[reading]\nmodel = "m"')


def test_the_example_loads():
    settings = load(ROOT / EXAMPLE, {})
    assert settings.office.closed_days[0] == date(2026, 12, 23)
    assert settings.mailbox["password_file"] == str(ROOT / "config/mailbox.password")


def test_the_example_mentions_every_key_of_every_model():
    tables = tomllib.loads((ROOT / EXAMPLE).read_text(encoding="utf-8"))
    assert set(tables) == set(Settings.model_fields) - {"file"}
    for name, field in Settings.model_fields.items():
        if name not in (*BACKENDS, "file"):
            assert isinstance(field.annotation, type)
            assert issubclass(field.annotation, BaseModel)
            assert set(tables[name]) == set(field.annotation.model_fields), name


def test_what_the_example_calls_defaults_are_the_defaults(tmp_path):
    example, bare = load(ROOT / EXAMPLE, {}), loaded(tmp_path, SMALLEST)
    beside = {"ladders": None, "rules": None}  # the example lies beside the program's own files
    for name in ("approval", "review", "cards", "reserve_cards", "digest", "retention", "limits"):
        own = getattr(example, name)
        known = {k: v for k, v in beside.items() if k in type(own).model_fields}
        assert own.model_copy(update=known) == getattr(bare, name), name
    assert example.catalogue == bare.catalogue
    assert example.forms.path.name == bare.forms.path.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[office\n", "på rad 1, tecken 8: hakparentesen ] saknas"),
        ("[office]\nname\n", "på rad 2, tecken 5: likhetstecken saknas efter nyckeln"),
        ("[office]\nname = Lokala EK\n", "på rad 2, tecken 8: värdet går inte att läsa"),
        ('[office]\nname = "a"\nname = "b"\n', "nyckeln står två gånger"),
        ("[office]\n[office]\n", "tabellen står två gånger"),
        ('[office]\nname = "a" b\n', "det står något efter värdet"),
        ('[office]\nname = "a\n', "på rad 2"),
        ("= 1\n", "på rad 1, tecken 1: raden är varken nyckel eller tabell"),
        ("staff = [", "i slutet av filen"),
    ],
)
def test_a_file_that_is_no_toml_is_explained_in_swedish(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "ekbot.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load(path, {})
    words = str(error.value).replace(str(path), "")
    assert told in words
    assert not re.search(r"\b(?:at|line|column|Invalid|Expected|end of)\b", words), words
