"""``python -m benchmarks``: measure, print the table, and keep it."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pycurl

from benchmarks import peers
from benchmarks.race import Track
from benchmarks.results import Results
from benchmarks.scenarios import FULL, QUICK, SCENARIOS, TINY, Ground, Sizes, wrong_links
from benchmarks.servers import web
from benchmarks.table import as_json, markdown

_LATENCY = 0.05
_LIMIT = 400
"""Seconds after which a run is ended; the slowest known takes a good 100."""

_SMALL = "These are small sizes, where start-up weighs most: what is demanded counts at full size alone."
_HERE = Path(__file__).parent
_SIZES = {"full": FULL, "quick": QUICK, "tiny": TINY}


def main(argv: list[str] | None = None) -> int:
    """Run the chosen scenarios; return 1 if one of full size does not meet a criterion."""
    arguments = _parser().parse_args(argv)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="affidavit-bench-")))
        results = _measure(folder, arguments)
    text = markdown(results)
    arguments.results.mkdir(parents=True, exist_ok=True)
    name = arguments.size if not arguments.only else f"{arguments.size}-some"
    (arguments.results / f"{name}.md").write_text(text, encoding="utf-8")
    (arguments.results / f"{name}.json").write_text(as_json(results), encoding="utf-8")
    _say(text)
    return int(arguments.size == "full" and "| FAIL |" in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tox -e bench --", description="Measure link checks side by side.")
    parser.add_argument("--quick", dest="size", action="store_const", const="quick", default="full", help="small sizes")
    parser.add_argument("--size", choices=_SIZES, help="how much is asked (default: full)")
    parser.add_argument("--rounds", type=int, default=0, help="how often each program runs")
    parser.add_argument("--only", choices=SCENARIOS, action="append", default=[], help="only this scenario; repeatable")
    parser.add_argument("--without-lychee", action="store_true", help="leave lychee out")
    parser.add_argument(
        "--peers", type=Path, default=_HERE.parent / ".tox" / "bench-peers", help="where peers are installed"
    )
    parser.add_argument("--results", type=Path, default=_HERE / "results", help="where the table is kept")
    return parser


def _measure(folder: Path, arguments: argparse.Namespace) -> Results:
    sizes: Sizes = _SIZES[arguments.size]
    lychee, missing = _lychee(arguments)
    surroundings = tuple(_surroundings(lychee))
    with web(folder, hosts=sizes.hosts, latency=_LATENCY) as served:
        track = Track(folder / "log.txt", arguments.rounds or sizes.rounds, _LIMIT, served.asked, _note)
        ground = Ground(folder, served, sizes, track, lychee)
        chosen = [name for name in SCENARIOS if not arguments.only or name in {"start", *arguments.only}]
        measured = tuple(SCENARIOS[name](ground) for name in chosen)
        wrong = wrong_links(ground) if "site" in chosen else None
    small = () if sizes is FULL else (_SMALL,)
    return Results(surroundings, measured, (*missing, *small), wrong)


def _lychee(arguments: argparse.Namespace) -> tuple[Path | None, tuple[str, ...]]:
    """Return where lychee is, or why it is not there."""
    if arguments.without_lychee:
        return None, ("lychee was left out.",)
    try:
        return peers.lychee(arguments.peers.absolute()), ()
    except peers.MissingPeerError as missing:
        return None, (f"lychee is missing: {missing}",)


def _surroundings(lychee: Path | None) -> Iterator[tuple[str, str]]:
    """Yield what the figures depend on."""
    yield "day", datetime.now(UTC).date().isoformat()
    yield "system", f"{platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} cores"
    yield "processes that wanted to run just before (load average of a minute)", f"{os.getloadavg()[0]:.1f}"
    yield "Python", platform.python_version()
    yield "libcurl", " ".join(pycurl.version.split()[:3])
    for package in ("affidavit", "Sphinx", "msgspec", "selectolax", "uvloop"):
        yield package, _version(package)
    yield "lychee", peers.LYCHEE.rpartition("=")[2] if lychee else "not there"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not there"


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 -- how long it takes is worth watching


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- the table is what the command is for


if __name__ == "__main__":
    sys.exit(main())
