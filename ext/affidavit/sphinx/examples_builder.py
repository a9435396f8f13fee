"""The builder ``examples``: runs the examples of a site, and holds what they print against its pages.

It does what ``affidavit run`` does, for those who start everything by ``sphinx-build``, and writes no evidence. Its
exit status is that of Sphinx's own ``doctest``: 1 where something is not as a page shows it. No other builder runs
anything.
"""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx.builders.dummy import DummyBuilder
from sphinx.errors import SphinxError
from sphinx.locale import __
from sphinx.util import logging

from affidavit.cells import expected
from affidavit.clock import today
from affidavit.examples.came import WRONG, Came, Word, judged
from affidavit.examples.findings import findings_of, report_of
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.planned import Planned, Plans
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.sites import Site, site_in
from affidavit.examples.told import lines_of, plan_lines, sum_line
from affidavit.examples.unseen import Unseen
from affidavit.examples.work import work
from affidavit.files import replace_text
from affidavit.reports import claims, junit
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.settings import from_config
from affidavit.sphinx.telling import tell

logger = logging.getLogger(__name__)


class ExamplesBuilder(DummyBuilder):
    """Runs all examples, several at a time, and writes no page."""

    name = "examples"
    epilog = __("Look at the results in %(outdir)s/output.txt.")

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write nothing: pages need not even be drawn."""

    def finish(self) -> None:
        """Run what the pages show, tell what comes of it as soon as that is known, and sum it up in files."""
        settings, _ = from_config(self._app)
        corpus = AffidavitDomain.of(self.env).corpus
        expectations = expected(corpus, settings)
        site = site_in(Path(self.confdir), Path(self.srcdir), corpus.examples, settings, expectations)
        self.came: list[Came] = []
        self.lines: list[str] = []
        plans = site.plans(today())
        try:
            self._run(site, plans)
        finally:
            self._say(sum_line(self.came))
            self._write()
        if plans.problems or plans.unreadable or any(each.word in WRONG for each in self.came):
            self._app.statuscode = 1

    def _run(self, site: Site, plans: Plans) -> None:
        for line in plan_lines(plans.planned):
            self._say(line)
        sandbox = choose_sandbox()
        if not isinstance(sandbox, Unable):
            jobs = self._app.parallel if self._app.parallel > 1 else os.cpu_count() or 1
            work(plans.waiting, site.work(plans.waiting, sandbox, jobs), Unseen(), self._hear)
            return
        for each in plans.waiting:
            self._enter(Came(each, Word.UNABLE, f"{sandbox.reason} {sandbox.advice}"))

    def _hear(self, planned: Planned, found: Observed | Failed) -> None:
        self._enter(judged(planned, found, recording=False))

    def _enter(self, came: Came) -> None:
        self.came.append(came)
        for line in lines_of(came, ""):
            self._say(line)
        for found in findings_of(came):
            tell(self._app, found)

    def _say(self, line: str) -> None:
        self.lines.append(line)
        logger.info("%s", line)

    def _write(self) -> None:
        report = report_of(self.came)
        texts = {
            "output.txt": "\n".join([*self.lines, ""]),
            "output.json": claims.render(report),
            "junit.xml": junit.render(report),
        }
        for name, text in texts.items():
            _replace(Path(self.outdir) / name, text)


def _replace(path: Path, text: str) -> None:
    try:
        replace_text(path, text)
    except OSError as error:
        message = f"`{path}` cannot be written ({error.strerror}). Remove what stands in its way, or build elsewhere."
        raise SphinxError(message) from None
