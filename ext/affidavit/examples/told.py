"""What is said of runs: the plan, what came of each, and the sum. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from affidavit.examples.came import Came, Word
from affidavit.examples.compared import Differing
from affidavit.examples.diff import Sides, render
from affidavit.examples.endings import place_of
from affidavit.examples.planned import Planned
from affidavit.examples.steady import Repeated, unsteady_finding
from affidavit.examples.verdict import Mismatch, Unusable
from affidavit.model.evidence import Record
from affidavit.model.place import Place
from affidavit.model.visible import visible


def plan_lines(planned: Sequence[Planned]) -> Iterator[str]:
    """Give how many run, and what does not, and why."""
    running = sum(not each.left for each in planned)
    left = Counter(each.left for each in planned if each.left)
    rest = "".join(f", {number} {why}" for why, number in left.items())
    yield f"{running} {'run' if running == 1 else 'runs'}{rest}"


def list_lines(planned: Iterable[Planned], folder: str) -> Iterator[str]:
    """Give every run with its place, and what the evidence makes of it before anything runs."""
    for each in planned:
        why = f" ({each.before.reason})" if each.before.reason else ""
        left = f", {each.left}: does not run" if each.left else ""
        yield visible(f"{each.run.key}: {placed(each.run.example.place, folder)}: {each.before.state}{why}{left}")


def lines_of(came: Came, folder: str) -> Iterator[str]:
    """Give what came of a run, and each difference with its diff, at the line of its page."""
    place = placed(place_of(came), folder)
    why = f": {came.reason}" if came.reason else ""
    first, *rest = f"{came.planned.run.key}: {place}: {came.word}{why}".split("\n")
    yield visible(f"{first} ({came.seconds:.1f} s)" if came.seconds else first)
    yield from (f"    {visible(line)}" for line in rest)
    for each in came.differing:
        yield from _differing_lines(each, _of(each), folder)


def unsteady_lines(repeated: Repeated, folder: str) -> Iterator[str]:
    """Give what is to be said of a run that did not come to the same each time, with the diff of the first two ways."""
    found = unsteady_finding(repeated)
    yield visible(f"{placed(found.place, folder)}: {found.message} {found.advice} [{found.code}]")
    for each in repeated.differing:
        yield from _differing_lines(each, _of(each, ("earlier", "later")), folder)


def _differing_lines(differing: Differing, told: str, folder: str) -> Iterator[str]:
    exchange = differing.exchange
    yield f"  {placed(exchange.place, folder)}: {visible(exchange.given.partition(chr(10))[0])}"
    yield from (f"    {shown(line)}" for line in told.rstrip("\n").split("\n"))


def sum_line(came: Sequence[Came]) -> str:
    """Return how many runs came to what, in the order of the words."""
    counts = Counter(each.word for each in came)
    return ", ".join(f"{counts[word]} {word}" for word in Word if counts[word]) or "Nothing ran."


def log_text(planned: Planned, record: Record) -> str:
    """Return the log of a run: what its record has, to be read by people."""
    versions = ", ".join(f"{name}: {version}" for name, version in record.versions)
    head = [planned.run.key, f"{record.platform}, {record.sandbox}, {versions}", str(record.outcome), record.reason]
    exchanges = [f"> {each.given}\n{each.output}[{each.status}]" for each in record.seen]
    return "\n".join([*filter(None, head), *exchanges]) + "\n"


def placed(place: Place, folder: str) -> str:
    """Return a place as it can be found from here."""
    return f"{folder}/{place}" if folder else str(place)


def shown(line: str) -> str:
    """Return a line that cannot steer a terminal; its blanks stay."""
    return line if line.isprintable() else "".join(each if each.isprintable() else visible(each) for each in line)


def _of(differing: Differing, sides: Sides = ("expected", "seen")) -> str:
    match differing.verdict:
        case Mismatch():
            return render(differing.verdict, sides)
        case Unusable(line=line, sentence=sentence):
            return f"{sentence} (line {line} of what the page shows)"
