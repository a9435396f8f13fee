"""Cards and the matrix show what runs made of them: in both markups, in each builder, whenever evidence changes."""

from datetime import date
from itertools import chain
from textwrap import dedent

import pytest
from tests.sphinx.proofs import prove

from affidavit.clock import today
from affidavit.model.evidence import Outcome, Seen
from affidavit.model.examples import Symptom
from affidavit.sphinx.domain import AffidavitDomain

ENVIRONMENTS = {"app-2": {"release": "2.0"}, "app-3": {"release": "3.0", "programs": ["httpd"]}}
PAGES = {
    "rst": {
        "index": """
            Home
            ====

            .. toctree::

               cards
               examples

            .. deployment-matrix::
            """,
        "cards": """
            Cards
            =====

            .. deployment-feature:: upload
               :title: Upload

            Proxy
            -----

            .. deployment-method:: proxy
               :title: A proxy

               .. stage:: 1.0..2.0
                  :status: supported

               .. stage:: 3.0..
                  :status: discouraged

                  .. fails:: upload
                     :symptom: the client gets ``exit status 22``, after ``413 Too Large``
            """,
        "examples": """
            Examples
            ========

            See :example:`send` and :example:`the server <server>`.

            .. example:: server
               :setup-for: proxy
               :variant: plain
               :environments: app-2, app-3

               .. code-block:: console

                  $ start
                  up

            .. example:: send
               :probe: upload

               .. code-block:: console

                  $ curl
                  201 Created
            """,
    },
    "md": {
        "index": """
            # Home

            ```{toctree}
            cards
            examples
            ```

            ```{deployment-matrix}
            ```
            """,
        "cards": """
            # Cards

            ```{deployment-feature} upload
            :title: Upload
            ```

            ## Proxy

            `````{deployment-method} proxy
            :title: A proxy

            ````{stage} 1.0..2.0
            :status: supported
            ````

            ````{stage} 3.0..
            :status: discouraged

            ```{fails} upload
            :symptom: the client gets `exit status 22`, after `413 Too Large`
            ```
            ````
            `````
            """,
        "examples": """
            # Examples

            See {example}`send` and {example}`the server <server>`.

            ````{example} server
            :setup-for: proxy
            :variant: plain
            :environments: app-2, app-3

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
            """,
    },
}
UP = Seen("start", "up\n", 0)
CREATED, TOO_LARGE = Seen("curl", "201 Created\n", 0), Seen("curl", "413 Too Large\n", 22)
OLD, NEW = "server/send@app-2", "server/send@app-3"
AS_DECLARED = {OLD: CREATED, NEW: TOO_LARGE}


@pytest.fixture(params=PAGES)
def proved(request, site):
    """Return a project with a card and examples that try it, once in each markup."""
    site.suffix = request.param
    site.conf(affidavit_environments=ENVIRONMENTS)
    for name, text in PAGES[request.param].items():
        site.write(f"{name}.{request.param}", text)
    return site


def record(site, came=None, day=None, **changes):
    """Write evidence of all runs, in which the probe came to these, by the keys of runs."""

    def seen(run):
        if not run.environment:
            return None
        return (UP, (came or AS_DECLARED)[run.key]) if run.setup else (UP,)

    prove(site, seen, day, **changes)


def test_a_card_that_runs_agree_with_says_so_and_leads_to_what_they_saw(proved):
    record(proved)
    built = proved.build()
    assert built.warnings == []
    card = built.text("cards.html")
    line = f"</strong> on release 3.0 (cedar), httpd 2.4, 1 of 1 probes, {today().isoformat()}</summary>"
    assert f"<strong>Reproduced{line}" in card
    assert 'href="examples.html#run.server.send.app-3"' in card
    assert 'exit</span> <span class="pre">status</span> <span class="pre">22,</span>' in card
    examples = built.text("examples.html")
    assert 'id="run.server.send.app-3"' in examples
    assert "(it fails, as its card declares)" in examples
    assert {claim["target"]: claim["verdict"] for claim in built.claims["claims"]} == {
        "proxy": "holds",
        "server": "holds",
        "send": "holds",
    }


def test_a_cell_of_the_matrix_tells_by_word_and_leads_to_what_a_run_saw(proved):
    record(proved)
    matrix = proved.build().text("index.html")
    assert matrix.count("<table") == 2
    new, old = matrix.split("<table")[1:]
    assert 'href="examples.html#run.server.send.app-3"' in new
    assert ">fails</" in new
    assert 'href="examples.html#run.server.send.app-2"' in old
    assert ">works</" in old
    folds = matrix.count('<details class="affidavit-release" name="deployment-matrix.index.1"')
    assert (folds, matrix.count('open="open"')) == (2, 1)


UNTRIED = {
    "rst": ".. deployment-feature:: other\n   :title: Other\n",
    "md": "```{deployment-feature} other\n:title: Other\n```\n",
}


def test_the_matrix_speaks_of_what_is_not_yet_proven_only_where_there_is_some(proved):
    record(proved)
    assert "not yet proven" not in (whole := proved.build().text("index.html"))
    assert "Each cell leads to what a run saw." in whole
    cards = proved.src / f"cards.{proved.suffix}"
    cards.write_text(f"{cards.read_text(encoding='utf-8')}\n{UNTRIED[proved.suffix]}", encoding="utf-8")
    assert "declared, and not yet proven; each other cell" in proved.build().text("index.html")


def test_links_lead_to_examples(proved):
    html = proved.build().text("examples.html")
    assert 'href="#example.send"' in html
    assert 'id="example.send"' in html
    assert ">the server</span>" in html.replace('the</span> <span class="pre">server', "the server")


def test_every_cell_is_in_the_report(proved):
    record(proved)
    cells = [cell for cell in proved.build().claims["cells"] if cell["feature"]]
    assert [(cell["release"], cell["verdict"], cell["state"], cell["run"]) for cell in cells] == [
        ("3.0", "fails", "proven", NEW),
        ("2.0", "works", "proven", OLD),
    ]
    assert cells[0]["symptom"] == "exit status 22, 413 Too Large"
    assert cells[0]["versions"]["httpd"] == "Apache httpd 2.4"


BUILDERS = ["dirhtml", "singlehtml", "latex", "epub", "text", "man", "texinfo", "xml", "gettext"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_warns(proved, builder):
    record(proved)
    built = proved.build(builder)
    assert built.warnings == []
    if builder == "text":
        assert "[+] **Reproduced** on release 3.0 (cedar)" in " ".join(built.text("cards.txt").replace("|", "").split())
        assert "fails (plain)" in built.text("index.txt")
    if builder == "gettext":
        assert "Reproduced" not in "".join(each.read_text(encoding="utf-8") for each in built.out.glob("*.pot"))


def test_a_page_is_drawn_anew_when_only_evidence_changed(proved):
    record(proved)
    proved.build()
    assert proved.build().warnings == []
    record(proved, {OLD: CREATED, NEW: CREATED})
    built = proved.build()
    assert built.codes == ["failure-gone"]
    source = (proved.src / f"cards.{proved.suffix}").read_text(encoding="utf-8").splitlines()
    line = next(at for at, text in enumerate(source, start=1) if "fails" in text)
    assert f"cards.{proved.suffix}:{line}: WARNING: `upload` is declared to fail" in built.warnings[0]
    assert "works: Contradicted by a run" in built.text("cards.html")
    assert "works: Contradicted by a run" in built.text("index.html")


STATES = [
    ({"fingerprint": "sha256:00"}, None, "Changed since it was run"),
    ({"outcome": Outcome.UNABLE, "reason": "no httpd", "seen": ()}, None, "Could not be run"),
    ({}, date(2020, 1, 1), "Proven too long ago"),
]


@pytest.mark.parametrize(("changes", "day", "words"), STATES)
def test_a_card_says_what_is_not_proven_and_why(proved, changes, day, words):
    proved.conf(affidavit_environments=ENVIRONMENTS, affidavit_evidence_days=30)
    record(proved, None, day, **changes)
    card = proved.build().text("cards.html")
    summary = card[card.index("<summary>") : card.index("</summary>")]
    assert "Declared, not yet proven" in summary
    assert f"0 of 1 probes. {words}: 2" in summary
    assert words in card[card.index("</summary>") :]


def test_without_evidence_a_card_is_declared_and_nothing_unfolds(proved):
    html = proved.build().text("cards.html")
    assert "Declared, not yet proven: no run has shown it." in html
    assert "affidavit-evidence-of-card" not in html


def test_processes_draw_the_same(proved):
    record(proved)
    serial, parallel = proved.run("-W"), proved.run("-W", "-j4", to="parallel")
    assert parallel.warnings == serial.warnings == []
    for page in ("index.html", "cards.html", "examples.html"):
        assert parallel.text(page) == serial.text(page)
    assert parallel.claims == serial.claims


def test_code_in_a_symptom_is_what_runs_are_held_against(proved):
    with proved.application("dummy") as app:
        app.build()
        cards = AffidavitDomain.of(app.env).corpus.cards
    (failure,) = chain.from_iterable(stage.fails for stage in cards[0].stages)
    assert failure.looks == Symptom(exit_status=22, pattern="413 Too Large")
    assert failure.symptom == "the client gets exit status 22, after 413 Too Large"


def test_an_unknown_example_is_told_once_with_its_code(site):
    site.write("index.rst", "Home\n====\n\nSee\n:example:`nothing`.\n")
    site.write(
        "other.md", "---\norphan: true\n---\n\n# Other\n\nSee {example}`nothing` or {example}`that <nothing>`.\n"
    )
    built = site.build()
    assert built.codes == ["example-unknown"] * 2  # what one line says twice is told once
    assert len(built.warnings) == 2
    assert "that" in built.text("other.html")


def test_a_link_follows_an_example_that_comes_and_goes(site):
    site.write("index.rst", "Home\n====\n\n.. toctree::\n\n   other\n\nSee :example:`it`.\n")
    site.write("other.rst", "Other\n=====\n")
    assert site.build().codes == ["example-unknown"]
    site.write("other.rst", "Other\n=====\n\n.. example:: it\n\n   .. console::\n\n      $ true\n")
    built = site.build()
    assert built.warnings == []
    assert 'href="other.html#example.it"' in built.text("index.html")


STRAY = {
    "in a tab": (
        ".. example:: it\n\n   .. tabs::\n\n      .. tab:: One\n\n         .. console::\n\n            $ true\n",
        "`it`",
    ),
    "alone": (".. console::\n\n   $ true\n", "`example`"),
}


@pytest.mark.parametrize("case", STRAY)
def test_a_step_that_does_not_run_names_its_example(site, case):
    text, named = STRAY[case]
    site.write("index.rst", f"Home\n====\n\n{text}")
    (told,) = (each for each in site.build().warnings if "[affidavit.part-misplaced]" in each)
    assert named in told


SYMPTOMS = ["one, two", "``a`` and ``b``", "exit 1, exit 2", "``a(b``"]


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_a_symptom_that_cannot_be_read_is_told_at_its_line(site, symptom):
    text = dedent(PAGES["rst"]["cards"]).replace("the client gets ``exit status 22``, after ``413 Too Large``", symptom)
    site.write("index.rst", text)
    (told,) = site.build().warnings
    line = text.lstrip("\n").splitlines().index("      .. fails:: upload") + 1
    assert f"index.rst:{line}: WARNING: " in told
    assert told.endswith("[affidavit.option-invalid]")
