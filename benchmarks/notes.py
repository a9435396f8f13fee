"""What judging references to release notes takes, beside the build of their page, in one process.

``python -m benchmarks.notes SOURCE OUTPUT NUMBER`` builds the page that :func:`write` made in the folder SOURCE and
prints two times of the processor in seconds: of that build, and of judging all references anew as it did.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.measure import Command, Usage, run
from benchmarks.results import Cell, Measured

if TYPE_CHECKING:
    from affidavit.sphinx.judgement import Judgement
    from benchmarks.scenarios import Ground

RIGHT, WRONG = "notes", "notes-wrong"
BUILD, JUDGING = "build of the page", "judging"

_HERE = Path(__file__).parents[1]
_LOCK = _HERE / "doc" / "release-notes.lock.json"
"""Glance's releases: what a site of some size cites."""

_AGAIN = 9
_CONF = """\
extensions = ["affidavit"]
affidavit_release_notes = {{{name!r}: {{"inventory": "", "url": {url!r}}}}}
"""


def right(ground: Ground) -> Measured:
    """Judge references that all mean a section."""
    return _measure(ground, RIGHT, f"page of {ground.sizes.notes:,} references to release notes")


def wrong(ground: Ground) -> Measured:
    """Judge references that all are wrong, each of which gets advice on what would be right."""
    return _measure(ground, WRONG, f"page of {ground.sizes.notes:,} wrong references to release notes")


def _measure(ground: Ground, key: str, title: str) -> Measured:
    source, number = ground.folder / key, ground.sizes.notes
    write(source, number, wrong=key == WRONG)
    arguments = (
        sys.executable,
        "-m",
        "benchmarks.notes",
        str(source),
        str(ground.folder / f"{key}-built"),
        str(number),
    )
    command = Command(arguments, ground.folder, {"PYTHONPATH": str(_HERE)})
    rounds = [_once(command, ground) for _ in range(ground.track.rounds)]
    problem = next((problem for _, problem in rounds if problem), "")
    runs = [taken for taken, problem in rounds if not problem]
    cells = (Cell(name, tuple(taken[name] for taken in runs) or (_NOTHING,), problem) for name in (BUILD, JUDGING))
    return Measured(key, title, number, tuple(cells))


_NOTHING = Usage(0, 0, 0, 1)


def _once(command: Command, ground: Ground) -> tuple[dict[str, Usage], str]:
    used = run(command, ground.track.log, limit=ground.track.limit)
    printed = ground.track.log.read_text(encoding="utf-8", errors="replace")
    if used.status:
        return {}, f"exit status {used.status}: {' '.join(printed.split())[-200:]}"
    told: dict[str, float] = json.loads(printed.splitlines()[-1])
    ground.track.say(f"{command.arguments[3]}: {told}")
    return {name: Usage(seconds, seconds, used.memory, 0) for name, seconds in told.items()}, ""


def write(source: Path, number: int, *, wrong: bool) -> None:
    """Write a Sphinx project with one page, which refers to the sections of Glance's lock file again and again."""
    source.mkdir()
    copy(_LOCK, source)
    (name, project), *_ = json.loads(_LOCK.read_text(encoding="utf-8"))["projects"].items()
    (source / "conf.py").write_text(_CONF.format(name=name, url=project["url"]), encoding="utf-8")
    forms = [*_forms(project["series"])]
    forms = [_spoiled(form, each) for each, form in enumerate(forms)] if wrong else forms
    targets = (forms[each % len(forms)] for each in range(number))
    page = "".join(f"See :release-note:`{target}` for more of that.\n\n" for target in targets)
    (source / "index.rst").write_text(f"Page\n====\n\n{page}", encoding="utf-8")


def _forms(series: dict[str, dict[str, dict[str, dict[str, str]]]]) -> Iterator[str]:
    for name, held in series.items():
        for version, sections in held["releases"].items():
            yield from (f"{name}/{version}#{title}" for title in sections)


def _spoiled(target: str, number: int) -> str:
    """Return a reference with another fault than its neighbours have."""
    release, _, section = target.partition("#")
    faults = (
        f"{release}x{number % 20}#{section}",
        f"{release}#nothing-{number}",
        f"{release}#{section[:-2]}s {number}",
    )
    return faults[number % len(faults)]


def _build(source: str, output: str, number: int) -> dict[str, float]:
    from sphinx.application import Sphinx  # noqa: PLC0415 -- whoever measures has no need of it

    from affidavit.sphinx.domain import AffidavitDomain  # noqa: PLC0415 -- likewise

    app = Sphinx(
        source, source, output, f"{output}/doctrees", "html", status=None, warning=io.StringIO(), freshenv=True
    )
    begun = process_time()
    app.build(force_all=True)
    built = process_time() - begun
    judgement = AffidavitDomain.of(app.env).judgement
    if judgement is None or len(judgement.corpus.notes) != number:
        sys.exit("The page has other references than it should.")
    return {BUILD: built, JUDGING: median(_judge(judgement) for _ in range(_AGAIN))}


def _judge(judgement: Judgement) -> float:
    """Return what judging takes that knows nothing yet, and resolving each reference once more for drawing it."""
    from affidavit.check import World, judge  # noqa: PLC0415 -- likewise
    from affidavit.gathered import Gathered  # noqa: PLC0415 -- likewise
    from affidavit.noted import resolve  # noqa: PLC0415 -- likewise
    from affidavit.notes.advice import near  # noqa: PLC0415 -- likewise

    near.cache_clear()
    world = World(judgement.world.lock, judgement.world.today)
    begun = process_time()
    judge(Gathered(judgement.corpus, judgement.settings), world)
    for note in judgement.corpus.notes:
        resolve(note, world.notes)
    return process_time() - begun


if __name__ == "__main__":
    print(json.dumps(_build(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201 -- whoever started it reads it
