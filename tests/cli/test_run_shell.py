"""``affidavit run --shell``, at a real pseudo-terminal: a shell where a run would be, and nothing left of it."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")

PAGE = """\
The site
========

.. example:: base

   .. file:: from-setup.txt

      of the setup

   .. service:: touch up; exec sleep 300.{mark}
      :ready: file up

   .. code-block:: console

      $ mkdir below; cd below
      $ export LEFT=here

.. example:: good
   :setup: base

   .. file:: own.txt

      of its own

   .. code-block:: console

      $ echo spoilt > own.txt

.. example:: gone
   :needs: no-such-program

   .. code-block:: console

      $ true

.. example:: dies

   .. service:: exit 7
      :ready: file nowhere
"""


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text('extensions = ["affidavit"]\n')
    (folder / "index.rst").write_text(PAGE.replace("{mark}", mark()))
    return folder


def mark():
    return f"{os.getpid()}"


class AtTerminal:
    """The command at a terminal; ``told`` is what that shows so far."""

    def __init__(self, *arguments):
        self._here, there = pty.openpty()
        self.resize(30, 90)
        # A session of its own, whose terminal this is, as for a user.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "affidavit", *map(str, arguments)],
            stdin=there, stdout=there, stderr=there, start_new_session=True, env=os.environ | {"TERM": "dumb"},
        )  # fmt: skip
        os.close(there)
        self.told = ""

    def resize(self, rows, columns):
        fcntl.ioctl(self._here, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self._here, text.encode())

    def wait_for(self, text):
        """Wait until something is shown, and return what came before; forget both."""
        end = time.monotonic() + 60
        while text not in self.told:
            assert time.monotonic() < end, self.told
            assert self._read(), self.told
        before, _, self.told = self.told.partition(text)
        return before

    def wait(self):
        """Wait for the end, and return the exit status and the rest."""
        end = time.monotonic() + 60
        while self._read():
            assert time.monotonic() < end, self.told
        return self.process.wait(30), self.told

    def _read(self):
        if not select.select([self._here], [], [], 0.2)[0]:
            return True
        try:
            piece = os.read(self._here, 4096)
        except OSError:  # how Linux says that the other side is closed
            return False
        self.told += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._here)


@pytest.fixture
def at_terminal():
    opened = []

    def call(*arguments):
        opened.append(AtTerminal(*arguments))
        return opened[-1]

    yield call
    for each in opened:
        each.close()


def running(word):
    """Return whether any process has a word in its command, in whatever namespace."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(word.encode() in path.read_bytes())
        except OSError:
            continue
    return any(found)


def test_all_that_the_commands_of_the_page_would_find_is_there(at_terminal, folder):
    terminal = at_terminal("run", folder, "--shell", "good")
    terminal.wait_for("Leave this shell with `exit` or Ctrl-D; all that runs in it ends then.\n")
    terminal.wait_for("(good/here) ")
    terminal.type("echo $LEFT ${PWD##*/}; cat ../*.txt; stty size; tty >/dev/null && echo at-a-$TERM\r")
    terminal.wait_for("\nhere below\nof the setup\nof its own\n30 90\nat-a-dumb\n")
    assert running(f"sleep\x00300.{mark()}")
    terminal.resize(20, 70)
    terminal.process.send_signal(signal.SIGWINCH)  # as the system does where it is the controlling terminal
    terminal.type("until [ \"$(stty size)\" = '20 70' ]; do sleep 0.1; done; echo re''sized\r")
    terminal.wait_for("resized\n")
    terminal.type("sleep 300\r\x03")
    terminal.type("trap '' HUP TERM; sleep 301 & disown; echo \"wr\"ong; exit 3\r")
    terminal.wait_for("wrong\n")
    status, told = terminal.wait()
    assert (status, told.splitlines()[-1]) == (0, "affidavit: All that ran there has ended, and its files are gone.")
    assert not running(f"sleep\x00300.{mark()}")
    assert not (folder / "evidence").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whatever_ends_the_command_ends_the_shell(at_terminal, folder, number):
    terminal = at_terminal("run", folder, "--shell", "good/here")
    terminal.wait_for("(good/here) ")
    terminal.process.send_signal(number)
    terminal.process.wait(30)
    end = time.monotonic() + 30
    while running(f"sleep\x00300.{mark()}"):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_cannot_be_prepared_is_told(at_terminal, folder):
    _, told = at_terminal("run", folder, "--shell", "gone").wait()
    assert "`gone/here` cannot be prepared: `no-such-program`" in told
    status, told = at_terminal("run", folder, "--shell", "dies").wait()
    assert (status, "`dies/here` ended: a service died, at the service `exit 7`: It ended with status 7" in told) == (
        1, True
    )  # fmt: skip


def test_one_run_must_be_named(at_terminal, folder):
    page = (folder / "index.rst").read_text()
    (folder / "index.rst").write_text(page.replace("   :needs: no-such-program\n", "   :probe: x\n"))
    status, told = at_terminal("run", folder, "--shell", "gone").wait()
    assert (status, "No run has that name." in told) == (2, True)
    status, told = at_terminal("run", folder, "--shell", "godo").wait()
    assert (status, "There is no example `godo`. Is `good` meant?" in told) == (2, True)


def test_without_a_terminal_nobody_could_type(run, folder):
    assert run("run", folder, "--shell", "good") == (
        2, "", "affidavit: `--shell` needs a terminal. Call it from one, and not in a pipe.\n"
    )  # fmt: skip
