"""A shell or a Python that stays, and is asked one thing after the other.

What is asked goes in over one descriptor, as many commands at a time as are known. When one is done, a token that
nobody else knows and its status are put into the stream of output, by way of another descriptor. So the end of a
command is known whatever it prints, with or without a newline, and whoever else still holds the pipe; and the session
need not wait for us between two commands, which on a busy machine would take longer than the commands.
"""

from __future__ import annotations

import os
import select
import time

from .ending import EndedError
from .spawn import Around, start
from .stream import widen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Iterator

ASKED, DONE = 250, 251
"""Descriptors of the session. They are high, since scripts like to use 3 to 9 and shells take those from 10."""
GATHER = 0.02
"""Seconds in which output may gather at most while there is more to do: waking for each line would hold up the
commands; and ..."""
SHARE = 8
"""... that is no more than this part of the time that was waited already, and than half of the time that is left as it
seems, so that what is quick is soon known, and the end at once."""
DIGITS = 3
"""How long a status is after the token, and the letter of who tells it: ``s`` the session, ``c`` a copy of it."""
SESSION, COPY = b"s", b"c"

LOOP = (
    # What one does again and again is the innermost loop alone; the outer ones are for a stray `break`, which so does
    # no harm. What the machinery does is kept from tracing (set -x): it is told where nobody reads, and a command that
    # is nothing but a redirection is not traced.
    "while >&1; do while >&1; do "
    '{ __aff_next; } 2>&249; builtin eval "${__aff_row[__aff_at++]}"; '
    'while { __aff_was=$?; builtin printf "$__aff_say" "$__aff_was" >&251; '
    "((__aff_told = __aff_at, __aff_at < __aff_all && !__aff_was)); } 2>&249; "
    'do builtin eval "${__aff_row[__aff_at++]}"; done; done; done'
)
NEXT = (
    # After a stray `break` or `continue` it is yet to be told that this was done.
    '__aff_next() { ((__aff_told == __aff_at)) || { builtin printf "$__aff_say" 0 >&251; '
    "__aff_told=$__aff_at __aff_was=0; }; "
    "((__aff_at < __aff_all)) || { "
    'IFS= builtin read -r -d "" -u 250 __aff_all || builtin exit; '
    'IFS= builtin read -r -d "" "$__aff_whole" "$__aff_all" -u 250 __aff_row || builtin exit; '
    'builtin eval "__aff_row=($__aff_row)"; __aff_all=${#__aff_row[@]} __aff_at=0 __aff_told=0; }; '
    # `$?` is what the command before left, unless errors end the shell (set -e), which this would then be.
    '[[ $- == *e* ]] || return "$__aff_was"; }'
)
OWN = (
    # What bash keeps of 0 to 2 while they lead elsewhere is closed when a program starts, and so is a copy of that.
    # It has the first free number above that of where they lead. Hence no command need be kept from the descriptors.
    "exec <&250 2>/dev/null 249>&2; { exec 250<&252 251>&253 249>&254; } <&251 >&251 2>&251; exec </dev/null 2>&1"
)
BASH = (
    f"shopt -s expand_aliases; {OWN}; {NEXT}; __aff_row=() __aff_all=0 __aff_at=0 __aff_told=-1; "
    "__aff_whole=-N; ((BASH_VERSINFO > 3)) || __aff_whole=-n; "
    f"IFS= builtin read -r -d '' -u 250 __aff_say; __aff_say+=s%03d; __aff_loop='{LOOP}'; {LOOP}"
)
"""One line, so that the lines in the shell's messages are those of the command."""
PART = '( __aff_say=${__aff_say/s/c}; builtin eval "$__aff_loop" )'
"""Have what follows done by a copy of the shell, until that exits."""
PLAIN = frozenset(range(32, 127)) - frozenset(b"\\'")
"""Bytes that stand for themselves in ``$'...'``."""

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
    held = bytearray()
    def given():
        while b"\0" not in held:
            piece = asked.read(65536)
            if not piece:
                os._exit(0)
            held.extend(piece)
        text, _, rest = bytes(held).partition(b"\0")
        held[:] = rest
        return text.decode("utf-8", "surrogateescape")
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
        os.write(251, ("%ss%03d" % (token, status)).encode())
        status = run(given() + "\n")
_affidavit()
"""
"""The interactive interpreter without prompts. It is given by ``-c``, so that modules are found as there, and it may
be run by the Python of the steps, whichever that is."""


class Session:
    """A program that does what it is told, until it ends; ``what`` it is called in messages."""

    def __init__(self, what: str, arguments: list[str], pack: Callable[[list[str]], str], around: Around) -> None:
        self._what = what
        self._pack = pack
        self._around = around
        token = os.urandom(16).hex()
        self._mark = token.encode()
        self._unsaid = b""
        self._ended = False
        self._who = SESSION
        self._began = time.monotonic()
        self._asking = self._start(arguments)
        # It says once that it is there, which is waited for when it is asked something: that goes in meanwhile.
        self._write(f"{token}\0", 1)
        self._heard = False

    def _start(self, arguments: list[str]) -> int:
        asked, asking = os.pipe()
        widen(asking)
        os.set_blocking(asking, False)
        try:
            self._program = start(arguments, self._around, passed={ASKED: asked}, also=DONE)
        finally:
            os.close(asked)
        return asking

    def ask(self, given: list[str]) -> Iterator[tuple[str, int]]:
        """Have things done; give what each printed and its status, which is the session's where it ended with it."""
        self._ended = self._ended or self._program.status is not None
        self._say([each.replace("\0", "") for each in given])
        self._began = time.monotonic()
        for done in range(len(given)):
            yield self._next(done, len(given) - done - 1)

    def part(self) -> None:
        """Have what is asked from now on done by a copy, so that it leaves the session as it is."""
        self._say([PART])
        self._who = COPY
        self._next()

    def join(self) -> None:
        """Be the session itself again, as it was before the copy was made."""
        self._say(["builtin exit 0"])
        self._who = SESSION
        self._next()

    def close(self) -> None:
        """Ask nothing any more; it ends by itself."""
        self._around.watch.remove(self._asking)
        os.close(self._asking)

    @property
    def rest(self) -> str:
        """Return what was printed since the last that was done."""
        return self._program.output.take()

    def _next(self, done: int = 0, left: int = 0) -> tuple[str, int]:
        if self._ended:
            raise EndedError("session-ended", f"{self._what} had ended with status {self._program.status}.")
        output, status = self._program.output, None
        while True:
            cut = output.cut(self._mark, 1 + DIGITS)
            if cut:
                self._ended = not cut[1].startswith(self._who)
                return cut[0], int(cut[1][1:])
            if status is not None:
                self._ended = True
                return self.rest, status
            status = self._program.status
            if status is not None:
                output.drain()
            else:
                self._wait(done, left)

    def _wait(self, done: int, left: int) -> None:
        if left:
            # What is left takes about so long as what is done took for each: no more than half of that.
            passed = time.monotonic() - self._began
            time.sleep(min(GATHER, passed * left / max(SHARE * left, 2 * done)))
        self._around.watch.turn()

    def _say(self, given: list[str]) -> None:
        self._write(self._pack(given), len(given))
        if not self._heard:
            self._heard = True
            self._next()

    def _write(self, text: str, answers: int) -> None:
        """Hand something in, now and as soon as there is room."""
        self._around.budget.give(answers * (len(self._mark) + 1 + DIGITS))
        self._unsaid += text.encode("utf-8", "surrogateescape")
        self._around.watch.add(self._asking, self._feed, select.POLLOUT)

    def _feed(self) -> None:
        try:
            self._unsaid = self._unsaid[os.write(self._asking, self._unsaid) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._unsaid = b""
        if not self._unsaid:
            self._around.watch.remove(self._asking)


def _each(given: list[str]) -> str:
    """Return what is asked of the Python, each ended by a null byte."""
    return "".join([f"{text}\0" for text in given])


def _row(given: list[str]) -> str:
    """Return what is asked of the shell: how long it is, then words of the shell.

    Bash reads what is of known length at once, and byte by byte what a byte ends.
    """
    words = " ".join(map(_word, given))
    return f"{len(words)}\0{words}"


def _word(text: str) -> str:
    """Return a word that is a text, all of it ASCII, so that it is as many characters as bytes in every locale."""
    if text.isascii():
        return "'" + text.replace("'", "'\\''") + "'"
    octets = text.encode("utf-8", "surrogateescape")
    return "$'" + "".join([chr(octet) if octet in PLAIN else f"\\x{octet:02x}" for octet in octets]) + "'"


def shell(around: Around) -> Session:
    """Start the shell of a run."""
    return Session("The shell", ["bash", "--norc", "--noprofile", "-c", BASH], _row, around)


def python(around: Around) -> Session:
    """Start the Python of a run."""
    return Session("Python", ["python3", "-u", "-c", PYTHON], _each, around)
