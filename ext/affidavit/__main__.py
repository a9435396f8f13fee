"""Run the command, as ``affidavit`` and as ``python -m affidavit``."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from contextlib import suppress

_INTERRUPTED = 130
"""As shells have it for SIGINT."""


def run() -> int:
    """Run the command and return its exit status; Ctrl-C is heard from the first import on.

    Before the command is there, nothing is begun that would have to be ended: the process just goes. An exception would
    not do, since it may strike where Python prints it and goes on.
    """
    hears = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not where shells run it in the background
    if hears:
        signal.signal(signal.SIGINT, _leave)
    from affidavit.cli import main  # noqa: PLC0415 -- this is what takes its time

    if hears:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return _ended(main())


def _ended(status: int) -> int:
    """End the process, where nobody but the system has anything left to do; return the status where somebody has.

    Python would take apart all that a command made, piece by piece, which takes longer than many a command. Whoever
    measures the program, or wants to be told of its end, is not passed over.
    """
    watched = sys.getprofile() or sys.gettrace()
    if watched or threading.active_count() > 1 or sys.stdout is None or sys.stderr is None:
        return status
    atexit._run_exitfuncs()  # noqa: SLF001 -- there is no other way to have them run
    with suppress(OSError):  # who hears nothing was told so before
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _leave(*_: object) -> None:
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    sys.exit(run())
