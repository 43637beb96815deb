"""One kept connection to a directory (RFC 4511): whole answers or none. Knows no person.

The one place that calls the LDAP library. A search is never cut short in silence: a limit, a
referral or an answer without its last page is an error, for persons who were left out of an answer
look just like persons who have left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import ldap
from ldap.controls.libldap import AssertionControl, SimplePagedResultsControl

from bot.adapters.ldap.access import Server
from bot.adapters.ldap.failures import PASSING, refused_write, translated
from bot.adapters.ldap.tunnel import line
from bot.ports.errors import NeedsOperatorError, TransientError

T = TypeVar("T")
Attributes = Mapping[str, Sequence[bytes]]
Link = Any  # the library has no types
Modification = tuple[int, str, list[bytes]]

ADD, DELETE, REPLACE = ldap.MOD_ADD, ldap.MOD_DELETE, ldap.MOD_REPLACE
BASE, SUBTREE = ldap.SCOPE_BASE, ldap.SCOPE_SUBTREE
_ASSERTION = "1.3.6.1.1.12"  # RFC 4528
_ROOT = ("supportedControl", "subschemaSubentry")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of an answer: its DN, and its values by attribute name in lower case."""

    dn: str
    values: Mapping[str, tuple[bytes, ...]]

    def all(self, name: str) -> tuple[bytes, ...]:
        """Return the values of *name* as they came; options (``;lang-sv``) are others."""
        return self.values.get(name.lower(), ())


class Directory:
    """Connects when it is first asked and again after an error. One thread."""

    def __init__(self, server: Server) -> None:
        """Open nothing yet."""
        self.server = server
        self.connections = 0  # made so far: whoever keeps what it learnt of one looks here
        self._open: Link = None
        self._controls: frozenset[str] = frozenset()
        self._schema_dn = ""

    @property
    def asserts(self) -> bool:
        """Tell whether a write may carry an assertion (RFC 4528)."""
        return _ASSERTION in self._controls

    @property
    def schema_dn(self) -> str:
        """Return where the server keeps its schema, "" when it does not say."""
        return self._schema_dn

    def connect(self) -> None:
        """See to it that a connection is open, secured and logged in.

        Raises:
            TransientError: no answer.
            NeedsOperatorError: certificate or login refused.
        """
        if self._open is None:
            made = _logged_in(self.server)
            try:
                with translated(self.server.peer, "root"):
                    told = made.search_ext_s("", BASE, attrlist=list(_ROOT), timeout=self._patience)
            except BaseException:
                _let_go(made)
                raise
            row = _row(*told[0][:2]) if told else Row("", {})
            self._controls = frozenset(c.decode() for c in row.all("supportedControl"))
            self._schema_dn = next((v.decode() for v in row.all("subschemaSubentry")), "")
            self._open = made
            self.connections += 1

    def one(
        self, dn: str, attributes: Sequence[str], filter_: str = "(objectClass=*)"
    ) -> Row | None:
        """Return the entry *dn*, None when it is not there or may not be seen."""

        def ask(link: Link) -> Row | None:
            try:
                told = link.search_ext_s(
                    dn, BASE, filter_, list(attributes), timeout=self._patience
                )
            except ldap.NO_SUCH_OBJECT:
                return None
            rows = _rows(told)
            return rows[0] if rows else None

        return self._read("read", ask)

    def some(
        self, base: str, filter_: str, attributes: Sequence[str], most: int
    ) -> tuple[tuple[Row, ...], bool]:
        """Return at most *most* entries, and whether there are more of them."""

        def ask(link: Link) -> tuple[tuple[Row, ...], bool]:
            number = link.search_ext(
                base, SUBTREE, filter_, list(attributes), timeout=self._patience, sizelimit=most
            )
            rows: list[Row] = []
            try:
                while True:
                    kind, told = link.result(number, all=0)
                    if kind == ldap.RES_SEARCH_RESULT:
                        return tuple(rows), False
                    rows += _rows(told)
            except ldap.SIZELIMIT_EXCEEDED:
                return tuple(rows), True

        return self._based("search", base, ask)

    def every(self, base: str, filter_: str, attributes: Sequence[str]) -> Iterator[Row]:
        """Yield every entry below *base*, page by page (RFC 2696), to the very last.

        Raises:
            TransientError: the answer broke off.
            NeedsOperatorError: a limit or a referral keeps a part of it from us.
        """
        control = SimplePagedResultsControl(criticality=True, size=self.server.page, cookie="")
        first = True
        while first or control.cookie:

            def ask(link: Link) -> tuple[list[Row], Link]:
                number = link.search_ext(
                    base, SUBTREE, filter_, list(attributes), serverctrls=[control]
                )
                _, told, _, controls = link.result3(number)
                pages = [c for c in controls if c.controlType == control.controlType]
                return _rows(told), pages[0] if pages else None

            # A cookie is worth something on its own connection only.
            rows, page = self._based("search", base, ask, again=first)
            if page is None:
                raise NeedsOperatorError(
                    f"{self.server.peer}: search: no page control in the answer",
                    "Katalogen lämnar inte svar sida för sida (RFC 2696), så ett avkortat svar"
                    " märks inte. Använd en server som gör det.",
                )
            control.cookie, first = page.cookie, False
            yield from rows

    def add(self, dn: str, attributes: Attributes) -> None:
        """Make an entry.

        Raises:
            ConflictError: there is one of that name already.
            TransientError: no answer; nothing is known of the outcome.
            PermanentError: the directory refuses the values.
            NeedsOperatorError: the account may not.
        """
        listed = [(name, list(values)) for name, values in attributes.items()]
        self._write(lambda link: link.add_ext(dn, listed), tuple(attributes), adding=True)

    def modify(self, dn: str, changes: Sequence[Modification], if_: str = "") -> None:
        """Carry out *changes*, all or none (RFC 4511 §4.6), if the filter *if_* holds (RFC 4528).

        Raises:
            ConflictError: *if_* does not hold, a value to take away is not there, or no such entry.
            TransientError: no answer; nothing is known of the outcome.
            PermanentError: the directory refuses the values.
            NeedsOperatorError: the account may not.
        """
        controls = [AssertionControl(criticality=True, filterstr=if_)] if if_ else None
        self._write(
            lambda link: link.modify_ext(dn, list(changes), serverctrls=controls),
            [name for _, name, _ in changes],
            adding=False,
        )

    def close(self) -> None:
        """Let go; the next call connects again."""
        link, self._open = self._open, None
        if link is not None:
            _let_go(link)

    @property
    def _patience(self) -> int:
        return max(1, round(self.server.timeout))

    def _based(self, step: str, base: str, ask: Callable[[Link], T], *, again: bool = True) -> T:
        """Read below *base*, which must be there."""

        def based(link: Link) -> T:
            try:
                return ask(link)
            except ldap.NO_SUCH_OBJECT:
                raise NeedsOperatorError(
                    f"{self.server.peer}: {step}: no such base",
                    f"Katalogen visar inget på {base}. Kontrollera base_dn, och att kontot får läsa"
                    " där.",
                ) from None

        return self._read(step, based, again=again)

    def _read(self, step: str, ask: Callable[[Link], T], *, again: bool = True) -> T:
        """Read; a kept connection that the server has closed meanwhile is made anew, once."""
        kept = self._open is not None and again
        try:
            return self._asked(step, ask)
        except TransientError:
            if not kept or self._open is not None:
                raise
        return self._asked(step, ask)

    def _asked(self, step: str, ask: Callable[[Link], T]) -> T:
        self.connect()
        try:
            with translated(self.server.peer, step):
                return ask(self._open)
        except TransientError:
            self.close()
            raise

    def _write(self, send: Callable[[Link], int], sent: Sequence[str], *, adding: bool) -> None:
        self.connect()
        try:
            self._open.result3(send(self._open))
        except ldap.LDAPError as error:
            if isinstance(error, PASSING):
                self.close()
            raise refused_write(error, self.server.peer, sent, adding=adding) from None


def _logged_in(server: Server) -> Link:
    """Return a connection that is secured and logged in."""
    # Over a line that is ready; the library is told "ldap" so that it adds no TLS of its own.
    link = ldap.initialize(f"ldap://{server.peer}", trace_level=0, fileno=line(server))
    try:
        link.timeout = server.timeout
        for option, value in (  # all are set here: ldap.conf and the environment would count
            (ldap.OPT_PROTOCOL_VERSION, ldap.VERSION3),
            (ldap.OPT_REFERRALS, 0),
            (ldap.OPT_DEREF, ldap.DEREF_NEVER),
            (ldap.OPT_SIZELIMIT, 0),
            (ldap.OPT_TIMELIMIT, 0),
            (ldap.OPT_NETWORK_TIMEOUT, server.timeout),
            (ldap.OPT_TIMEOUT, server.timeout),
        ):
            link.set_option(option, value)
        with translated(server.peer, "login"):
            link.simple_bind_s(server.bind_dn, server.password)
    except BaseException:
        _let_go(link)
        raise
    return link


def _let_go(link: Link) -> None:
    with contextlib.suppress(ldap.LDAPError):
        link.unbind_ext_s()


def _rows(told: Sequence[tuple[Any, ...]]) -> list[Row]:
    """Return the entries of an answer.

    Raises:
        NeedsOperatorError: a part of the answer lies on another server (a search reference).
    """
    if any(dn is None for dn, *_ in told):
        raise NeedsOperatorError(
            "search: a part lies on another server",
            "En del av katalogen ligger på en annan server, och skulle saknas i svaret."
            " Ange en base_dn som ligger helt på den här servern.",
        )
    return [_row(dn, values) for dn, values, *_ in told]


def _row(dn: str, values: Mapping[str, Sequence[bytes]]) -> Row:
    return Row(dn, {name.lower(): tuple(found) for name, found in values.items()})
