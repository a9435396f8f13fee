"""``python -m benchmarks.examples``: running examples, beside plain bash and prysk on the same commands.

Prysk runs them by its own choice of a shell, and by bash, as we do. Each is done several times, in turn, so that
whoever else uses the machine disturbs all of them alike. A table is printed: the median of the processor time and of
the time on the clock, and how many times that of plain bash the former is, without what starting takes, and with it.
Below it stands what is demanded, also of planning many unchanged examples and of two at a time.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from affidavit.examples.evidence import digest_of, proofs_text, record_text
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.ground import Failed, Ground
from affidavit.examples.plan import Run, plan
from affidavit.examples.planned import Known, Wanted, plans
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.choose import choose_sandbox
from affidavit.examples.sandbox.run import run_job
from affidavit.examples.sandbox.sandbox import Sandbox, Unable
from affidavit.examples.store import read_evidence
from affidavit.examples.unseen import Unseen
from affidavit.examples.work import Work, work
from affidavit.model.evidence import Outcome, Proof, Record, Seen
from affidavit.model.examples import ConsoleStep, Example, Exchange
from affidavit.model.place import Place
from affidavit.model.runs import End, Job
from benchmarks.examples_demands import Measured, Time, demands, table
from benchmarks.peers import MissingPeerError, prysk

_NOWHERE = Place("")
_START, _NOTHING = "start", ("true",)
T = TypeVar("T")


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="tox -e bench-examples --", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--steps", type=int, default=200, help="how many console steps there are")
    parser.add_argument("--examples", type=int, default=500, help="how many unchanged examples are planned")
    parser.add_argument("--rounds", type=int, default=31, help="how often each is done")
    parser.add_argument("--no-peers", action="store_true", help="leave prysk out")
    arguments = parser.parse_args(argv)
    sandbox = choose_sandbox()
    if isinstance(sandbox, Unable):
        _say(f"{sandbox.reason} {sandbox.advice}")
        return 1
    with tempfile.TemporaryDirectory(prefix="affidavit-bench-") as folder:
        Path(folder).chmod(0o755)
        contestants = _contestants(Path(folder), sandbox, peers=not arguments.no_peers)
        measured = _measured(contestants, Path(folder), sandbox, arguments)
    rows = tuple(demands(measured))
    _say("\n".join(_table(measured, arguments.steps)))
    _say(f"\n{table(rows)}")
    return 0 if all(each.holds for each in rows) else 1


Do = Callable[[Sequence[str]], None]


def _contestants(folder: Path, sandbox: Sandbox, *, peers: bool) -> dict[str, Do]:
    found: dict[str, Do] = {
        "bash": lambda commands: _bash(folder, commands),
        "affidavit": lambda commands: _ours(sandbox, commands),
    }
    if peers:
        try:
            program = prysk(Path(__file__).parents[1] / ".tox" / "bench-peers")
        except MissingPeerError as error:
            _say(f"Without prysk: {error}")
        else:
            # Its own shell is the system's `sh`, which on Debian is dash, and starts programs faster than bash does.
            found["prysk"] = lambda commands: _prysk(program, folder, commands)
            found["prysk by bash"] = lambda commands: _prysk(program, folder, commands, "--shell", "bash")
    return found


def _kinds(steps: int) -> Mapping[str, Sequence[str]]:
    """Return commands that start programs, those that a shell does itself, and as pages have them: some of both."""
    programs = [f"expr {number} + 1" for number in range(steps)]
    own = [f"echo {number}" for number in range(steps)]
    mixed = [f"echo {number} | cat" if number % 4 == 0 else f"printf '%s\\n' {number}" for number in range(steps)]
    return {"programs": programs, "built in": own, "mixed": mixed}


def _measured(contestants: Mapping[str, Do], folder: Path, sandbox: Sandbox, arguments: argparse.Namespace) -> Measured:
    rounds = arguments.rounds
    kinds = {_START: _NOTHING, **_kinds(arguments.steps)}
    # All in turn, since the speed of a machine may change by more than what is looked for, from minute to minute.
    took = _medians(
        {(kind, name): partial(do, commands) for kind, commands in kinds.items() for name, do in contestants.items()},
        rounds,
    )
    found = {kind: {name: took[kind, name] for name in contestants} for kind in kinds}
    return Measured(found.pop(_START), found, *_others(folder, sandbox, arguments.examples, rounds))


def _table(measured: Measured, steps: int) -> Iterator[str]:
    starting = measured.starting
    yield f"| {steps} steps | with | CPU ms | ms | CPU to bash, less starting | CPU to bash |"
    yield "|---|---|--:|--:|--:|--:|"
    yield from (f"| none | {name} | {_ms(took)} | | |" for name, took in starting.items())
    for kind, took in measured.kinds.items():
        for name, each in took.items():
            rest = (each.cpu - starting[name].cpu) / max(took["bash"].cpu - starting["bash"].cpu, 1e-9)
            yield f"| {kind} | {name} | {_ms(each)} | {rest:.2f} | {each.cpu / took['bash'].cpu:.2f} |"


def _ms(took: Time) -> str:
    return f"{1000 * took.cpu:.0f} | {1000 * took.clock:.0f}"


def _medians(acts: Mapping[T, Callable[[], None]], rounds: int) -> dict[T, Time]:
    """Do all in turn, as often as asked, and return what each took."""
    took: dict[T, list[Time]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            took[name].append(_timed(act))
    return {name: Time(median(t.cpu for t in each), median(t.clock for t in each)) for name, each in took.items()}


def _timed(act: Callable[[], None]) -> Time:
    cpu, clock = _cpu(), time.perf_counter()
    act()
    return Time(_cpu() - cpu, time.perf_counter() - clock)


def _cpu() -> float:
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in both)


def _bash(folder: Path, commands: Sequence[str]) -> None:
    script = folder / "commands.sh"
    script.write_text("".join(f"{command}\n" for command in commands), encoding="utf-8")
    _quiet("bash", str(script))


def _prysk(program: Path, folder: Path, commands: Sequence[str], *options: str) -> None:
    page = folder / "commands.t"
    page.write_text("".join(f"  $ {command}\n  .* (re)\n" for command in commands), encoding="utf-8")
    _quiet(str(program), "--quiet", *options, str(page))


def _quiet(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 -- our own words


def _ours(sandbox: Sandbox, commands: Sequence[str]) -> None:
    steps = tuple(_step(command) for command in commands)
    with tempfile.TemporaryDirectory(prefix="affidavit-bench-") as folder:
        ran = run_job(Job(steps), Path(folder), sandbox)
    if ran.end is not End.FINISHED or len(ran.shown) != len(commands):
        sys.exit(f"The steps were not done: {ran.end} {ran.detail}")


def _step(command: str) -> ConsoleStep:
    return ConsoleStep((Exchange(command, None, _NOWHERE),), _NOWHERE)


def _others(folder: Path, sandbox: Sandbox, number: int, rounds: int) -> tuple[float, float]:
    """Return the share of ten runs that planning takes, and how many times as fast two at a time are."""
    examples = [Example(f"e-{each}", (_step(f"echo {each}"),), Place("page.rst", each + 1)) for each in range(number)]
    _record(folder / "evidence", plan(examples, ()).runs)
    ground = Ground(folder, sandbox)
    ten = plan(examples[:10], ()).runs
    _run_all(ten[:1], ground)
    took = _medians(
        {"plan": lambda: _plan(folder / "evidence", examples), "run": lambda: _run_all(ten, ground)}, rounds
    )
    waiting = [Example(f"w-{each}", (_step("sleep 1"),), Place("page.rst", each + 1)) for each in range(6)]
    both = _medians({str(jobs): partial(_work, waiting, ground, jobs) for jobs in (1, 2)}, min(rounds, 3))
    return took["plan"].cpu / took["run"].cpu, both["1"].clock / both["2"].clock


def _record(folder: Path, runs: Sequence[Run]) -> None:
    """Write evidence as if they had been run, so that nothing has changed since."""
    days = {}
    for run in runs:
        seen = tuple(Seen(each.given, "", 0) for step in run.example.steps for each in getattr(step, "exchanges", ()))
        path = folder / f"{run.key}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        record = Record(fingerprint(run, {}, ""), Outcome.FINISHED, seen, (), "x", "x")
        path.write_text(record_text(record), "utf-8")
        days[run.key] = Proof(date(2030, 1, 1), 1, record=digest_of(record))
    (folder / "proofs.json").write_text(proofs_text(days), "utf-8")


def _plan(folder: Path, examples: Sequence[Example]) -> None:
    found = plans(examples, Known(read_evidence(folder), {}, date(2030, 1, 1)), Wanted(changed=True))
    if found.waiting or len(found.planned) != len(examples):
        sys.exit("Something would run, though nothing has changed.")


def _run_all(runs: Sequence[Run], ground: Ground) -> None:
    for run in runs:
        if isinstance(found := run_one(run, ground), Failed):
            sys.exit(found.reason)


def _work(examples: Sequence[Example], ground: Ground, jobs: int) -> None:
    found = plans(examples, Known(read_evidence(Path("/nonexistent")), {}, date(2030, 1, 1)), Wanted())
    work(found.waiting, Work(ground, jobs), Unseen(), lambda _planned, _found: None)


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- the table is what the command is for


if __name__ == "__main__":
    sys.exit(main())
