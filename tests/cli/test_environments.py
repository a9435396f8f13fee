"""``affidavit environments``, and runs and builds of a site that has some."""

import json
import re

import pytest

from affidavit.cli import environments_chosen as chosen
from affidavit.examples.environments.cache import VARIABLE
from affidavit.examples.environments.lock import read_lock
from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

CONF = """\
extensions = ["affidavit"]
affidavit_releases = ["1.0", "2.0"]
affidavit_environments = {
    "one": {"release": "1.0", "packages": ["iniconfig<2"], "variables": {"GREETING": "hello"}, "secrets": ["TOKEN"]},
    "two": {"release": "2.0", "packages": ["iniconfig>=2"]},
    "bare": {"programs": ["bash"]},
}
affidavit_settle = {"ticket": "T-[0-9]+"}
"""
PAGE = """\
The site
========

.. example:: hello
   :environments: one, two

   .. console::
      :settle: ticket

      $ python3 -c 'import iniconfig; print(iniconfig.__file__)'
      /environment/lib/.../iniconfig/__init__.py
      $ echo T-$RANDOM
      T-1

   .. code-block:: console

      $ echo "${GREETING-}" $TOKEN
"""
VALUE = "correct-horse-battery"


@pytest.fixture
def folder(open_folder, request, monkeypatch):
    """Return a site with environments, and keep these apart from those of whoever runs the tests."""
    folder = open_folder / re.sub(r"\W", "_", request.node.name)
    folder.mkdir()
    (folder / "conf.py").write_text(CONF)
    (folder / "index.rst").write_text(PAGE)
    monkeypatch.setenv(VARIABLE, str(open_folder / "environments"))
    monkeypatch.delenv("TOKEN", raising=False)
    return folder


def files(folder):
    return {path.name: path.read_text() for path in (folder / "environments").glob("*")}


@pytest.mark.usefixtures("package_index")
def test_locks_are_written_and_stay_as_they_are(run, folder):
    status, out, err = run("environments", "lock", folder)
    path = f"{folder}/environments"
    assert (status, err) == (0, "")
    assert out == f"{path}/one.txt: written, 1 package\n{path}/two.txt: written, 1 package\n"
    locks = files(folder)
    assert read_lock(locks["one.txt"]).packages == ("iniconfig==1.1.1",)
    assert run("environments", "lock", folder, "one", "--upgrade")[1] == f"{path}/one.txt: unchanged, 1 package\n"
    assert files(folder) == locks


@pytest.mark.usefixtures("package_index")
def test_an_upgrade_says_what_changed(run, folder):
    run("environments", "lock", folder, "two")
    path = folder / "environments/two.txt"
    newest = path.read_text()
    conf = (folder / "conf.py").read_text()
    (folder / "conf.py").write_text(conf.replace(">=2", "==2.0.0"))
    assert run("environments", "lock", folder, "two")[1].endswith("two.txt: written, 1 package, 1 new, 1 gone\n")
    (folder / "conf.py").write_text(conf)
    assert run("environments", "lock", folder, "two")[1].endswith("two.txt: written, 1 package\n")
    assert read_lock(path.read_text()).packages == ("iniconfig==2.0.0",)
    assert run("environments", "lock", folder, "two", "--upgrade")[0] == 0
    assert path.read_text() == newest


def test_a_project_is_locked_like_packages(run, folder):
    (folder / "conf.py").write_text('affidavit_environments = {"own": {"projects": [".."]}}\n')
    assert run("environments", "list", folder)[1] == "own: not locked\n"


def test_states_are_listed(run, folder, monkeypatch):
    assert run("environments", "list", folder) == (
        0,
        "one: release 1.0, not locked, sets GREETING, takes TOKEN\ntwo: release 2.0, not locked\nbare: needs bash\n",
        "",
    )
    (folder / "environments").mkdir()
    (folder / "environments/one.txt").write_text("x\n")
    head = "# affidavit: 1\n# declared: sha256:0\n# python: 3.11\n"
    (folder / "environments/two.txt").write_text(f"{head}iniconfig==2.0.0\n")
    monkeypatch.chdir(folder)
    assert run("environments", "list", "one", "two")[1] == (
        "one: release 1.0, its lock cannot be read, sets GREETING, takes TOKEN\n"
        "two: release 2.0, locked for another declaration\n"
    )


@pytest.mark.parametrize("command", ["list", "lock", "create"])
def test_a_name_that_there_is_not_is_told_with_the_nearest(run, folder, command):
    told = "`affidavit_environments` has no environment `tow`. Name one that it has: two."
    assert run("environments", command, folder, "tow") == (2, "", f"affidavit: {told}\n")


def test_a_run_in_an_environment_that_there_is_not_is_wrong_usage(run, folder):
    told = "There is no environment `tow`. Is `two` meant?"
    assert run("run", folder, "--environment", "tow") == (2, "", f"affidavit: {told}\n")
    told = "There is no environment `xyz`. There are here, one, two, bare."
    assert run("run", folder, "--environment", "xyz") == (2, "", f"affidavit: {told}\n")


def test_a_wrong_setting_is_told(run, folder):
    (folder / "conf.py").write_text('affidavit_environments = {"A": {}}\n')
    status, out, err = run("environments", "list", folder)
    assert (status, out, "`affidavit_environments` must be" in err, "setting-invalid" in err) == (1, "", True, True)


def test_without_environments_there_is_nothing_to_do(run, folder):
    (folder / "conf.py").write_text("")
    assert run("environments", "list", folder) == (0, "`affidavit_environments` has none.\n", "")
    assert run("environments", "lock", folder)[1] == "No environment has Python packages that could be locked.\n"
    assert run("environments", "create", folder) == (0, "", "")


def test_without_uv_it_says_what_installs_it(run, folder, monkeypatch):
    monkeypatch.setattr(chosen, "find_uv", lambda _: None)
    told = "uv is not installed. Install it: pip install 'affidavit[examples]'"
    assert run("environments", "lock", folder) == (1, "", f"affidavit: {told}\n")


@pytest.mark.usefixtures("package_index")
def test_what_cannot_be_locked_leaves_its_lock_and_the_others_are_written(run, folder):
    conf = (folder / "conf.py").read_text()
    (folder / "conf.py").write_text(conf.replace("iniconfig<2", "iniconfig>9999"))
    (folder / "environments").mkdir()
    (folder / "environments/one.txt").write_text("of old\n")
    status, out, err = run("environments", "lock", folder)
    assert (status, files(folder)["one.txt"]) == (1, "of old\n")
    assert out.endswith("two.txt: written, 1 package\n")
    assert "The environment `one` is not locked: uv says: No solution found" in err
    assert err.count("\n") == 1


def test_an_index_that_is_out_of_reach_leaves_the_lock(run, folder, package_index, monkeypatch):
    run("environments", "lock", folder, "one")
    before = files(folder)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(folder / "cache"))
    assert package_index
    status, _, err = run("environments", "lock", folder, "one", "--upgrade")
    assert (status, files(folder)) == (1, before)
    assert "affidavit: The environment `one` is not locked: uv says: " in err


@pytest.mark.usefixtures("package_index")
def test_they_are_made_before_anything_runs(run, folder, monkeypatch):
    monkeypatch.setenv("TOKEN", VALUE)
    run("environments", "lock", folder)
    status, out, err = run("environments", "create", folder)
    assert (status, err) == (0, "")
    first, second, third = out.splitlines()
    assert re.fullmatch(r"one: .*/environments/one-[0-9a-f]{24} \([0-9.]+ s\)", first)
    assert re.fullmatch(r"two: .*/environments/two-[0-9a-f]{24} \([0-9.]+ s\)", second)
    assert third.startswith("bare: has nothing to be made")


def test_what_cannot_be_made_says_why(run, folder):
    status, _, err = run("environments", "create", folder, "one")
    assert (status, "one: the environment `one` needs `TOKEN`, which is not set" in err) == (3, True)
    status, _, err = run("environments", "create", folder)
    assert (status, "two: the environment `two` has no lock that can be used" in err) == (1, True)


def test_a_build_says_what_is_not_locked(run, folder):
    (folder / "index.rst").write_text("The site\n========\n")
    status, out, _ = run("check", "--offline", folder)
    assert status == 1
    assert ("error [environment-unlocked]" in out, "2 errors" in out) == (True, True)


@pytest.fixture
def _runs_here(require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")


@pytest.mark.usefixtures("package_index", "_runs_here")
def test_a_site_with_environments_is_locked_run_and_checked(run, folder, monkeypatch):
    monkeypatch.setenv("TOKEN", VALUE)
    assert run("environments", "lock", folder)[0] == 0
    status, out, err = run("run", folder, "--record")
    assert (status, "2 as shown" in out) == (0, True), (out, err)
    records = {name: json.loads((folder / f"evidence/hello/{name}.json").read_text()) for name in ("one", "two")}
    assert records["one"]["versions"]["iniconfig"] == "1.1.1"
    assert records["two"]["versions"]["iniconfig"].startswith("2.")
    assert records["one"]["seen"][2]["output"] == ["hello <***>", ""]
    assert records["two"]["seen"][2]["output"] == ["", ""]
    for text in (out, err, *(path.read_text() for path in folder.rglob("*") if path.is_file())):
        assert VALUE not in text
    assert run("check", "--offline", folder)[0] == 0
    monkeypatch.delenv("TOKEN")
    assert run("run", folder, "--environment", "two")[1].startswith("1 run\n")
    assert "needs `TOKEN`" in run("run", folder, "--environment", "one", "--environment", "here")[1]
    (folder / "conf.py").write_text(CONF.replace("iniconfig<2", "iniconfig<3"))
    status, out, _ = run("check", "--offline", folder)
    assert (status, "[environment-outdated]" in out or "environment-outdated" in out) == (1, True)


@pytest.mark.usefixtures("_runs_here")
def test_what_runs_where_nobody_declared_it_does_not_run(run, folder):
    (folder / "index.rst").write_text(PAGE.replace("one, two", "gone"))
    status, out, err = run("run", folder)
    assert (status, out.splitlines()[0]) == (1, "0 runs")
    assert "names the environment `gone`" in err
