"""The values that options of examples may have."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples import values
from affidavit.model.examples import Comparison, Ready, ReadyKind, Skip, Symptom

URL, PORT = Ready(ReadyKind.URL, "http://127.0.0.1:80/x?a,b"), Ready(ReadyKind.PORT, "127.0.0.1:80")

READ = [
    (values.names, "a, b ,c,", ("a", "b", "c")),
    (values.seconds, "30", 30.0),
    (values.seconds, "0.25", 0.25),
    (values.status, "404", 404),
    (values.mode, "755", 0o755),
    (values.mode, "0600", 0o600),
    (values.share, ".1", 0.1),
    (values.share, "1", 1.0),
    (values.comparison, "json", Comparison.JSON),
    (values.stop_signal, "int", "SIGINT"),
    (values.stop_signal, "SIGTERM", "SIGTERM"),
    (values.failure, "failure", True),
    (values.symptom, "exit 7", Symptom(7)),
    (values.symptom, "HTTP 413, exit status 22", Symptom(22, 413)),
    (values.symptom, 'HTTP 500, "no tasks, no import"', Symptom(None, 500, "no tasks, no import")),
    (values.symptom, "chunked encoding", Symptom(pattern="chunked encoding")),
    (values.skips, "! test -c /dev/kvm => no virtual machines",
     (Skip("! test -c /dev/kvm", "no virtual machines"),)),
    (values.ready, "127.0.0.1:80", (PORT,)),
    (values.ready, "[::1]:80", (Ready(ReadyKind.PORT, "[::1]:80"),)),
    (values.ready, 'http://127.0.0.1/, log "started, at", file run/pid, localhost:1',
     (Ready(ReadyKind.URL, "http://127.0.0.1/"), Ready(ReadyKind.LOG, "started, at"), Ready(ReadyKind.FILE, "run/pid"),
      Ready(ReadyKind.PORT, "localhost:1"))),
    (values.inside, "conf/a.conf", "conf/a.conf"),
    (values.inside, "./a b", "a b"),
    (values.base, "http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
]  # fmt: skip
WRONG = [
    (values.names, " , "),
    (values.seconds, "0"), (values.seconds, "-1"), (values.seconds, "1e3"), (values.seconds, "90000"),
    (values.seconds, "nan"), (values.seconds, "9" * 400),
    (values.status, "99"), (values.status, "OK"),
    (values.mode, "rwx"), (values.mode, "0355"), (values.mode, "7777"),
    (values.share, "2"), (values.share, "10%"),
    (values.comparison, "fuzzy"),
    (values.stop_signal, "SIGSTOP"), (values.stop_signal, "9"),
    (values.failure, "success"),
    (values.symptom, "one, two"),
    (values.skips, "true"), (values.skips, "=> because"), (values.skips, "true =>"),
    (values.ready, "soon"), (values.ready, "log ("), (values.ready, "file ../x"), (values.ready, "ftp://x/"),
    (values.inside, ""), (values.inside, "/etc/passwd"), (values.inside, "a/../../b"), (values.inside, ".."),
    (values.inside, "a\nb"), (values.inside, "a\\b"), (values.inside, "."), (values.inside, "\0"),
    (values.base, "127.0.0.1"), (values.base, "http://a/b"), (values.base, "file:///x"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "text", "value"), READ)
def test_a_value_is_read(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(("read", "text"), WRONG)
def test_a_value_of_another_form_is_told(read, text):
    with pytest.raises(values.Wrong, match=r"\w"):
        read(text)


@given(st.sampled_from(sorted({read for read, _ in WRONG}, key=lambda each: each.__name__)), st.text())
def test_no_text_raises_anything_else(read, text):
    with suppress(values.Wrong):
        read(text)
