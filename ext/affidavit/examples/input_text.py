"""The inputs of a run as they stand in its record, with a line for each line of a file. Pure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import assert_never

from affidavit.model.examples import Ready, ReadyKind
from affidavit.model.inputs import MODE, DeclaredInput, FileInput, HttpInput, Input, ServiceInput
from affidavit.model.plain import Node


class Kind(StrEnum):
    """What an input is."""

    FILE = "file"
    SERVICE = "service"
    HTTP = "http"
    DECLARED = "declared"


_MODE = re.compile("[4-7][0-7]{2}")


def input_tree(one: Input) -> dict[str, object]:
    """Return an input as a record has it."""
    match one:
        case FileInput():
            return {"kind": Kind.FILE, "path": one.path, **_mode(one.mode), **_content(one)}
        case ServiceInput():
            return {"kind": Kind.SERVICE, "command": one.command, "ready": [*map(_sign, one.ready)], "stop": one.stop}
        case HttpInput():
            return {"kind": Kind.HTTP, "base": one.base}
        case DeclaredInput():
            return {"kind": Kind.DECLARED, "name": one.name, **_hash(one.hash)}
        case _:  # pragma: no cover
            assert_never(one)


def read_input(node: Node) -> Input:
    """Return what an input of a record says."""
    match node.field("kind").word(Kind):
        case Kind.FILE:
            return _file(node)
        case Kind.SERVICE:
            _, command, ready, stop = node.record("kind", "command", "ready", "stop")
            return ServiceInput(command.text(), tuple(map(_read_sign, ready.entries())), stop.text())
        case Kind.HTTP:
            _, base = node.record("kind", "base")
            return HttpInput(base.text(empty=True))
        case Kind.DECLARED:
            node.only("kind", "name", "hash")
            return DeclaredInput(node.field("name").text(), _read_hash(node))
        case unknown:  # pragma: no cover
            assert_never(unknown)


def _mode(mode: int) -> dict[str, str]:
    return {} if mode == MODE else {"mode": f"{mode:o}"}


def _content(file: FileInput) -> dict[str, object]:
    return {"source": file.source, **_hash(file.hash)} if file.source else {"text": file.text.split("\n")}


def _hash(told: str) -> dict[str, str]:
    return {"hash": told} if told else {}


def _sign(sign: Ready) -> dict[str, object]:
    return {"kind": str(sign.kind), "value": sign.value, **({"status": sign.status} if sign.status else {})}


def _file(node: Node) -> FileInput:
    path, mode = node.field("path"), _read_mode(node)
    if "source" in node.table():
        node.only("kind", "path", "mode", "source", "hash")
        return FileInput(path.text(), "", node.field("source").text(), _read_hash(node), mode)
    node.only("kind", "path", "mode", "text")
    return FileInput(path.text(), node.field("text").lines(), mode=mode)


def _read_mode(node: Node) -> int:
    if "mode" not in node.table():
        return MODE
    told = node.field("mode")
    mode = int(told.text(), 8) if _MODE.fullmatch(told.text()) else MODE
    if mode == MODE:
        told.fail(f"must be three octal digits other than {MODE:o}, or left out")
    return mode


def _read_hash(node: Node) -> str:
    return node.field("hash").digest() if "hash" in node.table() else ""


def _read_sign(node: Node) -> Ready:
    node.only("kind", "value", "status")
    kind, value = node.field("kind").word(ReadyKind), node.field("value").text(empty=True)
    if "status" not in node.table():
        return Ready(kind, value)
    status = node.field("status")
    if status.whole() <= 0:
        status.fail("must be above 0, or left out")
    return Ready(kind, value, status.whole())
