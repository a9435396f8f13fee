"""The lists of references to release notes, and how readers see the references themselves, in each builder."""

import re

import pytest
from msgspec.structs import replace

from affidavit.notes.facts import Lock, LockedProject, LockedRelease, LockedSection, LockedSeries, State
from affidavit.notes.lock import write_lock

HEAD = "Home\n====\n\n"
LISTING = ".. release-note-references::\n"
FILES = {"text": "index.txt", "man": "subject.1", "latex": "subject.tex", "texinfo": "subject.texi"}


def rows(html, at=0):
    """Return the cells of the list at a place on a page, row by row, in plain words."""
    table = re.findall(r'<table class="[^"]*affidavit-listing.*?</table>', html, re.DOTALL)[at]
    cells = (
        re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    )
    return [[" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in row] for row in cells]


def without_lines(row):
    return [re.sub(r", lines? [\d, ]+$", "", cell) for cell in row]


def test_all_references_are_listed_with_their_state(page):
    html = page.build().text("index.html")
    assert [without_lines(row) for row in rows(html)] == [
        ["Reference", "Leads to", "State", "Stands on"],
        ["3.0#known-issues &quot;a, b&quot; &quot;tasks&quot;", "3.0 (cedar), Known Issues", "holds", "The subject"],
        ["alder#known-issues &quot;tasks&quot;", "1.0 (alder), Known Issues", "holds", "The subject"],
        ["birch#known-issues &quot;a, b&quot;", "2.0 (birch), Known Issues", "holds", "The subject"],
        ["cedar#known-issues", "3.0 (cedar), Known Issues", "holds", "The subject"],
    ]


def test_the_releases_that_pages_cite_are_listed_newest_first(page):
    html = page.build().text("index.html")
    assert [without_lines(row) for row in rows(html, 1)] == [
        ["Release", "Section", "Cited on"],
        ["3.0 (cedar)", "Known Issues", "The subject"],
        ["2.0 (birch)", "Known Issues", "The subject"],
        ["1.0 (alder)", "Known Issues", "The subject"],
    ]


def test_a_list_has_header_cells_and_scrolls_by_itself(page):
    html = page.build().text("index.html")
    table = html[html.index("affidavit-listing") :]
    table = table[: table.index("</table>")]
    assert len(re.findall(r"<th[ >]", table)) == 4 + 4
    frames = re.findall(r'<div aria-label="([^"]+)" class="affidavit-scroll" role="region" tabindex="0">', html)
    assert frames[1:] == ["References to release notes", "Release notes that pages cite: subject"]
    assert re.search(r'<svg class="affidavit-mark"[^>]*aria-hidden="true".*?</svg>\s*holds', table)
    assert 'href="https://docs.example/notes/alder.html#alder-known-issues"' in table


def test_the_states_that_occur_are_explained_once(page):
    html = page.build().text("index.html")
    (legend,) = re.findall(
        r'<ul class="affidavit-legend[^"]*">(?:(?!</ul>).)*the section is there.*?</ul>', html, re.DOTALL
    )
    assert re.sub(r"<[^>]*>", "", legend).split()[:3] == ["holds:", "the", "section"]
    assert "could not be told" not in legend


@pytest.mark.parametrize("builder", FILES)
def test_plain_builders_list_the_same_words(page, builder):
    told = page.build(builder).text(FILES[builder])
    told = " ".join(re.sub(r"[\\{}|]|sphinx\w+|@\w+", " ", told.replace("@comma{}", ",")).split())
    for words in ("References to release notes", "Leads to", "holds", "1.0 (alder), Known Issues", "Cited on"):
        assert words in told.replace(r"\-", "-"), words


def test_pages_are_linked_with_their_titles_and_lines(site):
    site.write("index.rst", HEAD + LISTING + "\n.. toctree::\n\n   a/one\n   two\n")
    site.write("a/one.rst", "The first\n=========\n\n.. include:: /part.txt\n\n:release-note:`alder#known-issues`\n")
    site.write("two.rst", "The second\n==========\n\n:release-note:`alder#known-issues`\n\n.. include:: /part.txt\n")
    site.write("part.txt", "\n:release-note:`alder#known-issues`\n")
    built = site.build()
    assert built.warnings == []
    assert rows(built.text("index.html"))[1][3] == (
        "The first, line 6 The first, line 1 (part.txt) The second, line 1 (part.txt) The second, line 4"
    )
    assert 'href="a/one.html"' in built.text("index.html")


STATES = [
    ("alder#known-issues", "1.0 (alder), Known Issues", "holds"),
    ('alder#known-issues "words"', "1.0 (alder), Known Issues", "wrong note-words-unlocked"),
    ("alder#nothing", "not known", "wrong note-section-unknown"),
]


@pytest.mark.parametrize(("target", "leads_to", "state"), STATES)
def test_the_state_names_what_is_found(site, target, leads_to, state):
    site.write("index.rst", f"{HEAD}:release-note:`{target}`\n\n{LISTING}")
    assert rows(site.build().text("index.html"))[1][1:] == [leads_to, state, "Home, line 4"]


@pytest.mark.parametrize(
    ("says", "state"), [(False, "wrong note-words-missing"), (None, "could not be told note-unable")]
)
def test_the_state_is_what_the_lock_says_of_the_words(site, lock_of, says, state):
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", says=says))
    site.write("index.rst", f'{HEAD}:release-note:`alder#known-issues "tasks"`\n\n{LISTING}')
    assert rows(site.build().text("index.html"))[1][2] == state


def test_a_reference_that_holds_shows_what_else_is_found_of_it(site, lock_of):
    lock = lock_of("Known Issues")
    project = lock.projects[0]
    alder, *others = project.series
    closed = replace(project, series=(replace(alder, state=State.CLOSED), *others))
    write_lock(site.src / "release-notes.lock.json", Lock((closed,)))
    stage = "   .. stage:: 1.0\n      :status: broken\n"
    old = f".. deployment-method:: old\n   :title: Old\n   :release-notes: birch#known-issues\n\n{stage}"
    site.conf(affidavit_release="1.0")
    site.write("index.rst", f"{HEAD}:release-note:`alder#known-issues`\n\n{old}\n{LISTING}")
    built = site.build()
    assert built.warnings == []
    states = {row[0]: row[2] for row in rows(built.text("index.html"))[1:]}
    assert states == {
        "alder#known-issues": "holds note-series-closed",
        "birch#known-issues": "holds note-newer-than-card",
    }


def test_without_a_lock_nothing_is_told(site):
    (site.src / "release-notes.lock.json").unlink()
    by_release = LISTING + "   :by: release\n"
    site.write("index.rst", f"{HEAD}:release-note:`alder#known-issues`\n\n{LISTING}\n{by_release}")
    built = site.build()
    assert built.codes == ["lock-missing"]
    html = built.text("index.html")
    assert rows(html)[1] == ["alder#known-issues", "not known", "could not be told lock-missing", "Home, line 4"]
    assert rows(html, 1)[1] == ["not known", "alder#known-issues", "Home, line 4"]


@pytest.mark.parametrize("by", ["reference", "release"])
@pytest.mark.parametrize(
    ("project", "told"),
    [("", "No page refers to release notes."), ("subject", "No page refers to the release notes of subject.")],
)
def test_a_site_without_references_says_so(site, by, project, told):
    option = f"   :project: {project}\n" if project else ""
    site.write("index.rst", f"{HEAD}{LISTING}   :by: {by}\n{option}")
    built = site.build()
    assert built.warnings == []
    assert told in built.text("index.html")
    assert "<table" not in built.text("index.html")


TWO = Lock(
    tuple(
        LockedProject(
            name,
            f"https://{name}.example/",
            (
                LockedSeries("", (LockedRelease("1.2.0", (LockedSection("Added", "changes.html#added"),)),)),
                LockedSeries("alder", (LockedRelease("1.0", (LockedSection("Known Issues", "alder.html#k"),)),)),
            ),
        )
        for name in ("other", "subject")
    )
)


@pytest.fixture
def two(site):
    """Return a site with the release notes of two projects."""
    write_lock(site.src / "release-notes.lock.json", TWO)
    urls = {name: {"url": f"https://{name}.example/"} for name in ("other", "subject")}
    site.conf(affidavit_release_notes=urls)
    return site


def test_of_several_projects_each_is_named(two):
    two.write(
        "index.rst",
        f"{HEAD}:release-note:`other:alder#known-issues` and :release-note:`own <subject:1.2.0#added>`\n\n"
        f"{LISTING}\n{LISTING}   :project: other\n\n{LISTING}   :by: release\n",
    )
    built = two.build()
    assert built.warnings == []
    html = built.text("index.html")
    assert re.search(r'href="https://other.example/alder.html#k"[^>]*>other 1.0 \(alder\), Known Issues<', html)
    assert re.search(r'href="https://subject.example/changes.html#added" title="subject 1.2.0, Added">own<', html)
    assert [row[1] for row in rows(html)[1:]] == ["other 1.0 (alder), Known Issues", "subject 1.2.0, Added"]
    assert [row[1] for row in rows(html, 1)[1:]] == ["other 1.0 (alder), Known Issues"]
    assert [row[:2] for row in rows(html, 2)[1:]] == [["other 1.0 (alder)", "Known Issues"], ["subject 1.2.0", "Added"]]


def series_of(*versions):
    """Return a lock of one project, with one section in several releases of a series."""
    releases = (LockedRelease(each, (LockedSection("Known Issues", f"alder.html#{each}"),)) for each in versions)
    return Lock((LockedProject("subject", "https://docs.example/notes/", (LockedSeries("alder", tuple(releases)),)),))


CHOICES = [
    (["1.0"], ""),
    (["1.0", "1.1", "1.1-3"], "In the series alder also: 1.1, 1.1-3."),
    ([f"1.{n}" for n in range(8)], "In the series alder also: 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, …."),
]


@pytest.mark.parametrize(("versions", "told"), CHOICES)
def test_where_a_series_has_the_section_several_times_the_choice_is_shown(site, versions, told):
    write_lock(site.src / "release-notes.lock.json", series_of(*versions))
    site.write(
        "index.rst",
        f"{HEAD}:release-note:`alder#known-issues`, :release-note:`own <alder#known-issues>`,"
        f" :release-note:`1.0#known-issues`\n\n{LISTING}",
    )
    html = site.build().text("index.html")
    titles = re.findall(r'<a class="reference external" href="https://docs[^>]*?(?: title="([^"]*)")?>', html)
    full = f"1.0 (alder), Known Issues. {told}" if told else "1.0 (alder), Known Issues"
    assert titles[:3] == [told, full, ""]
    assert [row[1] for row in rows(html)[1:]] == [
        "1.0 (alder), Known Issues",
        f"1.0 (alder), Known Issues {told}".rstrip(),
    ]


def card(notes):
    stage = "   .. stage:: 1.0..\n      :status: broken\n"
    return f".. deployment-method:: one\n   :title: One\n   :release-notes: {notes}\n\n{stage}"


def of_card(html):
    """Return what the card shows behind the label of its release notes."""
    return html.partition("Release notes:</strong>")[2].partition('<p class="affidavit-evidence')[0]


def test_one_reference_of_a_card_stays_on_the_line_and_several_are_a_list(site):
    site.write("index.rst", HEAD + card("alder#known-issues"))
    alone = of_card(site.build().text("index.html"))
    assert "<li>" not in alone
    assert alone.index(">1.0 (alder), Known Issues</a>") < alone.index("</p>")
    site.write("index.rst", HEAD + card("alder#known-issues, Own <birch#known-issues>, nothing#x, Text <nothing#y>"))
    several = of_card(site.build().text("index.html"))
    items = [re.sub(r"<[^>]*>", "", item) for item in re.findall(r"<li>(.*?)</li>", several)]
    assert items == ["1.0 (alder), Known Issues", "Own", "nothing#x", "Text"]
    assert 'title="2.0 (birch), Known Issues">Own<' in several


def test_a_reference_whose_words_are_missing_is_still_a_link(site, lock_of):
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", says=False))
    role = ':release-note:`alder#known-issues "tasks"`'
    site.write("index.rst", HEAD + role + "\n\n" + card('birch#known-issues "tasks", cedar#known-issues "other"'))
    built = site.build()
    assert sorted(built.codes) == ["note-words-missing", "note-words-missing", "note-words-unlocked"]
    html = built.text("index.html")
    for series in ("alder", "birch", "cedar"):
        assert f'href="https://docs.example/notes/{series}.html#{series}-known-issues"' in html
    of_the_card = html[html.index("affidavit-findings") :]
    assert "note-words-missing" in of_the_card
    assert "note-words-unlocked" in of_the_card


def test_what_cannot_be_resolved_keeps_its_quotes_straight(site):
    site.write("index.rst", HEAD + ':release-note:`nothing#x "it\'s"`')
    assert "nothing#x &quot;it's&quot;" in site.build().text("index.html")


IN_MARKDOWN = [
    ('alder#known-issues "tasks"', [('alder#known-issues "tasks"', "")]),
    ('birch#known-issues, alder#known-issues "tasks", cedar#known-issues', 3),
    ('Text <alder#known-issues "a, b">', [('alder#known-issues "a, b"', "Text")]),
    ('alder#known-issues "a, b" "tasks"', [('alder#known-issues "a, b" "tasks"', "")]),
    ("'\"Quoted\" text <alder#known-issues>'", [("alder#known-issues", '"Quoted" text')]),
    ("'Bug #17 <alder#known-issues \"tasks\">'", [('alder#known-issues "tasks"', "Bug #17")]),
    (
        "'Issue #17 <alder#known-issues \"tasks\">, what''s new <cedar#known-issues>'",
        [
            ('alder#known-issues "tasks"', "Issue #17"),
            ("cedar#known-issues", "what's new"),
        ],
    ),
    ("It's so: <alder#known-issues>", [("alder#known-issues", "It's so:")]),
]


@pytest.mark.parametrize("fence", ["```", ":::"])
@pytest.mark.parametrize(("option", "expected"), IN_MARKDOWN)
def test_words_and_texts_in_the_option_of_a_card_in_markdown(site, option, expected, fence):
    site.conf(myst_enable_extensions=["colon_fence"])
    options = f":title: One\n:release-notes: {option}\n:term: some\n"
    site.write("index.md", f"# Home\n\n{fence}{{deployment-method}} one\n{options}\nText.\n{fence}\n")
    with site.application() as app:
        app.build()
        (page,) = app.env.domains["affidavit"].pages.values()
    (made,) = page.cards
    assert made.term == "some"  # the option behind it is there
    found = [(note.target, note.text) for note in made.notes]
    assert found == expected or len(found) == expected


TOLD_BY_MYST = ['"Quoted" text <alder#known-issues>', "Bug #17 <alder#known-issues>", '"alder#known-issues']


@pytest.mark.parametrize("option", TOLD_BY_MYST)
def test_what_markdown_would_drop_from_an_option_is_told(site, option):
    site.write(
        "index.md", f"# Home\n\n```{{deployment-method}} one\n:title: One\n:release-notes: {option}\n\nText.\n```\n"
    )
    assert any("[myst.directive" in line for line in site.build().warnings)
