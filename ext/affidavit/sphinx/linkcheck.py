"""The builder ``linkcheck``, as a drop-in for Sphinx's own: the same settings, statuses and files, another engine.

What stays: the outcome of each link in Sphinx's words, ``output.txt`` and ``output.json`` (a line for each place of a
link, in the order of the pages, where Sphinx has its first place alone, in the order of the answers), the log, and the
exit status. Addresses that lead nowhere but to the page itself are still told once. Nothing comes from the cache:
whoever runs a link check asks now, whatever ``affidavit_online`` says.

What is better: one GET for each page with all its sections, hosts side by side, no host that holds up the others,
bodies that cannot fill the memory.

A machine without any network is told as such, in one warning, and with exit status 1, for a check that checked nothing
must not look like one that found nothing; its links are *unchecked*, since none of them is known to be broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from sphinx.builders.linkcheck import CheckExternalLinksBuilder, CheckResult, Hyperlink, HyperlinkCollector
from sphinx.errors import SphinxError
from sphinx.util import logging

from affidavit.files import replace_text
from affidavit.links.marks import Question
from affidavit.sphinx.linkcheck_asking import Answers, ask
from affidavit.sphinx.linkcheck_places import EveryPlace, Found, Spot, every_spot, told_unasked
from affidavit.sphinx.linkcheck_settings import read_requests, read_rules
from affidavit.sphinx.linkcheck_status import Outcome, Status, asked, malformed, outcome

logger = logging.getLogger(__name__)


class LinkcheckBuilder(CheckExternalLinksBuilder):
    """Checks the links of all documents, in Sphinx's words."""

    name = "linkcheck"
    allow_parallel = False  # references are resolved in the first process anyway, and nothing is written

    def init(self) -> None:
        """Read the settings, so that what is wrong with them is told before all pages are read."""
        self.broken_hyperlinks = self.timed_out_hyperlinks = 0
        self.hyperlinks: dict[str, Hyperlink] = {}  # what other extensions may look at, and add to
        self.found = Found()
        self.rules = read_rules(self.config)
        self.requests = read_requests(self.config)
        collectors = self._app.registry.post_transforms
        collectors[:] = [EveryPlace if each is HyperlinkCollector else each for each in collectors]

    def finish(self) -> None:
        """Ask, and tell what came of it; also after an interrupt, of what is known by then."""
        self.found.add(self.hyperlinks.values())
        logger.info("")
        questions = {uri: wanted for uri in self._to_ask() if (wanted := asked(uri, self.rules))}
        answers = Answers()
        try:
            ask(self._app, questions, self.rules, self.requests, answers)
        finally:
            self._tell(questions, answers)

    def _to_ask(self) -> dict[str, None]:
        pairs = every_spot(self.found)
        return {uri: None for uri, spot in pairs if told_unasked(uri, spot, self.rules) is None}

    def _tell(self, questions: Mapping[str, Question], answers: Answers) -> None:
        files = {"output.txt": StringIO(), "output.json": StringIO()}
        self.txt_outfile, self.json_outfile = files.values()  # type: ignore[assignment] # Sphinx only writes to them
        for uri, spot, told in self._outcomes(questions, answers):
            status: Any = told.status  # the words are those of Sphinx's own enumeration
            self.process_result(CheckResult(uri, spot.docname, spot.line, status, told.info, told.code))
        for name, written in files.items():
            _replace(Path(self.outdir) / name, written.getvalue())
        if answers.offline:
            logger.warning(_OFFLINE, answers.offline.info, type="linkcheck", subtype="offline")
        if self.broken_hyperlinks or self.timed_out_hyperlinks or answers.offline:
            self._app.statuscode = 1

    def _outcomes(self, questions: Mapping[str, Question], answers: Answers) -> Iterator[tuple[str, Spot, Outcome]]:
        """Yield what is known of each address at each of its places; what is not checked at all is told once."""
        told_once: set[str] = set()
        for uri, spot in every_spot(self.found):
            told = told_unasked(uri, spot, self.rules) or self._told(uri, questions.get(uri), answers)
            if told and not (told.status is Status.UNCHECKED and told != answers.offline and uri in told_once):
                told_once.add(uri)
                yield uri, spot, told

    def _told(self, uri: str, wanted: Question | None, answers: Answers) -> Outcome | None:
        """Return what asking came to, ``None`` where an interrupt came first."""
        if wanted is None:
            return malformed(uri)
        if answers.offline:
            return answers.offline
        seen = answers.seen.get(wanted.url)
        return outcome(uri, wanted, seen, self.rules) if seen else None


_OFFLINE = "No link was checked: %s. Run the check again where the web can be reached."


def _replace(path: Path, text: str) -> None:
    try:
        replace_text(path, text)
    except OSError as error:
        message = f"`{path}` cannot be written ({error.strerror}). Remove what stands in its way, or build elsewhere."
        raise SphinxError(message) from None
