"""Certificates under Sphinx's settings: both link checks before one TLS server, by two names of one machine."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme
from tests.sphinx.linkcheck_web import serve


class Told(NamedTuple):
    """What a check says of the link by the server's address, and of the one by its name."""

    address: str
    name: str


CASES = {
    "nothing set": ("", Told("broken", "broken")),
    "not verified": ("tls_verify = False", Told("working", "working")),
    "a file": ("tls_cacerts = {ca!r}", Told("working", "working")),
    "a path": ("from pathlib import Path\ntls_cacerts = Path({ca!r})", Told("working", "working")),
    "a file beside conf.py": ("tls_cacerts = 'ca.pem'", Told("working", "working")),
    "by server": ("tls_cacerts = {{'127.0.0.1:{port}': {ca!r}}}", Told("working", "broken")),
    "not verified, whatever the file": ("tls_verify = False\ntls_cacerts = {ca!r}", Told("working", "working")),
    "no such file": ("tls_cacerts = '/no/such/file.pem'", Told("broken", "broken")),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Told]]:
    """Return a function that checks the two links with some conf.py."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    with serve(context) as web:

        def check(conf: str, *options: str) -> Told:
            folder = tmp_path_factory.mktemp("tls")
            authority.cert_pem.write_to_path(folder / "ca.pem")
            conf = conf.format(ca=str(folder / "ca.pem"), port=web.server_port)
            (folder / "conf.py").write_text(f"extensions = ['affidavit']\n{conf}\n", encoding="utf-8")
            urls = web.url("/ok"), web.url("/ok", host="localhost")
            (folder / "index.rst").write_text(f"Page\n====\n\n{urls[0]} {urls[1]}\n", encoding="utf-8")
            return Told(*(_statuses(folder, *options)[url] for url in urls))

        yield check


def _statuses(folder: Path, *options: str) -> dict[str, str]:
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", *options, str(folder), str(folder / "out")]
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    subprocess.run(command, capture_output=True, check=False, env=kept, timeout=60, cwd=folder)
    lines = (folder / "out" / "output.json").read_text(encoding="utf-8").splitlines()
    return {each["uri"]: each["status"] for each in map(json.loads, lines)}


@pytest.mark.parametrize(("conf", "told"), CASES.values(), ids=CASES)
def test_ours(checked, conf, told):
    assert checked(conf) == told


@pytest.mark.parametrize("name", ["nothing set", "not verified", "a file", "by server", "no such file"])
def test_ours_is_as_sphinx_has_it(checked, name):
    conf, told = CASES[name]
    assert checked(conf, "-D", "affidavit_linkcheck=0") == told
