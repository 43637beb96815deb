"""A private OpenLDAP for the tests: StartTLS and ldaps, size limits, unique numbers, least rights.

The bot's account may write below ou=personer and only what it needs; a plain login is refused.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.processes import (
    SYSTEM_PATH,
    Account,
    Authority,
    Child,
    ServerError,
    free_port,
    missing,
    program,
)

SUFFIX = "o=Kommunen,c=SE"
PEOPLE = f"ou=personer,{SUFFIX}"
UNITS = f"ou=enheter,{SUFFIX}"
ADMIN, ADMIN_PASSWORD = f"cn=admin,{SUFFIX}", "admin-hemlig"
BOT, BOT_PASSWORD = f"uid=ek-bot,ou=konton,{SUFFIX}", "bot-hemligt-ÅÄÖ"
LIMIT = 500  # entries in an answer that is not paged

_CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {here}/hsa.schema
pidfile {here}/pid
argsfile {here}/args
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload unique
TLSCACertificateFile {ca.ca_file}
TLSCertificateFile {ca.cert_file}
TLSCertificateKeyFile {ca.key_file}
security simple_bind=128
sizelimit size.soft={limit} size.hard={limit} size.prtotal={paged}
{general}

database mdb
suffix "{suffix}"
rootdn "{admin}"
rootpw {admin_password}
directory {here}/db
maxsize 1073741824
dbnosync
index objectClass,entryUUID eq
index uid,hsaIdentity,{number},mail,ou,departmentNumber eq
index cn,sn pres,eq,sub
overlay unique
unique_uri ldap:///{people}?hsaIdentity,{number}?sub
access to attrs=userPassword by anonymous auth by * none
{rights}
access to dn.subtree="{people}" by dn.exact="{bot}" write by users read
access to * by users read by * none
"""

_SEED = """
dn: {suffix}
objectClass: organization
o: Kommunen

dn: ou=konton,{suffix}
objectClass: organizationalUnit
ou: konton

dn: {bot}
objectClass: account
objectClass: simpleSecurityObject
uid: ek-bot
userPassword: {password}

dn: {people}
objectClass: organizationalUnit
ou: personer

dn: {units}
objectClass: organizationalUnit
ou: enheter
"""


@dataclass(frozen=True)
class Shape:
    """How a directory's schema and limits differ from another's."""

    number: str = "personalIdentityNumber"
    start: str = "startDate"
    end: str = "endDate"
    demands_id: bool = False  # hsaIdentity is a MUST of a person
    protects: bool = True  # hsaConfidentialPerson is there
    middle: bool = True
    paged: str = "unlimited"
    general: str = ""
    rights: str = ""

    def schema(self) -> str:
        raw = (Path(__file__).parent / "hsa.schema").read_text(encoding="utf-8")
        return raw.format(
            number=self.number,
            start=self.start,
            end=self.end,
            must="MUST hsaIdentity" if self.demands_id else "",
            middle="$ middleName" if self.middle else "",
            protected="objectclass ( ekbotTest:102 NAME 'hsaConfidentialPerson' SUP top AUXILIARY )"
            if self.protects
            else "",
        )


@dataclass
class Slapd:
    """A running directory, and what its administrator does with it."""

    here: Path
    account: Account
    ca: Authority
    shape: Shape
    port: int = field(default_factory=free_port)  # ldap://, with StartTLS
    tls_port: int = field(default_factory=free_port)  # ldaps://
    _running: Child | None = None

    @property
    def url(self) -> str:
        return f"ldaps://localhost:{self.tls_port}"

    def table(self, **more: Any) -> dict[str, Any]:
        """Return the bot's settings for this directory."""
        told = {"kind": "ldap", "url": self.url, "bind_dn": BOT, "password": BOT_PASSWORD}
        told |= {"base_dn": PEOPLE, "ca_file": str(self.ca.ca_file), "timeout": 10}
        return told | more

    def start(self) -> None:
        """Start, and wait until both ports answer."""
        where = f"ldap://localhost:{self.port} ldaps://localhost:{self.tls_port}"
        command = [program("slapd", "slapd"), "-d", "stats", "-f", self.here / "slapd.conf"]
        self._running = Child([*command, "-h", where], self.here / "log", account=self.account)
        for port in (self.port, self.tls_port):
            self._running.wait_for_port(port)

    def stop(self) -> None:
        """Stop; what was written stays."""
        if self._running is not None:
            self._running.stop()
            self._running = None

    def load(self, ldif: str) -> None:
        """Put entries in while the server is down: far quicker than over the wire."""
        done = subprocess.run(
            [program("slapadd", "slapd"), "-q", "-f", self.here / "slapd.conf"],
            input=ldif, text=True, check=False, capture_output=True,
            env={"PATH": SYSTEM_PATH}, cwd="/", **self.account.switch(),
        )  # fmt: skip
        if done.returncode:
            raise ServerError(done.stderr[-4000:])

    def log(self) -> str:
        """Return everything that the server has said of its operations."""
        return (self.here / "log").read_text(errors="replace")

    @contextlib.contextmanager
    def human(self) -> Iterator[Any]:
        """Log in as the administrator beside the bot, with the library itself."""
        ldap = library()
        link = ldap.initialize(self.url)
        link.set_option(ldap.OPT_X_TLS_CACERTFILE, str(self.ca.ca_file))
        link.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        link.simple_bind_s(ADMIN, ADMIN_PASSWORD)
        try:
            yield link
        finally:
            link.unbind_s()

    def add(self, dn: str, **values: str | Sequence[str]) -> None:
        """Make an entry by another hand."""
        many = {k: [v] if isinstance(v, str) else list(v) for k, v in values.items()}
        with self.human() as link:
            link.add_s(dn, [(k, [v.encode() for v in vs]) for k, vs in many.items()])

    def change(self, dn: str, **values: Sequence[str]) -> None:
        """Give attributes of an entry other values by another hand."""
        ldap = library()
        with self.human() as link:
            link.modify_s(
                dn, [(ldap.MOD_REPLACE, k, [v.encode() for v in vs]) for k, vs in values.items()]
            )

    def people(self) -> list[tuple[str, dict[str, list[str]]]]:
        """Return every person's DN and values."""
        return self.below(PEOPLE)

    def below(self, base: str) -> list[tuple[str, dict[str, list[str]]]]:
        """Return what lies directly below *base*."""
        with self.human() as link:
            told = link.search_s(base, library().SCOPE_ONELEVEL)
        return [(dn, {k: [v.decode() for v in vs] for k, vs in held.items()}) for dn, held in told]

    def empty(self) -> None:
        """Take all persons and units out."""
        with self.human() as link:
            for base in (PEOPLE, UNITS):
                for dn, _ in link.search_s(base, library().SCOPE_ONELEVEL, attrlist=["1.1"]):
                    link.delete_s(dn)


def library() -> Any:
    """Return python-ldap, or say that it is missing."""
    try:
        import ldap  # noqa: PLC0415
    except ImportError:
        missing("python-ldap (packages libldap-dev, libsasl2-dev; then make setup) is not here")
    return ldap


def ldif(entries: Mapping[str, Mapping[str, str | Sequence[str]]]) -> str:
    """Return entries as LDIF; the values are plain ASCII."""
    blocks = []
    for dn, values in entries.items():
        lines = [f"dn: {dn}"]
        for name, held in values.items():
            lines += [f"{name}: {v}" for v in ([held] if isinstance(held, str) else held)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


@contextlib.contextmanager
def slapd(shape: Shape | None = None, seed: str = "") -> Iterator[Slapd]:
    """Run a directory for the block."""
    program("slapd", "slapd")
    library()
    account = Account.unprivileged()
    here = account.directory("slapd")
    server = Slapd(here, account, Authority(here, account), shape or Shape())
    try:
        (here / "db").mkdir()
        account.own(here / "db")
        (here / "hsa.schema").write_text(server.shape.schema(), encoding="utf-8")
        (here / "slapd.conf").write_text(
            _CONFIGURATION.format(
                here=here, ca=server.ca, limit=LIMIT, paged=server.shape.paged,
                number=server.shape.number, general=server.shape.general,
                rights=server.shape.rights, suffix=SUFFIX, people=PEOPLE, bot=BOT,
                admin=ADMIN, admin_password=ADMIN_PASSWORD,
            ),
            encoding="utf-8",
        )  # fmt: skip
        names = {"suffix": SUFFIX, "bot": BOT, "people": PEOPLE, "units": UNITS}
        server.load(_SEED.format(**names, password=BOT_PASSWORD) + "\n" + seed)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(here, ignore_errors=True)
