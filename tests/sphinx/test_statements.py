"""Statements are sentences that runs bear out: in both markups, in each builder, whenever evidence changes."""

import json
import re

import jsonschema
import pytest
from tests.sphinx.proofs import prove

from affidavit.model.evidence import Seen
from affidavit.reports.claims import schema

ENVIRONMENTS = {"app-1": {"release": "1.0"}, "app-2": {"release": "2.0"}, "app-3": {"release": "3.0"}}
PAGES = {
    "rst": {
        "index": """
            Home
            ====

            See :statement:`large-uploads` and :statement:`what it needs <shell>`.

            .. toctree::

               said
               examples

            .. statement-list::
               :class: stacked

            .. statement-list::
               :source: The *earlier* statement
            """,
        "said": """
            Said
            ====

            .. statement:: large-uploads
               :source: The *earlier* statement
               :release-notes: alder#known-issues
               :releases: 1.0..2.0, 3.0
               :method: proxy
               :variant: plain
               :features: upload
               :says: fails
               :contradicted: 3.0

               Uploads of *large* files do not work.

            .. statement:: shell
               :examples: hello

               There is a shell.

            * .. statement:: better
                 :source: Somebody
                 :untestable: it is a matter of *taste*

                 A proxy is better.
            """,
        "examples": """
            Examples
            ========

            .. deployment-feature:: upload
               :title: Upload

            .. deployment-method:: proxy
               :title: A proxy

               .. stage:: 1.0..2.0
                  :status: broken

               .. stage:: 3.0..
                  :status: supported

            .. example:: server
               :setup-for: proxy
               :variant: plain
               :environments: app-1, app-3

               .. code-block:: console

                  $ start
                  up

            .. example:: send
               :probe: upload

               .. code-block:: console

                  $ curl
                  201 Created

            .. example:: hello
               :environments: app-2, app-3

               .. code-block:: console

                  $ echo hello
                  hello
            """,
    },
    "md": {
        "index": """
            # Home

            See {statement}`large-uploads` and {statement}`what it needs <shell>`.

            ```{toctree}
            said
            examples
            ```

            ```{statement-list}
            :class: stacked
            ```

            ```{statement-list}
            :source: The *earlier* statement
            ```
            """,
        "said": """
            # Said

            ```{statement} large-uploads
            :source: The *earlier* statement
            :release-notes: alder#known-issues
            :releases: 1.0..2.0, 3.0
            :method: proxy
            :variant: plain
            :features: upload
            :says: fails
            :contradicted: 3.0

            Uploads of *large* files do not work.
            ```

            ```{statement} shell
            :examples: hello

            There is a shell.
            ```

            * ```{statement} better
              :source: Somebody
              :untestable: it is a matter of *taste*

              A proxy is better.
              ```
            """,
        "examples": """
            # Examples

            ```{deployment-feature} upload
            :title: Upload
            ```

            `````{deployment-method} proxy
            :title: A proxy

            ````{stage} 1.0..2.0
            :status: broken
            ````

            ````{stage} 3.0..
            :status: supported
            ````
            `````

            ````{example} server
            :setup-for: proxy
            :variant: plain
            :environments: app-1, app-3

            ```console
            $ start
            up
            ```
            ````

            ````{example} send
            :probe: upload

            ```console
            $ curl
            201 Created
            ```
            ````

            ````{example} hello
            :environments: app-2, app-3

            ```console
            $ echo hello
            hello
            ```
            ````
            """,
    },
}
UP, HELLO, OTHER = Seen("start", "up\n", 0), Seen("echo hello", "hello\n", 0), Seen("echo hello", "hallo\n", 0)
CREATED, TOO_LARGE = Seen("curl", "201 Created\n", 0), Seen("curl", "413 Too Large\n", 22)
OLD, NEW = "server/send@app-1", "server/send@app-3"
CAME = {OLD: (UP, TOO_LARGE), NEW: (UP, CREATED), "hello/app-2": (HELLO,), "hello/app-3": (HELLO,)}


@pytest.fixture(params=PAGES)
def stated(request, site):
    """Return a project with statements and what bears them out, once in each markup."""
    site.suffix = request.param
    site.conf(affidavit_environments=ENVIRONMENTS)
    for name, text in PAGES[request.param].items():
        site.write(f"{name}.{request.param}", text)
    return site


def record(site, *without, **came):
    """Write evidence of all runs but some; ``came`` are those that came to something else."""
    every = {**CAME, **came.pop("changed", {})}

    def seen(run):
        return None if run.key in without or not run.environment else every.get(run.key, (UP,))

    prove(site, seen, **came)


def change(site, page, old, new):
    text = PAGES[site.suffix][page]
    assert old in text
    site.write(f"{page}.{site.suffix}", text.replace(old, new))


def line_of(site, words, page="said"):
    text = (site.src / f"{page}.{site.suffix}").read_text(encoding="utf-8").splitlines()
    return next(at for at, told in enumerate(text, start=1) if words in told)


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_a_statement_says_what_runs_made_of_it_and_leads_to_them(stated):
    record(stated)
    built = stated.build()
    assert built.warnings == []
    said = built.text("said.html")
    assert "Uploads of <em>large</em> files do not work." in said
    assert 'id="statement.large-uploads"' in said
    told = plain(said)
    assert "Source: The earlier statement Release notes: 1.0 (alder), Known Issues" in told
    assert "Borne out: 1.0 (alder). Contradicted: 3.0 (cedar). Not tried: 2.0 (birch)" in told
    assert "1.0 (alder), Borne out: Upload: fails (plain, app-1)" in told
    assert 'href="examples.html#run.server.send.app-1"' in said
    assert "Borne out: 2.0 (birch) to 3.0 (cedar). Not tried: 1.0 (alder)" in told
    assert 'href="examples.html#run.hello.app-2"' in said
    assert "Cannot be tested: it is a matter of taste" in told


def test_links_lead_to_statements(stated):
    html = stated.build().text("index.html")
    assert 'href="said.html#statement.shell"' in html
    assert ">Uploads of large files do not work.<" in html
    assert ">what it needs<" in html


def rows(html, at):
    table = re.findall(r'<table class="[^"]*affidavit-statements.*?</table>', html, re.DOTALL)[at]
    cells = (
        re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    )
    return [[plain(cell) for cell in row] for row in cells]


def test_the_list_has_claims_sources_releases_verdicts_and_evidence(stated):
    record(stated)
    html = stated.build().text("index.html")
    large = [
        "Uploads of large files do not work.",
        "The earlier statement",
        "1.0 (alder) to 2.0 (birch) 3.0 (cedar)",
        "Borne out: 1.0 (alder) Contradicted: 3.0 (cedar) Not tried: 2.0 (birch)",
        "1.0, 3.0",
    ]
    assert rows(html, 0) == [
        ["Claim", "Source", "Releases", "What was seen", "Evidence"],
        large,
        [
            "There is a shell.",
            "this site",
            "all",
            "Borne out: 2.0 (birch) to 3.0 (cedar) Not tried: 1.0 (alder)",
            "2.0, 3.0",
        ],
        ["A proxy is better.", "Somebody", "all", "Cannot be tested: it is a matter of taste", ""],
    ]
    assert rows(html, 1)[1:] == [large]
    assert 'href="examples.html#run.server.send.app-3"' in html
    assert re.search(r'<table class="[^"]*affidavit-statements stacked', html)


def test_statements_are_in_the_report(stated):
    record(stated)
    claims = stated.build().claims
    jsonschema.validate(claims, json.loads(schema()))
    told = {each["target"]: each for each in claims["claims"] if each["kind"] == "statement"}
    assert {name: each["verdict"] for name, each in told.items()} == {
        "large-uploads": "holds",
        "shell": "holds",
        "better": "not-yet-proven",
    }
    large = told["large-uploads"]
    assert large["resolved"] == "borne out: 1.0; contradicted as declared: 3.0; not tried: 2.0"
    assert large["places"] == [
        {"document": "said", "file": f"said.{stated.suffix}", "line": line_of(stated, "large-uploads")}
    ]
    assert large["seen"] == [
        {"release": "1.0", "came": "borne out", "runs": [OLD], "shown": 1},
        {"release": "2.0", "came": "not tried", "runs": [], "shown": 0},
        {"release": "3.0", "came": "contradicted", "runs": [NEW], "shown": 1},
    ]
    assert told["better"]["untestable"] == "it is a matter of taste"


BUILDERS = ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml", "gettext"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_warns(stated, builder):
    record(stated)
    built = stated.build(builder)
    assert built.warnings == []
    if builder == "text":
        told = " ".join(built.text("said.txt").split())
        assert (
            "[+] **Borne out**: 1.0 (alder). [x] **Contradicted**: 3.0 (cedar). [ ] **Not tried**: 2.0 (birch)" in told
        )
        assert "[+] 1.0 (alder), Borne out: Upload: fails (plain, app-1)" in told
        assert "What was claimed, what was seen" in built.text("index.txt")
    if builder == "gettext":
        words = "".join(each.read_text(encoding="utf-8") for each in built.out.glob("*.pot"))
        assert "Borne out" not in words
        for own in ("Uploads of *large* files do not work.", "The *earlier* statement", "it is a matter of *taste*"):
            assert own in words


def test_statements_speak_german(stated):
    record(stated)
    stated.conf(affidavit_environments=ENVIRONMENTS, language="de")
    built = stated.build()
    assert built.warnings == []
    for words in ("Bestätigt: 1.0 (alder). Widerlegt: 3.0 (cedar). Nicht ausprobiert: 2.0", "Nicht prüfbar", "Quelle:"):
        assert words in plain(built.text("said.html"))
    assert "Was behauptet wurde, was zu sehen war" in built.text("index.html")


def test_processes_draw_the_same(stated):
    record(stated)
    serial, parallel = stated.run("-W"), stated.run("-W", "-j4", to="parallel")
    assert parallel.warnings == serial.warnings == []
    for page in ("index.html", "said.html"):
        assert parallel.text(page) == serial.text(page)
    assert parallel.claims == serial.claims


def read(built, page):
    """Return the words of a page in plain text."""
    return " ".join(built.text(f"{page}.txt").replace("|", " ").split())


def test_pages_are_drawn_anew_when_only_evidence_changed(stated):
    record(stated)
    stated.build("text")
    assert "no targets are out of date" in stated.build("text").log
    record(stated, changed={NEW: (UP, TOO_LARGE), "hello/app-3": (OTHER,)})
    built = stated.build("text")
    assert "0 added, 0 changed, 0 removed" in built.log
    assert built.codes == ["feature-fails", "example-drifted", "statement-contradicted"]
    assert "**Borne out**: 2.0 (birch). [x] **Contradicted**: 3.0 (cedar)" in read(built, "said")
    assert "3.0 (cedar), Contradicted: hello: Does not give what is shown (app-3)" in read(built, "said")
    assert "Contradicted" in built.text("index.txt").partition("There is a shell.")[2].partition("A proxy")[0]


def test_a_list_is_drawn_anew_when_only_a_plain_example_came_otherwise(stated):
    # Sphinx writes a page with a table of contents whenever it writes one of that table; this page has none.
    head = {
        "rst": ":orphan:\n\nSeen\n====\n\n.. statement-list::\n",
        "md": "---\norphan: true\n---\n\n# Seen\n\n```{statement-list}\n```\n",
    }
    stated.write(f"seen.{stated.suffix}", head[stated.suffix])
    record(stated)
    before = stated.build("text").text("seen.txt")
    record(stated, changed={"hello/app-3": (OTHER,)})
    built = stated.build("text")
    assert "0 added, 0 changed, 0 removed" in built.log
    assert built.text("seen.txt").count("Contradicted") == before.count("Contradicted") + 1


def test_a_list_of_a_source_that_no_statement_has_is_told_at_its_line(stated):
    record(stated)
    name = f"index.{stated.suffix}"
    text = (stated.src / name).read_text(encoding="utf-8").replace("The *earlier* statement", "The *early* statement")
    stated.write(name, text)
    built = stated.build("text")
    (warning,) = built.warnings
    line = text[: text.rindex("statement-list")].count("\n") + 1
    assert f"{name}:{line}: WARNING: No statement has the source `The early statement`" in warning
    assert built.codes == ["option-invalid"]
    assert "No page makes such a statement." in built.text("index.txt")


def test_a_list_is_drawn_anew_when_a_statement_on_another_page_changed(stated):
    record(stated)
    stated.build("text")
    change(stated, "said", "There is a shell.", "Some shell is there.")
    built = stated.build("text")
    assert "0 added, 1 changed, 0 removed" in built.log
    assert built.text("index.txt").count("Some shell is there.") == 1
    change(stated, "said", "shell", "other")
    assert [line for line in stated.build("text").warnings if "there is no statement 'shell'" in line]


def test_a_contradiction_stands_at_the_line_of_the_statement_and_on_the_page(stated):
    record(stated)
    change(stated, "said", ":contradicted: 3.0", ":contradicted: 1.0, 3.0")
    built = stated.build()
    line = line_of(stated, "large-uploads")
    (told,) = built.warnings
    assert (
        f"said.{stated.suffix}:{line}: WARNING: The statement `large-uploads` is declared contradicted in 1.0" in told
    )
    assert told.endswith("[affidavit.statement-borne-out]")
    assert "statement-borne-out" in built.text("said.html")
    stated.conf(affidavit_environments=ENVIRONMENTS, affidavit_severity={"statement-borne-out": "info"})
    assert stated.build().warnings == []


WRONG = [
    (":says: fails", ":says: maybe", "option-invalid", "`maybe`"),
    (":releases: 1.0..2.0, 3.0", ":releases: 1.0...2.0", "option-invalid", "“1.0...2.0”"),
    (":contradicted: 3.0", ":contradicted: of late", "option-invalid", "“of late”"),
    (":method: proxy", ":method: porxy", "method-unknown", "`proxy`"),
    (":method: proxy", ":examples: hello", "option-invalid", "`features`"),
    (":examples: hello", ":release-notes: alder#known-issues", "option-missing", "neither a `method` nor `examples`"),
    (":examples: hello", ":examples: hello\n{}:contradicted: 1.0", "option-invalid", "the site's own"),
    (":untestable: it", ":says: works\n{}:untestable: it", "option-invalid", "untestable"),
    (":source: Somebody", ":sauce: Somebody", "option-unknown", "`source`"),
    (":says: fails", ":says: fails\n{}:symptom: 413", "option-invalid", "does not name its symptom `413`"),
    (":says: fails", ":symptom: 413", "option-invalid", "does not say that anything fails"),
    (":examples: hello", ":examples: hello\n{}:symptom: shell", "option-invalid", "does not say that anything fails"),
    (":untestable: it", ":symptom: better\n{}:untestable: it", "option-invalid", "has the option `symptom` of"),
    ("There is a shell.", "", "card-empty", "`shell`"),
    ("alder#known", "alder#unknown", "note-section-unknown", "alder#unknown"),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), WRONG)
def test_what_is_wrong_with_a_statement_is_told(stated, old, new, code, words):
    record(stated)
    text = PAGES[stated.suffix]["said"]
    line = next(each for each in text.splitlines() if old in each)
    change(stated, "said", old, new.format(line[: len(line) - len(line.lstrip())]))
    built = stated.build()
    assert [each for each in built.warnings if words in each and each.endswith(f"[affidavit.{code}]")]


def say(stated, text, symptom):
    """Let the statement about uploads say how they fail."""
    before = PAGES[stated.suffix]["said"]
    line = next(each for each in before.splitlines() if ":says: fails" in each)
    option = f"{line}\n{line[: len(line) - len(line.lstrip())]}:symptom: {symptom}"
    after = before.replace(line, option).replace("Uploads of *large* files do not work.", text)
    stated.write(f"said.{stated.suffix}", after)


@pytest.mark.parametrize("symptom", ["413", "exit 22", "500, exit 22", "413 Too Large"])
def test_a_symptom_that_runs_show_and_the_text_names_is_fine(stated, symptom):
    record(stated)
    say(stated, "Uploads end with 22 or 500: *413* Too Large.", symptom)
    built = stated.build()
    assert built.warnings == []
    told = {each["target"]: each for each in built.claims["claims"] if each["kind"] == "statement"}
    assert told["large-uploads"]["symptoms"] == symptom.split(", ")
    assert "symptoms" not in told["shell"]
    jsonschema.validate(built.claims, json.loads(schema()))


def test_a_run_that_shows_another_symptom_is_told_at_the_line_and_on_the_page(stated):
    record(stated)
    say(stated, "Uploads end with status 411.", "411")
    built = stated.build()
    (told,) = built.warnings
    place = f"said.{stated.suffix}:{line_of(stated, 'large-uploads')}"
    assert f"{place}: WARNING: The statement `large-uploads` says of 1.0 that this fails with “411”, but `send`" in told
    assert "it shows “exit status 22, 413 Too Large”" in told
    assert built.codes == ["statement-contradicted"]
    shown = plain(built.text("said.html"))
    assert "Contradicted: Upload: fails (plain, app-1, exit status 22, 413 Too Large)" in shown


def test_a_symptom_is_looked_for_in_the_text_as_it_was_written(stated):
    """Before quotes are curled, and in whatever language the page is."""
    record(stated)
    say(stated, 'Uploads say "413 Too Large", as they don\'t work.', "413 Too Large, don't")
    stated.write(
        "locales/de/LC_MESSAGES/said.po",
        """
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8"

        msgid "Uploads say \\"413 Too Large\\", as they don't work."
        msgstr "Es ist zu lang."
        """,
    )
    stated.conf(affidavit_environments=ENVIRONMENTS, language="de", locale_dirs=["locales"])
    built = stated.build()
    assert built.warnings == []
    assert "Es ist zu lang." in built.text("said.html")


HIDDEN = {
    "a table": ".. list-table::\n\n   * - {}\n",
    "a tab": ".. tabs::\n\n   .. tab:: One\n\n      {}\n",
    "an `only` directive": ".. only:: html\n\n   {}\n",
    "a statement": ".. statement:: outer\n   :untestable: no\n\n   Outer.\n\n   {}\n",
}


@pytest.mark.parametrize("where", HIDDEN)
def test_a_statement_stands_where_all_readers_see_it(site, where):
    frame = HIDDEN[where]
    column = len(frame[: frame.index("{")].rpartition("\n")[2])
    lines = (".. statement:: inner", "   :untestable: no", "", "   Inner.")
    site.write("index.rst", "Home\n====\n\n" + frame.format(("\n" + " " * column).join(lines)))
    built = site.build()
    assert [each for each in built.warnings if f"The statement `inner` stands inside {where}" in each]
    assert "Inner." in built.text("index.html")


def test_a_statement_may_stand_in_a_card(site):
    site.write(
        "index.rst",
        """
        Home
        ====

        .. deployment-method:: proxy
           :title: A proxy

           It is there.

           .. statement:: inner
              :untestable: no

              Inner.
        """,
    )
    built = site.build()
    assert built.warnings == []
    assert built.text("index.html").index("affidavit-card") < built.text("index.html").index("Inner.")


def test_an_unknown_statement_is_told_by_every_build(site):
    site.write("index.rst", "Home\n====\n\nSee :statement:`nothing`.\n")
    for _again in range(2):
        (told,) = site.build().warnings
        assert "there is no statement 'nothing'" in told


def test_a_list_of_nothing_says_so(stated):
    change(stated, "index", "The *earlier* statement", "Nobody")
    assert "No page makes such a statement." in stated.build().text("index.html")
