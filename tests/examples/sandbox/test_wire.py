"""Text of the page to bytes of the wire and back, and events that are not to be trusted."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.inside.events import Events
from affidavit.examples.inside.http_message import read_answer, request_bytes
from affidavit.examples.sandbox.heard import Ended, Showed, events_of
from affidavit.model.runs import End

OWN = b"Host: x\r\nConnection: close\r\n"
REQUESTS = [
    ("GET / HTTP/1.1", b"GET / HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n\r\n"),
    ("GET /\n", b"GET / HTTP/1.1\r\nHost: h:1\r\nConnection: close\r\n\r\n"),
    ("GET / HTTP/1.0\nhost: o\nCONNECTION: x", b"GET / HTTP/1.0\r\nhost: o\r\nCONNECTION: x\r\n\r\n"),
    ("PUT /\nHost: x\nConnection: close\n\nä\n",
     b"PUT / HTTP/1.1\r\n" + OWN + b"Content-Length: 3\r\n\r\n\xc3\xa4\n"),
    ("PUT /\nHost: x\nConnection: close\nContent-Length: 9\n\nab",
     b"PUT / HTTP/1.1\r\n" + OWN + b"Content-Length: 9\r\n\r\nab"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "sent"), REQUESTS)
def test_a_request_goes_out_as_shown_with_what_a_server_needs(given, sent):
    assert request_bytes(given, "h:1") == sent


HEAD = b"HTTP/1.1 200 OK\r\n"
ANSWERS = [
    # bytes, method, whether at the end, status and body; None where more is to come
    (HEAD + b"Content-Length: 3\r\n\r\nabcd", "GET", False, (200, "abc")),
    (HEAD + b"Content-Length: 3\r\n\r\nab", "GET", False, None),
    (HEAD + b"Content-Length: 3\r\n\r\nab", "GET", True, (200, "ab")),
    (HEAD + b"\r\nab", "GET", False, None),
    (HEAD + b"\r\nab", "GET", True, (200, "ab")),
    (HEAD + b"Content-Length: 3\r\n\r\n", "HEAD", False, (200, "")),
    (HEAD + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x\r\n0123456789\r\n0\r\n\r\n", "GET", False,
     (200, "abc0123456789")),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nab", "GET", False, None),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nab", "GET", True, (200, "ab")),
    (b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 0\r\n\r\n", "PUT", False, (200, "")),
    (b"HTTP/1.1 204 No Content\r\n\r\n", "GET", False, (204, "")),
    (HEAD, "GET", False, None),
    (b"", "GET", False, None),
    (HEAD + b"Content-Length: 1\r\n\r\n\xff", "GET", False, (200, "\ufffd")),
]  # fmt: skip


@pytest.mark.parametrize("row", ANSWERS)
def test_an_answer_is_read_as_far_as_it_goes(row):
    data, method, at_end, seen = row
    answer = read_answer(data, method, at_end=at_end)
    assert (answer and (answer.status, answer.text.partition("\n\n")[2])) == seen


NO_HTTP = [b"SSH-2.0", b"HTTP/1.1 x\r\n\r\n", b"HTTP/1.1\r\n\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"]


@pytest.mark.parametrize("data", NO_HTTP)
def test_what_is_no_http_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        read_answer(data, "GET", at_end=False)


@given(st.binary(max_size=200), st.booleans())
def test_any_answer_is_read_or_refused(data, at_end):
    for before in (b"", HEAD + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"):
        try:
            read_answer(before + data, "GET", at_end=at_end)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    "line", [b"", b"x", b"{}", b"[{}]", b'{"event": "ready"}', b'[{"event": "ready"}] y', b"[][]", b"\xff"]
)
def test_a_line_that_is_no_list_of_events_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        events_of(line)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3)


@given(
    st.dictionaries(st.sampled_from(["event", "step", "exchange", "output", "status", "end", "detail", "data"]), JSON)
)
def test_any_event_is_understood_or_refused(event):
    try:
        events_of(json.dumps([event]).encode())
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either is right


NO_EVENTS = [
    {"event": "shown", "step": 0, "exchange": 0},
    {"event": "shown", "step": 0, "exchange": 0, "output": "", "status": "0"},
    {"event": "shown", "step": 0, "exchange": -1, "output": ""},
    {"event": "shown", "step": 0.5, "exchange": 0, "output": ""},
    {"event": "shown", "step": 0, "exchange": 0, "output": "", "more": 1},
    {"event": "begun", "step": 0, "milliseconds": -1},
    {"event": "begun", "step": None, "milliseconds": 1},
    {"event": "part", "milliseconds": True},
    {"event": "printed", "data": "?"},
    {"event": "ended", "end": "well", "step": None, "detail": ""},
    {"event": "ended", "end": "finished", "step": -1, "detail": ""},
    {"event": "ended", "end": "finished", "step": None},
    {"event": "showed", "step": 0, "exchange": 0, "output": ""},
]


@pytest.mark.parametrize("event", NO_EVENTS, ids=str)
def test_an_event_whose_fields_are_not_what_they_are_to_be_is_refused(event):
    with pytest.raises(ValueError, match=r"\$|field"):
        events_of(json.dumps([event]).encode())


def test_the_events_of_steps_are_read():
    output = '"\\ \x00\ud7ff\U0001f600'
    shown = {"event": "shown", "step": 1, "exchange": 0, "output": output, "status": None}
    ended = {"event": "ended", "end": "timed-out", "step": 2, "detail": "d"}
    read = events_of(json.dumps([shown, ended]).encode())
    assert read == [Showed(1, 0, output, None), Ended(End.TIMED_OUT, "d", 2)]


def test_what_is_no_character_is_told_as_one_that_stands_for_it():
    reading, writing = os.pipe()
    events = Events(writing)
    events.tell("ended", end="file-refused", step=0, detail="odd \udc80 name")
    events.flush()
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        assert events_of(file.read()) == [Ended(End.FILE_REFUSED, "odd ? name", 0)]
