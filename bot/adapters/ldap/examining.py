"""What ``doctor`` says of a directory, step by step to the first that fails. Writes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from bot.adapters.ldap.connection import Directory
from bot.adapters.ldap.layout import Layout
from bot.adapters.ldap.tunnel import line
from bot.ports.check import Check
from bot.ports.errors import NeedsOperatorError, PortError

_NEEDED = {"valid_from", "valid_until"}  # without them nobody can be ended
_AWAY = "Kontrollera url, och att brandväggen släpper fram trafiken dit."


def steps(
    directory: Directory, base: str, name: str, more: Callable[[], Iterator[Check]]
) -> tuple[Check, ...]:
    """Return a line for address and TLS, login and base, then what *more* finds; never raises."""
    found: list[Check] = []
    try:
        found += _connected(directory, base, name)
        if found[-1].ok:
            found += more()
    except NeedsOperatorError as error:
        found.append(Check(name, ok=False, seen=error.reason, advice=error.advice))
    except PortError as error:
        found.append(Check(name, ok=False, seen=str(error), advice=_AWAY))
    return tuple(found)


def _connected(directory: Directory, base: str, name: str) -> Iterator[Check]:
    server = directory.server
    directory.close()
    os.close(line(server))
    how = "okrypterat" if server.tls == "none" else "krypterat och med betrott certifikat"
    yield Check(name, ok=True, seen=f"{server.peer} svarar {how}")
    directory.connect()
    yield Check(f"{name}, konto", ok=True, seen=f"inloggad som {server.bind_dn}")
    if directory.one(base, ("1.1",)) is not None:
        yield Check(f"{name}, base_dn", ok=True, seen=f"{base} går att läsa")
        return
    advice = "Kontrollera base_dn, och be den som sköter katalogen om läsrätt där."
    yield Check(f"{name}, base_dn", ok=False, seen=f"{base} syns inte", advice=advice)


def persons(layout: Layout, by_hand: str, *, asserts: bool) -> Iterator[Check]:
    """Yield what was made of the schema, and how persons are written."""
    named = {field: attribute for field, attribute in layout.names.items() if attribute}
    told = ", ".join(f"{field} = {attribute}" for field, attribute in named.items())
    yield Check("Katalog, attribut", ok=True, seen=told)
    lacking = [field for field in layout.names if field not in named and field != "middle_name"]
    if not layout.protected_class:
        lacking.append("protected")
    if lacking:
        yield Check(
            "Katalog, saknas",
            ok=not _NEEDED & set(lacking),
            seen=f"kan inte hålla {', '.join(lacking)}; sådana skrivningar går till en handläggare",
            advice="Ange attributet i [catalogue.attributes] om det heter något annat.",
        )
    where = f"{layout.place},{layout.base}" if layout.place else layout.base
    new = f"läggs upp för hand: katalogen kräver {by_hand}" if by_hand else f"läggs i {where}"
    yield Check("Katalog, nya personer", ok=True, seen=new)
    guard = "med villkor (RFC 4528)" if asserts else "gamla värden tas bort och nya sätts samtidigt"
    yield Check(
        "Katalog, skrivning", ok=True, seen=f"{guard}; rätten prövas vid första skrivningen"
    )
