"""Pages that answer in place of others: not there although the status says so, walls against programs, logins."""

from __future__ import annotations

from tests.links.behaviours.behaviour import (
    HOLDS,
    Action,
    At,
    Expected,
    Row,
    broken,
    moved,
    plain,
    pretends,
    row,
    unable,
)
from tests.links.behaviours.wire import HTML, WORDS, answer, bare, page, redirect

_SAYS = "says that it is not there"
_GONE = pretends(_SAYS)
_WALL = "a wall that readers pass"
_WALLED = unable(_WALL)
_LOGIN = "where people log in"
_FRONT = "the front page of the site"
_ERRORS = "the page of the site for what it does not have"


def _titled(title: str, expected: Expected = _GONE, *, text: str = "", heading: str = "", name: str = "") -> Row:
    path = "".join(f"{each:02x}" for each in title.encode())[:60]
    url = f"http://pretending.example/{path}{len(text)}"
    return row(f"page titled {name or title!r}", url, expected, bare(200, title, text, heading=heading))


def _wall(name: str, status: int, title: str, *fields: str, expected: Expected = _WALLED) -> Row:
    """Return a row of a wall: at a host of its own, as some walls ask to be left alone."""
    host = plain(f"{name} {status}")
    again = 2 if status == 503 else 3 if status == 429 else 1
    url = f"https://{host}.walls.example/page"
    return row(f"wall {name} {status}", url, expected, bare(status, title, "Please wait.", *fields), requests=again)


def _leads(name: str, url: str, to: str, expected: Expected, action: Action | None = None) -> Row:
    return row(name, url, expected, redirect(302, to), At(to.partition("#")[0], action or page()), requests=2)


_LONG = WORDS * 5
_IN_TITLE_ALONE = answer(200, f"<title>Page not found</title><h1>Glance</h1><p>{_LONG}".encode(), HTML)
_IN_HEADING = answer(200, f"<title>Example</title><h1>404 - Page not found</h1><p>{WORDS}".encode(), HTML)

_LACKS = "<p>We could not find the page that you are looking for.</p><p>Go to our <a href=/>start</a>.</p>"
_IN_TEXT = answer(200, f"<title>Example</title><h1>Example</h1>{_LACKS}".encode(), HTML)
_BELOW_OOPS = answer(200, f"<title>Example</title><h1>Oops!</h1>{_LACKS}<p>{WORDS}".encode(), HTML)
_IN_A_GUIDE = answer(200, f"<title>Example</title><h1>What servers say</h1>{_LACKS}<p>{WORDS}".encode(), HTML)
_OTHER_OOPS = answer(200, b"<title>Example</title><h1>Oops!</h1><p>Something went wrong. Try again.", HTML)

_TITLES = (
    "404", "404 Not Found", "Page not found", "Error 404", "Oops! Page not found", "Error 404: page not found",
    "Sorry, this page does not exist", "The page you requested could not be found", "Seite nicht gefunden",
    "Fehler 404 - Seite nicht gefunden", "Page non trouvée", "Page introuvable", "Página no encontrada",
    "Página não encontrada", "Pagina non trovata", "Pagina niet gevonden", "Nie znaleziono strony",
    "Страница не найдена", "页面不存在", "找不到页面", "ページが見つかりません", "This domain is for sale",
    "example.com is for sale", "This domain is parked", "Parked domain",
)  # fmt: skip
"""Titles by which pages with a good status say, in many languages, that they are not there."""

ROWS = (
    *map(_titled, _TITLES),
    _titled("Page not found | Example", heading="Page not found"),
    _titled("Page Not Found &mdash; Read the Docs", heading="Sorry, we couldn't find that page"),
    _titled("Example: 404", heading="Not found"),
    _titled("404 Not Found", text=WORDS, name="404 Not Found, with a few words"),
    _titled("404 Not Found", HOLDS, text=_LONG, name="404 Not Found, an article"),
    _titled("Not found", HOLDS, text=_LONG, name="Not found, an article"),
    _titled("HTTP 404", HOLDS, text=_LONG, name="HTTP 404, an article"),
    _titled("How to write a good 404 page", HOLDS),
    _titled("404 Not Found - Wikipedia", HOLDS, text=_LONG),
    _titled("Route 404", HOLDS),
    _titled("The 404th regiment", HOLDS),
    _titled("Error handling", HOLDS),
    _titled("Domain names for sale: a history", HOLDS),
    row("page of a title alone that says not found", "http://pretending.example/title", HOLDS, _IN_TITLE_ALONE),
    row("page whose heading says not found", "http://pretending.example/heading", pretends(_SAYS), _IN_HEADING),
    row("page whose text alone says not found", "http://pretending.example/in-text", HOLDS, _IN_TEXT),
    row("page below an apology says not found", "http://pretending.example/oops", pretends(_SAYS), _BELOW_OOPS),
    row("page that says it among other words", "http://pretending.example/guide", HOLDS, _IN_A_GUIDE),
    row("page below an apology says else", "http://pretending.example/else", HOLDS, _OTHER_OOPS),
    row("page with a heading 404", "http://pretending.example/number", pretends(_SAYS),
        bare(200, "Example", _LACKS, heading="404")),
    row("text that says not found", "http://pretending.example/text", pretends(_SAYS),
        answer(200, b"Not found", "Content-Type: text/plain")),
    row("text that says 404", "http://pretending.example/text404", pretends(_SAYS),
        answer(200, b"404 page not found\n", "Content-Type: text/plain")),
    row("text that begins with not found", "http://pretending.example/long.txt", HOLDS,
        answer(200, b"Not found in this list are servers of other kinds, of which others have written much.\n" * 9,
               "Content-Type: text/plain")),
    row("page not found with a status", "http://pretending.example/honest", broken(), bare(404, "Page not found")),
    row("page not found with a section", "http://pretending.example/section#part", pretends(_SAYS),
        bare(200, "Page not found")),
    _leads("to the front page", "http://shop.example/old/article", "http://shop.example/", pretends(_FRONT)),
    row("to the front page for good", "http://shop.example/old/other", pretends(_FRONT),
        redirect(301, "/index.html"), At("http://shop.example/index.html", page()), requests=2),
    _leads("to the front page of www", "http://store.example/deep/page", "http://www.store.example/", pretends(_FRONT)),
    _leads("to a part of the front page", "http://small.example/old/team", "http://small.example/#team", HOLDS,
           page('<p id="team">')),
    _leads("from the front page to its language", "http://langs.example/", "http://langs.example/en/", HOLDS),
    _leads("from a language to the front page", "http://langs.example/en", "http://langs.example/home", HOLDS),
    _leads("to the front page of another site", "http://shop.example/partner", "http://partner.example/", HOLDS),
    row("from http to https of the front page", "http://secure.shop.example/", moved("https://secure.shop.example/"),
        redirect(301, "https://secure.shop.example/"), At("https://secure.shop.example/", page()), requests=2),
    _leads("to a page that says not found", "http://shop.example/gone", "http://shop.example/404.html", pretends(_SAYS),
           bare(200, "Page not found")),
    _leads("to a page for errors", "http://shop.example/sold", "http://shop.example/errors/404", pretends(_ERRORS)),
    _leads("to a query of errors", "http://shop.example/out", "http://shop.example/?notfound=1", pretends(_ERRORS)),
    _leads("to a page with that number", "http://shop.example/mug", "http://shop.example/item/404", HOLDS),
    _leads("to a language", "http://tongues.example/old/page", "http://tongues.example/en/", pretends(_FRONT)),
    _leads("from a numbered page to the front page", "http://blog.example/?p=12", "http://blog.example/",
           pretends(_FRONT)),
    _leads("from a counted front page to the front page", "http://news.example/?utm_source=a", "http://news.example/",
           HOLDS),
    _wall("Cloudflare", 403, "Just a moment..."),
    _wall("Cloudflare", 503, "Just a moment..."),
    _wall("Cloudflare", 429, "Just a moment..."),
    _wall("Cloudflare", 200, "Just a moment..."),
    _wall("Cloudflare by its head", 403, "Example", "CF-Mitigated: challenge"),
    _wall("Cloudflare that bans", 403, "Attention Required! | Cloudflare"),
    _wall("Cloudflare on what is gone", 404, "Just a moment...", expected=broken()),
    _wall("AWS WAF", 202, "", "x-amzn-waf-action: challenge"),
    _wall("AWS WAF", 405, "Human Verification", "x-amzn-waf-action: captcha"),
    _wall("Akamai", 403, "Access Denied", "Server: AkamaiGHost"),
    _wall("Imperva", 200, "Pardon Our Interruption"),
    _wall("DataDome", 403, "example.com", "X-DataDome: protected"),
    _wall("Sucuri", 403, "Sucuri WebSite Firewall - Access Denied"),
    _wall("Vercel", 429, "Vercel Security Checkpoint"),
    _wall("DDoS-Guard", 403, "DDoS-Guard", "Server: ddos-guard"),
    _wall("Anubis", 200, "Making sure you&#39;re not a bot!"),
    _wall("a captcha", 200, "Verify you are human"),
    _wall("a robot check", 200, "Robot Check"),
    _wall("a ban", 403, "Access Denied"),
    _wall("none, but a refusal", 403, "Members only", expected=unable("lets not everybody see")),
    row("wall in an article", "http://articles.example/wall", HOLDS,
        page(f"<p>{_LONG}</p>", title="Just a moment...")),
    row("wall behind a redirect", "http://articles.example/behind", unable(_WALL),
        redirect(302, "https://articles.example/wall"),
        At("https://articles.example/wall", bare(403, "Just a moment...")), requests=2),
    row("wall with a section", "https://section.walls.example/page#part", unable(_WALL), bare(403, "Just a moment...")),
    _leads("to a login", "http://private.example/page", "http://private.example/login?next=/page", unable(_LOGIN)),
    _leads("to a login elsewhere", "http://private.example/other", "https://login.private.example/", unable(_LOGIN)),
    _leads("to accounts", "http://private.example/doc", "https://accounts.private.example/v3/signin", unable(_LOGIN)),
    _leads("to a consent", "http://private.example/video", "https://consent.private.example/m", unable(_LOGIN)),
    _leads("from a login to a login", "http://private.example/login", "http://private.example/login/", HOLDS),
    row("a login itself", "http://private.example/signin", HOLDS, page(title="Sign in")),
    row("a login in place of a page", "http://private.example/401", unable("asks for credentials"),
        answer(401, b"", "WWW-Authenticate: Basic realm=private")),
)  # fmt: skip
