"""Where the certificate authorities of this machine are: libcurl as pycurl brings it along knows none by itself."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path


def authorities(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return a file, or folder, of certificate authorities, ``None`` if there is none.

    The variables that other Python programs and OpenSSL go by come first, then what OpenSSL was built
    to use, then the package ``certifi``. What is not there, or is an empty folder, is passed over.
    """
    return next((place for place in map(Path, _candidates(environ)) if _is_usable(place)), None)


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
