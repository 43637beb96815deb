"""An office whose catalogue and managers lie in a directory, through the program as it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.office import Office
from tests.filled import an_order, fill_acroform, managers
from tests.posting import a_mail
from tests.servers.slapd import BOT_PASSWORD, PEOPLE, UNITS, Shape, Slapd, slapd

pytestmark = pytest.mark.server

LATER, EVENING, NEXT = (
    "2026-11-23T10:00:00+01:00", "2026-11-23T15:00:00+01:00", "2026-11-24T09:00:00+01:00",
)  # fmt: skip
HSA_ID = "SE2321000016-AB12"


def an_office(folder: Path, server: Slapd) -> Office:
    office = Office(
        folder, environment={
            "EKBOT_CATALOGUE_PASSWORD": BOT_PASSWORD, "EKBOT_MANAGERS_PASSWORD": BOT_PASSWORD,
        },
    )  # fmt: skip
    held = server.table()
    del held["password"]
    config = office.here / "ekbot.toml"
    text = config.read_text("utf-8").replace('kind = "sql"', _toml(held))
    text = text.replace('kind = "csv"\npath = "managers.csv"', _toml(held | {"base_dn": UNITS}))
    config.write_text(text, encoding="utf-8")
    for n, row in enumerate(managers()):
        boss = f"cn=chef {n},{PEOPLE}"
        server.add(boss, objectClass="inetOrgPerson", cn=f"chef {n}", sn="x", mail=row["mail"],
                   displayName=row["name"])  # fmt: skip
        server.add(
            f"ou=enhet {n},{UNITS}", objectClass=["organizationalUnit", "hsaUnitExtension"],
            ou=[row["unit"]], hsaIdentity=row["unit_id"], manager=boss,
        )  # fmt: skip
    return office


def _toml(table: dict[str, object]) -> str:
    return "\n".join(
        f'{k} = "{v}"' if isinstance(v, str) else f"{k} = {v}" for k, v in table.items()
    )


def persons(server: Slapd) -> list[dict[str, list[str]]]:
    return [held for _, held in server.people() if server.shape.number in held]


def test_an_order_is_written_and_changed_in_the_directory(tmp_path: Path) -> None:
    with slapd() as server:
        office = an_office(tmp_path, server)
        office.deliver("1", a_mail(1, ("b.pdf", fill_acroform(an_order(0)))))
        office.once()
        [held] = persons(server)
        assert held["sn"] == [an_order(0)["surname"]]
        assert [r["kind"] for r in office.rows("letters")].count("applied") == 1
        office.deliver(
            "2",
            a_mail(
                2,
                (
                    "b.pdf",
                    fill_acroform(an_order(0, "change", title="Chaufför", effective_from=None)),
                ),
            ),
        )
        office.once(LATER)
        assert {r["outcome"] for r in office.rows("mails")} == {"applied"}
        [held] = persons(server)
        [person] = office.rows("persons")
        assert held["title"] == ["Chaufför"] == [person["title"]]
        said = office.ekbot("doctor", code=None)
        assert "personalIdentityNumber" in said


def test_where_the_directory_demands_a_hsa_id_staff_enter_the_person_and_it_is_read_back(
    tmp_path: Path,
) -> None:
    with slapd(Shape(demands_id=True)) as server:
        office = an_office(tmp_path, server)
        office.deliver("1", a_mail(1, ("b.pdf", fill_acroform(an_order(0)))))
        office.once()
        assert persons(server) == []
        [work] = [c for c in office.rows("cases") if c["kind"] == "by_hand"]
        assert "HSA-id" in work["why"]
        office.ekbot("case", "done", work["id"], "--now", LATER)
        assert "applied" not in [r["kind"] for r in office.rows("letters")]
        [again] = [
            c for c in office.rows("cases") if c["kind"] == "by_hand" and c["status"] != "done"
        ]
        assert again["id"] != work["id"]  # nobody had entered the person: the work comes back

        [person] = office.rows("persons")
        fields = {
            "title": "title", "departmentNumber": "unit_id", "ou": "unit", "mail": "mail",
            "telephoneNumber": "phone", "givenName": "given_name", "middleName": "middle_name",
        }  # fmt: skip
        told = {name: person[key] for name, key in fields.items() if person.get(key)}
        rows = {r["unit"]: r["unit_id"] for r in managers()}
        told["departmentNumber"] = rows[person["unit"]]
        server.add(
            f"cn=ny,{PEOPLE}", objectClass=["inetOrgPerson", "hsaPersonExtension"], cn="ny",
            sn=person["surname"], hsaIdentity=HSA_ID, **{server.shape.number: person["person_id"]},
            startDate=person["valid_from"].replace("-", "") + "000000Z",
            endDate=person["valid_until"].replace("-", "") + "215959Z", **told,
        )  # fmt: skip
        office.ekbot("case", "done", again["id"], "--now", EVENING)
        [person] = office.rows("persons")
        assert person["hsa_id"] == HSA_ID
        assert [r["kind"] for r in office.rows("letters")].count("applied") == 1
        office.deliver("3", a_mail(3, ("b.pdf", fill_acroform(an_order(0, "cancel")))))
        office.once(NEXT)
        [held] = persons(server)
        [person] = office.rows("persons")
        assert held["endDate"][0][:8] == person["valid_until"].replace("-", "")
        assert {r["outcome"] for r in office.rows("mails")} == {"applied"}


def test_an_outage_of_the_directory_only_makes_the_work_wait(tmp_path: Path) -> None:
    with slapd() as server:
        office = an_office(tmp_path, server)
        office.once()
        server.stop()
        office.deliver("1", a_mail(1, ("b.pdf", fill_acroform(an_order(0)))))
        assert office.once(LATER, code=3)["waits"]
        server.start()
        office.once(NEXT)
        assert len(persons(server)) == 1
        assert [r["kind"] for r in office.rows("letters")].count("applied") == 1
