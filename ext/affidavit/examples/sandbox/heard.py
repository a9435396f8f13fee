"""What a supervisor tells: lines of events, as JSON. Nothing of it is trusted: it is read field by field. Pure."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.json import Decoder

from affidavit.model.runs import End

_Count = Annotated[int, Meta(ge=0)]


class _Event(Struct, frozen=True, tag_field="event", tag=str.lower, forbid_unknown_fields=True):
    pass


class Ready(_Event, frozen=True):
    """It waits for the job."""


class Begun(_Event, frozen=True):
    """A step begins, so long after the steps did."""

    step: _Count
    milliseconds: _Count


class Showed(_Event, frozen=True, tag="shown"):
    """An exchange was done; see `model.runs.Shown`."""

    step: _Count
    exchange: _Count
    output: str
    status: int | None = None


class Opened(_Event, frozen=True):
    """The shell at a console is there."""


class Printed(_Event, frozen=True):
    """That shell printed something, which comes as base64."""

    data: bytes


class Part(_Event, frozen=True):
    """A part was done, in so much time."""

    milliseconds: _Count


class Kept(_Event, frozen=True):
    """A piece of the archive of what the steps left, as base64."""

    data: bytes


class Ended(_Event, frozen=True):
    """That was all: how it ended, at which step, and what is known of that."""

    end: End
    detail: str
    step: _Count | None = None


Event = Ready | Begun | Showed | Opened | Printed | Part | Kept | Ended

_DECODER: Decoder[list[Event]] = Decoder(list[Event])


def events_of(line: bytes) -> list[Event]:
    """Return the events of a line; raise `ValueError` where it holds something else."""
    try:
        return _DECODER.decode(line)
    except RecursionError:
        raise ValueError("It is nested too deep.") from None
