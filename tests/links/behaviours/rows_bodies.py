"""Pages that are packed, long, endless, or made to cost whoever reads them."""

from __future__ import annotations

import gzip
import zlib

from tests.links.behaviours.behaviour import HOLDS, At, Expected, Row, broken, missing, plain, row, unable
from tests.links.behaviours.packed import bomb, brotli, deflated, zstandard
from tests.links.behaviours.wire import CLOSE, HTML, answer, closing, endless, head, markup, page

_PAGE = markup('<h2 id="section">Section</h2>').encode()
_SMALL = b"<title>Small</title><p id=section>Small."
_PART = "not in the part"
_FILLER = "<p>Some words of a long page, as they stand in manuals.</p>\n"
_UNREAD = "#nowhere"


def _page(name: str, body: bytes, expected: Expected, *fields: str, fragment: str = "", requests: int = 1) -> Row:
    host = plain(name)
    url = f"http://{host}.body.example/page"
    return row(name, url + fragment, expected, answer(200, body, HTML, *fields), requests=requests)


def _packed(name: str, packed: bytes, expected: Expected = HOLDS, *, said: str, requests: int = 1) -> Row:
    """Return a row of a packed page whose section is looked for."""
    return _page(name, packed, expected, f"Content-Encoding: {said}", fragment="#section", requests=requests)


def _long(size: int, before: str = "", behind: str = "") -> bytes:
    return markup(before + _FILLER * (size // len(_FILLER)) + behind).encode()


_SECTION = '<h2 id="section">Section</h2>'
_GZIP = gzip.compress(_PAGE, mtime=0)
_ENDLESS = head(200, HTML, CLOSE) + _PAGE

ROWS = (
    _packed("gzip", _GZIP, said="gzip"),
    _packed("gzip in capitals", _GZIP, said="GZIP"),
    _packed("gzip by its old name", _GZIP, said="x-gzip"),
    _packed("deflate with a frame", deflated(_PAGE), said="deflate"),
    _packed("deflate without a frame", deflated(_PAGE, -zlib.MAX_WBITS), said="deflate"),
    _packed("brotli", brotli(_PAGE), said="br"),
    _packed("gzip twice", gzip.compress(_GZIP, mtime=0), said="gzip, gzip"),
    _packed("gzip and brotli", brotli(_GZIP), said="gzip, br"),
    _packed("gzip and nothing", _GZIP, said="gzip, identity"),
    _packed("not packed", _PAGE, said="identity"),
    _packed("gzip that nobody tells of", _GZIP, missing(), said="identity"),
    _packed("gzip that is none", _PAGE, unable(_PART), said="gzip", requests=2),
    _packed("brotli that is none", _PAGE, unable(_PART), said="br", requests=-1),
    _packed("gzip with a wrong checksum", _GZIP[:-8] + b"\0" * 8, said="gzip", requests=-1),
    _packed("an encoding that nobody knows", _PAGE, unable(_PART), said="rot13", requests=2),
    _packed("more encodings than there are", _PAGE, unable(), said=", ".join(["gzip"] * 20)),
    _page("gzip that is none, without a section", _PAGE, HOLDS, "Content-Encoding: gzip", requests=2),
    _page("brotli that is none, without a section", _PAGE, HOLDS, "Content-Encoding: br", requests=-1),
    _page("gzip that is cut short", _GZIP[:-20], HOLDS, "Content-Encoding: gzip", requests=-1),
    _page("Zstandard that was not asked for", zstandard(_SMALL), HOLDS, "Content-Encoding: zstd", requests=-1),
    _page("an encoding that nobody knows, without a section", _PAGE, HOLDS, "Content-Encoding: rot13",
          requests=2),
    row("a 404 that cannot be unpacked", "http://body.example/404", broken(),
        answer(404, b"not packed", HTML, "Content-Encoding: gzip"), requests=2),
    _page("a bomb", bomb(), HOLDS, "Content-Encoding: gzip"),
    _page("a bomb that hides a section", bomb(), unable(_PART), "Content-Encoding: gzip", fragment=_UNREAD),
    _page("a bomb in a bomb", bomb(2), unable(_PART), "Content-Encoding: gzip, gzip", fragment=_UNREAD),
    _page("a bomb in a bomb in a bomb", bomb(3), unable(_PART), "Content-Encoding: gzip, gzip, gzip",
          fragment=_UNREAD),
    row("a 404 with a bomb", "http://404.body.example/", broken(), answer(404, bomb(), HTML, "Content-Encoding: gzip")),
    row("a redirect with a bomb", "http://302.body.example/", HOLDS,
        answer(302, bomb(), HTML, "Content-Encoding: gzip", "Location: /there"),
        At("http://302.body.example/there", page()), requests=2),
    row("a page without end", "http://endless.body.example/", HOLDS, endless(_ENDLESS, _FILLER.encode() * 500)),
    row("a page without end, a section at its beginning", "http://section.body.example/#section", HOLDS,
        endless(_ENDLESS, _FILLER.encode() * 500)),
    row("a page without end or section", "http://never.body.example/#nowhere", unable(_PART),
        endless(_ENDLESS, _FILLER.encode() * 500)),
    row("a 404 without end", "http://endless404.body.example/", broken(),
        endless(head(404, HTML, CLOSE), _FILLER.encode() * 500)),
    row("a text without end", "http://text.body.example/", HOLDS,
        endless(head(200, "Content-Type: text/plain", CLOSE), b"x" * 2**14)),
    row("a file without end", "http://file.body.example/", HOLDS,
        endless(head(200, "Content-Type: application/zip", CLOSE), b"\0" * 2**14)),
    row("chunks without end", "http://chunks.body.example/", HOLDS,
        endless(head(200, HTML, "Transfer-Encoding: chunked"), b"2000\r\n" + b"<p>more " * 2**10 + b"\r\n")),
    _page("a section behind 2 MB", _long(2 * 10**6, "", _SECTION), HOLDS, fragment="#section"),
    _page("no section in 2 MB", _long(2 * 10**6), missing(), fragment=_UNREAD),
    _page("a section behind 5 MB", _long(5 * 10**6, "", _SECTION), unable(_PART), fragment="#section"),
    _page("a section before 5 MB", _long(5 * 10**6, _SECTION), HOLDS, fragment="#section"),
    _page("tags within tags without end", markup("<div>" * 10**5).encode(), unable(_PART), fragment=_UNREAD),
    _page("formatting that is never closed", markup("".join(f"<b a={each}><p>" for each in range(9000))).encode(),
          unable(_PART), fragment=_UNREAD),
    _page("a tag of a million attributes", markup(f"<p {' '.join(map('a{}'.format, range(10**5)))}>").encode(),
          unable(_PART), fragment=_UNREAD),
    _page("a title of a megabyte", markup(title="word " * 2 * 10**5).encode(), HOLDS),
    _page("a page of blanks", b" " * 10**6, HOLDS),
    _page("a page of NULs", b"\0" * 10**6, HOLDS),
    row("two pages without end at one host", "http://endless.body.example/other", HOLDS,
        endless(_ENDLESS, _FILLER.encode() * 500)),
    row("a page that says how long it is, and is not", "http://liar.body.example/", HOLDS,
        closing(head(200, HTML, f"Content-Length: {10**12}") + _PAGE), requests=2),
)  # fmt: skip
