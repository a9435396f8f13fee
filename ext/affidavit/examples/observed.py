"""From what came of a job to what is kept of it: outputs without secrets, settled where the page allows that. Pure.

Settled text is what is kept, so that a record changes no more than it must. But an author may have written a regular
expression, JSON, or a part of a line for what a program really prints. Where only that holds, that is kept: what is
held against it later must come to what the run came to. Recorded again, such output is compared once it is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec import Struct

from affidavit.examples.binary import readable
from affidavit.examples.clean import clean
from affidavit.examples.compared import differences, failure, matching_of, of_step
from affidavit.examples.plan import Run
from affidavit.examples.sandbox.environment import PLACE
from affidavit.examples.secrets import Redactor
from affidavit.examples.settle import Own, Settler
from affidavit.examples.verdict import Held
from affidavit.model.evidence import Seen
from affidavit.model.examples import ConsoleStep, Exchange, FileStep, HttpStep, PyconStep, ServiceStep, Step
from affidavit.model.runs import MIB, End, Limits, Ran, Shown

WORKSPACE = "/workspace"
"""What stands for the folder that the steps ran in: its path in the sandbox that has one of its own."""

REASONS = {
    End.TIMED_OUT: "it took longer than {seconds}",
    End.CPU_EXCEEDED: "it took more than {cpu_seconds} of processor time",
    End.MEMORY_EXCEEDED: "it took more memory than {memory}",
    End.PROCESSES_EXCEEDED: "it had more than {processes} processes",
    End.OUTPUT_EXCEEDED: "it printed more than {output}",
    End.DISK_EXCEEDED: "its files took more than {disk}",
    End.SESSION_ENDED: "the session ended before its steps did",
    End.FILE_REFUSED: "a file could not be written",
    End.SERVICE_DIED: "a service died",
    End.SERVICE_NOT_READY: "a service did not get ready",
}
"""Why a run broke off; of one that finished, or of which nothing is known, there is no such reason."""


class Keeping(Struct, frozen=True):
    """How outputs are made fit to be kept.

    ``own`` are the site's patterns, ``folder`` is where the steps ran, and ``environment`` where their virtual
    environment stands.
    """

    redactor: Redactor
    own: tuple[Own, ...] = ()
    folder: str = ""
    environment: str = ""

    def raw(self, text: str) -> str:
        """Return output as it was printed, without secrets."""
        return self.redactor.redact(readable(self.redactor.redact(self._placed(text))))

    def settled(self, text: str, names: Sequence[str] = ()) -> str:
        """Return output without secrets, and without what changes from run to run."""
        return clean(self._placed(text), self.redactor, Settler(names, self.own, counting=False))

    def _placed(self, text: str) -> str:
        for place, shown in ((self.folder, WORKSPACE), (self.environment, PLACE)):
            text = text.replace(place, shown) if place else text
        return text


def seen_of(run: Run, ran: Ran, keeping: Keeping) -> tuple[Seen, ...]:
    """Return the exchanges of a run as they are kept, as far as it came."""
    came = list(_came(run, ran))
    raw = [Seen(exchange.given, keeping.raw(shown.output), shown.status) for _, exchange, shown in came]
    settled = [
        Seen(exchange.given, keeping.settled(shown.output, settled_in(step)), shown.status)
        for step, exchange, shown in came
    ]
    if _only_raw_fails_as_declared(run, raw, settled):
        return tuple(raw)
    lost = _differing(run, settled, keeping.own) - _differing(run, raw, keeping.own)
    pairs = zip(came, raw, settled, strict=True)
    return tuple(as_is if exchange in lost else calm for (_, exchange, _), as_is, calm in pairs)


def reason_of(run: Run, ran: Ran, limits: Limits, keeping: Keeping) -> str:
    """Return why a run broke off, with what is known of that; empty if it did not."""
    if ran.end not in REASONS:
        return ""
    steps = [step for example in run.chain for step in example.steps]
    at = f", at {named(steps[ran.step])}" if ran.step is not None and ran.step < len(steps) else ""
    told = f"{REASONS[ran.end].format(**_bounds(limits))}{at}"
    return keeping.settled(f"{told}: {ran.detail.strip()}" if ran.detail.strip() else told)


def settled_in(step: Step) -> tuple[str, ...]:
    """Return the names of the patterns that a step has settled besides those that always are."""
    return matching_of(step).settled


def _came(run: Run, ran: Ran) -> Iterator[tuple[Step, Exchange, Shown]]:
    """Give the exchanges that a run reached; what services print is none, and is told under their step."""
    shown: dict[tuple[int, int], Shown] = {}
    for each in ran.shown:
        shown.setdefault((each.step, each.exchange), each)
    steps = [step for example in run.chain for step in example.steps]
    for number, step in enumerate(steps):
        for index, exchange in enumerate(of_step(step)):
            if (number, index) not in shown:
                return
            yield step, exchange, shown[number, index]


def _differing(run: Run, seen: Sequence[Seen], own: Sequence[Own]) -> set[Exchange]:
    return {each.exchange for each in differences(run, seen, own)}


def _only_raw_fails_as_declared(run: Run, raw: Sequence[Seen], settled: Sequence[Seen]) -> bool:
    symptom = run.example.symptom
    if symptom is None or isinstance(failure(run, settled, symptom), Held):
        return False
    return isinstance(failure(run, raw, symptom), Held)


def _bounds(limits: Limits) -> dict[str, str | int]:
    """Return limits as the settings count them."""
    sizes = {"memory": limits.memory, "output": limits.output, "disk": limits.disk}
    times = {"seconds": limits.seconds, "cpu_seconds": limits.cpu_seconds}
    return {
        **{name: f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes" for name, size in sizes.items()},
        **{name: f"{time:g} second{'' if time == 1 else 's'}" for name, time in times.items()},
        "processes": limits.processes,
    }


def named(step: Step) -> str:
    """Return a step as reasons name it."""
    match step:
        case FileStep(path=path):
            return f"the file `{path}`"
        case ServiceStep(command=command):
            return f"the service `{command}`"
        case ConsoleStep() | PyconStep() | HttpStep():
            return f"a {step.kind} step"
        case _:  # pragma: no cover
            assert_never(step)
