"""The settings that the extension adds to ``conf.py``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from affidavit.links.trust import SETTING, without_lacking
from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.place import Place
from affidavit.model.raw import shown
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding, finding
from affidavit.sphinx.tree import relative

NAMES = (
    "affidavit_releases",
    "affidavit_release",
    "affidavit_release_notes",
    "affidavit_release_notes_lock",
    "affidavit_online",
    "affidavit_links",
    "affidavit_links_ignore",
    "affidavit_linkcheck",
    "affidavit_hosts",
    "affidavit_synonyms",
    "affidavit_severity",
    "affidavit_cache",
    "affidavit_allow_private",
    "affidavit_accepted",
    "affidavit_evidence",
    "affidavit_evidence_days",
    "affidavit_environments",
    "affidavit_programs",
    "affidavit_settle",
    "affidavit_limits",
    "affidavit_sandbox",
)
"""All settings. None makes Sphinx read pages again: what a page shows of them is compared on every build."""


def register(app: Sphinx) -> None:
    """Add the settings. Their types are checked by us, with a code, an advice and a default to go on with."""
    for name in NAMES:
        app.add_config_value(name, None, "", types=Any)


def linkcheck_is_ours(app: Sphinx) -> bool:
    """Return whether the builder ``linkcheck`` is to be ours: unless a setting leaves it to Sphinx."""
    return app.config.affidavit_linkcheck not in (False, "0")


def from_config(app: Sphinx) -> tuple[Settings, tuple[Finding, ...]]:
    """Return the settings of a site, and what is wrong with them.

    A site that does not say which release it documents documents Sphinx's own ``release``.
    """
    raw = {name: app.config[name] for name in (*NAMES, "user_agent", SETTING)}
    if raw["affidavit_release"] is None and app.config.release:
        raw["affidavit_release"] = app.config.release
    raw[SETTING] = _without_paths(raw[SETTING])
    place = Place(relative(Path(app.confdir) / "conf.py", app.srcdir))
    settings, findings = read_settings(raw, place)
    settings, lacking = without_lacking(settings, Path(app.confdir))
    return settings, (*findings, *lacking, *_of_linkcheck(raw["affidavit_linkcheck"], place))


def _without_paths(value: object) -> object:
    """Return a value, or the values of a dict, with the names of files as text, which conf.py may have as paths."""
    if isinstance(value, Mapping):
        return {key: _without_paths(each) for key, each in value.items()}
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _of_linkcheck(value: object, place: Place) -> Iterator[Finding]:
    """Find a value that is no switch; on the command line (``sphinx-build -D``) one is 1 or 0."""
    if not isinstance(value, bool) and value not in (None, "0", "1"):
        message = f"`affidavit_linkcheck` must be True or False, not {shown(value)}."
        yield finding(Code.SETTING_INVALID, place, message)
