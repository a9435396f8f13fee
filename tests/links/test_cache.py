"""Asking only about what was not seen lately, and telling a dead host from an absent network all the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest
from msgspec import Struct, field

from affidavit.links.address import Address, read_address
from affidavit.links.ages import DAY, LONGEST, SHORTEST
from affidavit.links.asked import question
from affidavit.links.cache import CachedProbe, Progress
from affidavit.links.judge import NOT_CHECKED, judge
from affidavit.links.marks import Question
from affidavit.links.network import network
from affidavit.links.probe import Probe, Seen, ignore
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.links.store import FORMAT_VERSION, CacheError, Store
from affidavit.model.claims import Link
from affidavit.model.place import Place
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable

HERE, GONE, DEAD = "http://here.example/", "http://gone.example/page", "http://dead.example/"
OTHERS = [f"http://{name}.example/{page}" for name in "abcde" for page in (1, 2)]
NOON = 1_000_000_000.5


def answer(url: str, status: int = 200) -> Observation:
    return Answered(url, url, status, 0)


def trouble(url: str, kind: Trouble) -> Observation:
    return Unreachable(url, url, kind, "words")


class Web(Struct, dict=True):
    """Gives the answers of a test, and good ones by default; where there is no network, nobody is known."""

    answers: dict[str, Observation] = field(default_factory=dict)
    absent: bool = False
    asked: list[list[str]] = field(default_factory=list)

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        self.asked.append(sorted(each.url for each in questions))
        answers = {each.url: self._observe(each.url) for each in questions}
        for url, answer in answers.items():
            seen(url, answer)
        return answers

    def _observe(self, url: str) -> Observation:
        address = read_address(url)
        if not isinstance(address, Address):
            return trouble(url, Trouble.URL_UNUSABLE)
        if self.absent:
            return trouble(address.request, Trouble.NAME_UNKNOWN)
        return self.answers.get(address.request, answer(address.request))


def of(urls: Sequence[str]) -> list[Question]:
    return [question(url) or Question(url) for url in urls]


class Told(Progress):
    def __init__(self) -> None:
        self.counts: list[tuple[int, int]] = []
        self.errors: list[CacheError] = []

    def asking(self, asked: int, known: int) -> None:
        self.counts.append((asked, known))

    def failed(self, error: CacheError) -> None:
        self.errors.append(error)


class Builds(Struct, dict=True):
    """Builds, one after the other, each with a web and a clock."""

    store: Store | None
    now: float = NOON
    told: Told = field(default_factory=Told)

    def observe(self, web: Probe, *urls: str) -> dict[str, Observation]:
        return CachedProbe(web, self.store, lambda: self.now, self.told).observe(of(urls))

    def asked(self, *urls: str, later: float = 0) -> list[str]:
        """Return what one more build asks, of a web in which everything is there."""
        web = Web()
        CachedProbe(web, self.store, lambda: self.now + later, self.told).observe(of(urls))
        return [url for urls in web.asked for url in urls]


@pytest.fixture
def builds(tmp_path):
    return Builds(Store(tmp_path, patience=0.1))


def verdicts(seen: dict[str, Observation]) -> dict[str, Holds | Moved | Refuted | Unable]:
    """Judge observations as a build does."""
    of_run = network(seen.values())
    return {url: judge(Link(url, Place("page.rst")), Question(url), each, of_run) for url, each in seen.items()}


def kinds(seen: dict[str, Observation]) -> dict[str, type]:
    return {url: type(verdict) for url, verdict in verdicts(seen).items()}


def test_what_was_seen_lately_is_not_asked_and_reads_the_same(builds):
    first = builds.observe(Web(), HERE, GONE)
    web = Web(absent=True)
    assert builds.observe(web, HERE, GONE) == first == {HERE: answer(HERE), GONE: answer(GONE)}
    assert web.asked == []
    assert builds.told.counts == [(2, 0), (0, 2)]


def test_only_the_rest_is_asked(builds):
    builds.observe(Web(), HERE)
    web = Web()
    assert list(builds.observe(web, GONE, HERE, GONE)) == [HERE, GONE]
    assert web.asked == [[GONE]]
    assert builds.told.counts[-1] == (1, 1)


def test_all_spellings_of_one_request_are_one(builds):
    builds.observe(Web(), "http://HERE.example#part")
    assert builds.asked("http://here.example:80/", "http://here.example/#other") == []
    assert builds.asked("http://here.example/?") == ["http://here.example/?"]


@pytest.mark.parametrize(
    ("observation", "asked_again"),
    [
        (answer(GONE, 200), False),
        (answer(GONE, 206), False),
        (Answered(GONE, HERE, 200, 3), False),
        (answer(GONE, 300), True),
        (answer(GONE, 404), True),
        (answer(GONE, 503), True),
        (Answered(GONE, HERE, 404, 1), True),
        *((trouble(GONE, kind), True) for kind in Trouble),
    ],
    ids=str,
)
def test_good_answers_live_long_and_all_else_is_asked_again(builds, observation, asked_again):
    builds.observe(Web({GONE: observation}), HERE, GONE)
    assert builds.asked(GONE, HERE)[:1] == [GONE] * asked_again


@pytest.mark.parametrize(
    ("later", "asked"), [(0, False), (SHORTEST - 1, False), (LONGEST, True), (365 * DAY, True), (-DAY, True)]
)
def test_good_answers_come_due(builds, later, asked):
    builds.observe(Web(), HERE)
    assert bool(builds.asked(HERE, later=later)) == asked


def test_a_bad_answer_takes_the_place_of_a_good_one(builds):
    builds.observe(Web(), HERE)
    builds.now += LONGEST
    builds.observe(Web({HERE: answer(HERE, 404)}), HERE)
    assert builds.asked(HERE, later=-LONGEST) == [HERE]


def kept(builds: Builds) -> set[str]:
    assert builds.store
    if not builds.store.path.exists():
        return set()
    with closing(sqlite3.connect(builds.store.path)) as connection:
        return {url for (url,) in connection.execute("SELECT url FROM observation")}


@pytest.mark.parametrize("kind", Trouble)
def test_what_says_nothing_of_the_link_is_never_kept(builds, kind):
    builds.observe(Web({GONE: trouble(GONE, kind)}), HERE, GONE)
    of_the_link = {"name-unknown", "certificate-invalid", "redirect-unusable", "too-many-redirects"}
    expected = {"network-closed": set()}.get(kind, {HERE} | ({GONE} if kind in of_the_link else set()))
    assert kept(builds) == expected


def test_nothing_is_kept_of_a_run_without_a_network(builds):
    builds.observe(Web(absent=True), HERE, GONE)
    assert kept(builds) == set()


SECRET = "http://user:word@here.example/"  # noqa: S105 -- it is none


@pytest.mark.parametrize(
    "observation",
    [answer(SECRET), Answered(HERE, SECRET, 200, 1), Unreachable(HERE, SECRET, Trouble.NAME_UNKNOWN, "words")],
    ids=str,
)
def test_no_password_is_kept(builds, observation):
    builds.observe(Web({observation.url: observation}), observation.url, GONE)
    assert kept(builds) == {GONE}


def test_what_cannot_be_asked_is_left_to_the_probe(builds):
    seen = builds.observe(Web(), "mailto:a@here.example", "http://", HERE)
    assert {url: type(each) for url, each in seen.items()} == {
        "mailto:a@here.example": Unreachable,
        "http://": Unreachable,
        HERE: Answered,
    }
    assert kept(builds) == {HERE}


def test_nothing_to_ask(builds):
    assert builds.observe(Web()) == {}


# A dead host is asked again in every build, and then often alone.


def test_a_dead_host_that_is_asked_alone_stays_broken(builds):
    web = Web({DEAD: trouble(DEAD, Trouble.NAME_UNKNOWN)})
    for _ in range(2):
        assert kinds(builds.observe(web, HERE, GONE, DEAD)) == {HERE: Holds, GONE: Holds, DEAD: Refuted}
    assert web.asked == [[DEAD, GONE, HERE], [DEAD], [DEAD, GONE, HERE]]


def test_an_absent_network_makes_no_host_dead_and_leaves_what_was_seen(builds):
    builds.observe(Web(), HERE, GONE)
    before = kept(builds)
    seen = builds.observe(Web(absent=True), HERE, GONE, DEAD)
    assert kinds(seen) == {HERE: Holds, GONE: Holds, DEAD: Unable}
    assert verdicts(seen)[DEAD] in NOT_CHECKED
    assert kept(builds) == before


def test_a_closed_network_makes_no_host_dead_and_leaves_what_was_seen(builds):
    builds.observe(Web(), HERE)
    web = Web({DEAD: trouble(DEAD, Trouble.NETWORK_CLOSED), GONE: answer(GONE, 404)})
    seen = builds.observe(web, HERE, GONE, DEAD)
    assert kinds(seen) == {HERE: Holds, GONE: Unable, DEAD: Unable}
    assert kept(builds) == {HERE}


def test_a_network_that_turns_out_closed_changes_nothing_of_what_was_seen(builds):
    builds.observe(Web(), HERE)

    class Gateway(Web):
        def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
            super().observe(questions, seen)
            urls = [each.url for each in questions]
            kind = Trouble.NETWORK_CLOSED if HERE in urls else Trouble.NAME_UNKNOWN
            return {url: trouble(url, kind) if url == DEAD else answer(url, 404) for url in urls}

    assert kinds(builds.observe(Gateway(), HERE, DEAD)) == {HERE: Holds, DEAD: Unable}


def test_few_are_asked_for_a_sign_of_life_and_each_of_another_host(builds):
    web = Web({DEAD: trouble(DEAD, Trouble.NAME_UNKNOWN)})
    builds.observe(web, DEAD, *OTHERS)
    builds.observe(web, DEAD, *OTHERS)
    (*_, asked) = web.asked
    hosts = {url.split("/")[2] for url in asked}
    assert len(asked) == len(hosts) == 4
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    ("now", "verdict"),
    [(answer(HERE, 404), Refuted), (answer(HERE, 503), Unable), (trouble(HERE, Trouble.CUT_OFF), Holds)],
    ids=str,
)
def test_what_a_sign_of_life_says_of_its_link_counts(builds, now, verdict):
    builds.observe(Web(), HERE)
    web = Web({DEAD: trouble(DEAD, Trouble.NAME_UNKNOWN), HERE: now})
    assert kinds(builds.observe(web, HERE, DEAD)) == {HERE: verdict, DEAD: Refuted}


def test_without_a_store_everything_is_asked():
    web = Web()
    without = Builds(None)
    for _ in range(2):
        without.observe(web, HERE, GONE)
    assert web.asked == [[GONE, HERE]] * 2
    assert without.told.counts == [(2, 0)] * 2


def damaged(store: Store) -> None:
    store.path.write_bytes(b"no database" * 1000)


def folder_in_its_place(store: Store) -> None:
    store.path.unlink()
    store.path.mkdir()


def later_version(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION + 1}")


@pytest.mark.parametrize("damage", [damaged, folder_in_its_place, later_version])
def test_a_store_that_fails_is_told_once_and_done_without(builds, damage):
    first = builds.observe(Web(), HERE, GONE)
    damage(builds.store)
    web = Web()
    assert builds.observe(web, HERE, GONE) == first
    assert web.asked == [[GONE, HERE]]
    assert len(builds.told.errors) == 1
    assert bool(builds.asked(HERE, GONE)) == (damage is not damaged)


def test_a_store_that_cannot_be_written_is_told_once(builds, tmp_path):
    (tmp_path / "file").touch()
    builds.store = Store(tmp_path / "file" / "folder")
    assert kinds(builds.observe(Web(), HERE)) == {HERE: Holds}
    assert ["cannot be used" in str(error) for error in builds.told.errors] == [True]


def test_observations_of_real_servers_are_the_same_from_the_store(tmp_path, serve, probe):
    end = serve({"/end": b"HTTP/1.1 204 No Content\r\n\r\n"})
    moved = f"HTTP/1.1 301 Moved\r\nLocation: {end.url('/end')}\r\nContent-Length: 0\r\n\r\n".encode()
    start = serve({"/old": moved, "/end": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"})
    urls = [start.url("/old"), start.url("/end"), start.url("/missing")]
    builds = Builds(Store(tmp_path))
    first = builds.observe(probe(), *urls)
    assert builds.observe(probe(), *urls) == first
    assert sorted(start.requests) == ["GET /end", "GET /missing", "GET /missing", "GET /old"]
    assert end.requests == ["GET /end"]


class Interrupted(Web):
    """Answers about all but the last page, and then somebody presses Ctrl-C."""

    def observe(self, questions: Sequence[Question], seen: Seen = ignore) -> dict[str, Observation]:
        for each in questions[:-1]:
            seen(each.url, self._observe(each.url))
        raise KeyboardInterrupt


def test_what_was_seen_before_an_interrupt_is_told_and_kept(builds):
    told: dict[str, Observation] = {}
    with pytest.raises(KeyboardInterrupt):
        CachedProbe(Interrupted(), builds.store, lambda: builds.now).observe(of([HERE, GONE, DEAD]), told.__setitem__)
    assert set(told) == {HERE, GONE}
    assert builds.asked(HERE, GONE, DEAD) == [DEAD]


class Pressed:
    """A store at whose first write somebody presses Ctrl-C."""

    def __init__(self, store: Store) -> None:
        self.read = store.read
        self._write = store.write
        self._was_pressed = False

    def write(self, *args: Any, **kwargs: Any) -> None:
        if not self._was_pressed:
            self._was_pressed = True
            raise KeyboardInterrupt
        self._write(*args, **kwargs)


def test_what_was_seen_is_kept_even_if_the_interrupt_comes_while_it_is_written(builds):
    pressed: Any = Pressed(builds.store)
    with pytest.raises(KeyboardInterrupt):
        CachedProbe(Web(), pressed, lambda: builds.now).observe(of([HERE, GONE]))
    assert builds.asked(HERE, GONE) == []


def test_no_trouble_is_kept_of_a_run_that_was_interrupted(builds, tmp_path):
    web = Interrupted({DEAD: trouble(DEAD, Trouble.NAME_UNKNOWN)})
    with pytest.raises(KeyboardInterrupt):
        CachedProbe(web, builds.store, lambda: builds.now).observe(of([HERE, DEAD, GONE]))
    assert set(Store(tmp_path).read([HERE, DEAD, GONE])) == {HERE}


def test_all_that_is_known_is_told_at_once_and_only_once(builds):
    builds.observe(Web(), HERE)
    told: list[str] = []
    probe = CachedProbe(Web(), builds.store, lambda: builds.now)
    seen = probe.observe(of([GONE, HERE]), lambda url, _: told.append(url))
    assert told == [HERE, GONE]
    assert set(seen) == {HERE, GONE}
