"""Certificates, good and bad, each made for the host that shows it."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_DAY = timedelta(days=1)


class Certificates:
    """A certificate authority of the tests' own, and what servers show that it, or another one, vouches for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA()
        self._middle = self._authority.create_child_ca()
        self._other = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.file)
        self._kinds: dict[str, Callable[[str], ssl.SSLContext]] = {
            "good": lambda host: _context(self._authority.issue_cert(host)),
            "rsa": lambda host: _context(self._authority.issue_cert(host, key_type=trustme.KeyType.RSA)),
            "wildcard": lambda host: _context(self._authority.issue_cert(f"*.{host.partition('.')[2]}")),
            "chain": lambda host: _context(self._middle.issue_cert(host)),
            "chain cut": self._cut_chain,
            "expired": lambda host: _context(self._dated(host, -2 * _DAY, -_DAY)),
            "not yet": lambda host: _context(self._dated(host, _DAY, 2 * _DAY)),
            "other host": lambda _: _context(self._authority.issue_cert("other.example")),
            "other authority": lambda host: _context(self._other.issue_cert(host)),
            "own": self._own,
            "TLS 1.2": lambda host: self._only(host, ssl.TLSVersion.TLSv1_2),
            "TLS 1.3": lambda host: self._only(host, ssl.TLSVersion.TLSv1_3),
            "TLS 1.1": lambda host: self._only(host, ssl.TLSVersion.TLSv1_1),
            "TLS 1.0": lambda host: self._only(host, ssl.TLSVersion.TLSv1),
        }

    def context(self, kind: str, host: str) -> ssl.SSLContext:
        """Return how a server of a host speaks TLS, with a certificate of a kind."""
        return self._kinds[kind](host)

    def _dated(self, host: str, begin: timedelta, end: timedelta) -> trustme.LeafCert:
        now = datetime.now(UTC)
        return self._authority.issue_cert(host, not_before=now + begin, not_after=now + end)

    def _only(self, host: str, version: ssl.TLSVersion) -> ssl.SSLContext:
        context = _context(self._authority.issue_cert(host, key_type=trustme.KeyType.RSA))
        context.set_ciphers("ALL:@SECLEVEL=0")  # at its usual level OpenSSL signs nothing for old TLS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is what it is for
            context.minimum_version = context.maximum_version = version
        return context

    def _cut_chain(self, host: str) -> ssl.SSLContext:
        """Leave out who vouches for the certificate's issuer, as servers do that are set up in haste."""
        issued = self._middle.issue_cert(host)
        return self._loaded(f"{host}.cut.pem", issued.private_key_pem.bytes() + issued.cert_chain_pems[0].bytes())

    def _own(self, host: str) -> ssl.SSLContext:
        """Let a host vouch for itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + _DAY)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self._loaded(f"{host}.own.pem", pem + certificate.public_bytes(Encoding.PEM))

    def _loaded(self, name: str, pem: bytes) -> ssl.SSLContext:
        path = self._folder / name
        path.write_bytes(pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
