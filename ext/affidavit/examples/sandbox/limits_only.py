"""What is left where there is no bubblewrap: limits, and an end to all processes. It keeps honest steps in, no others.

The steps see the machine as the user does who runs them, its network and its files; where that is root, they run as a
user of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from affidavit.examples.sandbox.ending import finished
from affidavit.examples.sandbox.environment import with_environment, with_locale
from affidavit.examples.sandbox.identity import Identity, identity, others_of_user
from affidavit.examples.sandbox.leftovers import VARIABLE, sweep
from affidavit.examples.sandbox.program import boot_arguments
from affidavit.examples.sandbox.sandbox import SandboxError, Started, Unable
from affidavit.model.runs import Job, Promise

TRIAL = "import json, select, resource"
EVERYBODY = 0o001


class LimitsOnly:
    """Starts the supervisor as it is."""

    name: str = "limits"
    promises: frozenset[Promise] = frozenset()

    def __init__(self, python: str) -> None:
        self._python = python

    @contextmanager
    def started(self, job: Job, workspace: Path, mark: str) -> Iterator[Started]:
        """Start the supervisor, which ends what the steps started; what it misses is found by the mark."""
        with identity() as who:
            _hand_over(workspace, who)
            try:
                with finished(self._popen(workspace, mark, who)) as process:
                    yield _started(process, job, workspace, mark)
            finally:
                sweep(mark, who.get("user"))
                shutil.rmtree(_private(mark), ignore_errors=True)

    def _popen(self, workspace: Path, mark: str, who: Identity) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the command is ours, word for word
            boot_arguments(self._python),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={VARIABLE: mark, "PATH": os.defpath},
            cwd=workspace,
            start_new_session=True,
            **who,
        )


def _started(process: subprocess.Popen[bytes], job: Job, workspace: Path, mark: str) -> Started:
    private = str(_private(mark))
    variables = {
        "HOME": private,
        "PATH": os.environ.get("PATH", os.defpath),
        "TMPDIR": private,
        **with_locale(dict(job.variables)),
        VARIABLE: mark,
    }
    return Started(
        process,
        tuple(with_environment(variables, job.environment).items()),
        str(workspace),
        folders=(str(workspace),),
        others=others_of_user() if os.geteuid() else 0,
        private=private,
    )


def _private(mark: str) -> Path:
    """Return a folder for what the steps leave elsewhere. They make it themselves, so that it is theirs."""
    return Path(tempfile.gettempdir()) / f"affidavit-{mark[:16]}"


def _hand_over(folder: Path, who: Identity) -> None:
    """Give a folder to the user that the steps run as; raise :class:`SandboxError` where that one cannot get at it."""
    if "user" not in who:
        return
    os.chown(folder, who["user"], who["group"])
    closed = [above for above in folder.resolve().parents if not above.stat().st_mode & EVERYBODY]
    if closed:
        advice = "Use a folder that everybody may enter, or do not run this as root."
        raise SandboxError(f"The steps do not run as root, and {closed[0]} is closed to others.", advice=advice)


@cache
def find_limits_only() -> LimitsOnly | Unable:
    """Return this sandbox where the system has what it takes, which is tried once."""
    if os.name != "posix":
        return Unable("Examples cannot be run on this system.", "Run them on Linux or macOS, or in WSL.")
    if shutil.which("bash") is None:
        return Unable("bash is not installed.", "Install it.")
    works = [python for python in _pythons() if _runs(python)]
    return LimitsOnly(works[0]) if works else Unable("The steps' user can run no Python.", "Install python3.")


def _pythons() -> list[str]:
    return [sys.executable, *(path for path in ("/usr/bin/python3", "/usr/local/bin/python3") if Path(path).exists())]


def _runs(python: str) -> bool:
    try:
        with identity() as who:
            found = subprocess.run(  # noqa: S603 - the command is ours, word for word
                [python, "-I", "-S", "-c", TRIAL], cwd="/", capture_output=True, timeout=20, check=False, **who
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return found.returncode == 0
