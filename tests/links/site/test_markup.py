"""What pages hold, whatever stands around it, and on which lines."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from affidavit.links.site.lines import lines_of, lines_of_counted
from affidavit.links.site.markup import Markup, parse, read_markup
from affidavit.links.site.page import is_template
from affidavit.links.site.tags import tags

ADDRESSES = [
    ("<a href=a.html>", {"a.html"}),
    ("<A HREF='a.html'>", {"a.html"}),
    ('<a href="a.html?x=1&amp;y=2">', {"a.html?x=1&y=2"}),
    ('<a href="a.html?x=1&copy=2&lt">', {"a.html?x=1&copy=2<"}),
    ('<a href="&#97;&#x62;.html">', {"ab.html"}),
    ('<a href="a.html" href="b.html">', {"a.html"}),
    ('<a\n\thref\n=\n"a.html"\n>', {"a.html"}),
    ("<a href=a.html/>", {"a.html/"}),
    ('<a href="">', set()),
    ("<a href>", set()),
    ("<a name=x>", set()),
    ('<map><area href="a.html"></map>', {"a.html"}),
    ('<link rel="stylesheet" href="a.css">', {"a.css"}),
    ('<link rel="icon shortcut" href="a.ico"><link href=b.css>', {"a.ico", "b.css"}),
    ('<link rel="Preconnect" href="//a.example">', set()),
    ('<link rel="dns-prefetch" href="//a.example">', set()),
    ('<link rel="canonical" href="https://a.example/x">', set()),
    ('<img src="a.png" srcset="b.png 1x, c.png 2x">', {"a.png", "b.png", "c.png"}),
    ('<img srcset="a,b.png, , c.png,d.png 100w,e.png calc(1px, 2px) 3x,  f.png ,">',
     {"a,b.png", "c.png,d.png", "e.png", "f.png"}),
    ('<img srcset="a.png, b.png 2x">', {"a.png", "b.png"}),
    ('<img srcset=" , ,, ">', set()),
    ('<picture><source srcset="a.webp"></picture>', {"a.webp"}),
    ('<script src="a.js"></script>', {"a.js"}),
    ('<iframe src="a.html"></iframe><embed src="b.svg"><object data="c.svg"></object>', {"a.html", "b.svg", "c.svg"}),
    ('<video src="a.mp4" poster="b.png"><track src="c.vtt"></video>', {"a.mp4", "b.png", "c.vtt"}),
    ("<audio><source src=a.ogg></audio>", {"a.ogg"}),
    ('<frameset><frame src="a.html"></frameset>', {"a.html"}),
    ('<form action="a.html"></form><form method=GET action="b.html"></form>', {"a.html", "b.html"}),
    ('<form method="post" action="a.php"></form>', set()),
    ('<svg><use href="a.svg#b"/><image href="c.png"/><a href="d.html"></a></svg>', {"a.svg#b", "c.png", "d.html"}),
    ('<meta http-equiv="Refresh" content="0; URL=\'a.html\'">', {"a.html"}),
    ('<meta http-equiv="refresh" content="30">', set()),
    ('<meta name="refresh" content="0; url=a.html">', set()),
    ('<blockquote cite="a.html">', set()),
    ('<base href="sub/"><a href="a.html">', {"a.html"}),
    ("<div href=a.html>", set()),
    ('<!-- <a href="a.html"> --><a href="b.html">', {"b.html"}),
    ('<!--><a href="a.html"><!-- --!><a href="b.html">', {"a.html", "b.html"}),
    ('<!-- <a href="a.html">', set()),
    ('<!doctype html><a href="a.html"><?php <a href="b.html"> ?>', {"a.html"}),
    ("<script>'<a href=\"a.html\">'</script><a href=b.html>", {"b.html"}),
    ("<style><a href=a.html></style><title><a href=b.html></title><textarea><a href=c.html></textarea>", set()),
    ("<template><a href=a.html><template></template><a href=b.html></template><a href=c.html>", {"c.html"}),
    ("<noscript><a href=a.html></noscript>", {"a.html"}),
    ("<a href=\"a.html' id=x>", set()),
    ('<svg><a xlink:href="a.html"><g id=x></g></a><use xlink:href="b.svg#c"/><image XLink:href=d.png /></svg>',
     {"a.html", "b.svg#c", "d.png"}),
    ('<svg><a xlink:href=""></a><filter xlink:href="#f"/></svg>', set()),
    ('<a id=x xlink:href="a.html">', set()),
    ("<a href=a.html", set()),
    ("<div <a href=a.html>", set()),
    ('<a title="<a href=\'a.html\'>">', set()),
    ("</a href=a.html>", set()),
    ("< a href=a.html>", set()),
    ('<a data-href="a.html" xhref="b.html">', set()),
    ('<a href="https://a.example/" title="x"><a href=//b.example><a href="\\\\c.example">',
     {"https://a.example/", "//b.example", "\\\\c.example"}),
    ('<a href=" https://a.example/\n">', {" https://a.example/\n"}),
    ("<a href='a\r\nb.html'>", {"a\nb.html"}),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), ADDRESSES)
def test_addresses(html, expected):
    read = read_markup(parse(html))
    assert {*read.inside, *read.absolute} == expected


@pytest.mark.parametrize(("html", "expected"), [each for each in ADDRESSES if each[1]])
def test_the_line_of_each_address_is_found(html, expected):
    page = f"<!-- {html.partition('>')[0]} -->\n<p>\n\n{html}"
    found = lines_of(page, expected)
    assert all(min(lines) >= 4 for lines in found.values())
    read = read_markup(parse(page))
    counted = dict.fromkeys([*read.inside, *read.absolute], 1) | dict(read.repeated)
    assert lines_of_counted(page, counted) == found


ANCHORS = [
    ('<p id="a"><p id=b c><P ID=\'d e\'><p id="ü&amp;">', ["a", "b", "d e", "ü&"]),
    ('<a name="a"></a><a id="b" name="c">', ["a", "b", "c"]),
    ('<input name="a"><meta name="b"><map name="c">', []),
    ('<!-- <p id="a"> --><script id="b">"<p id=c>"</script>', ["b"]),
    ('<template id="a"><p id="b"></template>', ["a"]),
    ("<svg><g id=a></svg>", ["a"]),
    ('<p id=""><p id><p id=a><p id=a>', ["", "a"]),
]


@pytest.mark.parametrize(("html", "expected"), ANCHORS)
def test_anchors(html, expected):
    assert list(read_markup(parse(html)).anchors) == expected


def test_what_a_page_says_of_itself():
    html = '<base><base href="a/"><base href="b/"><link rel="x CANONICAL" href="https://a.example/c">'
    assert read_markup(parse(html)) == Markup((), (), base="a/", canonical="https://a.example/c")


def test_a_base_counts_wherever_it_stands_and_a_canonical_address_at_the_head():
    html = '<body><p><base href="a/"><link rel="canonical" href="https://a.example/c">'
    assert read_markup(parse(html)) == Markup((), (), base="a/")


def test_a_page_with_two_canonical_addresses_has_none():
    assert read_markup(parse("<link rel=canonical href=a><link rel=canonical href=b>")).canonical == ""


def test_how_often_an_address_stands_there_is_counted():
    html = "<a href=a><a href=b><a href=a><img src=a><a href=//c><a href=//c>"
    assert read_markup(parse(html)) == Markup((), ("a", "b"), ("//c",), (("a", 3), ("//c", 2)))


def test_of_both_forms_of_an_address_in_a_drawing_the_newer_one_counts():
    """Where the parser does not tell them apart, as selectolax 0.4.0, which drops the namespace, it is the last one."""
    (probed,) = parse('<svg><a xlink:href="x"></a></svg>').css("a")
    expected = "a.html" if "xlink:href" in probed.attributes else "b.html"
    read = read_markup(parse('<svg><a href="a.html" xlink:href="b.html"></a></svg>'))
    assert read.inside == (expected,)


def test_in_xml_elements_end_where_they_begin():
    xml = (
        '<html><head><title/><script src="a.js"/></head><body><iframe/><a id="x"/><a href="b.html">b</a></body></html>'
    )
    read = read_markup(parse(xml, xml=True))
    assert (read.inside, read.anchors) == (("a.js", "b.html"), ("x",))
    assert read_markup(parse(xml)).inside == ()


LINES = """\
<p><a href="a">1</a>
<a href='a'>2</a> <a href="a">2</a>
<!-- <a href="a"> -->
<a
  href=a
  title="b">4</a>
<img srcset="b 1x,
c 2x"><img data-src="a" src="d?x&y">
<template><template><a href="a"></template>
<a href="a"></template>
<script>"<a href='a'>"</script> <title><a href="a"></title> <a href="a">11</a>
<svg><a xlink:href="f">12</a></svg>
"""


def test_every_place_of_an_address_has_its_line():
    assert lines_of(LINES, ["a", "b", "c", "d?x&y", "e", "f"]) == {
        "a": (1, 2, 2, 5, 11),
        "b": (7,),
        "c": (7,),
        "d?x&y": (8,),
        "e": (0,),
        "f": (12,),
    }


COUNTED = [
    ('<a href="a">\n<a href="a">', {"a": 2}, {"a": (1, 2)}),
    ('<!-- <a href="a"> -->\n<a href="a">', {"a": 1}, {"a": (2,)}),
    ('<a data-x="a">\n<a href="a">', {"a": 1}, {"a": (2,)}),
    ('\n<a href="a?b=1&amp;c=2"><a href="a?b=1&c=2">', {"a?b=1&c=2": 2}, {"a?b=1&c=2": (2, 2)}),
    ("\n\n<a href=a>", {"a": 1}, {"a": (3,)}),
    ("\n<a href='&#97;'>\n<a href='b'>", {"a": 1, "b": 1}, {"a": (2,), "b": (3,)}),
]


@pytest.mark.parametrize(("html", "wanted", "expected"), COUNTED)
@pytest.mark.parametrize("few", [0, 10])
def test_lines_are_the_same_where_they_are_found_faster(monkeypatch, html, wanted, expected, few):
    monkeypatch.setattr("affidavit.links.site.lines._FEW", few)
    assert lines_of_counted(html, wanted) == expected


def test_many_addresses_are_found_in_one_pass(monkeypatch):
    monkeypatch.setattr("affidavit.links.site.lines._quoted", lambda *_: pytest.fail("the page was searched"))
    monkeypatch.setattr("affidavit.links.site.lines.lines_of", lambda *_: pytest.fail("all tags were read"))
    names = [f"a?{number}&b" for number in range(50)]
    html = "\n".join(f"<a href=\"{name.replace('&', '&amp;')}\"><img src='{name}'>" for name in names)
    assert lines_of_counted(html, dict.fromkeys(names, 2)) == {
        name: (number, number) for number, name in enumerate(names, start=1)
    }


PIECES = st.sampled_from(
    ['<a href="a.html">', "<a href=b.html>", "<!--", "-->", "<template>", "</template>", "<script>", "</script>", "/",
     '"', "'", ">", "<p id=x>", "<title>", "</title>", "<img src='c.png' srcset=\"d.png 2x\">", "&amp;", "=", "<",
     "<a\nhref\n=\n'e.html'>", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
@example("<a href='")
@example("<template><template></template><a href=b.html></template><a href=b.html>")
def test_the_lines_of_a_page_are_those_of_what_it_holds(html):
    read = read_markup(parse(html))
    for lines in lines_of(html, {*read.inside, *read.absolute}).values():
        assert min(lines) >= 1
        assert max(lines) <= html.count("\n") + 1


@given(st.text(alphabet=st.characters(codec="utf-8")))
@example('<a href="&#xD800;&#0;\0">')
@example("<a =b =c==d / /x='")
def test_no_text_makes_reading_raise(text):
    for xml in (False, True):
        read = read_markup(parse(text, xml=xml))
        lines_of_counted(text, dict.fromkeys([*read.inside, *read.absolute], 1))
    assert all(0 <= value.at <= len(text) for tag in tags(text) for value in tag.attributes.values())


ENDLESS = [
    "<!--" * 20_000,
    "<a " * 50_000,
    '<a href="' * 20_000,
    "<template>" * 5_000,
    "<a" + " x" * 2_000,
    "<script>" * 20_000,
    f'<img srcset="{" ," * 50_000}">',
    f'<meta http-equiv=refresh content="{" " * 50_000}">',
    f"<img srcset='{'(' * 50_000}'>",
    "<a href=x&" + "a" * 100_000,
    " " * 100_000 + "<!-- -->" * 10_000,
]


@pytest.mark.parametrize("html", ENDLESS, ids=range(len(ENDLESS)))
def test_no_text_takes_more_time_than_its_length_is_worth(html):
    read = read_markup(parse(html))
    lines_of(html, {*read.inside, "x"})
    assert not is_template(html)


TEMPLATES = [
    ("{% extends 'x' %}<a href=a>", True),
    ("{# note #}", True),
    ("\n<!-- made -->\n<!-- {% --> {{ x }}", True),
    ("<%= x %>", True),
    ("<!doctype html>{% x %}", False),
    ("<!-- {% x %} --><p>", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), TEMPLATES)
def test_templates_are_told_from_pages(text, expected):
    assert is_template(text) is expected
