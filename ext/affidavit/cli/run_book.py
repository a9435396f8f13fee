"""Writing evidence down, one run after the other, so that whoever is killed leaves nothing that is not so."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from affidavit.examples.came import Came
from affidavit.examples.evidence import digest_of
from affidavit.examples.store import add_proof, write_record
from affidavit.model.evidence import Proof


class Book(Struct, frozen=True):
    """The folder of evidence."""

    folder: Path

    def enter(self, came: Came) -> None:
        """Write what a run saw, if that says something new, and when it was seen.

        Whoever is killed between the two leaves a record that no proof speaks of. What others wrote meanwhile stays.
        """
        if came.record is None:
            return
        key = came.planned.run.key
        if came.is_new:
            write_record(self.folder, key, came.record)
        proof = Proof(came.planned.today.day, came.seconds, came.shared, digest_of(came.record))
        add_proof(self.folder, key, proof)
