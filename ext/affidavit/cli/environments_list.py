"""``affidavit environments list``: which environments a site has, and what is known of each."""

from __future__ import annotations

from argparse import Namespace

from affidavit.cli.environments_chosen import read_environments
from affidavit.cli.environments_options import read_options
from affidavit.cli.outcome import Status, say
from affidavit.examples.environments.declared import Declared, NoLock
from affidavit.examples.environments.lock import Lock, fits
from affidavit.model.environments import Environment
from affidavit.model.visible import visible_line
from affidavit.reports.words import count


def run(arguments: Namespace) -> Status:
    """Print a line for each environment."""
    _, given, chosen = read_environments(read_options(arguments))
    for environment in chosen:
        say(visible_line(f"{environment.name}: {', '.join(_parts(environment, given))}"))
    if not chosen:
        say("`affidavit_environments` has none.")
    return Status.FINE


def _parts(environment: Environment, given: Declared) -> list[str]:
    parts = [
        f"release {environment.release}" if environment.release else "",
        f"Python {environment.python}" if environment.python else "",
        _lock(environment, given),
        *(f"needs {each.name}" for each in environment.programs),
        *(f"sets {name}" for name, _ in environment.variables),
        *(f"takes {name}" for name in environment.secret),
    ]
    return [part for part in parts if part] or ["nothing of its own"]


def _lock(environment: Environment, given: Declared) -> str:
    """Return the state of a lock, empty where there is nothing to be locked."""
    if not environment.is_locked:
        return ""
    match given.locks.get(environment.name):
        case None:
            return "not locked"
        case NoLock():
            return "its lock cannot be read"
        case Lock() as lock if not fits(lock, environment):
            return "locked for another declaration"
        case Lock() as lock:
            return f"locked, {count(len(lock.packages), 'package')}"
