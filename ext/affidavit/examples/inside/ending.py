"""How a run ends early: raised wherever that is noticed, caught once, told as the last event. Pure."""

from __future__ import annotations


class EndedError(Exception):
    """The run is over: ``end`` is a word of ``model.runs.End``, ``detail`` what is known of it."""

    def __init__(self, end: str, detail: str = "") -> None:
        super().__init__(end, detail)
        self.end = end
        self.detail = detail


class OrphanedError(Exception):
    """Whoever started the run is gone, so nobody hears what came of it."""
