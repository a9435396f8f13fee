"""What platform this is, by its system and by its packages."""

from __future__ import annotations

import platform
from functools import cache

from affidavit.examples.environments.programs import platform_of


def system() -> str:
    """Return the system and the kind of its processor, as records have them."""
    return f"{platform.system()} {platform.machine()}"


@cache
def platform_word() -> str:
    """Return the word for the platform; empty where its packages are not known here."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    return platform_of(platform.system(), release)
