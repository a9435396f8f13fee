"""What links point to within pages: one page with everything on it, asked for once, and pages of other kinds."""

from __future__ import annotations

from tests.links.behaviours.behaviour import HOLDS, Expected, Row, missing, row, unable
from tests.links.behaviours.wire import HTML, answer, markup, page

URL = "https://docs.openstack.org/glance/latest/configuration/anchors.html"

_SECTIONS = """
<h2 id="plain">Plain</h2> <a name="named">Named</a> <p name="paragraph">Not an anchor</p> <P ID="capitals">Tag</P>
<h2 id="für-uns">Unicode</h2> <h2 id="caf&eacute;&amp;bar">Entities</h2> <h2 id="a%20b">Percent</h2>
<h2 id="with space">Space</h2> <h2 id="CamelCase">Case</h2> <h2 id=unquoted>Unquoted</h2> <h2 id = 'spaced'>Spaced</h2>
<h2 id="twice">One</h2><h2 id="twice">Two</h2> <h2 id="日本語">Japanese</h2> <h2 id="&quot;quoted&quot;">Quotes</h2>
<h2 id="back\\slash">Backslash</h2> <h2 id="dot.and:colon">Dots</h2> <h2 id="1">Number</h2> <h2 id="page2">Page</h2>
<a href="#" name="n&auml;her">Named, with an entity</a> <a id="both" name="other">Both</a> <h2 id="&#x41;">A</h2>
<!-- <h2 id="in-comment">In a comment</h2> --> <p title='<h2 id="in-attribute">'>Attribute</p>
<script>document.write('<h2 id="in-script">')</script> <style>/* <h2 id="in-style"> */</style>
<template><h2 id="in-template">In a template</h2></template> <noscript><h2 id="in-noscript">None</h2></noscript>
<textarea><h2 id="in-textarea">In a text area</h2></textarea> <iframe><h2 id="in-iframe">In a frame</h2></iframe>
<svg><g id="in-svg"><title>Drawn</title></g></svg> <math><mi id="in-math">x</mi></math>
<table><tr><td><p id="in-table">Cell</p></td></tr></table> <details><p id="in-details">Folded</p></details>
<p data-id="data-only" class="class-only">Data</p> <h2 id="">Empty</h2> <dl><dt id="glance.api.v2">An object</dt></dl>
<p id="words">The <em>uwsgi</em> protocol is spoken by Apache&nbsp;httpd and nginx. Café is a word.</p>
<p>Another block.</p><p>Never<b>theless</b> it is one word.</p> <script>var only = "only in a script";</script>
<!-- only in a comment -->
"""

_CASES: tuple[tuple[str, Expected], ...] = (
    ("", HOLDS),
    ("#", HOLDS),
    ("#top", HOLDS),
    ("#TOP", HOLDS),
    ("#plain", HOLDS),
    ("#named", HOLDS),
    ("#paragraph", missing("section paragraph")),
    ("#capitals", HOLDS),
    ("#f%C3%BCr-uns", HOLDS),
    ("#für-uns", HOLDS),
    ("#f%c3%bcr-uns", HOLDS),
    ("#fur-uns", missing()),
    ("#caf%C3%A9&bar", HOLDS),
    ("#café%26bar", HOLDS),
    ("#a%20b", HOLDS),
    ("#with%20space", HOLDS),
    ("#with-space", missing()),
    ("#CamelCase", HOLDS),
    ("#camelcase", missing()),
    ("#unquoted", HOLDS),
    ("#spaced", HOLDS),
    ("#twice", HOLDS),
    ("#%E6%97%A5%E6%9C%AC%E8%AA%9E", HOLDS),
    ("#日本語", HOLDS),
    ("#%22quoted%22", HOLDS),
    ("#back%5Cslash", HOLDS),
    ("#dot.and:colon", HOLDS),
    ("#1", HOLDS),
    ("#page2", HOLDS),
    ("#n%C3%A4her", HOLDS),
    ("#both", HOLDS),
    ("#other", HOLDS),
    ("#A", HOLDS),
    ("#in-comment", missing("section in-comment")),
    ("#in-attribute", missing()),
    ("#in-script", missing()),
    ("#in-style", missing()),
    ("#in-template", missing()),
    ("#in-noscript", missing()),
    ("#in-textarea", missing()),
    ("#in-iframe", missing()),
    ("#in-svg", HOLDS),
    ("#in-math", HOLDS),
    ("#in-table", HOLDS),
    ("#in-details", HOLDS),
    ("#data-only", missing()),
    ("#class-only", missing()),
    ("#glance.api.v2", HOLDS),
    ("#nowhere", missing("section nowhere")),
    ("#pla", missing()),
    ("#%00", missing()),
    ("#%zz", missing()),
    ("#!/route", HOLDS),
    ("#/route", HOLDS),
    ("#zoom=3", HOLDS),
    ("#state=3", unable("only its scripts")),
    ("#:~:text=uwsgi%20protocol", HOLDS),
    ("#:~:text=UWSGI%20Protocol", HOLDS),
    ("#:~:text=cafe", HOLDS),
    ("#:~:text=Apache%20httpd", HOLDS),
    ("#:~:text=nevertheless", HOLDS),
    ("#:~:text=never", missing("text never")),
    ("#:~:text=Apache%20Tomcat", missing("text Apache%20Tomcat")),
    ("#:~:text=only%20in%20a%20script", missing()),
    ("#:~:text=only%20in%20a%20comment", missing()),
    ("#:~:text=nginx.%20Caf%C3%A9%20is%20a%20word.%20Another", missing()),
    ("#:~:text=The,nginx", HOLDS),
    ("#:~:text=The,lighttpd", missing()),
    ("#:~:text=spoken-,by,-Apache", HOLDS),
    ("#:~:text=written-,by,-Apache", missing()),
    ("#:~:text=by,-nginx", missing()),
    ("#:~:text=uwsgi&text=Another%20block", HOLDS),
    ("#:~:text=uwsgi&text=no%20such%20block", missing("text no%20such%20block")),
    ("#plain:~:text=uwsgi", HOLDS),
    ("#nowhere:~:text=uwsgi", missing("section nowhere")),
    ("#plain:~:text=lighttpd", missing("text lighttpd")),
    ("#plain:~:selector=x", HOLDS),
    ("#:~:text=", HOLDS),
)
"""A fragment of the one page, and what comes of it."""


def _kind(name: str, path: str, media: str, body: bytes, *cases: tuple[str, Expected]) -> tuple[Row, ...]:
    """Return rows about one page of another kind."""
    url = f"http://kinds.example/{path}"
    rows = [row(f"{name}: {fragment or 'all of it'}", url + fragment, expected) for fragment, expected in cases]
    first = row(rows[0].name, rows[0].url, rows[0].expected, answer(200, body, f"Content-Type: {media}"))
    return (first, *rows[1:])


_APPLICATION = '<!DOCTYPE html><title>Application</title><div id="root"></div><script src="/application.js"></script>'
_ASKING = (
    '<!DOCTYPE html><title>App</title><noscript>Please enable JavaScript.</noscript><div id="q">Loading</div>'
    '<script src="a.js"></script>'
)
_TITLE = markup(title='<h2 id="in-title">Title</h2>').encode()
_UNCLOSED = b'<title>Cut</title><h1>Cut</h1><p id="first">One<!-- <p id="behind">Two'
_XHTML = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title>'
    '<script src="a.js"/></head><body><h1>X</h1><p id="part">Behind an empty script</p></body></html>'
)

ROWS = (
    row("the page with all anchors", URL, HOLDS, page(_SECTIONS)),
    *(row(f"anchor {fragment}", URL + fragment, expected) for fragment, expected in _CASES if fragment),
    *_kind("page built by scripts", "application", "text/html", _APPLICATION.encode(),
           ("", HOLDS), ("#section", unable("only its scripts")), ("#root", HOLDS), ("#/route", HOLDS)),
    *_kind("page that wants scripts", "asking", "text/html", _ASKING.encode(),
           ("#section", unable("only its scripts")), ("#q", HOLDS)),
    *_kind("markup in a title", "title", "text/html", _TITLE, ("#in-title", missing())),
    *_kind("comment without an end", "unclosed", "text/html", _UNCLOSED, ("#first", HOLDS), ("#behind", missing())),
    *_kind("XHTML", "xhtml", "application/xhtml+xml", _XHTML.encode(), ("#part", HOLDS), ("#nowhere", missing())),
    *_kind("drawing", "drawing.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><g id="part"/></svg>',
           ("#part", HOLDS), ("#nowhere", missing())),
    *_kind("picture", "picture.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(99), ("", HOLDS),
           ("#part", unable("cannot be looked for in a file of type image/png"))),
    *_kind("text", "notes.txt", "text/plain", b"First line\nSecond line of the notes\n",
           ("", HOLDS), ("#section", unable("cannot be looked for")), ("#top", HOLDS),
           ("#:~:text=second%20line", HOLDS),
           ("#:~:text=third%20line", missing("text third%20line"))),
    *_kind("archive", "archive.tar.gz", "application/gzip", b"\x1f\x8b\x08" + bytes(99), ("", HOLDS)),
    *_kind("page without a media type", "unsaid", "application/octet-stream", b'<!DOCTYPE html><p id="part">Sniffed.',
           ("#part", HOLDS), ("#nowhere", missing())),
    *_kind("empty page", "empty", "text/html", b"", ("", HOLDS), ("#nowhere", missing())),
    row("anchor of a page that is not there", "http://kinds.example/gone#part", Expected("broken", "link-broken"),
        page(status=404)),
    row("anchor of a page that is for some", "http://kinds.example/some#part", unable("lets not everybody"),
        page(status=403)),
    row("anchor of a page in pieces", "http://kinds.example/pieces#part", HOLDS,
        answer(206, b'<title>Part</title><p id="part">', HTML)),
)  # fmt: skip
