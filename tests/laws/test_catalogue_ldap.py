"""What holds of the catalogue in a directory alone: another hand, limits, shapes of directories."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from bot.domain.records import Action, Change
from bot.domain.values import PersonId
from bot.ports.errors import (
    ConflictError,
    NeedsOperatorError,
    PermanentError,
    TransientError,
    UnclearEntryError,
)
from tests.builders import BO, TODAY, an_entry, person
from tests.filled import numbers
from tests.laws.directories import in_directory
from tests.servers.slapd import LIMIT, PEOPLE, SUFFIX, Shape, Slapd, ldif, library, slapd

pytestmark = pytest.mark.server

ANNA = an_entry()
ADD = Change(Action.ADD, None, ANNA)
HSA_ID = "SE2321000016-AB12"


def modify(before=ANNA, **values) -> Change:
    return Change(Action.MODIFY, before, replace(before, **values))


@pytest.fixture
def server(slapd_server) -> Slapd:
    slapd_server.empty()
    return slapd_server


@pytest.fixture
def database(tmp_path) -> str:
    return f"sqlite:///{tmp_path}/ekbot.db"


@pytest.fixture
def catalogue(server, database) -> Iterator:
    with in_directory(server, database) as opened:
        yield opened


def only(server: Slapd) -> tuple[str, dict[str, list[str]]]:
    [(dn, held)] = server.people()
    return dn, held


def by_other_hand(server: Slapd, name: str = "x1", **values) -> str:
    """Enter Anna as another program does."""
    dn = f"cn={name},{PEOPLE}"
    told = {
        "objectClass": ["inetOrgPerson", "hsaPersonExtension"], "cn": name, "sn": "Öberg",
        server.shape.number: "198504272389",
    } | values  # fmt: skip
    server.add(dn, **told)
    return dn


class TestWhatIsWritten:
    def test_no_identity_number_stands_in_the_name_and_the_name_is_always_the_same(
        self, catalogue, server, tmp_path
    ):
        catalogue.write(ADD, "", "1")
        dn, held = only(server)
        assert not any(part in dn for part in ("850427", "2389", "Öberg"))
        assert held["cn"] == ["Anna Öberg"]
        server.empty()
        with in_directory(server, f"sqlite:///{tmp_path}/other.db") as other:
            other.write(ADD, "", "1")
        assert only(server)[0] == dn  # the same secret, the same name

    def test_days_are_the_same_to_one_who_reads_swedish_time_and_to_one_who_cuts_the_text(
        self, catalogue, server
    ):
        whole = an_entry(valid_from=date(2026, 7, 1), valid_until=date(2027, 1, 31))
        catalogue.write(Change(Action.ADD, None, whole), "", "1")
        _, held = only(server)
        assert held["startDate"] == ["20260701000000Z"]
        assert held["endDate"] == ["20270131225959Z"]

    @pytest.mark.parametrize(
        "written",
        ["20270630215959Z", "20270630000000Z", "20270630120000.5Z", "202706301200Z", "2027063012Z",
         "20270629220000Z", "20270630235959+0200"],
    )  # fmt: skip
    def test_others_ways_of_writing_a_day_are_read_as_that_day(self, catalogue, server, written):
        by_other_hand(server, endDate=written)
        assert catalogue.find(person()).entry.valid_until == date(2027, 6, 30)

    @pytest.mark.parametrize("form", ["198504272389", "19850427-2389", "8504272389", "850427-2389"])
    def test_a_number_is_found_in_any_form_and_kept_in_its_own(self, catalogue, server, form):
        by_other_hand(server, **{server.shape.number: form})
        found = catalogue.find(person())
        catalogue.write(modify(found.entry, title="Ny"), found.version, "1")
        _, held = only(server)
        assert (held["title"], held[server.shape.number]) == (["Ny"], [form])

    def test_a_number_is_written_in_the_form_that_the_office_has_set(self, server, database):
        with in_directory(server, database, person_id_form="10-") as catalogue:
            catalogue.write(ADD, "", "1")
            assert catalogue.find(person()) is not None
        assert only(server)[1][server.shape.number] == ["850427-2389"]

    def test_signs_that_mean_something_in_names_and_filters_are_only_signs(self, catalogue, server):
        wild = an_entry(
            surname="O'Ängquist (f. Berg)*", given_name='Å,sa+"<>;=\\#', unit="Vård & omsorg, *)(uid=*",
            title="#1 \\2a ", hsa_id=HSA_ID,
        )  # fmt: skip
        written = catalogue.write(Change(Action.ADD, None, wild), "", "1")
        assert written.entry == wild
        changed = catalogue.write(modify(wild, title="(|(sn=*))"), written.version, "2")
        assert changed.entry.title == "(|(sn=*))"
        assert len(server.people()) == 1

    def test_the_place_of_new_entries_may_follow_the_unit(self, server, database):
        server.add(f"ou=Hemtjänsten Norr,{PEOPLE}", objectClass="organizationalUnit", ou="x")
        with in_directory(server, database, new_entries_in="ou={unit}") as catalogue:
            catalogue.write(ADD, "", "1")
            bo = an_entry(person_id=person(BO), unit="Saknas")
            with pytest.raises(PermanentError, match="platsen"):
                catalogue.write(Change(Action.ADD, None, bo), "", "2")
        [(dn, _)] = server.below(f"ou=Hemtjänsten Norr,{PEOPLE}")
        assert "Hemtj" in dn
        with server.human() as link:
            link.delete_s(dn)

    def test_new_persons_are_laid_where_the_others_lie(self, server, database):
        by_other_hand(server, **{server.shape.number: BO})
        with in_directory(server, database, base_dn=SUFFIX) as catalogue:
            catalogue.write(ADD, "", "1")
        assert len(server.people()) == 2

    def test_a_new_surname_goes_into_the_full_names_and_leaves_the_dn_alone(
        self, catalogue, server
    ):
        dn = by_other_hand(server, name="Anna Öberg", givenName="Anna", displayName="Anna Öberg")
        found = catalogue.find(person())
        catalogue.write(modify(found.entry, surname="Berg"), found.version, "1")
        told, held = only(server)
        assert told == dn
        assert sorted(held["cn"]) == ["Anna Berg", "Anna Öberg"]
        assert held["displayName"] == ["Anna Berg"]

    def test_protection_is_a_class_that_comes_and_goes(self, catalogue, server):
        first = catalogue.write(Change(Action.ADD, None, replace(ANNA, protected=True)), "", "1")
        assert "hsaConfidentialPerson" in only(server)[1]["objectClass"]
        assert catalogue.find(person()).entry.protected
        catalogue.write(modify(first.entry, protected=False), first.version, "2")
        assert "hsaConfidentialPerson" not in only(server)[1]["objectClass"]


class TestWhatIsNotTouched:
    def test_further_values_classes_and_attributes_of_others_are_kept(self, catalogue, server):
        by_other_hand(
            server, objectClass=["inetOrgPerson", "hsaPersonExtension", "uidObject"], uid="anna",
            mail=["anna@a.example", "anna@b.example"], mobile="0701740605", hsaTitle="Läkare",
            telephoneNumber=["08-1", "08-2"],
        )  # fmt: skip
        found = catalogue.find(person())
        assert found.entry.mail == "anna@a.example"
        changed = modify(found.entry, mail="anna@c.example", phone=None, title="x")
        written = catalogue.write(changed, found.version, "1")
        _, held = only(server)
        assert sorted(held["mail"]) == ["anna@b.example", "anna@c.example"]
        assert held["telephoneNumber"] == ["08-2"]
        assert (held["mobile"], held["hsaTitle"], held["uid"]) == (
            ["0701740605"],
            ["Läkare"],
            ["anna"],
        )
        assert "uidObject" in held["objectClass"]
        again = catalogue.find(person())
        assert (again.entry, again.version) == (written.entry, written.version)
        assert again.entry.mail == "anna@c.example"

    def test_a_hsa_id_that_the_directory_gave_is_read_back_and_never_taken_away(
        self, catalogue, server
    ):
        version = catalogue.write(ADD, "", "1").version
        dn, _ = only(server)
        server.change(dn, hsaIdentity=[HSA_ID])
        found = catalogue.find(person())
        assert (found.entry.hsa_id, found.version != version) == (HSA_ID, True)
        written = catalogue.write(modify(title="x"), found.version, "2")
        assert written.entry.hsa_id == HSA_ID


class TestEveryEntry:
    def test_all_are_given_as_find_gives_them(self, catalogue, server):
        assert list(catalogue.entries()) == []
        catalogue.write(ADD, "", "1")
        by_other_hand(server, **{server.shape.number: BO})
        assert set(catalogue.entries()) == {catalogue.find(person()), catalogue.find(person(BO))}

    def test_what_has_no_usable_number_is_left_out_and_counted(self, catalogue, server, caplog):
        by_other_hand(server, **{server.shape.number: "utan nummer"})
        catalogue.write(ADD, "", "1")
        assert [found.entry.person_id for found in catalogue.entries()] == [person()]
        [told] = [r for r in caplog.records if getattr(r, "action", "") == "unread"]
        assert told.count == 1
        assert "utan nummer" not in str(told.__dict__)


class TestAnotherHand:
    def test_a_change_between_find_and_write_is_a_conflict(self, catalogue, server):
        version = catalogue.write(ADD, "", "1").version
        dn, _ = only(server)
        server.change(dn, title=["Annan"])
        with pytest.raises(ConflictError) as caught:
            catalogue.write(modify(phone="08"), version, "2")
        assert caught.value.seen == catalogue.find(person()).version
        assert only(server)[1]["title"] == ["Annan"]

    @pytest.mark.parametrize("asserting", [True, False])
    def test_a_change_between_our_own_look_and_the_write_is_a_conflict(
        self, catalogue, server, asserting
    ):
        """The instant between our search and our modification is covered, without RFC 4528 too."""
        version = catalogue.write(ADD, "", "1").version
        dn, _ = only(server)
        directory = catalogue._directory
        send = directory.modify

        def late(dn_, changes, if_=""):
            server.change(dn, title=["Annan"])
            send(dn_, changes, if_ if asserting else "")

        directory.modify = late
        with pytest.raises(ConflictError):
            catalogue.write(modify(title="Vår"), version, "2")
        assert only(server)[1]["title"] == ["Annan"]

    def test_what_we_do_not_change_is_covered_by_the_condition(self, catalogue, server):
        version = catalogue.write(ADD, "", "1").version
        dn, _ = only(server)
        directory = catalogue._directory
        send = directory.modify

        def late(dn_, changes, if_=""):
            server.change(dn, endDate=["20260101225959Z"])
            send(dn_, changes, if_)

        directory.modify = late
        with pytest.raises(ConflictError):
            catalogue.write(modify(title="Vår"), version, "2")
        assert "Vår" not in only(server)[1]["title"]

    def test_two_entries_of_one_number_are_never_taken_for_one(self, catalogue, server):
        by_other_hand(server, "x1")
        by_other_hand(server, "x2", **{server.shape.number: "19850427-2389"})
        with pytest.raises(UnclearEntryError, match="två poster"):
            catalogue.find(person())
        with pytest.raises(PermanentError, match="två poster"):
            catalogue.write(modify(title="x"), "", "1")

    def test_one_odd_day_stops_nobody_else_and_is_never_a_missing_person(self, server, database):
        by_other_hand(server, "x1", description="tills vidare")
        by_other_hand(server, "x2", **{server.shape.number: BO})
        names = {"valid_until": "description"}
        with in_directory(server, database, attributes=names) as catalogue:
            told = {f.entry.person_id: f for f in catalogue.entries()}
            assert (told[person()].unclear, told[person(BO)].unclear) == (True, False)
            with pytest.raises(UnclearEntryError, match="inget datum"):
                catalogue.find(person())
            with pytest.raises(PermanentError, match="inget datum"):
                catalogue.write(modify(title="x"), "1", "1")
            assert catalogue.find(person(BO)) is not None

    def test_an_entry_outside_our_sight_with_the_same_hsa_id_is_refused_by_the_overlay(
        self, server, database
    ):
        by_other_hand(server, hsaIdentity=HSA_ID, **{server.shape.number: BO})
        filter_ = "(departmentNumber=*)"  # the other has none, so the search does not see him
        with in_directory(server, database, filter=filter_) as catalogue:
            catalogue._refuse_another_holder = lambda *_: None
            with pytest.raises(PermanentError, match="bara får finnas en gång"):
                catalogue.write(Change(Action.ADD, None, an_entry(hsa_id=HSA_ID)), "", "1")

    def test_two_writers_at_once_make_one_entry(self, server, tmp_path):
        for round_ in range(5):
            server.empty()
            start, told = threading.Barrier(2), []
            with ExitStack() as stack:
                both = [
                    stack.enter_context(
                        in_directory(server, f"sqlite:///{tmp_path}/{round_}-{n}.db")
                    )
                    for n in range(2)
                ]
                workers = [
                    threading.Thread(target=_add_at_once, args=(one, str(n), start, told))
                    for n, one in enumerate(both)
                ]
                for worker in workers:
                    worker.start()
                for worker in workers:
                    worker.join(20)
            assert len(server.people()) == 1
            assert sorted(told) == ["", only(server)[1]["title"][0]]


def _add_at_once(catalogue, title, start, told) -> None:
    catalogue.find(person())
    start.wait(10)
    try:
        told.append(
            catalogue.write(Change(Action.ADD, None, an_entry(title=title)), "", "1").entry.title
        )
    except ConflictError:
        told.append("")


class TestAfterACrash:
    def test_a_write_that_was_done_before_a_crash_is_found_done(self, server, tmp_path):
        with in_directory(server, f"sqlite:///{tmp_path}/a.db") as first:
            version = first.write(ADD, "", "1").version
            first.write(modify(title="x"), version, "2")
        with in_directory(server, f"sqlite:///{tmp_path}/b.db") as second:  # remembers nothing
            done = second.write(modify(title="x"), version, "2")
            assert done.entry.title == "x"
            assert second.write(Change(Action.ADD, None, done.entry), "", "1").entry == done.entry
        assert len(server.people()) == 1

    def test_a_directory_that_comes_back_is_found_again(self, database):
        with slapd() as server, in_directory(server, database) as catalogue:
            version = catalogue.write(ADD, "", "1").version
            server.stop()
            with pytest.raises(TransientError):
                catalogue.find(person())
            with pytest.raises(TransientError):
                catalogue.write(modify(title="x"), version, "2")
            assert not catalogue.check()[-1].ok
            server.start()
            assert catalogue.find(person()).version == version
            server.stop()
            server.start()  # a restart in between is not even noticed
            assert catalogue.write(modify(title="x"), version, "2").entry.title == "x"


COUNT = 20_000


def a_crowd(count: int) -> str:
    """Return so many persons as LDIF."""
    digits = numbers()[:count]
    assert len(digits) == count
    return ldif({
        f"uid=p{n},{PEOPLE}": {
            "objectClass": ["inetOrgPerson", "hsaPersonExtension"], "uid": f"p{n}",
            "cn": f"P {n}", "sn": "Ek", "personalIdentityNumber": number,
        }
        for n, number in enumerate(digits)
    })  # fmt: skip


@pytest.fixture(scope="module")
def many() -> Iterator[Slapd]:
    """Run a directory with more persons than it gives in one answer, paged or not."""
    with slapd(Shape(paged="1000"), a_crowd(2000)) as server:
        yield server


@pytest.fixture(scope="module")
def crowd() -> Iterator[Slapd]:
    """Run a directory of a region's size, with the limit that is usual."""
    with slapd(seed=a_crowd(COUNT)) as server:
        yield server


class TestLimits:
    def test_an_answer_that_the_server_cuts_short_is_an_error_and_never_the_whole(
        self, many, database
    ):
        with in_directory(many, database) as catalogue:
            taken = []
            with pytest.raises(NeedsOperatorError, match="limit") as caught:
                taken.extend(catalogue.entries())
            assert len(taken) < 2000
            assert "sida för sida" in caught.value.advice
            assert not catalogue.check()[-1].ok

    def test_without_paging_the_server_would_have_given_a_part(self, many):
        """The trap itself is there: this proves that the test above could fail."""
        ldap = library()
        with many.human() as link:
            link.simple_bind_s(*(many.table()[k] for k in ("bind_dn", "password")))
            with pytest.raises(ldap.SIZELIMIT_EXCEEDED):
                link.search_ext_s(PEOPLE, ldap.SCOPE_SUBTREE)

    def test_a_part_on_another_server_is_an_error(self, server, catalogue):
        by_other_hand(server)
        server.add(
            f"ou=annanstans,{PEOPLE}", objectClass=["referral", "extensibleObject"],
            ou="annanstans", ref="ldap://127.0.0.1:9/ou=x",
        )  # fmt: skip
        try:
            with pytest.raises(NeedsOperatorError, match="another server"):
                list(catalogue.entries())
            with pytest.raises(NeedsOperatorError, match="another server"):
                catalogue.find(person())
        finally:
            from ldap.controls.simple import ManageDSAITControl  # noqa: PLC0415

            with server.human() as link:
                link.delete_ext_s(f"ou=annanstans,{PEOPLE}", serverctrls=[ManageDSAITControl()])


@pytest.mark.slow
class TestTwentyThousand:
    def test_all_are_read_page_by_page(self, crowd, database):
        with in_directory(crowd, database) as catalogue:
            assert sum(1 for _ in catalogue.entries()) == COUNT > LIMIT

    def test_a_find_and_a_write_are_few_operations_and_never_a_scan(self, crowd, database):
        with in_directory(crowd, database) as catalogue:
            digits = numbers()[17_000]
            catalogue.find(PersonId.parse(digits, TODAY))  # connects, learns
            before = len(crowd.log())
            found = catalogue.find(PersonId.parse(digits, TODAY))
            catalogue.write(modify(found.entry, title="x"), found.version, "1")
            said = crowd.log()[before:]
        asked = [line for line in said.splitlines() if " SRCH base=" in line]
        assert (len(asked), said.count(" MOD dn=")) == (3, 1)
        assert "not indexed" not in said
        counts = [
            line.partition("nentries=")[2].split()[0]
            for line in said.splitlines()
            if "nentries=" in line
        ]
        assert counts == ["1", "1", "1"]


SHAPES = [
    Shape(),
    Shape(number="hsaPersonIdentityNumber", start="hsaStartDate", end="hsaEndDate", middle=False),
]


@pytest.mark.parametrize("shape", SHAPES, ids=["personalIdentityNumber", "hsaPersonIdentityNumber"])
def test_a_directory_with_other_names_for_the_same_is_written_alike(shape, database):
    with slapd(shape) as server, in_directory(server, database) as catalogue:
        whole = an_entry(middle_name="Åsa", hsa_id=HSA_ID, protected=True)
        written = catalogue.write(Change(Action.ADD, None, whole), "", "1")
        assert written.entry == whole
        assert catalogue.find(person()).entry == whole
        _, held = only(server)
        assert held[shape.number] == ["198504272389"]
        assert held[shape.end][0].startswith("2027")
        told = " ".join(line.seen for line in catalogue.check())
        assert f"person_id = {shape.number}" in told


def test_where_both_attributes_are_there_the_one_in_use_counts(database):
    both = Shape(general=(
        "attributetype ( 1.3.6.1.4.1.55555.29.77 NAME 'hsaPersonIdentityNumber' EQUALITY"
        " caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )\n"
        "objectclass ( 1.3.6.1.4.1.55555.29.177 NAME 'otherNumber' SUP top AUXILIARY"
        " MAY hsaPersonIdentityNumber )"
    ))  # fmt: skip
    with slapd(both) as server:
        classes = ["inetOrgPerson", "hsaPersonExtension", "otherNumber"]
        other = {"objectClass": classes, "hsaPersonIdentityNumber": "198504272389"}
        server.add(f"cn=x1,{PEOPLE}", cn="x1", sn="Öberg", **other)
        with in_directory(server, database) as catalogue:
            assert catalogue.find(person()) is not None
            server.add(
                f"cn=x2,{PEOPLE}", objectClass=classes, cn="x2", sn="Ek",
                personalIdentityNumber=BO,
            )  # fmt: skip
            catalogue.close()
            with pytest.raises(NeedsOperatorError, match="two attributes") as caught:
                catalogue.find(person())
            assert "person_id" in caught.value.advice


class TestADirectoryThatDemandsAHsaId:
    @pytest.fixture
    def strict(self) -> Iterator[Slapd]:
        with slapd(Shape(demands_id=True)) as server:
            yield server

    def test_a_new_person_is_staffs_to_enter_and_found_when_they_have(self, strict, database):
        with in_directory(strict, database) as catalogue:
            told = catalogue.write(ADD, "", "1")
            assert (told.by_hand, told.shown, told.version) == (True, True, "")
            assert strict.people() == []
            assert any("för hand" in line.seen for line in catalogue.check())
            assert catalogue.write(ADD, "", "2").by_hand  # not there yet
            by_other_hand(
                strict, hsaIdentity=HSA_ID, givenName="Anna", title=ANNA.title, mail=ANNA.mail,
                departmentNumber=ANNA.unit_id, ou=ANNA.unit, telephoneNumber=ANNA.phone,
                startDate="20260301000000Z", endDate="20270301225959Z",
            )  # fmt: skip
            done = catalogue.write(ADD, "", "3")
            assert (done.by_hand, done.entry) == (False, replace(ANNA, hsa_id=HSA_ID))
            ended = replace(done.entry, valid_until=TODAY)
            change = Change(Action.END, done.entry, ended)
            assert catalogue.write(change, done.version, "4").entry == ended

    def test_an_office_may_choose_a_class_that_holds_anything_and_get_the_id_later(
        self, strict, database
    ):
        chosen = {"object_classes": ("inetOrgPerson", "extensibleObject")}
        with in_directory(strict, database, **chosen) as catalogue:
            made = catalogue.write(ADD, "", "1")
            assert (made.by_hand, made.entry) == (False, ANNA)
            [(dn, _)] = strict.people()
            strict.change(dn, hsaIdentity=[HSA_ID])
            found = catalogue.find(person())
            assert found.entry == replace(ANNA, hsa_id=HSA_ID)

    def test_a_person_whose_hsa_id_is_known_is_entered(self, strict, database):
        with in_directory(strict, database) as catalogue:
            known = an_entry(hsa_id=HSA_ID)
            assert catalogue.write(Change(Action.ADD, None, known), "", "1").entry == known


class TestRefusals:
    def test_a_directory_without_a_mark_for_protection_never_takes_a_protected_person(
        self, database
    ):
        with slapd(Shape(protects=False)) as server, in_directory(server, database) as catalogue:
            with pytest.raises(PermanentError, match="skyddad"):
                catalogue.write(Change(Action.ADD, None, replace(ANNA, protected=True)), "", "1")
            assert server.people() == []
            version = catalogue.write(ADD, "", "2").version
            with pytest.raises(PermanentError, match="skyddad"):
                catalogue.write(modify(protected=True), version, "3")
            [told] = [line for line in catalogue.check() if "protected" in line.seen]
            assert (told.ok, "handläggare" in told.seen) == (True, True)

    def test_a_value_that_the_directory_refuses_is_named_by_its_attribute_and_never_shown(
        self, catalogue
    ):
        version = catalogue.write(ADD, "", "1").version
        with pytest.raises(PermanentError, match="mail") as caught:
            catalogue.write(modify(mail="åsa@öberg.example"), version, "2")
        assert "öberg" not in str(caught.value)
        with pytest.raises(PermanentError, match="telephoneNumber"):
            catalogue.write(modify(phone="Ü"), version, "3")

    def test_an_account_that_may_not_write_is_told_whom_to_ask(self, database):
        rights = f'access to dn.subtree="{PEOPLE}" by users read'
        with (
            slapd(Shape(rights=rights)) as server,
            in_directory(server, database) as catalogue,
            pytest.raises(NeedsOperatorError, match="rättigheterna"),
        ):
            catalogue.write(ADD, "", "1")

    def test_an_account_that_may_write_only_what_is_documented_can_do_all(self, database):
        from tests.laws.ldap_rights import documented  # noqa: PLC0415

        rights = Shape(rights=documented())
        with slapd(rights) as server, in_directory(server, database) as catalogue:
            whole = an_entry(middle_name="Åsa", hsa_id=None, protected=True)
            first = catalogue.write(Change(Action.ADD, None, whole), "", "1")
            changed = modify(first.entry, surname="Berg", title=None, protected=False)
            assert catalogue.write(changed, first.version, "2").entry == changed.after
            link = catalogue._directory._open
            with pytest.raises(library().INSUFFICIENT_ACCESS):
                link.delete_s(only(server)[0])


def test_the_settings_refuse_what_would_send_a_password_in_the_open():
    from bot.adapters.catalogue.ldap import Settings  # noqa: PLC0415

    told = {"kind": "ldap", "bind_dn": "cn=x", "base_dn": "o=x", "password": "y"}
    for bad in (
        {"url": "ldap://ek.example", "starttls": False}, {"url": "http://ek.example"},
        {"url": "ldaps://ek.example/o=x"}, {"url": "ldaps://"}, {"url": "ldaps://x", "base_dn": ""},
        {"url": "ldaps://x", "attributes": {"shoe": "size"}}, {"url": "ldaps://x", "filter": "a=b"},
        {"url": "ldaps://x", "password_file": "y"}, {"url": "ldaps://x", "naming": "u=x"},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            Settings(**{**told, **bad})
    assert Settings(**told, url="ldap://ek.example").starttls
    assert "y" not in repr(Settings(**told, url="ldaps://x").password)


def test_a_secret_is_drawn_once_for_all_programs(database):
    from bot.adapters.ldap.answers import Answers  # noqa: PLC0415

    with ExitStack() as stack:
        drawn = iter((b"one", b"two"))
        made = [Answers.open(database, lambda: next(drawn)) for _ in range(2)]
        for one in made:
            stack.callback(one.close)
        assert made[0].name_of(person()) == made[1].name_of(person())
        assert made[0].name_of(person(BO)) != made[0].name_of(person())
