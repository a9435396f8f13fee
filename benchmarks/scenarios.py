"""The scenarios, one function each: it makes what is to be checked, and races the programs over it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks import contestants as take
from benchmarks import docs_tree, notes, site_tree
from benchmarks.contestants import Contestant, Job
from benchmarks.measure import run
from benchmarks.race import Track, race
from benchmarks.results import Measured
from benchmarks.servers import Web, hostile

IN_FLIGHT = 128


class Sizes(Struct, frozen=True):
    """How much is asked; ``site`` is in pages of 103 links, ``docs`` in pages of Sphinx's, ``notes`` in references.

    Where it is ``quick``, servers are left out that only make others wait.
    """

    many: int
    some: int
    hosts: int
    site: int
    faults: int
    docs: int
    rounds: int
    quick: bool = False
    notes: int = 1_000


FULL = Sizes(many=10_000, some=2_000, hosts=200, site=1_000, faults=10, docs=500, rounds=3)
QUICK = Sizes(many=1_000, some=200, hosts=50, site=100, faults=3, docs=40, rounds=1)
TINY = Sizes(many=20, some=8, hosts=4, site=3, faults=1, docs=2, rounds=1, quick=True, notes=20)


class Ground(Struct, frozen=True):
    """What scenarios stand on; ``lychee`` is where that program is, if it is."""

    folder: Path
    web: Web
    sizes: Sizes
    track: Track
    lychee: Path | None

    def job(self, name: str, urls: tuple[str, ...], **changes: object) -> Job:
        """Return a job in a folder of its own."""
        job = Job(self.folder / name, urls, **changes)  # type: ignore[arg-type] # each scenario names its own
        job.folder.mkdir()
        job.file.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        return job

    def race(self, key: str, title: str, items: int, who: Iterator[Contestant], floor: float = 0) -> Measured:
        """Run all programs of a scenario."""
        return Measured(key, title, items, race(title, tuple(who), self.track), floor)

    def floor(self, urls: int) -> float:
        """Return the time in seconds that the latency alone takes for so many URLs."""
        return urls / IN_FLIGHT * self.web.latency

    @property
    def milliseconds(self) -> str:
        """Return the latency for people."""
        return f"{1000 * self.web.latency:g} ms"


def start(ground: Ground) -> Measured:
    """Measure what each program takes for a single URL: its start-up."""
    job = ground.job("start", ground.web.urls("now", 1))
    cached = (take.ours_with_cache(job, warm=False), take.ours_with_cache(job, warm=True))
    return ground.race("start", "1 URL at 0 ms (start-up)", 1, iter((*_askers(ground, job), take.sphinx(job), *cached)))


def many_now(ground: Ground) -> Measured:
    """Ask many hosts that answer at once."""
    sizes = ground.sizes
    job = ground.job("many-now", ground.web.urls("now", sizes.many))
    title = f"{sizes.many:,} URLs, {sizes.hosts} hosts, 0 ms"
    return ground.race("many-now", title, sizes.many, _askers(ground, job))


def many_late(ground: Ground) -> Measured:
    """Ask many hosts that take their time."""
    sizes = ground.sizes
    job = ground.job("many-late", ground.web.urls("late", sizes.many))
    title = f"{sizes.many:,} URLs, {sizes.hosts} hosts, {ground.milliseconds}"
    return ground.race("many-late", title, sizes.many, _askers(ground, job), ground.floor(sizes.many))


def some_late(ground: Ground) -> Measured:
    """Ask many hosts as each program does by itself."""
    sizes = ground.sizes
    job = ground.job("some-late", ground.web.urls("late", sizes.some), free=False)
    title = f"{sizes.some:,} URLs, {sizes.hosts} hosts, {ground.milliseconds}, defaults"
    return ground.race("some-late", title, sizes.some, _with_sphinx(ground, job), ground.floor(sizes.some))


def one_host(ground: Ground) -> Measured:
    """Ask one host as each program does by itself."""
    sizes = ground.sizes
    job = ground.job("one-host", ground.web.urls("late", sizes.some, hosts=1), free=False)
    title = f"{sizes.some:,} URLs, one host, {ground.milliseconds}, defaults"
    return ground.race("one-host", title, sizes.some, _with_sphinx(ground, job), ground.floor(sizes.some))


def tls(ground: Ground) -> Measured:
    """Ask many hosts over encrypted connections."""
    sizes = ground.sizes
    job = ground.job("tls", ground.web.urls("tls", sizes.some), ca=ground.web.ca)
    return ground.race("tls", f"{sizes.some:,} URLs, {sizes.hosts} hosts, TLS, 0 ms", sizes.some, _askers(ground, job))


def cache(ground: Ground) -> Measured:
    """Ask the same twice: the second time, all is known."""
    sizes = ground.sizes
    job = ground.job("cache", ground.web.urls("late", sizes.many))
    title = f"{sizes.many:,} URLs, {sizes.hosts} hosts, {ground.milliseconds}, twice"
    return ground.race("cache", title, sizes.many, _cached(ground, job), ground.floor(sizes.many))


def site(ground: Ground) -> Measured:
    """Check a finished site, with some broken links in it."""
    folder = ground.folder / "site"
    tree = site_tree.build(folder / "html", ground.sizes.site, faults=ground.sizes.faults)
    title = f"finished site of {tree.pages:,} pages, {tree.links:,} links with anchors"
    who = _site_checkers(ground, folder)
    return ground.race("site", title, tree.links, who)


def wrong_links(ground: Ground) -> int | None:
    """Return how many broken links of the site ours misses or invents, ``None`` if it gives no report."""
    folder = ground.folder / "site"
    tree = site_tree.build(folder / "html", ground.sizes.site, faults=ground.sizes.faults)
    output = folder / "report.json"
    run(take.our_site_in_json(folder, folder / "html", output), ground.track.log, limit=ground.track.limit)
    if not output.is_file():
        return None
    claims = json.loads(output.read_text(encoding="utf-8"))["claims"]
    return len(_told(claims) ^ {(fault.file, fault.href) for fault in tree.faults})


def _told(claims: list[dict[str, object]]) -> set[tuple[object, object]]:
    false = [each for each in claims if each["verdict"] in ("broken", "anchor-missing", "soft-404")]
    return {(place["file"], each["target"]) for each in false for place in each["places"]}  # type: ignore[attr-defined]


def build(ground: Ground) -> Measured:
    """Build a Sphinx project with and without the extension, when all its links are known."""
    folder, pages = ground.folder / "build", ground.sizes.docs
    docs_tree.build(folder / "source", pages, ground.web.urls("now", docs_tree.links_of(pages)))
    plain, extended = (take.build(folder, folder / "source", extended=each) for each in (False, True))
    race("first build", [replace(extended, at_most=None)], replace(ground.track, rounds=1))
    title = f"html build of {pages} pages, {docs_tree.links_of(pages):,} links, all known, both at once"
    track = replace(ground.track, rounds=2 * ground.track.rounds - 1, at_once=True)
    return Measured("build", title, pages, race(title, (plain, extended), track))


def hostile_servers(ground: Ground) -> Measured:
    """Ask servers that mean no good; peers are left out, as some of them take all memory there is."""
    with hostile(quick=ground.sizes.quick) as urls:
        job = ground.job("hostile", urls)
        ours = replace(take.ours(job), asks=0, status=1, rounds=1)
        return ground.race("hostile", f"{len(urls)} URLs of servers that mean no good", len(urls), iter([ours]))


def _askers(ground: Ground, job: Job) -> Iterator[Contestant]:
    yield take.bare(job)
    if ground.lychee:
        yield take.lychee(ground.lychee, job)
    yield take.ours(job)


def _with_sphinx(ground: Ground, job: Job) -> Iterator[Contestant]:
    yield from _askers(ground, job)
    yield take.sphinx(job)


def _cached(ground: Ground, job: Job) -> Iterator[Contestant]:
    for warm in (False, True):
        if ground.lychee:
            yield take.lychee_with_cache(ground.lychee, job, warm=warm)
        yield take.ours_with_cache(job, warm=warm)


def _site_checkers(ground: Ground, folder: Path) -> Iterator[Contestant]:
    if ground.lychee:
        yield take.lychee_site(ground.lychee, folder, folder / "html", status=2)
    yield take.our_site(folder, folder / "html", status=1)


SCENARIOS: dict[str, Callable[[Ground], Measured]] = {
    "start": start,
    "many-now": many_now,
    "many-late": many_late,
    "some-late": some_late,
    "one-host": one_host,
    "tls": tls,
    "cache": cache,
    "site": site,
    "build": build,
    notes.RIGHT: notes.right,
    notes.WRONG: notes.wrong,
    "hostile": hostile_servers,
}
"""All scenarios by their keys, in the order in which they are run."""
