"""What the how-to guides promise, done."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from sphinx.cmd.build import build_main
from tests.manual.conftest import MANUAL, Outcome, call

import affidavit


def fenced(name, language):
    """Return the blocks of a language in a page in MyST Markdown."""
    text = (MANUAL / "how-to" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_another_project_links_as_the_guide_says(manual, tmp_path):
    (conf,) = fenced("intersphinx.md", "python")
    conf = conf.replace("None", repr(str(manual.html / "objects.inv")))
    (tmp_path / "conf.py").write_text(f'{conf}extensions.append("myst_parser")\n', encoding="utf-8")
    rst, md = ("\n".join(fenced("intersphinx.md", language)) for language in ("rst", "markdown"))
    (tmp_path / "index.rst").write_text(f"Home\n====\n\n{rst}\n.. toctree::\n\n   other\n", encoding="utf-8")
    (tmp_path / "other.md").write_text(f"# Other\n\n{md}", encoding="utf-8")
    assert call(build_main, "-q", "-n", "-W", tmp_path, tmp_path / "out") == Outcome(0, "")
    assert linked(tmp_path / "out" / "index.html") == ["method-mod-wsgi", "method-mod-wsgi", "feature-large-upload"]
    assert linked(tmp_path / "out" / "other.html") == ["method-mod-wsgi", "feature-large-upload"]


def linked(page):
    html = page.read_text(encoding="utf-8")
    return re.findall(r'href="https://glance-guide.example/guide/[\w-]+.html#deployment-([\w-]+)"', html)


GERMAN = Path(affidavit.__file__).with_name("locale") / "de" / "LC_MESSAGES" / "affidavit.po"


def test_a_site_brings_the_words_of_a_language_that_the_package_lacks(site):
    french = site("directives/stage", "rst")
    source = french.folder / "source"
    words = source / "locales" / "fr" / "LC_MESSAGES" / "affidavit.po"
    words.parent.mkdir(parents=True)
    text, count = re.subn(r'(msgid "Discouraged"\nmsgstr) ".*"', r'\1 "Déconseillé"', GERMAN.read_text("utf-8"))
    assert count == 1
    words.write_text(text, encoding="utf-8")
    guide = (MANUAL / "how-to" / "translate.rst").read_text(encoding="utf-8")
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
    page = (MANUAL / "how-to" / "set-aside.rst").read_text(encoding="utf-8")
    (later,) = re.findall(r"SOURCE_DATE_EPOCH=(\d+)", page)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    outcome = accepted.build("html")
    assert outcome.status == 1
    assert re.findall(r"\[affidavit\.([\w-]+)\]", outcome.printed) == ["acceptance-expired", "stage-gap"]
