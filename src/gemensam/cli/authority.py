"""A local certificate authority for a command post without internet (stack notes 5): ten years, host names only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gemensam.durable import EVERYONE_READS, create_file

CA_DAYS, LEAF_DAYS = 3650, 397


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written."""

    authority: Path
    certificate: Path
    key: Path


def make_authority(folder: Path, names: list[str]) -> Made:
    """Make an authority and a certificate for host names or addresses; raises `FileExistsError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=False)
    ca_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name("Gemensam, lokal utfärdare")
    ca = _authority(issuer, ca_key)
    leaf = _leaf(issuer, ca_key, leaf_key, names)
    made = Made(folder / "authority.pem", folder / "certificate.pem", folder / "key.pem")
    for path, certificate in ((made.authority, ca), (made.certificate, leaf)):
        create_file(path, certificate.public_bytes(serialization.Encoding.PEM), EVERYONE_READS)
    _write_key(made.key, leaf_key)
    _write_key(folder / "authority-key.pem", ca_key)
    return made


def _authority(issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = _builder(issuer, issuer, key.public_key(), CA_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def _leaf(
    issuer: x509.Name, ca_key: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePrivateKey, names: list[str]
) -> x509.Certificate:
    alternative = x509.SubjectAlternativeName([_general(name) for name in names])
    builder = _builder(_name(names[0]), issuer, key.public_key(), LEAF_DAYS)
    builder = builder.add_extension(alternative, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return builder.add_extension(usage, critical=False).sign(ca_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    start = datetime.now(UTC) - timedelta(minutes=5)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    create_file(path, data)
