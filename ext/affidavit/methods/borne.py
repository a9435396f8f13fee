"""Whether runs bear out a statement, release by release, from what they showed alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from affidavit.methods.verdict import SHOWN
from affidavit.model.cells import Borne, Cell, Showed
from affidavit.model.evidence import State
from affidavit.model.releases import Interval, Releases
from affidavit.model.statements import Bears, Says, Statement


def borne(statement: Statement, cells: Iterable[Cell], releases: Releases) -> tuple[Borne, ...]:
    """Return what runs make of a statement in each of its releases, oldest first."""
    about = [each for each in cells if _is_about(statement, each)]
    return tuple(_in_release(statement, release, about) for release in _speaks_of(statement, releases))


def as_it_says(statement: Statement, cell: Cell) -> bool | None:
    """Tell whether a run came as a statement says; ``None`` where that is not known, or was too long ago.

    What speaks against a statement may speak against a card, too. What bears it out must be proven: a run that came
    otherwise than its page and card have it may have failed for any reason, such as a limit. What fails in none of the
    ways that a statement names speaks against it.
    """
    if cell.showed is Showed.NOTHING or cell.state is State.EXPIRED:
        return None
    if not cell.method:  # a plain example shows on its page what it comes to, be it a failure
        return cell.state in SHOWN and fails_so(statement, cell)
    if (cell.showed is Showed.WORKS) != (statement.says is Says.WORKS) or not fails_so(statement, cell):
        return False
    return True if cell.state in SHOWN else None


def fails_so(statement: Statement, cell: Cell) -> bool:
    """Tell whether a run fails in a way that a statement names, if it names any."""
    named = statement.symptoms
    return not named or (cell.tried is not None and not cell.tried.failed_with.isdisjoint(named))


def intervals(found: Iterable[Borne], bears: Bears, releases: Releases) -> tuple[Interval, ...]:
    """Return the releases in which a statement fared so, those that follow each other as one interval."""
    at = [releases.position(each.release) for each in found if each.bears is bears]
    numbered = enumerate(sorted(position for position in at if position is not None))
    runs = ([position for _, position in run] for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]))
    items = releases.items
    return tuple(Interval(items[run[0]].version, items[run[-1]].version) for run in runs)


def _speaks_of(statement: Statement, releases: Releases) -> Iterator[str]:
    """Yield the releases of a statement; an empty one where the site knows of none."""
    spoken = {at for each in statement.intervals for at in releases.span(each)}
    known = (each.version for at, each in enumerate(releases.items) if not statement.intervals or at in spoken)
    return known if releases.items else iter([""])


def _is_about(statement: Statement, cell: Cell) -> bool:
    about = statement.about
    if cell.tried is None:
        return False
    if not cell.method:
        return cell.tried.example in about.examples
    named = not about.variants or cell.variant in about.variants
    return named and cell.method in about.methods and (not about.features or cell.feature in about.features)


def _in_release(statement: Statement, release: str, about: Sequence[Cell]) -> Borne:
    """Judge a release; a plain example that runs in no release of its own speaks of all."""
    here = [each for each in about if not release or each.release == release or not (each.method or each.release)]
    told = [(as_it_says(statement, cell), cell) for cell in _counting(statement, here)]
    against, shown = [cell for came, cell in told if came is False], [cell for came, cell in told if came]
    silent = [cell for came, cell in told if came is None]
    bears = Bears.CONTRADICTED if against else Bears.BORNE_OUT if shown else Bears.NOT_TRIED
    return Borne(release, bears, (*against, *shown, *silent), len(against) + len(shown))


def _counting(statement: Statement, here: Sequence[Cell]) -> Sequence[Cell]:
    """Leave out setups that run, where a method is said to fail and probes were tried: to start is not yet to work."""
    probed = any(each.feature and each.showed is not Showed.NOTHING for each in here)
    if statement.says is Says.WORKS or not probed:
        return here
    return [each for each in here if not each.method or each.feature or each.showed is not Showed.WORKS]
