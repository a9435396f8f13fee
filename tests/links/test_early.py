"""Judging while others are waited for changes no verdict."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from affidavit.links.claims import judge_all
from affidavit.links.early import Early
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.settings import HostRule, LinkChoice, Settings

URLS = [f"https://{name}.example/page" for name in ("good", "gone", "moved", "silent")]
LINKS = tuple(Link(url, Place("a", number)) for number, url in enumerate([*URLS, URLS[0], f"{URLS[0]}#part"]))
SETTINGS = Settings(links=LinkChoice(patterns=("",)), hosts=(HostRule("gone.example", accept=(404,)),))
GOOD: Observation = Answered(URLS[0], URLS[0], 200, 0)
GONE: Observation = Answered(URLS[1], URLS[1], 404, 0)
MOVED: Observation = Answered(URLS[2], "https://new.example/", 200, 1, "https://new.example/")
SILENT: Observation = Unreachable(URLS[3], URLS[3], Trouble.ANSWER_TIMEOUT, "silence")
CLOSED: Observation = Unreachable(URLS[3], URLS[3], Trouble.NETWORK_CLOSED, "no name is known")


def judged(observations: Mapping[str, Observation], early: Early | None = None) -> list[Judged]:
    return list(judge_all(Corpus((Page(links=LINKS),)), SETTINGS, (), observations, early))


@pytest.mark.parametrize(
    "seen",
    [(GOOD, GONE, MOVED, SILENT), (GOOD, GONE), (GONE, CLOSED), (SILENT,), ()],
    ids=["all", "some", "closed network", "no network", "nothing"],
)
def test_no_verdict_changes(seen: tuple[Observation, ...]) -> None:
    early = Early(LINKS, SETTINGS)
    for each in seen:
        early.seen(each.url, each)
    observations = {each.url: each for each in seen}
    assert judged(observations, early) == judged(observations)


def test_what_was_judged_is_not_judged_again() -> None:
    early = Early(LINKS, SETTINGS)
    early.seen(GOOD.url, GOOD)
    known = early.judged({GOOD.url: GOOD})
    assert [number for number, each in enumerate(known) if each] == [0, 4, 5]
    assert judged({GOOD.url: GOOD}, early)[0] is known[0]
    assert not any(early.judged({}))


def test_only_chosen_links_are_judged() -> None:
    settings = Settings(links=LinkChoice(patterns=("https://gone", "https://good.*#")))
    early = Early(LINKS, settings)
    observations = {each.url: each for each in (GOOD, GONE)}
    for url, each in observations.items():
        early.seen(url, each)
    found = judge_all(Corpus((Page(links=LINKS),)), settings, (), observations, early)
    assert [each.claim for each in found] == [LINKS[1], LINKS[5]]


def test_what_was_seen_last_counts() -> None:
    early = Early(LINKS, SETTINGS)
    early.seen(SILENT.url, SILENT)
    observations = {GOOD.url: GOOD, SILENT.url: Answered(URLS[3], URLS[3], 404, 0)}
    assert judged(observations, early) == judged(observations)
