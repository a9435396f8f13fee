"""Runs without a network: whatever servers do, each address gets one observation, in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from affidavit.links.address import Address, read_address
from affidavit.links.attempts import Sign, is_refusal, may_pass, sign
from affidavit.links.chase import Chase
from affidavit.links.coming import Coming, Spare
from affidavit.links.head import Head
from affidavit.links.limits import Limits
from affidavit.links.manner import USUAL, Manner
from affidavit.links.marks import Question
from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.patience import STRIKES
from affidavit.links.policy import Policy
from affidavit.links.schedule import Schedule
from affidavit.links.seen import Answered, Observation, PageSeen, Trouble, Unreachable

LIMITS = Limits(
    connect_seconds=5,
    request_seconds=12,
    total_seconds=28,
    host_seconds=120,
    run_seconds=600,
    per_host=8,
    in_all=16,
    redirects=5,
    retries=1,
    retry_seconds=1,
    patience=20,
    strikes=STRIKES,
)


def came(status: int, *, retry_after: int = 0, location: str = "", cut: bool = False) -> Came:
    return Came(Head(status, location=location.encode(), retry_after=retry_after), PageSeen, 0.05, cut=cut)


GOOD = came(200)
SILENT = Failed(Trouble.ANSWER_TIMEOUT, "silent")


def begun(url: str, seconds: float) -> Chase:
    read = read_address(url)
    assert isinstance(read, Address)
    return Chase(Question(url), read, seconds)


MANY = 128

Answers = dict[str, list[tuple[float, Outcome]]]
"""What each URL gives, and after how many seconds."""


def test_what_came_does_not_pile_up_unread() -> None:
    chases = [begun(f"http://host{number}.example/", 28) for number in range(50)]
    seen: list[Observation] = []
    schedule = Schedule(Coming(chases), LIMITS, Policy(lambda _: USUAL, lambda _: True, lambda _: ""), seen.append)
    for number in range(LIMITS.in_all):
        chase = schedule.take(number)
        assert chase
        schedule.settle(chase, GOOD, number)
    assert schedule.take(99) is None
    schedule.tell()
    assert len(seen) == 1
    assert schedule.take(99)


def schedule_of(hosts: int, seen: list[Observation]) -> tuple[Schedule, list[int]]:
    """Return a schedule of one URL a host, and the list to which the number of each goes that was let in."""
    made: list[int] = []

    def chases() -> Iterator[Chase]:
        for number in range(hosts):
            made.append(number)
            yield begun(f"http://host{number}.example/", 28)

    policy = Policy(lambda _: USUAL, lambda _: True, lambda _: "")
    return Schedule(Coming(chases()), LIMITS, policy, seen.append, met=True), made


def test_requests_that_ended_give_up_their_places_before_they_are_settled() -> None:
    schedule, _ = schedule_of(50, [])
    under_way = [schedule.take(number // 5) for number in range(LIMITS.in_all)]
    assert None not in under_way
    assert schedule.take(4) is None
    schedule.leave(2)
    assert [bool(schedule.take(4)) for _ in range(3)] == [True, True, False]
    for chase in under_way[:2]:
        assert chase
        schedule.settle(chase, GOOD, 4)
    assert schedule.take(4) is None
    assert under_way[2]
    schedule.settle(under_way[2], GOOD, 4)  # without a word before
    assert schedule.take(4)


def test_requests_do_not_all_begin_at_the_same_moment() -> None:
    schedule, _ = schedule_of(50, [])
    begun: list[float] = []
    now = 0.0
    while now < inf:
        while schedule.take(now):
            begun.append(now)
        now = schedule.next_time()
    at_first, later = begun[:5], begun[5:]
    assert (at_first, len(begun)) == ([0] * 5, LIMITS.in_all)
    assert later == [pytest.approx(0.05 * number / LIMITS.in_all / 1.6) for number in range(1, 12)]


def answered(schedule: Schedule, now: float, seconds: float) -> None:
    """Have one request begin, and be answered after so many seconds."""
    chase = schedule.take(now)
    assert chase
    schedule.settle(chase, replace(GOOD, seconds=seconds), now + seconds)
    schedule.tell()


def spared(hosts: int, others: int, decided: list[bool]) -> Schedule:
    """Return a schedule of one URL a host, of which some may be spared to others."""
    ours, theirs = (
        [begun(f"http://{name}{number}.example/", 28) for number in range(size)]
        for name, size in (("host", hosts), ("other", others))
    )
    policy = Policy(lambda _: USUAL, lambda _: True, lambda _: "")
    spare = Spare(iter(theirs), 0.5, decided.append)
    return Schedule(Coming(ours, spare), replace(LIMITS, in_all=MANY), policy, lambda _: None)


def left(schedule: Schedule, now: float) -> list[str]:
    """Take all that is left, with time enough between, and return the hosts."""
    hosts = []
    while chase := schedule.take(now := now + 1):
        hosts.append(chase.host)
        schedule.settle(chase, GOOD, now)
        schedule.tell()
    return hosts


def test_where_answers_come_faster_than_one_can_keep_up_others_ask_what_may_be_spared() -> None:
    decided: list[bool] = []
    schedule = spared(150, 50, decided)
    for number in range(16):
        schedule.let_in()
        assert decided == []
        answered(schedule, number / 1000, 0.001)
    schedule.let_in()
    assert decided == [True]
    assert sum(bool(schedule.take(1)) for _ in range(MANY)) == MANY // 2
    assert [host for host in left(schedule, 1) if host.startswith("other")] == []


@pytest.mark.parametrize(("answers", "seconds", "now"), [(16, 0.04, 0.02), (15, 0.001, 0.04), (0, 0, 0.04)])
def test_where_they_come_slowly_one_asks_everything(answers: int, seconds: float, now: float) -> None:
    decided: list[bool] = []
    schedule = spared(150, 50, decided)
    assert schedule.take(0)
    for number in range(answers):
        answered(schedule, number / 1000, seconds)
    schedule.let_in()
    assert decided == [False] * (answers == 16)
    assert schedule.take(now)
    schedule.let_in()
    assert decided == [False]
    hosts = left(schedule, now)
    assert len(hosts) == 198 - answers
    assert sum(host.startswith("other") for host in hosts[:120]) == 50  # not behind all else


def test_what_others_would_have_met_is_asked_before_there_is_no_network() -> None:
    decided: list[bool] = []
    schedule = spared(300, 300, decided)
    hosts: list[str] = []
    for tick in range(1000):
        schedule.let_in()
        if chase := schedule.take(tick / 1000):
            hosts.append(chase.host)
            schedule.settle(chase, Failed(Trouble.NOT_CONNECTED, "refused"), 0)
        schedule.tell()
    assert decided == [False]
    assert not schedule.is_waiting
    assert any(host.startswith("other") for host in hosts)
    assert MANY < len(hosts) <= 2 * MANY


def test_who_has_nothing_else_to_ask_does_not_wait_for_it_to_be_decided() -> None:
    decided: list[bool] = []
    schedule = spared(2, 1, decided)
    for number in range(2):
        answered(schedule, number / 1000, 0.001)
    chase = schedule.take(0.003)
    assert chase
    assert (chase.host, decided) == ("other0.example", [False])


def test_who_is_out_of_time_before_it_is_decided_tells_of_everything() -> None:
    decided: list[bool] = []
    schedule = spared(3, 4, decided)
    schedule.give_up(())
    told = 0
    while schedule.has_news:
        schedule.tell()
        told += 1
    assert (told, decided) == (7, [])


def test_chases_are_let_in_as_they_are_needed_and_all_come_to_an_end() -> None:
    seen: list[Observation] = []
    schedule, made = schedule_of(1000, seen)
    assert made == []
    assert schedule.take(0)
    first = len(made)
    assert 0 < first < 500
    assert schedule.let_in()
    assert first < len(made) < 1000
    schedule.give_up(())
    while schedule.has_news:
        schedule.tell()
    assert len(seen) == 999  # all but the one that is under way
    assert not schedule.let_in()


class World:
    """Runs a schedule on a clock of its own; ``answers`` gives the outcomes of each URL in turn, the last for ever."""

    def __init__(self, answers: Answers, limits: Limits = LIMITS, manner: Manner = USUAL) -> None:
        self.now = 0.0
        self.seen: dict[str, Observation] = {}
        self.asked: Counter[str] = Counter()
        self.order: list[str] = []
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.most = 0
        self._answers = {url: list(each) for url, each in answers.items()}
        self._limits = limits
        chases = [begun(url, limits.total_seconds) for url in answers]
        policy = Policy(lambda _: manner, lambda _: True, self._refused)
        self._schedule = Schedule(Coming(chases), limits, policy, self._final)

    def _refused(self, host: str) -> str:
        return "it is refused" if host == "refused.example" else ""

    def _final(self, observation: Observation) -> None:
        assert observation.url not in self.seen
        self.seen[observation.url] = observation

    def run(self) -> World:
        under_way: list[tuple[float, int, Chase, Outcome]] = []
        tie = count()
        while True:
            while chase := self._schedule.take(self.now):
                seconds, outcome = self._answer(chase)
                self.spent[chase.address.request] += seconds
                heappush(under_way, (self.now + seconds, next(tie), chase, outcome))
            self.most = max(self.most, len(under_way))
            self._schedule.tell()
            if under_way and under_way[0][0] <= self._schedule.next_time():
                self.now, _, chase, outcome = heappop(under_way)
                self._schedule.settle(chase, outcome, self.now)
            elif self._schedule.is_waiting:
                self.now = self._schedule.next_time()
            elif not self._schedule.has_news:
                break
        self._schedule.give_up(())
        self._tell_all()
        return self

    def _tell_all(self) -> None:
        while self._schedule.has_news:
            self._schedule.tell()

    def _answer(self, chase: Chase) -> tuple[float, Outcome]:
        url = chase.at.request
        self.asked[url] += 1
        self.order.append(url)
        answers = self._answers.get(url, [(0.1, GOOD)])
        seconds, outcome = answers.pop(0) if len(answers) > 1 else answers[0]
        bound = min(self._limits.request_seconds, chase.left)
        return (seconds, outcome) if seconds <= bound else (bound, SILENT)

    def status(self, url: str) -> int:
        seen = self.seen[url]
        assert isinstance(seen, Answered), seen
        return seen.status


def one(*answers: tuple[float, Outcome], **changes: float) -> World:
    return World({"http://a.example/": list(answers)}, replace(LIMITS, **changes)).run()


URL = "http://a.example/"
REFUSAL = came(429, retry_after=5)


@pytest.mark.parametrize(
    ("answers", "status", "seconds"),
    [([(1, GOOD)], 200, 1),
     ([(1, came(500)), (1, GOOD)], 200, 3),
     ([(1, came(500))], 500, 3),
     ([(1, came(501))], 501, 1),
     ([(1, REFUSAL), (1, GOOD)], 200, 7),
     ([(1, came(503, retry_after=5)), (1, GOOD)], 200, 7),
     ([(1, came(429, retry_after=3600))], 429, 1),
     ([(1, came(200, cut=True)), (1, GOOD)], 200, 3),
     ([(1, SILENT), (1, GOOD)], 200, 3)],
)  # fmt: skip
def test_how_often_and_how_long_one_address_is_asked(
    answers: list[tuple[float, Outcome]], status: int, seconds: float
) -> None:
    world = one(*answers)
    assert (world.status(URL), world.now) == (status, seconds)


def test_the_last_answer_stays_where_there_is_no_time_for_another() -> None:
    assert one((11, REFUSAL), total_seconds=16).status(URL) == 429


def test_a_host_that_is_refused_is_not_asked() -> None:
    world = World({"http://refused.example/": [(0.1, GOOD)], URL: [(0.1, GOOD)]}).run()
    seen = world.seen["http://refused.example/"]
    assert isinstance(seen, Unreachable)
    assert (seen.kind, seen.reason) == (Trouble.ADDRESS_REFUSED, "it is refused")
    assert world.asked == {URL: 1}


def test_a_redirect_waits_in_the_line_of_its_new_host() -> None:
    urls = [f"http://from{number}.example/" for number in range(20)]
    world = World({url: [(0.1, came(302, location="http://to.example/"))] for url in urls}).run()
    assert {world.status(url) for url in urls} == {200}
    assert world.asked["http://to.example/"] == 20


def test_it_goes_before_all_that_wait_there() -> None:
    waiting = [f"http://to.example/{number}" for number in range(30)]
    moved: Answers = {"http://from.example/": [(0.5, came(302, location="http://to.example/new"))]}
    there: Answers = {url: [(1.0, GOOD)] for url in waiting}
    world = World(moved | there).run()
    assert world.order.index("http://to.example/new") == 9


def test_pauses_count_as_time_of_the_address() -> None:
    world = one((1, came(429, retry_after=9)), patience=60)
    assert (world.status(URL), world.now) == (429, 21)


def test_where_nobody_was_met_nobody_is_asked_again() -> None:
    assert one((5, Failed(Trouble.CONNECT_TIMEOUT, "why"))).asked == {URL: 1}
    unheard: Answers = {"http://b.example/": [(5.0, Failed(Trouble.CONNECT_TIMEOUT, "why"))]}
    assert World(unheard | {URL: [(1, GOOD)]}).run().asked == {URL: 1, "http://b.example/": 2}


def test_a_host_that_is_given_up_does_not_keep_its_pace() -> None:
    urls = [f"http://a.example/{number}" for number in range(50)]
    world = World({url: [(12.0, SILENT)] for url in urls}, manner=Manner(pace=5)).run()
    assert {type(each) for each in world.seen.values()} == {Unreachable}
    assert world.now < 60


STATUSES = st.sampled_from([200, 301, 404, 429, 500, 503, 999])
OUTCOMES = st.one_of(
    st.builds(came, STATUSES, retry_after=st.integers(0, 40), cut=st.booleans()),
    st.builds(
        came, st.just(302), location=st.sampled_from(["/", "http://b.example/", "http://refused.example/", "x:y"])
    ),
    st.builds(Failed, st.sampled_from(list(Trouble)), st.just("why")),
)
ANSWERS = st.lists(st.tuples(st.floats(0, 40), OUTCOMES), min_size=1, max_size=5)
URLS = st.builds("http://{}.example/{}".format, st.sampled_from("abc"), st.integers(0, 30))


@settings(deadline=None)
@given(st.dictionaries(URLS, ANSWERS, max_size=40))
def test_whatever_servers_do_each_address_gets_one_observation_in_time(
    answers: Answers,
) -> None:
    world = World(answers).run()
    assert set(world.seen) == set(answers)
    assert world.most <= LIMITS.in_all
    assert max(world.spent.values(), default=0) <= LIMITS.total_seconds


@settings(deadline=None)
@given(ANSWERS)
def test_one_address_alone_costs_no_more_than_its_time(answers: list[tuple[float, Outcome]]) -> None:
    assert one(*answers).now <= LIMITS.total_seconds + 1e-6


@pytest.mark.parametrize(
    ("outcome", "refusal", "passes", "of_host"),
    [(came(200), False, False, Sign.EASE),
     (came(404), False, False, Sign.EASE),
     (came(500), False, True, Sign.EASE),
     (came(501), False, False, Sign.EASE),
     (came(505), False, False, Sign.EASE),
     (came(503), False, True, Sign.STRAIN),
     (came(503, retry_after=1), True, True, Sign.STRAIN),
     (came(429), True, False, Sign.STRAIN),
     (came(408), False, True, Sign.EASE),
     (came(403, retry_after=1), False, False, Sign.EASE),
     (came(200, cut=True), False, True, Sign.STRAIN)],
    ids=repr,
)  # fmt: skip
def test_what_an_answer_says(outcome: Came, refusal: bool, passes: bool, of_host: Sign) -> None:  # noqa: FBT001 -- a table
    assert (is_refusal(outcome), may_pass(outcome), sign(outcome)) == (refusal, passes, of_host)


PASSING = {Trouble.CUT_OFF, Trouble.CONNECT_TIMEOUT, Trouble.ANSWER_TIMEOUT}
STRAINED = {Trouble.CUT_OFF, Trouble.ANSWER_TIMEOUT}


@pytest.mark.parametrize("kind", Trouble)
def test_what_a_failure_says(kind: Trouble) -> None:
    failed = Failed(kind, "why")
    assert may_pass(failed) is (kind in PASSING)
    assert sign(failed) is (Sign.STRAIN if kind in STRAINED else Sign.NONE)
