"""What html pages need beside the drawn nodes: the style sheet, and names for tabs that no script switches."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_tabs.tabs import SphinxTabsPanel, SphinxTabsTab

STATIC = Path(__file__).with_name("static")


def config_inited(app: Sphinx, config: Config) -> None:
    """Hand the style sheet to html builders; ``add_static_dir`` exists from Sphinx 9.1 only.

    Later, the setting would differ from what the environment of the last build has, and each build would say so. The
    list is a new one, since the default is the same for all sites that one process builds.
    """
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    app.add_css_file("affidavit.css")


class LabelPanels(SphinxPostTransform):
    """Writes the name of each tab into its panel, for print and for browsers without JavaScript.

    There the style sheet shows all panels of sphinx-tabs below each other, and these labels, which are
    hidden everywhere else.
    """

    default_priority = 5
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Insert the labels."""
        if "sphinx_tabs_valid_builders" not in self.config:
            return  # without that extension there are no tabs, and to look through all pages takes time
        names = {tab["ids"][0]: tab.astext() for tab in self.document.findall(SphinxTabsTab) if tab["ids"]}
        for panel in self.document.findall(SphinxTabsPanel):
            name = names.get(panel["aria-labelledby"])
            if name:
                panel.insert(0, nodes.paragraph("", "", nodes.strong("", name), classes=["affidavit-tab-name"]))
