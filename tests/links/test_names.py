from __future__ import annotations

import socket
import threading

from affidavit.links.names import Name, look_up_all

PATIENCE = 10


def look_up(host: str) -> None:
    errors = {"gone": socket.EAI_NONAME, "server-failed": socket.EAI_AGAIN}
    if host in errors:
        raise socket.gaierror(errors[host], "as the system puts it")
    if host == "odd":
        raise UnicodeError


def test_only_names_that_the_system_denies_are_unknown() -> None:
    hosts = {"gone", "server-failed", "there", "odd"}
    assert look_up_all(hosts, seconds=PATIENCE, look_up=look_up) == {
        "gone": Name.UNKNOWN,
        "server-failed": Name.UNSURE,
        "there": Name.KNOWN,
        "odd": Name.UNSURE,
    }


def test_the_real_system_is_asked() -> None:
    names = look_up_all({"nothing.invalid", "localhost"}, seconds=PATIENCE)
    assert names["localhost"] is Name.KNOWN
    # RFC 6761 reserves the name; where no name server answers, the system cannot say that it is not there.
    assert names["nothing.invalid"] in (Name.UNKNOWN, Name.UNSURE)


def test_a_look_up_that_takes_too_long_says_nothing() -> None:
    released = threading.Event()
    ended = threading.Event()

    def slow(_: str) -> None:
        released.wait(PATIENCE)
        ended.set()
        raise socket.gaierror(socket.EAI_NONAME, "as the system puts it")

    try:
        assert look_up_all({"slow"}, seconds=0.01, look_up=slow) == {"slow": Name.UNSURE}
        assert not ended.is_set()
    finally:
        released.set()


def test_no_names_need_no_look_up() -> None:
    assert look_up_all((), seconds=PATIENCE, look_up=look_up) == {}
