"""Keys are asked for at a name server; silence is no answer."""

import socket
from threading import Thread

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from bot.adapters.signatures import txt_lookup
from bot.ports.errors import TransientError


def test_a_name_server_that_does_not_answer_is_a_passing_trouble():
    silent = dns.resolver.Resolver(configure=False)
    silent.nameservers = ["127.0.0.1"]
    silent.port = 1  # nobody listens there
    with pytest.raises(TransientError, match="name server"):
        txt_lookup(0.2, silent)("s1._domainkey.jarfalla.example")


@pytest.fixture
def name_server():
    """A name server on the loopback that knows one TXT record in two pieces."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], listener.getsockname()[1]
        thread = Thread(target=answer, args=(listener,))
        thread.start()
        yield resolver
        listener.sendto(b"", listener.getsockname())
        thread.join(30)


def answer(listener):
    while True:
        raw, peer = listener.recvfrom(4096)
        if not raw:
            return
        reply = dns.message.make_response(dns.message.from_wire(raw))
        name = reply.question[0].name.to_text()
        if name == "s1._domainkey.jarfalla.example.":
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", '"v=DKIM1; " "p=abc"'))
        elif name.startswith("none."):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif name.startswith("broken."):
            reply.set_rcode(dns.rcode.SERVFAIL)
        listener.sendto(reply.to_wire(), peer)


def test_the_name_server_is_asked_for_the_key(name_server):
    lookup = txt_lookup(5, name_server)
    assert lookup("s1._domainkey.jarfalla.example") == b"v=DKIM1; p=abc"
    assert lookup("none.example") is None
    assert lookup("empty.example") is None
    assert lookup(f"{'x' * 64}.example") is None
    with pytest.raises(TransientError):
        lookup("broken.example")
