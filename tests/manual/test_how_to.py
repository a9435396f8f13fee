"""What the how-to guides promise, done."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from docutils import nodes
from sphinx.cmd.build import build_main
from tests.cli.conftest import Server
from tests.manual.conftest import MANUAL, SNIPPETS, Command, Outcome, call, steps, visible
from tests.notes.inventories import inventory

import affidavit
from affidavit.cli import main
from affidavit.cli.parser import parser

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


def commands(name):
    return [step for step in steps(read(name)) if isinstance(step, Command)]


def test_a_report_of_a_finished_site_is_a_base_for_the_next(tmp_path, monkeypatch, capsys):
    shutil.copytree(SNIPPETS / "check" / "html", tmp_path / "html")
    monkeypatch.chdir(tmp_path)
    shown = [step for step in commands("finished-site.rst") if "known.json" in step.line]
    statuses = []
    for step in shown:
        statuses.append(main(step.line.split()[1:]))
        assert capsys.readouterr().out.splitlines() == step.shown
    assert statuses == [1, 0]


@pytest.fixture
def moving(monkeypatch):
    """Serve a page that moved, with its section, and return where."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        server.answers |= {"/guide": moved, "/manual/guide": there}
        yield server.url
        server.shutdown()
        thread.join()


def moved(handler):
    handler.send_response(301)
    handler.send_header("Location", "/manual/guide")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def there(handler):
    page = b'<title>Guide</title><h1>Guide</h1><h2 id="install">Install</h2>'
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(page)))
    handler.end_headers()
    handler.wfile.write(page)


def test_moved_links_are_fixed_as_the_guide_shows(moving, tmp_path, monkeypatch, capsys):
    def shown(name):
        return (SNIPPETS / "fix" / name).read_text(encoding="utf-8").replace("https://some-server.example", moving)

    monkeypatch.chdir(tmp_path)
    (tmp_path / "doc").mkdir()
    (tmp_path / "doc" / "conf.py").write_text('root_doc = "page"\n', encoding="utf-8")
    page = tmp_path / "doc" / "page.rst"
    page.write_text(shown("page.rst"), encoding="utf-8")
    only_show, change = re.findall(r"\$ affidavit (.*)$", read("fix-links.rst"), re.MULTILINE)
    options = ["--allow-private", "--quiet"]
    assert main([*only_show.split(), *options]) == 1
    assert capsys.readouterr().out == shown("page.diff")
    assert page.read_text(encoding="utf-8") == shown("page.rst")
    assert main([*change.split(), *options]) == 0
    assert page.read_text(encoding="utf-8").count(f"{moving}/manual/guide") == 2


def test_the_workflow_that_is_shown_runs_commands_that_there_are():
    workflow = yaml.safe_load((SNIPPETS / "ci" / "links.yml").read_text(encoding="utf-8"))
    lines = [step["run"] for step in workflow["jobs"]["links"]["steps"] if "run" in step]
    checks = [shlex.split(line)[1:] for line in lines if line.startswith("affidavit ")]
    assert [parser().parse_args(each).format for each in checks] == ["github", "github"]


def test_the_hooks_that_are_shown_are_there(project):
    hooks = yaml.safe_load((project / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (shown,) = yaml.safe_load((SNIPPETS / "ci" / "pre-commit.yaml").read_text(encoding="utf-8"))["repos"]
    assert [each["id"] for each in shown["hooks"]] == [each["id"] for each in hooks]
    assert all(f"``{each['id']}``\n" in read("check-links-in-ci.rst") for each in hooks)
    for hook, used in zip(hooks, shown["hooks"], strict=True):
        assert parser().parse_args([*hook["entry"].split()[1:], *used["args"]]).sourcedir == Path("doc")


LATER = (
    ("1.0.0", "stable/first", "Known Issues", "first.html"),
    ("1.0.0", "stable/first", "New Features", "first.html"),
    ("2.0.0", "stable/second", "Bug Fixes", "second.html"),
    ("2.0.0", "stable/second", "Known Issues", "second.html"),
    ("2.0.1", "stable/second", "Bug Fixes", "second.html"),
    ("3.0.0", "stable/third", "Security Issues", "third.html"),
    ("3.0.0", "stable/third", "Upgrade Notes", "third.html"),
    ("4.0.0", "stable/fourth", "New Features", "fourth.html"),
    ("4.0.0", "stable/fourth", "Upgrade Notes", "fourth.html"),
)
"""What upstream has, some time after the lock file of the snippets was written."""


def test_what_changed_upstream_is_told_as_the_guide_shows(site, monkeypatch, capsys):
    folder = site("roles/release-note", "rst").folder
    (folder / "source").rename(folder / "doc")
    (folder / "doc" / "some-server.inv").write_bytes(inventory(LATER))
    monkeypatch.chdir(folder)
    nested = re.sub(r"^   ", "", read("release-notes.rst"), flags=re.MULTILINE)  # the block stands in a list
    (step,) = [step for step in steps(nested) if isinstance(step, Command) and " diff " in step.line]
    assert main(step.line.split()[1:]) == 1
    assert capsys.readouterr().out.splitlines() == step.shown


def test_the_workflow_that_compares_runs_a_command_that_there_is():
    workflow = yaml.safe_load((SNIPPETS / "ci" / "release-notes.yml").read_text(encoding="utf-8"))
    *_, step = workflow["jobs"]["diff"]["steps"]
    assert parser().parse_args(shlex.split(step["run"])[1:]).module == "affidavit.cli.notes_diff"
