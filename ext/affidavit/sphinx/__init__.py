"""The Sphinx extension: directives, roles, a domain, and the judging of every build. Thin adapters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import affidavit
from affidavit.sphinx import (
    assets,
    claims_builder,
    directives,
    domain,
    examples_builder,
    expand,
    garbage,
    judging,
    linkcheck,
    roles,
    settings,
    shown,
    visitors,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LOCALE = Path(affidavit.__file__).with_name("locale")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    app.add_message_catalog("affidavit", str(LOCALE))
    garbage.register(app)
    settings.register(app)
    visitors.register(app)
    app.add_domain(domain.AffidavitDomain)
    for name, directive in directives.DIRECTIVES.items():
        app.add_directive(name, directive)
    for name, role in roles.ROLES.items():
        app.add_role(name, role)
    app.add_builder(claims_builder.ClaimsBuilder)
    app.add_builder(examples_builder.ExamplesBuilder)
    if settings.linkcheck_is_ours(app):
        app.add_builder(linkcheck.LinkcheckBuilder, override=True)
    app.add_post_transform(claims_builder.ResolvedLinks)
    app.add_post_transform(expand.Expand)
    app.add_post_transform(assets.LabelPanels)
    app.connect("config-inited", assets.config_inited)
    app.connect("env-updated", judging.env_updated)
    app.connect("doctree-resolved", shown.doctree_resolved)
    app.connect("build-finished", judging.build_finished)
    return {
        "version": affidavit.__version__,
        "env_version": domain.env_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
