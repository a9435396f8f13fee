"""Doing the steps of a job, one after the other, and telling what each showed."""

from __future__ import annotations

import time
from itertools import islice, takewhile

from .ending import EndedError
from .files import write_file
from .parts import Parts
from .session import Session, python, shell
from .spawn import Around

PATIENCE = 60
"""Seconds that a server may take for an answer."""

SESSIONS = {"console": shell, "pycon": python}
LEFT_OFF = "builtin printf '%s\\0' \"$PWD\"; command env -0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

    from .events import Events
    from .service import Service


class Steps:
    """The steps of a job. ``workspace`` is that folder, open; ``step`` is the one that is being done."""

    def __init__(self, job: dict[str, Any], workspace: int, around: Around, events: Events) -> None:
        self._steps = job["steps"]
        self._workspace = workspace
        self._around = around
        self._events = events
        self._sessions: dict[str, Session] = {}
        self._parts = Parts(job["parts"], around.watch)
        self._looks = job["looks"]
        self._services: list[Service] = []
        self._exchange = 0
        self._began = time.monotonic()
        self.step: int | None = None

    def run(self) -> None:
        """Do all of them; raise :class:`EndedError` where one cannot be done."""
        number = 0
        while number < len(self._steps):
            if number in self._looks:
                self._around.watch.look_at_once()
            while self._parts.begins(number):
                self._change()
            number += self._do(number, self._steps[number])
        self.step = None
        # Whoever hears of it does so while the looks go on, and the processes end.
        self._events.flush()
        self._end_part()
        self._around.watch.look_at_once()

    def _do(self, number: int, step: dict[str, Any]) -> int:
        """Do a step, and those right behind it that ask the same session; return how many that were."""
        kind = step["kind"]
        if kind in SESSIONS:
            behind = self._steps[number : self._stop_before(number)]
            return self._ask(kind, number, list(takewhile(lambda each: each["kind"] == kind, behind)))
        kinds: dict[str, Callable[[int, dict[str, Any]], None]] = {
            "file": self._file,
            "http": self._http,
            "service": self._service,
            "terminal": self._terminal,
        }
        self._begin(number)
        self._around.watch.look()
        kinds[kind](number, step)
        return 1

    def _begin(self, number: int) -> None:
        self.step = number
        self._events.begun(number, round(1000 * (time.monotonic() - self._began)))

    def stop(self, kept: int = 0) -> None:
        """Stop the services but for the first ones, last first, and tell their logs."""
        while len(self._services) > kept:
            service = self._services.pop()
            status = service.stop()
            self._events.shown(service.number, 0, service.log, status)

    def _change(self) -> None:
        """End a part, and begin the next one: with copies of the first sessions, and with the first services."""
        self._end_part()
        self._parts.begin(self._sessions, len(self._services))
        self._sessions = {}

    def _end_part(self) -> None:
        """Tell that a part was done; where it took a service with it that others need, that is the end of all."""
        if not self._parts.open:
            return
        # As at the end of the whole, and with the services of the part: the next one may give back what it took.
        self._around.watch.look_at_once()
        self.stop(self._parts.services)
        self._events.tell("part", milliseconds=self._parts.end(self._sessions))
        for service in self._services:
            service.require()

    def show_rest(self) -> None:
        """Tell what a step had printed when it was ended, and what the services had."""
        for session in self._sessions.values():
            output = session.rest
            if output and self.step is not None:
                self._events.shown(self.step, self._exchange, output, None)
        for service in self._services:
            self._events.shown(service.number, 0, service.log, None)

    def _file(self, _number: int, step: dict[str, Any]) -> None:
        write_file(self._workspace, step)

    def _session(self, kind: str) -> Session:
        if kind not in self._sessions:
            self._sessions[kind] = self._parts.copied(kind) or SESSIONS[kind](self._around)
        return self._sessions[kind]

    def _ask(self, kind: str, first: int, row: list[dict[str, Any]]) -> int:
        """Have steps done that ask the same session; all that they ask goes in at one time."""
        answers = self._answers(kind, [each for step in row for each in step["given"]])
        for number, step in enumerate(row, first):
            self._begin(number)
            self._exchange = 0
            for output, status in islice(answers, len(step["given"])):
                self._events.shown(number, self._exchange, output, status)
                self._exchange += 1
        return len(row)

    def _answers(self, kind: str, given: list[str]) -> Iterator[tuple[str, int]]:
        """Give what a session answers, which starts when that is waited for: the step has begun then."""
        self._around.watch.look()
        yield from self._session(kind).ask(given)

    def _stop_before(self, number: int) -> int | None:
        """Return the step behind one before which something else is to be done, ``None`` where there is none."""
        stops = (*self._looks, self._parts.next_first)
        return min((each for each in stops if each is not None and each > number), default=None)

    def _http(self, number: int, step: dict[str, Any]) -> None:
        for index, each in enumerate(step["given"]):
            self._exchange = index
            output, status = self._request(step["base"], each)
            self._events.shown(number, index, output, status)

    def _request(self, base: str, given: str) -> tuple[str, int | None]:
        """Return what a server answers; that there was none is something to show as well."""
        from .http_exchange import Asking, exchange  # noqa: PLC0415 - few runs need it

        try:
            answer = exchange(base, given, Asking(self._around.watch, self._around.budget, PATIENCE))
        except OSError as error:
            return f"No answer: {error.strerror or error}\n", None
        except ValueError as error:
            return f"No answer: {error}\n", None
        return answer.text, answer.status

    def _service(self, number: int, step: dict[str, Any]) -> None:
        from .service import Service  # noqa: PLC0415 - few runs need it

        service = Service(number, step, self._around)
        self._services.append(service)
        service.wait()

    def _terminal(self, _number: int, step: dict[str, Any]) -> None:
        from .terminal import Terminal  # noqa: PLC0415 - nearly no run needs it

        Terminal(step, self._around, self._events.tell).run(*self._left_off())

    def _left_off(self) -> tuple[str, dict[str, str]]:
        """Return the folder and the variables that the shell of the steps has by now, where there is one."""
        variables = dict(self._around.variables)
        if "console" in self._sessions:
            (output, status), *_ = self._sessions["console"].ask([LEFT_OFF])
            folder, *rest = output.split("\0")
            if status == 0 and rest:
                pairs = (each.partition("=") for each in rest if "=" in each)
                return folder, {**variables, **{name: value for name, _, value in pairs}}
        return self._around.workspace, variables


def run_steps(steps: Steps) -> tuple[str, int | None, str]:
    """Return how the steps ended: the word for it, the step, and what is known of it."""
    try:
        steps.run()
        steps.stop()
    except EndedError as ended:
        steps.show_rest()
        return ended.end, steps.step, ended.detail
    return "finished", None, ""
