"""What changed between what the lock file holds of a project and what its source has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from affidavit.notes.changes import WORDINGS, Kind, summary
from affidavit.notes.compare import compare, upstream
from affidavit.notes.facts import (
    Dropped,
    LockedProject,
    LockedRelease,
    LockedSection,
    LockedSeries,
    Saying,
    State,
)

SAYING = Saying("tasks", found=True)
KNOWN = LockedSection("Known Issues", "pike.html#k", "sha256:1", (SAYING,))
FIXED = LockedSection("Bug Fixes", "pike.html#b")
FIRST = LockedRelease("15.0.0", (FIXED, KNOWN))
PIKE = LockedSeries("pike", (FIRST, LockedRelease("15.0.1", (FIXED,))))
QUEENS = LockedSeries("queens", (LockedRelease("16.0.0", (KNOWN,)),), State.CLOSED)
GLANCE = LockedProject("glance", "https://e/", (PIKE, QUEENS), ("ocata",), (Dropped("a.yaml", ("isues",)),))


def with_section(section):
    return with_release(replace(FIRST, sections=(FIXED, section)))


def with_release(*releases):
    return replace(GLANCE, series=(replace(PIKE, releases=(*releases, *PIKE.releases[1:])), QUEENS))


TOLD = [
    (None, ["+ the whole project: 2 series, 3 releases, 4 sections"]),
    (replace(GLANCE, url="https://f/"), ["~ address: https://e/, now https://f/"]),
    (replace(GLANCE, series=(PIKE,)), ["- series queens: 1 release, 1 section"]),
    (replace(GLANCE, series=(PIKE,), removed=("ocata", "queens")), ["- series queens: 1 release, 1 section"]),
    (
        replace(GLANCE, series=(*GLANCE.series, replace(PIKE, name="rocky"))),
        ["+ series rocky: 2 releases, 3 sections"],
    ),
    (
        replace(GLANCE, series=(PIKE, replace(QUEENS, state=State.OPEN))),
        ["~ series queens: closed, now open"],
    ),
    (replace(GLANCE, removed=()), ["~ series ocata: no longer known to be gone"]),
    (replace(GLANCE, removed=("newton", "ocata")), ["- series newton: not in the lock file"]),
    (with_release(), ["- release 15.0.0 (pike): bug-fixes, known-issues"]),
    (with_release(FIRST, LockedRelease("15.0.0.1", (FIXED,))), ["+ release 15.0.0.1 (pike): bug-fixes"]),
    (with_release(FIRST, LockedRelease("15.0.0.1", ())), ["+ release 15.0.0.1 (pike): no section"]),
    (with_release(replace(FIRST, sections=(FIXED,))), ["- section 15.0.0 (pike), Known Issues"]),
    (
        with_release(replace(FIRST, sections=(*FIRST.sections, replace(FIXED, title="Prelude")))),
        ["+ section 15.0.0 (pike), Prelude"],
    ),
    (
        with_section(replace(KNOWN, target="")),
        ["~ section 15.0.0 (pike), Known Issues: at pike.html#k, now at the page"],
    ),
    (with_section(replace(KNOWN, text="sha256:2")), ["~ section 15.0.0 (pike), Known Issues: another text"]),
    (
        with_section(replace(KNOWN, says=(Saying("tasks", found=False),))),
        ["~ section 15.0.0 (pike), Known Issues: “tasks” is there, now is not there"],
    ),
    (
        with_section(replace(KNOWN, text="", says=(Saying("tasks", None),))),
        ["~ section 15.0.0 (pike), Known Issues: “tasks” is there, now cannot be told"],
    ),
    (
        with_section(replace(KNOWN, text="", says=())),
        ["~ section 15.0.0 (pike), Known Issues: “tasks” is there, now was not looked for"],
    ),
    (replace(GLANCE, dropped=()), ["- note a.yaml, which was not published in full: isues"]),
    (
        replace(GLANCE, dropped=(Dropped("a.yaml", ("x", "y")),)),
        [
            "- note a.yaml, which was not published in full: isues",
            "+ note a.yaml, which is not published in full: x, y",
        ],
    ),
]


@pytest.mark.parametrize(("now", "told"), TOLD)
def test_each_difference_is_a_line(now, told):
    before = None if now is None else GLANCE
    assert [str(each) for each in compare(before, now or GLANCE)] == told


def test_a_project_that_is_gone_is_one_line():
    assert [str(each) for each in compare(GLANCE, None)] == ["- the whole project: 2 series, 3 releases, 4 sections"]
    assert compare(None, None) == ()


def test_releases_of_a_new_series_are_told_where_they_are_wanted():
    more = replace(GLANCE, series=(*GLANCE.series, replace(QUEENS, name="rocky")))
    lines = ["series rocky: 1 release, 1 section", "release 16.0.0 (rocky): known-issues"]
    assert [str(each) for each in compare(GLANCE, more, every=True)] == [f"+ {line}" for line in lines]
    assert [str(each) for each in compare(more, GLANCE, every=True)] == [f"- {line}" for line in lines]


def test_releases_without_a_series_are_told_by_themselves():
    plain = LockedProject("p", "https://e/", (LockedSeries("", (FIRST,)),))
    assert [str(each) for each in compare(plain, replace(plain, series=(LockedSeries("", ()),)))] == [
        "- release 15.0.0: bug-fixes, known-issues"
    ]


def test_words_that_nobody_quoted_before_are_of_the_sites_own_making():
    (asked,) = compare(with_section(replace(KNOWN, text="", says=())), GLANCE)
    (answered,) = compare(with_section(replace(KNOWN, says=(Saying("tasks", None),))), GLANCE)
    assert upstream([asked, answered]) == (answered,)


def test_a_text_that_is_out_of_reach_is_no_change_upstream():
    changes = compare(GLANCE, with_section(replace(KNOWN, text="", says=(Saying("tasks", None),))))
    assert changes
    assert upstream(changes) == ()


def test_a_summary_counts_by_kind_in_a_stable_order():
    fewer = replace(GLANCE, series=(replace(PIKE, releases=()),), dropped=())
    assert summary(compare(GLANCE, fewer)) == "1 series gone, 2 releases gone, 1 note mended"
    assert summary(compare(GLANCE, with_section(replace(KNOWN, target="")))) == "1 section moved"
    assert summary(()) == ""


def test_every_kind_has_its_words_and_is_told_in_the_table():
    assert set(WORDINGS) == set(Kind)
    told = {each.kind for now, _ in TOLD for each in compare(None if now is None else GLANCE, now or GLANCE)}
    assert told | {Kind.PROJECT_REMOVED} == set(Kind)


NAMES = st.sampled_from(["", "a", "b", "9", "10", "é"])
WORDS = st.sampled_from(["x", "y"])
SAYINGS = st.builds(Saying, WORDS, st.sampled_from([True, False, None]))


def unique(values, key, most=3):
    return st.lists(values, max_size=most, unique_by=key).map(tuple)


SECTIONS = st.builds(
    LockedSection, NAMES, NAMES, st.sampled_from(["sha256:1", "sha256:2"]), unique(SAYINGS, lambda each: each.words)
)
RELEASES = st.builds(LockedRelease, NAMES, unique(SECTIONS, lambda each: each.title))
SERIES = st.builds(LockedSeries, NAMES, unique(RELEASES, lambda each: each.version), st.sampled_from(State))
DROPPED = st.builds(Dropped, NAMES, st.tuples(NAMES))
PROJECTS = st.builds(
    LockedProject,
    st.just("p"),
    NAMES,
    unique(SERIES, lambda each: each.name),
    st.lists(st.sampled_from(["gone", "past"]), unique=True).map(tuple),
    unique(DROPPED, lambda each: each.note),
)


@given(PROJECTS)
def test_nothing_changed_from_a_project_to_itself(project):
    assert compare(project, project, every=True) == ()


def mutations(value):
    """Give all values that differ from one in a single field, of it or of a part of it."""
    for field in fields(value):
        if (type(value), field.name) != (LockedProject, "name"):  # what is compared is one project
            yield from (replace(value, **{field.name: other}) for other in others(getattr(value, field.name)))


def others(held):
    """Give what a field may hold instead."""
    match held:
        case tuple():
            yield from (held[:at] + held[at + 1 :] for at in range(len(held)))
            for at, part in enumerate(held):
                parts = mutations(part) if hasattr(part, "__struct_fields__") else others(part)
                yield from ((*held[:at], other, *held[at + 1 :]) for other in parts)
        case State():
            yield from (each for each in State if each is not held)
        case True | False | None:
            yield from (each for each in (True, False, None) if each is not held)
        case _:
            yield f"{held}, another"


@given(st.just(GLANCE) | PROJECTS)
def test_whatever_one_field_is_changed_to_something_is_told(project):
    for other in mutations(project):
        told = compare(project, other)
        assert told, other
        assert all(str(each)[:2] in ("+ ", "- ", "~ ") and "{" not in str(each) for each in told)
        assert summary(told)
        assert compare(other, project)
