"""The roles: links to cards, features, examples and statements, and references to release notes."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element, system_message
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.docutils import ReferenceRole

from affidavit.sphinx import nodes as ours

DOMAIN = "affidavit"


class DeclaredRole(XRefRole):
    """Links to what pages declare by its name, whether or not the role is written with its domain."""

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Give the reference its domain, which a role without a colon in its name lacks."""
        refnode["refdomain"] = DOMAIN
        refnode["reftype"] = refnode["reftype"].removeprefix(f"{DOMAIN}:")
        return super().process_link(env, refnode, has_explicit_title, title, target)


class ReleaseNoteRole(ReferenceRole):
    """Refers to a section of a project's release notes."""

    def run(self) -> tuple[list[nodes.Node], list[system_message]]:
        """Return a node that is resolved against the lock file when the page is written."""
        node = ours.release_note(self.rawtext, self.title, target=self.target, explicit=self.has_explicit_title)
        self.set_source_info(node)
        return [node], []


ROLES = {
    "deployment-method": DeclaredRole(innernodeclass=nodes.inline, warn_dangling=True),
    "deployment-feature": DeclaredRole(innernodeclass=nodes.inline, warn_dangling=True),
    "statement": DeclaredRole(innernodeclass=nodes.inline, warn_dangling=True),
    # Of an unknown name a finding of ours tells, with its code.
    "example": DeclaredRole(innernodeclass=nodes.literal, warn_dangling=False),
    "release-note": ReleaseNoteRole(),
}
