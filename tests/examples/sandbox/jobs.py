"""Jobs for tests, small enough for a machine that others use as well."""

from __future__ import annotations

from affidavit.model.examples import ConsoleStep, Exchange, HttpStep, PyconStep, ServiceStep
from affidavit.model.place import Place
from affidavit.model.runs import MIB, Job, Limits

HERE = Place("page.rst", 1)
SMALL = {
    "seconds": 20,
    "cpu_seconds": 10,
    "memory": 128 * MIB,
    "processes": 48,
    "file_size": 64 * MIB,
    "disk": 32 * MIB,
    "output": MIB,
}


def job(*steps, variables=(), network=False, visible=(), **limits):
    return Job(steps, tuple(variables), Limits(**{**SMALL, **limits}), network, visible)


def console(*commands):
    return ConsoleStep(_exchanges(commands), HERE)


def pycon(*statements):
    return PyconStep(_exchanges(statements), HERE)


def http(base, *requests):
    return HttpStep(_exchanges(requests), base, HERE)


def service(command, *ready, within=10.0, stop="SIGTERM"):
    return ServiceStep(command, HERE, ready, within, stop)


def _exchanges(given):
    return tuple(Exchange(each, None, HERE) for each in given)


def outputs(ran):
    return [shown.output for shown in ran.shown]


def statuses(ran):
    return [shown.status for shown in ran.shown]
