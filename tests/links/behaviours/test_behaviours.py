"""Every behaviour of servers has its verdict: one table, asked in one run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest
from msgspec import Struct, field
from msgspec.structs import replace
from tests.links.behaviours.asking import LONG_AGO, Seen, gathered, told
from tests.links.behaviours.behaviour import MOST, Absent, At, Row, Told, mistakes
from tests.links.behaviours.rows_addresses import TRAPS
from tests.links.behaviours.table import LINKS, ROWS

from affidavit.gathered import questions
from affidavit.links.asked import question
from affidavit.links.cache import CachedProbe
from affidavit.links.marks import Question
from affidavit.links.probe import CurlProbe, ignore
from affidavit.links.probe import Seen as Hears
from affidavit.links.seen import Observation

if TYPE_CHECKING:
    from tests.links.behaviours.conftest import Asked

DAY = 24 * 60 * 60
ATTEMPTS = 2
"""How often one page is asked for at most that does not say that it wants to be asked again."""

LONGEST = 30
"""Seconds that one URL may cost."""

NEVER_KEPT = (
    "status 300",
    "300 with a Location",
    "a password is for its own host",
    "address with a password",
)
"""Good all the same: a choice that may be made later, and secrets."""

PAGES = {at.url: at for row in ROWS for at in row.web}

EACH = pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])


def pages_of(row: Row) -> Sequence[At]:
    """Return what a row needs of the web; one that shares the page of another row has that."""
    asked = question(row.url)
    return row.web or [PAGES[asked.url]] if row.requests and asked else row.web


@EACH
def test_a_behaviour_has_its_verdict(row: Row, asked: Asked) -> None:
    assert mistakes(row, asked.seen.told[row.name]) == []


@EACH
def test_it_is_asked_as_often_as_needed(row: Row, asked: Asked) -> None:
    requests = sum(asked.requests[at.url] for at in pages_of(row))
    assert requests == row.requests or (row.requests < 0 < requests <= ATTEMPTS)


def test_each_has_a_name_and_a_link_of_its_own() -> None:
    assert len({row.name for row in ROWS}) == len({row.url for row in ROWS}) == len(ROWS)


def test_all_servers_were_asked(asked: Asked) -> None:
    servers = {at for row in ROWS for at in row.web if not isinstance(at.action, Absent)}
    assert sorted(at.url for at in servers if not asked.connections[at.url]) == []


def test_nobody_asked_with_anything_but_get(asked: Asked) -> None:
    assert asked.methods == {"GET"}


def test_nobody_asked_where_nobody_is_to_ask(asked: Asked) -> None:
    assert [at.url for at in TRAPS if asked.connections[at.url]] == []


def test_who_answers_waits_for_nobody_who_does_not(usual: Seen) -> None:
    order = list(usual.observations)
    silent = min(order.index(row.url) for row in ROWS if row.name.startswith("silence") and "#" not in row.url)
    assert [name for name in LINKS if name.startswith("the guide's link") and order.index(LINKS[name]) > silent] == []


class Remembering(Struct, frozen=True):
    """Says once more what was seen before, and takes note of what it was asked."""

    seen: Mapping[str, Observation]
    asked: set[str] = field(default_factory=set)

    def observe(self, questions: Sequence[Question], _: Hears = ignore) -> dict[str, Observation]:
        self.asked.update(each.url for each in questions)
        return {each.url: self.seen[each.url] for each in questions}


def pages(names: Collection[str]) -> set[str]:
    """Return the pages that rows ask for, by their names."""
    return {asked.url for row in ROWS if row.name in names and (asked := question(row.url))}


def asked_for(*verdicts: str) -> set[str]:
    """Return the pages that the rows with these verdicts ask for, whatever others ask of the same."""
    return pages([row.name for row in ROWS if row.expected.verdict in verdicts])


def test_the_cache_tells_the_same_and_asks_only_about_what_was_not_good(asked: Asked) -> None:
    web = Remembering(asked.seen.observations)
    seen = CachedProbe(web, asked.cache, lambda: LONG_AGO + DAY).observe(questions(gathered(LINKS)))
    assert told(LINKS, seen) == asked.seen.told
    bad = asked_for("broken", "anchor-missing", "soft-404")
    assert bad <= web.asked
    good = asked_for("holds", "moved") - bad - asked_for("unable")
    assert good & web.asked == pages(NEVER_KEPT)


def without_ports(told: Mapping[str, Told]) -> dict[str, Told]:
    """Return what is told without the ports that the system chose for servers."""
    return {
        name: replace(each, reason=re.sub(r"(127\.\d+\.\d+\.\d+)(?::| port )\d+", r"\1", each.reason))
        for name, each in told.items()
    }


def test_another_run_tells_the_same_word_by_word(asked: Asked, usual: Seen) -> None:
    assert without_ports(usual.told) == without_ports(asked.seen.told)


def test_all_of_it_takes_little_memory(usual: Seen) -> None:
    assert usual.memory < MOST


def test_no_url_may_cost_longer() -> None:
    assert CurlProbe(user_agent="Affidavit/test").total_seconds < LONGEST
