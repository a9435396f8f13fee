"""The directives that put generated text into pages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from affidavit.cli import explain
from affidavit.cli.parser import parser
from affidavit.methods import options as of_methods
from affidavit.model import codes
from affidavit.notes import options as of_notes
from affidavit.reports import claims, formats, github, junit, markdown, sarif, text
from affidavit_manual import listings, table, tables
from affidavit_manual.listings import MARKUPS, Markup

Source = ModuleType | Callable[..., object]
"""What stands in a file of its own: a module, or a function of it."""


class Generated(SphinxDirective):
    """Parses generated reStructuredText where it stands; the page is read again when its sources change."""

    required_arguments = 1
    final_argument_whitespace = True

    @property
    def subject(self) -> str:
        """Return what the text is about: the argument."""
        return "".join(self.arguments)

    def run(self) -> list[nodes.Node]:
        """Return what the text comes to."""
        for source in (listings, table, tables, *self.sources()):
            self.env.note_dependency(inspect.getsourcefile(source) or __file__)
        return self.parse_text_to_nodes("\n".join([*self.lines(), ""]), offset=self.lineno)

    def lines(self) -> list[str]:
        """Return the text."""
        raise NotImplementedError

    def sources(self) -> Sequence[Source]:
        """Return what the text comes from."""
        return ()


class TableOf(Generated):
    """``.. table-of:: NAME``: a table of the code."""

    def lines(self) -> list[str]:
        """Return the table."""
        return table.lines_of(tables.TABLES[self.subject]())

    def sources(self) -> Sequence[Source]:
        """Return where the table comes from."""
        return tables.TABLES[self.subject]().sources


class OptionsOf(Generated):
    """``.. options-of:: DIRECTIVE``: an entry for each of its options."""

    def lines(self) -> list[str]:
        """Return the entries."""
        return listings.options(self.subject)

    def sources(self) -> Sequence[Source]:
        """Return where the options are declared."""
        return (of_methods, of_notes)


class MessageList(Generated):
    """``.. message-list::``: an entry for each code."""

    required_arguments = 0

    def lines(self) -> list[str]:
        """Return the entries."""
        return listings.messages()

    def sources(self) -> Sequence[Source]:
        """Return where the codes are declared."""
        return (codes,)


class Example(Generated):
    """``.. example-of:: FOLDER/NAME``: an example in both markups, and what readers see of it."""

    markups: ClassVar[tuple[Markup, ...]] = MARKUPS

    def lines(self) -> list[str]:
        """Return the tabs."""
        return listings.example(self.subject, markups=self.markups)


class PageExample(Example):
    """``.. page-example-of:: FOLDER/NAME``: an example in both markups only."""

    markups = MARKUPS[:2]


class OutputOf(Generated):
    """``.. output-of:: ARGUMENTS``: what the command prints."""

    def lines(self) -> list[str]:
        """Return the output."""
        return listings.output(*self.subject.split())

    def sources(self) -> Sequence[Source]:
        """Return what the output comes from."""
        return (parser, explain, codes)


class ReportOf(Generated):
    """``.. report-of:: FORMAT``: the report of a check of the manual's own small site."""

    def lines(self) -> list[str]:
        """Return the report."""
        return listings.report(self.subject)

    def sources(self) -> Sequence[Source]:
        """Return what writes it."""
        return (claims, formats, github, junit, markdown, sarif, text)


class BenchmarkResults(Generated):
    """``benchmark-results``, on a page in Markdown: what the last full run of the benchmarks measured."""

    required_arguments = 0

    def lines(self) -> list[str]:
        """Return the table, or that there is none."""
        self.env.note_dependency(str(listings.RESULTS))
        return listings.benchmark_results()


DIRECTIVES: dict[str, type[SphinxDirective]] = {
    "table-of": TableOf,
    "options-of": OptionsOf,
    "message-list": MessageList,
    "example-of": Example,
    "page-example-of": PageExample,
    "output-of": OutputOf,
    "report-of": ReportOf,
    "benchmark-results": BenchmarkResults,
}
