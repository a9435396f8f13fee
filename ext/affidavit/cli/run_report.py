"""Reports on what came of runs, each in the form that the name of its file ends with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import affidavit
from affidavit.cli.check_output import require_writable, write
from affidavit.cli.check_subject import origin_folder
from affidavit.cli.outcome import UsageError
from affidavit.examples.came import Came
from affidavit.examples.findings import report_of
from affidavit.model.verdicts import Finding
from affidavit.reports.formats import FORMATS
from affidavit.reports.origin import Origin

FORMS = {".json": "json", ".md": "markdown", ".sarif": "sarif", ".txt": "text", ".xml": "junit"}
"""The formats by the ends of names."""


def require_reports(paths: Iterable[Path]) -> None:
    """Raise :class:`UsageError` where a report could not be written, before anything runs."""
    for path in paths:
        if path.suffix not in FORMS:
            advice = f"Let it end with one of {', '.join(FORMS)}."
            raise UsageError(f"The name of the report `{path}` does not say in which form it is to be.", advice=advice)
        require_writable(path)


def write_reports(paths: Sequence[Path], sourcedir: Path, came: Iterable[Came], others: Iterable[Finding]) -> None:
    """Write what came of runs, and ``others``, which are about what could not be run."""
    if not paths:
        return
    report, origin = report_of(came, others), Origin(origin_folder(sourcedir), affidavit.__version__)
    for path in paths:
        write(path, FORMATS[FORMS[path.suffix]](report, origin))
