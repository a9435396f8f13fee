"""What servers answer with their statuses alone, and to methods that a check has no use for."""

from __future__ import annotations

from tests.links.behaviours.behaviour import HOLDS, Expected, Row, broken, plain, row, unable
from tests.links.behaviours.wire import HTML, If, answer, head, markup, page

GUIDE = (
    "https://docs.openstack.org/glance/latest/admin/apache-httpd.html",
    "https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html",
    "https://uwsgi-docs.readthedocs.io/en/latest/index.html",
    "https://modwsgi.readthedocs.io/en/develop/",
    "https://wsgi.readthedocs.io/en/latest/index.html",
    "https://github.com/unbit/uwsgi",
    "https://github.com/unbit/uwsgi/issues/1540",
    "https://bugs.launchpad.net/glance/+bug/1703856",
    "https://bugs.launchpad.net/glance/+bug/1888713",
)

STATUSES: tuple[tuple[int, Expected, int], ...] = (
    (200, HOLDS, 1),
    (201, HOLDS, 1),
    (202, HOLDS, 1),
    (203, HOLDS, 1),
    (206, HOLDS, 1),
    (226, HOLDS, 1),
    (299, HOLDS, 1),
    (300, HOLDS, 1),
    (301, unable("redirects, but does not say where"), 1),
    (302, unable("redirects, but does not say where"), 1),
    (303, unable("redirects, but does not say where"), 1),
    (305, unable(), 1),
    (306, unable(), 1),
    (307, unable("redirects, but does not say where"), 1),
    (308, unable("redirects, but does not say where"), 1),
    (399, unable(), 1),
    (400, broken("cannot make sense of the address"), 1),
    (401, unable("asks for credentials"), 1),
    (402, unable("asks for money"), 1),
    (403, unable("lets not everybody see"), 1),
    (404, broken("knows no such page"), 1),
    (405, unable("refuses this request"), 1),
    (406, unable("refuses this request"), 1),
    (407, unable("a proxy asks"), 1),
    (408, unable("did not want to wait"), 2),
    (409, unable("refuses this request"), 1),
    (410, broken("gone for good"), 1),
    (411, unable(), 1),
    (412, unable(), 1),
    (413, unable(), 1),
    (414, broken("too long"), 1),
    (415, unable(), 1),
    (416, unable(), 1),
    (417, unable(), 1),
    (418, unable(), 1),
    (421, unable(), 1),
    (422, unable(), 1),
    (423, unable(), 1),
    (424, unable(), 1),
    (425, unable("asked again later"), 2),
    (426, unable(), 1),
    (428, unable(), 1),
    (431, unable(), 1),
    (444, unable(), 1),
    (451, unable("the law forbids"), 1),
    (499, unable(), 1),
    (500, unable("the server failed"), 2),
    (501, unable("the server failed"), 1),
    (502, unable("the server failed"), 2),
    (504, unable("the server failed"), 2),
    (505, unable("the server failed"), 1),
    (507, unable("the server failed"), 2),
    (508, unable("the server failed"), 2),
    (511, unable("the server failed"), 2),
    (520, unable("the server failed"), 2),
    (521, unable("the server failed"), 2),
    (526, unable("the server failed"), 2),
    (530, unable("the server failed"), 2),
    (599, unable("the server failed"), 2),
    (600, unable("no status of HTTP"), 1),
    (999, unable("no status of HTTP"), 1),
)
"""A status, what comes of it, and how often it is asked for."""

_EMPTY = ((204, HOLDS), (304, unable()))
_BODY = markup().encode()


def _status(status: int, expected: Expected, requests: int) -> Row:
    url = f"http://statuses.example/page-{status}"
    return row(f"status {status}", url, expected, page(status=status), requests=requests)


def _without_body(status: int, expected: Expected) -> Row:
    return row(f"status {status}, which has no body", f"http://statuses.example/none-{status}", expected, head(status))


def _to_head(name: str, refusal: bytes) -> Row:
    """Return a row of a server that would answer HEAD otherwise than GET, which it is never asked."""
    url = f"http://head.example/{plain(name)}"
    return row(f"HEAD {name}", url, HOLDS, If("HEAD /", refusal, page()))


ROWS = (
    *(row(f"the guide's link {url}", url, HOLDS, page()) for url in GUIDE),
    *(_status(*each) for each in STATUSES),
    *(_without_body(*each) for each in _EMPTY),
    *(_to_head(str(status), answer(status)) for status in (400, 403, 404, 405, 500, 501, 503)),
    _to_head("without an answer", b""),
    _to_head("200 where GET has 404", answer(200)),
    row("GET 404 where HEAD has 200", "http://head.example/other", broken(), If("HEAD /", answer(200), answer(404))),
    row("status 205", "http://statuses.example/none-205", HOLDS, answer(205)),
    row("200 in HTTP/1.0", "http://old.example/guide", HOLDS, head(200, HTML, version="1.0") + b"<p>Old but there."),
    row("200 without a reason", "http://old.example/terse", HOLDS, b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nHi"),
    row("200 without a media type", "http://old.example/untyped", HOLDS, answer(200, _BODY)),
    row("200 with an empty page", "http://old.example/empty", HOLDS, answer(200, b"", HTML)),
    row("early hints before 200", "http://hints.example/", HOLDS, head(103, "Link: </style.css>") + page()),
    row("early hints before 404", "http://hints.example/gone", broken(), head(103, "X: y") + page(status=404)),
    row("100 before 200", "http://hints.example/go-on", HOLDS, head(100) + page()),
    row(
        "a page for whoever accepts HTML",
        "http://choosy.example/",
        HOLDS,
        If("Accept: text/html", page(), answer(406)),
    ),
    row(
        "a page for whoever says who asks",
        "http://choosy.example/agent",
        HOLDS,
        If("User-Agent: Affidavit/", page(), answer(403)),
    ),
    row(
        "a page for whoever names the host",
        "http://choosy.example/host",
        HOLDS,
        If("Host: choosy.example\r\n", page(), answer(404)),
    ),
    Row("the same page in two spellings", "http://CHOOSY.example:80/host", HOLDS, ()),
)
