"""What tells that a service can be used: each kind is a function that is asked until nothing is lacking."""

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


def lacking(condition: dict[str, Any], service: Program, around: Around) -> str:
    """Return what a condition lacks now, empty where it holds."""
    return _KINDS[condition["kind"]](condition, service, around)


def _answers(condition: dict[str, Any], _service: Program, around: Around) -> str:
    address = urlsplit(condition["value"])
    path = address.path or "/"
    query = f"?{address.query}" if address.query else ""
    try:
        answer = exchange(condition["value"], f"GET {path}{query} HTTP/1.1", _asking(around))
    except (OSError, ValueError):
        return f"{condition['value']} does not answer"
    if condition["status"] in {0, answer.status}:
        return ""
    return f"{condition['value']} answers {answer.status}, not {condition['status']}"


def _listens(condition: dict[str, Any], _service: Program, around: Around) -> str:
    host, _, port = condition["value"].rpartition(":")
    try:
        open_connection(host.strip("[]") or "localhost", int(port), _asking(around)).close()
    except (OSError, ValueError):
        return f"nothing listens at {condition['value']}"
    return ""


def _said(condition: dict[str, Any], service: Program, _around: Around) -> str:
    found = re.search(condition["value"], service.output.text(), re.MULTILINE)
    return "" if found else f"its log has no line with `{condition['value']}`"


def _is_there(condition: dict[str, Any], _service: Program, around: Around) -> str:
    found = os.path.exists(os.path.join(around.workspace, condition["value"]))
    return "" if found else f"there is no file `{condition['value']}`"


def _asking(around: Around) -> Asking:
    # What a page answers while it is waited for is nobody's output, and its status is all that counts.
    return Asking(around.watch, Budget(LARGEST + PIECE), PATIENCE, enough=PIECE)


_KINDS: dict[str, Callable[[dict[str, Any], Program, Around], str]] = {
    "url": _answers,
    "port": _listens,
    "log": _said,
    "file": _is_there,
}
