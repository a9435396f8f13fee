"""Whether what was seen is what the page shows. Pure.

Both sides lose blanks at the ends of lines and blank lines at their end; colours and other sequences for a terminal are
removed from what was seen. Then the rules of the block count.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from affidavit.examples import json_subset
from affidavit.examples.ansi import plain
from affidavit.examples.lines import Line, Settle, Wanted, split, split_expected, wanted
from affidavit.examples.pairing import pair
from affidavit.examples.sequence import InOrder, Parting
from affidavit.examples.settle import Own, Settler
from affidavit.examples.verdict import Held, Mismatch, Rule, Unusable, Verdict
from affidavit.model.examples import Comparison, Matching

_LAST = 30
"""Lines of output that are told of a command which ends otherwise; why it does so stands mostly in the very last."""

_RULES = {
    Comparison.EXACT: Rule.LINES,
    Comparison.GLOB: Rule.GLOB,
    Comparison.REGEX: Rule.REGEX,
    Comparison.JSON: Rule.JSON,
}


def compare(expected: str, seen: str, matching: Matching, own: Iterable[Own] = (), workspace: str = "") -> Verdict:
    """Compare output, without secrets but not settled, with what is expected.

    ``own`` are the site's patterns, ``workspace`` is the folder that the steps ran in.
    """
    settle = Settler(matching.settled, own, workspace=workspace, counting=False).settle
    if wrong := unusable_tolerance(matching):
        return wrong
    if matching.comparison is Comparison.JSON:
        return _compare_json(expected, plain(seen), matching, settle)
    return _compare_lines(split_expected(expected, settle), split(plain(seen), settle), matching)


def unusable_tolerance(matching: Matching) -> Unusable | None:
    """Return why numbers cannot be compared as a block asks, if so."""
    if matching.tolerance and matching.comparison in {Comparison.GLOB, Comparison.REGEX}:
        sentence = f"Numbers cannot be compared with a tolerance where lines are read as {matching.comparison}."
        return Unusable(1, sentence)
    return None


def unusable(expected: str, matching: Matching) -> Unusable | None:
    """Return why nothing could be compared with what is expected, whatever is seen, if so."""
    if matching.comparison is Comparison.JSON:
        want = _read_json(expected)
        return want if isinstance(want, Unusable) else None
    lines = wanted(split_expected(expected, str), matching)
    return lines if isinstance(lines, Unusable) else None


def compare_status(shown: int, seen: int | None, expected: str = "", output: str = "") -> Verdict:
    """Compare the exit status that a page shows, 0 where it shows none, with what a command ended with.

    ``expected`` and ``output`` go along, since what a command prints tells mostly why it ended so.
    """
    if seen == shown:
        return Held()
    ended = "The command did not end" if seen is None else f"The command ends with exit status {seen}"
    told = f"{ended}; the page shows {shown}."
    return Mismatch(Rule.STATUS, told, expected=_ended(expected, shown), seen=_ended(plain(output), seen))


def _ended(text: str, status: int | None) -> tuple[str, ...]:
    """Return the last lines of output with the status behind them, as pages show it."""
    lines = text.rstrip("\n").split("\n") if text.strip("\n") else []
    return (*lines[-_LAST:], *([f"[{status}]"] if status else []))


def _compare_lines(expected: list[Line], seen: list[Line], matching: Matching) -> Verdict:
    want = wanted(expected, matching)
    if isinstance(want, Unusable):
        return want
    find = _unpaired if matching.unordered else _parting
    parting = find(want, seen)
    if parting is None:
        return Held()
    rule = Rule.UNORDERED if matching.unordered else _RULES[matching.comparison]
    return Mismatch(
        rule=rule if want else Rule.NOTHING,
        detail=_detail(parting, len(want), len(seen)),
        line=min(parting.expected + 1, len(want)),
        at=min(parting.seen + 1, len(seen)),
        expected=_shown(expected, matching),
        seen=_shown(seen, matching),
    )


def _shown(lines: list[Line], matching: Matching) -> tuple[str, ...]:
    """Return the lines as they were compared."""
    raw = matching.comparison is Comparison.REGEX
    return tuple(line.raw if raw else line.settled for line in lines)


def _parting(want: list[Wanted | None], seen: list[Line]) -> Parting | None:
    return InOrder(want, seen, Wanted.fits).parting()


def _unpaired(want: list[Wanted | None], seen: list[Line]) -> Parting | None:
    """Return the first line without a partner, of what is wanted or else of what was seen.

    Lines that can have but one partner, or several that are the same to all others too, get theirs first, which takes
    nothing away from the others. So long output in any order costs no more than the few lines that could be many.
    """
    free = dict.fromkeys(range(len(seen)))
    places = _places(seen)
    mixed = set() if all(each is None or each.is_plain for each in want) else _mixed(places, seen)
    others: list[int] = []
    for number, each in enumerate(want):
        if each is None:
            continue
        same = places.get(each.line.settled, [])
        if not each.is_plain or each.line.settled in mixed:
            others.append(number)
        elif not same:
            return Parting(number, len(seen))
        else:
            del free[same.pop()]
    return _unpaired_others(want, others, [(at, seen[at]) for at in free])


def _mixed(places: dict[str, list[int]], seen: list[Line]) -> set[str]:
    """Return the settled lines that stand for several, which are not the same to a line with ``...`` in it."""
    return {text for text, same in places.items() if len({seen[at].raw for at in same}) > 1}


def _places(seen: list[Line]) -> dict[str, list[int]]:
    """Return where each line is, the first place last."""
    places: dict[str, list[int]] = {}
    for at in reversed(range(len(seen))):
        places.setdefault(seen[at].settled, []).append(at)
    return places


def _unpaired_others(want: list[Wanted | None], others: list[int], free: list[tuple[int, Line]]) -> Parting | None:
    chosen = [(number, each) for number in others if (each := want[number])]
    partners = pair(chosen, free, lambda wish, line: wish[1].fits(line[1]))
    for (number, _), partner in zip(chosen, partners, strict=True):
        if partner is None:
            return Parting(number, free[0][0] if free else len(free))
    taken = set(partners)
    left = next((line[0] for number, line in enumerate(free) if number not in taken), None)
    return None if left is None or None in want else Parting(len(want), left)


def _detail(parting: Parting, wanted_lines: int, seen_lines: int) -> str:
    if not wanted_lines:
        return "There is output, and the page shows none."
    if parting.expected >= wanted_lines:
        return f"There is more output than the page shows, from its line {parting.seen + 1} on."
    if parting.seen >= seen_lines:
        return f"Line {parting.expected + 1} of what the page shows is missing."
    return f"Line {parting.expected + 1} of what the page shows is not what was seen."


def _compare_json(expected: str, seen: str, matching: Matching, settle: Settle) -> Verdict:
    want = _read_json(expected)
    if isinstance(want, Unusable):
        return want
    mismatch = partial(Mismatch, Rule.JSON, expected=tuple(expected.split("\n")), seen=tuple(seen.split("\n")))
    try:
        value = json_subset.read(seen)
    except ValueError as error:
        return mismatch(detail=f"The output is no JSON: {_told(error)}.", line=1, at=getattr(error, "lineno", 1))
    subset = json_subset.Subset(
        partial(_fit, settle=settle), tolerance=matching.tolerance, unordered=matching.unordered
    )
    if subset.has(want, value):
        return Held()
    lacking = subset.lacking(want, value)
    return mismatch(detail=str(lacking), line=json_subset.line_of(lacking.path, expected))


def _read_json(expected: str) -> json_subset.Value | Unusable:
    try:
        return json_subset.read_expected(expected)
    except ValueError as error:
        return Unusable(getattr(error, "lineno", 1), f"What is expected is no JSON: {_told(error)}.")


def _told(error: ValueError) -> str:
    return str(getattr(error, "msg", error)).rstrip(".")


def _fit(expected: str, seen: str, *, settle: Settle) -> bool:
    """Compare two strings as the lines of output are compared, with anything for ``...``."""
    if expected == seen:
        return True
    want = wanted([Line(expected, settle(expected))], Matching())
    return not isinstance(want, Unusable) and want[0] is not None and want[0].fits(Line(seen, settle(seen)))
