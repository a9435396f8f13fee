"""Which pages show something else than they did when a builder last wrote them, though their source is the same.

A card or statement shows findings, what runs made of it, and the addresses that references to release notes resolve
to; a matrix, or a list of statements, shows what other pages declare, with its runs, a list of references how those of
all pages stand, and an example what its runs saw. Sphinx cannot know of that: so what each page shows is kept as a
hash, one file per builder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

import affidavit
from affidavit.examples.states import Stood
from affidavit.files import replace_text
from affidavit.model.claims import Listing, Page
from affidavit.model.examples import Example
from affidavit.model.statements import Statement
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.judgement import Judgement


def doctree_resolved(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Note that a document is written in this build, which need not write all that are out of date."""
    AffidavitDomain.of(app.env).written.add(docname)


def changed(app: Sphinx, pages: Mapping[str, Page], judgement: Judgement) -> list[str]:
    """Return the documents that show something new."""
    before = _read(_file(app))
    now = _hashes(app, pages, judgement)
    dangling = _dangling(pages)
    return sorted(docname for docname in now if before.get(docname) != now[docname] or docname in dangling)


def _dangling(pages: Mapping[str, Page]) -> set[str]:
    """Return the documents that link to what no document declares: only where it writes does Sphinx warn of that."""
    declared = {("deployment-method", card.name) for page in pages.values() for card in page.cards}
    declared |= {("deployment-feature", feature.name) for page in pages.values() for feature in page.features}
    declared |= {("statement", statement.name) for page in pages.values() for statement in page.statements}
    named = ((docname, (each.kind, each.name)) for docname, page in pages.items() for each in page.mentions)
    return {docname for docname, each in named if each not in declared and each[0] != Example.kind}


def keep(app: Sphinx, pages: Mapping[str, Page], judgement: Judgement, written: Iterable[str]) -> None:
    """Remember what the written documents show now; the others keep what they showed."""
    now = _hashes(app, pages, judgement)
    before = {docname: known for docname, known in _read(_file(app)).items() if docname in now}
    after = before | {docname: now[docname] for docname in written if docname in now}
    if after != before:
        # Without it the next build writes more pages than it needs to, and is right all the same.
        with suppress(OSError):
            replace_text(_file(app), json.dumps(after))


def _file(app: Sphinx) -> Path:
    # Several outputs may be written from one folder of doctrees.
    output = hashlib.sha256(str(app.outdir).encode()).hexdigest()[:8]
    return Path(app.doctreedir) / f"affidavit-{app.builder.name}-{output}.json"


def _read(file: Path) -> dict[str, str]:
    """Return what was kept; nothing if there is nothing usable, which only means that pages are written again."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _hashes(app: Sphinx, pages: Mapping[str, Page], judgement: Judgement) -> dict[str, str]:
    corpus = judgement.corpus
    terms = [(term.names, term.shown, term.place.document) for term in corpus.terms]
    examples = [(example.name, example.place.document) for example in corpus.examples]
    statements = [each for each in judgement.report.judged if isinstance(each.claim, Statement)]
    drawn = (corpus.cards, corpus.features, terms, examples, judgement.report.cells, statements)
    everywhere = _digest((judgement.settings, *drawn))
    titles = {docname: title.astext() for docname, title in app.env.titles.items()} if corpus.listings else {}
    return {docname: _hash(docname, page, judgement, everywhere, titles) for docname, page in pages.items()}


def _hash(docname: str, page: Page, judgement: Judgement, everywhere: str, titles: Mapping[str, str]) -> str:
    notes = [judgement.resolve(note) for note in page.all_notes]
    findings = judgement.report.of_document(docname) if page.cards or page.statements else ()  # others show none
    lists = [_list(listing, judgement, titles) for listing in page.listings]
    # A later version of Affidavit may draw the same in another way.
    runs = [_run(each) for example in page.examples for each in judgement.runs_of(example)]
    shown = (affidavit.__version__, findings, notes, notes and judgement.names_projects, lists, runs)
    return _digest((*shown, everywhere if page.draws else ""))


def _run(stood: Stood) -> object:
    """Return what is shown of a run: how long it took is not, and is another each time."""
    proof = stood.evidence.proof
    return stood.run, stood.standing, stood.evidence.record, proof and proof.day


def _list(listing: Listing, judgement: Judgement, titles: Mapping[str, str]) -> object:
    """Return what a list of references shows, with the titles of the pages that it links to."""
    rows = judgement.listed(listing.project)
    names = {place.document: titles.get(place.document, "") for row in rows for place in row.places}
    return rows, judgement.cited(listing.project), sorted(names.items())


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()
