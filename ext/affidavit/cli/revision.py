"""What stood at a path in an earlier revision of a git repository, laid out in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from affidavit.cli.outcome import UsageError

_COMMIT = "^{commit}"
"""Behind a revision: the commit that it names, and nothing else; it also keeps git from taking it for an option."""

_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git tells its hooks of the repository at hand; git in a folder below it would take that folder for the top."""


@contextmanager
def checked_out(path: Path, revision: str, spelling: str = "git:origin/main") -> Iterator[Path]:
    """Give the path at which a file or folder of the repository stands as it was; it may not have been there.

    The repository itself, its index and its work tree stay as they are. Raise :class:`UsageError` where there is no
    repository, or no such revision in it; ``spelling`` is how the command line names one.
    """
    absolute = Path(os.path.realpath(path))
    within = absolute if absolute.is_dir() else absolute.parent
    top = Path(_git(within, "rev-parse", "--show-toplevel", advice="A revision needs a git repository."))
    advice = f"Name one that it has, as in `{spelling}`; in a shallow clone, fetch it first."
    commit = _git(within, "rev-parse", "--verify", "--quiet", f"{revision}{_COMMIT}", advice=advice)
    with TemporaryDirectory(prefix="affidavit-") as folder:
        _lay_out(top, commit, Path(folder))
        yield Path(folder) / "tree" / absolute.relative_to(os.path.realpath(top))


def _lay_out(top: Path, commit: str, folder: Path) -> None:
    """Write all files of a commit below a folder, by an index of their own, so that git leaves the usual one be."""
    index = {"GIT_INDEX_FILE": str(folder / "index")}
    advice = "See to that, and run the command again."
    _git(top, "read-tree", commit, advice=advice, environ=index)
    _git(top, "checkout-index", "--all", f"--prefix={folder / 'tree'}/", advice=advice, environ=index)


def _git(folder: Path, *arguments: str, advice: str, environ: dict[str, str] | None = None) -> str:
    command = ["git", "-c", f"core.hooksPath={os.devnull}", *arguments]
    usual = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    try:
        done = subprocess.run(  # noqa: S603 -- a list of arguments: no shell reads the revision
            command, cwd=folder, env=usual | (environ or {}), capture_output=True, text=True, check=False
        )
    except OSError as error:
        advice = "Install git; without it no revision can be read."
        raise UsageError(f"git cannot be run ({error.strerror}).", advice=advice) from None
    if done.returncode:
        told = (
            done.stderr.strip().removeprefix("fatal: ").rstrip(".")
            or f"git knows no `{arguments[-1].removesuffix(_COMMIT)}`"
        )
        raise UsageError(f"{told}.", advice=advice)
    return done.stdout.strip()
