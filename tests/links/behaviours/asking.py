"""A table's links through the whole chain: pages are asked for, judged, and told as the published report tells them.

This is done by a process of its own, which this module is, too.
"""

from __future__ import annotations

import json
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, TypedDict

from msgspec import Struct
from msgspec.structs import astuple
from tests.links.behaviours.behaviour import Told

from affidavit.check import World, judge
from affidavit.gathered import Gathered, questions
from affidavit.links.cache import CachedProbe
from affidavit.links.facts import from_text, to_text
from affidavit.links.names import WELL_KNOWN
from affidavit.links.probe import CurlProbe, Probe
from affidavit.links.seen import Observation
from affidavit.links.store import Store
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.place import Place
from affidavit.model.settings import Allowed, LinkChoice, Settings
from affidavit.notes.facts import Lock
from affidavit.reports import claims

NETWORK = IPv4Network("127.64.0.0/10")
"""Where the servers of the table stand; the rest of loopback is left to those that nobody is to ask."""

LONG_AGO = 10**9
"""When what the cache keeps was seen, in seconds since 1970."""

Links = Mapping[str, str]
"""URLs by the names of the rows that are about them."""

_ROOT = Path(__file__).parents[3]

_ENOUGH = 2**30
"""Bytes of addresses beyond which a page that costs too much ends the check, before it ends the machine."""

_PATIENCE = 180
"""Seconds until a check of the whole table that hangs is ended."""

_UNSURE = "unsure.invalid"
_EVERYTHING = Settings(links=LinkChoice(patterns=(".*",)))


class Job(TypedDict):
    """What a process of its own is to do: see :func:`ask_apart`."""

    links: Links
    resolve: Mapping[str, str]
    ca_file: str
    cache: str
    limits: dict[str, Any]


class Seen(Struct, frozen=True):
    """What a run saw, in this order, by URL; what is told of each link, by name; and the most memory, in bytes."""

    observations: Mapping[str, Observation]
    told: Mapping[str, Told]
    memory: int


def gathered(links: Links) -> Gathered:
    """Return a site that has these links."""
    found = tuple(Link(url, Place("table.rst", line)) for line, url in enumerate(links.values(), start=1))
    return Gathered(Corpus((Page(links=found),)), _EVERYTHING)


def told(links: Links, observations: Mapping[str, Observation]) -> dict[str, Told]:
    """Return what is told of each link, by its name, where this was seen."""
    report = judge(gathered(links), World(Lock(()), date(2030, 1, 31), observations))
    by_url = {each["target"]: _told(each) for each in json.loads(claims.render(report))["claims"]}
    return {name: by_url.get(url, Told()) for name, url in links.items()}


def ask_apart(links: Links, resolve: Mapping[str, str], ca_file: Path, *, cache: str = "", **limits: float) -> str:
    """Ask about links in a process of its own, so that it is its memory alone that is counted; return what it prints.

    ``cache`` is a folder, empty for none; ``limits`` are fields of the probe.
    """
    job = {"links": links, "resolve": resolve, "ca_file": str(ca_file), "cache": cache, "limits": limits}
    program = [sys.executable, "-m", "tests.links.behaviours.asking"]
    ran = subprocess.run(
        program, cwd=_ROOT, input=json.dumps(job), stdout=subprocess.PIPE, check=True, timeout=_PATIENCE, text=True
    )
    return ran.stdout


def read_seen(text: str) -> Seen:
    """Read what such a process prints."""
    said = json.loads(text)
    facts = {url: from_text(text) for url, text in said["facts"].items()}
    return Seen(
        observations={url: seen for url, seen in facts.items() if seen},
        told={name: Told(*each) for name, each in said["told"].items()},
        memory=said["memory"],
    )


def _prober(job: Job) -> CurlProbe:
    """Return the probe for a web; of loopback it may ask nothing but where this web stands."""
    return CurlProbe(
        user_agent="Affidavit/test",
        ca_file=Path(job["ca_file"]),
        resolve=job["resolve"],
        look_up=_look_up,
        allowed=Allowed(networks=(NETWORK,)),
        **job["limits"],
    )


def _told(claim: Mapping[str, Any]) -> Told:
    return Told(claim["verdict"], claim.get("code", ""), claim.get("reason", ""), claim.get("resolved", ""))


def _look_up(host: str) -> None:
    """Know the names that all the web knows, and no other."""
    if host not in WELL_KNOWN:
        raise socket.gaierror(socket.EAI_AGAIN if host == _UNSURE else socket.EAI_NONAME, "as the system puts it")


def main(job: Job) -> None:
    """Ask about links, and print what came of that as JSON; it is what :func:`read_seen` reads."""
    resource.setrlimit(resource.RLIMIT_AS, (_ENOUGH, _ENOUGH))
    seen: dict[str, Observation] = {}
    probe: Probe = _prober(job)
    if job["cache"]:
        probe = CachedProbe(probe, Store(Path(job["cache"])), lambda: LONG_AGO)
    probe.observe(questions(gathered(job["links"])), seen.__setitem__)
    facts = {url: to_text(observation) for url, observation in seen.items()}
    of_links = {name: astuple(each) for name, each in told(job["links"], seen).items()}
    sys.stdout.write(json.dumps({"facts": facts, "told": of_links, "memory": _most_memory()}))


def _most_memory() -> int:
    """Return the most memory that this program held at any time, in bytes.

    Linux counts in ``ru_maxrss`` also what stood in the place of the program before it was started.
    """
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return 1024 * (int(peak[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(json.load(sys.stdin))
