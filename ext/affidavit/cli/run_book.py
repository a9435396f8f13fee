"""Writing evidence down, one run after the other, so that whoever is killed leaves nothing that is not so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from affidavit.examples.came import Came
from affidavit.examples.store import write_proofs, write_record
from affidavit.model.evidence import Proof


@dataclass(frozen=True, slots=True)
class Book:
    """The folder of evidence, and when all runs were last seen to be as their records have it."""

    folder: Path
    proofs: dict[str, Proof] = field(default_factory=dict)

    def enter(self, came: Came) -> None:
        """Write what a run saw, if that says something new, and when it was seen."""
        if came.record is None:
            return
        key = came.planned.run.key
        if came.is_new:
            self._forget(key)
            write_record(self.folder, key, came.record)
        self.proofs[key] = Proof(came.planned.today.day, came.seconds, came.shared)
        write_proofs(self.folder, self.proofs)

    def _forget(self, key: str) -> None:
        """Take the day of the old record away, which would stand for the new one if the next step were the last."""
        if self.proofs.pop(key, None) is not None:
            write_proofs(self.folder, self.proofs)
