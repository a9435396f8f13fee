"""What is started: reads a job from its input, tells events on its output, and leaves no process behind.

The input stays open as long as whoever started this is there: its end is the end of the run. Steps get neither of the
two descriptors, and since this process gives up being looked into, they cannot take them from /proc either.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import sys
import traceback
from typing import Any

from .ending import OrphanedError
from .keep import send_workspace
from .limits import Usage, restrict
from .processes import kill_below
from .spawn import Around
from .steps import Steps, run_steps
from .stream import Budget
from .watch import Watch

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
KILLING = 5
"""Seconds in which all processes can be expected to be gone."""


def main() -> None:
    """Run the job that is given; end without a word where nobody listens any more."""
    _seclude()
    tell("ready")
    line = _line()
    if not line:
        return
    job = json.loads(line)
    try:
        _run(job)
    except (OrphanedError, BrokenPipeError):
        pass
    except Exception:  # noqa: BLE001 - a fault of ours is told as such, whatever it is
        tell("ended", end="runner-failed", step=None, detail=traceback.format_exc()[-4096:])
    kill_below(os.getpid(), KILLING)
    if job["private"]:
        shutil.rmtree(job["private"], ignore_errors=True)


def _run(job: dict[str, Any]) -> None:
    restrict(job["limits"], job["others"])
    # Opened here, before any step could put something else in its place.
    workspace = os.open(job["workspace"], os.O_RDONLY | os.O_DIRECTORY)
    end, step, detail = run_steps(Steps(job, workspace, _surroundings(job), tell))
    kill_below(os.getpid(), KILLING)
    if job["keep"]:
        send_workspace(job["workspace"], lambda data: tell("kept", data=data))
    tell("ended", end=end, step=step, detail=detail)


def _surroundings(job: dict[str, Any]) -> Around:
    limits = job["limits"]
    folders = job["folders"]
    if job["private"]:
        os.mkdir(job["private"], 0o700)
        folders = [*folders, job["private"]]
    watch = Watch(Usage(limits, job["full"], folders), limits["seconds"], sys.stdin.fileno())
    return Around(job["variables"], job["workspace"], watch, Budget(limits["output"]), secrets.token_hex(8))


def tell(event: str, **facts: object) -> None:
    """Write an event as a line."""
    data = json.dumps({"event": event, **facts}).encode() + b"\n"
    while data:
        data = data[os.write(sys.stdout.fileno(), data) :]


def _line() -> bytes:
    """Read a line without reading further, so that what follows is there for the watch."""
    return sys.stdin.buffer.readline()


def _seclude() -> None:
    """Become what orphans of the steps come back to, and hide the descriptors."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        import ctypes  # noqa: PLC0415 - the smallest Pythons lack it, and other systems lack the call

        prctl = ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if os.getpid() == 1:
        # All in a process namespace ends with its first process. Elsewhere the steps would be left: there it takes the
        # end of the input for the signal, and ends them before itself.
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
