"""Reads the examples of a doctree: directives and stock blocks in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docutils import nodes
from msgspec.structs import replace
from sphinx import addnodes
from sphinx.ext.ifconfig import ifconfig
from sphinx_tabs.tabs import SphinxTabsPanel

from affidavit.examples.declare import Reading
from affidavit.examples.parse import console, http, pycon
from affidavit.examples.parse.parsed import Parsed
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration
from affidavit.model.examples import ConsoleStep, Example, FileStep, HttpStep, PyconStep, Step
from affidavit.model.place import Place
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, finding
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.steps import LINE, SOURCE
from affidavit.sphinx.tree import Locator, upwards

_PARSERS: dict[str, Callable[[str, Place], Parsed]] = {
    "console": console.parse,
    "pycon": pycon.parse,
    "http": http.parse,
}
_CHANGING = (ours.declared, addnodes.only, ifconfig, SphinxTabsPanel)
"""What a step may not stand in, inside of its example: not all readers would see what runs."""


class Examples:
    """Reads the examples of one document, and keeps what is wrong with them."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._reading = Reading()

    @property
    def findings(self) -> Iterator[Finding]:
        """Return what is wrong."""
        return iter(self._reading.findings)

    def read(self, node: ours.example) -> Example | None:
        """Read one example; ``None`` without a usable name."""
        before = len(self._reading.findings)
        steps = [step for part in _parts(node) if (step := self._step(part)) is not None]
        example = self._reading.example(declaration_of(node), steps)
        flaws = tuple(each for each in self._reading.findings[before:] if each.severity is Severity.ERROR)
        return replace(example, flaws=flaws) if example and flaws else example

    def _step(self, node: nodes.Element) -> Step | None:
        if not isinstance(node, ours.example_step):
            place = self._locator.place(node)
            told = Declaration(node["language"], "", {}, place)
            return self._block(told, node[SOURCE], self._locator.at(node.source or "", node[LINE]))
        told = declaration_of(node)
        match told.directive:
            case "file":
                return self._file(node, told)
            case "service":
                service = self._reading.service(told)
                node["value"] = service
                return service
            case _:
                at = node["at"] or told.place.line
                return self._block(told, node["text"], self._locator.at(node.source or "", at))

    def _file(self, node: ours.example_step, told: Declaration) -> FileStep | None:
        if node["problem"]:
            self._malformed(told.place, f"The file `{told.option('source')}` {node['problem']}.")
        begins = self._locator.at(node.source or "", node["at"]) if node["at"] else None
        return self._reading.file(told, node["text"], begins)

    def _block(self, told: Declaration, text: str, place: Place) -> Step:
        matching = self._reading.matching(told)
        parsed = _PARSERS[told.directive](text, place)
        self._reading.parsed(told.directive, parsed.problems)
        match told.directive:
            case "console":
                return ConsoleStep(parsed.exchanges, told.place, matching)
            case "pycon":
                return PyconStep(parsed.exchanges, told.place, matching)
            case _:
                return HttpStep(parsed.exchanges, self._reading.base(told), told.place, matching)

    def _malformed(self, place: Place, message: str) -> None:
        self._reading.problems([finding(Code.EXAMPLE_MALFORMED, place, message)])


def home_of(node: nodes.Element) -> ours.example | None:
    """Return the example that a step belongs to, ``None`` where it stands outside, or not all readers see it."""
    for parent in upwards(node.parent):
        if isinstance(parent, ours.example):
            return parent
        if isinstance(parent, _CHANGING):
            return None
    return None


def _parts(node: ours.example) -> Iterator[nodes.Element]:
    """Yield the steps of an example, in the order of the text."""
    for part in node.findall(nodes.Element):
        is_step = isinstance(part, ours.example_step) or SOURCE in part
        if is_step and home_of(part) is node:
            yield part


def declaration_of(node: ours.declared) -> Declaration:
    """Return a directive as it is written."""
    return Declaration(node["directive"], node["argument"], node["options"], node["place"])
