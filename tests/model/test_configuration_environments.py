"""The settings that say what examples run in: a wrong entry is told, and the others count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.test_configuration import ANYTHING

from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.environments import Environment, ProgramSpec, Resolving
from affidavit.model.runs import MIB, Limits, Promise

NAMES = [f"affidavit_{name}" for name in ("environments", "programs", "settle", "limits", "sandbox")]
RELEASES = {"affidavit_releases": {"1.0": "alder", "2.0": "birch"}}

ENVIRONMENTS = [
    ({}, Environment("a")),
    ({"release": "2.0", "python": "3.11"}, Environment("a", release="2.0", python="3.11")),
    ({"python": "3.8.18"}, Environment("a", python="3.8.18")),
    ({"packages": ["some-server==1", "b>1,<2"]}, Environment("a", packages=("some-server==1", "b>1,<2"))),
    ({"exclude_newer": "2025-06-01"}, Environment("a", resolving=Resolving("2025-06-01"))),
    ({"exclude_newer": "2025-06-01T12:00:00Z"}, Environment("a", resolving=Resolving("2025-06-01T12:00:00Z"))),
    (
        {"constraints": ["b<2"], "overrides": ["c<3"], "build_constraints": ["d<4"]},
        Environment("a", resolving=Resolving("", ("b<2",), ("c<3",), ("d<4",))),
    ),
    ({"programs": ["curl"]}, Environment("a", programs=(ProgramSpec("curl"),))),
    ({"programs": {"curl": "curl -V"}}, Environment("a", programs=(ProgramSpec("curl", "curl -V"),))),
    ({"variables": {"A": "1", "B": ""}}, Environment("a", variables=(("A", "1"), ("B", "")))),
    ({"secrets": ["TOKEN"]}, Environment("a", secret=("TOKEN",))),
]


@pytest.mark.parametrize(("entry", "environment"), ENVIRONMENTS)
def test_environments_are_read(entry, environment):
    settings, findings = read_settings({**RELEASES, "affidavit_environments": {"a": entry}})
    assert (settings.environments, findings) == ((environment,), ())


WRONG_ENVIRONMENTS = [
    ("A", {}, "names in small letters"),
    ("a/b", {}, "names in small letters"),
    ("..", {}, "names in small letters"),
    ("here", {}, "and not 'here'"),
    (1, {}, "int is none"),
    ("a", [], "that of 'a' is list"),
    ("a", {"pakages": []}, "'a' has 'pakages'"),
    ("a", {"release": "3.0"}, "the `release` of 'a' must be one of `affidavit_releases`, not '3.0'"),
    ("a", {"release": 2.0}, "`release` of 'a' must be a string, not float"),
    ("a", {"packages": "some-server"}, "`packages` of 'a' must be a list of requirements"),
    ("a", {"packages": ["--index-url=x"]}, "'--index-url=x' is none"),
    ("a", {"packages": ["-r other.txt"]}, "'-r other.txt' is none"),
    ("a", {"packages": ["b\n--pre"]}, "each on one line"),
    ("a", {"packages": [""]}, "none of them empty"),
    ("a", {"python": 3.11}, "`python` of 'a' must be a string"),
    ("a", {"python": "/usr/bin/python3"}, "a version of Python"),
    ("a", {"python": "python3; rm"}, "a version of Python"),
    ("a", {"exclude_newer": "yesterday"}, "a day such as"),
    ("a", {"exclude_newer": "2025-13-01"}, "a day such as"),
    ("a", {"constraints": ["<2"]}, "`constraints` of 'a' must be made of requirements"),
    ("a", {"programs": ["a b"]}, "'a b' is none"),
    ("a", {"programs": {"c": {"arch": "c"}}}, "unknown key 'arch'"),
    ("a", {"variables": {"1A": "x"}}, "'1A' is none"),
    ("a", {"variables": {"A": 1}}, "as strings"),
    ("a", {"variables": {"A": "\0"}}, "NUL"),
    ("a", {"variables": {"PATH": "/x"}}, "without 'PATH'"),
    ("a", {"secrets": ["VIRTUAL_ENV"]}, "without 'VIRTUAL_ENV'"),
    ("a", {"variables": {"A": "x"}, "secrets": ["A"]}, "'A' in `variables` and in `secrets`"),
]


@pytest.mark.parametrize(("name", "entry", "told"), WRONG_ENVIRONMENTS)
def test_a_wrong_environment_is_told_and_the_others_count(name, entry, told):
    settings, findings = read_settings({**RELEASES, "affidavit_environments": {name: entry, "right": {}}})
    assert [(each.code, told in each.message) for each in findings] == [(Code.SETTING_INVALID, True)], findings
    assert settings.environments == (Environment("right"),)
    assert [each.advice for each in findings] == ["Correct it in conf.py; this entry is left out meanwhile."]


def test_a_release_is_not_held_against_releases_that_nobody_knows():
    entry = {"a": {"release": "3.0"}}
    settings, findings = read_settings({"affidavit_releases": 1, "affidavit_environments": entry})
    assert settings.environments == (Environment("a", release="3.0"),)
    assert len(findings) == 1


PROGRAMS = [
    ("curl -V", ProgramSpec("curl", "curl -V")),
    ({"version": "curl -V"}, ProgramSpec("curl", "curl -V")),
    ({"fedora": "f", "debian": "d"}, ProgramSpec("curl", "", (("debian", "d"), ("fedora", "f")))),
    ({"install": "pip install curl"}, ProgramSpec("curl", "", (), "pip install curl")),
    ({"file": "/a.so", "version": "true"}, ProgramSpec("curl", "true", file="/a.so")),
]


@pytest.mark.parametrize(("entry", "program"), PROGRAMS)
def test_programs_are_read(entry, program):
    settings, findings = read_settings({"affidavit_programs": {"curl": entry}})
    assert (settings.programs, findings) == ((program,), ())


WRONG_PROGRAMS = [
    "",
    {"version": " "},
    {"install": "a\nb"},
    {"debian": "a; b"},
    {"rpm": "a"},
    {"file": "a.so", "version": "true"},
    {"file": "/a.so"},
    1,
]


@pytest.mark.parametrize("entry", WRONG_PROGRAMS)
def test_a_wrong_program_is_told(entry):
    settings, findings = read_settings({"affidavit_programs": {"curl": entry, "jq": {}}})
    assert settings.programs == (ProgramSpec("jq"),)
    assert len(findings) == 1


def test_limits_are_in_mib_and_seconds():
    settings, findings = read_settings({"affidavit_limits": {"memory": 512, "cpu_seconds": 10, "output": 1}})
    assert (settings.limits, findings) == (Limits(cpu_seconds=10, memory=512 * MIB, output=MIB), ())


@pytest.mark.parametrize(
    "value", [{"memory": 0}, {"memory": -1}, {"memory": 1.5}, {"memory": True}, {"seconds": 1}, []]
)
def test_wrong_limits_are_told_and_the_usual_ones_hold(value):
    settings, findings = read_settings({"affidavit_limits": value})
    assert (settings.limits, len(findings)) == (Limits(), 1)


def test_what_a_sandbox_must_keep():
    settings, findings = read_settings({"affidavit_sandbox": ["files", "network"]})
    assert (settings.promises, findings) == (frozenset({Promise.FILES, Promise.NETWORK}), ())


@pytest.mark.parametrize("value", ["files", ["file"], [1], {"files": True}])
def test_a_wrong_promise_is_told(value):
    settings, findings = read_settings({"affidavit_sandbox": value})
    assert (settings.promises, len(findings)) == (frozenset(), 1)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_nothing_raises(raw):
    settings, findings = read_settings(raw)
    assert {each.code for each in findings} <= {Code.SETTING_INVALID}
    hash(settings)
