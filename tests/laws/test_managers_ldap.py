"""The register of managers in a directory: both shapes, all or nothing, faults by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.authority import ManagerEntry
from bot.ports.errors import NeedsOperatorError, TransientError
from tests.servers.slapd import PEOPLE, UNITS, Shape, Slapd, ldif, slapd

pytestmark = pytest.mark.server


@pytest.fixture
def server(slapd_server) -> Iterator[Slapd]:
    slapd_server.empty()
    yield slapd_server
    with slapd_server.human() as link:
        for dn, _ in link.search_s(UNITS, 2, attrlist=["1.1"])[::-1]:
            if dn != UNITS:
                link.delete_s(dn)


def source(server: Slapd, **settings: Any):
    from bot.adapters.managers.ldap import LdapManagers, Settings  # noqa: PLC0415

    told = {"base_dn": UNITS, "refresh_minutes": 0} | settings
    return LdapManagers(Settings(**server.table(**told)), {})


def a_boss(server: Slapd, uid: str, name: str, **values) -> str:
    dn = f"uid={uid},{PEOPLE}"
    told = {
        "objectClass": "inetOrgPerson",
        "uid": uid,
        "cn": name,
        "sn": name.rsplit(maxsplit=1)[-1],
    }
    server.add(dn, **(told | {"mail": f"{uid}@jarfalla.example"} | values))
    return dn


def a_unit(
    server: Slapd, name: str, number: str, manager: list[str], above: str = UNITS, **values
) -> str:
    dn = f"ou={name},{above}"
    told = {"objectClass": ["organizationalUnit", "hsaUnitExtension"], "ou": name}
    server.add(dn, **(told | {"hsaIdentity": number, "manager": manager} | values))
    return dn


def test_a_unit_names_its_manager_and_the_tree_names_the_next_level(server):
    maria, per = a_boss(server, "maria", "Maria Lind"), a_boss(server, "per", "Per Åström")
    care = a_unit(server, "Vård", "SE2321000016-V", [per])
    a_unit(server, "Hemtjänsten Norr", "SE2321000016-N", [maria], care, deputy=[per],
           startDate="20260101000000Z", endDate="20271231225959Z")  # fmt: skip
    a_unit(server, "Vikarier", "SE2321000016-X", [per], care)
    rows = source(server).read()
    assert set(rows) == {
        ManagerEntry("Per Åström", "per@jarfalla.example", "SE2321000016-V", "Vård", date.min),
        ManagerEntry(
            "Maria Lind", "maria@jarfalla.example", "SE2321000016-N", "Hemtjänsten Norr",
            date(2026, 1, 1), date(2027, 12, 31), deputy_mail="per@jarfalla.example",
            superior_mail="per@jarfalla.example",
        ),
        ManagerEntry("Per Åström", "per@jarfalla.example", "SE2321000016-X", "Vikarier", date.min),
    }  # fmt: skip


def test_a_unit_with_two_managers_has_two_rows(server):
    both = [a_boss(server, "maria", "Maria Lind"), a_boss(server, "per", "Per Ek")]
    a_unit(server, "Vård", "SE2321000016-V", both)
    assert {e.mail for e in source(server).read()} == {
        "maria@jarfalla.example", "per@jarfalla.example",
    }  # fmt: skip


def test_a_manager_may_carry_the_unit_in_the_own_entry(server):
    chief = a_boss(
        server, "per", "Per Ek", title="Förvaltningschef", ou="Vård", departmentNumber="1"
    )
    a_boss(server, "maria", "Maria Lind", title="Enhetschef", ou="Norr", departmentNumber="1001",
           manager=chief)  # fmt: skip
    a_boss(server, "anna", "Anna Öberg", title="Undersköterska", ou="Norr", departmentNumber="1001")
    rows = source(server, base_dn=PEOPLE, filter="(&(objectClass=person)(title=*chef))").read()
    assert [(e.name, e.unit_id, e.unit, e.superior_mail) for e in sorted(rows, key=lambda e: e.unit)] == [
        ("Maria Lind", "1001", "Norr", "per@jarfalla.example"), ("Per Ek", "1", "Vård", None),
    ]  # fmt: skip


def test_the_offices_own_attributes_count(server):
    a_boss(server, "maria", "Lind, Maria (VO)", displayName="Maria Lind", employeeType="Norr",
           employeeNumber="7", description="boss@jarfalla.example", title="chef")  # fmt: skip
    names = {"unit": "employeeType", "unit_id": "employeeNumber", "superior": "description"}
    [row] = source(server, base_dn=PEOPLE, filter="(title=chef)", attributes=names).read()
    assert (row.name, row.unit, row.unit_id) == ("Maria Lind", "Norr", "7")
    assert row.superior_mail == "boss@jarfalla.example"


def test_a_managers_own_id_is_never_taken_for_the_units(server):
    dn = a_boss(
        server, "maria", "Maria Lind", objectClass=["inetOrgPerson", "hsaPersonExtension"],
        title="chef", ou="Norr", hsaIdentity="SE2321000016-M",
    )  # fmt: skip
    register = source(server, base_dn=PEOPLE, filter="(title=chef)")
    with pytest.raises(NeedsOperatorError, match="Chefen för Norr: unit_id saknas"):
        register.read()
    server.change(dn, departmentNumber=["1001"])
    [row] = register.read()
    assert row.unit_id == "1001"


def test_an_assistant_is_a_deputy_only_where_the_office_says_so(server):
    a_boss(server, "per", "Per Ek", title="chef", ou="Vård", departmentNumber="1",
           secretary=a_boss(server, "sam", "Sam Sekreterare"))  # fmt: skip
    where = {"base_dn": PEOPLE, "filter": "(title=chef)"}
    [row] = source(server, **where).read()
    assert row.deputy_mail is None
    [row] = source(server, **where, attributes={"deputy": "secretary"}).read()
    assert row.deputy_mail == "sam@jarfalla.example"


def test_every_fault_is_named_and_no_number_is(server):
    a_boss(server, "nomail", "Utan Post", mail="198504272389@bad")
    nobody = f"uid=198504272389,{PEOPLE}"
    a_unit(server, "Ett", "SE2321000016-1", [nobody])
    a_unit(server, "Två", "SE2321000016-2", [f"uid=nomail,{PEOPLE}"])
    a_boss(server, "per", "Per Ek")
    a_unit(server, "Tre", "SE2321000016-3", [f"uid=per,{PEOPLE}"], endDate="20250101225959Z",
           startDate="20260101000000Z")  # fmt: skip
    with pytest.raises(NeedsOperatorError, match="3 faults") as caught:
        source(server).read()
    for unit in ("Ett", "Två", "Tre"):
        assert f"Enheten {unit}:" in caught.value.advice
    assert "198504272389" not in str(caught.value)


def test_the_fingerprint_changes_with_all_that_the_register_is_made_of(server):
    maria = a_boss(server, "maria", "Maria Lind")
    unit = a_unit(server, "Vård", "SE2321000016-V", [maria])
    register = source(server)
    seen = [register.fingerprint()]
    assert register.fingerprint() == seen[0]
    server.change(maria, mail=["maria.lind@jarfalla.example"])
    seen.append(register.fingerprint())
    server.change(unit, endDate=["20271231225959Z"])
    seen.append(register.fingerprint())
    a_unit(server, "Ny", "SE2321000016-Y", [maria])
    seen.append(register.fingerprint())
    assert len(set(seen)) == 4
    assert len(register.read()) == 2


def test_between_two_readings_the_directory_is_left_alone(server):
    a_unit(server, "Vård", "SE2321000016-V", [a_boss(server, "maria", "Maria Lind")])
    register = source(server, refresh_minutes=15)
    before = register.fingerprint()
    said = len(server.log())
    assert register.fingerprint() == before
    assert len(register.read()) == 1
    assert " SRCH base=" not in server.log()[said:]


def test_a_register_that_is_cut_short_is_no_register():
    held = {
        f"ou=e{n},{UNITS}": {
            "objectClass": ["organizationalUnit", "hsaUnitExtension"], "ou": f"e{n}",
            "hsaIdentity": f"SE2321000016-{n}", "manager": f"uid=per,{PEOPLE}",
        }
        for n in range(700)
    }  # fmt: skip
    held[f"uid=per,{PEOPLE}"] = {
        "objectClass": "inetOrgPerson", "uid": "per", "cn": "Per Ek", "sn": "Ek",
        "mail": "per@jarfalla.example",
    }  # fmt: skip
    with slapd(Shape(paged="600"), ldif(held)) as server:
        for ask in (source(server).fingerprint, source(server).read):
            with pytest.raises(NeedsOperatorError, match="limit"):
                ask()
    with slapd(seed=ldif(held)) as server:
        assert len(source(server).read()) == 700
        server.stop()
        with pytest.raises(TransientError):
            source(server).fingerprint()


def test_a_filter_that_is_none_is_an_operators_to_mend(server):
    a_boss(server, "maria", "Maria Lind")
    with pytest.raises(NeedsOperatorError) as caught:
        source(server, filter="(&(title=chef)").fingerprint()
    assert "Kontrollera filter i [catalogue] eller [managers]" in caught.value.advice


def test_settings_take_nothing_that_they_do_not_know(server):
    from bot.adapters.managers.ldap import Settings  # noqa: PLC0415

    for bad in ({"attributes": {"shoe": "x"}}, {"path": "x"}, {"refresh_minutes": -1},
                {"filter": "title=chef"}, {"password": "", "password_file": None}):  # fmt: skip
        with pytest.raises(ValidationError):
            Settings(**server.table(**bad))
