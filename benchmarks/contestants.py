"""The programs that are compared, and how each is started for a piece of work. The table of what is fair."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from benchmarks.measure import Command

OURS = "affidavit"
LYCHEE = "lychee"
SPHINX = "sphinx linkcheck"
BARE = "bare client"
PLAIN_BUILD = "sphinx-build"
OUR_BUILD = "sphinx-build with affidavit"

_NO_LIMITS = ("--max-concurrency", "128", "--host-concurrency", "128", "--host-request-interval", "0ms")
_HERE = str(Path(__file__).parents[1])


class Contestant(Struct, frozen=True):
    """A program that takes part in a scenario.

    ``status`` is the exit status that says that it did its work. ``asks`` is how often the server has to be asked at
    least, ``at_most`` how often at most. ``emptied`` are files and folders that are removed before each run, and
    ``rounds`` bounds its runs where one of them takes minutes (0 does not).
    """

    name: str
    command: Command
    status: int = 0
    asks: int = 0
    at_most: int | None = None
    emptied: tuple[Path, ...] = ()
    rounds: int = 0


class Job(Struct, frozen=True):
    """A list of URLs to be asked: where it is kept, and what programs must know to ask them.

    Where it is ``free``, limits for each host are lifted; else each program goes by its own defaults.
    """

    folder: Path
    urls: tuple[str, ...]
    ca: Path | None = None
    free: bool = True

    @property
    def file(self) -> Path:
        """Return the file with the URLs, one a line."""
        return self.folder / "urls.txt"

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the variables by which programs find the certificate authority."""
        return {"SSL_CERT_FILE": str(self.ca)} if self.ca else {}


def ours(job: Job) -> Contestant:
    """Return our command; what holds back a host is up to it in either case."""
    arguments = (*_affidavit("--urls", str(job.file)), "--no-cache")
    return Contestant(OURS, Command(arguments, job.folder, job.environment), asks=len(job.urls))


def ours_with_cache(job: Job, *, warm: bool) -> Contestant:
    """Return our command with a cache that is new, or that an earlier run filled."""
    cache = job.folder / "observations"
    command = Command(_affidavit("--urls", str(job.file)), job.folder, {"AFFIDAVIT_CACHE": str(cache)})
    return _cached(f"{OURS}, {_kind(warm=warm)}", command, cache, job, warm=warm)


def our_site(folder: Path, site: Path, *, status: int) -> Contestant:
    """Return our command for a finished site."""
    return Contestant(OURS, Command((*_affidavit("--site", str(site)), "--no-cache"), folder), status=status)


def our_site_in_json(folder: Path, site: Path, output: Path) -> Command:
    """Return the same with a report for programs."""
    arguments = _affidavit("--site", str(site), "--no-cache", "--format", "json", "--output", str(output))
    return Command(arguments, folder)


def _affidavit(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "affidavit", "check", *arguments, "--allow-private")


def lychee(program: Path, job: Job) -> Contestant:
    """Return lychee."""
    limits = _NO_LIMITS if job.free else ()
    arguments = (str(program), "--no-progress", *limits, str(job.file))
    rounds = 0 if job.free else 1
    return Contestant(LYCHEE, Command(arguments, job.folder, job.environment), asks=len(job.urls), rounds=rounds)


def lychee_with_cache(program: Path, job: Job, *, warm: bool) -> Contestant:
    """Return lychee with a cache that is new, or that an earlier run filled."""
    command = Command((str(program), "--no-progress", "--cache", *_NO_LIMITS, str(job.file)), job.folder)
    return _cached(f"{LYCHEE}, {_kind(warm=warm)}", command, job.folder / ".lycheecache", job, warm=warm)


def lychee_site(program: Path, folder: Path, site: Path, *, status: int) -> Contestant:
    """Return lychee for a finished site, with anchors."""
    arguments = (str(program), "--no-progress", "--offline", "--include-fragments=anchor-only", str(site))
    return Contestant(LYCHEE, Command(arguments, folder), status=status)


def _kind(*, warm: bool) -> str:
    return "warm cache" if warm else "new cache"


def _cached(name: str, command: Command, cache: Path, job: Job, *, warm: bool) -> Contestant:
    if warm:
        return Contestant(name, command, at_most=0)
    return Contestant(name, command, asks=len(job.urls), emptied=(cache,))


def sphinx(job: Job) -> Contestant:
    """Return Sphinx's own builder, without our extension, on one page that has all links."""
    source, built = job.folder / "sphinx", job.folder / "sphinx-built"
    source.mkdir(exist_ok=True)
    (source / "conf.py").write_text("linkcheck_workers = 32\n", encoding="utf-8")
    (source / "index.rst").write_text("Links\n=====\n\n" + "".join(f"* {url}\n" for url in job.urls), encoding="utf-8")
    command = Command(_sphinx_build("linkcheck", source, built), job.folder)
    return Contestant(SPHINX, command, asks=len(job.urls), emptied=(built,))


def build(folder: Path, source: Path, *, extended: bool) -> Contestant:
    """Return a whole html build of a project, with our extension or without it."""
    name = OUR_BUILD if extended else PLAIN_BUILD
    built = folder / ("built-with" if extended else "built-without")
    configured = ("-c", str(source / "with")) if extended else ()
    environment = {"AFFIDAVIT_CACHE": str(folder / "observations")}
    command = Command((*_sphinx_build("html", source, built), *configured), folder, environment)
    return Contestant(name, command, at_most=0, emptied=(built,))


def _sphinx_build(builder: str, source: Path, built: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "sphinx", "-q", "-W", "-b", builder, str(source), str(built))


def bare(job: Job) -> Contestant:
    """Return the client that shows what the server is good for."""
    arguments = (sys.executable, "-m", "benchmarks.bare", str(job.file), *([str(job.ca)] if job.ca else []))
    return Contestant(BARE, Command(arguments, job.folder, {"PYTHONPATH": _HERE}), asks=len(job.urls))
