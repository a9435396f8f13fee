"""One go over a list of URLs: it owns all of libcurl's handles, and gives them back whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from time import monotonic

import pycurl

from affidavit.links.body import Held
from affidavit.links.chase import Chase
from affidavit.links.descriptors import connections
from affidavit.links.interrupts import Interrupts
from affidavit.links.manner import Manner
from affidavit.links.multi import Multi
from affidavit.links.options import Asking
from affidavit.links.schedule import Schedule
from affidavit.links.transfer import Transfer

_LONGEST_WAIT = 0.2
"""Seconds until an interrupt is heard at the latest."""

_PULSE_SECONDS = 0.02
"""Between two looks at what is neither about requests nor about answers."""

_LET_BY_SECONDS = 0.25
"""That a body is given at least to end which nobody needs, so that its connection can be used again."""


_READING_SECONDS = 0.001
"""That the network waits at most for pages to be read, beyond the last of them: whoever answered meanwhile is asked
again so much later."""

_LAST_WORDS_SECONDS = 0.3
"""That are left for what is known after an interrupt."""


class Run:
    """Asks what a schedule says, in the manner that each chase is to be asked in; it is to be closed in any case.

    Whatever ended makes room for the next request before anybody looks at its page: pages are read while the network is
    at work. ``pulse`` is called several times a second; an interrupt that it raises counts as one.
    """

    def __init__(
        self, schedule: Schedule, asking: Asking, manner: Callable[[Chase], Manner], pulse: Callable[[], object]
    ) -> None:
        self._schedule = schedule
        self._asking = asking
        self._manner = manner
        self._pulse = pulse
        self._held = Held()
        self._multi = Multi(connections())
        self._live: dict[pycurl.Curl, Transfer] = {}
        self._free: list[Transfer] = []
        self._swept = self._pulsed = monotonic()

    def finish(self, ends: float) -> None:
        """Ask everything until a time; an interrupt ends it once all that is known was told."""
        try:
            with Interrupts() as interrupts:
                self._fill()
                while (now := monotonic()) < ends and self._has_more():
                    self._turn(now)
                    if now - self._pulsed > _PULSE_SECONDS:
                        self._pulsed = now
                        self._pulse()
                        interrupts.check()
            self._schedule.give_up([each.chase for each in self._live.values()])
            self._tell(inf)
        except KeyboardInterrupt:
            self._schedule.break_off([each.chase for each in self._live.values()])
            self._tell(_LAST_WORDS_SECONDS)
            raise

    def close(self) -> None:
        """Give all handles back; the multi handle first lets go of those that are under way."""
        for transfer in self._live.values():
            self._multi.remove(transfer.handle)
        for transfer in (*self._live.values(), *self._free):
            transfer.close()
        self._multi.close()

    def _has_more(self) -> bool:
        return bool(self._live) or self._schedule.has_news or self._schedule.is_waiting

    def _fill(self) -> bool:
        """Start what may be started, and return whether that was anything."""
        now = monotonic()
        started = len(self._live)
        while chase := self._schedule.take(now):
            transfer = self._free.pop() if self._free else Transfer(self._asking, self._held)
            self._live[transfer.handle] = transfer
            transfer.aim(chase, self._manner(chase))
            self._multi.add(transfer.handle)
        return len(self._live) > started

    def _turn(self, now: float) -> None:
        schedule = self._schedule
        schedule.let_in()
        wait = 0 if schedule.has_news else min(schedule.next_time() - now, _LONGEST_WAIT)
        ended = [(self._live.pop(each[0]), *each[1:]) for each in self._multi.turn(max(0, wait))]
        if ended:
            schedule.leave(len(ended))
            self._refill()
            for transfer, error, words in ended:
                self._end(transfer, error, words)
        self._refill()
        if now - self._swept > _LET_BY_SECONDS:
            self._sweep(now)
        self._tell(_READING_SECONDS)

    def _refill(self) -> None:
        """Send what may be sent by now."""
        if self._fill():
            self._multi.go()

    def _tell(self, seconds: float) -> None:
        """Read pages and tell what was seen, one at least, for no more than so many seconds."""
        ends = monotonic() + seconds
        while self._schedule.has_news:
            self._schedule.tell()
            if monotonic() > ends:
                break

    def _end(self, transfer: Transfer, error: int, words: str) -> None:
        self._multi.remove(transfer.handle)
        chase, outcome = transfer.chase, transfer.ended(error, words)
        if transfer.is_spent:
            transfer.close()
        else:
            self._free.append(transfer)
        self._schedule.settle(chase, outcome, monotonic())

    def _sweep(self, now: float) -> None:
        """End the requests that wait for a body which nobody needs, and that had time for it."""
        self._swept = now
        for transfer in [each for each in self._live.values() if each.is_idle]:
            if transfer.idled:
                self._schedule.leave(1)
                self._end(self._live.pop(transfer.handle), pycurl.E_WRITE_ERROR, "")
            transfer.idled = True
