"""``affidavit environments lock``: write the exact versions of the Python packages of environments."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from affidavit.cli.environments_chosen import read_environments, require_uv
from affidavit.cli.environments_options import read_options
from affidavit.cli.notes_progress import watch
from affidavit.cli.outcome import Status, say, tell
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.lock import Lock, file_of, lock_text, read_lock
from affidavit.examples.environments.uv import Uv, UvError
from affidavit.files import replace_text
from affidavit.model.environments import Environment
from affidavit.model.errors import AffidavitError
from affidavit.reports.words import count


def run(arguments: Namespace) -> Status:
    """Lock the environments, one after the other; where one cannot be, its lock stays, and the others are written."""
    options = read_options(arguments)
    site, declared, chosen = read_environments(options)
    wanted = [each for each in chosen if each.is_locked]
    if not wanted:
        say("No environment has Python packages that could be locked.")
        return Status.FINE
    uv, failed = require_uv(site.folder), False
    for environment in wanted:
        try:
            _lock(environment, declared, site.folder, uv, upgrade=options.upgrade)
        except UvError as error:
            tell(f"The environment `{environment.name}` is not locked: {error}")
            failed = True
    return Status.ERRORS if failed else Status.FINE


def _lock(environment: Environment, declared: Declared, folder: Path, uv: Uv, *, upgrade: bool) -> None:
    path = folder / file_of(environment.name)
    before = declared.lock(environment.name)
    with watch().step(f"Choosing the packages of {environment.name}"):
        text = _text(environment, before, uv, upgrade=upgrade)
    lock, unchanged = read_lock(text), _has(path, text)
    if not unchanged:
        _write(path, text)
    changes = _changes(before, lock)
    say(f"{path}: {'unchanged' if unchanged else 'written'}, {count(len(lock.packages), 'package')}{changes}")


def _text(environment: Environment, before: Lock | None, uv: Uv, *, upgrade: bool) -> str:
    python = environment.python or f"{sys.version_info.major}.{sys.version_info.minor}"
    so_far = "".join(f"{each}\n" for each in before.requirements) if before else ""
    return lock_text(environment, python, uv.compile(environment, python, so_far, upgrade=upgrade))


def _changes(before: Lock | None, now: Lock) -> str:
    """Return how many packages came and went, where there was a lock before; another version is both."""
    if before is None:
        return ""
    old, new = set(before.packages), set(now.packages)
    return f", {len(new - old)} new, {len(old - new)} gone" if old != new else ""


def _has(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, ValueError):
        return False


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        problem = f"The lock `{path}` cannot be written ({error.strerror})."
        raise AffidavitError(problem, advice="Make its folder writable, and run this again.") from None
