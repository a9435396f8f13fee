"""Files that are not of the web: pages of PDF, and the lines and texts that code hosts show."""

from __future__ import annotations

import json
import zlib

from tests.links.behaviours.behaviour import HOLDS, Action, At, Expected, Row, broken, missing, plain, row, unable
from tests.links.behaviours.wire import answer, markup, page

_TEN_LINES = answer(200, b"".join(b"line %d\n" % number for number in range(1, 11)), "Content-Type: text/plain")


def _pdf(*objects: bytes) -> bytes:
    numbered = (b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, start=1))
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"".join(numbered) + b"trailer << /Root 1 0 R >>\n%%EOF\n"


_TREE = b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>"
_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PLAIN = _pdf(_CATALOGUE, _TREE)
_PACKED = zlib.compress(b"2 0 " + _TREE)
_STREAMED = _pdf(
    _CATALOGUE,
    b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(_PACKED)
    + _PACKED
    + b"\nendstream",
)
_FOR_THE_WEB = _pdf(b"<< /Linearized 1 /L 99999 /N 3 /O 5 >>", _TREE)
_SECRET = _pdf(b"<< /Type /ObjStm /N 1 >> stream\n\x99\x98\x97\nendstream")


def _book(name: str, body: bytes, *cases: tuple[str, Expected], media: str = "application/pdf") -> tuple[Row, ...]:
    url = f"https://books.example/{plain(name)}.pdf"
    first, *rest = (row(f"{name}{fragment}", url + fragment, expected) for fragment, expected in cases)
    served = row(first.name, first.url, first.expected, answer(200, body, f"Content-Type: {media}"))
    return (served, *rest)


def _lines(
    name: str, shown: str, raw: str, *cases: tuple[str, Expected], action: Action = _TEN_LINES
) -> tuple[Row, ...]:
    """Return rows about the lines of a file, whose own URL alone is asked for."""
    rows = [Row(f"{name} {fragment}", shown + fragment, expected) for fragment, expected in cases]
    return (Row(rows[0].name, rows[0].url, rows[0].expected, (At(raw, action),)), *rows[1:])


def _texts(name: str, url: str, body: str, *cases: tuple[str, Expected]) -> tuple[Row, ...]:
    rows = [row(f"{name} {fragment}", url + fragment, expected) for fragment, expected in cases]
    return (row(rows[0].name, rows[0].url, rows[0].expected, page(body)), *rows[1:])


_RENDERED = '<h2 id="user-content-installation">Installation</h2><h2 id="own">Own</h2>'
_EMBEDDED = json.dumps({"readme": markup(_RENDERED)}).replace("</", "<\\/")
_FIVE = (
    ("#L1", HOLDS),
    ("#L10", HOLDS),
    ("#L2-L5", HOLDS),
    ("#L2C3-L5C9", HOLDS),
    ("#L11", missing("line 11")),
    ("#L5-L99", missing("line 99")),
)
_GITHUB, _GITLAB = "https://github.com/openstack/glance", "https://git.lab.example/group/sub/project"

ROWS = (
    *_book("PDF", _PLAIN, ("#page=1", HOLDS), ("#page=3", HOLDS), ("#page=4", missing("page 4")), ("", HOLDS),
           ("#Page=2&zoom=100", HOLDS), ("#zoom=100&page=9", missing()), ("#nameddest=intro", HOLDS),
           ("#section", unable("the section section cannot be looked for in a file of type application/pdf"))),
    *_book("PDF with streams of objects", _STREAMED, ("#page=3", HOLDS), ("#page=4", missing())),
    *_book("PDF for the web", _FOR_THE_WEB, ("#page=3", HOLDS), ("#page=4", missing())),
    *_book("PDF that is encrypted", _SECRET, ("#page=3", unable("not in the part"))),
    *_book("PDF by its content", _PLAIN, ("#page=3", HOLDS), ("#page=4", missing()), media="application/octet-stream"),
    *_book("PDF with another media type", _PLAIN, ("#page=3", HOLDS), ("#page=4", missing()), media="text/html"),
    *_book("no PDF", markup().encode(), ("#page=3", unable("cannot be looked for")), media="text/html"),
    *_lines("lines on GitHub", f"{_GITHUB}/blob/master/setup.py",
            "https://raw.githubusercontent.com/openstack/glance/master/setup.py", *_FIVE),
    *_lines("lines on GitHub, blamed", f"{_GITHUB}/blame/master/tox.ini",
            "https://raw.githubusercontent.com/openstack/glance/master/tox.ini", ("#L3", HOLDS)),
    *_lines("lines of no file on GitHub", f"{_GITHUB}/blob/master/gone.py",
            "https://raw.githubusercontent.com/openstack/glance/master/gone.py", ("#L3", broken()),
            action=page(status=404)),
    *_lines("lines on GitLab", f"{_GITLAB}/-/blob/main/a/b.py", f"{_GITLAB}/-/raw/main/a/b.py", *_FIVE),
    *_lines("lines on Codeberg", "https://codeberg.org/some/project/src/branch/main/a.py",
            "https://codeberg.org/some/project/raw/branch/main/a.py", ("#L10", HOLDS), ("#L11", missing())),
    *_lines("lines on OpenDev", "https://opendev.org/openstack/glance/src/branch/master/setup.cfg",
            "https://opendev.org/openstack/glance/raw/branch/master/setup.cfg", ("#L10", HOLDS), ("#L11", missing())),
    *_lines("lines on Bitbucket", "https://bitbucket.org/some/project/src/main/a.py",
            "https://bitbucket.org/some/project/raw/main/a.py", ("#lines-10", HOLDS), ("#lines-11", missing())),
    *_texts("README on GitHub", _GITHUB, _RENDERED, ("#installation", HOLDS), ("#own", HOLDS),
            ("#user-content-installation", HOLDS), ("#readme", HOLDS), ("#nowhere", missing("section nowhere"))),
    *_texts("README on GitHub, in a script's data", f"{_GITHUB}/blob/master/README.rst",
            f'<script type="application/json">{_EMBEDDED}</script>', ("#installation", HOLDS), ("#nowhere", missing())),
    *_texts("file on GitHub that scripts load", f"{_GITHUB}/blob/master/NOTES.md", "<div>Loading</div>",
            ("#installation", unable("not in the part"))),
    *_texts("thread on GitHub", f"{_GITHUB}/issues/1540", '<div id="issuecomment-1">One</div>',
            ("#issuecomment-1", HOLDS), ("#issuecomment-2", unable("only its scripts"))),
    *_texts("file on GitLab", f"{_GITLAB}/-/blob/main/README.md", _RENDERED, ("#installation", HOLDS),
            ("#nowhere", unable("only its scripts"))),
    *_texts("lines of rustdoc", "https://docs.rs/src/lib/lib.rs.html", '<a id="10">10</a><a id="20">20</a>',
            ("#10-20", HOLDS), ("#10-30", missing("section 30"))),
    *_texts("answers on Stack Overflow", "https://stackoverflow.com/questions/1", '<div id="7">Seven</div>',
            ("#7", HOLDS), ("#8", unable("only its scripts"))),
    *_texts("application", "https://hub.docker.com/r/some/image", "<p>An application</p>",
            ("#tags", unable("only its scripts"))),
)  # fmt: skip
