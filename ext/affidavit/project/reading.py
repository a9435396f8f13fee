"""Reading a Sphinx project: all that its pages state, read by Sphinx itself, in this process.

Nothing is written into the project's folder, not even by Python for the modules that conf.py imports; what Sphinx keeps
between builds goes to a temporary folder, since a site that is read anew is read right.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.application import Sphinx
from sphinx.errors import ConfigError, SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from affidavit.gathered import Gathered
from affidavit.model.errors import AffidavitError
from affidavit.project.faults import reason

EXTENSION, BUILDER = "affidavit", "claims"
_MOST_WARNINGS = 20
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class _Reading(Sphinx):
    """Sphinx, with the extension also where conf.py does not name it: then its settings have their defaults."""

    def preload_builder(self, name: str) -> None:
        """Load the extension that has the builder, once those of conf.py are loaded."""
        if EXTENSION not in self.extensions:
            self.setup_extension(EXTENSION)
        super().preload_builder(name)


Tell = Callable[[str], None]


def read_project(folder: Path, jobs: int, tell: Tell) -> Gathered:
    """Return all that the site in a source folder states, reading it with ``jobs`` processes; nobody is asked.

    What Sphinx warns of is passed on to ``tell``, and what conf.py prints to standard error: standard output is for the
    report. Raise :class:`AffidavitError` where Sphinx cannot read the site.
    """
    warnings = StringIO()
    try:
        with TemporaryDirectory(prefix="affidavit-") as temporary, _without_bytecode(), redirect_stdout(sys.stderr):
            return _read(folder, Path(temporary), jobs, warnings)
    except ConfigError as error:
        conf = folder / "conf.py"
        problem = f"`{conf}` cannot be used: {reason(conf.absolute(), error)}."
        advice = "Mend it, and run the command in the environment that builds the site."
        raise AffidavitError(problem, advice=advice) from None
    except Exception as error:  # extensions and directives may raise anything, and no user mends a traceback
        raise _unreadable(folder, error) from error
    finally:
        _pass_on(warnings.getvalue(), tell)


def _read(folder: Path, temporary: Path, jobs: int, warnings: StringIO) -> Gathered:
    with patch_docutils(str(folder)), docutils_namespace():
        out, doctrees = temporary / "out", temporary / "doctrees"
        app = _Reading(folder, folder, out, doctrees, BUILDER, warning=warnings, status=None, parallel=max(1, jobs))
        app.build()
        gathered = getattr(app.builder, "gathered", None)
        if not isinstance(gathered, Gathered):
            message = f"another extension has a builder `{BUILDER}` of its own"
            raise SphinxError(message)
        return gathered


@contextmanager
def _without_bytecode() -> Iterator[None]:
    """Keep Python from writing the modules that conf.py imports beside their sources."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _unreadable(folder: Path, error: Exception) -> AffidavitError:
    told = " ".join(str(error).split()) or "no more is known"
    kind = "" if isinstance(error, SphinxError) else f"{type(error).__name__}: "
    return AffidavitError(
        f"Sphinx cannot read the site in `{folder}`: {kind}{told.rstrip('.')}.",
        advice=f"Build it with `sphinx-build -v -b dummy {folder} OUT` to see more; mend it, and run this again.",
    )


def _pass_on(warnings: str, tell: Tell) -> None:
    """Tell what Sphinx warned of: it may be why a link is not known."""
    lines = _COLOURS.sub("", warnings).splitlines()
    for line in lines[:_MOST_WARNINGS]:
        tell(f"Sphinx: {line}")
    if len(lines) > _MOST_WARNINGS:
        tell(f"Sphinx: {len(lines) - _MOST_WARNINGS} more lines of warnings; `sphinx-build` shows them all.")
