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
affidavit_environments: dict[str, object] = {
    "affidavit": {"projects": [".."], "python": "3.11"},
}


def _glance(version: str, *more: str, release: str = "", python: str = "3.11", newest: str = "") -> dict[str, object]:
    """Return what a release of Glance runs in, with versions up to the ``newest`` day where newer ones break it."""
    entry: dict[str, object] = {
        "release": release or version,
        "python": python,
        "packages": [f"glance=={version}", "pyuwsgi", "mod_wsgi", *more],
        "programs": ["apxs"],  # what compiles mod_wsgi
    }
    return {**entry, "exclude_newer": newest} if newest else entry


# What the examples of the guide run in.
affidavit_environments |= {
    "glance-20": _glance("20.0.1", "setuptools<58", release="20.0.0", python="3.8", newest="2020-10-01"),
    "glance-21": _glance("21.0.0", "setuptools<58", python="3.8", newest="2020-11-15"),
    "glance-27": _glance("27.0.0", "setuptools<80", "sqlalchemy<2", newest="2023-12-01"),
    "glance-28": _glance("28.0.1", "setuptools<70", release="28.0.0", newest="2024-07-01"),
    "glance-29": _glance("29.0.0", "setuptools<80", "oslo.policy<4.5", newest="2024-12-01"),
    "glance-30": _glance("30.0.0", "setuptools<80", newest="2025-06-01"),
    "glance-31": _glance("31.0.0"),
    "glance-32": _glance("32.0.0"),
    "glance-33": _glance("33.0.0"),
}
affidavit_programs = {
    "apache2": {"version": "apache2 -v", "debian": "apache2"},
    "apxs": {"version": "apxs -q HTTPD_VERSION", "debian": "apache2-dev"},
    "mod_wsgi.so": {
        "file": "/usr/lib/apache2/modules/mod_wsgi.so",
        "version": "dpkg-query --show --showformat '${Version}' libapache2-mod-wsgi-py3",
        "debian": "libapache2-mod-wsgi-py3",
    },
    "nginx": {"version": "nginx -v 2>&1", "debian": "nginx"},
    "uwsgi-core": {"debian": "uwsgi-plugin-python3"},
}

# Here nothing has just begun: evidence that is gone, or of what no page shows any more, is as bad as evidence that says
# otherwise, and so is a statement that nothing tries.
affidavit_severity = {"example-unproven": "error", "evidence-unused": "error", "statement-untried": "error"}

# A large upload is one of what is tried.
affidavit_limits = {"file_size": 2048, "disk": 4096}

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
