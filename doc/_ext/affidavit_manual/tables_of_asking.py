"""The tables by which servers are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from inspect import signature
from itertools import groupby

from msgspec.structs import fields

from affidavit.links import attempts, body, probe, reading
from affidavit.links.attempts import Sign, is_refusal, may_pass, sign
from affidavit.links.body import Held
from affidavit.links.head import Head
from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.probe import CurlProbe
from affidavit.links.reading import BUDGET
from affidavit.links.seen import PageSeen, Trouble
from affidavit_manual.table import Table, listed, span

LIMITS = {
    "in_all": "Requests under way at once, in all",
    "per_host": "Requests under way at once on one host, in the beginning",
    "redirects": "Redirects that are followed from one address",
    "retries": "Further attempts at what may pass",
    "retry_seconds": "Seconds until a further attempt, at least",
    "patience": "Seconds that a host is left alone, where it wants that",
    "strikes": "Addresses in a row that a host refuses, for longer than that, before its others are not asked",
    "connect_seconds": "Seconds until there is a connection",
    "request_seconds": "Seconds for one request",
    "total_seconds": "Seconds for an address with its redirects, further attempts and pauses",
    "host_seconds": "Seconds for all addresses of one host",
    "run_seconds": "Seconds for all addresses",
}
"""The limits of the engine, by the names of its fields."""


def limits() -> Table:
    """Return within which limits links are asked."""
    defaults = {field.name: field.default for field in fields(CurlProbe)}
    rows = [(meaning, str(defaults[name])) for name, meaning in LIMITS.items()]
    rows += [
        ("MiB of one page, after inflation", _mebibytes(BUDGET)),
        ("MiB of all pages at once", _mebibytes(_held())),
    ]
    return Table("The limits of asking", ("What", "At most"), rows, (probe, reading, body))


def _held() -> int:
    default: int = signature(Held).parameters["most"].default
    return default


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:g}"


_ONCE_MORE = "Asked once more, at the end of the host's queue."
_LEFT_ALONE = (
    "The host is left alone as long as it wants, else for 1 second, then 2, then 4; then it is asked once more."
)
_FINAL = "That is the answer."


def again() -> Table:
    """Return what is asked once more, and what makes a host be asked less."""
    head = ("What came", "What follows", "The host is asked less at once")
    every = [*_statuses(), *_troubles()]
    rows = [(what, *_behaviour(outcome)) for what, outcome in every if _behaviour(outcome) != (_FINAL, "no")]
    return Table("What is asked once more", head, rows, (attempts,))


def _behaviour(outcome: Outcome) -> tuple[str, str]:
    strains = "yes" if sign(outcome) is Sign.STRAIN else "no"
    if isinstance(outcome, Came) and is_refusal(outcome):
        return _LEFT_ALONE, strains
    return _ONCE_MORE if may_pass(outcome) else _FINAL, strains


def _statuses() -> Iterator[tuple[str, Outcome]]:
    """Yield the statuses, those that are taken alike as one."""
    alike = defaultdict[tuple[str, str], list[str]](list)
    for behaviour, group in groupby(range(200, 600), key=lambda status: _behaviour(_came(status))):
        statuses = list(group)
        alike[behaviour].append(span(statuses[0], statuses[-1]))
    for spans in alike.values():
        yield f"Status {', '.join(spans)}", _came(int(spans[0].split()[0]))
    yield "Status 503 with ``Retry-After``", _came(503, retry_after=1)
    yield "A page that broke off", Came(Head(200), PageSeen, 0, cut=True)


def _troubles() -> Iterator[tuple[str, Outcome]]:
    alike = defaultdict[tuple[str, str], list[Trouble]](list)
    for trouble in Trouble:
        alike[_behaviour(Failed(trouble, ""))].append(trouble)
    return ((listed(kinds), Failed(kinds[0], "")) for kinds in alike.values())


def _came(status: int, retry_after: int = 0) -> Came:
    return Came(Head(status, retry_after=retry_after), PageSeen, 0, cut=False)


TABLES: dict[str, Callable[[], Table]] = {"limits": limits, "again": again}
