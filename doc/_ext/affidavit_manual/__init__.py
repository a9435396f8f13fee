"""What the manual generates from the code: tables, lists of options and messages, the output of the command.

A local extension of this site; it is no part of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from affidavit.examples import evidence
from affidavit.notes import lock, shape
from affidavit.reports import claims
from affidavit_manual.generated import DIRECTIVES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SCHEMAS: Mapping[str, Callable[[], str]] = {
    f"claims-{claims.FORMAT_VERSION}.schema.json": claims.schema,
    f"lock-{shape.VERSION}.schema.json": lock.schema,
    **{f"record-{each}.schema.json": partial(evidence.schema, "record", each) for each in evidence.RECORD_VERSIONS},
    f"proofs-{evidence.PROOFS_VERSION}.schema.json": partial(evidence.schema, "proofs", evidence.PROOFS_VERSION),
}
"""The JSON Schemas that are published, each by its file."""


def build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Publish the JSON Schemas beside ``claims.json``, where an address can name them."""
    if exception is None and app.builder.format == "html" and app.builder.name != "epub":
        for name, schema in SCHEMAS.items():
            (Path(app.outdir) / name).write_text(schema(), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, and ``message`` as a kind of object that pages link to."""
    app.add_object_type("message", "message", indextemplate="pair: %s; message", objname="message")
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("build-finished", build_finished)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
