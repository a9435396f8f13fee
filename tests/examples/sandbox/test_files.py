"""Files that a page shows: where they are written, and where they are not."""

import pytest
from tests.examples.sandbox.jobs import HERE, console, job, outputs

from affidavit.examples.sandbox.run import run_job
from affidavit.model.examples import FileStep
from affidavit.model.runs import End

WRITTEN = [
    ("a.txt", "one", "", 0o644, "one\n", "644"),
    ("a.txt", "one\n", "", 0o644, "one\n", "644"),
    ("a.txt", "one\n\n\n", "", 0o644, "one\n", "644"),
    ("a.txt", "one\r\ntwo\r\n", "", 0o644, "one\ntwo\n", "644"),
    ("a.txt", "", "", 0o644, "", "644"),
    ("a.txt", "ä€", "", 0o600, "ä€\n", "600"),
    ("deep/er/a b.sh", "#!/bin/sh\n", "", 0o755, "#!/bin/sh\n", "755"),
    ("a.txt", "one\r\n\n", "kept.txt", 0o644, "one\r\n\n", "644"),
    ("a.txt", "no newline", "kept.txt", 0o644, "no newline", "644"),
    ("..a/b..", "x", "", 0o4777, "x\n", "777"),
]


@pytest.mark.parametrize("row", WRITTEN)
def test_a_file_is_written_as_it_is_shown(ran_simply, row):
    path, text, source, mode, content, permissions = row
    step = FileStep(path, text, HERE, source=source, mode=mode)
    found = ran_simply(job(step, console(f"cat '{path}'", f"stat -c %a '{path}'")))
    assert (found.end, outputs(found)) == (End.FINISHED, [content, f"{permissions}\n"])


PATHS = ["", "/etc/x", "../x", "a/../../x", "a/..", ".", "./x", "a//x", "a/", "a\0b", "/workspace/x"]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_not_plainly_below_the_workspace_is_refused(ran_simply, path):
    found = ran_simply(job(FileStep(path, "x", HERE)))
    assert (found.end, found.step) == (End.FILE_REFUSED, 0)
    assert "no plain path" in found.detail


def _tricks(outside):
    return [
        (f"ln -s {outside} link", "link/file"),
        (f"ln -s {outside}/file link", "link"),
        ("ln -s ../outside/file link", "link"),
        ("ln -s missing link", "link"),
        (f"mkdir a; ln -s {outside} a/b", "a/b/file"),
        ("mkdir file", "file"),
        ("mkfifo file", "file"),
        ("touch file", "file/below"),
    ]


@pytest.mark.parametrize("number", range(len(_tricks(""))))
def test_what_steps_put_in_the_way_is_refused_and_not_followed(ran, open_path, number):
    outside = open_path / "outside"
    outside.mkdir()
    outside.chmod(0o777)
    (outside / "file").write_text("before", encoding="utf-8")
    (outside / "file").chmod(0o666)
    trick, path = _tricks(outside)[number]
    found = ran(job(console(trick), FileStep(path, "after", HERE)))
    assert (found.end, found.step) == (End.FILE_REFUSED, 1)
    assert (outside / "file").read_text(encoding="utf-8") == "before"
    assert [each.name for each in outside.iterdir()] == ["file"]


def test_a_second_name_of_a_file_elsewhere_is_replaced_and_not_written_into(ran):
    made = console("mkdir a b; echo before >a/file; ln a/file b/file")
    found = ran(job(made, FileStep("b/file", "after", HERE), console("cat a/file b/file")))
    assert outputs(found)[-1] == "before\nafter\n"


def test_a_file_may_be_shown_again_while_it_is_used(ran):
    program = FileStep("run", "#!/bin/bash\necho one", HERE, mode=0o755)
    again = FileStep("run", "#!/bin/bash\necho two", HERE, mode=0o755)
    assert outputs(ran(job(program, console("./run"), again, console("./run")))) == ["one\n", "two\n"]


def test_what_the_steps_leave_can_be_kept(ran, workspace):
    left = console("mkdir d; echo in >d/file; ln -s file d/link; ln -s /etc/passwd out; mkfifo pipe; chmod 700 d/file")
    assert ran(job(left), keep=True).end is End.FINISHED
    assert (workspace / "d" / "file").read_text(encoding="utf-8") == "in\n"
    assert (workspace / "d" / "link").readlink().name == "file"


def test_a_sandbox_that_keeps_files_to_itself_leaves_none(bubblewrap, workspace, mark):
    run_job(job(console("echo x >file"), variables=[mark]), workspace, bubblewrap)
    assert list(workspace.iterdir()) == []
