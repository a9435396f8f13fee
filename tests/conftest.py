"""What all tests share: the rule for tests that need a program which may not be installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How fast examples are made and run depends on who else uses the machine; nothing here asserts a time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def _require_program(*names: str, install: str) -> Path:
    """Return where the first program of these names stands.

    Where none is installed the test is skipped, and says how to install it; under ``CI=true`` it fails,
    so that nothing goes untested there unseen.
    """
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    reason = f"needs {' or '.join(names)}; install it with: {install}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _no_cache() -> Iterator[None]:
    """Keep builds, those in processes of their own too, off the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AFFIDAVIT_CACHE", "")
        yield


@pytest.fixture(scope="session")
def require_program() -> Callable[..., Path]:
    """Give tests the rule; see ``_require_program`` for its arguments."""
    return _require_program


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the root of the checkout."""
    return Path(__file__).parents[1]
