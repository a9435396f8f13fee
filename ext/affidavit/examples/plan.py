"""Which runs the examples of a site ask for: chains of setups, and cells of setup, probe and environment. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from affidavit.model.cells import Subject
from affidavit.model.codes import Code
from affidavit.model.environments import MACHINE
from affidavit.model.examples import Example
from affidavit.model.verdicts import Finding, finding

HERE = ""
"""The environment of examples that name none: the machine as it is."""


class Run(Struct, frozen=True):
    """The unit of running and of evidence: some examples one behind the other, in one environment.

    The last of ``chain`` is what the run is about; in a cell that is a probe, and ``setup`` is what it runs under.
    """

    chain: tuple[Example, ...]
    environment: str
    setup: Example | None = None

    @property
    def example(self) -> Example:
        """Return what the run is about."""
        return self.chain[-1]

    @property
    def subject(self) -> Subject | None:
        """Return what a cell, or the run of a setup alone, is about; ``None`` of a plain example."""
        setup = self.setup or self.example
        if not setup.setup_for:
            return None
        return Subject(setup.setup_for, setup.variant, self.example.probe, self.environment)

    @property
    def slow(self) -> frozenset[str]:
        """Return the names of the examples for whose sake it runs only where that is asked for."""
        return frozenset(each.name for each in self.chain if each.slow)

    @property
    def key(self) -> str:
        """Return the name of its evidence, below the folder that holds all."""
        own = self.environment or MACHINE
        return f"{self.name}@{own}" if self.setup else f"{self.name}/{own}"

    @property
    def name(self) -> str:
        """Return what it is called in whatever environment: a probe behind its setup."""
        return f"{self.setup.name}/{self.example.name}" if self.setup else self.example.name


class Problem(Struct, frozen=True):
    """What keeps an example from being run: a sentence about it, and its code.

    ``told`` is the finding where there is one already, with a place of its own.
    """

    example: Example
    message: str
    code: Code
    told: Finding | None = None

    @property
    def finding(self) -> Finding:
        """Return it as a finding."""
        return self.told or finding(self.code, self.example.place, self.message)


class Plan(Struct, frozen=True):
    """All runs, in the order of their pages, and what cannot be planned."""

    runs: tuple[Run, ...]
    problems: tuple[Problem, ...]


def plan(examples: Sequence[Example], environments: Iterable[str]) -> Plan:
    """Return what the examples of a site ask for, where these environments are declared."""
    known = {each.name: each for each in reversed(examples)}  # of two with one name, the first counts
    problems = [
        *_flawed(examples),
        *_idle(examples),
        *_twice(examples),
        *_undeclared(examples, frozenset(environments)),
    ]
    chains: dict[str, tuple[Example, ...]] = {}
    for example in known.values():
        chain = _chain(example, known)
        if isinstance(chain, Problem):
            problems.append(chain)
        else:
            chains[example.name] = chain
    ordered = [each for each in examples if known[each.name] is each and each.name in chains and not each.flaws]
    runs = (*_plain(ordered, chains), *_cells(ordered, chains))
    return Plan(runs, tuple(sorted(problems, key=lambda each: (each.example.place, each.message))))


def _plain(examples: Sequence[Example], chains: Mapping[str, tuple[Example, ...]]) -> Iterator[Run]:
    """Yield the runs of examples that stand for themselves, of setups too: a server that does not start is told so."""
    for example in examples:
        if not example.probe:
            for environment in example.environments or (HERE,):
                yield Run(chains[example.name], environment)


def _cells(examples: Sequence[Example], chains: Mapping[str, tuple[Example, ...]]) -> Iterator[Run]:
    """Yield every probe under every setup that does not name other features, in the environments of both."""
    probes = [each for each in examples if each.probe]
    for setup in (each for each in examples if each.setup_for):
        for probe in (each for each in probes if not setup.features or each.probe in setup.features):
            before = tuple(each for each in chains[probe.name] if each not in chains[setup.name])
            for environment in _common(setup, probe):
                yield Run((*chains[setup.name], *before), environment, setup)


def _common(setup: Example, probe: Example) -> tuple[str, ...]:
    """Return the environments of a cell: those of the setup, as far as the probe does not name fewer."""
    own = setup.environments or probe.environments or (HERE,)
    return tuple(each for each in own if not probe.environments or each in probe.environments)


def _chain(example: Example, known: Mapping[str, Example]) -> tuple[Example, ...] | Problem:
    """Return an example behind all that must run before it, each once; or what is wrong with that."""
    done: dict[str, Example] = {}
    waiting: list[tuple[Example, tuple[str, ...]]] = [(example, ())]
    while waiting:
        each, path = waiting.pop()
        if each.name in done:
            continue
        if each.name in path:
            circle = " → ".join((*path[path.index(each.name) :], each.name))
            message = f"`{example.name}` cannot be set up: its setups form a circle, {circle}."
            return Problem(example, message, Code.EXAMPLE_SETUP)
        if wrong := next(filter(None, (_unfit(name, known) for name in each.setup)), ""):
            return Problem(example, f"`{example.name}` cannot be set up: {wrong}.", Code.EXAMPLE_SETUP)
        ahead = [known[name] for name in each.setup if name not in done]
        if ahead:
            waiting.append((each, path))
            waiting.extend((one, (*path, each.name)) for one in reversed(ahead))
        else:
            done[each.name] = each
    return tuple(done.values())


def _unfit(name: str, known: Mapping[str, Example]) -> str:
    """Return what keeps an example from being run before another one; empty if nothing does."""
    if name not in known:
        return f"there is no example `{name}`"
    if known[name].flaws:
        return f"`{name}` has mistakes of its own"
    return f"`{name}` is a probe, which runs under setups and is none" if known[name].probe else ""


def _idle(examples: Sequence[Example]) -> Iterator[Problem]:
    """Yield the probes of a site that has no setup for them."""
    if any(each.setup_for for each in examples):
        return
    for each in (each for each in examples if each.probe):
        message = f"`{each.name}` is a probe, and no example sets a method up for it: it never runs."
        yield Problem(each, message, Code.EXAMPLE_SETUP)


def _flawed(examples: Iterable[Example]) -> Iterator[Problem]:
    for each in examples:
        for flaw in each.flaws:
            yield Problem(each, flaw.message, flaw.code, flaw)


def _twice(examples: Iterable[Example]) -> Iterator[Problem]:
    seen: dict[str, Example] = {}
    for each in examples:
        first = seen.setdefault(each.name, each)
        if first is not each:
            message = f"There is another example `{each.name}`, at {first.place}."
            yield Problem(each, message, Code.EXAMPLE_DUPLICATE)


def _undeclared(examples: Iterable[Example], environments: frozenset[str]) -> Iterator[Problem]:
    for each in examples:
        for name in each.environments:
            if name not in environments:
                message = f"`{each.name}` names the environment `{name}`, which no setting declares."
                yield Problem(each, message, Code.ENVIRONMENT_UNKNOWN)
