"""The formats that a report can be written in, by name. Pure.

Each is imported when it is used: a command writes one, and those that it does not write would cost it start-up time.
"""

# ruff: noqa: PLC0415 -- the docstring says why

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from affidavit.model.report import Report
from affidavit.reports.origin import Origin

Renderer = Callable[[Report, Origin], str]
"""Whoever makes text of a report; sorted, and without dates and names of machines."""


def _text(report: Report, origin: Origin) -> str:
    from affidavit.reports import text

    return text.render(report, origin)


def _json(report: Report, _: Origin) -> str:
    """Render claims.json, whose places are relative to the sources, wherever the command runs."""
    from affidavit.reports import claims

    return claims.render(report)


def _junit(report: Report, origin: Origin) -> str:
    from affidavit.reports import junit

    return junit.render(report, origin)


def _sarif(report: Report, origin: Origin) -> str:
    from affidavit.reports import sarif

    return sarif.render(report, origin)


def _github(report: Report, origin: Origin) -> str:
    from affidavit.reports import github

    return github.render(report, origin)


def _markdown(report: Report, origin: Origin) -> str:
    from affidavit.reports import markdown

    return markdown.render(report, origin)


FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {"text": _text, "json": _json, "junit": _junit, "sarif": _sarif, "github": _github, "markdown": _markdown}
)
"""The renderers by the name that the command line has for them."""
