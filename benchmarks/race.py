"""Running the programs of a scenario round by round: whatever else the machine does weighs on all of them alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.contestants import Contestant
from benchmarks.measure import Usage, run
from benchmarks.results import Cell

_LAST_WORDS = 200
_CRASH = "Traceback (most recent call last)"
"""What Python says before it leaves with 1, which is also the status of a check that finds something."""


class Track(Struct, frozen=True):
    """Where and how races are run; ``asked`` counts what the server was asked so far, ``say`` is told of each run.

    Programs run ``at_once`` where less is demanded of them than a machine's speed changes by within a minute; each of
    them must make do with a processor of its own.
    """

    log: Path
    rounds: int
    limit: float
    asked: Callable[[], int]
    say: Callable[[str], object]
    at_once: bool = False


def race(title: str, contestants: Sequence[Contestant], track: Track) -> tuple[Cell, ...]:
    """Run each program once a round, and return what its runs took; one that fails does not run again."""
    runs: dict[str, list[Usage]] = {each.name: [] for each in contestants}
    problems: dict[str, str] = {}
    for number in range(track.rounds):
        running = [each for each in contestants if each.name not in problems and not 0 < each.rounds <= number]
        for each, (usage, problem) in zip(running, _round(running, track), strict=True):
            runs[each.name].append(usage)
            if problem:
                problems[each.name] = problem
            track.say(f"{title}, round {number + 1}: {each.name} {usage.seconds:.2f} s {problem}".rstrip())
    return tuple(Cell(name, tuple(usages), problems.get(name, "")) for name, usages in runs.items())


def _round(contestants: Sequence[Contestant], track: Track) -> Iterator[tuple[Usage, str]]:
    if not track.at_once:
        yield from (_once(each, track) for each in contestants)
        return
    logs = [track.log.with_name(f"{number}-{track.log.name}") for number in range(len(contestants))]
    with ThreadPoolExecutor(len(contestants)) as executor:
        yield from executor.map(_once, contestants, [replace(track, log=log) for log in logs])


def _once(contestant: Contestant, track: Track) -> tuple[Usage, str]:
    for each in contestant.emptied:
        _remove(each)
    before = track.asked()
    usage = run(contestant.command, track.log, limit=track.limit)
    return usage, _problem(contestant, usage, track.asked() - before, track.log)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _problem(contestant: Contestant, usage: Usage, asked: int, log: Path) -> str:
    """Return why a run does not count: a program that fails, or asks for less than it was given, is quick, too."""
    printed = log.read_text(encoding="utf-8", errors="replace")
    words = " ".join(printed.split())[-_LAST_WORDS:]
    if usage.status != contestant.status:
        return f"exit status {usage.status}, not {contestant.status}: {words}"
    if _CRASH in printed:
        return f"an error of the program, with exit status {usage.status}: {words}"
    if asked < contestant.asks:
        return f"asked {asked} times for {contestant.asks} URLs"
    if contestant.at_most is not None and asked > contestant.at_most:
        return f"asked {asked} times, and should have known"
    return ""
