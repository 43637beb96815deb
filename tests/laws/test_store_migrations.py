"""The laws of the memory's tables: migrations make exactly them, on both databases."""

import json
from dataclasses import replace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.adapters.store.codec import dump_effect, dump_record
from bot.adapters.store.schema import metadata, outbox
from bot.adapters.store.store import EDITION, SqlStore
from bot.domain.effects import SendLetter
from bot.domain.letters import HandedOver, Letter
from bot.ports.errors import NeedsOperatorError
from tests.builders import BO, MARIA_MAIL, NOW, UNIT_ID, a_record, person
from tests.card_builders import a_loan
from tests.laws.databases import new_case
from tests.review_builders import a_campaign, a_review


def test_migrations_make_exactly_the_tables_of_the_schema(database, store):
    with database.behind() as engine, engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert indexes(connection) == wanted_indexes(connection)


def indexes(connection) -> dict[str, tuple[str, bool]]:
    """Every index's condition and uniqueness, in the database's own words."""
    found = {}
    for table in metadata.tables:
        for index in inspect(connection).get_indexes(table):
            options = index.get("dialect_options", {})
            where = options.get(f"{connection.dialect.name}_where", "")
            found[index["name"]] = (str(where), bool(index["unique"]))
    return found


def wanted_indexes(connection) -> dict[str, tuple[str, bool]]:
    """The same, of tables made from the schema itself."""
    found = indexes(connection)
    connection.rollback()
    with connection.begin():
        for table in ("alembic_version", *reversed([t.name for t in metadata.sorted_tables])):
            connection.execute(text(f'DROP TABLE "{table}"'))
        metadata.create_all(connection, checkfirst=False)
        made = indexes(connection)
    return {name: made.get(name, ("missing", False)) for name in found | made}


def test_the_edition_is_the_newest_migration():
    assert ScriptDirectory(str(EDITION.scripts)).get_current_head() == EDITION.head


def test_opening_twice_changes_nothing(database, store):
    with store.begin() as work:
        work.cases.save(new_case())
    SqlStore.open(database.url).close()
    with store.begin() as work:
        assert len(work.cases.list()) == 1


def test_a_memory_of_a_newer_program_is_left_alone_with_advice(database, store):
    database.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NeedsOperatorError, match="nyare utgåva"):
        SqlStore.open(database.url)


def upgraded(database, edition) -> None:
    """Bring an empty database to an earlier edition."""
    with database.behind() as engine, engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(EDITION.scripts))
        config.set_main_option("path_separator", "os")
        config.attributes |= {"connection": connection, "version_table": EDITION.version_table}
        command.upgrade(config, edition)


def test_records_of_the_edition_before_cards_are_found_by_address_and_unit(database):
    upgraded(database, "0002")
    rows = (
        a_record(id=0, version=0, mail=" Anna.Oberg@Jarfalla.example "),
        a_record(id=0, version=0, person_id=person(BO), mail=None, unit_id=None),
    )
    for number, row in enumerate(rows, 1):
        person_of, doc = row.entry.person_id.reveal(), dump_record(row)
        with database.behind() as engine, engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO records (id, version, person, status, doc)"
                    " VALUES (:id, 1, :person, 'active', :doc)"
                ),
                {"id": number, "person": person_of, "doc": doc},
            )
    store = SqlStore.open(database.url)
    with store.begin() as work:
        assert [r.id for r in work.records.by_mail("anna.oberg@jarfalla.example")] == [1]
        assert [r.id for r in work.records.of_units([UNIT_ID])] == [1]
        assert [r.entry.person_id for r in work.records.list()] == [person(), person(BO)]
        loan = work.cards.save(a_loan(id=0, version=0, case=None))
        assert work.cards.of_person(person()) == (loan,)
    store.close()
    assert database.value("SELECT count(*) FROM records WHERE mail IS NULL") == 1


def test_letters_of_the_edition_before_reviews_are_kept_and_new_ones_know_their_review(database):
    upgraded(database, "0003")
    told = SendLetter(Letter((MARIA_MAIL,), HandedOver()))
    old = json.loads(dump_effect(told))
    del old["letter"]["review"]
    with database.behind() as engine, engine.begin() as connection:
        assert "review" not in {c["name"] for c in inspect(connection).get_columns("outbox")}
        connection.execute(
            outbox.insert().values(
                key="old", kind="send_letter", letter_kind="handed_over", state="queued",
                attempts=0, due=NOW, queued=NOW, message_id="", subject="", error="",
                put_off=False, effect=json.dumps(old),
            )
        )  # fmt: skip
    store = SqlStore.open(database.url)
    with store.begin() as work:
        [kept] = work.outbox.due(NOW, 10)
        assert kept.effect == told
        of = work.reviews.save_campaign(a_campaign(id=0, version=0))
        review = work.reviews.save(a_review(id=0, version=0, campaign=of.id))
        about = SendLetter(replace(told.letter, review=review.id))
        new = work.outbox.put(about, "new", case=None, now=NOW, due=NOW)
        assert [r.id for r in work.outbox.of_review(review.id)] == [new]
    store.close()
