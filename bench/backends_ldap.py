"""A catalogue in a directory: finds and writes a second, beside the library alone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

from bench.rows import Row
from bot.adapters.catalogue.ldap import LdapCatalogue
from bot.domain.records import Action, Change
from bot.domain.values import PersonId
from tests.builders import TODAY, an_entry
from tests.filled import numbers
from tests.laws.directories import in_directory
from tests.servers.slapd import BOT, BOT_PASSWORD, PEOPLE, Slapd, ldif, library, slapd

COUNT = 20_000  # persons in the directory
TIMES = 1_000


def measure() -> list[Row]:
    people = [PersonId.parse(digits, TODAY) for digits in numbers()[:COUNT]]
    held = {
        f"uid=p{n},{PEOPLE}": {
            "objectClass": ["inetOrgPerson", "hsaPersonExtension"], "uid": f"p{n}",
            "cn": f"P {n}", "sn": "Ek", "personalIdentityNumber": person.reveal(),
        }
        for n, person in enumerate(people)
    }  # fmt: skip
    with slapd(seed=ldif(held)) as server, tempfile.TemporaryDirectory() as folder:
        with in_directory(server, f"sqlite:///{folder}/ekbot.db") as catalogue:
            find, write, whole = _ours(catalogue, people)
        bare_find, bare_write, bare_whole = _bare(server, people)
    note = f"{COUNT} persons over ldaps; peer is python-ldap alone"
    return [
        Row("LDAP: find a person", find, bare_find, "finds/s", note),
        Row(
            "LDAP: write a person", write, bare_write, "writes/s", "2 searches, 1 modify, 1 commit"
        ),
        Row("LDAP: every person, paged", whole, bare_whole, "persons/s", "with entry and version"),
    ]


def _rate(work: Callable[[int], object]) -> float:
    begun = time.perf_counter()
    for n in range(TIMES):
        work(n)
    return TIMES / (time.perf_counter() - begun)


def _ours(catalogue: LdapCatalogue, people: list[PersonId]) -> tuple[float, float, float]:
    catalogue.find(people[0])
    find = _rate(lambda n: catalogue.find(people[n * 7 % COUNT]))
    held = [found for n in range(TIMES) if (found := catalogue.find(people[n])) is not None]

    def write(n: int) -> None:
        before = held[n].entry
        after = replace(before, title=an_entry().title)
        catalogue.write(Change(Action.MODIFY, before, after), held[n].version, str(n))

    written = _rate(write)
    begun = time.perf_counter()
    count = sum(1 for _ in catalogue.entries())
    return find, written, count / (time.perf_counter() - begun)


def _bare(server: Slapd, people: list[PersonId]) -> tuple[float, float, float]:
    ldap = library()
    from ldap.controls.libldap import SimplePagedResultsControl  # noqa: PLC0415

    link = ldap.initialize(server.url)
    link.set_option(ldap.OPT_X_TLS_CACERTFILE, str(server.ca.ca_file))
    link.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    link.simple_bind_s(BOT, BOT_PASSWORD)

    def find(n: int) -> None:
        link.search_s(PEOPLE, 2, f"(personalIdentityNumber={people[n * 7 % COUNT].reveal()})")

    def write(n: int) -> None:
        link.modify_s(f"uid=p{n + TIMES},{PEOPLE}", [(ldap.MOD_REPLACE, "title", [b"USK"])])

    rates = _rate(find), _rate(write)
    begun, count = time.perf_counter(), 0
    page = SimplePagedResultsControl(criticality=True, size=500, cookie="")
    while True:
        asked = link.search_ext(PEOPLE, 2, "(personalIdentityNumber=*)", serverctrls=[page])
        _, rows, _, controls = link.result3(asked)
        count += len(rows)
        page.cookie = controls[0].cookie
        if not page.cookie:
            break
    whole = count / (time.perf_counter() - begun)
    link.unbind_s()
    return *rates, whole
