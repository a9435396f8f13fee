"""The values that options of examples may have: each function reads one, or raises :class:`Wrong`. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from affidavit.model.examples import Comparison, Ready, ReadyKind, Skip, Symptom
from affidavit.model.symptoms import FORM, parts_of, read_symptom

LONGEST = 24 * 60 * 60
"""The most seconds that a step may be given."""

_READY: tuple[tuple[re.Pattern[str], ReadyKind], ...] = (
    (re.compile(r"(https?://\S+)"), ReadyKind.URL),
    (re.compile(r"log\s+(.+)"), ReadyKind.LOG),
    (re.compile(r"file\s+(\S+)"), ReadyKind.FILE),
    (re.compile(r"((?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d+)"), ReadyKind.PORT),
)
_SIGNALS = ("SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2")


class Wrong(ValueError):
    """A value is not of the form that its option takes; the text completes "The option `x` must be ..."."""


def names(text: str) -> tuple[str, ...]:
    """Read names between commas."""
    found = tuple(part for each in text.split(",") if (part := each.strip()))
    if not found:
        raise Wrong("names, separated by commas")
    return found


def seconds(text: str) -> float:
    """Read a time in seconds."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text) or not 0 < float(text) <= LONGEST:
        raise Wrong(f"a number of seconds, above 0 and at most {LONGEST}")
    return float(text)


def status(text: str) -> int:
    """Read an HTTP status."""
    if not re.fullmatch(r"[1-5]\d\d", text):
        raise Wrong("an HTTP status, such as 200")
    return int(text)


def mode(text: str) -> int:
    """Read a file's permissions; a file that its owner cannot read could not be shown to be what ran."""
    if not re.fullmatch(r"0?[4-7][0-7]{2}", text):
        raise Wrong("permissions in three octal digits, such as 755, with which its owner can read it")
    return int(text, 8)


def share(text: str) -> float:
    """Read how far a number may be off."""
    if not re.fullmatch(r"0?\.\d{1,9}|0|1(\.0)?", text):
        raise Wrong("a share between 0 and 1, such as 0.1")
    return float(text)


def comparison(text: str) -> Comparison:
    """Read how output is compared."""
    if text not in set(Comparison):
        raise Wrong(f"one of {', '.join(Comparison)}")
    return Comparison(text)


def stop_signal(text: str) -> str:
    """Read the name of a signal, with or without its beginning."""
    name = text.upper() if text.upper().startswith("SIG") else f"SIG{text.upper()}"
    if name not in _SIGNALS:
        raise Wrong(f"one of {', '.join(_SIGNALS)}")
    return name


def failure(text: str) -> bool:
    """Read what is expected of an example, which is only said where that is a failure."""
    if text != "failure":
        raise Wrong("`failure`, or left out")
    return True


def symptom(text: str) -> Symptom:
    """Read how a failure looks: ``exit 7``, ``HTTP 413``, and words, in quotes where they have commas."""
    found = read_symptom(parts_of(text))
    if found is None:
        raise Wrong(FORM)
    return found


def skips(text: str) -> tuple[Skip, ...]:
    """Read when an example is not run, and why."""
    condition, arrow, reason = (part.strip() for part in text.partition("=>"))
    if not (condition and arrow and reason):
        raise Wrong("`COMMAND => REASON`, such as `! test -c /dev/kvm => it needs virtual machines`")
    return (Skip(condition, reason),)


def ready(text: str) -> tuple[Ready, ...]:
    """Read what tells that a service can be used: conditions between commas, all of which must hold."""
    return tuple(map(_condition, parts_of(text)))


def _condition(text: str) -> Ready:
    for pattern, kind in _READY:
        if match := pattern.fullmatch(text):
            return Ready(kind, _checked(kind, match[1].strip('"')))
    raise Wrong("made of a URL, `HOST:PORT`, `log PATTERN` and `file PATH`, separated by commas")


def _checked(kind: ReadyKind, value: str) -> str:
    if kind is ReadyKind.LOG:
        try:
            re.compile(value)
        except re.error as error:
            raise Wrong(f"made of regular expressions behind `log`; {value!r} is none: {error}") from None
    return inside(value) if kind is ReadyKind.FILE else value


def inside(text: str) -> str:
    """Read the path of a file in the workspace."""
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or not path.name or not text.isprintable() or "\\" in text:
        raise Wrong("a path inside the workspace, relative, with `/` between its parts and no `..`")
    return path.as_posix()


def base(text: str) -> str:
    """Read the address of a server."""
    if not re.fullmatch(r"https?://[^\s/?#]+/?", text):
        raise Wrong("the address of a server without a path, such as `http://127.0.0.1:8080`")
    return text.rstrip("/")
