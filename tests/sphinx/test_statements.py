"""Statements are sentences that runs bear out: in both markups, in each builder, whenever evidence changes."""

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
    return [[plain(cell) for cell in row] for cell in [None] for row in cells]


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
    jsonschema.validate(claims, __import__("json").loads(schema()))
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
