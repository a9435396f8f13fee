"""Evidence: what a run saw, kept in the repository, and what that makes of an example today. Values only."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from affidavit.model.inputs import Input


class Outcome(StrEnum):
    """What a run came to, apart from what its page expects."""

    FINISHED = "finished"
    """All steps were done; whether they printed what the page shows is for the page of the day to say."""
    BROKE_OFF = "broke-off"
    """It ended before its last step: a service died, or a session."""
    EXCEEDED = "exceeded"
    """A limit ended it before its last step, such as its time: what it would have come to is not known."""
    UNABLE = "unable"
    """Nothing could be tried: a program is missing, or a guarantee of the sandbox."""


ENDED_EARLY = frozenset({Outcome.BROKE_OFF, Outcome.EXCEEDED})
"""The outcomes of runs that did not come to their last step, for a reason that the record has."""


class Seen(Struct, frozen=True):
    """An exchange of a run: what was put in and what came out, settled. ``status`` is that of the exit, or of HTTP."""

    given: str
    output: str
    status: int | None = None


class Record(Struct, frozen=True):
    """What a run saw, and all that this depends on.

    ``fingerprint`` is that of what ran. ``seen`` are the exchanges in their order; ``reason`` says why it ended early.
    ``versions`` are those of all declared programs and packages, by name. ``inputs`` is what else acted, in the order
    of the chain; ``None`` in a record of version 1, which knows nothing of that.
    """

    fingerprint: str
    outcome: Outcome
    seen: tuple[Seen, ...]
    versions: tuple[tuple[str, str], ...]
    platform: str
    sandbox: str
    reason: str = ""
    inputs: tuple[Input, ...] | None = None


class Proof(Struct, frozen=True):
    """When a record was last seen to be so, and how many seconds that took.

    ``shared`` tells that it was seen in one start of its setup together with others. ``record`` is the digest of the
    record that it is about: the day of one says nothing of another. It is empty of one that is not kept.
    """

    day: date
    seconds: float
    shared: bool = False
    record: str = ""


class State(StrEnum):
    """What the evidence makes of an example."""

    PROVEN = "proven"
    PROVEN_ELSEWHERE = "proven elsewhere"
    """On another platform than that of here; other versions than those that are locked make it stale."""
    STALE = "stale"
    """What ran is not what the page shows now."""
    EXPIRED = "expired"
    """It was proven, longer ago than evidence counts."""
    DRIFTED = "drifted"
    """What was seen is not what the page shows."""
    CONTRADICTED = "contradicted"
    """It is documented to fail and does not, or fails in another way; or it fails where nobody said so."""
    NOT_YET_PROVEN = "not yet proven"
    UNABLE = "unable"


WORST_FIRST = (
    State.CONTRADICTED,
    State.DRIFTED,
    State.STALE,
    State.UNABLE,
    State.NOT_YET_PROVEN,
    State.EXPIRED,
    State.PROVEN_ELSEWHERE,
    State.PROVEN,
)
"""The states of runs; of several about one thing, the worst counts."""
