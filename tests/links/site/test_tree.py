"""Which file a server gives for a path, and how a folder is listed."""

import os

import pytest

from affidavit.links.site.tree import Absent, File, Tree, Unknown, folder_of
from affidavit.links.site.walk import list_site

FILES = {
    "index.html",
    "Page.html",
    "guide/index.htm",
    "guide/start.html",
    "both.html",
    "both/index.html",
    "bare/notes.txt",
    "a b#c?d%.html",
    "h\udcf6he.html",
    "h\u00f6he.html",
    "1.0/index.html",
    "1.0/a.html",
}
TREE = Tree(
    frozenset(FILES),
    frozenset({"", "guide", "both", "bare", "empty", "1.0"}),
    links={"latest": "1.0", "start.html": "guide/start.html", "1.0/up": "", "both/index.htm": "index.html"},
    outside=frozenset({"secret", "guide/passwd"}),
    closed=frozenset({"locked"}),
)

GONE = Absent("the site has no such file")
NO_INDEX = Absent("that is a folder without index.html")

FOUND = [
    ("", File("index.html")),
    ("index.html", File("index.html")),
    ("index", File("index.html")),
    ("Page.html", File("Page.html")),
    ("page.html", GONE),
    ("Page.html/", Absent("that is a file, but is linked as a folder")),
    ("guide", File("guide/index.htm")),
    ("guide/", File("guide/index.htm")),
    ("guide/start", File("guide/start.html")),
    ("guide/start/", GONE),
    ("both", File("both/index.html")),
    ("bare", NO_INDEX),
    ("bare/", NO_INDEX),
    ("bare/notes.txt", File("bare/notes.txt")),
    ("bare/notes", GONE),
    ("a b#c?d%.html", File("a b#c?d%.html")),
    ("h\udcf6he.html", File("h\udcf6he.html")),
    ("ho\u0308he.html", GONE),
    ("latest", File("1.0/index.html")),
    ("latest/a.html", File("1.0/a.html")),
    ("latest/up/latest/up/Page.html", File("Page.html")),
    ("start.html", File("guide/start.html")),
    ("secret", Unknown("secret is a symbolic link that leads out of the site's folder")),
    ("secret/a.html", Unknown("secret is a symbolic link that leads out of the site's folder")),
    ("latest/up/guide/passwd", Unknown("guide/passwd is a symbolic link that leads out of the site's folder")),
    ("locked/a.html", Unknown("the folder locked could not be read")),
    ("../index.html", GONE),
    ("a\0b", GONE),
]


@pytest.mark.parametrize(("path", "found"), FOUND)
def test_the_file_that_a_path_asks_for(path, found):
    assert TREE.find(path) == found


def test_a_site_without_any_link_is_found_the_same():
    plain = Tree(TREE.files, TREE.folders)
    asked = [(path, found) for path, found in FOUND if path.partition("/")[0] not in ("latest", "secret", "locked")]
    assert [plain.find(path) for path, _ in asked if path != "start.html"] == [
        found for path, found in asked if path != "start.html"
    ]


def test_the_folder_of_a_file():
    assert [folder_of("a.html"), folder_of("a/b/c.html"), folder_of("a/")] == ["", "a/b", "a"]


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    for path in ("index.html", "a/B.HTM", "a/c.xhtml", "a/d.txt", "ä #%.html", ".well-known/x.html", ".git/e.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("<p>")
    (folder / "empty").mkdir()
    return folder


def test_pages_are_listed_with_their_sizes_and_files_as_they_are(site):
    listing = list_site(site)
    assert listing.pages == tuple(
        (page, 3) for page in (".well-known/x.html", "a/B.HTM", "a/c.xhtml", "index.html", "ä #%.html")
    )
    assert listing.tree.files == {page for page, _ in listing.pages} | {"a/d.txt"}
    assert listing.tree.folders == {"", "a", "empty", ".well-known"}


def test_symbolic_links_are_followed_inside_only_and_make_no_page_twice(site):
    (site.parent / "out.html").write_text("")
    links = {
        "latest": "a",
        "again.html": "a/../latest/c.xhtml",
        "round": ".",
        "a/up": "..",
        "out.html": "../out.html",
        "above": "..",
        "sibling": "../site-2",
        "dead.html": "nowhere.html",
        "self": "self",
    }
    (site.parent / "site-2").mkdir()
    for link, target in links.items():
        (site / link).symlink_to(target)
    listing = list_site(site)
    assert len(listing.pages) == 5
    assert listing.tree.links == {"latest": "a", "again.html": "a/c.xhtml", "round": "", "a/up": ""}
    assert listing.tree.outside == {"out.html", "above", "sibling"}
    assert listing.tree.find("dead.html") == listing.tree.find("self") == GONE


def test_a_site_that_is_a_symbolic_link_itself_is_listed(site):
    (site.parent / "link").symlink_to(site)
    assert list_site(site.parent / "link") == list_site(site)


def test_what_is_neither_file_nor_folder_is_nothing(site):
    os.mkfifo(site / "pipe.html")
    assert list_site(site).tree.find("pipe.html") == GONE


def test_names_that_are_no_text_are_listed(site):
    (site / "h\udcf6he.html").touch()
    assert list_site(site).tree.find("h\udcf6he.html") == File("h\udcf6he.html")


def test_a_folder_that_cannot_be_listed_is_told_apart(site, monkeypatch):
    def scandir(path, scan=os.scandir):
        if os.fspath(path).endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert list_site(site).tree.find("a/d.txt") == Unknown("the folder a could not be read")


@pytest.mark.parametrize(("name", "error"), [("nowhere", FileNotFoundError), ("index.html", NotADirectoryError)])
def test_what_is_no_folder_is_an_error(site, name, error):
    with pytest.raises(error):
        list_site(site / name)
