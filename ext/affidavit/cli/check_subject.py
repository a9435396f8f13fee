"""What a check is about: a Sphinx project, a finished site or a list of URLs; the rest of the check is the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from affidavit.cli.check_options import CheckOptions
from affidavit.cli.outcome import UsageError
from affidavit.gathered import Gathered
from affidavit.model.verdicts import Finding
from affidavit.notes.facts import Lock

Gather = Callable[[Path, int], tuple[Gathered, Lock | Finding]]
_NO_LOCK = Lock(())
_OF_WHAT_HOLDS = frozenset({"json", "junit"})
"""The formats that tell where a claim stands which holds."""

_USUAL = Path("pyproject.toml")


class Subject(Struct, frozen=True):
    """What is checked: it stands at ``path``, and ``gather`` takes a path and a number of processes.

    ``folder`` is what the files of places are relative to, ``home`` what paths in settings are.
    """

    path: Path
    folder: Path
    home: Path
    gather: Gather


def subject_of(options: CheckOptions) -> Subject:
    """Return what the command line names; what gathers it is imported only when it does: one of them loads Sphinx."""
    if options.base_url and options.site is None:
        raise UsageError("`--base-url` is for a finished site.", advice="Name its folder with `--site`.")
    if options.urls is None and options.site is None:
        return _project(options)
    if options.only and "link" not in options.only:
        what = "A list of URLs" if options.urls is not None else "A finished site"
        raise UsageError(f"{what} states links and nothing else.", advice="Leave `--only` out, or name `link`.")
    if options.urls is not None:
        return _configured(Subject(options.urls, Path(), Path(), _gather_urls(options.urls)), options)
    site = options.site or Path()
    return _configured(Subject(site, site, Path(), _gather_site(options)), options)


def _project(options: CheckOptions) -> Subject:
    if options.config is not None:
        advice = "The settings of a Sphinx project stand in its conf.py."
        raise UsageError("`--config` is for `--site` and `--urls`.", advice=advice)
    folder = options.sourcedir
    _require_conf(folder)
    return Subject(folder, folder, folder, _gather_project)


def _configured(subject: Subject, options: CheckOptions) -> Subject:
    """Return the same subject with the settings of a file: the one that is named, or that of the current project."""
    named = options.config or _USUAL
    if options.config is None and not named.is_file():
        return subject
    from affidavit.cli.config import read_config  # noqa: PLC0415 -- few have a file, and reading it takes start-up time

    config = read_config(named)

    def gather(path: Path, jobs: int) -> tuple[Gathered, Lock | Finding]:
        found, lock = subject.gather(path, jobs)
        problems = [_from(subject.folder, each) for each in config.problems]
        return replace(found, settings=config.settings, problems=(*problems, *found.problems)), lock

    return replace(subject, home=config.folder, gather=gather)


def _from(folder: Path, found: Finding) -> Finding:
    """Return a finding whose file is named from a folder, as those of all other findings are."""
    file = Path(os.path.relpath(found.place.file, folder)).as_posix()
    return replace(found, place=replace(found.place, file=file))


def origin_folder(folder: Path) -> str:
    """Return a folder as reports name it: from the current folder where it is below that, else in full."""
    absolute = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() would follow links, which users named
    current = Path.cwd()
    shown = absolute.relative_to(current) if absolute.is_relative_to(current) else absolute
    return "" if shown == Path() else shown.as_posix()


def _gather_urls(named: Path) -> Gather:
    """Return what reads a list; one of an earlier revision goes by the same name."""
    from affidavit.cli import urls  # noqa: PLC0415 -- see subject_of

    return lambda path, _: (urls.gather(path, urls.name_of(named)), _NO_LOCK)


def _gather_site(options: CheckOptions) -> Gather:
    from affidavit.cli import finished  # noqa: PLC0415 -- see subject_of

    every = options.format in _OF_WHAT_HOLDS
    return lambda path, jobs: (finished.gather(path, jobs, options.base_url, every=every), _NO_LOCK)


def _gather_project(path: Path, jobs: int) -> tuple[Gathered, Lock | Finding]:
    from affidavit.cli import project  # noqa: PLC0415 -- see subject_of

    gathered = project.gather(path, jobs)
    return gathered, project.read_lock_of(gathered, path)


def _require_conf(folder: Path) -> None:
    """Tell early, and before Sphinx is loaded, that this is no Sphinx project."""
    if folder.is_dir() and (folder / "conf.py").is_file():
        return
    problem = f"There is no conf.py in `{folder}`." if folder.is_dir() else f"There is no folder `{folder}`."
    advice = "Name the folder of conf.py, as in `affidavit check doc`; `--site` checks finished html, `--urls` a list."
    raise UsageError(problem, advice=advice)
