"""Writes evidence of a project's runs, as if they had been made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace
from tests.sphinx.conftest import Site

from affidavit.clock import today
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.locks import read_locks
from affidavit.examples.environments.machine import system
from affidavit.examples.evidence import digest_of
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.plan import Run, plan
from affidavit.examples.store import write_proofs, write_record
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.sphinx.domain import AffidavitDomain
from affidavit.sphinx.settings import from_config

VERSIONS = (("bash", "5"), ("httpd", "Apache httpd 2.4"))


def prove(site: Site, came: Callable[[Run], Sequence[Seen] | None], day: date | None = None, **changes: object) -> None:
    """Write a record of each run, with what it came to; none of a run of which that is ``None``."""
    with site.application("dummy") as app:
        app.build()
        examples = AffidavitDomain.of(app.env).corpus.examples
        environments = from_config(app)[0].environments
        declared = Declared(environments, read_locks(environments, site.src))
    proofs = {}
    for run in plan(examples, declared.names).runs:
        seen = came(run)
        if seen is None:
            continue
        mark = fingerprint(run, {}, declared.mark(run.environment))
        record = Record(mark, Outcome.FINISHED, tuple(seen), VERSIONS, system(), "bubblewrap")
        made = replace(record, **changes)
        write_record(site.src / "evidence", run.key, made)
        proofs[run.key] = Proof(day or today(), 1.5, record=digest_of(made))
    write_proofs(site.src / "evidence", proofs)
