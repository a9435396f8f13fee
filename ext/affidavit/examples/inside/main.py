"""What is started: reads a job from its input, tells events on its output, and leaves no process behind.

The input stays open as long as whoever started this is there: its end is the end of the run. Steps get neither of the
two descriptors, and since this process gives up being looked into, they cannot take them from /proc either.
"""

from __future__ import annotations

import _signal
import marshal
import os
import sys

from .ending import OrphanedError
from .events import Events
from .limits import Usage, restrict
from .processes import kill_below
from .spawn import Around
from .steps import Steps, run_steps
from .stream import Budget
from .watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
KILLING = 5
"""Seconds in which all processes can be expected to be gone."""


def main() -> None:
    """Run the job that is given; end without a word where nobody listens any more."""
    _seclude()
    events = Events(sys.stdout.fileno())
    events.tell("ready")
    events.flush()
    size = sys.stdin.buffer.readline()
    if not size:
        return
    # Nothing comes behind it, so that reading ahead takes nothing from the watch.
    job = marshal.loads(sys.stdin.buffer.read(int(size)))  # noqa: S302 - from whoever sent this program
    try:
        _run(job, events)
    except (OrphanedError, BrokenPipeError):
        pass
    except Exception:  # noqa: BLE001 - a fault of ours is told as such, whatever it is
        import traceback  # noqa: PLC0415 - slow to import, and not to be needed

        events.tell("ended", end="runner-failed", step=None, detail=traceback.format_exc()[-4096:])
        events.flush()
    kill_below(os.getpid(), KILLING)
    if job["private"]:
        import shutil  # noqa: PLC0415 - slow to import, and not needed where the sandbox ends with the run

        shutil.rmtree(job["private"], ignore_errors=True)


def _run(job: dict[str, Any], events: Events) -> None:
    restrict(job["limits"], job["others"])
    # Opened here, before any step could put something else in its place.
    workspace = os.open(job["workspace"], os.O_RDONLY | os.O_DIRECTORY)
    end, step, detail = run_steps(Steps(job, workspace, _surroundings(job, events), events))
    kill_below(os.getpid(), KILLING)
    if job["keep"]:
        from .keep import send_workspace  # noqa: PLC0415 - few runs need it

        send_workspace(job["workspace"], lambda data: events.tell("kept", data=data))
    events.tell("ended", end=end, step=step, detail=detail)
    events.flush()


def _surroundings(job: dict[str, Any], events: Events) -> Around:
    limits = job["limits"]
    folders = job["folders"]
    if job["private"]:
        os.mkdir(job["private"], 0o700)
        folders = [*folders, job["private"]]
    watch = Watch(Usage(limits, job["full"], folders), limits["seconds"], sys.stdin.fileno(), events.flush)
    return Around(job["variables"], job["workspace"], watch, Budget(limits["output"]))


def _seclude() -> None:
    """Become what orphans of the steps come back to, and hide the descriptors."""
    _signal.signal(_signal.SIGPIPE, _signal.SIG_IGN)
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
        prctl(PR_SET_PDEATHSIG, _signal.SIGKILL, 0, 0, 0)
