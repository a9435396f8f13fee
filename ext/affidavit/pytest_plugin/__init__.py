"""The pytest plugin: ``pytest --affidavit doc`` runs the examples of the Sphinx project in that folder as tests.

Without ``--affidavit`` this file is all that is imported, and it does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that turns it on."""
    group = parser.getgroup("affidavit", "examples of documentation")
    group.addoption(
        "--affidavit",
        action="store_true",
        help="run the examples of Sphinx projects: each conf.py in what is named stands for the pages beside it",
    )
    group.addoption("--affidavit-slow", action="store_true", help="run also the examples that are marked as slow")


def pytest_configure(config: pytest.Config) -> None:
    """Load what collects and runs, where that is asked for."""
    if config.getoption("--affidavit"):
        from affidavit.pytest_plugin import collect  # noqa: PLC0415 -- see above

        config.pluginmanager.register(collect, "affidavit-collect")
