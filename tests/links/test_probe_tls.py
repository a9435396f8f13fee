from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from affidavit.links.manner import usual
from affidavit.links.network import Network, network
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.links.trust import by_host
from affidavit.model.settings import Settings

if TYPE_CHECKING:
    from tests.links.conftest import Asker, Server

MakeProbe = Callable[..., "Asker"]
Serve = Callable[..., "Server"]

URL = "https://secure.example/"
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def facts(seen: Observation) -> tuple[str, str, int, int]:
    assert isinstance(seen, Answered), seen
    return seen.url, seen.final, seen.status, seen.redirects


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


def self_signed(tmp_path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "secure.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("secure.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "own.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(pem)
    return made


def ask(probe: Asker) -> Observation:
    return probe.ask(URL)[URL]


def kind(observation: Observation) -> Trouble:
    assert isinstance(observation, Unreachable), observation
    return observation.kind


@pytest.fixture
def trusted(serve: Serve, authority: trustme.CA) -> dict[str, str]:
    """Return how to find a server whose certificate is in order."""
    server = serve({"/": GOOD}, context(authority.issue_cert("secure.example")))
    return {"secure.example:443": server.place}


def test_a_certificate_of_a_known_authority_holds(probe: MakeProbe, trusted: dict[str, str], ca_file: Path) -> None:
    assert facts(ask(probe(resolve=trusted, ca_file=ca_file))) == (URL, URL, 200, 0)


def test_the_authorities_of_the_environment_are_used(
    probe: MakeProbe, trusted: dict[str, str], ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(ca_file))
    assert facts(ask(probe(resolve=trusted))) == (URL, URL, 200, 0)


def test_a_redirect_may_lead_from_http_to_https(
    serve: Serve, probe: MakeProbe, trusted: dict[str, str], ca_file: Path
) -> None:
    plain = serve({"/": f"HTTP/1.1 301 Moved\r\nLocation: {URL}\r\nContent-Length: 0\r\n\r\n".encode()})
    seen = probe(resolve=trusted, ca_file=ca_file).ask(plain.url())[plain.url()]
    assert facts(seen) == (plain.url(), URL, 200, 1)


def test_an_issuer_that_is_not_known_here_is_no_fault_of_the_server(
    serve: Serve, probe: MakeProbe, ca_file: Path
) -> None:
    server = serve({"/": GOOD}, context(trustme.CA().issue_cert("secure.example")))
    seen = ask(probe(resolve={"secure.example": server.place}, ca_file=ca_file))
    assert kind(seen) is Trouble.CERTIFICATE_UNVERIFIED
    assert seen.met
    assert server.requests == []


def test_a_certificate_for_another_host_is_at_fault(
    serve: Serve, probe: MakeProbe, authority: trustme.CA, ca_file: Path
) -> None:
    server = serve({"/": GOOD}, context(authority.issue_cert("other.example")))
    assert kind(ask(probe(resolve={"secure.example": server.place}, ca_file=ca_file))) is Trouble.CERTIFICATE_INVALID


def test_a_certificate_that_has_expired_is_at_fault(
    serve: Serve, probe: MakeProbe, authority: trustme.CA, ca_file: Path
) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    certificate = authority.issue_cert("secure.example", not_before=past - timedelta(days=2), not_after=past)
    server = serve({"/": GOOD}, context(certificate))
    assert kind(ask(probe(resolve={"secure.example": server.place}, ca_file=ca_file))) is Trouble.CERTIFICATE_INVALID


def test_a_certificate_that_vouches_for_itself_is_at_fault(
    serve: Serve, probe: MakeProbe, ca_file: Path, tmp_path: Path
) -> None:
    server = serve({"/": GOOD}, self_signed(tmp_path))
    assert kind(ask(probe(resolve={"secure.example": server.place}, ca_file=ca_file))) is Trouble.CERTIFICATE_INVALID


@pytest.mark.parametrize("content", [None, "no certificates"])
def test_without_authorities_no_certificate_is_blamed(
    probe: MakeProbe, trusted: dict[str, str], tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    assert kind(ask(probe(resolve=trusted, ca_file=path))) is Trouble.NO_AUTHORITIES


def test_authorities_that_are_lacking_are_no_want_of_a_network(
    probe: MakeProbe, trusted: dict[str, str], tmp_path: Path
) -> None:
    seen = probe(resolve=trusted, ca_file=tmp_path / "none.pem").ask(URL)
    assert network(seen.values()) is Network.OPEN


@pytest.mark.parametrize(("host", "status"), [("secure.example", 200), ("other.example", 0)])
def test_authorities_of_one_host_count_for_no_other(
    probe: MakeProbe, trusted: dict[str, str], ca_file: Path, host: str, status: int
) -> None:
    manners = by_host(usual, Settings(ca_files=((host, ca_file.name),)), ca_file.parent)
    seen = ask(probe(resolve=trusted, manners=manners))
    assert (seen.status if isinstance(seen, Answered) else 0) == status


def test_where_the_machine_has_no_authorities_no_certificate_is_blamed(
    probe: MakeProbe, trusted: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("affidavit.links.probe.authorities", lambda: None)
    assert kind(ask(probe(resolve=trusted))) is Trouble.NO_AUTHORITIES


def test_a_server_that_speaks_no_tls_is_told_from_a_bad_certificate(
    serve: Serve, probe: MakeProbe, ca_file: Path
) -> None:
    server = serve({}, greeting=GOOD)
    assert kind(ask(probe(resolve={"secure.example": server.place}, ca_file=ca_file))) is Trouble.TLS_FAILED
