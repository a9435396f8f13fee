"""The engine as builds and commands use it: the cache before the network, both as the settings want them."""

from __future__ import annotations

import time
from pathlib import Path

from affidavit.links.cache import CachedProbe, Progress
from affidavit.links.probe import CurlProbe, Probe
from affidavit.links.store import Store, default_folder
from affidavit.model.settings import Settings

AGENT = "Affidavit"


def engine(settings: Settings, folder: Path, *, version: str, progress: Progress) -> Probe:
    """Return the probe that a site's settings describe; paths in them are relative to ``folder``.

    ``version`` is that of Affidavit, for servers that want to know who asks.
    """
    # The clock is the real one, since the age of what was seen shows in no output.
    return CachedProbe(_probe(settings, folder, version), _store(settings, folder), time.time, progress)


def _store(settings: Settings, folder: Path) -> Store | None:
    if settings.cache is None:
        return None
    cache = folder / settings.cache if settings.cache else default_folder()
    # Kept apart by what may be asked, so that no site is told what only another one may ask.
    return Store(cache, str(settings.allowed)) if cache else None


def _probe(settings: Settings, folder: Path, version: str) -> CurlProbe:
    return CurlProbe(
        user_agent=settings.user_agent or f"{AGENT}/{version}",
        ca_file=folder / settings.ca_file if settings.ca_file else None,
        allowed=settings.allowed,
    )
