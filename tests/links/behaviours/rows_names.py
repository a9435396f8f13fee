"""Text in all its encodings, and addresses in all scripts."""

from __future__ import annotations

from base64 import b64encode

from tests.links.behaviours.behaviour import HOLDS, At, Expected, Row, broken, malformed, missing, plain, row, unable
from tests.links.behaviours.wire import If, answer, head, page

_WORDS = "<title>Title</title><h1>Title</h1><h2 id='für'>Straße</h2><p>Zu den Bildern geht es über die Straße.</p>"
_JAPANESE = "<title>題名</title><h1>題名</h1><h2 id='画像'>画像サービス</h2>"
_RUSSIAN = "<title>Имя</title><h1>Имя</h1><h2 id='образ'>Служба образов</h2>"
_EUROS = "<h1>Preis</h1><p id='€'>Euro"
_FUER, _GAZOU, _OBRAZ = "#f%C3%BCr", "#%E7%94%BB%E5%83%8F", "#%D0%BE%D0%B1%D1%80%D0%B0%D0%B7"


def _text(name: str, body: bytes, fragment: str = _FUER, expected: Expected = HOLDS, *, charset: str = "") -> Row:
    """Return a row of a page whose section is found by whoever decodes it as browsers do."""
    path = plain(name)
    media = "Content-Type: text/html" + (f"; charset={charset}" if charset else "")
    return row(f"text {name}", f"http://texts.example/{path}{fragment}", expected, answer(200, body, media))


def _meta(charset: str) -> bytes:
    return f'<meta charset="{charset}">'.encode()


def _spelled(name: str, url: str, wire: str) -> Row:
    """Return a row of a URL that goes over the wire in another spelling."""
    return Row(f"address {name}", url, HOLDS, (At(wire, page()),))


_SECRET = "Authorization: Basic " + b64encode(b"reader:w\xc3\xb6rd").decode()
_WANTED = head(401, "WWW-Authenticate: Basic realm=guide", "Content-Length: 0")

ROWS = (
    _text("UTF-8 by its head", _WORDS.encode(), charset="utf-8"),
    _text("UTF-8 in capitals and quotes", _WORDS.encode(), charset='"UTF-8"'),
    _text("UTF-8 by its own word", _meta("utf-8") + _WORDS.encode()),
    _text("UTF-8 by its mark", b"\xef\xbb\xbf" + _WORDS.encode()),
    _text("UTF-8 by its mark whatever is said", b"\xef\xbb\xbf" + _WORDS.encode(), charset="iso-8859-1"),
    _text("UTF-8 that nobody tells of", _WORDS.encode()),
    _text("UTF-8 with broken bytes", _WORDS.encode() + b"\xff\xfe\xfd", charset="utf-8"),
    _text("Latin-1 by its head", _WORDS.encode("latin-1"), charset="iso-8859-1"),
    _text("Latin-1 by its own word", _meta("latin1") + _WORDS.encode("latin-1")),
    _text("Latin-1 that nobody tells of", _WORDS.encode("latin-1")),
    _text("Windows-1252 by its head", _EUROS.encode("cp1252"), "#%E2%82%AC", charset="windows-1252"),
    _text("Windows-1252 that is called Latin-1", _EUROS.encode("cp1252"), "#%E2%82%AC", charset="iso-8859-1"),
    _text("Windows-1251 by its own word", _meta("windows-1251") + _RUSSIAN.encode("cp1251"), _OBRAZ),
    _text("KOI8-R by its head", _RUSSIAN.encode("koi8-r"), _OBRAZ, charset="koi8-r"),
    _text("UTF-16 by its mark", "\ufeff".encode("utf-16-le") + _WORDS.encode("utf-16-le")),
    _text("UTF-16 by its mark, big end first", "\ufeff".encode("utf-16-be") + _WORDS.encode("utf-16-be")),
    _text("UTF-16 by its head", _WORDS.encode("utf-16-le"), charset="utf-16le"),
    _text("Shift_JIS by its head", _JAPANESE.encode("cp932"), _GAZOU, charset="Shift_JIS"),
    _text("Shift_JIS by its own word", _meta("shift_jis") + _JAPANESE.encode("cp932"), _GAZOU),
    _text("EUC-JP by its head", _JAPANESE.encode("euc-jp"), _GAZOU, charset="euc-jp"),
    _text("ISO-2022-JP by its head", _JAPANESE.encode("iso-2022-jp"), _GAZOU, charset="iso-2022-jp"),
    _text("GB 18030 by the name of GB 2312", _JAPANESE.encode("gb18030"), _GAZOU, charset="gb2312"),
    _text("Big5 by its head", "<h1>題名</h1><p id='題名'>".encode("big5"), "#%E9%A1%8C%E5%90%8D", charset="big5"),
    _text("an encoding that nobody knows", _WORDS.encode(), charset="martian"),
    _text("UTF-8 that is called Latin-1", _WORDS.encode(), expected=missing(), charset="iso-8859-1"),
    _text("Latin-1 that is called UTF-8", _WORDS.encode("latin-1"), expected=missing(), charset="utf-8"),
    _text("words in Shift_JIS", _JAPANESE.encode("cp932"), "#:~:text=%E7%94%BB%E5%83%8F", charset="shift_jis"),
    _text("words that are not there", _WORDS.encode(), "#:~:text=Stra%C3%9Fenbahn", missing(), charset="utf-8"),
    _spelled("with an umlaut in its host", "http://bücher.example/a", "http://xn--bcher-kva.example/a"),
    _spelled("with an umlaut in capitals", "http://BÜCHER.example/b", "http://xn--bcher-kva.example/b"),
    _spelled("in Japanese", "http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"),
    _spelled("with an emoji in its host", "http://☕.example/", "http://xn--53h.example/"),
    _spelled("that is encoded already", "http://xn--bcher-kva.example/c", "http://xn--bcher-kva.example/c"),
    _spelled("with an umlaut in its path", "http://iri.example/für/uns", "http://iri.example/f%C3%BCr/uns"),
    _spelled("with an umlaut in its query", "http://iri.example/?q=ü&r", "http://iri.example/?q=%C3%BC&r"),
    _spelled("with Chinese in its path", "http://iri.example/维基", "http://iri.example/%E7%BB%B4%E5%9F%BA"),
    _spelled("with an encoded slash", "http://iri.example/a%2Fb", "http://iri.example/a%2Fb"),
    _spelled("with brackets in its path", "http://iri.example/a[1]{2}|3", "http://iri.example/a[1]%7B2%7D%7C3"),
    _spelled("with quotes in its path", 'http://iri.example/"a"<b>`c`', "http://iri.example/%22a%22%3Cb%3E%60c%60"),
    _spelled("with a percent sign that encodes nothing", "http://iri.example/100%", "http://iri.example/100%"),
    _spelled("with dots in its path", "http://iri.example/a/../b/./c", "http://iri.example/b/c"),
    _spelled("with a query alone", "http://iri.example?page=1", "http://iri.example/?page=1"),
    _spelled("with two slashes in its path", "http://iri.example/a//b", "http://iri.example/a//b"),
    _spelled("of a bug", "https://bugs.launchpad.net/glance/+bug/1543937", "https://bugs.launchpad.net/glance/+bug/1543937"),
    _spelled("with a dot behind its host", "http://dotted.example./a", "http://dotted.example./a"),
    _spelled("with its own port", "http://iri.example:80/port", "http://iri.example/port"),
    _spelled("with another port", "http://iri.example:8080/port", "http://iri.example:8080/port"),
    _spelled("with an empty port", "http://iri.example:/empty", "http://iri.example/empty"),
    _spelled("with a scheme in capitals", "HTTPS://capitals.EXAMPLE/Page", "https://capitals.example/Page"),
    _spelled("with a name of underscores", "http://under_score.example/", "http://under_score.example/"),
    Row("address with a password", "http://reader:w%C3%B6rd@locked.example/", HOLDS,
        (At("http://locked.example/", If(_SECRET, page(), _WANTED)),)),
    Row("address with a wrong password", "http://reader:wrong@locked.example/other", unable("asks for credentials"),
        (At("http://locked.example/other", If(_SECRET, page(), _WANTED)),)),
    Row("address with a name alone", "http://reader@locked.example/name", unable("asks for credentials"),
        (At("http://locked.example/name", If(_SECRET, page(), _WANTED)),)),
    Row("address without a password", "http://locked.example/none", unable("asks for credentials"),
        (At("http://locked.example/none", If("Authorization", page(), _WANTED)),)),
    *(Row(f"address {text!r}", text, malformed(), (), 0) for text in (
        "http://", "http:///path", "http://a b.example/", "http://iri.example/a b", "http://iri.example\\a",
        "http://iri.example:99999/", "http://iri.example:port/", "http://a..example/", "http://.example/",
        "http://iri.example:80:80/", "iri.example/page", "www.iri.example", "//iri.example/", "/page",
        "http://a%2562.example/", "http://iri.example/\u202ereversed", f"http://{'a' * 64}.example/",
        "http://[::1", "http://[fe80::1%25eth0]/", "http://iri.example/line\nbreak",
    )),
    Row("a name that nobody has", "http://nothing.invalid/page", broken("no host of this name"), (), 0),
    Row("a name that cannot be looked up now", "http://unsure.invalid/", unable("could not be looked up"), (), 0),
)  # fmt: skip
