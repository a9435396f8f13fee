"""What tells that a service can be used: each kind of condition is a function that is asked until it says yes."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from .http_exchange import LARGEST, Asking, exchange, open_connection
from .spawn import Around, Program
from .stream import PIECE, Budget

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

PATIENCE = 2
"""Seconds that one look at an address may take."""


def is_ready(condition: dict[str, Any], service: Program, around: Around) -> bool:
    """Return whether a condition holds now."""
    return _KINDS[condition["kind"]](condition, service, around)


def _answers(condition: dict[str, Any], _service: Program, around: Around) -> bool:
    address = urlsplit(condition["value"])
    path = address.path or "/"
    query = f"?{address.query}" if address.query else ""
    try:
        answer = exchange(condition["value"], f"GET {path}{query} HTTP/1.1", _asking(around))
    except (OSError, ValueError):
        return False
    return condition["status"] in {0, answer.status}


def _listens(condition: dict[str, Any], _service: Program, around: Around) -> bool:
    host, _, port = condition["value"].rpartition(":")
    try:
        open_connection(host.strip("[]") or "localhost", int(port), _asking(around)).close()
    except (OSError, ValueError):
        return False
    return True


def _said(condition: dict[str, Any], service: Program, _around: Around) -> bool:
    return re.search(condition["value"], service.output.text(), re.MULTILINE) is not None


def _is_there(condition: dict[str, Any], _service: Program, around: Around) -> bool:
    return os.path.exists(os.path.join(around.workspace, condition["value"]))


def _asking(around: Around) -> Asking:
    # What a page answers while it is waited for is nobody's output, and its status is all that counts.
    return Asking(around.watch, Budget(LARGEST + PIECE), PATIENCE, enough=PIECE)


_KINDS: dict[str, Callable[[dict[str, Any], Program, Around], bool]] = {
    "url": _answers,
    "port": _listens,
    "log": _said,
    "file": _is_there,
}
