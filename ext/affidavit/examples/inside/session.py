"""A shell or a Python that stays, and is asked one thing after the other.

What is asked goes in over one descriptor, ended by a null byte; over another comes a line with a token that nobody
else knows and the status, once that is done. What it printed by then waits in the pipe of its output. So the end of a
command is known whatever it prints, with or without a newline, and whoever else still holds the pipe.
"""

from __future__ import annotations

import os
import secrets

from .ending import EndedError
from .spawn import Around, start
from .stream import Budget, Stream

ASKED, DONE = 250, 251
"""Descriptors of the session. They are high, since scripts like to use 3 to 9 and shells take those from 10."""
REPORTS = 16 * 1024 * 1024
"""How much a session may say of what is done, which is no output."""

BASH = (
    "shopt -s expand_aliases; __affidavit_return() { return $1; }; "
    "IFS= builtin read -r -d '' -u 250 __affidavit_token; "
    # The outer loop is for a stray `break`, which so does no harm. What the machinery does is kept from tracing
    # (set -x). `$?` is what the command before left, unless errors end the shell (set -e), which this would then be.
    "while :; do while "
    '{ __affidavit_status=$?; builtin printf "%s %d\\n" "$__affidavit_token" $__affidavit_status >&251; '
    "IFS= builtin read -r -d '' -u 250 __affidavit_given || builtin exit; } 2>/dev/null; do "
    "{ [[ $- == *e* ]] || __affidavit_return $__affidavit_status; } 2>/dev/null; "
    'builtin eval "$__affidavit_given" 250<&- 251>&-; '
    "done; done"
)
"""One line, so that the lines in the shell's messages are those of the command. Nothing the shell starts while it
evaluates has the descriptors."""

PYTHON = r"""
def _affidavit():
    import builtins, codeop, io, os, sys, traceback, types
    asked = io.open(250, "rb", buffering=0)
    for number in (250, 251):
        os.set_inheritable(number, False)
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    sys.argv = [""]
    compiler = codeop.Compile()
    def given():
        data = b""
        while not data.endswith(b"\0"):
            piece = asked.read(65536)
            if not piece:
                os._exit(0)
            data += piece
        return data[:-1].decode("utf-8", "surrogateescape")
    def show(error, frames):
        error.__traceback__ = frames
        kind = type(error)
        sys.last_type, sys.last_value, sys.last_traceback = kind, error, frames
        if sys.excepthook is sys.__excepthook__:
            sys.stderr.write("".join(traceback.format_exception(kind, error, frames)))
        else:
            sys.excepthook(kind, error, frames)
    def run(text):
        if all(line.strip()[:1] in ("", "#") for line in text.splitlines()):
            return 0
        try:
            code = compiler(text, "<stdin>", "single")
        except (SyntaxError, ValueError, OverflowError) as error:
            show(error, None)
            return 1
        try:
            exec(code, module.__dict__)
        except SystemExit:
            raise
        except BaseException as error:
            show(error, error.__traceback__.tb_next)
            return 1
        return 0
    token = given()
    status = 0
    while True:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        os.write(251, ("%s %d\n" % (token, status)).encode())
        status = run(given() + "\n")
_affidavit()
"""
"""The interactive interpreter without prompts. It is given by ``-c``, so that modules are found as there, and it may
be run by the Python of the steps, whichever that is."""


class Session:
    """A program that does what it is told, until it ends; ``what`` it is called in messages."""

    def __init__(self, what: str, arguments: list[str], around: Around) -> None:
        self._what = what
        self._watch = around.watch
        self._token = secrets.token_hex(16)
        asking, done = self._start(arguments, around)
        self._asking = asking
        self._done = Stream(done, Budget(REPORTS), around.watch, last=4096)
        self._say(self._token)
        self._wait()

    def _start(self, arguments: list[str], around: Around) -> tuple[int, int]:
        asked, asking = os.pipe()
        done, doing = os.pipe()
        os.dup2(asked, ASKED)
        os.dup2(doing, DONE)
        try:
            self._program = start(arguments, around, passed=(ASKED, DONE))
        finally:
            for descriptor in (asked, doing, ASKED, DONE):
                os.close(descriptor)
        return asking, done

    @property
    def output(self) -> str:
        """Return what was printed since, and forget it."""
        return self._program.output.take()

    def ask(self, given: str) -> int:
        """Have something done; return its status, which is that of the session if it ended with it."""
        if self._program.status is not None:
            raise EndedError("session-ended", f"{self._what} had ended with status {self._program.status}.")
        self._say(given.replace("\0", ""))
        status = self._wait()
        self._program.output.drain()
        return status

    def _wait(self) -> int:
        while True:
            status = self._status()
            if status is not None:
                return status
            if self._program.status is not None:
                self._done.drain()
                status = self._status()
                return self._program.status if status is None else status
            self._watch.turn()

    def _status(self) -> int | None:
        for line in self._done.text().splitlines():
            token, _, status = line.partition(" ")
            if token == self._token and status.isdigit():
                self._done.take()
                return int(status)
        return None

    def _say(self, text: str) -> None:
        """Hand something in. A pipe holds little, so what is long goes in by pieces, while the watch goes on."""
        data = text.encode("utf-8", "surrogateescape") + b"\0"
        os.set_blocking(self._asking, False)
        while data and self._program.status is None:
            try:
                data = data[os.write(self._asking, data) :]
            except BlockingIOError:
                self._watch.turn(0.01)
            except BrokenPipeError:
                self._watch.turn()


def shell(around: Around) -> Session:
    """Start the shell of a run."""
    return Session("The shell", ["bash", "--norc", "--noprofile", "-c", BASH], around)


def python(around: Around) -> Session:
    """Start the Python of a run."""
    return Session("Python", ["python3", "-u", "-c", PYTHON], around)
