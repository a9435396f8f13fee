"""Evidence as text: one JSON file for each run, and one for when all of them were last seen to be so. Pure.

The same facts give the same bytes, with a line for each line that was printed, so that a change can be reviewed. Each
version of a format has a reader, and stays readable; what runs write has the last version, which its schema describes.

Each record, and each line of the proofs, has a digest of what it says. It is no signature, since whoever can run the
examples can write one, but what was changed by hand, or put together by a merge, is told from what a run left.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from msgspec.structs import replace

from affidavit.examples.edited import LINES, changed_line, checksums, line_of, lines_of, own_checksums
from affidavit.examples.input_text import input_tree, read_input
from affidavit.examples.versioned import EditedError, Reader, read, written
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.plain import Node

RECORD_VERSIONS, PROOFS_VERSION = (1, 2), 1
"""The versions of the two formats that are read; the last one is what runs write."""

PROOFS = "proofs.json"
"""The file, below the folder of evidence, that says when all runs were last seen to be so."""

_CHECKSUMS = re.compile("([0-9a-f]{3})+")
_BESIDE = frozenset({"version", "digest", LINES})
"""The keys of what a digest is not of."""


def schema(of: str, version: int) -> str:
    """Return the JSON Schema (draft 2020-12) of a version of the ``record``, or of the ``proofs``."""
    return files(__package__).joinpath(f"{of}-{version}.schema.json").read_text(encoding="utf-8")


def record_text(record: Record) -> str:
    """Return the text of a record's file: one that does not know its inputs stays of the first version."""
    told = _told(record)
    if record.inputs is None:
        return written({"version": 1, "digest": digest_of(record), **told})
    return written({"version": RECORD_VERSIONS[-1], "digest": digest_of(record), LINES: _checksums(told), **told})


def _told(record: Record) -> dict[str, object]:
    return {
        "fingerprint": record.fingerprint,
        "outcome": str(record.outcome),
        "reason": record.reason,
        "platform": record.platform,
        "sandbox": record.sandbox,
        "versions": dict(sorted(record.versions)),
        **({} if record.inputs is None else {"inputs": [*map(input_tree, record.inputs)]}),
        "seen": [_seen(each) for each in record.seen],
    }


def _checksums(told: Mapping[str, object]) -> str:
    """Return the checksums of all lines behind the first ones, which say the version, the digest and these."""
    return checksums(lines_of(written(told))[1:])


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
    return f'{{\n  "version": {PROOFS_VERSION},\n  "proofs": {table}\n}}\n'


def read_record(text: str) -> Record:
    """Return what the text of a record says; raise :class:`ShapeError`, and nothing else, for any other text."""
    return read(text, _RECORDS)


def read_proofs(text: str) -> dict[str, Proof]:
    """Return when each run was last seen to be so; raise :class:`ShapeError`, and nothing else, for any other text."""
    return read(text, _PROOFS)


def _record_1(top: Node, text: str) -> Record:
    top.record("version", "digest", *_KEYS)
    record = _record(top)
    if not _is_as_digested(top):
        raise EditedError(_EDITED, line_of(text, "digest"))
    return record


def _record_2(top: Node, text: str) -> Record:
    top.record("version", "digest", LINES, "inputs", *_KEYS)
    lines = _read_checksums(top.field(LINES))
    record = replace(_record(top), inputs=tuple(map(read_input, top.field("inputs").entries())))
    if not _is_as_digested(top):
        raise EditedError(_EDITED, changed_line(text, lines) or line_of(text, "digest"))
    # Those of the file as it stands are at hand, and mostly right; else it may be laid out in another way.
    if lines != own_checksums(text) and lines != _checksums(_told(record)):
        message = "it is not as a run left it: its checksums of lines are others"
        raise EditedError(message, line_of(text, LINES))
    return record


def _read_checksums(node: Node) -> str:
    if not _CHECKSUMS.fullmatch(node.text()):
        node.fail("must be three hexadecimal digits for each line")
    return node.text()


def _record(top: Node) -> Record:
    """Return what records of all versions say."""
    fingerprint, outcome, reason, platform, sandbox, versions, seen = map(top.field, _KEYS)
    return Record(
        fingerprint.text(),
        outcome.word(Outcome),
        tuple(map(_read_seen, seen.entries())),
        tuple((each.name, each.text(empty=True)) for each in versions.members()),
        platform.text(),
        sandbox.text(),
        reason.text(empty=True),
    )


def _is_as_digested(top: Node) -> bool:
    return top.field("digest").digest() == _digest(_said(top))


def _said(node: Node) -> dict[str, object]:
    """Return what a digest is of."""
    return {name: value for name, value in node.table().items() if name not in _BESIDE}


def _proofs_1(top: Node, text: str) -> dict[str, Proof]:
    _, proofs = top.record("version", "proofs")
    return {each.name: _read_proof(each, text) for each in proofs.members()}


_KEYS = ("fingerprint", "outcome", "reason", "platform", "sandbox", "versions", "seen")
_EDITED = "it is not as a run left it: its digest is another one"
_RECORDS: Mapping[int, Reader[Record]] = {1: _record_1, 2: _record_2}
_PROOFS: Mapping[int, Reader[dict[str, Proof]]] = {1: _proofs_1}
"""The readers, by the version of what they read: a new version is a new row, and the old ones stay."""


def _seen(seen: Seen) -> dict[str, object]:
    status = {} if seen.status is None else {"status": seen.status}
    return {"given": seen.given.split("\n"), "output": seen.output.split("\n"), **status}


def _read_seen(node: Node) -> Seen:
    node.only("given", "output", "status")
    given, output = node.field("given").lines(), node.field("output").lines()
    return Seen(given, output, node.field("status").whole() if "status" in node.table() else None)


def _read_proof(node: Node, text: str) -> Proof:
    node.only("day", "seconds", "shared", "record", "digest")
    day, seconds, record, digest = (node.field(name) for name in ("day", "seconds", "record", "digest"))
    proof = Proof(_day(day), seconds.number(), _is_shared(node), record.digest())
    if digest.digest() != _digest([node.name, _said(node)]):
        message = f"it is not as a run left it: the digest of `{node.name}` is another one"
        raise EditedError(message, line_of(text, node.name))
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
