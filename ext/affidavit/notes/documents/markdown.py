"""Change logs in Markdown, as code hosts show them or as MyST-Parser reads them: from text to headings. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from msgspec import Struct, field

from affidavit.notes.documents.anchors import docutils_slug, github_slug
from affidavit.notes.documents.outline import Part, stable, with_anchors
from affidavit.notes.documents.work import Work, work_on

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_BLOCK = 3
"""What is spent on a block."""

_TARGETED = re.compile(r"(?s)(.*\S)\s*<[^<>]*>")


class _Draft(Struct):
    """A heading while the text below it is read; ``label`` is the target that was written before it."""

    level: int
    title: str
    label: str = ""
    texts: list[str] = field(default_factory=list)

    def part(self, anchor: str = "") -> Part:
        return Part(self.level, self.title, "\n".join(self.texts), anchor)


def github_parts(text: str) -> tuple[Part, ...]:
    """Return the headings of Markdown with their anchors on GitHub, which has some in quotations and lists as well."""
    tokens = _parser(text).parse(text)
    drafts = tuple(_drafts(tokens))
    inner = [github_slug(title) for title, _ in _headings(tokens, nested=True)]
    return with_anchors((each.part() for each in drafts), [github_slug(each.title) for each in drafts], inner)


def myst_parts(text: str) -> tuple[Part, ...]:
    """Return the headings of Markdown with their anchors in MyST: targets, ids of docutils, slugs.

    The first two are on the page with all versions of MyST-Parser and all settings, slugs with ``myst_heading_anchors``
    only, from version 5.2 on.
    """
    parser = _parser(text).use(myst_block_plugin).use(myst_role_plugin)
    drafts = tuple(_drafts(parser.parse(text)))
    labels = [docutils_slug(each.label) for each in drafts]
    ids = [docutils_slug(each.title) for each in drafts]
    own = zip(stable(labels, ids), stable(ids, labels), strict=True)
    parts = (each.part(label or name) for each, (label, name) in zip(drafts, own, strict=True))
    return with_anchors(parts, [github_slug(each.title) for each in drafts], (*ids, *labels))


def _parser(text: str) -> MarkdownIt:
    """Return a parser for a text, which is asked first what each block is, and counts it."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
    parser.block.ruler.before("table", "work", _counting(work_on(text)))
    return parser


def _counting(work: Work) -> Callable[[StateBlock, int, int, bool], bool]:
    """Return a rule of the parser that takes no block, but spends work on each."""

    def count(_state: StateBlock, _first: int, _last: int, _silent: bool) -> bool:  # noqa: FBT001 -- as it is called
        work.spend(_BLOCK)
        return False

    return count


def _drafts(tokens: Sequence[Token]) -> Iterator[_Draft]:
    headings = iter(_headings(tokens, nested=False))
    label, draft = "", None
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and not token.level:
            if draft:
                yield draft
            title, level = next(headings)
            draft, label = _Draft(level, title, label), ""
        elif token.type == "myst_target":
            label = token.content
        elif draft and not _is_title(tokens, at):
            draft.texts.append(_text(token))
            label = label if token.nesting else ""
    if draft:
        yield draft


def _headings(tokens: Sequence[Token], *, nested: bool) -> Iterator[tuple[str, int]]:
    """Yield titles and levels of the headings that stand in something, or of those that do not."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and bool(token.level) == nested:
            yield _text(tokens[at + 1]).strip(), int(token.tag[1:])


def _is_title(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].type == "heading_open" and not tokens[at - 1].level


def _text(token: Token) -> str:
    """Return what readers see of a token."""
    match token.type:
        case "inline":
            return "".join(map(_inline_text, token.children or ()))
        case "fence" | "code_block":
            return token.content
        case "html_block":
            return _TAG.sub(" ", token.content)
        case _:  # the begin or end of something, or nothing that is shown
            return ""


def _inline_text(token: Token) -> str:
    match token.type:
        case "text" | "code_inline" | "image":
            return token.content
        case "softbreak" | "hardbreak":
            return " "
        case "myst_role":
            return _TARGETED.sub(r"\1", token.content)
        case _:
            return ""
