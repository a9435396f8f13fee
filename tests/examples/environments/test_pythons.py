"""Pythons that stand in a home."""

import os
import sys
from pathlib import Path

import pytest

from affidavit.examples.environments.cache import VARIABLE
from affidavit.examples.environments.pythons import of_pyenv, readable
from affidavit.examples.environments.uv import Python

OWN = ".".join(map(str, sys.version_info[:3]))


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """Return the folder in which pyenv has its versions; nothing is kept elsewhere."""
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setattr("affidavit.examples.environments.pythons.readable", lambda python: python)
    folder = tmp_path / "versions"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("asked", [OWN, OWN.rpartition(".")[0]])
def test_a_version_is_found_by_its_name_or_a_part_of_it(versions, asked):
    (versions / OWN).symlink_to(sys.base_prefix)
    found = of_pyenv(asked)
    assert found is not None
    assert (found.version, Path(found.base).resolve()) == (OWN, Path(sys.base_prefix).resolve())


@pytest.mark.parametrize("asked", [f"{OWN}0", OWN[:-1], "2.7", ""])
def test_another_version_is_not_taken_for_it(versions, asked):
    (versions / f"{OWN}").symlink_to(sys.base_prefix)
    assert of_pyenv(asked) is None


def test_where_there_is_no_pyenv_nothing_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "missing"))
    assert of_pyenv(OWN) is None


@pytest.fixture
def python(open_folder, tmp_path_factory, monkeypatch):
    """Return a Python of a few files, in a folder that only its owner enters."""
    monkeypatch.setenv(VARIABLE, str(open_folder))
    base = tmp_path_factory.mktemp("home") / "3.8.1"
    (base / "lib" / "test").mkdir(parents=True)
    (base / "lib" / "os.py").write_text("own")
    (base / "lib" / "test" / "needless.py").write_text("")
    (base / "lib" / "link").symlink_to("os.py")
    base.parent.chmod(0o700)
    return Python(str(base / "bin" / "python3"), str(base), "3.8.1")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs steps as somebody else")
def test_what_the_user_of_the_steps_cannot_enter_is_copied_once(python, open_folder):
    found = readable(python)
    assert (found.base, found.program) == (python.base, python.program)
    files = sorted(path.name for path in (open_folder / "pythons").glob("3.8.1-*/lib/*"))
    assert files == ["link", "os.py"]
    assert readable(python) == found
    assert Path(found.copy).stat().st_mode & 0o777 == 0o755


def test_what_everybody_can_enter_is_taken_as_it_is(python, open_folder):
    there = open_folder / "python"
    there.mkdir()
    open_folder.chmod(0o755)
    assert readable(Python("python3", str(there), "3.8.1")).copy == ""
    assert python
