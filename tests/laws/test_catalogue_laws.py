"""The laws of every catalogue that programs can write to, and of the one that only staff can."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import ValidationError

from bot.adapters.catalogue import sql
from bot.adapters.catalogue.sql import SqlCatalogue
from bot.adapters.catalogue.worklist import Settings, Worklist
from bot.adapters.store.store import SqlStore
from bot.domain.records import Action, Change
from bot.ports.catalogue import Catalogue
from bot.ports.errors import ConflictError, NeedsOperatorError, PermanentError
from tests.builders import ANNA as ANNA_DIGITS
from tests.builders import BO, CILLA, an_entry, person
from tests.fakes.catalogue import FakeCatalogue
from tests.laws.databases import KINDS, new_database
from tests.laws.directories import in_directory

ANNA = an_entry()
ADD = Change(Action.ADD, None, ANNA)
HSA_ID = "SE2321000016-AB12"


@pytest.fixture(params=["fake", *KINDS, pytest.param("slapd", marks=pytest.mark.server)])
def catalogue(request, tmp_path) -> Iterator[Catalogue]:
    if request.param == "fake":
        yield FakeCatalogue()
        return
    if request.param == "slapd":
        server = request.getfixturevalue("slapd_server")
        server.empty()
        with in_directory(server, f"sqlite:///{tmp_path}/ekbot.db") as directory:
            yield directory
        return
    with new_database(request.param, tmp_path, request) as database:
        opened = SqlCatalogue.open(database.url)
        yield opened
        opened.close()


def modify(before=ANNA, **values) -> Change:
    return Change(Action.MODIFY, before, replace(before, **values))


def test_a_person_who_is_not_there_is_not_found(catalogue):
    assert catalogue.find(person()) is None


def test_what_is_written_reads_back_equal(catalogue):
    whole = an_entry(middle_name="Åsa", hsa_id=HSA_ID, protected=True, surname="Öberg-Ærø")
    written = catalogue.write(Change(Action.ADD, None, whole), "", "K-1/1/0")
    assert (written.entry, written.by_hand) == (whole, False)
    found = catalogue.find(person())
    assert (found.entry, found.version) == (whole, written.version)
    assert found.version != ""


def test_an_entry_may_be_nearly_empty(catalogue):
    bare = an_entry(
        given_name=None, title=None, unit_id=None, unit=None, mail=None, phone=None,
        valid_from=None, valid_until=None,
    )  # fmt: skip
    assert catalogue.write(Change(Action.ADD, None, bare), "", "1").entry == bare


def test_adding_a_person_who_is_there_is_a_conflict_that_says_what_was_seen(catalogue):
    version = catalogue.write(ADD, "", "1").version
    for expected in ("", version):
        with pytest.raises(ConflictError) as caught:
            catalogue.write(Change(Action.ADD, None, replace(ANNA, title="x")), expected, "2")
        assert caught.value.seen == version
    assert catalogue.find(person()).entry == ANNA


def test_a_change_on_the_version_that_is_there_is_carried_out(catalogue):
    version = catalogue.write(ADD, "", "1").version
    written = catalogue.write(modify(title="Sjuksköterska"), version, "2")
    assert written.entry.title == "Sjuksköterska"
    assert written.version != version
    assert catalogue.find(person()).version == written.version


@pytest.mark.parametrize("expected", ["", "99", "nonsense"])
def test_a_change_on_another_version_is_a_conflict_and_changes_nothing(catalogue, expected):
    version = catalogue.write(ADD, "", "1").version
    with pytest.raises(ConflictError) as caught:
        catalogue.write(modify(title="x"), expected, "2")
    assert caught.value.seen == version
    assert catalogue.find(person()).entry == ANNA


def test_a_change_of_an_entry_that_is_gone_is_a_conflict(catalogue):
    with pytest.raises(ConflictError):
        catalogue.write(modify(title="x"), "1", "1")


def test_a_person_whom_only_our_register_knew_is_entered_by_a_change(catalogue):
    assert catalogue.write(modify(title="x"), "", "1").entry.title == "x"


def test_the_same_key_again_gives_the_same_answer_and_writes_nothing(catalogue):
    first = catalogue.write(ADD, "", "1")
    assert catalogue.write(ADD, "", "1") == first
    second = catalogue.write(modify(title="x"), first.version, "2")
    assert catalogue.write(modify(title="x"), first.version, "2") == second
    assert catalogue.write(ADD, "", "1") == first
    assert catalogue.find(person()).version == second.version


def test_a_refused_write_may_be_tried_again_under_its_key(catalogue):
    version = catalogue.write(ADD, "", "1").version
    with pytest.raises(ConflictError):
        catalogue.write(modify(title="x"), "99", "2")
    assert catalogue.write(modify(title="x"), version, "2").entry.title == "x"


def test_two_persons_are_two_entries(catalogue):
    catalogue.write(ADD, "", "1")
    other = an_entry(person_id=person(BO), given_name="Bo")
    catalogue.write(Change(Action.ADD, None, other), "", "2")
    assert catalogue.find(person(BO)).entry == other
    assert catalogue.find(person()).entry == ANNA


def test_a_hsa_id_is_never_invented_and_never_shared(catalogue):
    assert catalogue.write(ADD, "", "1").entry.hsa_id is None
    version = catalogue.find(person()).version
    catalogue.write(modify(hsa_id=HSA_ID), version, "2")
    other = an_entry(person_id=person(BO), hsa_id=HSA_ID)
    with pytest.raises(PermanentError, match="HSA-id"):
        catalogue.write(Change(Action.ADD, None, other), "", "3")
    assert catalogue.find(person(BO)) is None


def test_an_entry_without_a_surname_is_refused_for_good(catalogue):
    with pytest.raises(PermanentError, match="efternamn"):
        catalogue.write(Change(Action.ADD, None, an_entry(surname=" ")), "", "1")


def test_an_entry_never_changes_its_identity_number(catalogue):
    version = catalogue.write(ADD, "", "1").version
    swapped = Change(Action.MODIFY, an_entry(person_id=person(BO)), ANNA)
    with pytest.raises(PermanentError, match="identitetsnummer"):
        catalogue.write(swapped, version, "2")


def test_every_entry_comes_once_with_the_version_that_a_search_gives(catalogue):
    assert list(catalogue.entries()) == []
    people = [person(digits) for digits in (ANNA_DIGITS, BO, CILLA)]
    for number, one in enumerate(people):
        added = Change(Action.ADD, None, an_entry(person_id=one, title=f"titel {number}"))
        catalogue.write(added, "", f"{number}")
    found = list(catalogue.entries())
    assert sorted(f.entry.person_id for f in found) == sorted(people)
    assert all(f == catalogue.find(f.entry.person_id) for f in found)


def test_an_answer_that_is_left_halfway_holds_nothing_up(catalogue):
    for number, digits in enumerate((ANNA_DIGITS, BO)):
        catalogue.write(
            Change(Action.ADD, None, an_entry(person_id=person(digits))), "", str(number)
        )
    answer = catalogue.entries()
    first = next(answer).entry
    changed = Change(Action.MODIFY, first, replace(first, title="x"))
    catalogue.write(changed, catalogue.find(first.person_id).version, "2")
    assert catalogue.find(first.person_id).entry.title == "x"
    assert len(list(catalogue.entries())) == 2


def test_a_catalogue_that_answers_says_so_in_its_check(catalogue):
    first, *more = catalogue.check()
    assert first.ok
    assert "svarar" in first.seen
    assert all(line.ok for line in more)


class TestTheEmbeddedCatalogue:
    """What holds of the table in the office's own database."""

    def test_a_crash_before_the_commit_leaves_nothing_and_the_key_free(self, database):
        catalogue = SqlCatalogue.open(database.url)
        database.run("ALTER TABLE catalogue_writes RENAME COLUMN person_id TO away")
        with pytest.raises(NeedsOperatorError):  # the entry is written, its key is not
            catalogue.write(ADD, "", "1")
        assert catalogue.find(person()) is None
        database.run("ALTER TABLE catalogue_writes RENAME COLUMN away TO person_id")
        assert catalogue.write(ADD, "", "1").entry == ANNA
        catalogue.close()

    def test_a_crash_after_the_commit_is_found_by_the_next_program(self, database):
        first = SqlCatalogue.open(database.url)
        written = first.write(ADD, "", "1")
        first.close()
        second = SqlCatalogue.open(database.url)
        assert second.write(ADD, "", "1") == written
        second.close()

    def test_another_hand_in_between_is_a_conflict(self, database):
        catalogue = SqlCatalogue.open(database.url)
        version = catalogue.write(ADD, "", "1").version
        database.run("UPDATE catalogue SET title = 'x', version = version + 1")
        with pytest.raises(ConflictError):
            catalogue.write(modify(title="y"), version, "2")
        catalogue.close()

    def test_it_lives_in_one_database_with_the_memory(self, database):
        for _ in range(2):
            store, catalogue = SqlStore.open(database.url), SqlCatalogue.open(database.url)
            assert catalogue.check()[0].ok
            catalogue.close()
            store.close()

    def test_more_entries_than_one_page_come_whole_and_in_order(self, database):
        catalogue = SqlCatalogue.open(database.url)
        wanted = [
            f"19{year:02d}0101{serial:04d}" for year in range(60, 72) for serial in range(100)
        ]
        rows = ", ".join(f"('{digits}', 1, 'Öberg', false)" for digits in wanted)
        database.run(
            f"INSERT INTO catalogue (person_id, version, surname, protected) VALUES {rows}"
        )
        assert [f.entry.person_id.reveal() for f in catalogue.entries()] == wanted
        catalogue.close()

    def test_a_table_that_goes_away_within_an_answer_is_an_error(self, database):
        catalogue = SqlCatalogue.open(database.url)
        catalogue.write(ADD, "", "1")
        answer = catalogue.entries()
        database.run("DROP TABLE catalogue")
        with pytest.raises(NeedsOperatorError):
            list(answer)
        catalogue.close()

    def test_a_missing_table_is_told_by_its_check_and_never_raised(self, database):
        catalogue = SqlCatalogue.open(database.url)
        database.run("DROP TABLE catalogue")
        (line,) = catalogue.check()
        assert not line.ok
        assert line.advice
        catalogue.close()

    def test_migrations_make_exactly_its_tables(self, database):
        SqlCatalogue.open(database.url).close()
        ours = {"catalogue", "catalogue_writes"}
        options = {
            "compare_type": True,
            "version_table": sql.EDITION.version_table,
            "include_name": lambda name, kind, _: kind != "table" or name in ours,
        }
        with database.behind() as engine, engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, sql.metadata) == []

    def test_its_edition_is_the_newest_migration(self):
        scripts = ScriptDirectory(str(sql.EDITION.scripts))
        assert scripts.get_current_head() == sql.EDITION.head


class TestTheWorklist:
    """A catalogue that only staff can write to."""

    def test_every_write_is_staffs_and_shows_all_that_they_must_type_in(self):
        written = Worklist().write(ADD, "", "1")
        assert (written.by_hand, written.entry, written.version) == (True, ANNA, "")

    def test_it_knows_nobody(self):
        worklist = Worklist()
        worklist.write(ADD, "", "1")
        assert worklist.find(person()) is None
        assert worklist.entries() is None
        assert worklist.check()[0].ok


@pytest.mark.parametrize(
    ("model", "raw"),
    [
        (Settings, {"kind": "sql"}),
        (Settings, {"kind": "worklist", "url": "x"}),
        (sql.Settings, {"kind": "sql", "url": "x"}),
        (sql.Settings, {}),
    ],
)
def test_settings_take_nothing_that_they_do_not_know(model, raw):
    with pytest.raises(ValidationError):
        model(**raw)
