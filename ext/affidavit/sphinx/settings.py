"""The settings that the extension adds to ``conf.py``."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from affidavit.model.configuration import read_settings
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding

NAMES = (
    "affidavit_releases",
    "affidavit_release",
    "affidavit_release_notes",
    "affidavit_release_notes_lock",
    "affidavit_online",
    "affidavit_accepted",
)
"""All settings. None makes Sphinx read pages again: what a page shows of them is compared on every build."""


def register(app: Sphinx) -> None:
    """Add the settings. Their types are checked by us, with a code, an advice and a default to go on with."""
    for name in NAMES:
        app.add_config_value(name, None, "", types=Any)


def from_config(config: Config) -> tuple[Settings, tuple[Finding, ...]]:
    """Return the settings of a site, and what is wrong with them.

    A site that does not say which release it documents documents Sphinx's own ``release``.
    """
    raw = {name: config[name] for name in NAMES}
    if raw["affidavit_release"] is None and config.release:
        raw["affidavit_release"] = config.release
    return read_settings(raw)
