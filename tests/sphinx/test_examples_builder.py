"""The builder ``examples``: it alone runs what pages show, in a real sandbox, and tells it as Sphinx tells things."""

import json
import xml.etree.ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.store import write_record
from affidavit.model.evidence import Outcome, Record, Seen
from affidavit.reports import claims
from affidavit.sphinx import examples_builder

PAGES = {
    "rst": """
        Home
        ====

        .. example:: good

           .. code-block:: console

              $ echo a
              a

        .. example:: other

           .. code-block:: console

              $ echo b
              a

        .. example:: healed
           :expect: failure

           .. code-block:: console

              $ true

        .. example:: away
           :needs: no-such-program

           .. code-block:: console

              $ echo a
              a
        """,
    "md": """
        # Home

        ````{example} good

        ```console
        $ echo a
        a
        ```
        ````

        ````{example} other

        ```console
        $ echo b
        a
        ```
        ````

        ````{example} healed
        :expect: failure

        ```console
        $ true
        ```
        ````

        ````{example} away
        :needs: no-such-program

        ```console
        $ echo a
        a
        ```
        ````
        """,
}
LINES = {"rst": (15, 18), "md": (14, 19)}
"""Where `echo b` stands, and where `healed` begins."""
AWAY = {"rst": 25, "md": 27}

GOOD = """
    Home
    ====

    .. example:: good

       .. code-block:: console

          $ echo a
          a
    """


@pytest.fixture(autouse=True)
def _runs_here(require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")


@pytest.mark.parametrize("suffix", PAGES)
def test_what_came_of_each_run_is_told_at_its_line(site, suffix):
    site.write(f"index.{suffix}", PAGES[suffix])
    built = site.build("examples")
    echo, healed = LINES[suffix]
    path = f"{site.src}/index.{suffix}"
    assert sorted(built.codes) == ["example-contradicted", "example-drifted"]
    drifted, contradicted = sorted(built.warnings)
    assert drifted.startswith(f"{path}:{echo}: WARNING: `other/here`: ")
    assert contradicted.startswith(f"{path}:{healed}: WARNING: `healed/here`: It is documented to fail, and does not.")
    away = [line for line in built.log.splitlines() if "example-unable" in line]
    assert away[0].startswith(f"{path}:{AWAY[suffix]}: info: `away/here`: `no-such-program` is not installed.")
    assert "1 as shown, 1 unable, 1 drifted, 1 contradicted\n" in built.log
    assert not (site.src / "evidence").exists()


def test_the_files_say_the_same(site):
    site.write("index.rst", PAGES["rst"])
    built = site.build("examples")
    Draft202012Validator(json.loads(claims.schema())).validate(json.loads(built.text("output.json")))
    told = {each["target"]: each for each in json.loads(built.text("output.json"))["claims"]}
    assert {name: each["verdict"] for name, each in told.items()} == {
        "good/here": "holds", "other/here": "refuted", "healed/here": "refuted", "away/here": "unable"
    }  # fmt: skip
    (run,) = told["good/here"]["runs"]
    assert (run["key"], run["state"], "bash" in run["versions"], "date" in run) == ("good/here", "proven", True, False)
    assert run["seconds"] > 0
    suite = ET.fromstring(built.text("junit.xml")).find("testsuite")  # noqa: S314 -- it is ours
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "4", "failures": "2", "skipped": "1"
    }  # fmt: skip
    text = built.text("output.txt")
    assert text.endswith("\n1 as shown, 1 unable, 1 drifted, 1 contradicted\n")
    assert "    -a\n    +b\n" in text


def test_the_exit_status_is_that_of_doctest(site):
    site.write("index.rst", GOOD)
    with site.application("examples") as app:
        app.build()
        assert app.statuscode == 0
        site.write("index.rst", PAGES["rst"])
        app.build()
        assert app.statuscode == 1


def test_evidence_that_cannot_be_read_fails(site):
    site.write("index.rst", GOOD)
    site.write("evidence/good/here.json", "<<<<<<< ours")
    with site.application("examples") as app:
        app.build()
        assert (app.statuscode, "1 as shown\n" in (app.outdir / "output.txt").read_text()) == (1, True)


def test_a_site_that_did_not_change_runs_again(site):
    site.write("index.rst", GOOD)
    site.build("examples")
    assert "1 as shown" in site.build("examples").log


def test_what_the_evidence_alone_would_say_is_left_out(site):
    """The record is stale, and so any other build says so; a run of now says what is."""
    site.write("index.rst", GOOD)
    write_record(site.src / "evidence", "good/here", Record("sha256:0", Outcome.FINISHED, (), (), "x", "x"))
    assert site.build("dummy").codes == ["example-stale"]
    assert site.build("examples").codes == []


def test_it_gives_other_than_the_evidence_has(site, monkeypatch):
    """What the page does not show, its record does: readers are shown that."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    site.write("index.rst", GOOD.replace("          a\n", ""))
    found = site.build("examples")
    assert found.codes == []
    told = json.loads(found.text("output.json"))["claims"][0]["runs"][0]
    versions, seen = tuple(told["versions"].items()), (Seen("echo a", "another\n", 0),)
    record = Record(told["fingerprint"], Outcome.FINISHED, seen, versions, told["platform"], told["sandbox"])
    write_record(site.src / "evidence", "good/here", record)
    built = site.build("examples")
    assert built.codes == ["evidence-drifted"]
    assert f"{site.src}/index.rst:8: WARNING: `good/here`: “echo a” gives something else" in built.warnings[0]


def test_what_cannot_be_tried_fails(site):
    site.conf(affidavit_environments={"app": {"packages": ["some-package"]}})
    site.write("index.rst", GOOD.replace("good\n", "good\n       :environments: app\n", 1))
    built = site.build("examples")
    assert built.codes == ["environment-unlocked", "example-failed"]
    assert "1 failed\n" in built.log


def test_without_a_sandbox_all_is_unable(site, monkeypatch):
    site.write("index.rst", GOOD)
    monkeypatch.setattr(examples_builder, "choose_sandbox", lambda: Unable("There is none.", "Get one."))
    built = site.build("examples")
    assert (built.codes, "1 unable\n" in built.log, "There is none. Get one." in built.text("output.json")) == (
        [], True, True
    )  # fmt: skip


@pytest.mark.parametrize("builder", ["html", "text", "dummy", "claims", "linkcheck"])
def test_no_other_builder_runs_anything(site, monkeypatch, builder):
    def fails(*_):
        raise AssertionError

    for name in ("choose_sandbox", "work"):
        monkeypatch.setattr(examples_builder, name, fails)
    monkeypatch.setattr("subprocess.Popen", fails)
    site.write("index.rst", GOOD)
    assert [line for line in site.build(builder).warnings if "offline" not in line] == []


def test_parallel_builds_run_the_same(site):
    site.write("index.rst", GOOD)
    for number in range(6):
        site.write(f"page{number}.rst", "\n    :orphan:\n" + GOOD.replace("good", f"good-{number}"))
    built = site.run("-j", "2", builder="examples")
    assert "7 as shown\n" in built.text("output.txt")
    assert built.warnings == []
