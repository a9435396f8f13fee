"""The site that a command is about: its folder, and what its conf.py says about release notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from sphinx.config import eval_config_file
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from affidavit.cli.outcome import UsageError
from affidavit.model.configuration import read_settings
from affidavit.model.errors import AffidavitError
from affidavit.model.settings import Settings
from affidavit.project.faults import reason

SETTINGS = ("affidavit_release_notes", "affidavit_release_notes_lock", "affidavit_cache", "affidavit_allow_private")


class Site(Struct, frozen=True):
    """A source folder, the settings that tell which projects its pages may cite, and its lock file."""

    folder: Path
    settings: Settings
    lock: Path


def read_site(folder: Path, names: Sequence[str] = SETTINGS) -> Site:
    """Return what the conf.py of a folder says, in the settings of these names.

    Raise :class:`UsageError` where there is none, :class:`AffidavitError` where it fails or a setting is wrong.
    """
    values = _values(conf_of(folder))
    settings, findings = read_settings({name: values[name] for name in names if name in values})
    if findings:
        problem = " ".join(each.message for each in findings)
        raise AffidavitError(problem, advice=f"Correct it in `{folder / 'conf.py'}`.", code=findings[0].code)
    return Site(folder, settings, folder / settings.lock)


def conf_of(folder: Path) -> Path:
    """Return the conf.py of a folder; raise :class:`UsageError` where there is none."""
    conf = folder / "conf.py"
    if conf.is_file():
        return conf
    problem = f"There is no conf.py in `{folder}`." if folder.is_dir() else f"There is no folder `{folder}`."
    raise UsageError(
        problem, advice="Name the folder that has the site's conf.py, such as `doc`, before anything else."
    )


def _values(conf: Path) -> dict[str, object]:
    """Return the names that a conf.py defines, by running it as Sphinx does: in its own folder."""
    absolute = conf.absolute()
    try:
        return eval_config_file(absolute, Tags())
    except ConfigError as error:
        problem = f"`{conf}` cannot be read: {reason(absolute, error)}."
        advice = "Mend it, and run the command in the environment that builds the site."
        raise AffidavitError(problem, advice=advice) from None
