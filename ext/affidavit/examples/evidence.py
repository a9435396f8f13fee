"""Evidence as text: one JSON file for each run, and one for when all of them were last seen to be so. Pure.

The same facts give the same bytes, with a line for each line that was printed, so that a change can be reviewed. Each
version of a format has a reader, and stays readable; what is written has the last version, which its schema describes.

Each record, and each line of the proofs, has a digest of what it says. It is no signature, since whoever can run the
examples can write one, but what was changed by hand, or put together by a merge, is told from what a run left.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from typing import TypeVar

from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.plain import Node, ShapeError

T = TypeVar("T")
_DIGEST = re.compile("sha256:[0-9a-f]{64}")

VERSION = 1
"""The version of both formats that is written."""

PROOFS = "proofs.json"
"""The file, below the folder of evidence, that says when all runs were last seen to be so."""


class EditedError(ShapeError):
    """Evidence is written well, and not as a run left it."""


class LaterError(ShapeError):
    """A file has a version that only a later Affidavit reads."""


def schema(of: str) -> str:
    """Return the JSON Schema (draft 2020-12) of what is written: of a ``record``, or of the ``proofs``."""
    return files(__package__).joinpath(f"{of}-{VERSION}.schema.json").read_text(encoding="utf-8")


def record_text(record: Record) -> str:
    """Return the text of a record's file."""
    return _text({"version": VERSION, "digest": digest_of(record), **_told(record)})


def _told(record: Record) -> dict[str, object]:
    return {
        "fingerprint": record.fingerprint,
        "outcome": str(record.outcome),
        "reason": record.reason,
        "platform": record.platform,
        "sandbox": record.sandbox,
        "versions": dict(sorted(record.versions)),
        "seen": [_seen(each) for each in record.seen],
    }


def _digest(said: object) -> str:
    """Return the digest of what is said, however it is laid out."""
    text = json.dumps(said, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def digest_of(record: Record) -> str:
    """Return the digest of a record, by which a proof names it."""
    return _digest(_told(record))


def proofs_text(proofs: Mapping[str, Proof]) -> str:
    """Return the text of the file that says when each run was last seen to be as its record has it, by its key."""
    told = {key: {**_proof(each), "digest": _digest([key, _proof(each)])} for key, each in sorted(proofs.items())}
    lines = ",\n".join(f"    {json.dumps(key, ensure_ascii=False)}: {json.dumps(each)}" for key, each in told.items())
    table = f"{{\n{lines}\n  }}" if lines else "{}"
    return f'{{\n  "version": {VERSION},\n  "proofs": {table}\n}}\n'


def read_record(text: str) -> Record:
    """Return what the text of a record says; raise :class:`ShapeError`, and nothing else, for any other text."""
    return _read(text, _RECORDS)


def read_proofs(text: str) -> dict[str, Proof]:
    """Return when each run was last seen to be so; raise :class:`ShapeError`, and nothing else, for any other text."""
    return _read(text, _PROOFS)


def _record_1(top: Node) -> Record:
    names = ("version", "digest", "fingerprint", "outcome", "reason", "platform", "sandbox", "versions", "seen")
    _, digest, fingerprint, outcome, reason, platform, sandbox, versions, seen = top.record(*names)
    record = Record(
        fingerprint.text(),
        outcome.word(Outcome),
        tuple(_read_seen(each) for each in seen.entries()),
        tuple((each.name, each.text(empty=True)) for each in versions.members()),
        platform.text(),
        sandbox.text(),
        reason.text(empty=True),
    )
    _require_unedited(digest, _said(top))
    return record


def _said(node: Node) -> dict[str, object]:
    """Return what a digest is of."""
    return {name: value for name, value in node.table().items() if name not in {"version", "digest"}}


def _require_unedited(digest: Node, said: object) -> None:
    if _digest_in(digest) != _digest(said):
        message = f"it{_at(digest)} is not as a run left it: its digest is another one"
        raise EditedError(message)


def _digest_in(node: Node) -> str:
    if not _DIGEST.fullmatch(node.text()):
        node.fail("must be `sha256:` and 64 digits")
    return node.text()


def _at(digest: Node) -> str:
    return f", at `{digest.path[-2]}`," if len(digest.path) > 1 else ""


def _proofs_1(top: Node) -> dict[str, Proof]:
    _, proofs = top.record("version", "proofs")
    return {each.name: _read_proof(each) for each in proofs.members()}


_RECORDS: Mapping[int, Callable[[Node], Record]] = {1: _record_1}
_PROOFS: Mapping[int, Callable[[Node], dict[str, Proof]]] = {1: _proofs_1}
"""The readers, by the version of what they read: a new version is a new row, and the old ones stay."""


def _seen(seen: Seen) -> dict[str, object]:
    status = {} if seen.status is None else {"status": seen.status}
    return {"given": seen.given.split("\n"), "output": seen.output.split("\n"), **status}


def _read_seen(node: Node) -> Seen:
    node.only("given", "output", "status")
    given, output = _lines(node.field("given")), _lines(node.field("output"))
    return Seen(given, output, node.field("status").whole() if "status" in node.table() else None)


def _lines(node: Node) -> str:
    return "\n".join(each.text(empty=True) for each in node.entries())


def _read_proof(node: Node) -> Proof:
    node.only("day", "seconds", "shared", "record", "digest")
    day, seconds, record, digest = (node.field(name) for name in ("day", "seconds", "record", "digest"))
    proof = Proof(_day(day), seconds.number(), _is_shared(node), _digest_in(record))
    _require_unedited(digest, [node.name, _said(node)])
    return proof


def _is_shared(node: Node) -> bool:
    if "shared" not in node.table():
        return False
    if node.field("shared").value is not True:
        node.field("shared").fail("must be true, or left out")
    return True


def _proof(proof: Proof) -> dict[str, object]:
    shared = {"shared": True} if proof.shared else {}
    return {"day": proof.day.isoformat(), "seconds": float(proof.seconds), **shared, "record": proof.record}


def _day(node: Node) -> date:
    text = node.text()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        node.fail("must be a day, written as 2030-01-31")
    return day


def _read(text: str, readers: Mapping[int, Callable[[Node], T]]) -> T:
    """Return what a file says, by the reader for its version."""
    top = _parsed(text)
    version = top.field("version").value
    if type(version) is not int or not version > 0:
        top.fail(f"must have a version, such as {VERSION}")
    if version not in readers:
        message = f"it has the version {version}, and only versions up to {max(readers)} are known here"
        raise LaterError(message)
    if not text.endswith("\n"):
        top.fail("was cut short: its last line does not end")
    return readers[version](top)


def _parsed(text: str) -> Node:
    """Return the tree of a file, in which no key stands twice."""
    try:
        return Node(json.loads(text, object_pairs_hook=_without_repetition))
    except ShapeError:
        raise
    except json.JSONDecodeError as error:
        message = f"is no JSON in line {error.lineno} ({error.msg})"
        raise ShapeError(message) from None
    except (ValueError, RecursionError):
        message = "holds a number that is too long, or is nested too deeply"
        raise ShapeError(message) from None


def _without_repetition(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "holds a key twice"
        raise ShapeError(message)
    return found


def _text(tree: object) -> str:
    return f"{json.dumps(tree, ensure_ascii=False, indent=2)}\n"
