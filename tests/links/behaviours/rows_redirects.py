"""Redirects of every kind, and where they lead."""

from __future__ import annotations

from tests.links.behaviours.behaviour import (
    HOLDS,
    Absent,
    At,
    Expected,
    Row,
    broken,
    missing,
    moved,
    plain,
    refused,
    row,
    unable,
)
from tests.links.behaviours.wire import HTML, If, answer, endless, head, in_turn, page, redirect, then_reset

_AT = "http://moves.example"
_SECTIONS = page('<h2 id="here">Here</h2><h2 id="there">There</h2>')


def _chain(name: str, expected: Expected, *statuses: int, end: bytes | None = None) -> Row:
    """Return a row of redirects one after the other; the page behind them is ``/NAME/N``."""
    base = f"{_AT}/{plain(name)}"
    steps = [At(f"{base}/{number}", redirect(status, f"{base}/{number + 1}")) for number, status in enumerate(statuses)]
    last = At(f"{base}/{len(statuses)}", end or page())
    return Row(name, f"{base}/0", expected, (*steps, last), len(statuses) + 1)


def _to(name: str, path: str, location: str | bytes, end: str, expected: Expected = HOLDS) -> Row:
    """Return a row of one redirect whose ``Location`` is meant to lead to ``end``."""
    return row(name, f"{_AT}/to/{path}", expected, redirect(302, location), At(end, page()), requests=2)


def _nowhere(name: str, path: str, location: str | bytes) -> Row:
    return row(name, f"{_AT}/nowhere/{path}", broken("no http(s) address"), redirect(302, location))


def _section(name: str, fragment: str, location: str, expected: Expected, status: int = 302) -> Row:
    """Return a row of a redirect to a page of its own that has the sections here and there."""
    url = f"{_AT}/section/{plain(name)}"
    end = f"{url}/page"
    return row(name, f"{url}{fragment}", expected, redirect(status, end + location), At(end, _SECTIONS), requests=2)


_NEW = f"{_AT}/section"

ROWS = (
    _chain("301", moved(f"{_AT}/301/1"), 301),
    _chain("302", HOLDS, 302),
    _chain("303", HOLDS, 303),
    _chain("307", HOLDS, 307),
    _chain("308", moved(f"{_AT}/308/1"), 308),
    _chain("301 and 308", moved(f"{_AT}/301-and-308/2"), 301, 308),
    _chain("301 and 302", moved(f"{_AT}/301-and-302/1"), 301, 302),
    _chain("301 and 302 and 301", moved(f"{_AT}/301-and-302-and-301/1"), 301, 302, 301),
    _chain("302 and 301", HOLDS, 302, 301),
    _chain("303 and 307 and 302", HOLDS, 303, 307, 302),
    _chain("301 to 404", broken(), 301, end=page(status=404)),
    _chain("302 to 410", broken(), 302, end=page(status=410)),
    _chain("302 to 403", unable(), 302, end=page(status=403)),
    _chain("301 to 501", unable(), 301, end=page(status=501)),
    _chain("20 redirects", HOLDS, *[302] * 20),
    row(
        "the guide's link with http",
        "http://httpd.apache.org/docs/trunk/mod/mod_proxy_uwsgi.html",
        moved("https://httpd.apache.org/docs/trunk/mod/mod_proxy_uwsgi.html"),
        redirect(301, "https://httpd.apache.org/docs/trunk/mod/mod_proxy_uwsgi.html"),
        At("https://httpd.apache.org/docs/trunk/mod/mod_proxy_uwsgi.html", page()),
        requests=2,
    ),
    row(
        "from https to http",
        "https://open.example/page",
        HOLDS,
        redirect(302, "http://open.example/page"),
        At("http://open.example/page", page()),
        requests=2,
    ),
    row("21 redirects", f"{_AT}/21/0", broken("more often"), redirect(302, "/21/1"),
        *(At(f"{_AT}/21/{number}", redirect(302, f"/21/{number + 1}")) for number in range(1, 21)),
        At(f"{_AT}/21/21", page()), requests=21),
    row("a page that redirects to itself", f"{_AT}/loop", broken("more often"), redirect(302, "/loop"), requests=21),
    row("a page that redirects to itself for good", f"{_AT}/loop/good", broken("more often"),
        redirect(301, "/loop/good"), requests=21),
    row("two pages that redirect to each other", f"{_AT}/ping", broken("more often"), redirect(302, "/pong"),
        At(f"{_AT}/pong", redirect(301, "/ping")), requests=21),
    row("a page that redirects to ever longer addresses", f"{_AT}/grow", broken("more often"),
        redirect(302, "/grow/0"), *(At(f"{_AT}/grow{'/0' * number}", redirect(302, f"/grow{'/0' * (number + 1)}"))
                                    for number in range(1, 21)), requests=21),
    row("a redirect to itself that sets a cookie", f"{_AT}/cookie", HOLDS,
        If("Cookie: seen=1", page(), redirect(302, "/cookie", "Set-Cookie: seen=1")), requests=2),
    row("a redirect for good to itself that sets a cookie", f"{_AT}/cookie/good", HOLDS,
        If("Cookie: seen=1", page(), redirect(301, "/cookie/good", "Set-Cookie: seen=1")), requests=2),
    row("a redirect by another page that sets a cookie", f"{_AT}/cookie/first", HOLDS,
        If("session=7", page(), redirect(302, "/cookie/login")),
        At(f"{_AT}/cookie/login", redirect(302, "/cookie/first", "Set-Cookie: session=7; Path=/")), requests=3),
    row("a cookie that is never accepted", f"{_AT}/cookie/loop", broken("more often"),
        redirect(302, "/cookie/loop", "Set-Cookie: other=1; Domain=elsewhere.example"), requests=21),
    row("a cookie is for its own host", "http://cookies.example/", HOLDS,
        redirect(302, "http://curious.example/page", "Set-Cookie: secret=1"),
        At("http://curious.example/page", If("secret=1", answer(404), page())), requests=2),
    row("a cookie is for its own chain", "http://cookies.example/fresh", HOLDS,
        If("Cookie:", answer(404), page("", "Set-Cookie: secret=2; Path=/"))),
    row("a password is for its own host", "http://name:word@secrets.example/", HOLDS,
        None, At("http://secrets.example/", redirect(302, "http://curious.example/password")),
        At("http://curious.example/password", If("Authorization:", answer(404), page())), requests=2),
    _to("a relative Location", "one/a", "b", f"{_AT}/to/one/b"),
    _to("a Location above", "two/a", "../b", f"{_AT}/to/b"),
    _to("a Location from the root", "three", "/to/three/root", f"{_AT}/to/three/root"),
    _to("a Location that is a query", "four", "?page=4", f"{_AT}/to/four?page=4"),
    _to("a Location without a scheme", "five", "//elsewhere.example/five", "http://elsewhere.example/five"),
    _to("a Location on another host", "six", "http://elsewhere.example/six", "http://elsewhere.example/six"),
    _to("a Location on another port", "seven", "http://elsewhere.example:8080/7", "http://elsewhere.example:8080/7"),
    _to("a Location with blanks", "eight", "/to/eight/a b", f"{_AT}/to/eight/a%20b"),
    _to("a Location with blanks around it", "nine", b"  /to/nine/a \t", f"{_AT}/to/nine/a"),
    _to("a Location in UTF-8", "ten", "/to/ten/für", f"{_AT}/to/ten/f%C3%BCr"),
    _to("a Location in Latin-1", "eleven", "/to/eleven/für".encode("latin-1"), f"{_AT}/to/eleven/f%FCr"),
    _to("a Location that is encoded", "twelve", "/to/twelve/a%2Fb", f"{_AT}/to/twelve/a%2Fb"),
    _to("a Location on a host in UTF-8", "thirteen", "http://bücher.example/13", "http://xn--bcher-kva.example/13"),
    _to("a Location in capitals", "fourteen", "HTTP://ELSEWHERE.example/14", "http://elsewhere.example/14"),
    _nowhere("a Location with mailto", "mailto", "mailto:somebody@example.org"),
    _nowhere("a Location with file", "file", "file:///etc/passwd"),
    _nowhere("a Location with ftp", "ftp", "ftp://elsewhere.example/"),
    _nowhere("a Location with javascript", "javascript", "javascript:alert(1)"),
    _nowhere("a Location with data", "data", "data:text/html,<p>Hello"),
    _nowhere("a Location with a wrong port", "port", "http://elsewhere.example:99999/"),
    _nowhere("a Location with a wrong IPv6 address", "ipv6", "http://[::1/"),
    row("an empty Location", f"{_AT}/nowhere/empty", unable("does not say where"), redirect(302, "")),
    row("a Location to a private address", f"{_AT}/private", refused("private address"),
        redirect(302, "http://10.0.0.1/")),
    row("a Location to a metadata service", f"{_AT}/metadata", refused("metadata service"),
        redirect(302, "http://169.254.169.254/latest/meta-data/")),
    row("a Location to localhost", f"{_AT}/localhost", refused("loopback"), redirect(301, "http://localhost:9292/")),
    row("a Location to a name that nobody has", f"{_AT}/unknown", broken("no host of this name"),
        redirect(302, "http://nothing.invalid/")),
    row("a Location to a closed port", f"{_AT}/closed", unable("may refuse a connection"),
        redirect(302, "http://shut.example:81/"), At("http://shut.example:81/", Absent.CLOSED)),
    row("300 with a Location", f"{_AT}/choose", HOLDS, answer(300, b"", "Location: /choose/1"),
        At(f"{_AT}/choose/1", page())),
    row("304 with a Location", f"{_AT}/304", unable(), answer(304, b"", "Location: /304/1")),
    row("305 with a Location", f"{_AT}/305", unable(), answer(305, b"", "Location: http://proxy.example/")),
    row("201 with a Location", f"{_AT}/made", HOLDS, answer(201, b"", "Location: /made/1")),
    row("404 with a Location", f"{_AT}/lost", broken(), answer(404, b"", "Location: /made/1")),
    row("a page that refreshes to another one", f"{_AT}/refresh", HOLDS,
        page('<meta http-equiv="refresh" content="0; url=/refreshed">'), At(f"{_AT}/refreshed", page(status=404))),
    row("a head that refreshes to another page", f"{_AT}/refresh/head", HOLDS, page("", "Refresh: 0; url=/anew"),
        At(f"{_AT}/anew", page(status=404))),
    row("a redirect with a page of its own", f"{_AT}/chatty", HOLDS,
        answer(302, b"<h1>404 Not Found</h1>", HTML, "Location: /chatty/1"), At(f"{_AT}/chatty/1", page()), requests=2),
    row("a redirect with a body without end", "http://chatty.example/", HOLDS,
        endless(head(302, "Location: /there", "Connection: close"), b"more of it " * 1000),
        At("http://chatty.example/there", page()), requests=2),
    row("a redirect that breaks off behind its head", "http://chatty.example/cut", HOLDS,
        then_reset(head(302, "Location: /cut/there", "Content-Length: 9")),
        At("http://chatty.example/cut/there", page()), requests=2),
    row("a redirect whose body cannot be unpacked", "http://chatty.example/packed", HOLDS,
        answer(302, b"not packed", "Content-Encoding: gzip", "Location: /packed/there"),
        At("http://chatty.example/packed/there", page()), requests=2),
    row("a redirect that comes once", "http://chatty.example/once", HOLDS,
        in_turn(redirect(302, "/once"), page()), requests=2),
    row("a field in small letters", f"{_AT}/small", HOLDS, b"HTTP/1.1 302 Found\r\nlocation:/small/1\r\n"
        b"content-length:0\r\n\r\n", At(f"{_AT}/small/1", page()), requests=2),
    _section("a redirect keeps the fragment", "#here", "", HOLDS),
    _section("a redirect keeps a fragment that is missing", "#nowhere", "", missing()),
    _section("a redirect's own fragment wins", "#nowhere", "#there", HOLDS),
    _section("a redirect's own fragment may be missing", "#here", "#nowhere", missing("section nowhere")),
    _section("a redirect's own fragment is no fault of a link without one", "", "#nowhere", HOLDS),
    _section("for good, keeping", "#here", "", moved(f"{_NEW}/for-good-keeping/page#here"), 301),
    _section("for good, with a fragment", "#here", "#there", moved(f"{_NEW}/for-good-with-a-fragment/page#there"), 308),
    _section("for good, to a missing section", "#nowhere", "", missing("section nowhere"), 301),
)  # fmt: skip
