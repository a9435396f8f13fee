"""What a page has changed since a run is told where it is: a line of a file, a service, a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from affidavit.examples.changed import Changed, changed
from affidavit.examples.compared import exchanges_of
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.inputs import recorded_inputs
from affidavit.examples.plan import Run
from affidavit.model.evidence import Outcome, Record, Seen
from affidavit.model.examples import (
    ConsoleStep,
    Example,
    Exchange,
    FileStep,
    HttpStep,
    PyconStep,
    Ready,
    ReadyKind,
    ServiceStep,
)
from affidavit.model.place import Place


def at(line, file="guide.rst"):
    return Place(file, line, file.partition(".")[0])


INI = FileStep("a.ini", "[uwsgi]\nprocesses = 2\n\nthreads = 1\n", at(12), begins=at(15))
COPY = FileStep("b.conf", "", at(20), source="conf/b.conf")
SERVICE = ServiceStep("server a.ini", at(24), (Ready(ReadyKind.PORT, "127.0.0.1:80"),))
CONSOLE = ConsoleStep((Exchange("echo a", "a", at(30)), Exchange("cat <<E\nx\ny\nE", "x\ny", at(32))), at(28))
PYCON = PyconStep((Exchange("1 + 1", "2", at(40)),), at(38))
HTTP = HttpStep((Exchange("GET / HTTP/1.1", "HTTP/1.1 200 OK", at(46)),), "http://127.0.0.1:80", at(44))
STEPS = (INI, COPY, SERVICE, CONSOLE, PYCON, HTTP)
CONTENTS = {"conf/b.conf": "sha256:b", "data.json": "sha256:d"}
HOME = at(10)


def run_of(*steps, files=("data.json",)):
    return Run((Example("a", steps, HOME, files=files),), "")


def record_of(run, contents=None, **about):
    held = CONTENTS if contents is None else contents
    seen = tuple(Seen(exchange.given, "", 0) for _, exchange in exchanges_of(run))
    record = Record(fingerprint(run, held, ""), Outcome.FINISHED, seen, (), "Linux", "none")
    return replace(record, inputs=recorded_inputs(run, held), **about)


RUN = run_of(*STEPS)
RECORD = record_of(RUN)


def put(old, new):
    """Return a run in which a step is another, others, or none."""
    return run_of(*(each for step in STEPS for each in ((step,) if step is not old else new)))


def ini(text):
    return put(INI, [replace(INI, text=text)])


def test_of_what_is_as_it_was_nothing_is_told():
    assert changed(RUN, RECORD, CONTENTS) is None


def test_what_is_nowhere_on_a_page_has_no_place():
    assert changed(RUN, replace(RECORD, fingerprint="sha256:other"), CONTENTS) is None
    assert changed(ini("x\n"), replace(RECORD, inputs=None), CONTENTS) is None


NEW = FileStep("c.ini", "x\n", at(26), begins=at(28))
CASES = [
    (ini("[uwsgi]\nprocesses = 3\n\nthreads = 1\n"), 16,
     "line 2 of the file `a.ini` was `processes = 2` when it was run"),
    (ini("[uwsgi]\nprocesses = 2\nmaster = true\n\nthreads = 1\n"), 17,
     "line 3 of the file `a.ini` was not there when it was run"),
    (ini("[uwsgi]\nprocesses = 2\nx\nthreads = 1\n"), 17, "line 3 of the file `a.ini` was empty when it was run"),
    (ini("[uwsgi]\n\nthreads = 1\n"), 16,
     "line 2 of the file `a.ini` was `processes = 2` when it was run, and is gone"),
    (ini("[uwsgi]\nprocesses = 2\n\n"), 17,
     "line 4 of the file `a.ini` was `threads = 1` when it was run, and is gone"),
    (ini("[uwsgi]\nprocesses = 2\n"), 16, "line 3 of the file `a.ini` was empty when it was run, and is gone"),
    (put(INI, [replace(INI, text=f"{'x' * 200}\n", begins=None)]), 12,
     "line 1 of the file `a.ini` was `[uwsgi]` when it was run"),
    (put(INI, [replace(INI, mode=0o755)]), 12, "the file `a.ini` had the permissions 644 when it was run"),
    (put(INI, [replace(INI, path="c.ini")]), 12, "in place of the file `c.ini` was the file `a.ini` when it was run"),
    (put(INI, [replace(INI, source="conf/b.conf")]), 12, "the file `a.ini` was written in the page when it was run"),
    (put(COPY, [replace(COPY, source="conf/c.conf")]), 20,
     "the file `b.conf` was taken from `conf/b.conf` when it was run"),
    (put(INI, [INI, NEW]), 26, "the file `c.ini` was not there when it was run"),
    (put(COPY, []), 10, "the file `b.conf` was there when it was run, and is gone"),
    (put(SERVICE, [replace(SERVICE, command="server b.ini")]), 24,
     "in place of the service `server b.ini` was the service `server a.ini` when it was run"),
    (put(SERVICE, [replace(SERVICE, ready=())]), 24,
     "the service `server a.ini` was another when it was run: what tells that it is ready"),
    (put(SERVICE, [replace(SERVICE, stop="SIGINT")]), 24,
     "the service `server a.ini` was another when it was run: the signal that stops it"),
    (put(SERVICE, []), 10, "the service `server a.ini` was there when it was run, and is gone"),
    (put(HTTP, [replace(HTTP, base="http://127.0.0.1:81")]), 44,
     "in place of the server `http://127.0.0.1:81` was the server `http://127.0.0.1:80` when it was run"),
    (run_of(*STEPS, files=()), 10,
     "the file `data.json`, on which it depends, was there when it was run, and is gone"),
    (run_of(*STEPS, files=("data.json", "more")), 10,
     "the file `more`, on which it depends, was not there when it was run"),
    (put(CONSOLE, [replace(CONSOLE, exchanges=(Exchange("echo b", "a", at(30)), CONSOLE.exchanges[1]))]), 30,
     "the command `echo b` was `echo a` when it was run"),
    (put(CONSOLE, [replace(CONSOLE, exchanges=(CONSOLE.exchanges[0], Exchange("cat <<E\nx\nz\nE", "", at(32))))]), 32,
     "line 3 of the command `cat <<E` was `y` when it was run"),
    (put(CONSOLE, [replace(CONSOLE, exchanges=(*CONSOLE.exchanges, Exchange("true", None, at(36))))]), 36,
     "the command `true` was not there when it was run"),
    (put(CONSOLE, [replace(CONSOLE, exchanges=CONSOLE.exchanges[1:])]), 32,
     "`echo a` was there when it was run, and is gone"),
    (put(PYCON, [replace(PYCON, exchanges=(Exchange("1 + 2", "2", at(40)),))]), 40,
     "the statement `1 + 2` was `1 + 1` when it was run"),
    (put(HTTP, [replace(HTTP, exchanges=(Exchange("GET /x HTTP/1.1", None, at(46)),))]), 46,
     "the request `GET /x HTTP/1.1` was `GET / HTTP/1.1` when it was run"),
    (put(HTTP, [replace(HTTP, exchanges=())]), 40, "`GET / HTTP/1.1` was there when it was run, and is gone"),
]  # fmt: skip


@pytest.mark.parametrize(("run", "line", "told"), CASES, ids=[told for _, _, told in CASES])
def test_each_change_is_told_where_it_is(run, line, told):
    assert fingerprint(run, CONTENTS, "") != RECORD.fingerprint
    found = changed(run, RECORD, CONTENTS)
    assert found
    assert (found.told, found.place.line) == (told, line)


@pytest.mark.parametrize(("name", "line", "told"), [
    ("conf/b.conf", 20, "the file `conf/b.conf` was another when it was run"),
    ("data.json", 10, "the file `data.json`, on which it depends, was another when it was run"),
])  # fmt: skip
def test_a_file_of_the_repository_is_told_where_the_page_names_it(name, line, told):
    assert changed(RUN, RECORD, {**CONTENTS, name: "sha256:x"}) == Changed(at(line), told)
    without = {each: held for each, held in CONTENTS.items() if each != name}
    assert changed(RUN, RECORD, without) == Changed(at(line), told)


def test_a_setup_is_told_on_its_own_page():
    setup = Example("s", (replace(INI, text="x\n", begins=at(7, "other.md")),), at(3, "other.md"))
    own = Example("a", (CONSOLE,), HOME)
    before = Run((replace(setup, steps=(INI,)), own), "")
    found = changed(Run((setup, own), ""), record_of(before), {})
    assert found
    assert found.place == at(7, "other.md")


def test_of_a_run_that_ended_early_what_it_did_not_come_to_is_not_told():
    early = record_of(RUN, outcome=Outcome.BROKE_OFF, seen=RECORD.seen[:1])
    more = put(CONSOLE, [replace(CONSOLE, exchanges=(*CONSOLE.exchanges, Exchange("true", None, at(36))))])
    assert changed(more, early, CONTENTS) is None
    other = put(CONSOLE, [replace(CONSOLE, exchanges=(Exchange("echo b", "a", at(30)),))])
    assert changed(other, early, CONTENTS) == Changed(at(30), "the command `echo b` was `echo a` when it was run")
    assert changed(more, replace(early, outcome=Outcome.UNABLE, seen=()), CONTENTS) is None


LISTS = st.lists(st.sampled_from(["a", "b", "", "[x]"]), min_size=1, max_size=6)
TEXTS = LISTS.map(lambda lines: "\n".join([*lines, ""]))


@given(TEXTS, TEXTS)
def test_wherever_two_texts_part_the_place_is_a_line_of_the_new_one(was, now):
    found = changed(ini(now), record_of(ini(was)), CONTENTS)
    assert (found is None) is (was == now)
    if found:
        assert 15 <= found.place.line < 15 + now.count("\n")
        number = int(found.told.split()[1]) - 1
        lines = now.split("\n")
        assert was.split("\n")[:number] == lines[:number]


STEP = st.sampled_from([*STEPS, NEW, replace(INI, mode=0o755), replace(SERVICE, stop="SIGINT")])


@given(st.lists(STEP, max_size=6), st.lists(STEP, max_size=6))
def test_whatever_two_runs_are_nothing_is_raised_and_the_place_is_one_of_the_page(was, now):
    found = changed(run_of(*now), record_of(run_of(*was)), CONTENTS)
    assert found is None or found.place.file == "guide.rst"
    if was == now:
        assert found is None
