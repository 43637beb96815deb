"""A PDF signature counts when it is whole, covers the file and its signer is trusted."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bot.domain.forms import Signed
from tests.filled import an_order, fill_flat
from tests.unit.parsers.forms.reader import SETTINGS, the_form

UNSIGNED = fill_flat(an_order(2), sign=None)


@pytest.fixture(scope="module")
def manager(tmp_path_factory):
    """A key with a certificate of its own, in a PEM file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Göran Norén")])
    usage = certificates.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        certificates.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2028, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("roots") / "chef.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption())),
        cert_registry=SimpleCertificateStore(),
    )  # fmt: skip
    return SimpleNamespace(signer=signer, root=path)


def sealed(manager, content=UNSIGNED, **meta):
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    about = signers.PdfSignatureMetadata(field_name="Underskrift", **meta)
    return signers.sign_pdf(writer, about, signer=manager.signer).getvalue()


def trusting(manager):
    return replace(SETTINGS, signature_roots=(manager.root,))


def test_a_whole_signature_of_a_trusted_signer_signs(manager):
    form = the_form(sealed(manager), trusting(manager))
    assert (form.signed, form.notes) == (Signed.DIGITAL, ())


def test_a_signer_nobody_vouches_for_is_unsure(manager):
    form = the_form(sealed(manager))
    assert form.signed is Signed.UNSURE
    assert "kontrollera" in form.notes[0]


def test_a_changed_byte_breaks_the_signature(manager):
    content = bytearray(sealed(manager))
    content[content.index(b"ReportLab")] ^= 1
    form = the_form(bytes(content), trusting(manager))
    assert form.signed is Signed.UNSURE
    assert "ändrat" in form.notes[0]


def test_something_added_after_signing_is_unsure(manager):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed(manager)))
    writer.root["/PageMode"] = writer.root["/Pages"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert the_form(out.getvalue(), trusting(manager)).signed is Signed.UNSURE


def test_the_publishers_seal_on_a_blank_is_nobodys_signature(manager):
    content = sealed(manager, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    assert the_form(content, trusting(manager)).signed is Signed.NONE
