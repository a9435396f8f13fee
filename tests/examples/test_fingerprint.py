"""What a run depends on: each part of it, and nothing else."""

import pytest
from msgspec.structs import replace

from affidavit.examples.fingerprint import fingerprint, inputs_of
from affidavit.examples.plan import Run
from affidavit.model.examples import (
    Comparison,
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    HttpStep,
    Matching,
    PyconStep,
    Ready,
    ReadyKind,
    ServiceStep,
)
from affidavit.model.place import Place

AT = Place("guide.rst", 3)
FILE = FileStep("a.conf", "Listen 80\n", AT)
COPY = FileStep("b.conf", "", AT, source="conf/b.conf")
CONSOLE = ConsoleStep((Exchange("echo a", "a", AT),), AT)
PYCON = PyconStep((Exchange("1 + 1", "2", AT),), AT)
HTTP = HttpStep((Exchange("GET / HTTP/1.1", "HTTP/1.1 200 OK", AT),), "http://127.0.0.1:80", AT)
SERVICE = ServiceStep("server", AT, (Ready(ReadyKind.PORT, "127.0.0.1:80"),))
STEPS = (FILE, COPY, CONSOLE, PYCON, HTTP, SERVICE)
CONTENTS = {"conf/b.conf": "sha256:b", "data.json": "sha256:d"}


def run_of(*steps, environment="", **about):
    return Run((Example("a", steps, AT, files=("data.json",), **about),), environment)


BEFORE = fingerprint(run_of(*STEPS), CONTENTS, "lock")

ACTING = [
    replace(FILE, path="c.conf"),
    replace(FILE, text="Listen 81\n"),
    replace(FILE, mode=0o755),
    replace(CONSOLE, exchanges=(Exchange("echo b", "a", AT),)),
    replace(CONSOLE, exchanges=(*CONSOLE.exchanges, Exchange("true", None, AT))),
    replace(PYCON, exchanges=(Exchange("1 + 2", "2", AT),)),
    replace(HTTP, base="http://127.0.0.1:81"),
    replace(HTTP, exchanges=(Exchange("GET /x HTTP/1.1", "HTTP/1.1 200 OK", AT),)),
    replace(SERVICE, command="server -f"),
    replace(SERVICE, ready=()),
    replace(SERVICE, ready=(Ready(ReadyKind.URL, "http://127.0.0.1:80", 200),)),
    replace(SERVICE, stop="SIGINT"),
]
LOOKS = [
    replace(FILE, place=Place("other.md", 9), hidden=True),
    replace(CONSOLE, exchanges=(Exchange("echo a", "b", Place("other.md", 9), status=1),)),
    replace(CONSOLE, matching=Matching(Comparison.REGEX, unordered=True)),
    replace(PYCON, exchanges=(Exchange("1 + 1", None, AT),)),
    replace(HTTP, exchanges=(Exchange("GET / HTTP/1.1", "HTTP/1.1 500 No", AT, status=500),)),
    replace(SERVICE, place=Place("other.md", 9), within=5),
]


def _with(changed):
    return [changed if step.kind == changed.kind and step is not COPY else step for step in STEPS]


@pytest.mark.parametrize("changed", ACTING)
def test_what_acts_counts(changed):
    assert fingerprint(run_of(*_with(changed)), CONTENTS, "lock") != BEFORE


@pytest.mark.parametrize("changed", LOOKS)
def test_what_is_only_compared_or_shown_does_not(changed):
    assert fingerprint(run_of(*_with(changed)), CONTENTS, "lock") == BEFORE


def test_the_order_of_steps_counts():
    assert fingerprint(run_of(*reversed(STEPS)), CONTENTS, "lock") != BEFORE


@pytest.mark.parametrize("name", CONTENTS)
def test_what_stands_in_the_files_counts(name):
    assert fingerprint(run_of(*STEPS), CONTENTS | {name: "sha256:x"}, "lock") != BEFORE
    assert fingerprint(run_of(*STEPS), {each: at for each, at in CONTENTS.items() if each != name}, "lock") != BEFORE


def test_the_environment_counts_by_what_it_is_made_of_and_not_by_its_name():
    assert fingerprint(run_of(*STEPS), CONTENTS, "other") != BEFORE
    assert fingerprint(run_of(*STEPS, environment="new"), CONTENTS, "lock") == BEFORE


def test_the_network_counts():
    assert fingerprint(run_of(*STEPS, network=True), CONTENTS, "lock") != BEFORE


def test_steps_of_setups_count_as_if_they_were_its_own():
    setup, own = Example("s", STEPS[:3], AT, files=("data.json",)), Example("a", STEPS[3:], AT)
    assert fingerprint(Run((setup, own), ""), CONTENTS, "lock") == BEFORE


def test_the_files_that_a_run_reads_are_known():
    assert inputs_of(run_of(*STEPS)) == ("conf/b.conf", "data.json")


def test_the_hash_is_the_same_in_every_release():
    """It is kept in repositories: whoever changes it counts up its version."""
    assert BEFORE == "sha256:05146617b73f693fa5bede01efe21a375d52856c848ada51f8600ff8e2df4de6"
