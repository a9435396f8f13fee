"""Executable examples on pages: the same values from both markups, their evidence judged and shown on every build."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from affidavit.clock import today
from affidavit.examples.environments.machine import system
from affidavit.examples.evidence import digest_of
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import plan
from affidavit.examples.store import contents_of, read_evidence, write_proofs, write_record
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.examples import (
    Comparison,
    ConsoleStep,
    Example,
    FileStep,
    HttpStep,
    Matching,
    PyconStep,
    Ready,
    ReadyKind,
    ServiceStep,
    Skip,
    Symptom,
)
from affidavit.model.place import Place
from affidavit.sphinx.domain import AffidavitDomain

PAGES = {
    "rst": """
        Home
        ====

        .. example:: first
           :needs: curl, python3
           :files: input.txt
           :timeout: 9
           :network:
           :skip-if: test -e no-curl => it needs curl

           Some words.

           .. file:: conf/app--x.ini
              :mode: 755

              [app]
              "port" = 1

           .. file:: hidden.json
              :source: data/input.json
              :hidden:

           .. service:: server  --port 80
              :ready: http://127.0.0.1:80/, log started
              :status: 200
              :within: 5
              :stop: SIGINT

           .. console::
              :match: regex

              $ echo "a--b" \\
              > c
              a.*
              $ false
              [1]

           And a stock one:

           .. code-block:: console

              $ echo stock
              stock

           #. In a list:

              .. pycon::
                 :tolerance: 0.1

                 >>> 1 / 3
                 0.33

           .. http::
              :base: http://127.0.0.1:80

              GET / HTTP/1.1

              HTTP/1.1 200 OK

           .. code-block:: python

              print("no step")

        .. example:: second
           :setup: first
           :expect: failure
           :symptom: exit 7

           .. code-block:: console

              $ exit 7
              [7]
        """,
    "md": """
        # Home

        `````{example} first
        :needs: curl, python3
        :files: input.txt
        :timeout: 9
        :network:
        :skip-if: "test -e no-curl => it needs curl"

        Some words.

        ```{file} conf/app--x.ini
        :mode: 755

        [app]
        "port" = 1
        ```

        ```{file} hidden.json
        :source: data/input.json
        :hidden:
        ```

        ```{service} server  --port 80
        :ready: http://127.0.0.1:80/, log started
        :status: 200
        :within: 5
        :stop: SIGINT
        ```

        ```{console}
        :match: regex

        $ echo "a--b" \\
        > c
        a.*
        $ false
        [1]
        ```

        And a stock one:

        ```console
        $ echo stock
        stock
        ```

        1. In a list:

           ```{pycon}
           :tolerance: 0.1

           >>> 1 / 3
           0.33
           ```

        ```{http}
        :base: http://127.0.0.1:80

        GET / HTTP/1.1

        HTTP/1.1 200 OK
        ```

        ```python
        print("no step")
        ```
        `````

        ````{example} second
        :setup: first
        :expect: failure
        :symptom: exit 7

        ```console
        $ exit 7
        [7]
        ```
        ````
        """,
}
"""One page with everything, in both markups."""


@pytest.fixture(params=PAGES)
def page(request, site):
    """Return a project with the page that has everything, once in each markup."""
    site.suffix = request.param
    site.write("data/input.json", '{"a": 1}')
    site.write("input.txt", "x\n")
    site.write(f"index.{request.param}", PAGES[request.param])
    return site


def examples_of(site, **options):
    with site.application("dummy", **options) as app:
        app.build()
        return AffidavitDomain.of(app.env).corpus.examples


def lines(site, *texts):
    """Return the lines of the page that read like these, each looked for behind the last."""
    written = [line.strip() for line in (site.src / f"index.{site.suffix}").read_text(encoding="utf-8").splitlines()]
    found = [0]
    for text in texts:
        found.append(written.index(text, found[-1]) + 1)
    return found[1:]


def test_both_markups_give_the_same_example(page):
    first, second = examples_of(page)
    assert second.setup == ("first",)
    assert second.symptom == Symptom(exit_status=7)
    whole = Example("first", (), first.place, needs=("curl", "python3"), files=("input.txt",), timeout=9, network=True,
                    skips=(Skip("test -e no-curl", "it needs curl"),))  # fmt: skip
    assert replace(first, steps=()) == whole
    ini, hidden, service, console, stock, pycon, http = (replace(step, place=AT) for step in first.steps)
    begins = replace(first.place, line=lines(page, "[app]")[0])
    assert ini == FileStep("conf/app--x.ini", '[app]\n"port" = 1\n', AT, mode=0o755, begins=begins)
    assert hidden == FileStep("hidden.json", "", AT, source="data/input.json", hidden=True)
    ready = (Ready(ReadyKind.URL, "http://127.0.0.1:80/", 200), Ready(ReadyKind.LOG, "started"))
    assert service == ServiceStep("server  --port 80", AT, ready, within=5, stop="SIGINT")
    assert told(console) == [('echo "a--b" \\\nc', "a.*", 0), ("false", "", 1)]
    assert console.matching == Matching(Comparison.REGEX)
    assert told(stock) == [("echo stock", "stock", 0)]
    assert told(pycon) == [("1 / 3", "0.33", 0)]
    assert pycon.matching == Matching(tolerance=0.1)
    assert told(http) == [("GET / HTTP/1.1", "HTTP/1.1 200 OK", 200)]
    assert http.base == "http://127.0.0.1:80"
    kinds = [type(step) for step in first.steps]
    assert kinds == [FileStep, FileStep, ServiceStep, ConsoleStep, ConsoleStep, PyconStep, HttpStep]


AT = Place("x")


def told(step):
    return [(each.given, each.expected, each.status) for each in step.exchanges]


def test_each_exchange_has_its_line(page):
    first, second = examples_of(page)
    found = [each.place.line for step in first.steps for each in getattr(step, "exchanges", ())]
    found += [each.place.line for step in second.steps for each in step.exchanges]
    assert found == lines(
        page, '$ echo "a--b" \\', "$ false", "$ echo stock", ">>> 1 / 3", "GET / HTTP/1.1", "$ exit 7"
    )


def test_both_markups_have_the_same_fingerprints(site, other_site):
    found = []
    for suffix, project in zip(PAGES, (site, other_site), strict=True):
        project.write("data/input.json", "{}")
        project.write(f"index.{suffix}", PAGES[suffix])
        found.append([fingerprint(run, {}, "") for run in plan(examples_of(project), ()).runs])
    assert found[0] == found[1]


def record(site, changes=None, day=None):
    """Write evidence of all runs of the site, as a run of today would, or with changes, by the name of an example."""
    examples = examples_of(site)
    folder = site.src / "evidence"
    contents = contents_of(["input.txt", "data/input.json"], site.src)
    runs, proofs = plan(examples, ()).runs, {}
    for run in runs:
        seen = tuple(
            Seen(each.given, {"a.*": "abc"}.get(each.expected, each.expected) or "", each.status)
            for example in run.chain
            for step in example.steps
            for each in getattr(step, "exchanges", ())
        )
        made = Record(fingerprint(run, contents, ""), Outcome.FINISHED, seen, (("python", "3.11"),), system(), "none")
        made = replace(made, **(changes or {}).get(run.example.name, {}))
        write_record(folder, run.key, made)
        proofs[run.key] = Proof(day or today(), 1.5, record=digest_of(made))
    write_proofs(folder, proofs)


def test_a_proven_page_builds_without_a_word_and_shows_what_was_seen(page):
    record(page)
    built = page.build()
    assert built.warnings == []
    assert "[affidavit." not in built.log
    assert {each["target"]: each["verdict"] for each in built.claims["claims"]} == {"first": "holds", "second": "holds"}
    html = built.text("index.html")
    assert html.count("<strong>Proven</strong>") == 2
    assert f": {today().isoformat()}, {system()}, python 3.11" in html
    assert '<span class="target" id="example.first"></span><div class="affidavit-example docutils container">' in html
    assert '<span class="affidavit-given">echo stock\n</span>stock' in html.replace("<span>stock", "stock")


def test_readers_see_every_file_and_service(page):
    html = page.build().text("index.html")
    assert '<code class="docutils literal notranslate"><span class="pre">conf/app--x.ini</span></code>' in html
    assert '<details class="affidavit-hidden">' in html
    assert '"a"' in html.replace("&quot;", '"')
    words = re.sub(r"</?span[^>]*>", "", html.replace(' class="docutils literal notranslate"', ""))
    signs = "<code>http://127.0.0.1:80/</code> answers with status 200, its log has a line with <code>started</code>."
    assert f"ready once {signs}</p>" in words
    assert "Skipped on some machines: it needs curl" in html


CHANGES = [
    ({}, "2020-01-01", "example-expired", "Proven too long ago"),
    ({"fingerprint": "sha256:00"}, None, "example-stale", "Changed since it was run"),
    ({"outcome": Outcome.UNABLE, "reason": "no curl"}, None, "example-unable", "Could not be run"),
]


@pytest.mark.parametrize(("change", "day", "code", "words"), CHANGES)
def test_each_state_is_told_and_shown(page, change, day, code, words):
    page.conf(affidavit_evidence_days=30)
    record(page, {"first": change, "second": change}, date.fromisoformat(day) if day else None)
    built = page.build()
    told = [line for line in [*built.warnings, *built.log.splitlines()] if line.endswith(f"[affidavit.{code}]")]
    assert len(told) == 2
    assert bool(built.warnings) is (code == "example-stale")
    assert words in built.text("index.html")


def test_what_was_proven_on_another_system_is_shown_as_that(page):
    record(page, {name: {"platform": "OtherOS x86_64"} for name in ("first", "second")})
    built = page.build()
    assert built.warnings == []
    assert "Proven elsewhere" in built.text("index.html")
    assert {claim["verdict"] for claim in built.claims["claims"] if claim["kind"] == "example"} == {"holds"}


def test_what_drifted_is_told_at_the_line_of_the_command(page):
    examples = examples_of(page)
    seen = [
        Seen(each.given, "0.5", each.status) for step in examples[0].steps for each in getattr(step, "exchanges", ())
    ]
    record(page, {"first": {"seen": tuple(seen)}})
    built = page.build()
    (at,) = lines(page, '$ echo "a--b" \\')
    assert built.codes == ["example-drifted"]
    assert f"index.{page.suffix}:{at}: WARNING: `first`: " in built.warnings[0]


def test_a_failure_that_passes_is_told(page):
    first, second = examples_of(page)
    every = [(each, s) for one in (first, second) for s in one.steps for each in getattr(s, "exchanges", ())]
    seen = tuple(Seen(each.given, {"a.*": "abc"}.get(each.expected, each.expected) or "",
                      200 if isinstance(step, HttpStep) else 0 if isinstance(step, ConsoleStep) else None)
                 for each, step in every)  # fmt: skip
    record(page, {"second": {"seen": seen}})
    built = page.build()
    assert "example-contradicted" in built.codes
    assert "Contradicted by a run" in built.text("index.html")


def test_without_evidence_it_is_not_yet_proven(page):
    built = page.build()
    assert built.warnings == []
    assert built.log.count("[affidavit.example-unproven]") == 2
    assert "<strong>Not yet proven</strong></p>" in built.text("index.html")


def test_an_unchanged_page_is_written_anew_where_its_evidence_changed(page):
    record(page)
    page.build()
    page.conf(affidavit_evidence_days=1)
    record(page, day=today() - timedelta(days=2))
    again = page.build()
    assert "0 added, 0 changed, 0 removed" in again.log
    assert "Proven too long ago" in again.text("index.html")
    (page.src / "evidence" / "second" / "here.json").write_text("{}", encoding="utf-8")
    third = page.build()
    assert "evidence-unreadable" in third.codes
    assert "Not yet proven" in third.text("index.html")


def test_a_page_stays_as_it_is_where_the_same_was_seen_in_another_time(page):
    record(page)
    page.build()
    kept = read_evidence(page.src / "evidence").proofs
    write_proofs(page.src / "evidence", {key: replace(each, seconds=0.1) for key, each in kept.items()})
    assert "%] index" not in page.build().log
    write_proofs(page.src / "evidence", {key: replace(each, day=date(2030, 1, 1)) for key, each in kept.items()})
    assert "writing output... [100%] index" in page.build().log


def test_a_file_of_the_repository_that_changes_is_shown_and_makes_the_evidence_stale(page):
    record(page)
    page.build()
    page.write("data/input.json", '{"b": 1}')
    again = page.build()
    assert again.codes == ["example-stale", "example-stale"]
    assert '"b"' in again.text("index.html").replace("&quot;", '"')


def test_a_transcript_has_the_status_of_each_command_and_the_sandbox(page):
    record(page)
    html = page.build().text("index.html")
    transcript = re.sub(r"<[^>]+>", "", html.partition("affidavit-transcript")[2].partition("</pre>")[0])
    assert "\nfalse\n[1]\n" in transcript
    assert "200 OK\n[" not in transcript
    assert "Sandbox: none" in html


def test_why_a_run_ended_early_is_shown_with_the_lines_of_its_log(site):
    site.write("index.rst", "Home\n====\n\n.. example:: a\n\n   .. console::\n\n      $ ls\n")
    reason = "a service died, at the service `sh -c x`: The end of its log:\none <b>\n  two"
    record(site, {"a": {"seen": (), "outcome": Outcome.BROKE_OFF, "reason": reason}})
    html = site.build().text("index.html")
    assert '<code class="docutils literal notranslate"><span class="pre">sh</span>' in html.partition("service died")[2]
    assert "one &lt;b&gt;\n  two" in html


def test_output_is_escaped_coloured_and_capped(site):
    site.write("index.rst", "Home\n====\n\n.. example:: a\n\n   .. console::\n\n      $ ls\n")
    output = "\x1b[31m<b>red</b>\x1b[0m\n" + "x" * 30_000
    record(site, {"a": {"seen": (Seen("ls", output, 0),)}})
    html = site.build().text("index.html")
    assert '<span class="ansi-red">&lt;b&gt;red&lt;/b&gt;</span>' in html
    assert "more characters are left out." in html
    assert "x" * 20_000 not in html


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "epub", "singlehtml", "dirhtml", "gettext"])
def test_every_builder_writes_examples_without_a_warning(page, builder):
    record(page)
    built = page.build(builder)
    assert built.warnings == []
    name = {"text": "index.txt", "man": "subject.1", "latex": "subject.tex", "texinfo": "subject.texi"}.get(builder)
    if name:
        assert "Proven" in built.text(name)
        assert "abc" not in built.text(name)


def test_catalogues_for_translators_hold_no_code(page):
    pot = page.build("gettext").text("index.pot")
    assert "Some words." in pot
    assert "echo" not in pot
    assert "[app]" not in pot


def test_what_runs_is_the_source_and_no_translation(site):
    site.write("data/input.json", "{}")
    site.write("index.rst", PAGES["rst"])  # of literal blocks in MyST, Sphinx translates none
    site.conf(language="de", gettext_compact=False, gettext_additional_targets=["literal-block"])
    assert "echo stock" in site.build("gettext").text("index.pot")
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalogue += 'msgid "$ echo stock\\nstock"\nmsgstr "$ echo fremd\\nfremd"\n'
    site.write("locales/de/LC_MESSAGES/index.po", catalogue)
    site.conf(language="de", gettext_compact=False, gettext_additional_targets=["literal-block"],
              locale_dirs=["locales"])  # fmt: skip
    html = site.build().text("index.html")
    assert "fremd" in html
    assert "Noch nicht bewiesen" in html
    assert told(examples_of(site)[0].steps[4]) == [("echo stock", "stock", 0)]


def test_many_processes_come_to_the_same(page):
    for at in range(6):
        page.write(
            f"more{at}.rst", f":orphan:\n\nMore\n====\n\n.. example:: more-{at}\n\n   .. console::\n\n      $ ls\n"
        )
    alone = page.run(to="alone")
    parallel = page.run("-j4", to="parallel")
    assert parallel.warnings == alone.warnings == []
    assert parallel.text("claims.json") == alone.text("claims.json")
    assert parallel.text("index.html") == alone.text("index.html")


EXAMPLE = ".. example:: a\n\n   .. console::\n\n      $ ls\n"
BAD = [
    ("no name", EXAMPLE.replace(" a\n", "\n"), "argument-missing", 4),
    ("no step", ".. example:: a\n\n   Words.\n", "example-malformed", 4),
    ("unknown option", EXAMPLE.replace("::\n\n      $", "::\n      :macht: x\n\n      $"), "option-unknown", 6),
    ("no command", EXAMPLE.replace("$ ls", "ls"), "example-malformed", 8),
    ("open quotes", EXAMPLE.replace("$ ls", "$ ls\n      $ echo 'a"), "example-malformed", 9),
    ("unknown pattern", EXAMPLE.replace("::\n\n      $", "::\n      :settle: x\n\n      $"), "option-invalid", 6),
    ("a path that leads out", EXAMPLE + "\n   .. file:: ../x\n\n      x\n", "argument-invalid", 10),
    ("an empty file", EXAMPLE + "\n   .. file:: x\n", "example-malformed", 10),
    ("a file that is not there", EXAMPLE + "\n   .. file:: x\n      :source: none.txt\n", "example-malformed", 10),
    ("a service of nothing", EXAMPLE + "\n   .. service::\n", "argument-missing", 10),
    ("in a list", "* .. example:: a\n\n     .. console::\n\n        $ ls\n", "card-misplaced", 4),
    ("in an only", ".. only:: html\n\n   .. example:: a\n\n      .. console::\n\n         $ ls\n", "card-misplaced", 6),
    ("in an example", EXAMPLE + "\n   .. example:: b\n\n      .. console::\n\n         $ ls\n", "card-misplaced", 10),
    ("a step alone", ".. console::\n\n   $ ls\n", "part-misplaced", 4),
    (
        "a step in an only",
        EXAMPLE + "\n   .. only:: html\n\n      .. console::\n\n         $ ls\n",
        "part-misplaced",
        12,
    ),
    ("an input that is not there", EXAMPLE.replace("a\n", "a\n   :files: none.txt\n", 1), "example-malformed", 4),
    ("twice", EXAMPLE + "\n" + EXAMPLE, "example-duplicate", 10),
    ("unknown setup", EXAMPLE.replace("a\n", "a\n   :setup: b\n", 1), "example-setup", 4),
    ("unknown environment", EXAMPLE.replace("a\n", "a\n   :environments: b\n", 1), "environment-unknown", 4),
]


@pytest.mark.parametrize(("text", "code", "line"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_one_finding_at_its_line(site, text, code, line):
    site.write("index.rst", f"Home\n====\n\n{text}")
    built = site.build()
    assert built.codes == [code]
    assert f"index.rst:{line}: WARNING" in built.warnings[0]


def test_a_file_that_appears_is_read(site):
    site.write("index.rst", f"Home\n====\n\n{EXAMPLE}\n   .. file:: x\n      :source: none.txt\n")
    site.build()
    site.write("none.txt", "now there")
    again = site.build()
    assert again.codes == []
    assert "now there" in again.text("index.html")


def test_evidence_of_no_example_is_information(site):
    site.write("index.rst", f"Home\n====\n\n{EXAMPLE}")
    record(site)
    site.write("index.rst", f"Home\n====\n\n{EXAMPLE.replace(' a', ' b')}")
    built = site.build()
    assert built.warnings == []
    assert "evidence/a/here.json:1: info: No page asks for the run `a/here`." in built.log


def test_evidence_of_an_example_with_mistakes_is_not_told_to_be_unused(site):
    site.write("index.rst", f"Home\n====\n\n{EXAMPLE}")
    record(site)
    site.write("index.rst", "Home\n====\n\n" + EXAMPLE.replace(" a", " a\n   :timeout: soon"))
    built = site.build()
    assert built.codes == ["option-invalid"]
    assert "No page asks" not in built.log
