"""The course of a run: who is asked next, and what follows from what came of it. Pure.

It decides and never asks; times are on the clock of whoever does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import chain
from math import inf
from typing import assert_never

from affidavit.links.attempts import is_plain, is_refusal, may_pass
from affidavit.links.chase import Chase
from affidavit.links.coming import Coming
from affidavit.links.flow import Flow
from affidavit.links.limits import Limits
from affidavit.links.line import Line, line_for
from affidavit.links.network import Contact
from affidavit.links.order import Queue
from affidavit.links.outcome import Came, Failed, Outcome
from affidavit.links.policy import Policy
from affidavit.links.seen import Observation, Trouble, Unreachable

_NO_TIME_FOR_HOST = "no time left for its host"
_NO_TIME, _NOT_BEGUN = "no time left", "not begun"

End = Came | Observation

_AT_A_TIME = 64
"""Chases that are let in at a time."""


class Schedule:
    """Chases, until each has its final observation; ``final`` hears of it when there is time for :meth:`tell`.

    ``met`` says that some server was met already, so that there is a network.
    """

    def __init__(
        self,
        coming: Coming,
        limits: Limits,
        policy: Policy,
        final: Callable[[Observation], object],
        *,
        met: bool = False,
    ) -> None:
        self._limits = limits
        self._policy = policy
        self._final = final
        self._ends: deque[tuple[Chase, End]] = deque()
        self._queue: Queue[Chase] = Queue(lambda each: line_for(limits, policy.manners(each.at)))
        self._under_way = 0
        self._left = 0
        self._contact = Contact(limits.in_all, met=met)
        self._coming = coming
        self._flow = Flow(limits.in_all)

    def take(self, now: float) -> Chase | None:
        """Return what is to be asked now, ``None`` if there is nothing."""
        self._flow.look(now)
        while self._has_room() and self._flow.lets and (chase := self._next(now)):
            line = self._queue.line(chase)
            if self._is_worth_it(chase, line, now):
                self._under_way += 1
                self._flow.began()
                chase.attempts += 1
                chase.started = now
                return chase
            self._queue.done(line)
        return None

    def let_in(self) -> bool:
        """Let some more wait that still come, and return whether there were any.

        To make ready for all of them at once would hold up the first requests, and then their answers.
        """
        return self._let_in_spare(is_over=False) if self._coming.is_open else self._let_in_some()

    def next_time(self) -> float:
        """Return when there is something to be asked at the earliest; infinite where nothing waits for a time."""
        if not self._has_room():
            return inf
        return self._flow.next_time() if self._queue.is_ready else self._queue.next_time()

    @property
    def is_waiting(self) -> bool:
        """Return whether something is to be asked at a later time."""
        return self._coming.is_open or self.next_time() < inf

    def leave(self, number: int) -> None:
        """Take note that so many requests have ended that are settled next: others may take their places before."""
        self._left += number

    def settle(self, chase: Chase, outcome: Outcome, now: float) -> None:
        """Take note of what a request came to that has ended, and decide what follows."""
        line = self._queue.line(chase)
        self._under_way -= 1
        self._left -= self._left > 0
        if isinstance(outcome, Came):
            self._flow.answered(outcome.seconds)
        if is_plain(outcome):
            line.answered(chase.at.port, outcome.seconds)
            self._queue.done(line)
            self._end(chase, outcome)
        else:
            self._look_into(line, chase, outcome, now)

    def _look_into(self, line: Line[Chase], chase: Chase, outcome: Outcome, now: float) -> None:
        """Decide what follows from anything but a good answer."""
        port = chase.at.port
        line.note(port, outcome)
        self._queue.done(line)
        chase.left -= now - chase.started
        match outcome:
            case Came() if outcome.head.redirects:
                self._contact.came()
                self._redirect(chase, outcome)
            case Came():
                self._came(line, chase, outcome, now)
            case Failed():
                self._failed(chase, outcome, now)
            case _:  # pragma: no cover
                assert_never(outcome)
        gone = line.gone(port)
        if gone:
            self._give_up(self._queue.drop(line, lambda each: gone.fits(each.at.port)), gone.kind, gone.reason)

    @property
    def has_news(self) -> bool:
        """Return whether a chase has ended that was not told of."""
        return bool(self._ends)

    def tell(self) -> None:
        """Read what came of a chase that has ended, if there is one, and tell what was seen."""
        if self._ends:
            chase, end = self._ends.popleft()
            self._final(chase.seen(end))

    def give_up(self, under_way: Iterable[Chase]) -> None:
        """Give all that is not done yet its observation, as time is up."""
        for chase in under_way:
            self._end(chase, chase.last or chase.failed(Trouble.NOT_ASKED, _NO_TIME))
        for chase in chain(self._queue.rest(), self._coming.rest()):
            words = _NO_TIME if chase.attempts else _NOT_BEGUN
            self._end(chase, chase.last or chase.failed(Trouble.NOT_ASKED, words))

    def break_off(self, under_way: Iterable[Chase]) -> None:
        """Give all that was to be asked once more what the last attempt saw, as there is no time for another."""
        for chase in (*under_way, *self._queue.rest()):
            if chase.last:
                self._ends.appendleft((chase, chase.last))

    def _next(self, now: float) -> Chase | None:
        chase = self._queue.take(now)
        while chase is None and (self._let_in_some() or self._let_in_spare(is_over=True)):
            chase = self._queue.take(now)
        return chase

    def _let_in_some(self) -> bool:
        for chase in (some := self._coming.some(_AT_A_TIME)):
            self._queue.add(chase)
        return bool(some)

    def _let_in_spare(self, *, is_over: bool) -> bool:
        """Decide whether others take what may be spared; return whether it is ours, among which somebody may be met."""
        is_ours = self._coming.decide(self._flow, is_idle=is_over and not self._under_way)
        if is_ours:
            self._contact.begin_anew()
        return is_ours

    def _has_room(self) -> bool:
        """Tell whether one more may be asked: until some server was met, no more than may be under way at once.

        What came must not pile up, either, where reading takes longer than asking.
        """
        if not self._contact.allows(self._under_way):
            return False
        return self._under_way - self._left < self._flow.most and len(self._ends) < self._limits.in_all

    def _is_worth_it(self, chase: Chase, line: Line[Chase], now: float) -> bool:
        """Tell whether to ask; where that is of no use, or not allowed, the chase ends here."""
        refused = self._policy.refused(chase.host)
        if refused:
            self._end(chase, chase.failed(Trouble.ADDRESS_REFUSED, refused))
        elif now >= line.ends:
            self._give_up([chase, *self._queue.drop(line, lambda _: True)], Trouble.NOT_ASKED, _NO_TIME_FOR_HOST)
        elif gone := line.gone(chase.at.port):
            self._give_up([chase], gone.kind, gone.reason)
        else:
            return True
        return False

    def _redirect(self, chase: Chase, came: Came) -> None:
        """Let a chase go on at the host that it is redirected to, which has a line of its own."""
        chase.last = chase.follow(came.head, self._limits.redirects, self._policy.follow)
        if chase.last:
            self._end(chase, chase.last)
        else:
            self._queue.go_on(chase)

    def _came(self, line: Line[Chase], chase: Chase, came: Came, now: float) -> None:
        if is_refusal(came):
            self._wait(line, chase, came, now)
        else:
            self._again(chase, came, now, passes=may_pass(came))

    def _wait(self, line: Line[Chase], chase: Chase, came: Came, now: float) -> None:
        """Leave a host alone as long as it wants, or as its patience lasts, and ask once more then."""
        until = line.patience.refused(came.head.retry_after, now)
        if until is not None and until - now < chase.left:
            self._put_off(chase, came, now, until)
        else:
            self._end(chase, came)

    def _failed(self, chase: Chase, failed: Failed, now: float) -> None:
        """Ask once more what may pass; not, where that costs time and it seems that there is no network at all."""
        seen = chase.failed(failed.kind, failed.reason)
        if seen.met:
            self._contact.came()
        self._again(chase, seen, now, passes=may_pass(failed) and self._contact.met)

    def _again(self, chase: Chase, end: End, now: float, *, passes: bool) -> None:
        due = self._limits.retry_seconds
        if passes and chase.retried < self._limits.retries and due < chase.left:
            chase.retried += 1
            self._put_off(chase, end, now, now + due)
        else:
            self._end(chase, end)

    def _put_off(self, chase: Chase, end: End, now: float, until: float) -> None:
        chase.left -= until - now
        chase.last = chase.seen(end)
        self._queue.again(chase, until)

    def _give_up(self, chases: Iterable[Chase], kind: Trouble, reason: str) -> None:
        """End chases without asking; what an earlier attempt saw is worth more than that."""
        for chase in chases:
            self._end(chase, chase.last or chase.failed(kind, reason))

    def _end(self, chase: Chase, end: End) -> None:
        if isinstance(end, Unreachable):
            self._contact.failed(end)
        else:
            self._contact.came()
        chase.cookies = ()  # a run keeps all chases, and servers may send many
        self._ends.append((chase, end))
