"""Doing the runs of a plan, several at a time, and ending them all where somebody interrupts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from affidavit.examples.came import Word, judged
from affidavit.examples.ground import Failed, Ground, Observed
from affidavit.examples.nested import outermost, run_nested
from affidavit.examples.plan import Run
from affidavit.examples.planned import Planned
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.sandbox.stopping import Stopping
from affidavit.examples.together import Declares, key_of, run_together
from affidavit.model.cells import Expect

Heard = Callable[[Planned, Observed | Failed], None]


class Shown(Protocol):
    """Whoever is told how far it is; ``began`` comes from the threads that run."""

    def watching(self, total: int) -> AbstractContextManager[None]:
        """Show how far it is while the context is open."""
        ...  # pragma: no cover

    def began(self, key: str) -> None:
        """Take note that a run began."""
        ...  # pragma: no cover

    def ended(self, key: str) -> None:
        """Take note that a run ended."""
        ...  # pragma: no cover


class Work(Struct, frozen=True):
    """How runs are done: on which ground, how many at a time, and where their workspaces are kept, if at all.

    ``grounds`` are those of environments, by name; ``ground`` is that of the machine itself.
    """

    ground: Ground
    jobs: int
    kept: Path | None = None
    grounds: Mapping[str, Ground] = field(default_factory=dict)

    def within(self, sandbox: Sandbox) -> Work:
        """Return the same in another sandbox."""
        grounds = {name: replace(each, sandbox=sandbox) for name, each in self.grounds.items()}
        return replace(self, ground=replace(self.ground, sandbox=sandbox), grounds=grounds)

    def ground_of(self, run: Run) -> Ground:
        """Return what a run has in common with the others in its environment."""
        return self.grounds[run.environment] if run.environment else self.ground


def work(planned: Sequence[Planned], how: Work, shown: Shown, heard: Heard) -> None:
    """Do all runs, and tell what came of each as soon as that is known, here and not in another thread.

    Where that is interrupted, what runs is ended, and nothing more is told; `KeyboardInterrupt` goes on.
    """
    sandbox = Stopping(how.ground.sandbox)
    within = how.within(sandbox)
    with _executor(how.jobs, sandbox) as executor, shown.watching(len(planned)):
        futures = {executor.submit(_several, each, within, shown): each for each in _groups(planned, how)}
        for future in as_completed(futures):
            for each, found in zip(futures[future], future.result(), strict=True):
                shown.ended(each.run.key)
                heard(each, found)


def _groups(planned: Sequence[Planned], how: Work) -> list[list[Planned]]:
    """Put together what one start can serve; a workspace that is kept is that of one run."""
    if how.kept:
        return [[each] for each in planned]
    groups: dict[object, list[Planned]] = {}
    outer = outermost(each.run for each in planned)
    for each in planned:
        key = key_of(each.run) or outer.get(each.run.key, each.run).key
        groups.setdefault(key, []).append(each)
    return [*groups.values()]


def _several(group: Sequence[Planned], how: Work, shown: Shown) -> tuple[Observed | Failed, ...]:
    if len(group) == 1:
        return (_one(group[0], how, shown),)
    for each in group:
        shown.began(each.run.key)
    runs, ground = [each.run for each in group], how.ground_of(group[0].run)
    return run_together(runs, ground, _declared(group)) if key_of(runs[0]) else run_nested(runs, ground)


def _declared(group: Sequence[Planned]) -> Declares:
    """Return what tells whether a run failed, and as its card has it."""
    failing = {each.run.key: each for each in group if each.today.expectation.expect is Expect.FAILS}

    def told(run: Run, found: Observed | Failed) -> bool:
        own = failing.get(run.key)
        return own is not None and judged(own, found, recording=True).word is Word.AS_SHOWN

    return told


@contextmanager
def _executor(jobs: int, sandbox: Stopping) -> Iterator[Executor]:
    """Give threads, since each waits for a sandbox; whatever goes wrong, none of those is left."""
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="affidavit-run")
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        sandbox.stop()
        raise
    finally:
        executor.shutdown(wait=True)


def _one(planned: Planned, how: Work, shown: Shown) -> Observed | Failed:
    shown.began(planned.run.key)
    return run_one(planned.run, how.ground_of(planned.run), _workspace(how.kept, planned) if how.kept else None)


def _workspace(kept: Path, planned: Planned) -> Path:
    """Make the folder of a run below the one that keeps all; the steps' user must be able to enter what is above."""
    folder = kept / planned.run.key / "workspace"
    folder.mkdir(parents=True)
    for above in (folder.parent, *folder.parent.relative_to(kept).parents):
        (kept / above).chmod(0o755)
    return folder
