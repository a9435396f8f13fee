"""Run the command, as ``affidavit`` and as ``python -m affidavit``."""

from __future__ import annotations

import os
import signal
import sys

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
    return main()


def _leave(*_: object) -> None:
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    sys.exit(run())
