"""What changes from run to run though nothing has changed: how it looks, and what stands for it. Pure.

A row is matched outside of words: ``12:30:00`` in ``a12:30:00`` is left alone. Only what nobody would write by hand is
taken for volatile: ports below 32768 are somebody's choice, and ``10s`` is a setting, but ``in 10s`` a measurement.
"""

from __future__ import annotations

import re

from msgspec import Struct

SETTLED = "[\U000f0000-\U0010fffd]"
"""The characters that stand for what was replaced while a text is being settled; in one that comes in they are kept."""

BEFORE = rf"(?<![\w{SETTLED[1:]})"
AFTER = rf"(?![\w{SETTLED[1:]})"


class Row(Struct, frozen=True):
    """One kind of volatile text.

    ``form`` is an expression; where it has a group ``value``, only that is replaced. ``example`` is a text that
    becomes ``settled``. A ``counted`` value is one that tells things apart: the same one gets the same number within a
    transcript. Times and durations have none, since two of them can be equal by chance. What is not ``always``
    replaced is by name.
    """

    name: str
    purpose: str
    example: str
    settled: str
    form: re.Pattern[str]
    counted: bool = True
    always: bool = True


_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = r"[0-2][0-9]:[0-5][0-9]:[0-6][0-9]"
_PART = r"(?:[.,][0-9]{1,9})?"
_ZONE = r"(?:Z|(?: ?[+-][0-9]{2}:?[0-9]{2})| (?:UTC|GMT))?"
_ISO_DAY = r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
_NUMBER = r"[0-9]{1,9}"
_UNIT = r"(?:ns|us|µs|μs|ms|msecs?|milliseconds?|microseconds?|s|secs?|seconds?|min|mins|minutes?|hours?)"
_MIXED = r"(?=[a-z]{0,9}[A-Z0-9])"


def _form(text: str) -> re.Pattern[str]:
    return re.compile(f"{BEFORE}(?:{text}){AFTER}", re.ASCII)


ROWS = (
    Row(
        "uuid",
        "Identifiers that are drawn anew for each thing",
        "id 0b5e6c1f-9f3a-4f0e-8d8a-1c2b3d4e5f60",
        "id <uuid-1>",
        _form(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"),
    ),
    Row(
        "time",
        "Dates with a time as HTTP and mail write them (RFC 9110, RFC 5322), and as programs do in their logs",
        "Date: Sat, 28 Nov 2026 10:15:00 GMT",
        "Date: <time>",
        _form(
            rf"(?:{_DAY}, )?[0-9]{{1,2}}[ /-]{_MONTH}[ /-][12][0-9]{{3}}[ :]{_CLOCK}{_PART}{_ZONE}"
            rf"|(?:{_DAY} )?{_MONTH} [ 0-3]?[0-9] {_CLOCK}(?: (?:[A-Z]{{3,4}} )?[12][0-9]{{3}})?"
        ),
        counted=False,
    ),
    Row(
        "time",
        "Dates with a time in the notation of ISO 8601",
        "created 2026-11-28T10:15:00.123456Z",
        "created <time>",
        _form(rf"{_ISO_DAY}[T ]{_CLOCK}{_PART}{_ZONE}"),
        counted=False,
    ),
    Row(
        "date",
        "Days in the notation of ISO 8601",
        "built on 2026-11-28.",
        "built on <date>.",
        _form(_ISO_DAY),
        counted=False,
    ),
    Row(
        "time",
        "Times of the day, with seconds",
        "10:15:00,123 ready",
        "<time> ready",
        _form(rf"(?<![0-9A-Fa-f{SETTLED[1:]}:){_CLOCK}{_PART}(?!:)"),
        counted=False,
    ),
    Row(
        "duration",
        "How long something took: with a fraction, in less than seconds, or behind “in”, “took” or “after”",
        "3 passed in 0.12s, the slowest 3.4 ms",
        "3 passed in <duration>, the slowest <duration>",
        _form(
            rf"{_NUMBER}m{_NUMBER}\.[0-9]{{1,9}}s"
            rf"|(?<![.,]){_NUMBER}\.[0-9]{{1,9}} ?{_UNIT}"
            rf"|(?<![.,]){_NUMBER} ?(?:ns|us|µs|μs|ms|msecs?|milliseconds?|microseconds?)"
            rf"|(?:in|took|after) (?P<value>{_NUMBER} ?{_UNIT})"
        ),
        counted=False,
    ),
    Row(
        "mark",
        "The variable by which the processes of a run are found again",
        "AFFIDAVIT_RUN=5d41402abc4b2a76b9719d911017c592",
        "AFFIDAVIT_RUN=<mark>",
        _form(r"AFFIDAVIT_RUN=(?P<value>[0-9a-f]{16,64})"),
        counted=False,
    ),
    Row(
        "port",
        "Ports on the loopback address that the system picked",
        "listening on http://127.0.0.1:43817/",
        "listening on http://127.0.0.1:<port-1>/",
        _form(
            r"(?:127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|localhost|0\.0\.0\.0):"
            r"(?P<value>3276[89]|327[7-9][0-9]|32[89][0-9]{2}|3[3-9][0-9]{3}|[4-6][0-9]{4})"
        ),
    ),
    Row(
        "port",
        "The same for IPv6",
        "listening on [::1]:43817",
        "listening on [::1]:<port-1>",
        re.compile(
            rf"\[::1?\]:(?P<value>3276[89]|327[7-9][0-9]|32[89][0-9]{{2}}|3[3-9][0-9]{{3}}|[4-6][0-9]{{4}}){AFTER}",
            re.ASCII,
        ),
    ),
    Row(
        "temporary",
        "Files and folders with a name that was drawn, where temporary ones are kept",
        "wrote /tmp/tmpx8k2_q1z/out.txt",
        "wrote <temporary-1>/out.txt",
        re.compile(
            rf"{BEFORE}(?:/private)?(?:/var)?/tmp/"
            rf"(?:tmp[A-Za-z0-9_]{{8}}|[\w-]{{1,50}}\.{_MIXED}[A-Za-z0-9]{{6,10}}|pytest-of-[\w-]{{1,50}}/pytest-[0-9]{{1,9}})"
            rf"{AFTER}"
            rf"|{BEFORE}(?:/private)?/var/folders/[\w+-]{{2}}/[\w+-]{{10,50}}/T/[\w.-]{{1,100}}{AFTER}"
            rf"|{BEFORE}[A-Z]:\\Users\\[^\\\n]{{1,50}}\\AppData\\Local\\Temp\\[\w.-]{{1,100}}{AFTER}",
            re.ASCII,
        ),
    ),
    Row(
        "pid",
        "Numbers of processes, as logs show them",
        "worker[1234]: started, pid 1234",
        "worker[<pid-1>]: started, pid <pid-1>",
        re.compile(
            rf"{BEFORE}(?:pid|PID|Pid|process|Process)(?:[ =]|: ?| ID )(?P<value>{_NUMBER}){AFTER}"
            rf"|(?<=\w\[)(?P<tag>{_NUMBER})(?=\]:)"
            rf"|(?<=\] \[)(?P<column>{_NUMBER})(?=\] \[)",
            re.ASCII,
        ),
    ),
    Row(
        "pid",
        "Numbers of processes at the beginning of a line, and of those that a shell puts into the background",
        "[1] 1234",
        "[1] <pid-1>",
        re.compile(
            rf"(?m:^)\[[0-9]{{1,4}}\] (?P<value>{_NUMBER})(?m:$)|(?m:^)\[(?P<tag>[0-9]{{2,9}})\](?= [A-Za-z])", re.ASCII
        ),
    ),
    Row(
        "address",
        "Places in memory",
        "<Server object at 0x7f3a5c1d2e90>",
        "<Server object at <address-1>>",
        _form(r"0x[0-9A-Fa-f]{9,16}|at (?P<value>0x[0-9A-Fa-f]{4,16})"),
    ),
    Row(
        "checksum",
        "Checksums in hexadecimal digits, from MD5 to SHA-512",
        "d41d8cd98f00b204e9800998ecf8427e  empty",
        "<checksum-1>  empty",
        _form(r"(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})"),
        always=False,
    ),
    Row(
        "epoch",
        "Seconds since 1970, with ten digits, or 13 for milliseconds",
        "expires=1795860900",
        "expires=<epoch>",
        _form(r"1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]{1,9})?"),
        counted=False,
        always=False,
    ),
)  # fmt: skip
"""Tried in this order: what is longer first."""

WORKSPACE = "workspace"
NAMES = frozenset((*(row.name for row in ROWS), WORKSPACE))
ON_REQUEST = frozenset(row.name for row in ROWS if not row.always)
