"""How each builder writes the drawn nodes: html in its own way, the others as they write admonitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from docutils.utils import column_width
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.manpage import ManualPageTranslator
from sphinx.writers.texinfo import TexinfoTranslator
from sphinx.writers.text import TextTranslator

from affidavit.sphinx import nodes as ours
from affidavit.sphinx.marks import LATEX_DINGBATS, SYMBOLS, svg

Visitor = Callable[[Any, Any], None]
"""Takes the translator of one builder, and a node."""


def register(app: Sphinx) -> None:
    """Register the drawn nodes for every builder, and the package that LaTeX takes its icons from."""
    app.add_latex_package("pifont")
    for node_class, writers in WRITERS.items():
        app.add_node(node_class, override=False, **writers)


def _nothing(_translator: SphinxTranslator, _node: nodes.Element) -> None:
    """Write nothing of its own: the content is enough."""


def _skip(_translator: SphinxTranslator, _node: nodes.Element) -> None:
    raise nodes.SkipNode


def _as(method: str) -> tuple[Visitor, Visitor]:
    """Return visitors that write a node as the builder writes a stock one."""

    def visit(translator: SphinxTranslator, node: nodes.Element) -> None:
        getattr(translator, f"visit_{method}")(node)

    def depart(translator: SphinxTranslator, node: nodes.Element) -> None:
        getattr(translator, f"depart_{method}")(node)

    return visit, depart


def _open_html_card(translator: HTML5Translator, node: nodes.Element) -> None:
    title = node.next_node(ours.card_title)
    label = {"aria-labelledby": title["ids"][0]} if title is not None and title["ids"] else {}
    translator.body.append(translator.starttag(node, "section", **label))


def _close_html_card(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</section>\n")


def _html_level(translator: HTML5Translator) -> int:
    """Return the level of a heading inside the present section; html has six."""
    return int(min(translator.section_level + translator.initial_header_level, 6))


def _open_html_title(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(translator.starttag(node, f"h{_html_level(translator)}", "", CLASS="affidavit-title"))


def _close_html_title(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append(f"</h{_html_level(translator)}>\n")


def _html_tag(tag: str) -> tuple[Visitor, Visitor]:
    def visit(translator: HTML5Translator, node: nodes.Element) -> None:
        # Of folds of one name a browser opens one at a time.
        attributes = {name: node[name] for name in ("name", "open") if node.get(name)}
        translator.body.append(translator.starttag(node, tag, **attributes))

    def depart(translator: HTML5Translator, _node: nodes.Element) -> None:
        translator.body.append(f"</{tag}>\n")

    return visit, depart


def _html_mark(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append(svg(node["kind"]))
    raise nodes.SkipNode


def _open_html_scroll(translator: HTML5Translator, node: nodes.Element) -> None:
    attributes = {"role": "region", "tabindex": "0", "aria-label": node["label"]}
    translator.body.append(translator.starttag(node, "div", CLASS="affidavit-scroll", **attributes))


def _close_html_scroll(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _open_latex_title(translator: LaTeXTranslator, _node: nodes.Element) -> None:
    """Open the argument in which Sphinx's admonition environment takes its title."""
    translator.body.append("{")


def _close_latex_title(translator: LaTeXTranslator, _node: nodes.Element) -> None:
    translator.body.append("}\n")


def _latex_mark(translator: LaTeXTranslator, node: nodes.Element) -> None:
    translator.body.append(rf"\ding{{{LATEX_DINGBATS[node['kind']]}}}\nobreakspace{{}}")
    raise nodes.SkipNode


def _text_mark(translator: TextTranslator, node: nodes.Element) -> None:
    translator.add_text(f"[{SYMBOLS[node['kind']]}] ")
    raise nodes.SkipNode


def _roff_mark(translator: ManualPageTranslator | TexinfoTranslator, node: nodes.Element) -> None:
    translator.body.append(f"[{SYMBOLS[node['kind']]}] ")
    raise nodes.SkipNode


def _open_text_box(translator: TextTranslator, node: nodes.Element) -> None:
    node["before"] = len(translator.states[-1])
    translator.new_state(0)


def _close_text_box(translator: TextTranslator, node: nodes.Element) -> None:
    """Frame what the card's content came to, with the rules of a plain table."""
    translator.end_state()
    written = translator.states[-1][node["before"] :]
    del translator.states[-1][node["before"] :]
    lines = [" " * indent + line for indent, part in written for line in part]
    translator.states[-1].append((0, [*_framed(lines), ""]))


def _framed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    width = max(map(column_width, lines), default=0)
    rule = f"+{'-' * (width + 2)}+"
    return [rule, *(f"| {line}{' ' * (width - column_width(line))} |" for line in lines), rule]


def _man_rule(translator: ManualPageTranslator, _node: nodes.Element) -> None:
    """Draw a plain rule, in every man page reader: lines of the text itself."""
    translator.ensure_eol()
    translator.body.append(f".sp\n.nf\n{'-' * 60}\n.fi\n")


def _open_man_fold(translator: ManualPageTranslator, _node: nodes.Element) -> None:
    translator.ensure_eol()
    translator.body.append(".sp\n")


_STOCK_BOX = _as("admonition")
_PLAIN = (_nothing, _nothing)
_PARAGRAPH = _as("paragraph")

WRITERS: dict[type[nodes.Element], dict[str, tuple[Visitor, Visitor]]] = {
    # A reference in a heading stands in tables of contents, too, which Sphinx fills before pages are drawn.
    ours.release_note: dict.fromkeys(("html", "latex", "text", "man", "texinfo"), _PLAIN),
    ours.card_box: {
        "html": (_open_html_card, _close_html_card),
        "latex": _STOCK_BOX,
        "text": (_open_text_box, _close_text_box),
        "man": (_man_rule, _man_rule),
        "texinfo": _STOCK_BOX,
    },
    ours.card_title: {
        "html": (_open_html_title, _close_html_title),
        "latex": (_open_latex_title, _close_latex_title),
        "text": _PARAGRAPH,
        "man": _PARAGRAPH,
        "texinfo": (_skip, _nothing),  # the box has written it
    },
    ours.fold: {
        "html": _html_tag("details"),
        "latex": _PLAIN,
        "text": _PLAIN,
        "man": (_open_man_fold, _nothing),
        "texinfo": _PLAIN,
    },
    ours.fold_label: {
        "html": _html_tag("summary"),
        "latex": _PARAGRAPH,
        "text": _PARAGRAPH,
        "man": _PARAGRAPH,
        "texinfo": _PARAGRAPH,
    },
    ours.transcript: {"html": _PLAIN, **dict.fromkeys(("latex", "text", "man", "texinfo"), (_skip, _nothing))},
    ours.mark: {
        "html": (_html_mark, _nothing),
        "latex": (_latex_mark, _nothing),
        "text": (_text_mark, _nothing),
        "man": (_roff_mark, _nothing),
        "texinfo": (_roff_mark, _nothing),
    },
    ours.scroll: {
        "html": (_open_html_scroll, _close_html_scroll),
        "latex": _PLAIN,
        "text": _PLAIN,
        "man": _PLAIN,
        "texinfo": _PLAIN,
    },
}
"""The table: what writes each drawn node, for each builder."""
