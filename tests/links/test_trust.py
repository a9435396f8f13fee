from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from affidavit.links.trust import authorities


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """Return two bundles, a folder that OpenSSL can use, and one that it cannot."""
    for name in ("first.pem", "second.pem"):
        (tmp_path / name).touch()
    (tmp_path / "hashed").mkdir()
    (tmp_path / "hashed" / "5ed36f99.0").touch()
    (tmp_path / "unhashed").mkdir()
    (tmp_path / "unhashed" / "authority.pem").touch()
    return {name: tmp_path / name for name in ("first.pem", "second.pem", "hashed", "unhashed", "absent")}


@pytest.mark.parametrize(
    ("bundle", "file", "folder", "expected"),
    [
        ("first.pem", "second.pem", "hashed", "first.pem"),
        (None, "second.pem", "hashed", "second.pem"),
        (None, None, "hashed", "hashed"),
        ("hashed", "second.pem", None, "hashed"),
        ("absent", "second.pem", None, "second.pem"),
        ("unhashed", "second.pem", None, "second.pem"),
        (None, "absent", "hashed", "hashed"),
    ],
)
def test_the_variables_decide_in_their_order(
    places: dict[str, Path], bundle: str | None, file: str | None, folder: str | None, expected: str
) -> None:
    named = {"REQUESTS_CA_BUNDLE": bundle, "SSL_CERT_FILE": file, "SSL_CERT_DIR": folder}
    environ = {variable: str(places[name]) for variable, name in named.items() if name}
    assert authorities(environ) == places[expected]


def built_in(file: Path, folder: Path) -> ssl.DefaultVerifyPaths:
    return ssl.DefaultVerifyPaths("", "", "SSL_CERT_FILE", str(file), "SSL_CERT_DIR", str(folder))


def test_without_variables_it_is_what_openssl_was_built_to_use(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for paths, expected in [
        (built_in(places["first.pem"], places["hashed"]), places["first.pem"]),
        (built_in(places["absent"], places["hashed"]), places["hashed"]),
    ]:
        monkeypatch.setattr(ssl, "get_default_verify_paths", lambda paths=paths: paths)
        assert authorities({}) == expected


def test_where_openssl_has_none_certifi_helps_out(places: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    certifi = pytest.importorskip("certifi")
    nothing = built_in(places["absent"], places["unhashed"])
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nothing)
    assert authorities({}) == Path(certifi.where())
