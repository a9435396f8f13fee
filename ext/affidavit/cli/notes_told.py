"""What changed upstream, for people and for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import asdict

from affidavit.model.visible import visible_line
from affidavit.notes.changes import Change, summary
from affidavit.notes.drift import Drift, Turn

FORMAT_VERSION = 1
"""Counts up with each change that a reader of the JSON must know about."""


class Compared(Struct, frozen=True):
    """A project beside its lock: what differs, and which references drift; ``unread`` says why nobody knows."""

    project: str
    url: str
    changes: tuple[Change, ...] = ()
    drifts: tuple[Drift, ...] = ()
    unread: str = ""

    @property
    def state(self) -> str:
        """Return the word for what came of comparing it."""
        return "unread" if self.unread else "different" if self.changes or self.drifts else "same"


def as_text(compared: Iterable[Compared], folder: str) -> str:
    """Return it for people; files of references stand below ``folder``."""
    return "\n".join(visible_line(line) for each in compared for line in _lines(each, folder))


def _lines(compared: Compared, folder: str) -> Iterator[str]:
    heads = {"unread": "could not be read", "same": "unchanged", "different": summary(compared.changes)}
    yield f"{compared.project}: {heads[compared.state] or 'the same facts'}"
    yield from (f"  {change}" for change in compared.changes)
    for drift in compared.drifts:
        place = f"{folder}/{drift.ref.place}" if folder else str(drift.ref.place)
        yield f"  {'*' if drift.turn is Turn.MENDED else '!'} {place}: {drift.told}"


def as_json(compared: Sequence[Compared]) -> str:
    """Return it for programs."""
    told = {"version": FORMAT_VERSION, "projects": [_project(each) for each in compared]}
    return json.dumps(told, ensure_ascii=False, indent=2)


def _project(compared: Compared) -> dict[str, object]:
    return {
        "name": compared.project,
        "url": compared.url,
        "state": compared.state,
        **({"reason": compared.unread} if compared.unread else {}),
        "changes": [_change(each) for each in compared.changes],
        "references": [_reference(each) for each in compared.drifts],
    }


def _change(change: Change) -> dict[str, str]:
    """Return where and what a difference is; what is empty is left out."""
    return {name: str(value) for name, value in asdict(change).items() if value} | {"line": str(change)}


def _reference(drift: Drift) -> dict[str, object]:
    place = drift.ref.place
    return {
        "target": drift.ref.target,
        "turn": str(drift.turn),
        "message": drift.told,
        "file": place.file,
        "line": place.line,
    }
