"""What a client says to show a token (SASL). Opens no connection."""

from __future__ import annotations

from collections.abc import Callable

MECHANISMS = ("OAUTHBEARER", "XOAUTH2")  # RFC 7628; Microsoft's and Google's older one


def bearer(mechanism: str, username: str, token: str) -> str:
    """Return the first words of *mechanism*: on behalf of *username*, by *token*."""
    if mechanism == "XOAUTH2":
        return f"user={username}\1auth=Bearer {token}\1\1"
    who = username.replace("=", "=3D").replace(",", "=2C")  # RFC 5801 §4
    return f"n,a={who},\1auth=Bearer {token}\1\1"


def answering(mechanism: str, username: str, token: str) -> Callable[[bytes], bytes]:
    """Return what answers the server's challenges: the token, then an end to its complaint."""
    words = [bearer(mechanism, username, token).encode("utf-8")]
    # A refusal comes as a challenge; only an answer lets the server say no (RFC 7628 §3.2.3).
    end = b"\1" if mechanism == "OAUTHBEARER" else b""
    return lambda _: words.pop() if words else end
