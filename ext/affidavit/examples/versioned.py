"""Files of evidence as JSON that says its version, and has a reader for each. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

from affidavit.model.plain import Node, ShapeError

T = TypeVar("T")

Reader = Callable[[Node, str], T]
"""What reads one version of a format: from its tree, and the text that this was read from."""


class EditedError(ShapeError):
    """Evidence is written well, and not as a run left it."""


class LaterError(ShapeError):
    """A file has a version that only a later Affidavit reads."""


def read(text: str, readers: Mapping[int, Reader[T]]) -> T:
    """Return what a file says, by the reader for its version; raise :class:`ShapeError`, and nothing else, if none."""
    top = _parsed(text)
    version = top.field("version").value
    if type(version) is not int or not version > 0:
        top.fail(f"must have a version, such as {max(readers)}")
    if version not in readers:
        message = f"it has the version {version}, and only versions up to {max(readers)} are known here"
        raise LaterError(message)
    if not text.endswith("\n"):
        top.fail("was cut short: its last line does not end")
    return readers[version](top, text)


def written(tree: object) -> str:
    """Return a tree as the text of a file."""
    return f"{json.dumps(tree, ensure_ascii=False, indent=2)}\n"


def _parsed(text: str) -> Node:
    """Return the tree of a file, in which no key stands twice."""
    try:
        return Node(json.loads(text, object_pairs_hook=_without_repetition))
    except ShapeError:
        raise
    except json.JSONDecodeError as error:
        message = f"it is no JSON in line {error.lineno} ({error.msg})"
        raise ShapeError(message, error.lineno) from None
    except (ValueError, RecursionError):
        message = "it holds a number that is too long, or is nested too deeply"
        raise ShapeError(message) from None


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "it holds a key twice"
        raise ShapeError(message)
    return found
