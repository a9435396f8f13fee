"""What is told to whoever started the run: events, all that are told at once as one line, a list of JSON."""

from __future__ import annotations

import os

from .stream import PIECE

try:
    from _json import encode_basestring_ascii as quoted  # what `json` takes, which itself is slow to import
except ImportError:
    from json import dumps as quoted


class Events:
    """Events that are taken down for whoever reads a descriptor, and written when there are many, or when asked to."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._unsaid: list[str] = []
        self._size = 0

    def tell(self, event: str, **facts: str | int | None) -> None:
        """Take an event down."""
        members = "".join([f', "{name}": {_json(value)}' for name, value in facts.items()])
        self._take(f'{{"event": "{event}"{members}}}')

    def begun(self, step: int, milliseconds: int) -> None:
        """Take down that a step begins. This and the next are told of each step, hence at a third of the cost."""
        self._take(f'{{"event": "begun", "step": {step}, "milliseconds": {milliseconds}}}')

    def shown(self, step: int, exchange: int, output: str, status: int | None) -> None:
        """Take down what an exchange showed."""
        members = f'"step": {step}, "exchange": {exchange}, "output": {quoted(output)}, "status": {_json(status)}'
        self._take(f'{{"event": "shown", {members}}}')

    def flush(self) -> None:
        """Write all that was taken down."""
        data = f"[{', '.join(self._unsaid)}]\n".encode() if self._unsaid else b""
        self._unsaid.clear()
        self._size = 0
        while data:
            data = data[os.write(self._descriptor, data) :]

    def _take(self, event: str) -> None:
        self._unsaid.append(event)
        self._size += len(event)
        if self._size > PIECE:
            self.flush()


def _json(value: str | int | None) -> str:
    if isinstance(value, str):
        return quoted(value.encode("utf-8", "replace").decode())  # a name of a file may hold what is no character
    return "null" if value is None else str(value)
