"""A finished site as a whole: what each address on its pages comes to, with every place of what is amiss."""

from pathlib import Path

import pytest
from benchmarks.site_tree import build

from affidavit.links.site.look import look
from affidavit.links.site.resolve import home
from affidavit.model.codes import Code
from affidavit.model.verdicts import Holds, Refuted, Unable

PAGES = {
    "index.html": '<h1 id="top-of-page">Start</h1>',
    "guide/start.html": '<p id="one">words to find</p><a name="two"></a><p id="drei%20x"><p id="ü"><p id="a b">',
    "guide/a b.html": "<p>",
    "guide/100%.html": "<p>",
    "sub/index.html": '<p id="sub">',
    "app.html": '<div id="root"></div><script>start()</script>',
    "notes.txt": "notes",
    "paper.pdf": "%PDF-1.4",
    "bare/x.txt": "",
}

HELD, ASKED, PASSED = "holds", "asked", "passed over"

CASES = [
    ("start.html", HELD),
    ("start.html#one", HELD),
    ("start.html#two", HELD),
    ("#", HELD),
    ("#top", HELD),
    ("start.html#TOP", HELD),
    ("../index.html#top-of-page", HELD),
    ("?x=1#here", HELD),
    ("#here", HELD),
    ("#nowhere", Code.ANCHOR_MISSING),
    ("start.html#One", Code.ANCHOR_MISSING),
    ("start.html#three", Code.ANCHOR_MISSING),
    ("start.html#drei%20x", HELD),
    ("start.html#%C3%BC", HELD),
    ("start.html#ü", HELD),
    ("start.html#a%20b", HELD),
    ("start.html#a b", HELD),
    ("start.html#:~:text=words,find", HELD),
    ("start.html#one:~:text=words%20to", HELD),
    ("start.html?v=2#one", HELD),
    ("../sub", HELD),
    ("../sub/#sub", HELD),
    ("../sub/#none", Code.ANCHOR_MISSING),
    ("../sub/index#sub", HELD),
    ("a%20b.html", HELD),
    ("a b.html", HELD),
    ("100%25.html", HELD),
    ("100%.html", HELD),
    ("/notes.txt", HELD),
    ("/notes.txt#L3", HELD),
    ("../paper.pdf#nameddest", HELD),
    ("Start.html", Code.LINK_BROKEN),
    ("../start.html", Code.LINK_BROKEN),
    ("start.html/", Code.LINK_BROKEN),
    ("../bare/", Code.LINK_BROKEN),
    ("/proj/index.html", Code.LINK_BROKEN),
    ("missing.html#one", Code.LINK_BROKEN),
    ("https:", Code.URL_MALFORMED),
    ("https://exa mple.org/", Code.URL_MALFORMED),
    ("http://exam\u200bple.org/", Code.URL_MALFORMED),
    ("file:///home/me/x.html", Code.URL_MALFORMED),
    ("C:\\x.html", Code.URL_MALFORMED),
    ("../../other/", Code.LINK_UNABLE),
    ("../app.html#filled-in", Code.LINK_UNABLE),
    ("start.html#/route", Code.LINK_UNABLE),
    ("start.html#!route", Code.LINK_UNABLE),
    ("https://example.org/a?b=1#c", ASKED),
    ("//example.org/a", ASKED),
    ("mailto:a@example.org", PASSED),
    ("tel:+1", PASSED),
    ("javascript:void(0)", PASSED),
    ("data:text/plain,x", PASSED),
    ("irc://example.org", PASSED),
]


@pytest.fixture
def site(tmp_path):
    """Return a site in which links can be put onto a page, and what looks at that."""
    for path, text in PAGES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def put(folder: Path, *addresses: str, page: str = "guide/links.html", before: str = "") -> None:
    links = "\n".join(f'<a href="{each}">link</a>' for each in addresses)
    (folder / page).write_text(f'{before}<p id="here">\n{links}\n', encoding="utf-8")


def url_of(judged):
    return judged.claim.url


def outcome(seen, address):
    """Return what an address on the page of links came to."""
    for judged in seen.judged:
        if judged.claim.place.file == "guide/links.html" and url_of(judged) == address:
            match judged.verdict:
                case Holds():
                    return HELD
                case Refuted((found,)):
                    assert found.place == judged.claim.place
                    assert found.place.line > 1
                    return found.code
                case Unable(_, code):
                    return code
    return ASKED if seen.links else PASSED


@pytest.mark.parametrize(("address", "expected"), CASES)
def test_what_an_address_comes_to(site, address, expected):
    put(site, address)
    assert outcome(look(site, 1), address) == expected


def test_text_that_a_page_lacks_is_missed(site):
    put(site, "start.html#:~:text=words%20nobody%20wrote")
    assert outcome(look(site, 1), "start.html#:~:text=words%20nobody%20wrote") == Code.ANCHOR_MISSING


@pytest.mark.parametrize("every", [False, True])
def test_every_place_of_what_is_amiss_is_told_and_of_what_holds_where_wanted(site, every):
    put(site, "gone.html", "start.html", "gone.html", "start.html", "./start.html")
    put(site, "gone.html", "start.html", page="guide/more.html", before='<!-- <a href="gone.html"> -->')
    judged = [each for each in look(site, 1, every=every).judged if each.claim.place.file.startswith("guide/")]
    told = [
        ("./start.html", "guide/links.html:6"),
        ("gone.html", "guide/links.html:2"),
        ("gone.html", "guide/links.html:4"),
        ("gone.html", "guide/more.html:2"),
        ("start.html", "guide/links.html:3"),
        ("start.html", "guide/links.html:5"),
        ("start.html", "guide/more.html:3"),
    ]
    if not every:
        told = [each for each in told if "start" not in each[0]]
        told += [("./start.html", "guide/links.html"), ("start.html", "guide/links.html")]
    assert sorted((url_of(each), str(each.claim.place)) for each in judged) == sorted(told)


@pytest.mark.parametrize("every", [False, True])
def test_what_holds_is_told_as_it_is_written_and_by_what_it_leads_to(site, every):
    put(site, "start.html", "../guide/start.html", "/guide/start.html", "#here")
    put(site, "start.html", "#here", page="guide/more.html")
    put(site, "start.html", page="sub/start.html")
    seen = look(site, 1, every=every)
    holding = [(each, each.verdict) for each in seen.judged]
    assert {(url_of(each), verdict.detail) for each, verdict in holding if isinstance(verdict, Holds)} == {
        ("start.html", "guide/start.html"),
        ("../guide/start.html", "guide/start.html"),
        ("/guide/start.html", "guide/start.html"),
        ("#here", "guide/links.html#here"),
        ("#here", "guide/more.html#here"),
        ("start.html", "sub/start.html"),
    }


def test_links_that_lead_out_of_the_site_keep_what_is_written(site):
    put(site, "../../other/", "//example.org/a", "https://example.org/a")
    links = look(site, 1, home("https://docs.example.org/proj/")).links
    assert [(link.url, link.written) for link in links] == [
        ("https://docs.example.org/other/", "../../other/"),
        ("https://example.org/a", "//example.org/a"),
        ("https://example.org/a", ""),
    ]


def test_links_to_the_web_are_told_with_all_their_places(site):
    put(
        site,
        "https://example.org/a",
        "//example.org/b c#d e",
        "start.html",
        "https://example.org/a",
        " HTTPS://example.org\\x",
    )
    put(site, "https://example.org/a", page="guide/more.html", before='<script>"https://example.org/a"</script>')
    assert {(link.url, str(link.place)) for link in look(site, 1).links} == {
        ("https://example.org/a", "guide/links.html:2"),
        ("https://example.org/a", "guide/links.html:5"),
        ("https://example.org/a", "guide/more.html:2"),
        ("https://example.org/b%20c#d%20e", "guide/links.html:3"),
        ("https://example.org/x", "guide/links.html:6"),
    }


INSTEAD = "Link to what is there (the file guide/start.html, perhaps), or remove the link."
ADVICE = "Link to a section that the page has, or to the page as a whole."


def test_messages_name_what_is_there(site):
    put(site, "strat.html", "start.html#tow", "../GUIDE/start.html")
    found = [each.verdict.findings[0] for each in look(site, 1).judged if isinstance(each.verdict, Refuted)]
    told = [str(each).removeprefix("The link ") for each in sorted(found, key=lambda each: each.place)]
    assert told == [
        "strat.html leads to guide/strat.html: the site has no such file. " + INSTEAD,
        "start.html#tow leads to the anchor tow of guide/start.html, which has none of that name. " + ADVICE,
        "../GUIDE/start.html leads to GUIDE/start.html: the site has no such file. " + INSTEAD,
    ]


def test_a_message_stays_on_its_line(site):
    put(site, "a\u2028b\u202e" + "c" * 300)
    message = str(next(each.verdict.findings[0] for each in look(site, 1).judged if isinstance(each.verdict, Refuted)))
    assert message.isprintable()
    assert len(message) < 700


def test_the_place_of_a_site_makes_its_own_urls_links_inside(site):
    mine = "https://docs.example.org/proj/"
    put(site, f"{mine}guide/start.html#one", f"{mine}gone.html", "/proj/index.html", "/index.html", "../../other/")
    seen = look(site, 1, home(mine))
    outcomes = [outcome(seen, each) for each in (f"{mine}guide/start.html#one", f"{mine}gone.html", "/proj/index.html")]
    assert outcomes == [HELD, Code.LINK_BROKEN, HELD]
    assert [(link.url, link.place.line) for link in seen.links] == [
        ("https://docs.example.org/index.html", 5),
        ("https://docs.example.org/other/", 6),
    ]


def test_canonical_addresses_hint_at_the_place_and_break_nothing(site):
    mine = "https://docs.example.org/proj/"
    addresses = [f"{mine}guide/start.html", f"{mine}gone.html", f"{mine}sub/#gone", "/proj/index.html", "/gone.html"]
    put(site, *addresses, "/notes.txt", before=f'<link rel="canonical" href="{mine}guide/links.html">')
    seen = look(site, 1)
    assert {outcome(seen, each) for each in (f"{mine}guide/start.html", "/proj/index.html", "/notes.txt")} == {HELD}
    assert [link.url for link in seen.links] == [
        "https://docs.example.org/gone.html",
        f"{mine}gone.html",
        f"{mine}sub/#gone",
    ]


def test_a_base_changes_where_a_page_links_to(site):
    put(site, "start.html", "#one", "index.html", before='<base href="/guide/start.html">')
    seen = look(site, 1)
    assert [outcome(seen, each) for each in ("start.html", "#one", "index.html")] == [HELD, HELD, Code.LINK_BROKEN]


def test_a_base_elsewhere_makes_links_of_the_web_of_all(site):
    put(site, "start.html", before='<base href="https://example.org/">')
    assert [link.url for link in look(site, 1).links] == ["https://example.org/start.html"]


def test_pages_of_one_folder_do_not_share_what_depends_on_the_page(site):
    put(site, "?x#here", "?x", "#here")
    put(site, "?x#here", "?x", "#there", page="guide/more.html", before='<p id="there">')
    (site / "guide/z.html").write_text('<a href="?x#here">')
    refuted = [str(each.claim.place) for each in look(site, 1).judged if isinstance(each.verdict, Refuted)]
    assert refuted == ["guide/z.html:1"]


def test_what_cannot_be_read_is_told_and_nothing_is_said_of_its_anchors(site, monkeypatch):
    monkeypatch.setattr("affidavit.links.site.scan.LARGEST", 300)
    (site / "large.html").write_text("<p>" + "x" * 300)
    put(site, "../large.html", "../large.html#x")
    seen = look(site, 1)
    assert [outcome(seen, each) for each in ("../large.html", "../large.html#x")] == [HELD, Code.LINK_UNABLE]
    assert [(str(each.place), each.code) for each in seen.problems] == [("large.html", Code.LINK_UNABLE)]


def test_a_link_that_leaves_the_folder_by_a_symbolic_link_is_not_told_broken(site):
    (site / "guide" / "out").symlink_to("/")
    put(site, "out/etc/passwd")
    assert outcome(look(site, 1), "out/etc/passwd") == Code.LINK_UNABLE


@pytest.mark.parametrize("jobs", [1, 2])
def test_all_faults_of_a_large_site_are_found_and_none_is_invented(tmp_path, jobs, monkeypatch):
    monkeypatch.setattr("affidavit.links.site.scan._WORTH_IT", 1)
    tree = build(tmp_path / "site", pages=60, links=20, faults=25)
    seen = look(tmp_path / "site", jobs)
    refuted = [
        (each.claim.place, url_of(each), each.verdict) for each in seen.judged if isinstance(each.verdict, Refuted)
    ]
    found = {(place.file, place.line, url): verdict.findings[0].code for place, url, verdict in refuted}
    codes = {True: Code.ANCHOR_MISSING, False: Code.LINK_BROKEN}
    assert found == {(each.file, each.line, each.href): codes[each.anchor] for each in tree.faults}
    assert len(refuted) == len(tree.faults) == 50
    assert (seen.pages, seen.links, seen.problems) == (61, (), ())
    assert {type(each.verdict) for each in seen.judged} == {Holds, Refuted}
