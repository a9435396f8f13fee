"""The domain: what pages state survives between builds here, and methods are linked from other projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, cast
from zlib import crc32

from docutils import nodes
from docutils.nodes import Element
from msgspec.structs import replace
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

import affidavit
from affidavit.model.claims import (
    Card,
    Corpus,
    Failure,
    Feature,
    Link,
    Listing,
    Mention,
    NoteRef,
    Page,
    Stage,
    Term,
)
from affidavit.model.examples import (
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    HttpStep,
    Matching,
    PyconStep,
    Ready,
    ServiceStep,
    Skip,
    Symptom,
)
from affidavit.model.place import Place
from affidavit.model.releases import Interval
from affidavit.model.statements import About, Statement, Words
from affidavit.model.verdicts import Finding
from affidavit.sphinx.anchors import Declared, anchor
from affidavit.sphinx.collector import Collector
from affidavit.sphinx.judgement import Judgement
from affidavit.sphinx.roles import DOMAIN, ROLES
from affidavit.sphinx.tree import Locator


class AffidavitDomain(Domain):
    """Keeps one frozen :class:`~affidavit.model.claims.Page` per document, and nothing else."""

    name = DOMAIN
    label = "Affidavit"
    object_types: ClassVar[dict[str, ObjType]] = {
        "deployment-method": ObjType("deployment method", "deployment-method"),
        "deployment-feature": ObjType("deployment feature", "deployment-feature"),
        "example": ObjType("example", "example"),
        "statement": ObjType("statement", "statement"),
    }
    roles: ClassVar[Any] = ROLES
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 1
    dangling_warnings: ClassVar[dict[str, str]] = {
        "deployment-method": "there is no deployment method %(target)r",
        "deployment-feature": "there is no deployment feature %(target)r",
        "statement": "there is no statement %(target)r",
    }

    judgement: Judgement | None = None
    """What judging this build came to; set before the first page is written, never pickled."""

    for_translators: bool = False
    """Whether the build writes catalogues for translators, not pages for readers."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.written: set[str] = set()

    @classmethod
    def of(cls, env: BuildEnvironment) -> AffidavitDomain:
        """Return the domain of an environment."""
        return cast("AffidavitDomain", env.domains[cls.name])

    @property
    def pages(self) -> dict[str, Page]:
        """Return what each document states, by its name."""
        pages: dict[str, Page] = self.data["pages"]
        return pages

    @property
    def corpus(self) -> Corpus:
        """Return what the site states, in the order in which it is read."""
        return self.corpus_with({})

    def corpus_with(self, links: Mapping[str, Iterable[Link]]) -> Corpus:
        """Return what the site states, and further links of documents: those that resolving references shows."""
        pages = dict(self.pages)
        for docname, more in links.items():
            page = pages.get(docname, Page())
            pages[docname] = replace(page, links=(*page.links, *more))
        return Corpus(tuple(pages[docname] for docname in self._reading_order(pages)))

    def _reading_order(self, pages: Collection[str]) -> list[str]:
        """Return documents as the table of contents has them, those outside it last."""
        found: dict[str, None] = {}
        waiting = [self.env.config.root_doc]
        while waiting:
            docname = waiting.pop()
            if docname not in found:
                found[docname] = None
                waiting += reversed(self.env.toctree_includes.get(docname, []))
        return [docname for docname in dict.fromkeys([*found, *sorted(pages)]) if docname in pages]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Read what a document states, once its text is translated and its references are known."""
        page = Collector(Locator(document, docname, env.srcdir), _term_names(env, docname)).page()
        if page != Page():
            self.pages[docname] = page

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is gone or will be read again."""
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the documents that another process read."""
        self.pages.update({docname: page for docname, page in otherdata["pages"].items() if docname in docnames})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield what other projects can link to."""
        for kind in self.object_types:
            for docname, declared in self._declared(kind):
                yield declared.name, title_of(declared), kind, docname, anchor(declared), 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Link to what pages declare; its title is the text, unless the author gave one."""
        del env
        for docname, declared in self._declared(typ):
            if declared.name == target:
                titled = not node["refexplicit"] and not isinstance(declared, Example)
                content = nodes.inline("", title_of(declared)) if titled else contnode
                # Where one run of an example is meant, html has what it saw, and an id for it.
                place = (builder.format == "html" and node.get("run")) or anchor(declared)
                return make_refnode(builder, fromdocname, docname, place, content)
        if typ == Example.kind and "run" not in node:
            return unresolved(contnode)
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Find what the role ``:any:`` may mean."""
        found = (
            (kind, self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode))
            for kind in self.object_types
        )
        # What resolve_xref leaves as words leads nowhere.
        return [(f"{self.name}:{kind}", each) for kind, each in found if isinstance(each, nodes.reference)]

    def _declared(self, kind: str) -> Iterator[tuple[str, Declared]]:
        for docname, page in sorted(self.pages.items()):
            yield from ((docname, each) for each in _of_kind(page, kind))


def _of_kind(page: Page, kind: str) -> Sequence[Declared]:
    match kind:
        case "deployment-method":
            return page.cards
        case "deployment-feature":
            return page.features
        case "statement":
            return page.statements
        case _:
            return page.examples


def title_of(declared: Declared) -> str:
    """Return what readers know something by; an example has its name alone, a statement is what it says."""
    match declared:
        case Example():
            return declared.name
        case Statement():
            return declared.words.text
        case Card() | Feature():
            return declared.title


def unresolved(words: Element) -> nodes.reference:
    """Return the words of a link that leads nowhere, of which a finding tells: Sphinx need not tell of it again."""
    return nodes.inline("", "", words)  # type: ignore[return-value] # Sphinx takes any node, its types do not say so


def env_version() -> int:
    """Return a number that makes Sphinx read all pages again: where the release or the values kept are others."""
    kinds = (
        *(Page, Card, Stage, Failure, Feature, Term, Link, NoteRef, Listing, Mention, Interval, Place, Finding),
        *(Example, FileStep, ConsoleStep, PyconStep, HttpStep, ServiceStep, Exchange, Matching, Ready, Symptom, Skip),
        *(Statement, About, Words),
    )
    shape = [(kind.__name__, kind.__struct_fields__) for kind in kinds]
    return crc32(repr((affidavit.__version__, shape)).encode())


def _term_names(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Return the glossary terms that Sphinx has just read on a document, as its source has them, by id.

    Sphinx keeps a term's translation under the same id, behind it.
    """
    names: dict[str, str] = {}
    for (kind, name), (where, node_id) in env.domains.standard_domain.objects.items():
        if kind == "term" and where == docname:
            names.setdefault(node_id, name)
    return names
