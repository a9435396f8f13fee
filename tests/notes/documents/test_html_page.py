"""Published pages: which anchors headings have, and what stands below them."""

import pytest

from affidavit.model.errors import SourceError
from affidavit.notes.documents.html_page import entries, parts, texts_at
from affidavit.notes.words import fold

ANCHORS = {
    "its own": ('<h2 id="x">Fixed</h2>', "x"),
    "a section": ('<section id="x"><h2>Fixed</h2></section>', "x"),
    "a section of old": ('<div class="section" id="x"><h2>Fixed</h2></div>', "x"),
    "the innermost section": ('<section id="y"><section id="x"><h2>Fixed</h2></section></section>', "x"),
    "a label and a title": ('<section id="fixed"><span id="x"></span><h2>Fixed</h2></section>', "x"),
    "a name before": ('<a name="x"></a><h2>Fixed</h2>', "x"),
    "a name in a paragraph before": ('<p><a name="x"></a></p><h2>Fixed</h2>', "x"),
    "a name within": ('<h2><a id="x"></a>Fixed</h2>', "x"),
    "of a code host": ('<h2 id="user-content-x">Fixed</h2>', "x"),
    "made of the title": ('<h2 id="fixed">Fixed</h2>', "fixed"),
    "made of a title that is there twice": ('<h2 id="fixed">Fixed</h2><h2 id="fixed-1">Fixed</h2>', ""),
    "a number alone": ('<section id="id12"><h2>Fixed</h2></section>', ""),
    "a number and a label": ('<section id="id12"><span id="x"></span><h2>Fixed</h2></section>', "x"),
    "a second one": ('<h2 id="fixed_1">Fixed</h2>', ""),
    "letters that the tool drops": ('<h2 id="anderungen">Änderungen</h2><h2 id="id1">Änderungen</h2>', ""),
    "none": ("<h2>Fixed</h2>", ""),
    "one of another paragraph": ('<p id="x">Words.</p><h2>Fixed</h2>', ""),
    "a version that ends in a number": ('<h2 id="v1-0-1">v1.0.1</h2><h2 id="v1-0">v1.0</h2>', "v1-0-1"),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "anchor"), ANCHORS.values(), ids=ANCHORS)
def test_the_anchor_of_the_first_heading(markup, anchor):
    assert parts(markup.encode())[0].anchor == anchor


UNSEEN = [
    "<!-- {} -->", "<script>{}</script>", "<style>{}</style>", "<template>{}</template>", "<nav>{}</nav>",
    "<aside>{}</aside>", "<footer>{}</footer>", '<div role="navigation">{}</div>', "<noscript>{}</noscript>",
    "<div hidden>{}</div>", "<textarea>{}</textarea>", "<iframe>{}</iframe>",
]  # fmt: skip


@pytest.mark.parametrize("around", UNSEEN)
def test_headings_that_are_none_of_the_page_are_not_seen(around):
    other = around.format("<h2>9.9.9</h2><h3>Fixed</h3>")
    found = entries(f"{other}<h2>1.0</h2><h3>Added</h3>{other}".encode())
    assert [(each.version, each.title) for each in found] == [("1.0", "Added")]


def test_signs_that_link_to_a_heading_are_no_part_of_it():
    markup = (
        '<h2>1.0<a class="headerlink" href="#x">Link here</a></h2><h3><a class="anchor">#</a>Fixed <b>it</b>all</h3>'
    )
    assert [each.title for each in entries(markup.encode())] == ["Fixed itall"]


TEXTS = {
    "a section": ('<section id="x"><h3>A</h3><p>one<b>two</b></p><h4>B</h4><li>three</li></section>', "onetwo b three"),
    "a heading": ('<h3 id="x">A</h3><p>one</p><p>two</p><h3>B</h3><p>three</p>', "one two"),
    "a label": ('<span id="x"></span><h3>A</h3>one<h2>B</h2>two', "one"),
    "within a heading": ('<h3><a name="x"></a>A</h3>one<h3>B</h3>', "one"),
    "a paragraph": ('<h3>A</h3>zero<p id="x">one</p><p>two</p><h4>B</h4>three<h3>C</h3>', "one two b three"),
    "up to the end of its section": ('<section><h3 id="x">A</h3>one</section><p>two</p>', "one"),
    "nothing below": ('<h3 id="x">A</h3>', ""),
    "not there": ("<h3>A</h3>", None),
}


@pytest.mark.parametrize(("markup", "text"), TEXTS.values(), ids=TEXTS)
def test_the_text_below_an_anchor(markup, text):
    found = texts_at(markup.encode(), ["x"])
    assert (fold(found["x"]) if "x" in found else None) == text


CHARSETS = [
    ("utf-8", ""),
    ("utf-8", '<meta charset="utf-8">'),
    ("utf-8-sig", ""),
    ("utf-16", ""),
    ("latin-1", ""),
    ("latin-1", '<meta charset="iso-8859-1">'),
    ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
    ("utf-8", '<meta charset="no-such">'),
    ("utf-8", '<meta charset="base64">'),
]


@pytest.mark.parametrize(("codec", "declared"), CHARSETS)
def test_the_encoding_is_told_by_the_page_or_guessed(codec, declared):
    markup = f"<html><head>{declared}</head><body><h2>1.0</h2><h3>Größe</h3>"
    assert [each.title for each in entries(markup.encode(codec))] == ["Größe"]


BAD = {
    "empty": (b" \n", "empty"),
    "binary": (b"<p>\0\0", "binary"),
    "no markup": (b"words", "no markup"),
    "no heading": (b"<p>1.0</p>", "no heading with a version"),
    "deep": (b"<div>" * 5000, "nested too deeply"),
    "formatting that is never closed": (b"".join(b"<b a=%d><p>" % each for each in range(2000)), "nested too deeply"),
    "attributes": (b"<p " + b"a=1 " * 100_000 + b">", "nested too deeply"),
    "tags": (b"<br>" * 500_000, "too much markup"),
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_what_is_no_page_or_too_much_is_refused(content, told):
    with pytest.raises(SourceError, match=told) as raised:
        entries(content)
    assert raised.value.advice


def test_a_page_that_is_as_deep_as_may_be_is_read():
    assert entries(b"<div>" * 1900 + b"<h2>1.0</h2><h3>A</h3>" + b"</div>" * 1900)
