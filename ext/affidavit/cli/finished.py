"""A finished html site, of whatever generator: what is to be checked of it."""

from __future__ import annotations

from pathlib import Path

from affidavit.cli.collector import few_collections
from affidavit.cli.outcome import UsageError
from affidavit.gathered import Gathered
from affidavit.links.site.look import SiteSeen, look
from affidavit.links.site.resolve import Home, home
from affidavit.model.claims import Corpus, Page
from affidavit.model.settings import EVERY_LINK, Settings


def gather(folder: Path, jobs: int = 0, base_url: str = "", *, every: bool = False) -> Gathered:
    """Return what the pages of a folder say: their links inside, judged already, and those that the web is asked about.

    ``jobs`` is the most processes to use (0: as many as there are processors), ``base_url`` the address that the site
    is published at, if that is known; ``every`` tells that all places of what holds are wanted. Raise
    :class:`UsageError` where there is no site, or no such address.
    """
    with few_collections():
        seen = _look(folder, jobs, _home(base_url), every=every)
    if not seen.pages:
        raise UsageError(
            f"There is no html page in `{folder}`.", advice="Name the folder that a generator wrote the site into."
        )
    return Gathered(Corpus((Page(links=seen.links),)), Settings(links=EVERY_LINK), seen.problems, seen.judged)


def _look(folder: Path, jobs: int, site: Home | None, *, every: bool) -> SiteSeen:
    try:
        return look(folder, jobs, site, every=every)
    except FileNotFoundError:
        problem = f"There is no folder `{folder}`."
    except NotADirectoryError:
        problem = f"`{folder}` is no folder."
    except OSError as error:
        problem = f"The folder `{folder}` cannot be read: {error.strerror}."
    raise UsageError(
        problem, advice="Name the folder of a finished html site, as in `affidavit check --site _build/html`."
    )


def _home(base_url: str) -> Home | None:
    if not base_url:
        return None
    try:
        return home(base_url)
    except ValueError:
        problem = f"`{base_url}` is no address that a site could be published at."
        raise UsageError(problem, advice="Write it as in `--base-url https://docs.example.org/project/`.") from None
