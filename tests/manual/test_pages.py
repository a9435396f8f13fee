"""The pages against the code, both ways: what there is has an entry, and what pages mention is there."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from typing import get_args

import pytest
from docutils import nodes
from packaging.requirements import Requirement
from sphinx import addnodes
from sphinx.util.inventory import InventoryFile

from affidavit.cli.parser import parser
from affidavit.methods.options import DIRECTIVES
from affidavit.model.claims import Card, Claim, Status
from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.settings import Settings
from affidavit.reports import claims as report
from affidavit.sphinx.roles import ROLES
from affidavit.sphinx.settings import NAMES
from tests.manual.conftest import MANUAL, SNIPPETS, claims, steps

CODES = {str(code) for code in Code}
OPTIONS = {f"{directive}:{option.name}" for directive, options in DIRECTIVES.items() for option in options}
SCHEMA = json.loads(report.schema())


@pytest.fixture(scope="module")
def inventory(manual):
    return InventoryFile.loads((manual.html / "objects.inv").read_bytes(), uri="").data


ENTRIES = {
    "rst:directive": set(DIRECTIVES),
    "rst:directive:option": OPTIONS,
    "rst:role": set(ROLES),
    "std:confval": set(NAMES),
    "std:message": CODES,
}


@pytest.mark.parametrize("kind", ENTRIES)
def test_everything_has_an_entry_and_nothing_else_has(inventory, kind):
    assert set(inventory[kind]) == ENTRIES[kind]


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_message_has_an_anchor_that_stays(inventory, manual, code):
    assert inventory["std:message"][code].uri == f"manual/reference/messages.html#message-{code}"
    assert f'id="message-{code}"' in (manual.html / "manual" / "reference" / "messages.html").read_text("utf-8")


def test_the_commands_arguments_have_entries(inventory):
    told = set(inventory["std:cmdoption"])
    assert told == {f"affidavit {command}.{name}" for command, names in arguments() for name in names}


def arguments():
    """Give each subcommand with the names of its arguments, as the help shows them."""
    for line in ("explain", "notes lock", "notes list"):
        usage = helped(line.split()).partition("\n\n")[0]
        yield line, set(re.findall(r"--(?!help)\w+|(?<=\[)[A-Z]+(?=\])", usage))


def helped(names):
    found = parser()
    for name in names:
        (commands,) = [action.choices for action in found._actions if isinstance(action.choices, dict)]  # noqa: SLF001
        found = commands[name]
    return found.format_help()


STOCK = {
    *("toctree", "glossary", "term", "tabs", "group-tab", "code-block"),
    *("external+glance-guide:affidavit:deployment-method",),
}
"""What examples use of Sphinx and of other extensions."""

WORDS = {
    *("sphinx-tabs", "some-server", "behind-proxy", "mod-wsgi", "large-upload", "keep-going", "sphinx-build"),
    *("deployment-method-NAME", "deployment-feature-NAME"),
    *("13-beta", "known-issues", "link-inline", "release-notes.lock.json", "claims-1.schema.json"),
    *("affidavit-card", "affidavit-matrix", "affidavit-STATUS"),
}
"""What else of the manual's literals looks like a code."""


def blocks(page, *languages):
    return [block.astext() for block in page.findall(nodes.literal_block) if block.get("language") in languages]


def used(page):
    """Return the directives and roles that the examples of a page use, in both markups."""
    rst = "\n".join(blocks(page, "rst"))
    md = "\n".join(blocks(page, "markdown"))
    return {
        *re.findall(r"^ *\.\. ([\w-]+)::", rst, re.MULTILINE),
        *re.findall(r":([a-z][\w:+-]*):`", rst),
        *re.findall(r"^ *[:`]{3,}\{([\w-]+)\}", md, re.MULTILINE),
        *re.findall(r"\{([\w:+-]+)\}`", md),
    }


def test_examples_use_nothing_that_is_not_there(manual):
    found = {name: used(page) - set(DIRECTIVES) - set(ROLES) - STOCK for name, page in manual.pages.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_examples_give_no_option_that_is_not_there(manual):
    known = {option.partition(":")[2] for option in OPTIONS}
    for name, page in manual.pages.items():
        given = set(re.findall(r"^ *:([\w-]+): ", "\n".join(blocks(page, "rst", "markdown")), re.MULTILINE))
        assert given <= known, name


def test_pages_mention_no_setting_that_is_not_there(manual):
    for name, page in manual.pages.items():
        assert set(re.findall(r"\baffidavit_[a-z_]+", page.astext())) <= set(NAMES), name


def test_pages_mention_no_code_that_is_not_there(manual):
    for name, page in manual.pages.items():
        assert set(re.findall(r"\[affidavit\.([\w-]+)\]", page.astext())) <= CODES, name


def literals(page):
    """Return the literals in running text; those in entries and links are Sphinx's to check."""
    return {
        literal.astext()
        for literal in page.findall(nodes.literal)
        if not isinstance(literal.parent, (addnodes.pending_xref, nodes.reference))
    }


def test_no_literal_looks_like_a_code_and_is_none(manual):
    verdicts = set(SCHEMA["$defs"]["verdict"]["enum"])
    troubles = {text for text in literals(manual.pages["manual/reference/statuses"]) if text not in CODES}
    known = CODES | set(DIRECTIVES) | set(ROLES) | WORDS | verdicts | kinds()
    for name, page in manual.pages.items():
        found = {text for text in literals(page) if re.fullmatch(r"[\w.]+(-[\w.]+)+", text)} - known
        assert not found - (troubles if name.endswith("statuses") else set()), name


def test_options_in_running_text_are_there(manual):
    known = {f":{option.partition(':')[2]}:" for option in OPTIONS}
    for name, page in manual.pages.items():
        assert {text for text in literals(page) if re.fullmatch(r":[a-z-]+:", text)} <= known | {":pep:", ":pypi:"}, name


def kinds():
    return {kind.kind for kind in get_args(Claim)}


def entries(page, section):
    """Return the literals that the definition lists of a section define."""
    found = next(each for each in page.findall(nodes.section) if section in each["ids"])
    return {literal.astext() for term in found.findall(nodes.term) for literal in term.findall(nodes.literal)}


def test_each_status_and_verdict_is_explained(manual):
    page = manual.pages["manual/reference/statuses"]
    assert entries(page, "statuses") == set(Status)
    assert entries(page, "verdicts") == set(SCHEMA["$defs"]["verdict"]["enum"])
    assert kinds() <= literals(page)


def test_the_defaults_of_settings_are_those_of_the_code(manual):
    page = manual.pages["manual/reference/settings"]
    told = {}
    for entry in page.findall(addnodes.desc):
        fields = {field[0].astext(): field[1].astext() for field in entry.findall(nodes.field)}
        told[entry[0]["fullname"]] = fields["Default"]
    assert told.pop("affidavit_release") == "the value of release"
    assert read_settings({name: ast.literal_eval(value) for name, value in told.items()}) == (Settings(), ())


def properties(schema):
    """Return the names of all fields in a schema, however deep."""
    if isinstance(schema, list):
        return {name for each in schema for name in properties(each)}
    if not isinstance(schema, dict):
        return set()
    named = {name for name, each in schema.get("properties", {}).items() if each != {"const": "method"}}
    return named.union(*(properties(each) for each in schema.values()))


def test_each_field_of_the_report_is_explained(manual):
    page = manual.pages["manual/reference/claims"]
    explained = entries(page, "the-fields")
    assert explained <= properties(SCHEMA)
    assert properties(SCHEMA) <= literals(page)


def test_the_claim_that_is_shown_is_made(site):
    made = json.loads(site("directives/deployment-method", "rst").built("html", "claims.json"))
    shown = json.loads((SNIPPETS / "claim.json").read_text(encoding="utf-8"))
    assert shown in made["claims"]
    assert shown["kind"] == Card.kind
    assert claims(json.dumps(shown))


def test_the_schema_is_published(manual):
    published = manual.html / f"claims-{report.FORMAT_VERSION}.schema.json"
    assert published.read_text(encoding="utf-8") == report.schema()


def test_each_dependency_gives_its_reason(manual, project):
    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = metadata["optional-dependencies"].values()
    wanted = {Requirement(text).name.lower() for texts in (metadata["dependencies"], *extras) for text in texts}
    page = manual.pages["manual/explanation/dependencies"]
    rows = [row[0].astext() for table in page.findall(nodes.tbody) for row in table.findall(nodes.row)]
    (test,) = [each for each in page.findall(nodes.section) if "the-extra-test" in each["ids"]]
    told = {*rows, *(each.astext() for each in test[1].findall(nodes.emphasis))}
    assert {name.lower().replace("myst-parser", "myst-parser") for name in told} == wanted - {"affidavit"}


def test_the_command_prints_what_its_page_shows(site, monkeypatch, capsys):
    from affidavit.cli import main  # noqa: PLC0415

    monkeypatch.chdir(site("roles/release-note", "rst").folder / "source")
    shown = tuple(steps((MANUAL / "reference" / "command.rst").read_text(encoding="utf-8")))
    assert shown
    for step in shown:
        assert main(step.line.split()[1:]) == 0
        assert capsys.readouterr().out.splitlines() == step.shown
