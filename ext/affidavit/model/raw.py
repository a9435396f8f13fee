"""The forms that raw values of ``conf.py`` may have: each function returns a value, or says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping


class Wrong(ValueError):
    """A raw value is not of the form that its setting takes; the text completes "NAME must be ..."."""


def text(value: object) -> str:
    """Read a string, without the blanks around it."""
    if not isinstance(value, str):
        raise Wrong(f"a string, not {kind(value)}")
    return value.strip()


def path(value: object) -> str:
    """Read the name of a file or folder."""
    name = text(value)
    if not name or not name.isprintable():
        raise Wrong("a name in printable characters, relative to conf.py")
    return name


def days(value: object) -> int:
    """Read a number of days; 0 is no limit. On the command line of Sphinx it comes as text."""
    number = int(value) if isinstance(value, str) and value.isdecimal() and len(value) < len("100000") else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 100_000:  # noqa: PLR2004
        raise Wrong(f"a number of days, 0 for any age, not {shown(value)}")
    return number


def kind(value: object) -> str:
    """Return what a value is, for a message that refuses it."""
    return type(value).__name__


def shown(value: object) -> str:
    """Return a string as it is written, and of anything else its type: its own words may be long, or fail."""
    return repr(value) if isinstance(value, str) else kind(value)


def texts(name: str, entry: object, *, allowed: set[str]) -> dict[str, str]:
    """Return an inner dict of strings to strings with none but the allowed keys."""
    if not isinstance(entry, Mapping) or not all(isinstance(each, str) for each in entry.values()):
        raise Wrong(f"made of dicts of strings; {name} is not one")
    unknown = sorted(str(key) for key in set(entry) - allowed)
    if unknown:
        raise Wrong(f"without the unknown key {unknown[0]!r} of {name}; it may have {', '.join(sorted(allowed))}")
    return dict(entry)


def patterns(value: object) -> tuple[str, ...]:
    """Read a list of regular expressions."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise Wrong("a list of regular expressions, as strings")
    for each in value:
        try:
            re.compile(each)
        except re.error as error:
            raise Wrong(f"made of regular expressions; {each!r} is none: {error}") from None
    return tuple(value)
