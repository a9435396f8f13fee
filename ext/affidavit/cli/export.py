"""``affidavit export``: what the evidence knows of runs, as statements that other programs can sign and judge."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from affidavit.cells import expected
from affidavit.cli.check_output import require_writable, speak_utf_8, write
from affidavit.cli.outcome import Status, say, tell
from affidavit.cli.processes import processes
from affidavit.cli.project import gather
from affidavit.clock import today
from affidavit.examples.judge import stood
from affidavit.examples.sites import site_in
from affidavit.examples.statements import RESULTS, record_name, statements
from affidavit.examples.states import Kept, Stood
from affidavit.examples.store import contents_of
from affidavit.model.place import Place
from affidavit.model.settings import Settings
from affidavit.reports.words import count

WHAT = "file of statements"


def run(arguments: Namespace) -> Status:
    """Write a statement for each run that the evidence knows something of; nothing runs."""
    folder: Path = arguments.sourcedir
    if arguments.output is not None:
        require_writable(arguments.output, WHAT)
    gathered = gather(folder, processes(0))
    expectations = expected(gathered.corpus, gathered.settings)
    site = site_in(folder, folder, gathered.corpus.examples, gathered.settings, expectations)
    settings = site.settings
    found = _runs(stood(site.examples, site.tried(), _ageless(settings), today(), site.expected))
    text = "".join(f"{line}\n" for line in statements(found, _hashes(found, folder, settings), settings.evidence))
    _write(arguments.output, text)
    return _told(found, site.kept)


def _ageless(settings: Settings) -> Settings:
    """Return settings by which the day of today makes no difference: what was seen was seen."""
    return replace(settings, evidence_days=0)


def _runs(found: Mapping[Place, tuple[Stood, ...]]) -> list[Stood]:
    return [each for runs in found.values() for each in runs]


def _hashes(found: Sequence[Stood], folder: Path, settings: Settings) -> dict[str, str]:
    records = contents_of([record_name(each.run.key) for each in found], folder / settings.evidence)
    return records | contents_of({each.run.example.place.file for each in found}, folder)


def _write(path: Path | None, text: str) -> None:
    if path is None:
        speak_utf_8()
        if text:
            say(text.removesuffix("\n"))
        return
    write(path, text, WHAT)
    say(f"{path}: {count(text.count(chr(10)), 'statement')}")


def _told(found: Sequence[Stood], kept: Kept) -> Status:
    """Tell what there is no statement of; evidence that cannot be read must be mended."""
    for name, why in kept.unreadable.items():
        tell(f"The evidence `{name}` cannot be used: {why}. Restore it from version control.")
    for each in found:
        if each.standing.state not in RESULTS:
            tell(f"`{each.run.key}` is left out: {each.standing.reason}.")
    return Status.ERRORS if kept.unreadable else Status.FINE
