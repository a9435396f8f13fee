"""Asking by two processes. It is a program of its own: a test has threads, so that it cannot be copied."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from errno import EAGAIN
from pathlib import Path

from msgspec import Struct

from affidavit.links.facts import from_text, to_text
from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe
from affidavit.links.seen import Observation
from affidavit.links.spread import Spread
from affidavit.model.settings import Allowed

ROOT = Path(__file__).parents[2]
LONG = 20


class Spreading(Struct, frozen=True):
    """What such a process says: of how many processes it was, what it told, and what was seen."""

    children: int
    told: list[str]
    seen: dict[str, Observation]
    interrupted: bool = False


def begin(
    urls: Sequence[str], processes: int = 2, *, loses: int = 0, seconds: float = 20, refused: bool = False
) -> subprocess.Popen[str]:
    """Start asking; so many of its processes are killed as soon as they are there. It first says who they are.

    The second of them may be refused, once the first has told all that it was to ask.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.links.spreading"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    process.stdin.write(json.dumps([urls, processes, loses, seconds, refused]))
    process.stdin.close()
    process.stdin = None
    return process


def children(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes of one that begins."""
    assert process.stdout
    return list(json.loads(process.stdout.readline()))


def spread(urls: Sequence[str], processes: int = 2, *, loses: int = 0, refused: bool = False) -> Spreading:
    """Ask to the end."""
    process = begin(urls, processes, loses=loses, refused=refused)
    return ended(process, children(process))


def ended(process: subprocess.Popen[str], known: Sequence[int]) -> Spreading:
    """Return what a process said."""
    told, seen, interrupted = json.loads(process.communicate(timeout=60)[0])
    read = {url: from_text(text) for url, text in seen.items()}
    return Spreading(len(known), told, {url: each for url, each in read.items() if each}, interrupted)


def vanish(pids: Sequence[int]) -> bool:
    """Wait until none of these processes is there any more, but not for ever."""
    ends = time.monotonic() + LONG
    while any(map(is_there, pids)) and time.monotonic() < ends:
        time.sleep(0.05)
    return not any(map(is_there, pids))


def is_there(pid: int) -> bool:
    """Return whether a process is there, and not only waits for somebody to learn of its end."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def refuse_copies(most: int) -> None:
    """Have no more than so many copies of this process made, as by a system that is full; the last one ends first."""
    made = 0

    def hook(event: str, _: object) -> None:
        nonlocal made
        if event != "os.fork":
            return
        if made == most:
            if most:
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")
        made += 1

    sys.addaudithook(hook)


def main() -> None:
    """Do what standard input says."""
    urls, processes, loses, seconds, refused = json.load(sys.stdin)
    if refused:
        refuse_copies(1)
    told: list[str] = []
    seen: dict[str, str] = {}

    def begun() -> None:
        own = [int(each) for each in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
        print(json.dumps(own), flush=True)  # noqa: T201 -- how the test learns of them
        for pid in own[:loses]:
            os.kill(pid, signal.SIGKILL)

    probe = CurlProbe(
        user_agent="test",
        allowed=Allowed(everything=True),
        request_seconds=seconds,
        total_seconds=2 * seconds,
        connect_seconds=5,
        retry_seconds=0.1,
        spread=Spread(processes, begun, told.append),
    )
    interrupted = False
    try:
        probe.observe([Question(url) for url in urls], lambda url, each: seen.update({url: to_text(each)}))
    except KeyboardInterrupt:
        interrupted = True
    print(json.dumps([told, seen, interrupted]))  # noqa: T201 -- likewise


if __name__ == "__main__":
    main()
