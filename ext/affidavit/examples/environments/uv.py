"""Calling *uv*, which chooses versions of Python packages, finds Pythons, and puts the two together."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from affidavit.examples.environments.reach import closed_above, open_folders
from affidavit.examples.secrets import Redactor
from affidavit.model.environments import Environment
from affidavit.model.errors import AffidavitError

INSTALL = "pip install 'affidavit[examples]'"
SECONDS = 30
"""The most that finding a Python may take."""

_ASK = (
    "import json, os, sys; base = getattr(sys, '_base_executable', '') or sys.executable;"
    "print(json.dumps([os.path.realpath(base), sys.base_prefix, '%d.%d.%d' % sys.version_info[:3]]))"
)
_ASIDES = ("hint:", "warning:")
_MARK = re.compile(r"^\s*(?:error:|cause:|Caused by:|[×╰├]─?▶?|(?P<aside>hint:|warning:))\s*")
_LONGEST = 300
_OF_OTHERS = frozenset({"VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME"})


class UvError(AffidavitError):
    """Something that uv was asked for cannot be had."""


class Python(Struct, frozen=True):
    """An interpreter: its program, the folder that it and its library stand in, and its version.

    ``copy`` is a copy of that folder, where the user of the steps cannot enter it; empty where that is not so.
    """

    program: str
    base: str
    version: str
    copy: str = ""


class Uv(Struct, frozen=True):
    """The program, and the folder that it is called in, whose settings of it count."""

    program: str
    folder: Path

    def compile(self, environment: Environment, python: str, before: str, *, upgrade: bool) -> str:
        """Return the exact packages for a declaration, for a version of Python and all later ones, on any system.

        ``before`` is what they were so far, which stays as far as it fits, unless this is an ``upgrade``.
        """
        found = self.python(python)
        with _files(environment) as (folder, options):
            out = folder / "locked.txt"
            out.write_text(before, encoding="utf-8")
            how = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", python)
            build_with = ("--python", found.program) if found else ()
            more = (*how, *build_with, *options, *(("--upgrade",) if upgrade else ()))
            asked = (str(folder / "packages.txt"), *(f"{each}/pyproject.toml" for each in environment.projects))
            self._call("pip", "compile", *asked, "-o", str(out), *more, environment=environment)
            return out.read_text(encoding="utf-8")

    def python(self, request: str) -> Python | None:
        """Return a Python that fits a request, such as ``3.11`` or ``>=3.11``, and that those can use who run steps."""
        own = () if closed_above(Path(self._told("python", "dir")) / "x") is None else ("--no-managed-python",)
        program = self._told("python", "find", "--system", "--no-project", "--no-python-downloads", *own, request)
        return asked(program) if program else None

    def venv(self, folder: Path, python: Python) -> None:
        """Make a virtual environment, which may be moved."""
        self._call("venv", "--relocatable", "--no-project", "--python", python.program, str(folder))

    def sync(self, folder: Path, lock: Path, environment: Environment) -> None:
        """Put the packages of a lock into a virtual environment: copied, since links would lead into uv's own cache."""
        with _files(environment, ("exclude_newer", "build_constraints")) as (_, options):
            how = ("--python", str(folder / "bin" / "python"), "--link-mode", "copy", "--compile-bytecode")
            self._call("pip", "sync", str(lock), "--allow-empty-requirements", *how, *options, environment=environment)

    def build(self, project: str, out: Path, environment: Environment) -> None:
        """Build the source distribution of a project, and its wheel from that; ``out`` is an empty folder."""
        with _files(environment, ("exclude_newer", "build_constraints")) as (_, options):
            self._call("build", "--out-dir", str(out), *options, project, environment=environment)

    def install(self, folder: Path, wheels: Sequence[Path]) -> None:
        """Put wheels into a virtual environment that has all that they need."""
        how = ("--python", str(folder / "bin" / "python"), "--link-mode", "copy", "--compile-bytecode")
        self._call("pip", "install", "--no-deps", "--no-index", *how, *map(str, wheels))

    def _call(self, *words: str, environment: Environment | None = None) -> None:
        ran = self._run(("--quiet", *words), environment)
        if ran.returncode:
            raise UvError(f"uv says: {sentence(ran.stderr)}.", advice="See to that, and try again.")

    def _told(self, *words: str) -> str:
        """Return the line that uv prints, empty where it fails."""
        try:
            ran = self._run(words, None, SECONDS)
        except subprocess.TimeoutExpired:
            return ""
        return ran.stdout.strip() if ran.returncode == 0 else ""

    def _run(
        self, words: Sequence[str], environment: Environment | None, seconds: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 -- the program was looked up, and takes no shell
                [self.program, "--color", "never", *words],
                cwd=self.folder,
                env=_variables(environment.secret if environment else ()),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                check=False,
                timeout=seconds,
                umask=0o022,
            )
        except OSError as error:
            raise UvError(f"uv cannot be started ({error.strerror}).", advice=f"Install it: {INSTALL}") from None


def find_uv(folder: Path) -> Uv | None:
    """Return uv, as it was installed beside us, or as it stands on PATH."""
    found = shutil.which("uv", path=sysconfig.get_path("scripts")) or shutil.which("uv")
    return Uv(found, folder) if found else None


def sentence(problems: str) -> str:
    """Return what uv complained about, on one line, without secrets: what it is, why, and what that comes from."""
    told = [part.rstrip(".:") for part in _parts(Redactor().redact(problems))]
    text = ": ".join(dict.fromkeys((*told[:2], *told[-1:]))) or "nothing more is known"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip('.: ')} ..."


def _parts(problems: str) -> list[str]:
    """Return what belongs together, without hints and warnings: lines from one with a mark to the next."""
    parts = [""]
    for line in problems.splitlines():
        found = _MARK.match(line)
        if found:
            parts.append(found["aside"] or "")
        parts[-1] += f" {line[found.end() :] if found else line}"
    return [" ".join(part.split()) for part in parts if part.strip() and not part.startswith(_ASIDES)]


def asked(program: str) -> Python | None:
    """Return what a Python says of itself; ``None`` where it cannot be started."""
    try:
        ran = subprocess.run(  # noqa: S603 -- uv found it to be a Python
            [program, "-I", "-c", _ASK], capture_output=True, text=True, check=True, timeout=SECONDS, cwd="/"
        )
        real, base, version = json.loads(ran.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Python(str(real), str(base), str(version))


def _variables(secret: Sequence[str]) -> Mapping[str, str]:
    """Return the variables for uv, which builds packages: none of them learns what examples keep secret."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_OTHERS and name not in secret}
    return {**kept, "PATH": os.pathsep.join(open_folders(kept.get("PATH", os.defpath)))}


@contextmanager
def _files(
    environment: Environment, wanted: Sequence[str] = ("exclude_newer", "constraints", "overrides", "build_constraints")
) -> Iterator[tuple[Path, list[str]]]:
    """Give a folder with the requirements of an environment as files, and the options that name them."""
    resolving = environment.resolving
    options = ["--exclude-newer", resolving.exclude_newer] if resolving.exclude_newer else []
    with TemporaryDirectory(prefix="affidavit-") as name:
        folder = Path(name)
        _write(folder / "packages.txt", environment.packages)
        for key in ("constraints", "overrides", "build_constraints"):
            requirements = getattr(resolving, key)
            if requirements and key in wanted:
                _write(folder / f"{key}.txt", requirements)
                options += [f"--{key.replace('_', '-')}", str(folder / f"{key}.txt")]
        yield folder, options


def _write(path: Path, requirements: Sequence[str]) -> None:
    path.write_text("".join(f"{each}\n" for each in requirements), encoding="utf-8")
