from __future__ import annotations

import socket
import threading

from affidavit.links.names import unknown_names

PATIENCE = 10


def look_up(host: str) -> None:
    errors = {"gone": socket.EAI_NONAME, "server-failed": socket.EAI_AGAIN}
    if host in errors:
        raise socket.gaierror(errors[host], "as the system puts it")
    if host == "odd":
        raise UnicodeError


def test_only_names_that_the_system_denies_are_unknown() -> None:
    hosts = {"gone", "server-failed", "there", "odd"}
    assert unknown_names(hosts, seconds=PATIENCE, look_up=look_up) == {"gone"}


def test_the_real_system_is_asked() -> None:
    expected = set()
    try:
        socket.getaddrinfo("nothing.invalid", None)
    except socket.gaierror as error:
        if error.errno != socket.EAI_AGAIN:
            expected.add("nothing.invalid")
    assert unknown_names({"nothing.invalid", "localhost"}, seconds=PATIENCE) == expected


def test_a_look_up_that_takes_too_long_says_nothing() -> None:
    released = threading.Event()

    def slow(host: str) -> None:
        if host == "slow":
            released.wait(PATIENCE)
        raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")

    try:
        assert unknown_names({"slow"}, seconds=0.01, look_up=slow) == frozenset()
    finally:
        released.set()


def test_no_names_need_no_look_up() -> None:
    assert unknown_names((), seconds=PATIENCE, look_up=look_up) == frozenset()
