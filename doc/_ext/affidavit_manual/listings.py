"""The entries of the reference that the code gives: options, messages, examples, the command's output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from affidavit.model.codes import Code
from affidavit.model.directives import Option
from affidavit.sphinx.directives import OPTIONS

SNIPPETS = "/manual/snippets"
DOC = Path(__file__).parents[2]
CHECKED = DOC / "manual" / "snippets" / "check"
"""The folder that has a small finished site to check."""

RESULTS = DOC.parent / "benchmarks" / "results" / "full.md"
"""What the last full run of the benchmarks wrote, if there was one."""

LANGUAGES = {
    "text": "text",
    "json": "json",
    "junit": "xml",
    "sarif": "json",
    "github": "text",
    "markdown": "markdown",
}
"""The formats of reports, and the language that each is in."""

Markup = tuple[str, str, str]

MARKUPS: tuple[Markup, ...] = (
    ("reStructuredText", "rst", "rst"),
    ("MyST Markdown", "md", "markdown"),
    ("Result, as text", "txt", "text"),
)
"""The tabs of an example: the name of each, the end of its file's name, its language."""


def options(directive: str) -> list[str]:
    """Return an entry for each option of a directive."""
    found = OPTIONS[directive]
    return [line for option in found for line in _option(option)] if found else ["It has no options."]


def _option(option: Option) -> list[str]:
    need = " Required." if option.required else ""
    return [f".. rst:directive:option:: {option.name}", "", f"   {option.meaning}{need}", ""]


def messages() -> list[str]:
    """Return an entry for each code, in the order of the code."""
    return [line for code in Code for line in _message(code)]


def _message(code: Code) -> list[str]:
    told = (f"*{code.severity}*: {_literals(code.value.meaning)}", "", _literals(code.value.advice), "")
    return [f".. message:: {code}", "", *_indented(told)]


def _literals(text: str) -> str:
    """Return a message, which is written for a terminal, with its literals as reStructuredText has them."""
    return text.replace("`", "``")


def example(name: str, *, markups: Iterable[Markup] = MARKUPS) -> list[str]:
    """Return an example of the manual in tabs, one for each file that it has."""
    tabs = (line for tab, end, language in markups for line in _tab(tab, f"{SNIPPETS}/{name}.{end}", language))
    return [".. tabs::", "", *_indented(tabs)]


def _tab(label: str, file: str, language: str) -> list[str]:
    return [f".. group-tab:: {label}", "", f"   .. literalinclude:: {file}", f"      :language: {language}", ""]


def output(*arguments: str) -> list[str]:
    """Return a run of the command, as a console shows it; raise `CalledProcessError` if it fails."""
    shown = (f"$ affidavit {' '.join(arguments)}", *_printed(arguments).splitlines())
    return [".. code-block:: console", "", *_indented(shown)]


def report(name: str) -> list[str]:
    """Return the report of a check in a format; what is checked has errors, so that there is something to tell."""
    arguments = ("check", "--site", "html", "--offline", "--format", name)
    head = [f".. code-block:: {LANGUAGES[name]}", f"   :caption: affidavit {' '.join(arguments)}", ""]
    return [*head, *_indented(_printed(arguments, CHECKED, status=1).splitlines())]


def benchmark_results() -> list[str]:
    """Return the table that is kept beside the benchmarks, in Markdown and without its heading."""
    if not RESULTS.is_file():
        return ["No results are kept yet."]
    lines = RESULTS.read_text(encoding="utf-8").splitlines()
    return [line.replace("## ", "### ", 1) if line.startswith("## ") else line for line in lines if line[:2] != "# "]


def _printed(arguments: Sequence[str], folder: Path = DOC, *, status: int = 0) -> str:
    """Return what a run of the command prints; raise `CalledProcessError` if it ends with another status."""
    environment = {**os.environ, "COLUMNS": "72", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "affidavit", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 -- our own command
    if done.returncode != status:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"   {line}" if line else "" for line in lines]
