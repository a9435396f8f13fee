"""What the how-to guides promise, done."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from docutils import nodes
from sphinx.cmd.build import build_main
from tests.manual.conftest import MANUAL, Outcome, call, visible

import affidavit

FENCE = re.compile(r"^(```+)(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def read(name):
    return (MANUAL / "how-to" / name).read_text(encoding="utf-8")


def fenced(name, language):
    """Return the blocks of a language in a page in MyST Markdown."""
    return [block for _, found, block in FENCE.findall(read(name)) if found == language]


@pytest.mark.parametrize("page", sorted(path.stem for path in (MANUAL / "how-to").glob("*.md")))
def test_no_fence_of_a_page_in_markdown_swallows_a_section(page, manual):
    written = re.findall(r"^#+ (.*)$", FENCE.sub("", read(f"{page}.md")), re.MULTILINE)
    assert [title.astext() for title in manual.pages[f"manual/how-to/{page}"].findall(nodes.title)] == written


def test_the_tabs_of_the_guide_are_the_same_in_both_markups(tmp_path):
    (conf,), (rst,), (md,) = (fenced("tabs.md", language) for language in ("python", "rst", "markdown"))
    myst = 'extensions.append("myst_parser")\nmyst_enable_extensions = ["colon_fence"]\nroot_doc = "one"\n'
    (tmp_path / "conf.py").write_text(conf + myst, encoding="utf-8")
    (tmp_path / "one.rst").write_text(f"Page\n====\n\n{rst}", encoding="utf-8")
    (tmp_path / "two.md").write_text(f"# Page\n\n{md}", encoding="utf-8")
    assert call(build_main, "-q", "-W", "-D", "suppress_warnings=toc", tmp_path, tmp_path / "out") == Outcome(0, "")
    shown = [visible((tmp_path / "out" / name).read_text(encoding="utf-8")) for name in ("one.html", "two.html")]
    assert shown[0] == shown[1]
    assert shown[0].count("Other systems") == 2  # on its tab and, for print, in its panel


def test_another_project_links_as_the_guide_says(manual, tmp_path):
    (conf,) = fenced("intersphinx.md", "python")
    conf = conf.replace("None", repr(str(manual.html / "objects.inv")))
    (tmp_path / "conf.py").write_text(f'{conf}extensions.append("myst_parser")\n', encoding="utf-8")
    rst, md = ("\n".join(fenced("intersphinx.md", language)) for language in ("rst", "markdown"))
    (tmp_path / "index.rst").write_text(f"Home\n====\n\n{rst}\n.. toctree::\n\n   other\n", encoding="utf-8")
    (tmp_path / "other.md").write_text(f"# Other\n\n{md}", encoding="utf-8")
    # In a process of its own: the lowest MyST-Parser that is claimed reads inventories in a way that Sphinx deprecates.
    subprocess.run([sys.executable, "-m", "sphinx", "-q", "-n", "-W", tmp_path, tmp_path / "out"], check=True)
    assert linked(tmp_path / "out" / "index.html") == ["method.mod-wsgi", "method.mod-wsgi", "feature.large-upload"]
    assert linked(tmp_path / "out" / "other.html") == ["method.mod-wsgi", "feature.large-upload"]


def linked(page):
    html = page.read_text(encoding="utf-8")
    return re.findall(r'href="https://glance-guide.example/guide/[\w-]+.html#deployment-([\w.-]+)"', html)


GERMAN = Path(affidavit.__file__).with_name("locale") / "de" / "LC_MESSAGES" / "affidavit.po"


def test_a_site_brings_the_words_of_a_language_that_the_package_lacks(site):
    french = site("directives/stage", "rst")
    source = french.folder / "source"
    words = source / "locales" / "fr" / "LC_MESSAGES" / "affidavit.po"
    words.parent.mkdir(parents=True)
    text, count = re.subn(r'(msgid "Discouraged"\nmsgstr) ".*"', r'\1 "Déconseillé"', GERMAN.read_text("utf-8"))
    assert count == 1
    words.write_text(text, encoding="utf-8")
    guide = read("translate.rst")
    (options,) = re.findall(r"\$ pybabel (.*)$", guide, re.MULTILINE)
    pybabel = [sys.executable, "-m", "babel.messages.frontend"]
    subprocess.run([*pybabel, *options.replace("doc", str(source), 1).split()], check=True)
    (setup,) = re.findall(r"^      def setup.*\n(?: {10}.*\n)+", guide, re.MULTILINE)
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f'language = "fr"\n{dedent(setup)}')
    assert "Déconseillé" in french.built("text", "page.txt")


def test_a_finding_that_was_set_aside_comes_back_on_the_day_after(site, monkeypatch):
    accepted = site("settings/affidavit_accepted", "rst")
    assert accepted.build("html") == Outcome(0, "")
    (later,) = re.findall(r"SOURCE_DATE_EPOCH=(\d+)", read("set-aside.rst"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    outcome = accepted.build("html")
    assert outcome.status == 1
    assert re.findall(r"\[affidavit\.([\w-]+)\]", outcome.printed) == ["acceptance-expired", "stage-gap"]
