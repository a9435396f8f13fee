"""Reading the settings about links and hosts."""

import pytest

from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.settings import HostRule, LinkChoice, Settings
from affidavit.model.severity import Severity

ENTRY = {
    "headers": {"Accept-Language": "de"},
    "credentials": "DOCS_TOKEN",
    "accept": [403, 999],
    "pace": 0.5,
    "timeout": 10,
    "at_once": 2,
}
RULE = HostRule("*.docs.example", (("Accept-Language", "de"),), "DOCS_TOKEN", (403, 999), 0.5, 10, 2)

RIGHT = [
    ("links", "glossary", {}),
    ("links", "all", {"links": LinkChoice(patterns=("",))}),
    ("links", ["https://docs\\.", ""], {"links": LinkChoice(patterns=("https://docs\\.", ""))}),
    ("links_ignore", ("https://intranet",), {"links": LinkChoice(ignored=("https://intranet",))}),
    ("hosts", {"*.DOCS.example": ENTRY}, {"hosts": (RULE,)}),
    ("hosts", {"*": {}, "[::1]": {}}, {"hosts": (HostRule("*"), HostRule("[::1]"))}),
    ("hosts", {"docs.example": {"credentials": "netrc"}}, {"hosts": (HostRule("docs.example", credentials="netrc"),)}),
    (
        "synonyms",
        {"uWSGI": "unbit", "WSGI": ["a b", "c"]},
        {"synonyms": (("uWSGI", ("unbit",)), ("WSGI", ("a b", "c")))},
    ),
    (
        "severity",
        {"link-moved": "error", "link-unable": "nothing"},
        {"severities": ((Code.LINK_MOVED, Severity.ERROR), (Code.LINK_UNABLE, None))},
    ),
]


@pytest.mark.parametrize(("name", "value", "changes"), RIGHT)
def test_settings_that_are_right(name, value, changes):
    settings, findings = read_settings({f"affidavit_{name}": value})
    assert findings == ()
    assert settings == Settings(**changes)


def host(**entry):
    return "hosts", {"docs.example": entry}


WRONG = [
    ("links", "some", "'glossary', 'all', or a list of regular expressions, not 'some'"),
    ("links", 3, "a list of regular expressions, as strings"),
    ("links", ["("], "made of regular expressions; '(' is none"),
    ("links_ignore", "https://", "a list of regular expressions, as strings"),
    ("hosts", ["docs.example"], "a dict of host to what it has of its own, not list"),
    ("hosts", {"docs.*": {}}, "a dict whose keys are `name`, `*.name` or `*`, in ASCII; 'docs.*' is none"),
    ("hosts", {3: {}}, "in ASCII; int is none of them"),
    ("hosts", {"docs.example": []}, "a dict of dicts; that of docs.example is list"),
    (*host(speed=3), "docs.example has 'speed'"),
    (*host(headers="x"), "`headers` of docs.example must be a dict of field to value, not str"),
    (*host(headers={"a b": "x"}), "'a b' cannot be one"),
    (*host(headers={"X": "a\nb"}), "printable ASCII characters on one line"),
    (*host(headers={"AUTHORIZATION": "x"}), "without secrets; name the environment variable"),
    (*host(headers={"cookie": "x"}), "without secrets"),
    (*host(credentials="user:secret"), "the name of the environment variable that holds them"),
    (*host(credentials=3), "a string, not int"),
    (*host(accept=403), "a list of HTTP statuses, as numbers"),
    (*host(accept=[True]), "a list of HTTP statuses"),
    (*host(accept=[1]), "a list of HTTP statuses"),
    (*host(pace=-1), "a number of seconds"),
    (*host(pace=True), "a number of seconds"),
    (*host(timeout="3"), "a number of seconds"),
    (*host(at_once=0), "a whole number from 1"),
    (*host(at_once=1.5), "a whole number from 1"),
    ("synonyms", ["uWSGI"], "a dict of term to a list of its other words, not list"),
    ("synonyms", {"uWSGI": 3}, "none of them empty"),
    ("synonyms", {"uWSGI": [" "]}, "none of them empty"),
    ("synonyms", {3: "x"}, "a string, not int"),
    ("severity", "error", "a dict of code to severity, not str"),
    ("severity", {"link-lost": "error"}, "'link-lost' is none"),
    ("severity", {"link-moved": "fatal"}, "one of error, warning, info, nothing; 'fatal' is none of them"),
    ("severity", {"link-moved": None}, "NoneType is none of them"),
]


@pytest.mark.parametrize(("name", "value", "says"), WRONG, ids=[says for *_, says in WRONG])
def test_settings_that_are_wrong(name, value, says):
    settings, (found,) = read_settings({f"affidavit_{name}": value})
    assert found.code is Code.SETTING_INVALID
    assert found.message.startswith(f"`affidavit_{name}` must be ")
    assert says in found.message
    assert settings == Settings(invalid=frozenset({f"affidavit_{name}"}))


def test_no_secret_is_repeated():
    _, (found,) = read_settings({"affidavit_hosts": {"docs.example": {"credentials": "user:secret"}}})
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("pattern", "hosts", "others"),
    [
        ("*", ["docs.example", "127.0.0.1"], []),
        ("docs.example", ["docs.example", "docs.example."], ["a.docs.example", "xdocs.example"]),
        ("*.docs.example", ["a.docs.example", "a.b.docs.example"], ["docs.example", "xdocs.example"]),
    ],
)
def test_which_hosts_a_rule_speaks_of(pattern, hosts, others):
    rule = HostRule(pattern)
    assert [rule.fits(each) for each in (*hosts, *others)] == [True] * len(hosts) + [False] * len(others)


def test_the_first_rule_that_fits_counts():
    rules = (HostRule("a.docs.example", pace=1), HostRule("*.docs.example", pace=2), HostRule("a.docs.example", pace=3))
    settings = Settings(hosts=rules)
    assert settings.rule_of("a.docs.example") == rules[0]
    assert settings.rule_of("b.docs.example") == rules[1]
    assert settings.rule_of("docs.example") is None
