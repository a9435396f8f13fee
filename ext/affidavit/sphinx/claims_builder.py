"""The builder ``claims``: reads a site and resolves its references, writes no page, and asks nobody.

Whoever runs it takes what was gathered from ``app.builder.gathered``, and judges and tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from sphinx.builders.dummy import DummyBuilder
from sphinx.config import Config
from sphinx.locale import __
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from affidavit.gathered import Gathered
from affidavit.model.claims import Link
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.evidence import read_tried
from affidavit.sphinx.hyperlinks import links_of
from affidavit.sphinx.settings import from_config
from affidavit.sphinx.survey import survey
from affidavit.sphinx.tree import Locator


class ClaimsBuilder(DummyBuilder):
    """Gathers what all documents state, with the links that only resolved references show."""

    name = "claims"
    epilog = __("The claims were gathered; `affidavit check` judges them.")
    allow_parallel = False  # references are resolved in the first process anyway

    gathered: Gathered | None = None
    """What was gathered, once the build is finished."""

    def init(self) -> None:
        """Leave findings to whoever runs the builder: told here as well, each would be told twice."""
        self.resolved: dict[str, tuple[Link, ...]] = {}
        self.config.suppress_warnings = [*self.config.suppress_warnings, "affidavit"]

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Let nothing be drawn: the links of a drawn card are claims of another kind."""
        super().prepare_writing(docnames)
        AffidavitDomain.of(self.env).judgement = None

    def finish(self) -> None:
        """Put together what was read and what was resolved."""
        settings, problems = from_config(self._app)
        corpus = AffidavitDomain.of(self.env).corpus_with(self.resolved)
        tried = read_tried(self._app, corpus, settings)
        self.gathered = Gathered(corpus, settings, problems, tried=tried, linkify=_linkifies(self.config))


def _linkifies(config: Config) -> bool:
    """Return whether MyST-Parser makes links of bare URLs; of another parser of Markdown nothing is known."""
    gfm, extensions = (getattr(config, name, None) for name in ("myst_gfm_only", "myst_enable_extensions"))
    return bool(gfm) or extensions is None or "linkify" in extensions


class ResolvedLinks(SphinxPostTransform):
    """Collects the links that were references when a page was read, as those to other projects."""

    builders = ("claims",)
    # Right behind the resolving: what an `only` directive hides from some builders (50) is still there.
    default_priority = ReferencesResolver.default_priority + 10

    def run(self, **_kwargs: object) -> None:
        """Give the builder the links that reading did not see."""
        builder: Any = self.env._app.builder  # noqa: SLF001 -- Sphinx gives a transform its builder in no other way
        docname = self.env.current_document.docname
        page = AffidavitDomain.of(self.env).pages.get(docname)
        read = {*page.links, *(link for term in page.terms for link in term.links)} if page else set()
        further = tuple(link for link in self._links(docname) if link not in read)
        if further:
            builder.resolved[docname] = further

    def _links(self, docname: str) -> Iterator[Link]:
        locator = Locator(self.document, docname, self.env.srcdir)
        return (link for node in survey(self.document).linking for link in links_of(node, locator))
