"""Change logs in reStructuredText: from text to headings, by docutils' parser, which runs nothing in it. Pure.

What directives and roles there are depends on who publishes a file, and on what else runs in this process: Sphinx adds
some to docutils' own that cannot be run outside a build. So none is run: what they hold is read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any

from docutils import frontend, nodes, utils
from docutils.parsers import rst
from docutils.parsers.rst import states
from docutils.transforms.references import PropagateTargets
from msgspec import Struct, field

from affidavit.notes.documents.anchors import docutils_slug, github_slug
from affidavit.notes.documents.docutils_work import lines_of, watch
from affidavit.notes.documents.outline import Part, stable, with_anchors
from affidavit.notes.documents.work import work_on

_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "file_insertion_enabled": False,
    "raw_enabled": False,
}
"""Nothing is told and nothing halts; no other file is read."""

_UNSEEN = frozenset({
    "class", "contents", "currentmodule", "default-role", "highlight", "image", "include", "index", "literalinclude",
    "meta", "module", "py:currentmodule", "py:module", "raw", "rst-class", "role", "sectnum", "tabularcolumns",
    "target-notes", "title", "toctree",
})  # fmt: skip
"""Directives of which readers see no words."""

_LITERAL = frozenset({
    "code", "code-block", "math", "parsed-literal", "prompt", "sourcecode",
})  # fmt: skip
_SAYING = frozenset({
    "admonition", "attention", "caution", "danger", "deprecated", "error", "hint", "important", "note", "rubric",
    "seealso", "sidebar", "tip", "todo", "topic", "versionadded", "versionchanged", "versionremoved", "warning",
})  # fmt: skip
"""Directives whose arguments are words for readers."""

_DIRECTIVE = re.compile(r"\s*(?:\.\. )?\s*\S+?\s*::\s*(.*)")
_OPTION = re.compile(r"\s*:[^:\s][^:]*:(\s|$)")
_TARGETED = re.compile(r"(?s)(.*\S)\s*<[^<>]*>")


def github_parts(text: str) -> tuple[Part, ...]:
    """Return the headings of a file with their anchors on GitHub."""
    parts = tuple(draft.part() for draft in _drafts(_document(text)))
    return with_anchors(parts, [github_slug(part.title) for part in parts])


def docutils_parts(text: str) -> tuple[Part, ...]:
    """Return the headings of a file with their ids in docutils and Sphinx; explicit labels come first."""
    document = _document(text)
    PropagateTargets(document).apply()
    drafts = tuple(_drafts(document))
    labels = [_label(document, draft.section) for draft in drafts]
    slugs = stable([docutils_slug(draft.title) for draft in drafts], labels)
    own = (slug if draft.section["ids"][:1] == [slug] else "" for draft, slug in zip(drafts, slugs, strict=True))
    return tuple(draft.part(label or slug) for draft, label, slug in zip(drafts, labels, own, strict=True))


def _label(document: nodes.document, section: nodes.section) -> str:
    """Return the id of a label that was written before a heading; empty where it has none, or one with a number."""
    explicit = (name for name in section["names"] if document.nametypes.get(name))
    ids = ((name, document.nameids.get(name)) for name in explicit)
    return next((found for name, found in ids if found and found == nodes.make_id(name)), "")


def _document(text: str) -> nodes.document:
    settings = frontend.get_default_settings(rst.Parser)
    vars(settings).update(_SETTINGS)
    document = utils.new_document("", settings)
    work = work_on(text)
    watch(document, work)
    machine = states.RSTStateMachine(state_classes=_STATES, initial_state="Body")
    machine.run(lines_of(text, work), document, inliner=_inliner())
    return document


class _Draft(Struct):
    """A heading while the text below it is read."""

    section: nodes.section
    level: int
    texts: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return next((child.astext() for child in self.section.children if isinstance(child, nodes.title)), "")

    def part(self, anchor: str = "") -> Part:
        return Part(self.level, self.title, "\n".join(self.texts), anchor)


def _drafts(document: nodes.document) -> Iterator[_Draft]:
    levels: dict[int, int] = {}
    draft = None
    for node in document.findall():
        if isinstance(node, nodes.section):
            if draft:
                yield draft
            levels[id(node)] = levels.get(id(node.parent), 0) + 1
            draft = _Draft(node, levels[id(node)])
        elif draft and _is_shown(node):
            draft.texts.append(node.astext())
    if draft:
        yield draft


def _is_shown(node: nodes.Node) -> bool:
    """Tell blocks of text; what is within a line is a part of one."""
    if not isinstance(node, nodes.TextElement) or isinstance(node, (nodes.Invisible, nodes.title)):
        return False
    return not isinstance(node.parent, (nodes.TextElement, nodes.system_message))


def _inliner() -> states.Inliner:
    """Return a parser of lines that takes roles as text; a class of its own would lack what docutils looks up in it."""
    made = states.Inliner()
    vars(made)["interpreted"] = _interpreted
    return made


def _interpreted(rawsource: str, text: str, role: str, lineno: int) -> tuple[list[Any], list[Any]]:
    """Return the text of a role that readers see; of an explicit title, and of a name that is shortened, that."""
    del role, lineno
    shown = _TARGETED.sub(r"\1", utils.unescape(text)).removeprefix("!")
    return [nodes.inline(rawsource, shown.rpartition(".")[2] if shown.startswith("~") else shown)], []


_MACHINES: list[Any] = []
"""Parsers to use again: those that docutils keeps for all would run directives."""


class _Quiet(states.RSTState):
    """A state of the parser that runs no directive."""

    def __init__(self, machine: states.RSTStateMachine, debug: bool = False) -> None:  # noqa: FBT001, FBT002 -- as it is called
        super().__init__(machine, debug)
        self.nested_sm_cache = _MACHINES
        self.nested_sm_kwargs = {"state_classes": _STATES, "initial_state": "Body"}

    def new_subsection(self, title: str, lineno: int, messages: list[Any]) -> None:
        """Count a section, which costs more than its lines."""
        machine: Any = self.state_machine
        machine.input_lines.section()
        super().new_subsection(title, lineno, messages)

    def run_directive(
        self, directive: object, match: object, type_name: str, option_presets: object
    ) -> tuple[list[Any], bool]:
        """Read the content of a directive that docutils, or somebody in this process, knows."""
        del directive, match, option_presets
        return self.unknown_directive(type_name)

    def unknown_directive(self, type_name: str) -> tuple[list[Any], bool]:
        """Read the content of a directive as text."""
        machine: Any = self.state_machine  # typed as one that knows no indentation
        lines, _, offset, ended = machine.get_first_known_indented(0, strip_indent=False)
        shown = _content(type_name.lower(), list(lines))
        container = nodes.container()
        if type_name.lower() in _LITERAL:
            container += nodes.literal_block(shown, shown)
        elif shown.strip():
            self.nested_parse(type(machine.input_lines)(shown.splitlines(), ""), offset, container)
        return [container], ended


_STATES: Sequence[type] = tuple(type(each.__name__, (_Quiet, each), {}) for each in states.state_classes)


def _content(name: str, lines: list[str]) -> str:
    """Return what readers see of a directive, without its options."""
    if name in _UNSEEN:
        return ""
    first = _DIRECTIVE.match(lines[0])
    said = f"{first[1]}\n\n" if first and name in _SAYING else ""
    rest = lines[1:]
    while rest and _OPTION.match(rest[0]):
        rest.pop(0)
    return said + dedent("\n".join(rest))
