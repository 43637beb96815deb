"""DKIM checked by ourselves: what counts as the author's signature, and what does not."""

import base64
from datetime import UTC, datetime, timedelta

import dkim
import pytest
from asn1crypto import keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.signatures import DkimSignatures, is_aligned
from bot.ports.errors import TransientError
from parsers.mail.authentication import Verdict

DOMAIN = "jarfalla.example"
RAW = (
    b"From: Karin <karin@jarfalla.example>\r\nTo: ek@jarfalla.example\r\nSubject: Best\r\n"
    b"Date: Mon, 23 Nov 2026 08:14:55 +0100\r\nMessage-ID: <m1@jarfalla.example>\r\n\r\nHej\r\n"
)
NAMES = [b"from", b"to", b"subject", b"date", b"message-id"]


def pair(bits):
    key = rsa.generate_private_key(65537, bits)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, base64.b64encode(public)


KEY, PUBLIC = pair(2048)
RECORD = b"v=DKIM1; k=rsa; p=" + PUBLIC


def signed(raw=RAW, domain=DOMAIN, *, key=KEY, **more):
    more.setdefault("include_headers", NAMES)
    return dkim.sign(raw, b"s1", domain.encode(), key, **more) + raw


def retagged(extra: bytes, *, raw=RAW, key=KEY) -> bytes:
    """Sign *raw* with further tags in the signature, which dkimpy itself would not write."""
    signer = dkim.DKIM(raw)
    real = signer.gen_header

    def with_tags(fields, *args, **more):
        name, _, value = extra.partition(b"=")
        fields[-1:-1] = [(name, value)]
        return real([f for f in fields if f[0] != b"t"], *args, **more)

    signer.gen_header = with_tags
    return signer.sign(b"s1", DOMAIN.encode(), key, include_headers=NAMES) + raw


def checker(records=None, *, now=None):
    zone = {f"s1._domainkey.{DOMAIN}": RECORD} if records is None else records
    moment = datetime.now(UTC) if now is None else now
    return DkimSignatures(clock=lambda: moment, lookup=zone.get)


def verdict(raw, domain=DOMAIN, records=None, now=None):
    return checker(records, now=now).verify(raw, domain)


def test_an_aligned_signature_that_holds_passes():
    assert verdict(signed()) is Verdict.PASS
    assert verdict(signed(), "Jarfalla.Example.") is Verdict.PASS


def test_bare_line_feeds_do_not_break_a_signature():
    assert verdict(signed().replace(b"\r\n", b"\n")) is Verdict.PASS


def test_the_author_may_be_in_a_subdomain_of_the_signer():
    assert verdict(signed(), f"skola.{DOMAIN}") is Verdict.PASS


@pytest.mark.parametrize(
    "domain", ["angrepp.example", "ondjarfalla.example", "example", "", "jarfalla.example.se"]
)
def test_a_signature_of_another_domain_says_nothing(domain):
    assert verdict(signed(), domain) is Verdict.NONE


def test_a_mail_without_a_signature_says_nothing():
    assert verdict(RAW) is Verdict.NONE
    assert verdict(b"") is Verdict.NONE


@pytest.mark.parametrize(
    "broken",
    [
        signed().replace(b"Hej\r\n", b"Hej du\r\n"),
        signed().replace(b"Subject: Best", b"Subject: Test"),
        b"From: bo@jarfalla.example\r\n" + signed(),
        signed() + b"mer\r\n",
        signed(length=True),
        signed(length=True) + b"ett till stycke\r\n",
        signed(signature_algorithm=b"rsa-sha1"),
    ],
    ids=["body", "subject", "second From", "appended", "l=", "l= appended", "sha1"],
)
def test_a_signature_that_does_not_hold_or_leaves_gaps_fails(broken):
    assert verdict(broken) is Verdict.FAIL


def test_a_signature_over_no_from_fails_even_when_it_holds():
    signer = dkim.DKIM(RAW)
    real = signer.gen_header

    def without_from(fields, include_headers, *args, **more):
        kept = [(k, b"to") if k == b"h" else (k, v) for k, v in fields]
        return real(kept, [b"to"], *args, **more)

    signer.gen_header = without_from
    raw = signer.sign(b"s1", DOMAIN.encode(), KEY, include_headers=NAMES) + RAW
    assert dkim.DKIM(raw).verify(dnsfunc=lambda *_, **__: RECORD)
    assert verdict(raw) is Verdict.FAIL


def test_two_authors_signed_alike_fail():
    two = b"From: bo@jarfalla.example\r\n" + RAW
    raw = signed(two, include_headers=[b"from", *NAMES])
    assert dkim.DKIM(raw).verify(dnsfunc=lambda *_, **__: RECORD)
    assert verdict(raw) is Verdict.FAIL


@pytest.mark.parametrize(
    "record",
    [
        None,
        b"",
        b"nonsense",
        b"v=DKIM1; p=",
        b"v=DKIM2; p=" + PUBLIC,
        RECORD + b"; s=tlsrpt",
        RECORD + b"; h=sha1",
        RECORD + b"; t=y",
        b"v=DKIM1; k=ed25519; p=" + PUBLIC,
        b"v=DKIM1; p=AAAA",
    ],
)
def test_a_key_that_may_not_be_used_is_none(record):
    assert verdict(signed(), records={f"s1._domainkey.{DOMAIN}": record}) is Verdict.FAIL


def test_a_strict_key_wants_the_very_domain():
    records = {f"s1._domainkey.{DOMAIN}": RECORD + b"; t=s; s=email; h=sha256:sha1"}
    assert verdict(signed(), records=records) is Verdict.PASS
    assert verdict(signed(identity=b"x@mail." + DOMAIN.encode()), records=records) is Verdict.FAIL


def prime_after(number):
    """The next probable prime by Fermat: enough for a key that must be refused."""
    number |= 1
    while any(pow(base, number - 1, number) != 1 for base in (2, 3, 5, 7)):
        number += 2
    return number


def weak_pair():
    """A key of 768 bits, which no library makes any more."""
    p, q = prime_after(3 << 382), prime_after(7 << 381)
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = {
        "version": "two-prime", "modulus": p * q, "public_exponent": 65537, "private_exponent": d, "prime1": p,
        "prime2": q, "exponent1": d % (p - 1), "exponent2": d % (q - 1), "coefficient": pow(q, -1, p),
    }  # fmt: skip
    private = base64.b64encode(keys.RSAPrivateKey(numbers).dump())
    public = keys.RSAPublicKey({"modulus": p * q, "public_exponent": 65537}).dump()
    pem = b"-----BEGIN RSA PRIVATE KEY-----\n" + private + b"\n-----END RSA PRIVATE KEY-----\n"
    return pem, base64.b64encode(public)


def test_a_key_of_fewer_than_1024_bits_is_refused():
    key, public = weak_pair()
    raw, record = signed(key=key), b"v=DKIM1; p=" + public
    assert dkim.DKIM(raw, minkey=512).verify(dnsfunc=lambda *_, **__: record)
    assert verdict(raw, records={f"s1._domainkey.{DOMAIN}": record}) is Verdict.FAIL


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STAMP = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (b"x=%d" % (STAMP + 60), Verdict.PASS),
        (b"x=%d" % (STAMP - 1), Verdict.FAIL),
        (b"x=abc", Verdict.FAIL),
        (b"x=%d" % 10**20, Verdict.FAIL),
    ],
)
def test_an_expired_signature_fails_by_our_own_clock(tag, expected):
    assert verdict(retagged(tag), now=NOW) is expected


def test_a_signature_of_the_future_fails():
    assert verdict(signed(), now=datetime.now(UTC) - timedelta(days=2)) is Verdict.FAIL
    assert verdict(signed(), now=datetime.now(UTC) + timedelta(days=900)) is Verdict.PASS


def test_one_good_signature_among_bad_and_foreign_ones_is_enough():
    odd = b"DKIM-Signature: v=1; a=nonsense\r\nDKIM-Signature: trasig\r\n"
    foreign = signed(domain="angrepp.example").partition(b"From:")[0]
    broken = signed(RAW.replace(b"Hej", b"Nej")).partition(b"From:")[0]
    assert verdict(odd + foreign + broken + signed()) is Verdict.PASS
    assert verdict(odd + foreign + RAW) is Verdict.NONE
    assert verdict(odd + foreign + broken + RAW) is Verdict.FAIL


def test_only_the_first_ten_signatures_are_looked_at():
    foreign = signed(domain="angrepp.example").partition(b"From:")[0]
    assert verdict(foreign * 9 + signed()) is Verdict.PASS
    assert verdict(foreign * 10 + signed()) is Verdict.NONE


def test_a_silent_name_server_makes_the_mail_wait():
    def silent(name):
        raise TransientError("no answer")

    checks = DkimSignatures(clock=lambda: NOW + timedelta(days=900), lookup=silent)
    with pytest.raises(TransientError):
        checks.verify(signed(), DOMAIN)
    assert checks.verify(signed(), "angrepp.example") is Verdict.NONE


@given(st.binary(max_size=500))
def test_any_bytes_have_a_verdict(raw):
    assert verdict(raw) in Verdict
    assert verdict(b"DKIM-Signature: " + raw + b"\r\n" + RAW) is not Verdict.PASS


@pytest.mark.parametrize(
    ("signer", "author", "aligned"),
    [
        ("a.se", "a.se", True),
        ("a.se", "b.a.se", True),
        ("b.a.se", "a.se", True),
        ("se", "a.se", False),
        ("b.a.se", "c.a.se", False),
        ("xa.se", "a.se", False),
    ],
)
def test_domains_align_along_one_line_of_descent(signer, author, aligned):
    assert is_aligned(signer, author) is aligned
