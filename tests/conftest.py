"""What all tests share: the rule for tests that need a program which may not be installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from affidavit.examples.environments.uv import INSTALL, Uv, UvError, find_uv
from affidavit.model.environments import Environment

# How fast examples are made and run depends on who else uses the machine; nothing here asserts a time.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist there is no such hook
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep tests together that share what takes long to make."""
    from tests.groups import Groups  # noqa: PLC0415 - it needs pytest-xdist

    return Groups(config, log) if config.getvalue("dist") == "loadgroup" else None


def _require_program(*names: str, install: str) -> Path:
    """Return where the first program of these names stands."""
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else _lacking(f"needs {' or '.join(names)}; install it with: {install}")


def _lacking(reason: str) -> NoReturn:
    """Skip a test for want of something, with what would help; under ``CI=true`` it fails.

    So nothing goes untested there unseen.
    """
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
def open_folder() -> Iterator[Path]:
    """Give a folder that everybody can enter, as the user must that root's steps run as; pytest's own are private."""
    with TemporaryDirectory(prefix="affidavit-tests-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def package_index(open_folder: Path) -> Uv:
    """Return uv, where it reaches an index of Python packages; under the same rule as a program."""
    uv = find_uv(open_folder)
    if uv is None:
        _lacking(f"needs uv; install it with: {INSTALL}")
    problem = _problem_of_index(uv)
    return _lacking(f"needs an index of Python packages; {problem}") if problem else uv


def _problem_of_index(uv: Uv) -> str:
    try:
        uv.compile(Environment("tried", packages=("iniconfig",)), "3.11", "", upgrade=True)
    except UvError as error:
        return str(error)
    return ""


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the root of the checkout."""
    return Path(__file__).parents[1]
