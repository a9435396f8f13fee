"""Where a virtual environment stands, and what tells steps so. Pure."""

from __future__ import annotations

from collections.abc import Mapping

PLACE = "/environment"
"""The folder of a virtual environment in a sandbox that has folders of its own, so that a page can name it."""


def with_environment(variables: Mapping[str, str], place: str) -> dict[str, str]:
    """Return variables by which the programs of a virtual environment come first; empty is none."""
    if not place:
        return dict(variables)
    return {**variables, "PATH": f"{place}/bin:{variables['PATH']}", "VIRTUAL_ENV": place}
