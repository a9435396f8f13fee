"""The page about how output is compared, against the code and against runs."""

from __future__ import annotations

import pytest
from tests.manual.conftest import SNIPPETS, call
from tests.manual.test_links import tables
from tests.manual.test_pages import entries

from affidavit.cli import main
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.settle_table import ROWS
from affidavit.model.examples import Comparison

PAGE = "manual/reference/matching"


@pytest.mark.parametrize("name", sorted(path.stem for path in (SNIPPETS / "matching").glob("*.rst")))
def test_what_the_examples_show_is_what_runs_give(name, site, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    outcome = call(main, "run", site(f"matching/{name}", "rst").folder / "source", "--fail-on", "unable")
    assert outcome.status == 0, outcome.printed


def test_everything_that_is_settled_is_told(manual):
    told = tables(manual.pages[PAGE])
    always, on_request = (told[f"What is {title}"][1:] for title in ("always settled", "settled on request"))
    assert [row[0] for row in always] == [row.name for row in ROWS if row.always]
    assert [row[0] for row in on_request] == [row.name for row in ROWS if not row.always]


def test_each_way_of_comparing_is_told(manual):
    assert entries(manual.pages[PAGE], "patterns-order-and-numbers") == set(Comparison)
