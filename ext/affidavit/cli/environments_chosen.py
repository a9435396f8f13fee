"""The environments that a command is about: those of the settings, or the ones that are named."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from affidavit.cli.environments_options import EnvironmentOptions
from affidavit.cli.outcome import UsageError
from affidavit.cli.site import Site, read_site
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.locks import read_locks
from affidavit.examples.environments.uv import INSTALL, Uv, find_uv
from affidavit.model.environments import Environment
from affidavit.model.errors import AffidavitError

SETTINGS = ("affidavit_environments", "affidavit_releases")


def read_environments(options: EnvironmentOptions) -> tuple[Site, Declared, tuple[Environment, ...]]:
    """Return the site, its environments with their locks, and the environments that are meant."""
    site = read_site(options.sourcedir, SETTINGS)
    known = site.settings.environments
    declared = Declared(known, read_locks(known, site.folder))
    return site, declared, tuple(_named(name, declared) for name in options.names) or known


def require_uv(folder: Path) -> Uv:
    """Return uv; raise :class:`AffidavitError` where it is not installed."""
    uv = find_uv(folder.absolute())
    if uv is None:
        raise AffidavitError("uv is not installed.", advice=f"Install it: {INSTALL}")
    return uv


def _named(name: str, declared: Declared) -> Environment:
    found = declared.of(name)
    if found is None:
        near = ", ".join(get_close_matches(name, declared.names) or declared.names) or "none"
        problem = f"`affidavit_environments` has no environment `{name}`."
        raise UsageError(problem, advice=f"Name one that it has: {near}.")
    return found
