"""``affidavit run --shell``: a shell in the prepared workspace of a run, for whoever wants to look into it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from affidavit.cli.outcome import Status, UsageError, tell
from affidavit.cli.run_names import work_of
from affidavit.examples.ground import Failed, Ground
from affidavit.examples.observed import Keeping, reason_of
from affidavit.examples.planned import Planned, Plans
from affidavit.examples.readiness import job_of
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.conversation import Conversation
from affidavit.examples.sandbox.reporter import Reporter
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import SandboxError, Unable
from affidavit.examples.sandbox.wire import size_line, typed_line
from affidavit.examples.shells import prepared, with_shell
from affidavit.examples.sites import Site
from affidavit.model.runs import Console, End, Job

PIECE = 4096


def require_terminal() -> None:
    """Raise :class:`UsageError` where nobody could type."""
    if os.name != "posix" or not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("`--shell` needs a terminal.", advice="Call it from one, and not in a pipe.")


def open_shell(plans: Plans, site: Site) -> Status:
    """Prepare the one run that was asked for, and give the user a shell in it."""
    planned = _only(plans)
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        tell(f"No example can be run here. {sandbox.reason} {sandbox.advice}")
        return Status.UNABLE
    run = prepared(planned.run)
    ground = work_of(site, [planned], sandbox, 1).ground_of(run)
    job = job_of(run, ground)
    if isinstance(job, Failed):
        tell(f"`{planned.run.key}` cannot be prepared: {job.reason.rstrip('.')}.")
        return Status.ERRORS
    return _opened(planned, with_shell(job, _console(planned.run.key)), ground)


def _only(plans: Plans) -> Planned:
    runs = plans.planned
    if len(runs) == 1:
        return runs[0]
    if not runs:
        raise UsageError("No run has that name.", advice="`affidavit run --list` shows all runs.")
    named = ", ".join(f"`{each.run.key}`" for each in runs)
    raise UsageError("There are several such runs.", advice=f"Name one of them: {named}.")


def _console(key: str) -> Console:
    prompt = ("PS1", f"({key}) \\w\\$ ")
    return Console(_size(), (("TERM", os.environ.get("TERM", "dumb")), prompt))


def _opened(planned: Planned, job: Job, ground: Ground) -> Status:
    """Let the shell go on until it is left, or what it runs in ends."""
    tell(f"Preparing the workspace of `{planned.run.key}`.")
    try:
        with TemporaryDirectory(prefix="affidavit-", ignore_cleanup_errors=True) as folder, _Keyboard() as keyboard:
            ran = run_job(job, Path(folder), ground.sandbox, keyboard)
    except SandboxError as error:
        tell(error)
        return Status.ERRORS
    if ran.end is End.FINISHED:
        tell("All that ran there has ended, and its files are gone.")
        return Status.FINE
    keeping = Keeping(ground.redactor, ground.own)
    why = reason_of(prepared(planned.run), ran, job.limits, keeping) or keeping.raw(ran.detail).strip()
    tell(f"`{planned.run.key}` ended: {why or 'no more is known'}.")
    return Status.ERRORS


class _Keyboard(Reporter):
    """The user's terminal: what is typed there goes to the shell, and what that prints is shown."""

    def __init__(self) -> None:
        self._talk: Conversation | None = None
        self._usual: list[Any] = []

    def __enter__(self) -> Self:
        # A signal may come at any time; by way of a pipe it is dealt with when nothing else is.
        self._resized, self._resize = os.pipe()
        self._on_size = signal.signal(signal.SIGWINCH, lambda *_: os.write(self._resize, b"."))
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGWINCH, self._on_size)
        for descriptor in (self._resized, self._resize):
            os.close(descriptor)
        if self._usual:
            import termios  # noqa: PLC0415 -- other systems lack it

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._usual)

    def opened(self, talk: Conversation) -> None:
        """Say how to leave, and hand on each key as it is."""
        import termios  # noqa: PLC0415 -- as above
        import tty  # noqa: PLC0415 -- as above

        tell("Leave this shell with `exit` or Ctrl-D; all that runs in it ends then.")
        self._usual = termios.tcgetattr(sys.stdin)
        tty.setraw(sys.stdin)
        self._talk = talk
        talk.listen(sys.stdin.fileno(), self._typed)
        talk.listen(self._resized, self._tell_size)

    def printed(self, data: bytes) -> None:
        """Show what the shell prints."""
        while data:
            data = data[os.write(sys.stdout.fileno(), data) :]

    def _typed(self) -> None:
        piece = os.read(sys.stdin.fileno(), PIECE)
        if not piece:
            raise KeyboardInterrupt  # the terminal is gone
        if self._talk:
            self._talk.say(typed_line(piece))

    def _tell_size(self) -> None:
        os.read(self._resized, PIECE)
        if self._talk:
            self._talk.say(size_line(*_size()))


def _size() -> tuple[int, int]:
    """Return the lines and columns of the user's terminal."""
    found = os.get_terminal_size(sys.stdout.fileno())
    return found.lines, found.columns
