"""Runs done several times: whether each came to the same every time, and if not, when it came how. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from affidavit.examples.again import is_same, parted
from affidavit.examples.came import Came
from affidavit.examples.compared import Differing
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.planned import Planned
from affidavit.model.codes import Code
from affidavit.model.verdicts import Finding, finding


class Way(Struct, frozen=True):
    """How a run came, and in which rounds, counted from 1: what was ``found`` first, and what that ``came`` to."""

    came: Came
    found: Observed | Failed
    rounds: tuple[int, ...]


class Repeated(Struct, frozen=True):
    """A run that was done several times, and the ways in which it came, the first one first."""

    planned: Planned
    ways: tuple[Way, ...] = ()

    @property
    def is_steady(self) -> bool:
        """Tell whether it came to the same in every round that it was done in."""
        return len(self.ways) == 1

    @property
    def times(self) -> int:
        """Return how often it was done."""
        return sum(len(each.rounds) for each in self.ways)

    @property
    def differing(self) -> tuple[Differing, ...]:
        """Return the exchanges in which the first two ways part, as far as both came."""
        records = [each.found.record for each in self.ways[:2] if isinstance(each.found, Observed)]
        if len(records) < 2:  # noqa: PLR2004 -- one alone differs from nothing
            return ()
        return parted(self.planned.run, records[0], records[1], self.planned.own, self.planned.declared)

    def with_round(self, number: int, came: Came, found: Observed | Failed) -> Repeated:
        """Return it with one more round."""
        ways = list(self.ways)
        for at, each in enumerate(ways):
            if _are_same(each, came, found):
                ways[at] = Way(each.came, each.found, (*each.rounds, number))
                return Repeated(self.planned, tuple(ways))
        return Repeated(self.planned, (*ways, Way(came, found, (number,))))


class Repeats(Struct):
    """What is known of runs that are done several times, while they are."""

    _runs: dict[str, Repeated] = field(default_factory=dict)

    def add(self, number: int, came: Came, found: Observed | Failed) -> bool:
        """Take note of a run in the round of that number; tell whether it is worth a word: it came in another way."""
        key = came.planned.run.key
        before = self._runs.get(key, Repeated(came.planned))
        self._runs[key] = before.with_round(number, came, found)
        return len(self._runs[key].ways) > len(before.ways)

    @property
    def unsteady(self) -> tuple[Repeated, ...]:
        """Return what did not come to the same each time, in the order of the pages."""
        found = (each for each in self._runs.values() if not each.is_steady)
        return tuple(sorted(found, key=lambda each: (each.planned.run.example.place, each.planned.run.key)))

    def sum_lines(self) -> Iterator[str]:
        """Give how many runs came to the same how often; where somebody interrupted, that is not the same for all."""
        times = Counter(each.times for each in self._runs.values() if each.is_steady)
        number = len(self._runs)
        if not times and number:
            yield f"0 of {number} {_runs(number)} came out the same each time."
        for often in sorted(times, reverse=True):
            told = f"came out the same {often} times" if often > 1 else "ran once"
            yield f"{times[often]} of {number} {_runs(number)} {told}."


def unsteady_finding(repeated: Repeated) -> Finding:
    """Return what is to be said of a run that did not come to the same each time: where its page has what parted."""
    place = next((each.exchange.place for each in repeated.differing), repeated.planned.run.example.place)
    told = "; ".join(_told(repeated.ways[:at], each) for at, each in enumerate(repeated.ways))
    message = f"`{repeated.planned.run.key}` does not come out the same each time: {told.rstrip('.')}."
    return finding(Code.EXAMPLE_UNSTEADY, place, message)


def _are_same(way: Way, came: Came, found: Observed | Failed) -> bool:
    if isinstance(way.found, Failed) or isinstance(found, Failed):
        return way.found == found
    planned, old, new = came.planned, way.found.record, found.record
    return way.came.word is came.word and is_same(planned.run, old, new, planned.own, planned.declared)


def _told(before: Sequence[Way], way: Way) -> str:
    word, reason = way.came.word, way.came.reason.partition("\n")[0]
    like = next((each for each in before if each.came.word is word), None)
    other = f", otherwise than in round {like.rounds[0]}" if like else ""
    return f"in {_rounds(way.rounds)} {word}{f' ({reason})' if reason else ''}{other}"


def _rounds(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"rounds {', '.join(first)} and {last}" if first else f"round {last}"


def _runs(number: int) -> str:
    return "run" if number == 1 else "runs"
