"""What must be true of running examples: a row each, judged by ratios inside one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct


class Time(Struct, frozen=True):
    """Seconds of all processors, and on the clock."""

    cpu: float
    clock: float


class Measured(Struct, frozen=True):
    """What was measured: of nothing but starting, and of each kind of commands, by who did them.

    ``planning`` is the share of ten runs that planning takes, ``sooner`` how many times as fast two at a time are.
    """

    starting: Mapping[str, Time]
    kinds: Mapping[str, Mapping[str, Time]]
    planning: float
    sooner: float


class Demand(Struct, frozen=True):
    """A figure that must stay at or below ``most``, or, where ``least`` is given, at or above that."""

    name: str
    figure: float
    unit: str
    most: float = 0
    least: float = 0

    @property
    def holds(self) -> bool:
        """Return whether the figure is good enough."""
        return self.figure >= self.least if self.least else self.figure <= self.most

    @property
    def row(self) -> str:
        """Return its row of the table."""
        bound = f"at least {self.least:g} {self.unit}" if self.least else f"at most {self.most:g} {self.unit}"
        return f"| {self.name} | {bound} | {self.figure:.2f} | {'pass' if self.holds else 'FAIL'} |"


def demands(measured: Measured) -> Iterator[Demand]:
    """Give what is demanded, with its figures; prysk is held against where it ran."""
    start = measured.starting["affidavit"].clock
    for kind, took in measured.kinds.items():
        allowed = 1.3 * took["bash"].clock + start
        unit = "x (1.3 bash and a start)"
        yield Demand(f"console steps: {kind}", took["affidavit"].clock / allowed, unit, most=1)
        for peer in (name for name in took if name.startswith("prysk")):
            yield Demand("the same", took["affidavit"].clock / took[peer].clock, f"x {peer}", most=1)
    yield Demand("planning unchanged examples", measured.planning, "x ten runs", most=1)
    yield Demand("two at a time, of examples that wait", measured.sooner, "x faster", least=1.8)


def table(rows: Sequence[Demand]) -> str:
    """Return all rows with their head."""
    head = "| criterion | demand | figure | verdict |\n|---|---|--:|---|"
    return "\n".join([head, *(each.row for each in rows)])
