"""What a page shows, by a real HTML parser: sections, headings, text, and whether scripts make it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from affidavit.links.folding import count_words, one_line
from affidavit.links.tangle import is_tangled

LONGEST = 200
"""Characters of a title or heading that are kept."""

MANY = 500
"""Words beyond which nobody counts."""

_FEW = 12
"""Words that a page shows which stands for itself where it has no heading, such as ``404 page not found``."""

_UNSEEN = "script, style, iframe, noembed, noframes, xmp, plaintext"
"""Elements that hold text only (HTML, 13.2.6), which is none of the page's, or, long out of use, looks like markup."""

_NOSCRIPT = re.compile(rb"<(/?)noscript(?=[\s/>])", re.IGNORECASE)
_NOFRAMES = rb"<\1noframes"
"""Where scripts run, what ``noscript`` holds is no markup (HTML, 13.2.6.4.7), but this parser cannot be told that they
do. What ``noframes`` holds is none anywhere, and both may stand in the same places."""

_MOST = 200
"""Elements of which it is looked at what they stand in."""

_BLOCKS = (
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|listing|main|menu|nav|ol|optgroup|option|p|plaintext|pre"
    "|search|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|xmp"
)
_REST = r"""(?:[\s/](?:[^">]|"[^"]*")*)?>"""  # as the parser writes tags: attributes stand in double quotes
_BLOCK_TAG = re.compile(f"</?(?:{_BLOCKS}){_REST}")
_BREAK_TAG = re.compile(f"<br{_REST}")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_ANY_TAG = re.compile(f"</?[a-z][^\\s>/]*{_REST}", re.IGNORECASE)
_LONG = 10_000
_TAG = re.compile(r"<[^>]*>")
_SELF_CLOSED = re.compile(r"<(script|style|title|textarea|iframe|noscript|noembed|noframes|xmp)(\s[^<>]*)?/>")


class Script(Struct, frozen=True):
    """A script of a page: its ``type`` attribute in lower case, whether it is loaded from elsewhere, and its text."""

    kind: str
    loaded: bool
    text: str


class Markup(Struct, frozen=True):
    """A page that was parsed, without what readers do not see. ``noscript`` is what it says to who has no scripts."""

    tree: LexborHTMLParser
    title: str
    scripts: tuple[Script, ...]
    noscript: str

    def has(self, name: str) -> bool:
        """Return whether an element has this id, or is an anchor of this name."""
        quoted = _quoted(name)
        return self.tree.css_first(f"[id={quoted}], a[name={quoted}]") is not None

    @property
    def heading(self) -> str:
        """Return the first heading of the highest rank; a page without any that shows just a few words is all one."""
        nodes = (node for rank in range(1, 7) for node in self.tree.css(f"h{rank}"))
        heading = next(filter(None, (one_line(node.text(), LONGEST) for node in nodes)), "")
        return heading or few_words(self._text)

    @property
    def words(self) -> int:
        """Count the words that readers see, up to :data:`MANY`."""
        return count_words(self._text, MANY)

    @property
    def text(self) -> str:
        """Return all words that a page has for its readers, a line for each block."""
        return "\n".join([self.title, *self._descriptions(), *self.lines])

    @property
    def lines(self) -> list[str]:
        """Return what readers see, a line for each block."""
        body = self.tree.body
        return visible(body.html or "").split("\n") if body else []

    @property
    def _text(self) -> str:
        """Return what readers see, with a blank at each tag: at little cost, enough to count words."""
        body = self.tree.body
        return body.text(separator=" ") if body else ""

    def _descriptions(self) -> Iterator[str]:
        """Yield what a page says of itself to search engines."""
        for node in self.tree.css('meta[name="description" i], meta[property="og:description" i]'):
            yield node.attributes.get("content") or ""


def parse(text: str, *, xml: bool) -> Markup | None:
    """Parse a page; ``None`` where that would cost too much. ``xml`` tells that it is to be read as XML."""
    markup = (_SELF_CLOSED.sub(r"<\1\2></\1>", text) if xml else text).encode("utf-8", "replace")
    if is_tangled(markup):
        return None
    tree = LexborHTMLParser(_NOSCRIPT.sub(_NOFRAMES, markup))
    noscript = " ".join(node.text() for node in tree.css("noframes"))[:_LONG]
    scripts = tuple(map(_script, tree.css("script")))
    _prune(tree)
    return Markup(tree, _title(tree), scripts, _TAG.sub(" ", noscript))


def visible(markup: str) -> str:
    """Return the text of markup as the parser writes it; blocks become lines, and what is within a line stays whole."""
    text = _BREAK_TAG.sub(" ", _BLOCK_TAG.sub("\n", _COMMENT.sub("", markup)))
    return unescape(_ANY_TAG.sub("", text))


def few_words(text: str) -> str:
    """Return a text on one line if it is so short that it has no need of a heading; else nothing."""
    return one_line(text, LONGEST) if count_words(text, _FEW + 1) <= _FEW else ""


def _script(node: LexborNode) -> Script:
    attributes = node.attributes
    return Script((attributes.get("type") or "").lower(), "src" in attributes, node.text())


def _prune(tree: LexborHTMLParser) -> None:
    """Take out what readers do not see; the elements themselves stay, as they may be what a fragment names."""
    for node in tree.css(_UNSEEN):
        for text in list(node.iter(include_text=True)):
            text.decompose()
    for node in tree.css("template"):  # its content is none of its children, and yet would be written out with it
        node.decompose()


def _title(tree: LexborHTMLParser) -> str:
    """Return the title of the page; drawings in it may have titles of their own."""
    nodes = (node for node in tree.css("title")[:_MOST] if not _stands_in(node, "svg"))
    return next((one_line(node.text(), LONGEST) for node in nodes), "")


def _stands_in(node: LexborNode, name: str) -> bool:
    return any(each.tag == name for each in _above(node))


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _quoted(text: str) -> str:
    """Write a string of CSS so that nothing in it means anything (CSS Syntax 3, 4.3.7)."""
    return '"' + "".join(f"\\{ord(each):06x}" for each in text) + '"'
