"""Ctrl-C, as the terminal sends it: the check ends at once, and reports what is known by then."""

import json
import signal
import socket
import threading
from contextlib import suppress

import pytest

HANGS = 60
"""Seconds after which a test says that something hangs; what it waits for takes a fraction of one."""


class Silent:
    """A server that takes connections and says nothing; it counts them."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.2", 0))
        self._held = []
        self.met = threading.Semaphore(0)
        self.url = f"http://127.0.0.2:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self):
        with suppress(OSError):
            while True:
                self._held.append(self._listener.accept()[0])
                self.met.release()

    def close(self):
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(HANGS)
        for connection in self._held:
            connection.close()


@pytest.fixture
def silent():
    made = Silent()
    yield made
    made.close()


@pytest.fixture
def waiting(start, server, answer, silent, tmp_path):
    """Start a check that has its answer about one page and waits for that about others, in the folder of its list."""

    def begin(*arguments):
        server.answers["/gone"] = answer(b"gone", 404)
        lines = [f"{server.url}/gone", *(f"{silent.url}/{n}" for n in range(40))]
        (tmp_path / "urls.txt").write_text("\n".join(lines))
        # One page after the other: who asks the second host has taken in what the first one said.
        process = start("check", "--urls", "urls.txt", "--allow-private", "--jobs", "1", *arguments, cwd=tmp_path)
        assert silent.met.acquire(timeout=HANGS)
        assert server.asked
        return process

    return begin


INTERRUPTED = """
import signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "affidavit.cli.parser":
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                print("Traceback that Python prints, and goes on")
sys.meta_path.insert(0, Finder())
sys.argv = ["affidavit", "--version"]
"""
"""What presses Ctrl-C while the command is being imported, where an exception is lost."""


@pytest.mark.parametrize(
    "start_it",
    [
        "import runpy; runpy.run_module('affidavit', run_name='__main__')",
        "from affidavit.__main__ import run; sys.exit(run())",
    ],
    ids=["as a module", "as a script"],
)
def test_ctrl_c_is_heard_before_the_command_is_there(start, start_it):
    process = start(program=("-c", INTERRUPTED + start_it))
    out, err = process.communicate(timeout=HANGS)
    assert (process.returncode, out, err) == (130, "", "")


def test_where_ctrl_c_is_ignored_it_stays_so(start):
    ignored = "signal.signal(signal.SIGINT, signal.SIG_IGN)\nfrom affidavit.__main__ import run; sys.exit(run())"
    process = start(program=("-c", INTERRUPTED + ignored))
    out, _ = process.communicate(timeout=HANGS)
    assert (process.returncode, out.startswith("affidavit ")) == (0, True)


PRESSED = """
import signal, sys
from affidavit.cli import check_report
publish = check_report.publish
def pressed(*arguments, **named):
    for _ in range(TIMES):
        signal.raise_signal(signal.SIGINT)
    publish(*arguments, **named)
check_report.publish = pressed
sys.argv = ["affidavit", "check", "--urls", "urls.txt", "--offline"]
from affidavit.__main__ import run; sys.exit(run())
"""
"""What presses Ctrl-C so often when all is known, and the report is about to be written."""


@pytest.mark.parametrize(
    ("times", "out_ends", "err"),
    [
        (1, "1 claim: 1 unable; 0 errors; 1 link not checked.\n", ""),
        (2, "", "affidavit: Interrupted. Run the command again to finish.\n"),
    ],
    ids=["once", "twice"],
)
def test_once_all_is_known_the_report_is_written_unless_ctrl_c_is_pressed_again(start, tmp_path, times, out_ends, err):
    (tmp_path / "urls.txt").write_text("https://docs.example/")
    process = start(program=("-c", PRESSED.replace("TIMES", str(times))), cwd=tmp_path)
    out, told = process.communicate(timeout=HANGS)
    assert (process.returncode, out[-len(out_ends) :] if out_ends else out, told) == (130, out_ends, err)


def ended(process, by=signal.SIGINT):
    process.send_signal(by)
    out, err = process.communicate(timeout=HANGS)
    assert "Traceback" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_what_is_known_is_reported(waiting, by):
    status, out, err = ended(waiting("--format", "json"), by)
    assert status == 130
    verdicts = {each["target"].rpartition("/")[2]: each["verdict"] for each in json.loads(out)["claims"]}
    assert verdicts == {"gone": "broken"} | {str(n): "unable" for n in range(40)}
    assert "Interrupted: 40 pages not asked, or without an answer yet. The report has what is known." in err


def test_the_text_says_how_much_was_not_asked(waiting):
    status, out, _ = ended(waiting("--quiet"))
    assert status == 130
    assert "not checked\n  40 claims: Not checked: the check was interrupted.\n" in out
    assert out.endswith("\n41 claims: 1 broken, 40 unable; 1 error; 40 links not checked.\n")


def test_a_report_in_a_file_is_whole(waiting, tmp_path):
    status, out, _ = ended(waiting("--format", "json", "--output", "report.json"))
    assert (status, out.partition(":")[0]) == (130, "report.json")
    assert len(json.loads((tmp_path / "report.json").read_text())["claims"]) == 41
