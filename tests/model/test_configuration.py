"""Reading settings: whatever conf.py says, there are settings to go on with."""

from datetime import date
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.note_sources import Inventory
from affidavit.model.place import Place
from affidavit.model.settings import Acceptance, Allowed, NoteProject, Online, Settings
from affidavit.model.verdicts import finding

NAMES = [
    *("releases", "release", "release_notes", "release_notes_lock", "online", "cache", "allow_private", "accepted"),
    *("links", "links_ignore", "hosts", "synonyms", "severity"),
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


def test_settings_that_are_right():
    settings, findings = read_settings(
        {
            "affidavit_releases": {"1.0": "alder", "2.0": "birch"},
            "affidavit_release": " 2.0 ",
            "affidavit_release_notes": {"subject": {"inventory": "objects.inv", "url": "https://notes.example/"}},
            "affidavit_release_notes_lock": "notes.json",
            "affidavit_online": "never",
            "affidavit_accepted": [
                {"code": "card-empty", "file": "a.rst", "text": "`one`", "reason": "Because.", "until": "2030-01-31"}
            ],
        }
    )
    assert findings == ()
    assert [str(release) for release in settings.releases.items] == ["1.0 (alder)", "2.0 (birch)"]
    assert settings.release == "2.0"
    assert settings.projects == (NoteProject("subject", Inventory("objects.inv"), "https://notes.example/"),)
    assert (settings.lock, settings.online) == ("notes.json", Online.NEVER)
    assert settings.accepted == (Acceptance(Code.CARD_EMPTY, "a.rst", "`one`", "Because.", date(2030, 1, 31)),)


def test_no_settings_are_the_defaults():
    assert read_settings({}) == (Settings(), ())
    assert read_settings({f"affidavit_{name}": None for name in NAMES}) == (Settings(), ())


@pytest.mark.parametrize(
    ("value", "cache"),
    [(False, None), ("", None), ("0", None), ("_cache", "_cache"), (" ../cache ", "../cache"), ("/there", "/there")],
)
def test_the_cache_is_a_folder_or_none(value, cache):
    settings, findings = read_settings({"affidavit_cache": value})
    assert (settings.cache, findings) == (cache, ())


@pytest.mark.parametrize("value", [True, 0, 1, "  ", "a\0b", b"folder", ["folder"]], ids=repr)
def test_what_is_no_folder_leaves_the_cache_where_it_is(value):
    settings, findings = read_settings({"affidavit_cache": value})
    assert settings.cache == Settings().cache
    assert [each.code for each in findings] == [Code.SETTING_INVALID]


@pytest.mark.parametrize(
    ("value", "allowed"),
    [
        (False, Allowed()),
        ("0", Allowed()),
        (True, Allowed(everything=True)),
        ("1", Allowed(everything=True)),
        ([], Allowed()),
        (["Wiki.Some-Company.example.", "db_1", "4u"], Allowed(hosts=("wiki.some-company.example", "db_1", "4u"))),
        (("10.1.0.0/16", " ::1 "), Allowed(networks=(ip_network("10.1.0.0/16"), ip_network("::1/128")))),
        (["a", "10.0.0.1"], Allowed(hosts=("a",), networks=(ip_network("10.0.0.1/32"),))),
    ],
)
def test_what_may_be_asked_is_nothing_everything_or_named(value, allowed):
    settings, findings = read_settings({"affidavit_allow_private": value})
    assert (settings.allowed, findings) == (allowed, ())


WRONG = ["", "yes", "False", "wiki", 0, 1, {}, {"a"}, b"1"]
WRONG_ENTRIES = [
    *("", "  ", "*", "*.example", ".example", "a..b", "10.1.2.3/8", "10.1", "300.1.1.1", "10.0.0.0/33", "a:80"),
    *("[::1]", "http://a/", "bücher.example", "a b", "fe80::1%eth0/64", 10, None, b"a", ["a"]),
]


@pytest.mark.parametrize("value", [*WRONG, *([entry] for entry in WRONG_ENTRIES)], ids=repr)
def test_where_it_is_not_clear_what_may_be_asked_nothing_may(value):
    settings, findings = read_settings({"affidavit_allow_private": value})
    assert settings.allowed == Allowed()
    assert [each.code for each in findings] == [Code.SETTING_INVALID]


def test_releases_without_series():
    settings, findings = read_settings({"affidavit_releases": ["1.0", "2.0"]})
    assert findings == ()
    assert str(settings.releases) == "1.0, 2.0"


@given(st.dictionaries(st.sampled_from([f"affidavit_{name}" for name in NAMES]), ANYTHING))
def test_nothing_raises_and_each_wrong_value_is_told_once(raw):
    settings, findings = read_settings(raw)
    assert {each.code for each in findings} <= {Code.SETTING_INVALID}
    assert len(findings) <= len(raw)
    for each in findings:
        assert any(f"`{name}` must be " in each.message for name in raw)
    hash(settings)


@pytest.mark.parametrize("url", ["", "x", "ftp://a.example/", "https:///x", "http://[", "http://[::1", "//a.example/"])
def test_an_address_that_readers_cannot_open_is_refused(url):
    settings, findings = read_settings({"affidavit_release_notes": {"subject": {"url": url}}})
    assert settings.projects == ()
    assert ["neither http nor https" in each.message for each in findings] == [True]


def test_an_acceptance_fits_by_code_file_and_text():
    entry = Acceptance(Code.CARD_EMPTY, "a.rst", "`one`", "Because.", date(2030, 1, 31))
    fitting = finding(Code.CARD_EMPTY, Place("a.rst", 4, "a"), "The card `one` is empty.")
    assert entry.fits(fitting)
    assert not entry.fits(finding(Code.CARD_NESTED, fitting.place, fitting.message))
    assert not entry.fits(finding(Code.CARD_EMPTY, Place("b.rst", 4, "b"), fitting.message))
    assert not entry.fits(finding(Code.CARD_EMPTY, fitting.place, "The card `two` is empty."))
