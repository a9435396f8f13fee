"""A small web on loopback for both link checks: each path has its behaviour, whatever the method."""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

PAGE = """
    <title>Page</title><meta name="viewport" content="width=device-width"><a name="named"></a>
    <h1 id="here">Here</h1><h2 id="&eacute;&amp;">There</h2>
    <!-- <p id="in-comment"> -->
    """

APPLICATION = '<title>Application</title><div id="root"></div><script src="/application.js"></script>'


class Web(ThreadingHTTPServer):
    """Counts the requests for each path, and may forget them between two checks."""

    daemon_threads = True
    block_on_close = False
    # Five is usual, and whoever comes then waits for seconds before it tries again.
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.got: Counter[str] = Counter()
        self.waiting = self.most_waiting = 0
        self.heads: list[tuple[str, dict[str, str]]] = []
        self.lock = threading.Lock()
        self.scheme = "http"

    def url(self, path: str = "", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def handle_error(self, *_args: object) -> None:
        """Let clients hang up when they like."""

    def forget(self) -> None:
        self.asked.clear()
        self.got.clear()
        self.heads.clear()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: Web

    def do_GET(self) -> None:
        self.web = cast("Web", self.server)
        path = self.path.partition("?")[0]
        self.web.asked[path] += 1
        self.web.got[path] += self.command == "GET"
        self.web.heads.append((path, {name.lower(): value for name, value in self.headers.items()}))
        BEHAVIOURS.get(path, status(404))(self)

    do_HEAD = do_GET  # noqa: N815 -- http.server wants this name

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Keep the tests' output clean."""


Behaviour = Callable[[Handler], None]


def status(number: int, **headers: str) -> Behaviour:
    return lambda handler: handler.answer(number, **headers)


def page(body: str) -> Behaviour:
    return lambda handler: handler.answer(200, body)


def text(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/plain")
    handler.send_header("Content-Length", "4")
    handler.end_headers()
    if handler.command == "GET":
        handler.wfile.write(b"text")


def to(number: int, where: str) -> Behaviour:
    """Redirect; ``{host}`` in the address is this server under another name."""
    return lambda handler: handler.answer(
        number, Location=where.format(host=handler.web.url(host="localhost"), here=handler.web.url())
    )


def first(number: int, **headers: str) -> Behaviour:
    """Answer the first request in one way, and all others well."""

    def answer(handler: Handler) -> None:
        path = handler.path.partition("?")[0]
        handler.answer(number, **headers) if handler.web.asked[path] == 1 else handler.answer(200)

    return answer


def there_once(handler: Handler) -> None:
    """Have the page when it is asked for first, and lack it after that."""
    there = handler.web.asked["/page-once"] == 1
    handler.answer(200 if there else 404, PAGE if there else "")


def fails_once(handler: Handler) -> None:
    """Lack the page until it was asked for once in earnest: HEAD does not count."""
    handler.answer(404 if handler.web.got["/failed-once"] < 1 + (handler.command == "GET") else 200)


def by_method(head: int, get: int) -> Behaviour:
    return lambda handler: handler.answer(head if handler.command == "HEAD" else get)


def wait(handler: Handler) -> None:
    """Answer after a while, and count who else waits."""
    web = handler.web
    with web.lock:
        web.waiting += 1
        web.most_waiting = max(web.most_waiting, web.waiting)
    time.sleep(0.2)
    with web.lock:
        web.waiting -= 1
    handler.answer(200)


def slow(handler: Handler) -> None:
    time.sleep(3)
    handler.answer(200)


def never(_: Handler) -> None:
    time.sleep(60)


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def only_with(name: str, value: str, challenge: str = "") -> Behaviour:
    def answer(handler: Handler) -> None:
        fits = handler.headers.get(name) == value
        handler.answer(200) if fits else handler.answer(401, WWW_Authenticate=challenge)

    return answer


def digest(handler: Handler) -> None:
    """Ask for the credentials ``user:secret`` by the scheme of RFC 7616 in its oldest form, without ``qop``."""
    given = handler.headers.get("Authorization", "")
    secret = hashlib.md5(b"user:there:secret").hexdigest()  # noqa: S324 -- what the scheme has
    asked = hashlib.md5(f"{handler.command}:{handler.path}".encode()).hexdigest()  # noqa: S324 -- likewise
    wanted = hashlib.md5(f"{secret}:once:{asked}".encode()).hexdigest()  # noqa: S324 -- likewise
    if f'response="{wanted}"' in given:
        handler.answer(200)
    else:
        handler.answer(401, WWW_Authenticate='Digest realm="there", nonce="once"')


def with_cookie(handler: Handler) -> None:
    if "seen=1" in handler.headers.get("Cookie", ""):
        handler.answer(200)
    else:
        handler.answer(302, Location="/cookie", Set_Cookie="seen=1")


BASIC = "Basic " + b64encode(b"user:secret").decode()

BEHAVIOURS: dict[str, Behaviour] = {
    "/": status(200),
    "/ok": status(200),
    "/empty": status(204),
    "/bad": status(400),
    "/unauthorized": status(401),
    "/forbidden": status(403),
    "/gone": status(410),
    "/teapot": status(418),
    "/failed": status(500),
    "/gateway": status(502),
    "/unavailable": status(503),
    "/odd": status(299),
    "/limited": status(429),
    "/limited-for-long": status(429, Retry_After="9999"),
    "/limited-once": first(429, Retry_After="1"),
    "/failed-once": fails_once,
    "/page-once": there_once,
    "/moved": to(301, "/ok"),
    "/found": to(302, "/ok"),
    "/other": to(303, "/ok"),
    "/temporary": to(307, "/ok"),
    "/permanent": to(308, "/ok"),
    "/chain": to(302, "/moved"),
    "/chain-other": to(301, "/found"),
    "/loop": to(302, "/loop"),
    "/ring": to(302, "/ring-back"),
    "/ring-back": to(302, "/ring"),
    "/to-missing": to(301, "/missing"),
    "/to-host": to(301, "{host}/ok"),
    "/to-relative": to(302, "ok"),
    "/to-section": to(302, "/page#here"),
    "/to-mail": to(302, "mailto:nobody@example.org"),
    "/to-ignored": to(302, "/ignored"),
    "/to-slash": to(301, "/to-slash/"),
    "/to-slash/": status(200),
    "/upper": to(301, "/UPPER"),
    "/UPPER": status(200),
    "/to-allowed": to(302, "/allowed"),
    "/allowed": status(200),
    "/nowhere": status(302),
    "/choices": status(300),
    "/unchanged": status(304),
    "/page": page(PAGE),
    "/app": page(APPLICATION),
    "/text": text,
    "/a|b": status(200),
    "/a%7Cb": status(200),
    "/redirected-page": to(302, "/page"),
    "/get-only": by_method(405, 200),
    "/head-lies": by_method(200, 404),
    "/head-misses": by_method(404, 200),
    "/wait": wait,
    "/slow": slow,
    "/never": never,
    "/hang-up": hang_up,
    "/basic": only_with("Authorization", BASIC, 'Basic realm="there"'),
    "/basic-object": only_with("Authorization", BASIC, 'Basic realm="there"'),
    "/basic-moved": to(302, "/basic"),
    "/digest": digest,
    "/token": only_with("X-Token", "of the server"),
    "/own-token": only_with("X-Token", "of the page"),
    "/cookie": with_cookie,
    "/%C3%BC": status(200),
    "/image.png": status(200),
    "/rewritten": status(200),
    **{f"/hop-{hops}": to(302, f"/hop-{hops - 1}") for hops in range(1, 32)},
    "/hop-0": status(200),
}


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Run a server until the block ends."""
    with Web() as web:
        if tls:
            web.scheme = "https"
            web.socket = tls.wrap_socket(web.socket, server_side=True)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        try:
            yield web
        finally:
            web.shutdown()
