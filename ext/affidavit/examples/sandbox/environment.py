"""The variables of steps: their locale, and where a virtual environment stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LOCALE: Mapping[str, str] = MappingProxyType({"LC_CTYPE": "C.UTF-8"})
"""What has programs speak UTF-8. All else of that locale is as in C; told by ``LANG``, each program would open a dozen
files when it starts to learn so, which takes a tenth of the time of those that do little."""

PLACE = "/environment"
"""The folder of a virtual environment in a sandbox that has folders of its own, so that a page can name it."""


def with_environment(variables: Mapping[str, str], place: str) -> dict[str, str]:
    """Return variables by which the programs of a virtual environment come first; empty is none."""
    if not place:
        return dict(variables)
    return {**variables, "PATH": f"{place}/bin:{variables['PATH']}", "VIRTUAL_ENV": place}


def with_locale(variables: Mapping[str, str]) -> dict[str, str]:
    """Return variables with a locale, unless they name one."""
    return dict(variables) if "LANG" in variables else {**LOCALE, **variables}
