"""A stub of an issuer of tokens (OAuth 2.0 client credentials), over TLS, in this process.

It signs with the key that the test servers trust. It proves our side, not Microsoft's.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.servers.processes import Authority

SECRET = "hemligt-hos-utfärdaren"
ISSUER = "https://login.office.example"


class Signer:
    """A key that signs tokens, and its public half for those who verify."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def token(self, user: str, seconds: float = 3600, **claims: object) -> str:
        """Return a token for *user* that is good for *seconds* (negative: has expired)."""
        now = time.time()
        told = {
            "iss": ISSUER,
            "sub": user,
            "iat": int(now) - 7200,
            "nbf": int(now) - 7200,
            "exp": int(now + seconds),
        }
        private = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return jwt.encode(told | claims, private, algorithm="ES256")

    def public(self) -> bytes:
        """Return the public key, PEM."""
        form = PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(Encoding.PEM, form)


@dataclass
class Issuer:
    """A running issuer; the fields say what it shall answer. A client's id is its user."""

    url: str
    ca_file: Path
    signer: Signer
    certificate: bytes = b""  # of the clients that sign instead of telling a secret
    seconds: float = 3600  # a token's life
    answers: list[tuple[int, dict[str, str], dict[str, object]]] = field(default_factory=list)
    foreign: Signer | None = None  # signs instead of the right key, while set
    given: list[str] = field(default_factory=list)  # the clients that got a token
    scopes: list[str] = field(default_factory=list)

    def asked(self, form: dict[str, str]) -> tuple[int, dict[str, str], dict[str, object]]:
        """Answer one request for a token."""
        if self.answers:
            return self.answers.pop(0)
        client = form.get("client_id", "")
        if form.get("grant_type") != "client_credentials" or not client:
            return 400, {}, {"error": "invalid_request"}
        if form.get("client_secret") != SECRET and not self._signed(form, client):
            return 401, {}, {"error": "invalid_client", "error_codes": [7000215]}
        self.given.append(client)
        self.scopes.append(form.get("scope", ""))
        token = (self.foreign or self.signer).token(client, self.seconds)
        told = {"access_token": token, "token_type": "Bearer", "expires_in": int(self.seconds)}
        return 200, {}, told

    def _signed(self, form: dict[str, str], client: str) -> bool:
        """Tell whether the client signed an assertion with its certificate's key (RFC 7523)."""
        if not self.certificate:
            return False
        key = x509.load_pem_x509_certificate(self.certificate).public_key()
        with contextlib.suppress(jwt.InvalidTokenError):
            told = jwt.decode(
                form.get("client_assertion", ""),
                key,
                algorithms=["PS256", "RS256"],
                audience=f"{self.url}/token",
            )
            return told["iss"] == told["sub"] == client
        return False


@contextlib.contextmanager
def token_stub(ca: Authority, signer: Signer) -> Iterator[Issuer]:
    """Run an issuer for the block, with the certificate of *ca*."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(ca.cert_file, ca.key_file)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            known = self.path == "/tenant/.well-known/openid-configuration"
            here = f"https://{self.headers['Host']}"
            told = {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
            }
            self._say(*((200, {}, told) if known else (404, {}, {"error": "invalid_tenant"})))

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            self._say(*issuer.asked(form))

        def _say(self, status: int, headers: dict[str, str], told: dict[str, object]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[socket.socket, object]:
            link, address = super().get_request()
            return context.wrap_socket(
                link, server_side=True, do_handshake_on_connect=False
            ), address

        def handle_error(self, *_: object) -> None:
            """A client that trusts us not hangs up: no news."""

    server = Server(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"https://localhost:{server.server_address[1]}", ca.ca_file, signer)
    worker = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    worker.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        worker.join(5)
