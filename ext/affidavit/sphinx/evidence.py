"""Reads what is kept of runs, beside the pages."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from affidavit.examples.environments.locks import read_locks
from affidavit.examples.environments.machine import system
from affidavit.examples.judge import Tried, inputs
from affidavit.examples.store import contents_of, read_evidence
from affidavit.model.claims import Corpus
from affidavit.model.settings import Settings


def read_tried(app: Sphinx, corpus: Corpus, settings: Settings) -> Tried:
    """Return the evidence of a site, the hashes of what its examples read, and locks; nothing runs."""
    locks = read_locks(settings.environments, Path(app.srcdir))
    if not corpus.examples:
        return Tried(locks=locks)
    kept = read_evidence(Path(app.confdir) / settings.evidence)
    return Tried(kept, contents_of(inputs(corpus.examples), Path(app.srcdir)), locks, system())
