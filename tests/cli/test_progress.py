"""How far it is: lines that are few, a bar that shows what is waited for, and rich only on a terminal."""

import io
import sys

import pytest
from rich.console import Console

from affidavit.cli.bar import Bar
from affidavit.cli.progress import Lines, Silence, Waiting, display, opening
from affidavit.links.marks import Question

URLS = [f"https://{host}.example/{n}" for host in "ab" for n in range(50)]
QUESTIONS = [Question(url) for url in URLS]


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def lines_of(seconds):
    """Return what is said while a hundred pages are seen, one each so many seconds."""
    clock = Clock()
    said: list[str] = []
    lines = Lines(said.append, clock)
    with lines.watching(QUESTIONS):
        lines.asking(100, 0)
        for url in URLS:
            clock.now += seconds
            lines.seen(url)
    return said


@pytest.mark.parametrize(
    ("seconds", "done"),
    [
        (0.001, []),
        (0.25, [10, 20, 30, 40, 50, 60, 70, 80, 90]),
        (2, [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95]),
        (30, list(range(1, 100))),
    ],
)
def test_lines_come_every_tenth_or_every_ten_seconds_but_never_in_a_rush(seconds, done):
    opening, *said = lines_of(seconds)
    assert opening == "Asking the web about 100 pages."
    shown = [int(line.split(" of 100 done")[0]) for line in said]
    assert shown == done


@pytest.mark.parametrize(
    ("asked", "known", "said"),
    [
        (1, 0, "Asking the web about 1 page."),
        (2, 1, "Asking the web about 2 pages; 1 seen lately."),
        (0, 2, "Nothing to ask; 2 pages seen lately."),
    ],
)
def test_the_first_line_says_what_is_asked(asked, known, said):
    assert opening(asked, known) == said


def test_a_line_says_who_is_waited_for():
    said = lines_of(0.25)
    assert said[1] == "10 of 100 done; waiting for b.example (50), a.example (40)."


@pytest.mark.parametrize(
    ("urls", "done", "shown"),
    [
        (["https://a.example/1", "https://a.example/2", "https://b.example/"], 0, "a.example (2), b.example (1)"),
        (["https://a.example/1", "https://a.example/2", "https://b.example/"], 2, "b.example (1)"),
        ([f"https://{name}.example/" for name in "edcba"], 0,
         "a.example (1), b.example (1), c.example (1), 2 more hosts"),
        (["http://user:word@a.example:8080/x"], 0, "a.example:8080 (1)"),
    ],
)  # fmt: skip
def test_hosts_are_shown_by_what_is_left_and_never_with_a_password(urls, done, shown):
    waiting = Waiting([Question(url) for url in urls])
    for url in urls[:done]:
        waiting.done(url)
    assert waiting.hosts() == shown


def test_a_bar_on_a_terminal_shows_what_is_left_and_goes_away():
    written = io.StringIO()
    bar = Bar(Console(file=written, force_terminal=True, width=120, _environ={}))
    with bar.watching(QUESTIONS):
        bar.asking(90, 10)
        bar.begin()
        for url in URLS[:60]:
            bar.seen(url)
        bar.draw()
    told = written.getvalue()
    assert "Asking the web about 90 pages; 10 seen lately." in told
    assert "60/100" in told
    assert "waiting for b.example (40)" in told
    assert told.endswith("\x1b[2K")  # the line is wiped


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "quiet", "kind"),
    [(Terminal(), False, Bar), (Terminal(), True, Silence), (io.StringIO(), False, Lines), (None, False, Silence)],
)
def test_the_display_fits_where_it_goes(monkeypatch, stream, quiet, kind):
    monkeypatch.setattr(sys, "stderr", stream)
    assert type(display(quiet=quiet)) is kind
