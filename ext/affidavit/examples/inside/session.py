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
from .loops import BASH, FIRST, PART, PYTHON, each_of, row_of
from .plain import at_once, is_as_it_comes, plain_first
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


class Session:
    """A program that does what it is told, until it ends; ``what`` it is called in messages."""

    def __init__(self, what: str, arguments: list[str], pack: Callable[[list[str]], str], around: Around) -> None:
        self._what = what
        self._pack = pack
        self._around = around
        token = FIRST + os.urandom(16).hex()
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
        rows = self._rows([each.replace("\0", "") for each in given])
        self._say([text for text, _ in rows], len(rows) + sum([told for _, told in rows]))
        self._began = time.monotonic()
        done = 0
        for _, told in rows:
            for _ in range(told or 1):
                yield self._next(done, len(given) - done - 1)
                done += 1
            if told:
                self._next(done, len(given) - done)  # what told of these is done as well

    def _rows(self, given: list[str]) -> list[tuple[str, int]]:
        """Return what to ask for, and of how many of the things to do each tells itself, besides that it is done."""
        return [(each, 0) for each in given]

    def part(self) -> None:
        """Have what is asked from now on done by a copy, so that it leaves the session as it is."""
        self._say([PART], 1)
        self._who = COPY
        self._next()

    def join(self) -> None:
        """Be the session itself again, as it was before the copy was made."""
        self._say(["builtin exit 0"], 1)
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
            self._around.watch.rest(min(GATHER, passed * left / max(SHARE * left, 2 * done)))
        self._around.watch.turn()

    def _say(self, given: list[str], answers: int) -> None:
        self._write(self._pack(given), answers)
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


class Shell(Session):
    """The shell of a run."""

    def __init__(self, around: Around) -> None:
        super().__init__("The shell", ["bash", "--norc", "--noprofile", "-c", BASH], row_of, around)
        self._is_as_it_came = is_as_it_comes(around.variables)

    def _rows(self, given: list[str]) -> list[tuple[str, int]]:
        """Return the plain commands that come first together, but for the last: the next one finds its status."""
        plain = plain_first(given) if self._is_as_it_came else 0
        self._is_as_it_came = self._is_as_it_came and plain == len(given)
        together = max(plain - 1, 0)
        return [*at_once(given[:together]), *super()._rows(given[together:])]


def shell(around: Around) -> Session:
    """Start the shell of a run."""
    return Shell(around)


def python(around: Around) -> Session:
    """Start the Python of a run."""
    return Session("Python", ["python3", "-u", "-c", PYTHON], each_of, around)
