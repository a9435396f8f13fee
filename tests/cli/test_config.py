"""Settings of checks without a conf.py, from TOML."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from affidavit.cli.config import NAMES, read_config
from affidavit.cli.outcome import UsageError
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.settings import Settings

WHOLE = r"""
links-ignore = ['https://not\.example/']
cache = false
allow_private = ["wiki.example"]
user_agent = "Somebody/1"
tls_cacerts = "ca.pem"

[hosts."slow.example"]
timeout = 60

[severity]
link-moved = "error"

[[accepted]]
code = "link-broken"
text = "old.example"
reason = "It comes back."
until = "2030-01-31"
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(text, name="affidavit.toml"):
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_can_be_said():
    Path("ca.pem").touch()
    config = read_config(written(WHOLE))
    assert config.problems == ()
    settings = config.settings
    assert settings.links.ignored == (r"https://not\.example/",)
    assert (settings.cache, settings.allowed.hosts) == (None, ("wiki.example",))
    assert (settings.user_agent, settings.ca_file) == ("Somebody/1", "ca.pem")
    assert [(rule.pattern, rule.timeout) for rule in settings.hosts] == [("slow.example", 60)]
    assert dict(settings.severities)[Code.LINK_MOVED] == "error"
    assert [str(entry.code) for entry in settings.accepted] == ["link-broken"]
    assert {name for name in NAMES if name.replace("_", "-") in WHOLE or name in WHOLE} == set(NAMES)


@pytest.mark.parametrize("name", ["pyproject.toml", "docs/pyproject.toml"])
def test_in_pyproject_the_settings_stand_in_their_own_table(name):
    path = written('[project]\nname = "x"\n[tool.affidavit]\nuser_agent = "Somebody/1"\n', name)
    config = read_config(path)
    assert (config.settings.user_agent, config.folder) == ("Somebody/1", path.parent)


def test_pyproject_of_the_current_folder_is_read_without_being_named(run):
    written("https://a.example/\n", "urls.txt")
    arguments = ["check", "--urls", "urls.txt", "--offline"]
    assert run(*arguments)[0] == 0
    written("[tool.affidavit]\nhosts = 3\n", "pyproject.toml")
    assert "    pyproject.toml\n" in run(*arguments)[1]
    assert "pyproject" not in run(*arguments, "--config", str(written("hosts = 3\n")))[1]


def test_of_pyproject_the_tables_of_others_do_not_count():
    config = read_config(written("[tool.other]\nhosts = 3\n", "pyproject.toml"))
    assert (config.settings, config.problems) == (replace(Settings(), place=Place("pyproject.toml")), ())


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.toml", "x = ", "`a.toml` is no TOML: "),
        ("a.toml", "ignore = []", "`a.toml` has `ignore`, which is no setting of a check. Write links_ignore"),
        ("a.toml", "releases = []", "`a.toml` has `releases`, which is no setting of a check."),
        ("pyproject.toml", "[tool]\naffidavit = 3", "`tool.affidavit` in `pyproject.toml` is no table."),
    ],
)
def test_a_file_that_cannot_be_used_is_wrong_usage(name, text, says):
    with pytest.raises(UsageError) as told:
        read_config(written(text, name))
    assert str(told.value).startswith(says)
    with pytest.raises(UsageError, match="cannot be read"):
        read_config(Path("none.toml"))


def test_a_value_that_is_wrong_is_a_finding_in_that_file(run):
    written("https://a.example/\n", "urls.txt")
    written("hosts = 3\n")
    status, out, _ = run("check", "--urls", "urls.txt", "--config", "affidavit.toml", "--offline")
    assert status == 1
    assert "error [setting-invalid]\n" in out
    assert "    affidavit.toml\n" in out


def test_authorities_that_are_not_there_are_a_finding_in_that_file(run):
    written("https://a.example/\n", "urls.txt")
    for value in ('"no/such.pem"', '{"a.example" = "no/such.pem", "b.example" = "no/such.pem"}'):
        written(f"tls_cacerts = {value}\n")
        status, out, _ = run("check", "--urls", "urls.txt", "--config", "affidavit.toml", "--offline")
        assert status == 1
        assert out.count("error [setting-invalid]\n") == 1
        assert "`tls_cacerts` must be a file of certificate authorities that is there, and `no/such.pem` is not." in out


def test_settings_count_for_a_list(run, server, answer):
    server.answers["/gone"] = answer(b"gone", 404)
    written(f"{server.url}/gone\n{server.url}/other\n", "urls.txt")
    host = server.url.removeprefix("http://").partition(":")[0]
    written(f"links_ignore = ['.*/other']\nallow_private = ['{host}']\n[severity]\nlink-broken = 'warning'\n")
    arguments = ["--urls", "urls.txt", "--config", "affidavit.toml", "--quiet", "--format", "json"]
    status, out, _ = run("check", *arguments)
    assert (status, [path for path, _ in server.asked]) == (0, ["/gone"])
    assert [found["severity"] for found in json.loads(out)["findings"]] == ["warning"]


def test_a_sphinx_project_has_its_settings_in_conf_py(run):
    status, _, err = run("check", "doc", "--config", "affidavit.toml")
    assert (status, err) == (
        2,
        "affidavit: `--config` is for `--site` and `--urls`. The settings of a Sphinx project stand in its conf.py.\n",
    )
