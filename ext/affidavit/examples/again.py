"""A run held against the record of an earlier one: whether it came to the same. Pure.

Where a failure is declared by a pattern, a line that is such a failure as a whole is the same as any other that is:
a server that answers with status 500 or 502, as it happens, is said to do so by ``50[02]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from affidavit.examples.compared import Differing, differences, exchanges_of
from affidavit.examples.observed import settled_in
from affidavit.examples.patterns.pattern import Pattern, read_pattern
from affidavit.examples.plan import Run
from affidavit.examples.settle import Own, Settler
from affidavit.examples.verdict import Mismatch, Rule
from affidavit.model.evidence import Record, Seen
from affidavit.model.examples import Exchange, Step

_Settled = tuple[str, int | None, str]


def is_same(run: Run, old: Record, new: Record, own: Sequence[Own] = (), declared: str = "") -> bool:
    """Tell whether a run came to what an earlier one did, so that its record can stay as it is.

    Outputs are the same where they are so once settled, or where both are what the page shows. ``declared`` is the
    pattern by which a failure is declared, empty where none is.
    """
    alike = _about(old) == _about(new) and len(old.seen) == len(new.seen)
    return alike and all(same_exchanges(run, old, new, own, declared))


def same_exchanges(run: Run, old: Record, new: Record, own: Sequence[Own] = (), declared: str = "") -> tuple[bool, ...]:
    """Tell of each exchange that both reached whether it came to the same."""
    differing = {each.exchange for seen in (old.seen, new.seen) for each in differences(run, seen, own)}
    rows = zip(exchanges_of(run), old.seen, new.seen, strict=False)
    return tuple(
        (exchange.expected is not None and exchange not in differing and _put(before) == _put(after))
        or _settled(step, before, own, declared) == _settled(step, after, own, declared)
        for (step, exchange), before, after in rows
    )


def drifted(run: Run, old: Record, new: Record, own: Sequence[Own] = ()) -> tuple[Differing, ...]:
    """Return the exchanges whose output only the record tells, and that came out otherwise than it has them.

    What the page shows is for the page to say; and a record of something else says nothing of this run.
    """
    return tuple(_drifted(run, old, new, own)) if old.fingerprint == new.fingerprint else ()


def _drifted(run: Run, old: Record, new: Record, own: Sequence[Own]) -> Iterator[Differing]:
    for (step, exchange), before, after in zip(exchanges_of(run), old.seen, new.seen, strict=False):
        was, came = _settled(step, before, own), _settled(step, after, own)
        if exchange.expected is None and was[-1] != came[-1]:
            yield Differing(exchange, _parting(was[-1], came[-1], exchange))


def _parting(was: str, came: str, exchange: Exchange) -> Mismatch:
    command = exchange.given.partition("\n")[0]
    return _apart(was, came, Rule.RECORDED, f"“{command}” gives something else than was recorded.")


def _apart(was: str, came: str, rule: Rule, detail: str) -> Mismatch:
    """Return where two outputs part; none of their lines where they are the same."""
    if was == came:
        return Mismatch(rule, detail)
    expected, seen = (tuple(text.rstrip("\n").split("\n")) if text else () for text in (was, came))
    same = next((n for n, pair in enumerate(zip(expected, seen, strict=False), 1) if pair[0] != pair[1]), 1)
    return Mismatch(rule, detail, same, same, expected, seen)


def parted(run: Run, one: Record, other: Record, own: Sequence[Own] = (), declared: str = "") -> tuple[Differing, ...]:
    """Return the exchanges that both of two runs of one page reached, and that did not come to the same."""
    alike = same_exchanges(run, one, other, own, declared)
    rows = zip(exchanges_of(run), one.seen, other.seen, alike, strict=False)
    return tuple(
        Differing(exchange, _unsteady(_settled(step, first, own), _settled(step, second, own), exchange))
        for (step, exchange), first, second, same in rows
        if not same
    )


def _unsteady(first: _Settled, second: _Settled, exchange: Exchange) -> Mismatch:
    command = exchange.given.partition("\n")[0]
    statuses = "" if first[1] == second[1] else f", with the status {first[1]} and then {second[1]}"
    return _apart(first[-1], second[-1], Rule.STEADY, f"“{command}” does not give the same each time{statuses}.")


def _about(record: Record) -> tuple[object, ...]:
    return (
        record.fingerprint,
        record.outcome,
        record.reason,
        sorted(record.versions),
        record.platform,
        record.sandbox,
    )


def _put(seen: Seen) -> tuple[str, int | None]:
    return seen.given, seen.status


def _settled(step: Step, seen: Seen, own: Sequence[Own], declared: str = "") -> _Settled:
    settler = Settler(settled_in(step), own, counting=False)
    lines = settler.settle(seen.output).split("\n")
    failure = _pattern(declared)
    told = (declared if line and failure and failure.is_whole(line) else line for line in lines)
    return seen.given, seen.status, "\n".join(told)


@lru_cache
def _pattern(declared: str) -> Pattern | None:
    pattern = read_pattern(declared) if declared else None
    return pattern if isinstance(pattern, Pattern) else None
