"""The guide with one fact changed on disk: the command and the build fail, by its code and at its line."""

import re
import shutil
import subprocess
import sys

import pytest

INDEX = "Site\n====\n\n.. toctree::\n\n   guide/index\n   glossary\n"
"""In place of the manual, which the guide does not need, and which takes as long to read."""

LOCK = "environments/glance-33.txt"
RECORD = "evidence/uwsgi-http/upload-chunked@glance-33.json"
PAGE, PROBES = "guide/uwsgi-http.rst", "guide/features.rst"


@pytest.fixture
def doc(project, tmp_path):
    """Return a copy of the site that has the guide alone."""
    away = shutil.ignore_patterns("_build", "manual", "tutorial-*", "kind-*")
    copied = shutil.copytree(project / "doc", tmp_path / "doc", ignore=away)
    (copied / "index.rst").write_text(INDEX, encoding="utf-8")
    return copied


def change(doc, name, old, new):
    """Put one text in the place of another, where that stands first, and return its line."""
    path = doc / name
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found
    path.write_text(f"{before}{new}{after}", encoding="utf-8")
    return before.count("\n") + 1


def line_of(doc, name, text):
    return (doc / name).read_text(encoding="utf-8").split("\n").index(text) + 1


def errors(report):
    """Return the codes of the errors that the command tells, with their places."""
    parts = re.split(r"^(?=\w+ \[[a-z-]+\]$)", report, flags=re.MULTILINE)
    wrong = [part for part in parts if part.startswith("error ")]
    places = re.compile(r"^    (\S+)$", re.MULTILINE)
    return {(part[7 : part.index("]")], place) for part in wrong for place in places.findall(part)}


def check(doc):
    command = [sys.executable, "-m", "affidavit", "check", ".", "--offline"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=doc)
    return done.returncode, errors(done.stdout)


def test_a_status_that_is_another_in_a_record_is_told_at_its_line(doc):
    line = change(doc, RECORD, '"204"', '"500"')
    assert check(doc) == (1, {("evidence-edited", f"{RECORD}:{line}")})


def test_a_day_that_is_another_is_told_at_its_line(doc):
    proof = '"uwsgi-http/glance-33": {{"day": "{}'
    line = change(doc, "evidence/proofs.json", proof.format("20"), proof.format("19"))
    status, found = check(doc)
    assert status == 1
    assert ("evidence-edited", f"evidence/proofs.json:{line}") in found


def test_a_directive_that_is_another_is_told_at_its_line_and_nowhere_else(doc):
    line = change(doc, PAGE, "processes = 2", "processes = 3")
    setup = line_of(doc, PAGE, ".. example:: uwsgi-http")
    assert setup < line < setup + 30
    assert check(doc) == (1, {("example-stale", f"{PAGE}:{line}")})


def test_a_directive_that_is_gone_is_told_where_it_was(doc):
    line = change(doc, PAGE, "      processes = 2\n", "")
    assert check(doc) == (1, {("example-stale", f"{PAGE}:{line}")})


def test_a_failure_that_is_another_in_a_card_is_told_at_the_card(doc):
    declared = ".. fails:: chunked-json\n         :symptom: ``{}``"
    line = change(doc, PAGE, declared.format(400), declared.format(401))
    assert check(doc) == (1, {("failure-differs", f"{PAGE}:{line}")})


STATEMENT = re.compile(
    r"^\.\. statement:: .*\n(?: +:.*\n)*? +:symptom: \d{3}\b.*\n(?: +:.*\n)*\n(?: +.*\n)+", re.MULTILINE
)
"""A statement that says with which status something fails."""

STATUS = re.compile(r"\b[1-5]\d\d\b")


def say_otherwise(doc, *, symptoms):
    """Let each such statement name another status, or all of its and its option's where asked; return their lines."""
    lines = set()
    for path in sorted((doc / "guide").glob("*.rst")):
        text = path.read_text(encoding="utf-8")
        for found in STATEMENT.finditer(text):
            options, gap, sentence = found[0].partition("\n\n")
            said = STATUS.sub("599", sentence, count=0 if symptoms else 1)
            assert said != sentence
            other = STATUS.sub("599", options) if symptoms else options
            text = text.replace(found[0], f"{other}{gap}{said}")
            lines.add(f"guide/{path.name}:{text[: found.start()].count(chr(10)) + 1}")
        path.write_text(text, encoding="utf-8")
    assert len(lines) >= 6
    return lines


@pytest.mark.parametrize(("symptoms", "code"), [(False, "option-invalid"), (True, "statement-contradicted")])
def test_a_status_that_is_another_in_a_statement_is_told_at_the_statement(doc, symptoms, code):
    lines = say_otherwise(doc, symptoms=symptoms)
    assert check(doc) == (1, {(code, line) for line in lines})


@pytest.mark.parametrize("package", ["glance", "pyuwsgi"])
def test_a_version_that_is_another_in_a_lock_is_told_at_its_line_and_nowhere_else(doc, package):
    line = change(doc, LOCK, f"\n{package}==", f"\n{package}==1!") + 1
    assert check(doc) == (1, {("example-stale", f"{LOCK}:{line}")})


@pytest.mark.parametrize(("old", "new"), [("\nglance-store==", "\nglance-store==1!"), ("=sha256:", "=sha256:0")])
def test_what_no_record_names_in_a_lock_is_told_at_that_lock_and_nowhere_else(doc, old, new):
    change(doc, LOCK, old, new)
    assert check(doc) == (1, {("example-stale", f"{LOCK}:1")})


def test_a_build_fails_at_the_line_of_a_record_whose_version_is_another(doc, tmp_path):
    line = change(doc, RECORD, '"glance": "33.0.0"', '"glance": "32.0.0"')
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-D", "affidavit_online=never"]
    places = ["-b", "dummy", "-d", tmp_path / "doctrees", doc, tmp_path / "out"]
    done = subprocess.run([*command, *map(str, places)], capture_output=True, text=True, check=False)
    told = re.findall(r"doc/(\S+: WARNING): .* \[(\S+)\]$", done.stderr, re.MULTILINE)
    assert (done.returncode, told) == (1, [(f"{RECORD}:{line}: WARNING", "affidavit.evidence-edited")])


def test_evidence_that_is_gone_is_told_at_its_example(doc):
    """Unlike a site that has just begun, this one has evidence of all that it shows."""
    (doc / RECORD).unlink()
    place = f"{PROBES}:{line_of(doc, PROBES, '.. example:: upload-chunked')}"
    assert check(doc) == (1, {("example-unproven", place)})


def test_a_method_that_is_said_to_be_removed_is_told_where_it_is_there(doc):
    line = change(doc, PAGE, ":status: supported", ":status: removed") - 1
    status, found = check(doc)
    assert (status, {code for code, _ in found}) == (1, {"method-there"})
    assert f"{PAGE}:{line}" in {place for _, place in found}


def test_a_statement_that_says_the_contrary_is_told_at_its_line(doc):
    name = ".. statement:: uwsgi-http-chunked-json"
    line = change(doc, PAGE, f"{name}\n", f"{name}\n   :says: works\n")
    change(doc, PAGE, "   :says: fails\n", "")
    codes = ("statement-contradicted", "option-invalid")  # what works has no symptom
    assert check(doc) == (1, {(code, f"{PAGE}:{line}") for code in codes})


def test_a_statement_whose_example_runs_in_none_of_its_releases_is_told_at_its_line(doc):
    name = ".. statement:: pike-script\n"
    line = change(doc, "guide/statements.rst", name, name)
    change(doc, "guide/statements.rst", ":examples: script-there", ":examples: script-gone")
    assert check(doc) == (1, {("statement-untried", f"guide/statements.rst:{line}")})


@pytest.mark.parametrize(
    ("name", "old", "new", "run"),
    [
        (
            "guide/mod-proxy-uwsgi.rst",
            "glance-31, glance-32, glance-33",
            "glance-31, glance-33",
            "mod-proxy-uwsgi/{}glance-32",
        ),
        (
            "guide/uwsgi-http.rst",
            "graceful-stop\n   :environments",
            "\n   :environments",
            "uwsgi-published/stop-{}glance-3",
        ),
    ],
)
def test_what_is_not_tried_any_more_is_told_at_its_evidence(doc, name, old, new, run):
    before, after = run.split("{}")
    change(doc, name, old, new)
    status, found = check(doc)
    assert status == 1
    unused = {place for code, place in found if code == "evidence-unused"}
    assert unused
    assert all(place.startswith(f"evidence/{before}") and after in place for place in unused)
