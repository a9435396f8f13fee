"""Calls that run in copies of this process, with the interface of :class:`concurrent.futures.Executor`.

A copy is there at once, and has all that this process has: nothing needs to be sent to it, and no secret is. It is made
by ``fork``, which not every system has, and which copies the calling thread alone.
"""

from __future__ import annotations

import atexit
import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from struct import Struct
from typing import Any, NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_FRAME = Struct("<?I")
"""What goes before each message: whether it is the result, and its length in bytes."""

_READ = 2**18

_leaving: list[int] = []
"""Copies that gave their results, and that the system may still be busy with: nobody waits for that."""


def can_copy() -> bool:
    """Return whether this process can be copied as it is; the libraries of macOS do not bear it."""
    return sys.platform not in ("darwin", "win32") and hasattr(os, "fork") and threading.active_count() == 1


class Copies(Executor):
    """Runs each call in a copy of its own, all at once; a call's result must be plain data.

    What a call says by :meth:`tell` comes to ``heard`` with its future, while :meth:`listen` listens. A call that
    is to be ended from here must :meth:`check` now and then whether it is. Interrupts are left to this process.

    A result counts as soon as it is there; its copy is waited for when that takes no time any more, at the latest when
    this process ends. A copy puts nothing away at its end: the system takes all that it used back at once.
    """

    def __init__(self, heard: Callable[[Future[Any], bytes], object]) -> None:
        self._heard = heard
        self._copies: dict[Future[Any], _Copy] = {}
        self._selector = DefaultSelector()
        self._parent = os.getpid()
        self._out = -1
        self._is_over = False
        _reap()

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin a call; `OSError` says that the system has no room for it."""
        future: Future[T] = Future()
        reading, writing = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if pid == 0:
            os.close(reading)  # else it would wait for itself to read, where nobody else is there any more
            self._out = writing
            _leaving.clear()
            self._work(lambda: work(*args, **kwargs))
        os.close(writing)
        future.set_running_or_notify_cancel()
        self._copies[future] = _Copy(pid, reading)
        self._selector.register(reading, EVENT_READ, future)
        return future

    def listen(self, seconds: float) -> bool:
        """Pass on what is told, and results; return whether any call is still under way."""
        for key, _ in self._selector.select(seconds) if self._copies else ():
            future, copy = key.data, self._copies[key.data]
            data = os.read(copy.pipe, _READ)
            for message in copy.messages(data):
                self._heard(future, message)
            if not data or copy.result is not None:
                self._forget(future)
        return bool(self._copies)

    def stop(self) -> None:
        """Ask all calls to come to an end."""
        for copy in self._copies.values():
            copy.send(signal.SIGTERM)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 -- as it is there
        """Wait for all calls; or end them at once, where they are to be cancelled."""
        for copy in self._copies.values() if cancel_futures else ():
            copy.send(signal.SIGKILL)
        while (wait or cancel_futures) and self.listen(1):
            pass
        self._selector.close()
        _reap()

    def tell(self, message: bytes) -> None:
        """Say something, from within a call, to the process that began it."""
        self._send(message)

    def leave(self, result: Any) -> NoReturn:  # noqa: ANN401 -- as the results of calls are
        """Give a call's result, from within it, and end it there."""
        self._send(marshal.dumps(result), is_result=True)
        os._exit(0)

    def check(self) -> None:
        """Raise `KeyboardInterrupt`, within a call, where it is to end, or nobody is there any more who began it."""
        if self._is_over or os.getppid() != self._parent:
            raise KeyboardInterrupt

    def _forget(self, future: Future[Any]) -> None:
        copy = self._copies.pop(future)
        self._selector.unregister(copy.pipe)
        os.close(copy.pipe)
        _leaving.append(copy.pid)
        if copy.result is None:
            future.set_exception(BrokenExecutor("A process ended before its work was done."))
        else:
            future.set_result(marshal.loads(copy.result))  # noqa: S302 -- it comes from a copy of this process

    def _work(self, work: Callable[[], Any]) -> NoReturn:
        """Be the copy: nothing of what this process was about is to go on in it, not even its way out."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, self._end)
            for other in self._copies.values():
                os.close(other.pipe)
            self.leave(work())
        finally:
            os._exit(1)  # whoever waits learns of an error by that; it could be told to nobody here

    def _end(self, *_: object) -> None:
        self._is_over = True

    def _send(self, message: bytes, *, is_result: bool = False) -> None:
        left = memoryview(_FRAME.pack(is_result, len(message)) + message)
        while left:
            left = left[os.write(self._out, left) :]


def _reap(options: int = os.WNOHANG if hasattr(os, "WNOHANG") else 0) -> None:
    """Have the system forget the copies that came to their end."""
    for pid in [*_leaving]:
        with suppress(ChildProcessError):  # where the system was told to forget them by itself
            if os.waitpid(pid, options) == (0, 0):
                continue
        _leaving.remove(pid)


atexit.register(_reap, 0)


class _Copy:
    """A process, and what came of it that is no whole message yet."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self.pipe = pipe
        self.result: bytes | None = None
        self._rest = b""

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # where it ended, and the system was told to forget it by itself
            os.kill(self.pid, number)

    def messages(self, data: bytes) -> Iterator[bytes]:
        """Yield what was told, and keep the result."""
        self._rest += data
        while len(self._rest) >= _FRAME.size:
            is_result, size = _FRAME.unpack_from(self._rest)
            end = _FRAME.size + size
            if len(self._rest) < end:
                break
            message, self._rest = self._rest[_FRAME.size : end], self._rest[end:]
            if is_result:
                self.result = message
            else:
                yield message
