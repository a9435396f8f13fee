"""Environments that are really made, with uv, from an index of Python packages."""

import io
import os
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from affidavit.examples.environments import cache
from affidavit.examples.environments.cache import VARIABLE, Parts, cache_folder, place_of, stand, versions_in
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.lock import Lock, lock_text, read_lock
from affidavit.examples.environments.made import Made, Unready, make
from affidavit.examples.environments.uv import Uv, UvError, find_uv, sentence
from affidavit.model.environments import Environment, Resolving
from affidavit.model.runs import Folder

ONE = Environment("one", packages=("iniconfig",))
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
NOWHERE = "http://127.0.0.1:9/simple"


@pytest.fixture(scope="session")
def lock(package_index):
    return read_lock(lock_text(ONE, VERSION, package_index.compile(ONE, VERSION, "", upgrade=False)))


@pytest.fixture(scope="session")
def python(package_index):
    found = package_index.python(">=3.11")
    if found is None:
        pytest.skip("needs a Python that the user of the steps can use")
    return found


@pytest.fixture
def kept(open_folder, monkeypatch, request):
    """Return an empty folder of environments."""
    folder = open_folder / request.node.name.replace("/", "_")
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def test_versions_are_chosen_with_their_hashes(lock):
    (requirement,) = lock.requirements
    assert requirement.startswith("iniconfig==")
    assert requirement.count("--hash=sha256:") > 1


def test_a_version_stays_until_an_upgrade_is_asked_for(package_index):
    older = "iniconfig==2.0.0\n"
    assert "iniconfig==2.0.0" in package_index.compile(ONE, VERSION, older, upgrade=False)
    assert "iniconfig==2.0.0" not in package_index.compile(ONE, VERSION, older, upgrade=True)


def test_constraints_bound_and_overrides_replace(package_index):
    bound = replace(ONE, resolving=Resolving(constraints=("iniconfig<2",)))
    assert "iniconfig==1." in package_index.compile(bound, VERSION, "", upgrade=True)
    instead = replace(ONE, resolving=Resolving(overrides=("iniconfig==2.0.0",)))
    assert "iniconfig==2.0.0" in package_index.compile(instead, VERSION, "", upgrade=True)


def test_what_an_index_does_not_have_is_said_in_a_sentence(package_index):
    gone = replace(ONE, packages=("iniconfig>9999",))
    with pytest.raises(UvError, match=r"uv says: No solution found .*: Because only iniconfig<=.*unsatisfiable\. See"):
        package_index.compile(gone, VERSION, "", upgrade=True)


def test_it_stands_whole_and_nobody_writes_into_it(kept, lock, python, package_index):
    place = stand(ONE, Parts(lock, python), package_index)
    assert place == place_of(ONE, Parts(lock, python))
    assert versions_in(place) == {"iniconfig": lock.packages[0].partition("==")[2]}
    files = [path for path in place.rglob("*") if not path.is_symlink()]
    assert all(not path.stat().st_mode & 0o222 for path in files)
    assert sorted(path.name for path in kept.iterdir()) == [place.name, f"{place.name}.lock"]
    where = [str(place / "bin/python"), "-c", "import iniconfig; print(iniconfig.__file__)"]
    assert subprocess.run(where, capture_output=True, text=True, check=True).stdout.startswith(str(place))


@pytest.mark.usefixtures("kept")
def test_several_ask_and_it_is_made_once(lock, python, package_index, monkeypatch):
    counted = []
    usual = cache._make

    def make_and_count(*given):
        counted.append(given)
        usual(*given)

    monkeypatch.setattr(cache, "_make", make_and_count)
    with ThreadPoolExecutor(4) as executor:
        places = set(executor.map(lambda _: stand(ONE, Parts(lock, python), package_index), range(4)))
    assert (len(places), len(counted)) == (1, 1)


SCRIPT = """
import sys
from pathlib import Path
from affidavit.examples.environments import cache
from affidavit.examples.environments.lock import read_lock
from affidavit.examples.environments.uv import Python, Uv
from affidavit.model.environments import Environment
cache.for_reading = lambda folder: (print("made", flush=True), sys.stdin.read())
environment = Environment("one", packages=("iniconfig",))
parts = cache.Parts(read_lock(Path(sys.argv[1]).read_text()), Python(*sys.argv[2:5]))
cache.stand(environment, parts, Uv(sys.argv[5], Path("/")))
"""


def test_one_who_is_killed_leaves_nothing_that_looks_whole(kept, lock, python, package_index, tmp_path):
    text = tmp_path / "lock.txt"
    requirements = "\n".join(lock.requirements)
    text.write_text(f"# affidavit: 1\n# declared: {lock.declared}\n# python: {lock.python}\n{requirements}\n")
    given = (text, python.program, python.base, python.version, package_index.program)
    killed = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *map(str, given)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "made\n"
        killed.kill()
    place = place_of(ONE, Parts(lock, python))
    assert not place.exists()
    assert [path.name for path in kept.iterdir() if path.is_dir()] == [f".{place.name}.new"]
    assert stand(ONE, Parts(lock, python), package_index) == place
    assert [path.name for path in kept.iterdir() if path.is_dir()] == [place.name]


@pytest.mark.usefixtures("kept")
def test_another_lock_and_another_python_stand_elsewhere(lock, python):
    places = {
        place_of(ONE, Parts(lock, python)),
        place_of(ONE, Parts(replace(lock, requirements=()), python)),
        place_of(ONE, Parts(lock, replace(python, version="3.11.99"))),
        place_of(replace(ONE, name="two"), Parts(lock, python)),
    }
    assert len(places) == 4


def made(environment, locks, folder, values=None):
    return make(environment, Declared((environment,), locks), folder, values or {})


@pytest.mark.usefixtures("kept")
def test_what_is_made_has_the_versions_that_the_settings_name(lock, python, open_folder):
    environment = replace(ONE, python="")
    found = made(environment, {"one": lock}, open_folder)
    assert isinstance(found, Made), found
    assert found.versions == (("iniconfig", lock.packages[0].partition("==")[2]),)
    assert found.visible == (Folder(python.base),)


def test_an_environment_without_packages_needs_nothing(open_folder):
    assert made(Environment("bare", variables=(("A", "1"),)), {}, open_folder) == Made()


UNREADY = [
    (Environment("a", secret=("TOKEN",)), {}, "needs `TOKEN`, which is not set", False),
    (Environment("a", secret=("TOKEN",)), {"TOKEN": ""}, "needs `TOKEN`, which is not set", False),
    (Environment("a", secret=("TOKEN",)), {"TOKEN": "short"}, "`TOKEN` must have at least 6 characters", False),
    (Environment("a", packages=("iniconfig",)), {}, "`affidavit environments lock a` writes one", True),
]


@pytest.mark.parametrize(("environment", "values", "told", "failed"), UNREADY)
def test_what_is_lacking_is_told(environment, values, told, failed, open_folder):
    found = made(environment, {}, open_folder, values)
    assert isinstance(found, Unready)
    assert (told in found.reason, found.failed) == (True, failed)
    assert "short" not in found.reason


def test_a_lock_for_another_declaration_is_not_used(open_folder):
    found = made(ONE, {"one": Lock("sha256:other", VERSION, ())}, open_folder)
    assert isinstance(found, Unready)
    assert (found.failed, "made for another declaration" in found.reason) == (True, True)


@pytest.mark.usefixtures("package_index")
def test_a_python_that_is_not_installed_is_named(open_folder):
    found = made(Environment("a", python="3.99"), {}, open_folder)
    assert found == Unready("Python 3.99 is not installed, or not where the steps' user can use it")


def test_without_uv_it_says_what_installs_it(open_folder, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda *_args, **_options: None)
    assert find_uv(open_folder) is None
    found = made(Environment("a", python="3.11"), {}, open_folder)
    assert isinstance(found, Unready)
    assert (found.failed, "pip install 'affidavit[examples]'" in found.reason) == (False, True)


@pytest.mark.usefixtures("python")
def test_an_index_that_is_out_of_reach_fails_and_leaves_nothing(kept, lock, open_folder, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", NOWHERE)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(open_folder / "empty"))
    found = made(ONE, {"one": lock}, open_folder)
    assert isinstance(found, Unready)
    assert found.failed
    assert found.reason.startswith("the environment `one` cannot be made: uv says: ")
    assert "\n" not in found.reason
    assert [path for path in kept.iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("python")
def test_a_folder_that_cannot_be_written_fails_with_its_name(lock, open_folder, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(open_folder / "file" / "below"))
    (open_folder / "file").write_text("")
    found = made(ONE, {"one": lock}, open_folder)
    assert isinstance(found, Unready)
    assert (found.failed, f"{open_folder}/file" in found.reason) == (True, True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root's steps run as somebody else")
def test_below_a_private_home_nothing_is_made(lock, python, tmp_path, open_folder, monkeypatch):
    del python
    monkeypatch.setenv(VARIABLE, str(tmp_path / "environments"))
    tmp_path.chmod(0o700)
    found = made(ONE, {"one": lock}, open_folder)
    assert isinstance(found, Unready)
    assert "which the steps' user cannot enter" in found.reason
    assert not (tmp_path / "environments").exists()


@pytest.mark.usefixtures("kept")
def test_a_python_around_a_home_is_not_used(lock, python, open_folder, monkeypatch):
    monkeypatch.setenv("HOME", f"{python.base}/home")
    found = made(ONE, {"one": lock}, open_folder)
    assert isinstance(found, Unready)
    assert "without the home folder that it is around" in found.reason


def test_packages_do_not_learn_what_examples_keep_secret(open_folder, monkeypatch):
    (open_folder / "uv").write_text("#!/bin/sh\necho error: token ${TOKEN:-unset}, other ${OTHER} >&2; exit 1\n")
    (open_folder / "uv").chmod(0o755)
    monkeypatch.setenv("TOKEN", "correct-horse")
    monkeypatch.setenv("OTHER", "seen")
    environment = Environment("a", packages=("iniconfig",), secret=("TOKEN",))
    with pytest.raises(UvError, match="token unset, other seen"):
        Uv(f"{open_folder}/uv", open_folder).compile(environment, VERSION, "", upgrade=False)


COMPLAINTS = [
    ("error: A b\n  cause: C d\n  cause: E\n  cause: F\n", "A b: C d: F"),
    ("error: A\n  cause: B\n\nhint: C\n  more\n", "A: B"),
    ("warning: W\n  more\nerror: A\n", "A"),
    ("  × No solution found:\n  ╰─▶ Because a and\n      b, so c.\n", "No solution found: Because a and b, so c"),
    ("", "nothing more is known"),
    ("error: https://me:correct-horse@index.example/\n", "https://me:<***>@index.example/"),
    (f"error: {'x' * 400}", f"{'x' * 300} ..."),
]


@pytest.mark.parametrize(("problems", "told"), COMPLAINTS)
def test_complaints_become_a_sentence(problems, told):
    assert sentence(problems) == told


def test_the_folder_of_environments_is_outside_of_private_homes(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert str(cache_folder()) == "/var/cache/affidavit/environments"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert cache_folder().name == "environments"
    assert cache_folder().is_absolute()


PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "own-tool"
version = "1.0"
dependencies = ["iniconfig"]

[tool.hatch.build.targets.wheel]
packages = ["own_tool"]
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "own_tool").mkdir()
    (tmp_path / "own_tool" / "__init__.py").write_text("SAYS = 1\n")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


def test_a_project_is_installed_as_it_is_now_beside_what_it_needs(package_index, kept, project):
    own = Environment("own", projects=(str(project),))
    text = lock_text(own, VERSION, package_index.compile(own, VERSION, "", upgrade=False))
    given = Declared((own,), {"own": read_lock(text)})
    assert [each.partition("==")[0] for each in read_lock(text).packages] == ["iniconfig"]
    first = make(own, given, project, {})
    (project / "own_tool" / "__init__.py").write_text("SAYS = 2\n")
    second = make(own, given, project, {})
    assert isinstance(first, Made)
    assert isinstance(second, Made)
    assert (first.versions, second.versions) == ((("own-tool", "1.0"),),) * 2
    assert [_says(each.folder) for each in (first, second)] == ["1\n", "2\n"]
    assert (Path(second.folder) / "src" / "own_tool-1.0" / "own_tool" / "__init__.py").read_text() == "SAYS = 2\n"
    assert {str(path) for path in kept.iterdir() if path.is_dir()} == {first.folder, second.folder}


@pytest.mark.usefixtures("kept")
def test_a_project_stands_elsewhere_where_only_its_source_is_another(lock, python, tmp_path):
    """When an archive was packed is no difference, so that what is built again stands where it stood."""
    packed = [_packed(tmp_path / name, *told) for name, told in ARCHIVES.items()]
    first, *others = [place_of(ONE, Parts(lock, python, (), (each,))) for each in packed]
    assert [each == first for each in others] == [True, False, False, False]


ARCHIVES = {
    "first": ("own-1.0/README", b"one", 0),
    "later": ("own-1.0/README", b"one", 1_000_000_000),
    "content": ("own-1.0/README", b"two", 0),
    "name": ("own-1.0/READYOU", b"one", 0),
    "link": ("own-1.0/README", None, 0),
}


def _packed(folder, name, content, time):
    folder.mkdir()
    member = tarfile.TarInfo(name)
    member.mtime = time
    if content is None:
        member.type, member.linkname = tarfile.SYMTYPE, "elsewhere"
    member.size = len(content or b"")
    with tarfile.open(folder / "own-1.0.tar.gz", "w:gz") as archive:
        archive.addfile(member, io.BytesIO(content or b""))
    return folder / "own-1.0.tar.gz"


@pytest.mark.usefixtures("kept")
def test_an_archive_that_cannot_be_read_is_told(package_index, project, monkeypatch):
    own = Environment("own", projects=(str(project),))
    text = lock_text(own, VERSION, package_index.compile(own, VERSION, "", upgrade=False))
    monkeypatch.setattr(Uv, "build", lambda _self, _project, out, _own: (out / "own-1.0.tar.gz").write_bytes(b"no"))
    found = make(own, Declared((own,), {"own": read_lock(text)}), project, {})
    assert isinstance(found, Unready)
    assert found.failed
    assert "cannot be made: the archive of a project cannot be read: " in found.reason


def _says(folder):
    program = [f"{folder}/bin/python", "-c", "import iniconfig, own_tool; print(own_tool.SAYS)"]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def test_a_project_that_cannot_be_built_is_told(package_index, kept, project):
    own = Environment("own", projects=(str(project),))
    text = lock_text(own, VERSION, package_index.compile(own, VERSION, "", upgrade=False))
    (project / "pyproject.toml").write_text("[project")
    found = make(own, Declared((own,), {"own": read_lock(text)}), project, {})
    assert isinstance(found, Unready)
    assert "cannot be made: uv says:" in found.reason
    assert kept
