"""The settings of a check that has no conf.py: a table of TOML, usually ``[tool.affidavit]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from affidavit.cli.outcome import UsageError
from affidavit.links.trust import without_lacking
from affidavit.model.configuration import read_settings
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding

_PYPROJECT = "pyproject.toml"

NAMES = {
    "links_ignore": "affidavit_links_ignore",
    "hosts": "affidavit_hosts",
    "severity": "affidavit_severity",
    "cache": "affidavit_cache",
    "allow_private": "affidavit_allow_private",
    "accepted": "affidavit_accepted",
    "user_agent": "user_agent",
    "tls_cacerts": "tls_cacerts",
}
"""The settings that mean something without a Sphinx project, by their names in the table."""


class Config(Struct, frozen=True):
    """Settings, what is wrong with them, and the folder that paths in them are relative to."""

    settings: Settings
    problems: tuple[Finding, ...]
    folder: Path


def read_config(path: Path) -> Config:
    """Read the settings in a file; of ``pyproject.toml``, those in the table ``[tool.affidavit]``.

    Raise :class:`UsageError` where the file cannot be read, or has a setting that there is not.
    """
    raw = {NAMES[_known(name, path)]: value for name, value in _table(path).items()}
    settings, problems = read_settings(raw, Place(path.as_posix()))
    settings, lacking = without_lacking(settings, path.parent)
    return Config(settings, tuple(_as_written(each, path) for each in (*problems, *lacking)), path.parent)


def _as_written(found: Finding, path: Path) -> Finding:
    """Return a finding that speaks of the setting by its name in the file, which is no conf.py."""
    message = found.message
    for name, full in NAMES.items():
        message = message.replace(f"`{full}`", f"`{name}`")
    return replace(found, message=message, advice=f"Correct the value in `{path}`; the default is used meanwhile.")


def _table(path: Path) -> dict[str, object]:
    try:
        tree = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"`{path}` cannot be read ({error.strerror}).", advice="Name a file of settings.") from None
    except ValueError as error:  # what TOML does not allow, and bytes that are no UTF-8
        raise UsageError(f"`{path}` is no TOML: {str(error).rstrip('.')}.", advice="Mend it.") from None
    if path.name != _PYPROJECT:
        return tree
    tools = tree.get("tool", {})
    table = tools.get("affidavit", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        advice = "Write its settings below [tool.affidavit]."
        raise UsageError(f"`tool.affidavit` in `{path}` is no table.", advice=advice)
    return table


def _known(name: str, path: Path) -> str:
    """Return the name of a setting, which may be written with hyphens."""
    written = name.replace("-", "_")
    if written in NAMES:
        return written
    near = get_close_matches(written, NAMES) or NAMES
    raise UsageError(f"`{path}` has `{name}`, which is no setting of a check.", advice=f"Write {' or '.join(near)}.")
