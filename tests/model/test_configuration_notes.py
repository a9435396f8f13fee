"""The setting that names the projects whose release notes are cited: each source, and each way to get it wrong."""

import pytest

from affidavit.model.configuration import read_settings
from affidavit.model.note_sources import Anchors, Changelog, GitNotes, Inventory, Published, ReleaseList
from affidavit.model.settings import NoteProject

FOLDER, PAGE = "https://notes.example/tool/", "https://notes.example/tool/CHANGES.html"


def read(entries):
    return read_settings({"affidavit_release_notes": entries})


SOURCES = [
    ({"url": FOLDER}, Inventory(""), FOLDER),
    ({"inventory": "objects.inv", "url": FOLDER}, Inventory("objects.inv"), FOLDER),
    ({"inventory": "objects.inv", "url": "https://notes.example/tool"}, Inventory("objects.inv"), FOLDER),
    ({"git": "../tool", "url": FOLDER}, GitNotes("../tool", "releasenotes"), FOLDER),
    ({"git": "../tool", "folder": "doc/notes", "url": FOLDER}, GitNotes("../tool", "doc/notes"), FOLDER),
    ({"changelog": "CHANGES.md", "url": PAGE}, Changelog("CHANGES.md"), PAGE),
    ({"changelog": "CHANGES.md", "url": FOLDER}, Changelog("CHANGES.md"), FOLDER),
    ({"changelog": "C.md", "anchors": "myst", "url": PAGE}, Changelog("C.md", Anchors.MYST), PAGE),
    ({"page": PAGE}, Published(PAGE), PAGE),
    ({"page": "saved.html", "url": PAGE}, Published("saved.html"), PAGE),
    ({"releases": "releases.json", "url": "https://code.example/tool/releases"}, ReleaseList("releases.json"),
     "https://code.example/tool/releases/"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "source", "url"), SOURCES)
def test_each_source_is_read(entry, source, url):
    settings, findings = read({"tool": entry})
    assert findings == ()
    assert settings.projects == (NoteProject("tool", source, url),)


WRONG = [
    ({"tool": {"inventory": "a", "git": "b", "url": FOLDER}}, "'tool' has `inventory` and `git`, of which"),
    ({"tool": {"git": "b", "anchors": "myst", "url": FOLDER}}, "without the key 'anchors' of 'tool', which no `git`"),
    ({"tool": {"folder": "b", "url": FOLDER}}, "without the key 'folder' of 'tool', which no `inventory`"),
    ({"tool": {"changelog": "a", "anchors": "x", "url": PAGE}}, "one of github, docutils, myst, none"),
    ({"tool": {"git": "a"}}, "lacks the key `url`"),
    ({"tool": {"page": "saved.html"}}, "neither http nor https"),
    ({"tool": {"git": 7, "url": FOLDER}}, "dicts of strings"),
    ({"tool": {"svn": "x", "url": FOLDER}}, "unknown key 'svn'"),
    ({"tool": {"url": FOLDER}, "Tool": {"url": FOLDER}}, "'tool' and 'Tool' are too alike"),
    ({"caf\u00e9": {"url": FOLDER}, "cafe\u0301": {"url": FOLDER}}, "are too alike"),
    ({"tool": {"url": FOLDER}, " tool": {"url": FOLDER}}, "are too alike"),
]


@pytest.mark.parametrize(("entries", "told"), WRONG)
def test_each_wrong_entry_is_told_once(entries, told):
    settings, findings = read(entries)
    assert settings.projects == ()
    assert [told in each.message for each in findings] == [True]
    assert findings[0].message.startswith("`affidavit_release_notes` must be ")
