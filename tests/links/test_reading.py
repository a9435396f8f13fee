"""What is seen of bodies, whatever they are and however they come."""

from __future__ import annotations

import gzip
import json
import string
import tracemalloc
import zlib
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from affidavit.links.marks import Mark, MarkKind
from affidavit.links.reading import BUDGET, Reader

HTML = "text/html"


def mark(kind, text):
    return Mark(MarkKind(kind), text)


def read(body, *marks, media=HTML, charset="", ended=True):
    reader = Reader(marks, media, charset)
    reader.feed(body)
    return reader.seen(ended=ended)


def tells(body, kind, text, media=HTML, charset=""):
    """Return whether a mark is present, absent (False), or cannot be told (None)."""
    wanted = mark(kind, text)
    page = read(body, wanted, media=media, charset=charset)
    if str(wanted) in page.present:
        return True
    return False if str(wanted) in page.absent else None


ANCHORS = [
    ("id", '<p id="part">', "part", True),
    ("id without quotes", "<p id=part>", "part", True),
    ("id of another case", '<p id="Part">', "part", False),
    ("attribute of another case", '<P ID="part">', "part", True),
    ("no such id", '<p id="parts">', "part", False),
    ("name of an anchor", '<a name="part">', "part", True),
    ("name of something else", '<input name="part"><map name="part">', "part", False),
    ("id with an entity", '<p id="caf&eacute;">', "caf%C3%A9", True),
    ("id with a number", '<p id="caf&#xe9;">', "caf%C3%A9", True),
    ("not encoded", '<p id="café">', "café", True),
    ("as it is, before it is decoded", '<p id="a%20b">', "a%20b", True),
    ("decoded", '<p id="a b">', "a%20b", True),
    ("an ampersand", '<p id="a&amp;b">', "a&b", True),
    ("quotes", """<p id='say "a\\b"'>""", "say%20%22a%5Cb%22", True),
    ("brackets", '<p id="f(int)">', "f(int)", True),
    ("a new line", '<p id="a\nb">', "a%0Ab", True),
    ("bytes that are no UTF-8", '<p id="\ufffd">', "%FF", True),
    ("in a comment", '<!-- <p id="part"> -->', "part", False),
    ("in a comment with a dash", '<!-- > -- <p id="part"> -->', "part", False),
    ("behind an empty comment", '<!--> <p id="part"> -->', "part", True),
    ("in a script", """<script>s = '<p id="part">'</script>""", "part", False),
    ("in a style", """<style>s { content: '<p id="part">' }</style>""", "part", False),
    ("in a template", '<template><p id="part"></template>', "part", False),
    ("in a template in a template", '<template><template><p id="part"></template></template>', "part", False),
    ("in noscript", '<noscript><p id="part"></noscript>', "part", False),
    ("in noscript in noscript", '<noscript><noscript><p id="part"></noscript></noscript>', "part", False),
    ("in a text area", '<textarea><p id="part"></textarea>', "part", False),
    ("in a title", '<title><p id="part"></title>', "part", False),
    ("in an attribute", """<p title='<p id="part">'>""", "part", False),
    ("in noscript, in the head", '<head><noscript><p id="part"></noscript><title>t</title>', "part", False),
    ("behind noscript, with a style in it", '<NoScript><style></style></NOSCRIPT ><p id="part">', "part", True),
    ("in a frame", '<iframe><p id="part"></iframe>', "part", False),
    ("in CDATA, which HTML takes for a comment", '<![CDATA[<p id="part">]]>', "part", False),
    ("of a script", '<script id="part">text</script>', "part", True),
    ("of a frame", '<iframe id="part"></iframe>', "part", True),
    ("in a drawing", '<svg><g id="part"/></svg>', "part", True),
    ("in a table, where it has no place", '<table><p id="part"></table>', "part", True),
    ("of a frameset", '<frameset><frame id="part"></frameset>', "part", True),
    ("twice", '<p id="part"><p id="part">', "part", True),
    ("a second id", '<p id="other" id="part">', "part", False),
    ("data-id", '<p data-id="part">', "part", False),
    ("unfinished", '<p id="part"', "part", False),
    ("an empty page", "", "part", False),
]


@pytest.mark.parametrize(("page", "fragment", "there"), [row[1:] for row in ANCHORS], ids=[row[0] for row in ANCHORS])
def test_which_anchors_a_page_has(page, fragment, there):
    assert tells(page.encode(), "anchor", fragment, charset="utf-8") is there


XML = [
    ("application/xhtml+xml", '<html xmlns="http://www.w3.org/1999/xhtml"><script src="a"/><p id="part"/></html>'),
    ("text/xml", '<?xml version="1.0"?><html><title/><a name="part"/></html>'),
    ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><g id="part"/></svg>'),
]


@pytest.mark.parametrize(("media", "page"), XML)
def test_pages_in_xml_have_anchors(media, page):
    assert tells(page.encode(), "anchor", "part", media=media) is True
    assert tells(page.encode(), "anchor", "other", media=media) is False


CHARSETS = [
    ("UTF-8", "café", "utf-8", "", b""),
    ("latin-1, by the head", "café", "latin-1", "iso-8859-1", b""),
    ("latin-1, by meta", "café", "latin-1", "", b"<meta charset=ISO-8859-1>"),
    (
        "latin-1, by http-equiv",
        "café",
        "latin-1",
        "",
        b'<meta http-equiv="Content-Type" content="text/html;charset=latin1">',
    ),
    ("Windows, unsaid", "€fé", "cp1252", "", b""),
    ("Shift JIS, by the head", "目次", "cp932", "shift_jis", b""),
    ("EUC, by meta", "目次", "euc_jp", "", b'<meta charset="euc-jp">'),
    ("GBK, as gb2312", "目录", "gb18030", "gb2312", b""),
    ("UTF-16 with a mark", "目次", "utf-16", "", b""),
    ("UTF-16, by the head", "目次", "utf-16-le", "utf-16", b""),
    ("the mark before the head", "目次", "utf-8-sig", "iso-8859-1", b""),
    ("the head before meta", "café", "utf-8", "utf-8", b"<meta charset=iso-8859-1>"),
    ("meta in a comment", "café", "utf-8", "", b"<!-- <meta charset=iso-8859-1> -->"),
    ("no such charset", "café", "utf-8", "nonsense", b""),
    ("a codec that is no charset", "café", "utf-8", "rot13", b""),
    ("cyrillic", "глава", "koi8-r", "koi8-r", b""),
]


@pytest.mark.parametrize(
    ("name", "codec", "charset", "meta"), [row[1:] for row in CHARSETS], ids=[r[0] for r in CHARSETS]
)
def test_anchors_in_all_encodings(name, codec, charset, meta):
    body = f'{meta.decode()}<p id="{name}">'.encode(codec)
    assert tells(body, "anchor", name, charset=charset) is True


def test_an_xml_declaration_says_the_encoding():
    page = '<?xml version="1.0" encoding="iso-8859-1"?><svg><g id="é"/></svg>'.encode("latin-1")
    assert tells(page, "anchor", "%C3%A9", media="image/svg+xml") is True


BLOB = json.dumps({"payload": [{"richText": '<h2><a id="user-content-install" name="user-content-x"></a></h2>'}]})
RENDERED = [
    ("as it is", '<p id="install">', True),
    ("behind the prefix", '<a id="user-content-install">', True),
    ("a name behind the prefix", '<a name="user-content-install">', True),
    ("another one", '<a id="user-content-other">', False),
    ("no text is shown", "<p>Loading</p>", None),
    ("in data", f'<script type="application/json">{BLOB}</script>', True),
    (
        "in data that is escaped",
        f'<script type="application/json">{BLOB.replace("<", chr(92) + "u003c")}</script>',
        True,
    ),
    ("in data, another one", f'<script type="application/json">{BLOB.replace("install", "other")}</script>', False),
    ("in a program", "<script>s = '<a id=\"user-content-install\">'</script>", None),
    ("in broken data", '<script type="application/json">{"user-content-install</script>', None),
]


@pytest.mark.parametrize(("page", "there"), [row[1:] for row in RENDERED], ids=[row[0] for row in RENDERED])
def test_sections_on_code_hosts(page, there):
    assert tells(page.encode(), "rendered", "install") is there


TEXT = "<h1>The <b>big</b> Title</h1><p>Some words,<br>an<i>other</i> line</p><ul><li>one</li><li>two</li></ul>"
TEXTS = [
    ("big%20title", True),
    ("BIG%20TITLE", True),
    ("big", True),
    ("bi", False),
    ("another%20line", True),
    ("words,%20another", True),
    ("words%2C%20another", True),
    ("title%20some", False),
    ("one%20two", False),
    ("one,two", True),
    ("two,one", False),
    ("the-,big,-title", True),
    ("a-,big", False),
    ("title-,some", True),
    ("big,-title", True),
    ("big,-words", False),
    ("some,line,-one", True),
    ("some,line,-two", False),
    ("%20big%20%20title", True),
    ("script", False),
]


@pytest.mark.parametrize(("text", "there"), TEXTS)
def test_the_words_of_a_text_fragment_are_looked_for(text, there):
    page = f"<script>script</script><!-- comment -->{TEXT}"
    assert tells(page.encode(), "text", text) is there
    assert tells(TEXT.encode(), "text", "%20") is None


WORDS = [
    ("mod_proxy_uwsgi", "<p>mod-proxy-uwsgi</p>", True),
    ("mod_proxy_uwsgi", "<p>The mod proxy uWSGI.</p>", True),
    ("mod_proxy_uwsgi", "<p>modproxyuwsgi</p>", True),
    ("web server", "<p>A webserver</p>", True),
    ("webserver", "<p>A web server</p>", False),
    ("web server", "<p>web servers</p>", False),
    ("web server", "<p>cobweb server</p>", False),
    ("uWSGI", "<title>UWSGI docs</title>", True),
    ("uWSGI", '<meta name="Description" content="All about uWSGI">', True),
    ("uWSGI", '<meta name="keywords" content="uWSGI">', False),
    ("uWSGI", "<script>uWSGI</script><!-- uWSGI --><style>uWSGI</style>", False),
    ("uWSGI", "<p><template>uWSGI</template><noscript>uWSGI</noscript><iframe>uWSGI</iframe>", False),
    ("uWSGI", "<p>u<b>WSGI</b></p>", True),
    ("uWSGI", "<p>u</p><p>WSGI</p>", False),
    ("chunked transfer", "<td>Chunked</td><td>transfer</td>", True),
    ("Größe", "<p>GRÖSSE</p>", True),
    ("ﬁle", "<p>file</p>", True),
    ("transfer", "<p>trans&shy;fer</p>", True),
    ("負荷分散", "<p>これは負荷分散です</p>", True),
    ("++", "<p>word</p>", None),
]


@pytest.mark.parametrize(("term", "page", "there"), WORDS)
def test_whether_a_page_speaks_of_a_term(term, page, there):
    assert tells(page.encode(), "word", term) is there


OTHERS = [
    ("text/plain", b"a\nb\n", "line", "2", True),
    ("text/plain", b"a\nb\n", "line", "3", False),
    ("text/plain", b"a\nb", "line", "2", True),
    ("text/plain", b"", "line", "1", False),
    ("text/plain", b"one two", "word", "Two", True),
    ("text/plain", b"one two", "text", "one%20two", True),
    ("text/plain", b"one two", "anchor", "L10", None),
    ("text/plain", b"<p id=part>", "anchor", "part", None),
    ("text/markdown", b"# About uWSGI", "word", "uwsgi", True),
    ("application/json", b'{"a": "uWSGI"}', "word", "uwsgi", True),
    ("application/problem+json", b'{"a": "uWSGI"}', "word", "nginx", False),
    ("text/html", b"a\nb\n", "line", "1", None),
    ("text/html", b"<p>", "page", "2", None),
    ("text/html", b"<p id='page=2'>", "page", "2", True),
    ("image/png", b"\x89PNG\r\n", "anchor", "part", None),
    ("image/png", b"\x89PNG\r\n", "word", "png", None),
    ("", b"  <!DOCTYPE html><p id=part>", "anchor", "part", True),
    ("application/octet-stream", b"a\nb\n", "line", "2", True),
    ("application/octet-stream", b"\0\1\2\n", "line", "1", None),
    ("", "<p id=part>".encode("utf-16"), "anchor", "part", True),
]


@pytest.mark.parametrize(("media", "body", "kind", "text", "there"), OTHERS)
def test_what_other_bodies_can_tell(media, body, kind, text, there):
    assert tells(body, kind, text, media=media) is there


def test_without_marks_little_is_read():
    reader = Reader((), HTML, "utf-8")
    head = "<title>A &amp; B</title><h1>About <b>it</b></h1>" + "<p>word word</p>" * 100
    assert reader.feed(head.encode() * 2) is False
    assert reader.feed(b"more") is False
    assert reader.size == 0
    page = reader.seen(ended=False)
    assert (page.title, page.heading) == ("A & B", "About it")
    assert page.words > 20


def test_without_marks_not_more_is_read_than_the_top():
    reader = Reader((), HTML, "")
    fed = sum(
        len(piece)
        for piece in iter(lambda: b"<p>some words</p>" * 60 if reader.feed(b"<p>no top</p>" * 80) else b"", b"")
    )
    assert fed < 40_000


def test_a_page_that_seems_to_be_none_is_read_closely():
    reader = Reader((), HTML, "utf-8")
    assert reader.feed(b"<title>404 Not Found</title><h1>404</h1>" + b"<p>word word word</p>" * 2000) is True
    assert reader.seen(ended=True).words == 500


def test_reading_stops_where_all_marks_are_found():
    reader = Reader([mark("anchor", "one"), mark("word", "two")], HTML, "utf-8")
    assert reader.feed(b"<title>two</title><p id=one>" + b"<p>word</p>" * 5000) is False
    assert reader.seen(ended=False).present == ("anchor:one", "word:two")


def test_reading_goes_on_while_a_mark_is_missing():
    reader = Reader([mark("anchor", "one"), mark("anchor", "two")], HTML, "utf-8")
    assert reader.feed(b"<title>t</title><p id=one><!-- two -->" + b"<p>word</p>" * 5000) is True
    page = reader.seen(ended=False)
    assert (page.present, page.absent, page.whole) == (("anchor:one",), (), False)


def test_the_budget_bounds_what_is_held_and_known():
    reader = Reader([mark("anchor", "one")], HTML, "utf-8")
    piece = b"<p>some words</p>" * 10_000
    while reader.feed(piece):
        assert reader.size <= BUDGET
    assert reader.size == BUDGET
    page = reader.seen(ended=True)
    assert (page.present, page.absent, page.whole) == ((), (), False)


def test_line_marks_stop_at_their_line():
    reader = Reader([mark("line", "5")], "text/plain", "")
    assert reader.feed(b"line\n" * 1000) is False
    assert reader.seen(ended=False).present == ("line:5",)


TANGLES = [
    "".join(f"<b a={number}><p>" for number in range(4000)),
    "<div>" * 300_000,
    "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
]


@pytest.mark.parametrize("page", TANGLES, ids=["formatting", "depth", "attributes"])
def test_a_page_made_to_exhaust_parsers_is_not_parsed(page):
    assert tells(b"<p id=part>" + page.encode(), "anchor", "part") is None


def test_deep_pages_are_read():
    page = b"<div>" * 5000 + b"<noscript>" * 500 + b"</noscript>" * 500 + b"<h1 id=part>Deep</h1>"
    assert tells(page, "anchor", "part") is True
    assert tells(page, "word", "deep") is True


def pdf(*objects, head=b""):
    return (
        b"%PDF-1.7\n" + head + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1)) + b"%%EOF"
    )


def stream(content):
    data = zlib.compress(content)
    return b"<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)


ROOT = b"<< /Type /Pages /Kids [3 0 R] /Count 12 >>"
PDFS = [
    ("root", pdf(b"<< /Type /Catalog >>", ROOT), 12),
    ("count first", pdf(b"<</Count 12/Kids[<</A 1>>]/Type/Pages>>"), 12),
    ("nested before", pdf(b"<</Resources<</Font<<>>>>/Type/Pages/Count 12>>"), 12),
    ("nodes below", pdf(ROOT, b"<< /Type /Pages /Parent 1 0 R /Count 5 >>"), 12),
    ("bookmarks", pdf(ROOT, b"<< /Type /Outlines /Count 99 >>"), 12),
    ("in a stream of objects", pdf(stream(b"1 0 2 40 <</Type/Catalog>><</Type/Pages/Kids[]/Count 12>>")), 12),
    ("linearized", pdf(b"<< /Linearized 1 /L 999 /N 12 /T 5 >>"), 12),
    ("only indirect", pdf(b"<< /Type /Pages /Count 7 0 R >>"), None),
    ("a damaged stream", pdf(stream(b"")[:60]), None),
    ("encrypted", pdf(b"<</Type/ObjStm/Filter/FlateDecode>>stream\nxxxxxxxxxxx\nendstream"), None),
    ("only pages", pdf(b"<< /Type /Page >>"), None),
    ("a number that is too long", pdf(b"<< /Type /Pages /Count 99999999999 >>"), None),
]


@pytest.mark.parametrize(("body", "pages"), [row[1:] for row in PDFS], ids=[row[0] for row in PDFS])
def test_how_many_pages_a_pdf_has(body, pages):
    for media in ("application/pdf", "application/octet-stream", "text/html"):
        assert tells(body, "page", "12", media=media) is (True if pages else None)
        assert tells(body, "page", "13", media=media) is (False if pages else None)
    assert tells(body, "anchor", "chapter", media="application/pdf") is None


def test_a_linearized_pdf_is_known_at_once():
    reader = Reader([mark("page", "12")], "application/pdf", "")
    assert reader.feed(pdf(b"<< /Linearized 1 /N 12 >>") + b" " * 2000) is False
    assert reader.seen(ended=False).present == ("page:12",)


def test_a_pdf_that_explodes_is_not_inflated():
    bomb = pdf(*[stream(b"0" * 2**26)] * 3)
    tracemalloc.start()
    assert tells(bomb, "page", "2", media="application/pdf") is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**26


SCRIPTED = [
    ("an empty application", '<div id="root"></div><script src="app.js"></script>', True),
    ("one that loads", '<div id="app">Loading...</div><script>start()</script>', True),
    ("one that was filled", '<div id="root"><p>All the words of a page</p></div><script src="app.js"></script>', False),
    ("a wish", "<p>Hello</p><noscript>Please enable JavaScript.</noscript><script>start()</script>", True),
    ("nothing but a program", "<script>document.write('<p id=part>')</script>", True),
    ("a program elsewhere", "<p>Wait</p><script type=module src=app.js></script>", True),
    ("a small page", "<h1>Title</h1><p>Words.</p><script src=statistics.js></script>", False),
    ("a small page with a program", "<p>Words</p><script>s = '<p id=part>'</script>", False),
    ("a redirect", '<meta http-equiv="Refresh" content="0; URL=new.html"><p>Moved</p>', True),
    ("one that is shown anew", '<meta http-equiv="refresh" content="60"><p>Words</p>', False),
    ("data only", '<script type="application/ld+json">{}</script>', False),
    ("no program", '<div id="root"></div>', False),
    ("a long page", "<p>word</p>" * 100 + '<div id="app"></div><script src="a.js"></script>', False),
]


@pytest.mark.parametrize(("page", "scripted"), [row[1:] for row in SCRIPTED], ids=[row[0] for row in SCRIPTED])
def test_pages_that_scripts_make(page, scripted):
    assert read(page.encode(), mark("anchor", "part")).scripted is scripted
    assert read(page.encode()).scripted is scripted


TOPS = [
    ("<title> A\n title </title><h1>A <b>heading</b></h1>", "A title", "A heading"),
    ("<svg><title>drawing</title></svg><title>page</title>", "page", ""),
    ("<h2>second</h2><h1> </h1><h1>first</h1>", "", "first"),
    ("<h3>third</h3><h2>second</h2>", "", "second"),
    ("<noscript><h1>none</h1></noscript><h2>second</h2>", "", "second"),
    ("<!-- <title>old</title> --><title>new</title><!-- <h1>old</h1> --><h1>new</h1>", "new", "new"),
    (
        "<script>'<title>old</title>'</script><title>new</title><template><h1>old</h1></template><h1>new</h1>",
        "new",
        "new",
    ),
    ("<TITLE>Caf&eacute; &#8211; it&#39;s</TITLE><H1>Caf&eacute;</H1>", "Café – it's", "Café"),
    ("<title>" + "long " * 100 + "</title><h1>x</h1>", ("long " * 40).strip(), "x"),
]


@pytest.mark.parametrize(("page", "title", "heading"), TOPS)
def test_title_and_heading_are_the_same_for_a_quick_look_and_a_parser(page, title, heading):
    words = "<p>" + "word " * 100
    quick, parsed = read(f"{page}{words}".encode()), read(f"{page}{words}".encode(), mark("anchor", "x"))
    assert (quick.title, quick.heading) == (title, heading)
    assert (parsed.title, parsed.heading) == (title, heading)


def test_a_page_of_few_words_is_all_heading():
    assert read(b"404: Not Found", media="text/plain").heading == "404: Not Found"
    assert read(b"<p>There is no <b>such</b> page</p>").heading == "There is no such page"
    assert read(b"<p>" + b"word " * 50).heading == ""


def test_titles_in_other_encodings_are_read():
    page = "<title>目次について</title><h1>目次</h1>" + "<p>word</p>" * 60
    assert read(page.encode("cp932"), charset="shift_jis").title == "目次について"
    assert read(page.encode("utf-16")).title == "目次について"
    assert read(page.encode("iso2022_jp"), charset="iso-2022-jp").title == "目次について"


KINDS = st.builds(
    mark,
    st.sampled_from(MarkKind),
    st.text(string.ascii_letters + "%20-,é", min_size=1, max_size=8),
).filter(lambda each: each.kind not in (MarkKind.LINE, MarkKind.PAGE))
NUMBERS = st.builds(mark, st.sampled_from([MarkKind.LINE, MarkKind.PAGE]), st.integers(1, 99).map(str))
MARKS = st.sets(KINDS | NUMBERS, max_size=4)
MEDIA = st.sampled_from(
    ["", HTML, "text/plain", "application/pdf", "application/xhtml+xml", "image/png", "application/json"]
)
CHARSET = st.sampled_from(
    ["", "utf-8", "utf-16", "shift_jis", "gb18030", "iso-2022-jp", "idna", "hex", "undefined", "\0"]
)
SCRAPS = st.sampled_from(
    b"""< > <p_id= a " <!-- --> <script> </script> <template> </template> <noscript> </noscript> <svg> <title> </title>
    <h1> </h1> <table> <select> &#0; <b_a=1> </p> %PDF-1.7 /Type/Pages /Count_3 << >> /Type/ObjStm>>stream_ \x00 \xff
    \xfe user-content- <script_type="application/json">[" words_ <frameset> <plaintext> <meta_charset=""".split()
)
BODIES = st.binary(max_size=300) | st.lists(SCRAPS, max_size=60).map(
    lambda scraps: b"".join(scraps).replace(b"_", b"\n")
)


@given(body=BODIES, marks=MARKS, media=MEDIA, charset=CHARSET, ended=st.booleans())
@example(body=b"\xff\xfe\x00\xd8", marks=set(), media=HTML, charset="", ended=True)
@settings(max_examples=400, deadline=None)
def test_no_body_makes_a_reader_raise(body, marks, media, charset, ended):
    reader = Reader(marks, media, charset)
    reader.feed(body)
    page = reader.seen(ended=ended)
    names = set(map(str, marks))
    assert set(page.present) | set(page.absent) <= names
    assert not set(page.present) & set(page.absent)
    if page.whole:
        assert set(page.present) | set(page.absent) == names
    assert (sorted(page.present), sorted(page.absent)) == (list(page.present), list(page.absent))


@given(body=st.lists(BODIES, max_size=5).map(b"".join), cuts=st.lists(st.integers(0, 2000)), marks=MARKS, media=MEDIA)
@settings(max_examples=200, deadline=None)
def test_pieces_show_what_the_whole_shows(body, cuts, marks, media):
    piecewise = Reader(marks, media, "")
    bounds = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    more = all(piecewise.feed(body[start:end]) for start, end in pairwise(bounds))
    at_once = Reader(marks, media, "")
    wanted = at_once.feed(body)
    one, other = piecewise.seen(ended=more), at_once.seen(ended=wanted)
    assert (one.present, one.title) == (other.present, other.title)
    if more and wanted:
        assert one == other


NAMES = st.text(string.ascii_letters + "é.:_-", min_size=1, max_size=6)
HIDDEN = ["<!--{}-->", "<script>{}</script>", "<template>{}</template>", "<noscript>{}</noscript>", "<style>{}</style>"]


@given(shown=st.sets(NAMES, max_size=4), hidden=st.sets(NAMES, max_size=4), how=st.sampled_from(HIDDEN), data=st.data())
@settings(max_examples=100, deadline=None)
def test_an_id_that_is_written_is_found_and_one_that_is_hidden_is_not(shown, hidden, how, data):
    parts = [f'<p id="{name}">text</p>' for name in sorted(shown)]
    parts += [how.format(f'<p id="{name}">text</p>') for name in sorted(hidden)]
    page = read(
        "".join(data.draw(st.permutations(parts))).encode(),
        *(mark("anchor", name) for name in shown | hidden),
        charset="utf-8",
    )
    assert set(page.present) == {f"anchor:{name}" for name in shown}
    assert set(page.absent) == {f"anchor:{name}" for name in hidden - shown}


@given(size=st.integers(1, 10**5), pieces=st.integers(1, 60), marks=MARKS, media=MEDIA)
@settings(max_examples=30, deadline=None)
def test_no_more_is_held_than_the_budget(size, pieces, marks, media):
    reader = Reader(marks, media, "")
    for _ in range(pieces):
        reader.feed(b"x<p>" * (size // 4 + 1))
        assert reader.size <= BUDGET
    reader.seen(ended=False)


def test_a_compressed_page_is_not_the_readers_business():
    assert tells(gzip.compress(b"<p id=part>"), "anchor", "part", media="application/gzip") is None
