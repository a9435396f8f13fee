"""Sphinx settings of the site: the guide, its glossary and the manual of the toolkit."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("_ext")))

project = "Affidavit"
author = "The Affidavit developers"
copyright = author  # epub wants one; no year, so that a build of next year has the same bytes
release = version = version_of("affidavit")
language = "en"

extensions = [
    "affidavit",
    "affidavit_manual",  # in `_ext`: what the manual generates from the code
    "myst_parser",
    "sphinx_copybutton",
    "sphinx_issues",  # for its role `pypi`
    "sphinx_tabs.tabs",
]
exclude_patterns = ["_build", "manual/snippets"]  # the snippets are pages of sites of their own
nitpicky = True
myst_enable_extensions = ["colon_fence"]

# What the guide documents: Glance. The series are the names of its pages of release notes; those of the
# last release still call themselves "unreleased" in the inventory, its series stands in its change log.
affidavit_releases = {
    "15.0.0": "pike",
    "16.0.0": "queens",
    "17.0.0": "rocky",
    "18.0.0": "stein",
    "19.0.0": "train",
    "20.0.0": "ussuri",
    "21.0.0": "victoria",
    "22.0.0": "wallaby",
    "23.0.0": "xena",
    "24.0.0": "yoga",
    "25.0.0": "zed",
    "26.0.0": "2023.1",
    "27.0.0": "2023.2",
    "28.0.0": "2024.1",
    "29.0.0": "2024.2",
    "30.0.0": "2025.1",
    "31.0.0": "2025.2",
    "32.0.0": "2026.1",
    "33.0.0": "2026.2",
}
affidavit_release = "33.0.0"
affidavit_release_notes = {
    "glance": {
        "inventory": "https://docs.openstack.org/releasenotes/glance/objects.inv",
        "url": "https://docs.openstack.org/releasenotes/glance/",
    },
}

# What the examples of the manual run in: what stands in this repository, as a reader has it after the tutorial's first
# step.
affidavit_environments = {
    "affidavit": {"projects": [".."], "python": "3.11"},
}

# What is built here leaves nothing elsewhere.
affidavit_cache = "_build/cache"

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
# The usual styles of Pygments miss the contrast of WCAG 2.2 AA on the theme's code background.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

# A click on an open tab would close it and leave nothing to read.
sphinx_tabs_disable_tab_closing = True

latex_documents = [("index", "affidavit.tex", project, author, "manual")]
latex_show_urls = "footnote"
man_pages = [
    ("guide/index", "affidavit-guide", "Running Glance behind a web server", [author], 7),
    ("manual/index", "affidavit-manual", "The manual of Affidavit", [author], 7),
    ("glossary", "affidavit-glossary", "The terms of the guide", [author], 7),
]
texinfo_documents = [
    ("index", "affidavit", project, author, "Affidavit", "Pages that prove what they say.", "Documentation")
]
epub_show_urls = "footnote"
