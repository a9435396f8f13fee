"""How a command ends, and how it says what is wrong."""

from __future__ import annotations

import sys
from enum import IntEnum

from affidavit.model.errors import AffidavitError
from affidavit.model.visible import visible


class Status(IntEnum):
    """The exit status of the command."""

    FINE = 0
    ERRORS = 1
    USAGE = 2
    UNABLE = 3
    """Of a check that was to fail on it, and of a comparison: whether something is true could not be told."""
    INTERRUPTED = 130
    """As shells have it for SIGINT."""


class UsageError(AffidavitError):
    """The command was called in a way that cannot work."""


def say(text: str) -> None:
    """Print what the user asked for."""
    print(text)  # noqa: T201 -- printing is what a command does, and it does it here


def tell(problem: AffidavitError | str) -> None:
    """Print a problem on standard error, on one line whatever it holds, without what would steer a terminal."""
    print(f"affidavit: {visible(' '.join(str(problem).split()))}", file=sys.stderr)  # noqa: T201 -- likewise
