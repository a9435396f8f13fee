"""Where the certificate authorities of this machine are: libcurl as pycurl brings it along knows none by itself."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from msgspec.structs import replace

from affidavit.links.address import Address
from affidavit.links.manner import Manner, Manners
from affidavit.model.codes import Code
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding

SETTING = "tls_cacerts"


def authorities(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return a file, or folder, of certificate authorities, ``None`` if there is none.

    The variables that other Python programs and OpenSSL go by come first, then what OpenSSL was built
    to use, then the package ``certifi``. What is not there, or is an empty folder, is passed over.
    """
    return next((place for place in map(Path, _candidates(environ)) if _is_usable(place)), None)


def without_lacking(settings: Settings, folder: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """Return settings that name no file of authorities which is not there, and a finding for each that they named.

    Paths are relative to ``folder``.
    """
    named = dict.fromkeys(filter(None, [settings.ca_file, *dict(settings.ca_files).values()]))
    lacking = [name for name in named if not (folder / name).exists()]
    if not lacking:
        return settings, ()
    there = replace(
        settings,
        ca_file="" if settings.ca_file in lacking else settings.ca_file,
        ca_files=tuple(each for each in settings.ca_files if each[1] not in lacking),
        invalid=settings.invalid | {SETTING},
    )
    return there, tuple(_lacks(name, settings) for name in lacking)


def by_host(manners: Manners, settings: Settings, folder: Path) -> Manners:
    """Return the manners with the authorities that the settings have for single hosts."""
    files = {host: folder / name for host, name in settings.ca_files}

    def manner(address: Address) -> Manner:
        usual = manners(address)
        file = files.get(address.host if address.usual else f"{address.host}:{address.port}")
        return replace(usual, authorities=file) if file else usual

    return manner if files else manners


def _lacks(name: str, settings: Settings) -> Finding:
    message = f"`{SETTING}` must be a file of certificate authorities that is there, and `{name}` is not."
    return finding(Code.SETTING_INVALID, settings.place, message)


def _candidates(environ: Mapping[str, str]) -> Iterator[str]:
    for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
        yield from filter(None, [environ.get(variable)])
    yield from filter(None, environ.get("SSL_CERT_DIR", "").split(os.pathsep))
    built_in = ssl.get_default_verify_paths()
    yield from (built_in.openssl_cafile, built_in.openssl_capath)
    if find_spec("certifi"):
        from certifi import where  # noqa: PLC0415 -- it is there only where another package brings it

        yield where()


def _is_usable(place: Path) -> bool:
    """Tell a file, and a folder in which OpenSSL finds authorities: by names such as ``5ed36f99.0``."""
    return place.is_file() or any(place.glob("[0-9a-f]" * 8 + ".[0-9]"))
