"""Doing the runs of a plan, several at a time, and ending them all where somebody interrupts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from affidavit.examples.plan import Run
from affidavit.examples.planned import Planned
from affidavit.examples.running import Failed, Ground, Observed, run_one
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.examples.sandbox.stopping import Stopping

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


@dataclass(frozen=True, slots=True)
class Work:
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
        futures = {executor.submit(_one, each, within, shown): each for each in planned}
        for future in as_completed(futures):
            each = futures[future]
            shown.ended(each.run.key)
            heard(each, future.result())


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
