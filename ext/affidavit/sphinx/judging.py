"""Judges all claims on every build, and tells what was found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import affidavit
from affidavit.cells import expected
from affidavit.check import World, judge
from affidavit.clock import today
from affidavit.examples.judge import stood
from affidavit.files import replace_text
from affidavit.gathered import Gathered, questions
from affidavit.links.cache import Progress
from affidavit.links.engine import engine
from affidavit.links.seen import Observation
from affidavit.links.store import CacheError
from affidavit.model.claims import Corpus
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Report
from affidavit.model.settings import Online, Settings
from affidavit.model.verdicts import Finding, Holds, finding
from affidavit.notes.lock import Lock, lock_or_finding
from affidavit.reports import claims
from affidavit.reports.words import count
from affidavit.sphinx import shown
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.evidence import read_tried
from affidavit.sphinx.judgement import Judgement
from affidavit.sphinx.settings import from_config
from affidavit.sphinx.telling import tell
from affidavit.sphinx.tree import relative

ASK_THEMSELVES = frozenset({"linkcheck", "claims", "examples"})
"""The builders that are there to ask, or whose caller asks: asking here, too, would be once too often."""

OF_EVIDENCE = frozenset(
    {
        Code.EXAMPLE_UNPROVEN, Code.EXAMPLE_STALE, Code.EXAMPLE_EXPIRED, Code.EXAMPLE_DRIFTED,
        Code.EXAMPLE_CONTRADICTED, Code.EXAMPLE_UNABLE,
    }
)  # fmt: skip
"""What evidence makes of examples, which the builder that runs them tells from what it saw."""

logger = logging.getLogger(__name__)


def env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Judge every claim, also those of unchanged pages; return the pages that must be written anew."""
    domain = AffidavitDomain.of(env)
    domain.for_translators = app.builder.name == "gettext"
    domain.written.clear()
    domain.judgement = _judge(app, domain.corpus)
    for each in domain.judgement.report.findings:
        if app.builder.name != "examples" or each.code not in OF_EVIDENCE:
            tell(app, each)
    if app.builder.name not in ASK_THEMSELVES:
        _sum_up(domain.judgement.report)
    return shown.changed(app, domain.pages, domain.judgement)


def build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write ``claims.json`` beside html, and keep what the written pages show."""
    if exception is not None:
        return
    domain = AffidavitDomain.of(app.env)
    if domain.judgement is not None:
        shown.keep(app, domain.pages, domain.judgement, domain.written)
        # An e-book is html, too, but warns of each file that is no part of it.
        if app.builder.format == "html" and app.builder.name != "epub":
            _write_report(app, domain.judgement.report)


def _write_report(app: Sphinx, report: Report) -> None:
    path = Path(app.outdir) / "claims.json"
    try:
        replace_text(path, claims.render(report))
    except OSError as error:
        place = Place(relative(path, app.srcdir))
        tell(app, finding(Code.REPORT_UNWRITABLE, place, f"`claims.json` cannot be written ({error.strerror})."))


def _judge(app: Sphinx, corpus: Corpus) -> Judgement:
    settings, problems = from_config(app)
    tried = read_tried(app, corpus, settings)
    gathered = Gathered(corpus, settings, problems, tried=tried)
    world = World(_lock(app, settings), today(), _observe(app, gathered))
    runs = stood(corpus.examples, tried, settings, world.today, expected(corpus, settings))
    return Judgement(corpus, settings, world, judge(gathered, world), runs)


def _lock(app: Sphinx, settings: Settings) -> Lock | Finding:
    path = Path(app.confdir) / settings.lock
    return lock_or_finding(path, relative(path, app.srcdir))


def _observe(app: Sphinx, gathered: Gathered) -> Mapping[str, Observation]:
    if app.builder.name in ASK_THEMSELVES:
        return {}
    asked = questions(gathered)
    match gathered.settings.online:
        case Online.NEVER:
            return {}
        case Online.AUTO:
            if not asked:
                return {}
            settings, folder, version = gathered.settings, Path(app.confdir), affidavit.__version__
            probe = engine(settings, folder, version=version, progress=_Log(), processes=app.parallel)
            return probe.observe(asked)


class _Log(Progress):
    """Tells in one line each what is about to be asked, and what is wrong with the cache."""

    def asking(self, asked: int, known: int) -> None:
        if known and not asked:
            logger.info("affidavit: nothing to ask about; %s seen lately", count(known, "page"))
            return
        of_all = f"{asked} of {count(asked + known, 'page')}" if known else count(asked, "page")
        seen = f"; {known} {'was' if known == 1 else 'were'} seen lately" if known else ""
        logger.info("affidavit: asking the web about %s%s", of_all, seen)

    def failed(self, error: CacheError) -> None:
        logger.info("affidavit: %s", error)

    def told(self, text: str) -> None:
        logger.info("affidavit: %s", text)


def _sum_up(report: Report) -> None:
    held = sum(isinstance(each.verdict, Holds) for each in report.judged)
    if report.judged:
        counts = count(len(report.judged), "claim"), held, count(len(report.errors), "error")
        logger.info("affidavit: %s, of which %d hold; %s", *counts)
    if report.unchecked:
        logger.info("affidavit: %s not checked: the web could not be asked", count(report.unchecked, "link"))
