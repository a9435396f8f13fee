"""The engine as builds and commands use it: the cache before the network, both as the settings want them."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from msgspec.structs import replace

from affidavit.links.cache import CachedProbe, Progress
from affidavit.links.credentials import Credentials
from affidavit.links.login import HostManners
from affidavit.links.probe import CurlProbe, Probe
from affidavit.links.spread import Spread
from affidavit.links.store import Store, cache_folder
from affidavit.links.trust import by_host
from affidavit.model.settings import Settings

AGENT = "Affidavit"


def engine(  # noqa: PLR0913 -- all but two are by name
    settings: Settings, folder: Path, *, version: str, progress: Progress, in_all: int = 0, processes: int = 1
) -> Probe:
    """Return the probe that a site's settings describe; paths in them are relative to ``folder``.

    ``version`` is that of Affidavit, for servers that want to know who asks. ``in_all`` is the most requests that may
    be under way at once, 0 for as many as usual, and ``processes`` the most that ask at the same time.
    """
    # The clock is the real one, since the age of what was seen shows in no output.
    probe = replace(_probe(settings, folder, version, progress), spread=_spread(settings, processes, progress))
    probe = replace(probe, in_all=in_all) if in_all else probe
    return CachedProbe(probe, _store(settings, folder), time.time, progress)


def _spread(settings: Settings, processes: int, progress: Progress) -> Spread:
    """Let one process ask alone where hosts have rules that several would have to keep together.

    A redirect may lead any of them there.
    """
    alone = any(rule.pace or rule.at_once for rule in settings.hosts)
    return Spread(1 if alone else processes, progress.begun, progress.told)


def _store(settings: Settings, folder: Path) -> Store | None:
    cache = cache_folder(settings, folder)
    # Kept apart by what may be asked, and with which credentials, so that no site is told what only another may ask.
    return Store(cache, _manner(settings)) if cache else None


def _manner(settings: Settings) -> str:
    """Return how pages are asked, as far as what is seen depends on it; names of secrets, but none of them."""
    hosts = [(rule.pattern, rule.credentials, rule.headers) for rule in settings.hosts]
    own = [each for each in hosts if any(each[1:])]
    trusted = settings.ca_files or settings.ca_file
    told = hashlib.sha256(repr((own, trusted)).encode()).hexdigest()[:16] if own or trusted else ""
    return " ".join(filter(None, [str(settings.allowed), told]))


def _probe(settings: Settings, folder: Path, version: str, progress: Progress) -> CurlProbe:
    credentials = Credentials(settings.hosts, progress.told)
    return CurlProbe(
        user_agent=settings.user_agent or f"{AGENT}/{version}",
        ca_file=folder / settings.ca_file if settings.ca_file else None,
        allowed=settings.allowed,
        manners=by_host(HostManners(settings.rule_of, credentials.of), settings, folder),
    )
