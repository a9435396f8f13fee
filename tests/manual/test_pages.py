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
from tests.manual.conftest import MANUAL, SNIPPETS, Command, steps

from affidavit.cli import main
from affidavit.cli.parser import parser
from affidavit.examples import evidence
from affidavit.links.seen import Trouble
from affidavit.model.claims import Claim, Status
from affidavit.model.codes import Code
from affidavit.model.configuration import read_settings
from affidavit.model.settings import Settings
from affidavit.notes import lock
from affidavit.reports import claims as report
from affidavit.sphinx.directives import OPTIONS as OPTIONS_OF
from affidavit.sphinx.roles import ROLES
from affidavit.sphinx.settings import NAMES

CODES = {str(code) for code in Code}
OPTIONS = {f"{directive}:{option.name}" for directive, options in OPTIONS_OF.items() for option in options}
KINDS = {kind.kind for kind in get_args(Claim)}
SCHEMA = json.loads(report.schema())
VERDICTS = set(SCHEMA["$defs"]["verdict"]["enum"])


@pytest.fixture(scope="module")
def inventory(manual):
    return InventoryFile.loads((manual.html / "objects.inv").read_bytes(), uri="").data


ENTRIES = {
    "rst:directive": set(OPTIONS_OF),
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
    assert told == {f"{command}.{name}" for command, name in arguments("affidavit", parser())}


def arguments(command, of):
    """Give the arguments of a command and of all its subcommands, with the name under which Sphinx keeps them."""
    for action in of._actions:  # noqa: SLF001 -- argparse has no other way to ask
        if isinstance(action.choices, dict):
            for name, subcommand in action.choices.items():
                yield from arguments(f"{command}-{name}", subcommand)
        elif action.dest not in {"help", "version"}:
            yield from ((command, name) for name in action.option_strings or [action.metavar])


STOCK = {
    *("toctree", "glossary", "code-block", "term"),
    *("tabs", "group-tab", "external+glance-guide:affidavit:deployment-method"),
}
"""What examples use of Sphinx and of other extensions."""

WORDS = {
    *(
        "release-notes.lock.json",
        "claims-2.schema.json",
        "lock-2.schema.json",
        "record-1.schema.json",
        "record-2.schema.json",
        "proofs-1.schema.json",
        "broke-off",
        "known-issues",
        "13-beta",
        "2027-03-31",
    ),
    *("affidavit-card", "affidavit-matrix", "affidavit-STATUS", "deployment-method.NAME", "deployment-feature.NAME"),
    *("build-finished", "env-updated", "data-theme", "linkcheck-process-uri"),
    *(
        "affidavit-check",
        "affidavit-links",
        "some-section",
        "skip-if",
        "release-notes",
        "ddos-guard",
        "Proxy-Authorization",
        "Retry-After",
    ),
}
"""What looks like a code among the manual's literals, and is none of ours."""


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
    found = set().union(*map(used, manual.pages.values()))
    assert found - set(OPTIONS_OF) - set(ROLES) == STOCK


def test_examples_give_no_option_that_is_not_there(manual):
    known = {option.partition(":")[2] for option in OPTIONS}
    for name, page in manual.pages.items():
        given = set(re.findall(r"^ *:([\w-]+): ", "\n".join(blocks(page, "rst", "markdown")), re.MULTILINE))
        assert given <= known, name


def test_pages_mention_no_setting_and_no_code_that_is_not_there(manual):
    for name, page in manual.pages.items():
        assert set(re.findall(r"\baffidavit_[a-z_]+", page.astext())) <= set(NAMES), name
        assert set(re.findall(r"\[affidavit\.([\w-]+)\]", page.astext())) <= CODES, name


def literals(page):
    """Return the literals in running text; those in entries and links are Sphinx's to check."""
    return {
        literal.astext()
        for literal in page.findall(nodes.literal)
        if not isinstance(literal.parent, (addnodes.pending_xref, nodes.reference))
    }


def test_no_literal_looks_like_a_code_and_is_none(manual):
    known = CODES | set(OPTIONS_OF) | set(ROLES) | set(Trouble) | KINDS | VERDICTS
    found = {text for page in manual.pages.values() for text in literals(page)}
    assert {text for text in found if re.fullmatch(r"[\w.]+(-[\w.]+)+", text)} - known == WORDS


def test_options_in_running_text_are_there(manual):
    known = {f":{option.partition(':')[2]}:" for option in OPTIONS}
    found = {text for page in manual.pages.values() for text in literals(page)}
    assert {text for text in found if re.fullmatch(r":[a-z-]+:", text)} - known == {":pep:", ":pypi:"}


def entries(page, section):
    """Return the literals that the definition lists of a section define."""
    found = next(each for each in page.findall(nodes.section) if section in each["ids"])
    return {literal.astext() for term in found.findall(nodes.term) for literal in term.findall(nodes.literal)}


def test_each_status_and_verdict_is_explained(manual):
    page = manual.pages["manual/reference/statuses"]
    assert entries(page, "statuses") == set(Status)
    assert entries(page, "verdicts") == VERDICTS | KINDS


def test_the_defaults_of_settings_are_those_of_the_code(manual):
    told = {}
    for name in ("settings", "settings-links"):
        for entry in manual.pages[f"manual/reference/{name}"].findall(addnodes.desc):
            fields = {field[0].astext(): " ".join(field[1].astext().split()) for field in entry.findall(nodes.field)}
            told[entry[0]["fullname"]] = fields["Default"]
    assert told.pop("affidavit_release") == "the value of release"
    assert told.pop("affidavit_linkcheck") == "True"  # it is read where builders are registered
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


def test_the_schemas_are_published(manual):
    schemas = {"claims-2": report.schema(), "lock-2": lock.schema()}
    schemas |= {f"{name}-{at}": evidence.schema(name, at) for name, at in (("record", 1), ("record", 2), ("proofs", 1))}
    for name, schema in schemas.items():
        assert (manual.html / f"{name}.schema.json").read_text(encoding="utf-8") == schema


def test_each_dependency_gives_its_reason(manual, project):
    metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = metadata["optional-dependencies"].values()
    wanted = {Requirement(text).name.lower() for texts in (metadata["dependencies"], *extras) for text in texts}
    page = manual.pages["manual/explanation/dependencies"]
    (test,) = [each for each in page.findall(nodes.section) if "the-extra-test" in each["ids"]]
    named = (*page.findall(nodes.term), *test.findall(nodes.emphasis))
    told = {each.astext() for each in named if each.parent is not test[0]}
    assert {name.lower() for name in told} == wanted - {"affidavit"}


def test_the_command_prints_what_its_page_shows(site, monkeypatch, capsys):
    monkeypatch.chdir(site("roles/release-note", "rst").folder / "source")
    page = (MANUAL / "reference" / "command.rst").read_text(encoding="utf-8")
    nested = re.sub(r"^   ", "", page, flags=re.MULTILINE)  # blocks below an option
    shown = [step for part in (page, nested) for step in steps(part) if isinstance(step, Command)]
    assert len(shown) == page.count("$ affidavit")
    for step in shown:
        assert main(step.line.split()[1:]) == 0
        assert capsys.readouterr().out.splitlines() == step.shown
