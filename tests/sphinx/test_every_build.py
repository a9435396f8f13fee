"""Every claim is judged on every build, also when its page did not change."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from affidavit.notes.facts import Lock
from affidavit.notes.lock import dumps, write_lock

HEAD = "Home\n====\n\n"
REFERENCES = HEAD + ":release-note:`alder#known-issues`"


def test_an_unchanged_page_is_judged_again(site):
    site.write("index.rst", HEAD + ".. glossary::\n\n   bare\n      Nothing.\n")
    assert site.build().codes == ["term-without-reference"]
    again = site.build()
    assert again.codes == ["term-without-reference"]
    assert "0 added, 0 changed, 0 removed" in again.log


def test_a_lock_that_changes_alone_fails_the_unchanged_page(site, lock_of):
    site.write("index.rst", REFERENCES)
    assert site.build().warnings == []
    write_lock(site.src / "release-notes.lock.json", lock_of("Upgrade Notes"))
    again = site.build()
    assert again.codes == ["note-section-unknown"]
    assert "0 added, 0 changed, 0 removed" in again.log
    assert "alder.html#" not in again.text("index.html")


def test_a_lock_that_moves_a_section_moves_the_link_of_the_unchanged_page(site, lock_of):
    site.write("index.rst", REFERENCES)
    site.write("other.rst", ":orphan:\n\nOther\n=====\n\nNothing to see.\n")
    site.build()
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", base="https://elsewhere.example/"))
    site.conf(affidavit_release_notes={"subject": {"url": "https://elsewhere.example/"}})
    before = (site.folder / "html" / "other.html").stat().st_mtime_ns
    again = site.build()
    assert again.warnings == []
    assert "0 added, 0 changed, 0 removed" in again.log
    assert 'href="https://elsewhere.example/alder.html#alder-known-issues"' in again.text("index.html")
    assert (again.out / "other.html").stat().st_mtime_ns == before


def test_a_release_that_moves_on_redraws_cards_without_reading_pages(page):
    assert ">Discouraged<" in page.build().text("index.html")
    page.conf(affidavit_release="2.0")
    again = page.build()
    assert "0 added, 0 changed, 0 removed" in again.log
    html = again.text("index.html")
    card = html[html.index("affidavit-card") : html.index("<details")]
    assert ">Broken<" in card
    assert "Because of the old thing." in card


def test_what_another_page_declares_is_drawn_anew(site):
    feature = ".. deployment-feature:: upload\n   :title: {}\n"
    site.write("index.rst", HEAD + ".. deployment-matrix::\n\n.. toctree::\n\n   features\n   card\n")
    site.write(
        "card.rst",
        "Card\n====\n\n.. deployment-method:: one\n   :title: One\n\n   .. stage:: 1.0..\n"
        "      :status: broken\n\n      .. fails:: upload\n         :symptom: so\n",
    )
    site.write("features.rst", "Features\n========\n\n" + feature.format("First title"))
    built = site.build()
    assert "First title" in built.text("card.html")
    site.write("features.rst", "Features\n========\n\n" + feature.format("Second title"))
    again = site.build()
    for name in ("card.html", "index.html"):
        assert "Second title" in again.text(name)
        assert "First title" not in again.text(name)


def test_a_page_that_is_gone_states_nothing(site):
    site.write("index.rst", HEAD + "Text.")
    gone = site.write("gone.rst", ":orphan:\n\nGone\n====\n\n.. glossary::\n\n   bare\n      Nothing.\n")
    assert site.build().codes == ["term-without-reference"]
    gone.unlink()
    again = site.build()
    assert again.warnings == []
    assert again.claims["claims"] == []


def test_a_finding_that_is_mended_elsewhere_leaves_the_card(site):
    site.write(
        "index.rst",
        HEAD + ".. deployment-method:: one\n   :title: One\n   :term: some word\n\n"
        "   .. stage:: 1.0..\n      :status: broken\n",
    )
    first = site.build()
    assert first.codes == ["term-unknown"]
    assert "term-unknown" in first.text("index.html")
    site.write("words.rst", ":orphan:\n\nWords\n=====\n\n.. glossary::\n\n   some word\n      https://x.example/\n")
    again = site.build()
    assert again.warnings == []
    assert "term-unknown" not in again.text("index.html")


def test_what_only_authors_need_to_know_stands_in_no_card(site):
    card = (
        ".. deployment-method:: one\n   :title: One\n   :release-notes: cedar#known-issues\n\n"
        "   .. stage:: 1.0..2.0\n      :status: broken\n"
    )
    site.conf(affidavit_release="2.0")
    site.write("index.rst", HEAD + card)
    first = site.build()
    assert first.warnings == []
    assert "[affidavit.note-newer-than-card]" in first.log
    assert "note-newer-than-card" not in first.text("index.html")
    site.conf(affidavit_release="2.0", affidavit_severity={"note-newer-than-card": "error"})
    again = site.build()
    assert again.codes == ["note-newer-than-card"]
    assert "note-newer-than-card" in again.text("index.html")


def test_a_build_of_one_file_leaves_the_others_to_the_next(site, lock_of):
    site.write("index.rst", REFERENCES)
    site.write("other.rst", ":orphan:\n\nOther\n=====\n\n:release-note:`birch#known-issues`\n")
    site.build()
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", base="https://elsewhere.example/"))
    site.build(files=("index.rst",))
    assert "https://elsewhere.example/birch.html" in site.build().text("other.html")


def test_a_damaged_state_file_only_costs_a_rewrite(site):
    site.write("index.rst", REFERENCES)
    site.build()
    (state,) = (site.folder / "doctrees-html").glob("affidavit-html-*.json")
    for content in (b"{", b"[]", b"\xff", b"[" * 100_000):
        state.write_bytes(content)
        assert site.build().warnings == []


def test_a_finding_can_be_set_aside_until_a_day(site, monkeypatch):
    site.write("index.rst", HEAD + ".. glossary::\n\n   bare\n      Nothing.\n")
    entry = {"code": "term-without-reference", "file": "index.rst", "reason": "The page moves.", "until": "2030-01-31"}
    site.conf(affidavit_accepted=[entry])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1896048000")  # 2030-01-31 00:00 UTC: the last day counts
    built = site.build()
    assert built.warnings == []
    assert built.claims["accepted"][0]["accepted_because"] == "The page moves."
    assert built.claims["findings"] == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1896134400")  # the day after
    assert sorted(site.build().codes) == ["acceptance-expired", "term-without-reference"]


def test_an_acceptance_that_nothing_needs_is_told_as_information(site):
    site.write("index.rst", HEAD + "Text.")
    site.conf(affidavit_accepted=[{"code": "card-empty", "reason": "x", "until": "2099-01-01"}])
    built = site.build()
    assert built.warnings == []
    assert "acceptance-unused" in built.log


def test_doubtful_links_are_information(site):
    site.write(
        "index.rst",
        HEAD
        + """.. glossary::

   one
      https://a.example/ and http://b.example/.

   two
      https://a.example/ and https://b.example/x.
""",
    )
    built = site.build()
    assert built.warnings == []
    assert [each["code"] for each in built.claims["findings"]] == ["url-insecure", "url-duplicate"]
    assert "affidavit.url-duplicate" in built.log
    assert "not checked" in built.log


@pytest.mark.parametrize("folder", ["src", ".", "/"])
def test_cards_written_in_an_included_file_are_placed_there(site, monkeypatch, folder):
    site.write("parts/one.txt", ".. deployment-method:: one\n   :title: One\n   :colour: red\n\n   Text.\n")
    site.write("index.rst", HEAD + ".. include:: parts/one.txt\n")
    monkeypatch.chdir(site.folder / folder)
    built = site.build()
    assert built.warnings[0].startswith(f"{site.src / 'parts' / 'one.txt'}:1: WARNING: ")
    assert built.claims["findings"][0]["place"] == {"document": "index", "file": "parts/one.txt", "line": 1}


def test_a_glossary_entry_that_moves_moves_the_link_of_the_card(site):
    card = ".. deployment-method:: one\n   :title: One\n   :term: word\n\n   .. stage:: 1.0..\n      :status: broken\n"
    entry = ".. glossary::\n\n   word\n      https://x.example/\n"
    site.write("index.rst", HEAD + card)
    site.write("a.rst", ":orphan:\n\nA\n=\n\n" + entry)
    site.write("b.rst", ":orphan:\n\nB\n=\n\nText.\n")
    assert "a.html#term-word" in site.build().text("index.html")
    site.write("a.rst", ":orphan:\n\nA\n=\n\nText.\n")
    site.write("b.rst", ":orphan:\n\nB\n=\n\n" + entry)
    assert "b.html#term-word" in site.build().text("index.html")


def test_a_page_that_refers_to_anything_follows_a_title(site):
    site.write("index.rst", HEAD + ":any:`one`\n\n.. toctree::\n\n   card\n")
    card = "Card\n====\n\n.. deployment-method:: one\n   :title: {}\n\n   .. stage:: 1.0..\n      :status: broken\n"
    site.write("card.rst", card.format("First"))
    assert "First" in site.build().text("index.html")
    site.write("card.rst", card.format("Second"))
    assert "Second" in site.build().text("index.html")


def test_a_link_to_no_method_is_told_on_every_build(site):
    site.write("index.rst", HEAD + ":deployment-method:`nope`")
    first = site.build()
    assert len(first.warnings) == 1
    assert site.build().warnings == first.warnings


def test_two_outputs_of_one_folder_of_doctrees(site, lock_of):
    site.write("index.rst", REFERENCES)
    doctrees = str(site.folder / "shared")
    for to in ("one", "two"):
        site.run("-d", doctrees, to=to)
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", base="https://elsewhere.example/"))
    for to in ("one", "two"):
        assert "https://elsewhere.example/alder.html" in site.run("-d", doctrees, to=to).text("index.html")


def test_one_application_that_builds_again_and_again(site):
    card = "Card\n====\n\n.. deployment-method:: one\n   :title: {}\n\n   .. stage:: 1.0..\n      :status: broken\n"
    site.write("index.rst", HEAD + ":deployment-method:`one`\n\n.. toctree::\n\n   card\n")
    file = site.write("card.rst", card.format("First"))
    with site.application() as app:
        app.build()
        site.write("card.rst", card.format("Second"))
        app.build(filenames=[file])
        app.build()
    assert "Second" in (site.folder / "html" / "index.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_told(site):
    site.write("index.rst", HEAD + "Text.")
    (site.folder / "html" / "claims.json").mkdir(parents=True)
    built = site.build()
    assert built.codes == ["report-unwritable"]
    assert not [file for file in built.out.iterdir() if file.name.startswith(".claims")]


def test_settings_in_a_folder_of_their_own_are_named_there(site):
    site.write("index.rst", REFERENCES)
    conf = site.folder / "conf"
    conf.mkdir()
    (site.src / "conf.py").rename(conf / "conf.py")
    built = site.run("-c", str(conf), "-D", "affidavit_online=sometimes")
    told = sorted(line.split(": WARNING")[0] for line in built.warnings)
    assert [Path(line.rpartition(":")[0]).resolve() for line in told] == [
        conf / "conf.py",
        conf / "release-notes.lock.json",
    ]


@pytest.mark.parametrize("epoch", ["", "soon", "-1", "99999999999999"])
def test_a_clock_that_nobody_can_read_is_the_real_one(site, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    site.conf(affidavit_accepted=[{"code": "term-without-reference", "reason": "x", "until": "9999-12-31"}])
    site.write("index.rst", HEAD + ".. glossary::\n\n   bare\n      Nothing.\n")
    assert site.run().codes == []


def test_an_environment_of_another_version_is_read_anew(site, monkeypatch):
    site.write("index.rst", HEAD + ".. deployment-feature:: upload\n   :title: Upload\n")
    site.build()
    assert "0 added, 0 changed, 0 removed" in site.build().log
    monkeypatch.setattr("affidavit.__version__", "99.0")
    assert "1 added" in site.build().log


WORDS = ':release-note:`alder#known-issues "tasks"`'
LISTING = ".. release-note-references::\n"


def test_words_that_the_lock_alone_says_are_gone_fail_the_unchanged_page(site, lock_of):
    site.write("index.rst", HEAD + WORDS)
    assert site.build().warnings == []
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", says=False))
    again = site.build()
    assert again.codes == ["note-words-missing"]
    assert "0 added, 0 changed, 0 removed" in again.log
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", says=None))
    third = site.build()
    assert third.codes == []
    assert "note-unable" in third.log
    assert "0 added, 0 changed, 0 removed" in third.log


def test_an_anchor_that_changes_in_the_lock_alone_changes_in_text_and_card_of_the_unchanged_page(site, lock_of):
    card = ".. deployment-method:: one\n   :title: One\n   :release-notes: birch#known-issues\n\n   Text.\n"
    site.write("index.rst", f"{REFERENCES}\n\n{card}")
    site.build()
    moved = json.dumps(json.loads(dumps(lock_of("Known Issues"))), indent=2).replace("-known-issues", "-known-bugs")
    (site.src / "release-notes.lock.json").write_text(moved + "\n", encoding="utf-8")
    again = site.build()
    assert again.codes == []
    assert "0 added, 0 changed, 0 removed" in again.log
    html = again.text("index.html")
    assert 'href="https://docs.example/notes/alder.html#alder-known-bugs"' in html
    assert 'href="https://docs.example/notes/birch.html#birch-known-bugs"' in html
    assert "known-issues" not in html


def test_a_list_shows_what_the_lock_says_now(site, lock_of):
    site.write("index.rst", HEAD + LISTING + "\n.. toctree::\n\n   page\n")
    site.write("page.rst", "Page\n====\n\n" + WORDS)
    assert "holds" in site.build().text("index.html")
    write_lock(site.src / "release-notes.lock.json", lock_of("Known Issues", says=False, base="https://x.example/"))
    again = site.build()
    assert "0 added, 0 changed, 0 removed" in again.log
    html = again.text("index.html")
    assert "note-words-missing" in html
    assert "https://x.example/alder.html#alder-known-issues" in html


CHANGES = [
    ("another reference", "Page\n====\n\n:release-note:`birch#known-issues`", "2.0 (birch), Known Issues", True),
    ("another line", f"Page\n====\n\nText.\n\n{WORDS}", "line 6", True),
    ("another title", f"Other name\n==========\n\n{WORDS}", "Other name", True),
    ("other words", f"Page\n====\n\n{WORDS} and more.", "line 4", False),
]


@pytest.mark.parametrize("by", ["reference", "release"])
@pytest.mark.parametrize(("text", "shown", "anew"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_list_is_written_anew_where_another_page_changes_what_it_shows(site, text, shown, anew, by):
    site.write("index.rst", f"{HEAD}.. toctree::\n\n   list\n   page\n")
    site.write("list.rst", f"List\n====\n\n{LISTING}   :by: {by}\n")
    site.write("page.rst", f"Page\n====\n\n{WORDS}")
    site.build()
    before = (site.folder / "html" / "list.html").stat().st_mtime_ns
    site.write("page.rst", text)
    built = site.build()
    assert shown in built.text("list.html")
    assert ((built.out / "list.html").stat().st_mtime_ns != before) is anew


def test_a_list_forgets_the_references_of_a_page_that_is_gone(site):
    site.write("index.rst", HEAD + LISTING)
    gone = site.write("gone.rst", f":orphan:\n\nGone\n====\n\n{WORDS}")
    assert "Gone" in site.build().text("index.html")
    gone.unlink()
    assert "No page refers to release notes." in site.build().text("index.html")


def test_a_project_that_the_lock_has_anew_names_the_others_on_unchanged_pages(site, lock_of):
    site.write("index.rst", HEAD + ":release-note:`subject:alder#known-issues`")
    assert ">1.0 (alder), Known Issues<" in site.build().text("index.html")
    lock = lock_of("Known Issues")
    other = replace(lock.projects[0], name="other")
    write_lock(site.src / "release-notes.lock.json", Lock((other, *lock.projects)))
    again = site.build()
    assert "0 added, 0 changed, 0 removed" in again.log
    assert ">subject 1.0 (alder), Known Issues<" in again.text("index.html")


def test_a_list_of_a_project_that_the_settings_have_no_more_is_told(site):
    site.write("index.rst", HEAD + LISTING + "   :project: subject\n")
    assert site.build().codes == []
    site.conf(affidavit_release_notes=None)
    again = site.build()
    assert again.codes == ["option-invalid"]
    assert "0 added, 0 changed, 0 removed" in again.log
