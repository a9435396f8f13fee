"""Pages that are small enough to be read, and cost whoever reads them without care many times as much."""

from __future__ import annotations

import zlib

from tests.links.behaviours.behaviour import Row, plain, row, unable
from tests.links.behaviours.wire import CLOSE, HTML, answer, endless, head

_PART = unable("not in the part")
_SECTION, _WORDS = "#nowhere", "#:~:text=never%20there"
_PIECES = (
    ("bare tags", "<p>", _SECTION),
    ("tags with an attribute", "<p a>", _SECTION),
    ("line breaks", "<br>\n", _WORDS),
    ("comments", "x<!---->", _SECTION),
    ("signs that begin no tag", "<", _WORDS),
    ("signs that begin no entity", "&", _WORDS),
    ("headings without a word", "<h1></h1>", _SECTION),
    ("scripts without a word", "<script></script>", _SECTION),
    ("letters that unfold to eighteen", "\ufdfa", _WORDS),
    ("accents on one letter", "\u0301", _WORDS),
)
"""What a page without end repeats, and what is looked for behind it."""


def _pieces(name: str, piece: str, fragment: str, media: str = HTML) -> Row:
    """Return a row of a page that begins well, and then repeats one piece for ever."""
    host = f"{plain(name)}.{'html' if media == HTML else 'text'}.costly.example"
    begin = head(200, media, CLOSE) + b"<title>Guide</title><h1>Guide</h1>a"
    action = endless(begin, piece.encode() * (2**14 // len(piece.encode())))
    return row(f"nothing but {name}{'' if media == HTML else ', as text'}", f"http://{host}/{fragment}", _PART, action)


def _data(name: str, data: str) -> Row:
    """Return a row of a page on a code host whose text stands in data for scripts."""
    body = f'<title>Text</title><script type="application/json">{data}</script>'.encode()
    url = f"https://github.com/costly/{plain(name)}"
    return row(f"data of {name}", f"{url}#section", _PART, answer(200, body, HTML))


def _book_of_bombs() -> bytes:
    """Return a PDF whose streams of objects unpack to a thousand times their size."""
    packed = zlib.compress(bytes(2**24), 9)
    stream = b"1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d >> stream\n%s\nendstream\nendobj\n"
    return b"%PDF-1.7\n" + stream % (len(packed), packed) * 100


ROWS = (
    *(_pieces(*each) for each in _PIECES),
    _pieces("letters that unfold to eighteen", "\ufdfa", _WORDS, "Content-Type: text/plain; charset=utf-8"),
    _data("a million lists", '{"a":"user-content-","x":[' + "[]," * 10**6 + "[]]}"),
    _data("lists in lists", '{"a":"user-content-","x":' + "[" * 10**6 + "]" * 10**6 + "}"),
    _data("markup", '["' + "user-content-<p a>" * 2 * 10**5 + '"]'),
    row("a PDF of bombs", "http://book.costly.example/#page=3", _PART,
        answer(200, _book_of_bombs(), "Content-Type: application/pdf")),
)  # fmt: skip
