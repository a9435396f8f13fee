"""The settings that say how hosts are asked, and which of them: from raw values to those that asking takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from typing import Any

from affidavit.model import raw
from affidavit.model.settings import Allowed, HostRule, Network

_HOST = re.compile(r"(?!(.*\.)?[0-9]+$)[a-z0-9_-]+(\.[a-z0-9_-]+)*")
"""A name; one that ends in a number is an address that somebody cut short."""

_PATTERN = re.compile(r"\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What a name of a header field is made of (RFC 9110, 5.1)."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_AT_ONCE = 1000
Authorities = tuple[tuple[str, str], ...]
NO_AUTHORITIES: Authorities = ()


def user_agent(value: object) -> str:
    """Read the value of an HTTP header field: visible ASCII characters and blanks (RFC 9110, 5.5)."""
    agent = raw.text(value)
    if not (agent.isascii() and agent.isprintable()):
        raise raw.Wrong("made of printable ASCII characters on one line")
    return agent


def authorities(value: object) -> Authorities:
    """Read a path, which is for all hosts (``""``), or a dict with one for each host, as Sphinx takes it."""
    if not isinstance(value, Mapping):
        return (("", raw.path(value)),)
    if not all(isinstance(host, str) and host for host in value):
        raise raw.Wrong("a path, or a dict of hosts to paths")
    return tuple((host.lower(), raw.path(file)) for host, file in value.items())


def allowed(value: object) -> Allowed:
    """Read a switch, which on the command line (``sphinx-build -D``) is 1 or 0, or a list of hosts and networks."""
    if isinstance(value, bool) or (isinstance(value, str) and value in ("0", "1")):
        return Allowed(everything=value in (True, "1"))
    if isinstance(value, (list, tuple)):
        return _named(value)
    raise raw.Wrong(f"True, False, or a list of hosts and networks, not {raw.shown(value)}")


def _named(entries: list[object] | tuple[object, ...]) -> Allowed:
    read = [_host_or_network(entry) for entry in entries]
    hosts = tuple(each for each in read if isinstance(each, str))
    return Allowed(hosts=hosts, networks=tuple(each for each in read if not isinstance(each, str)))


def _host_or_network(entry: object) -> str | Network:
    text = entry.strip() if isinstance(entry, str) else ""
    try:
        return ip_network(text)
    except ValueError:
        name = text.lower().removesuffix(".")
    if not _HOST.fullmatch(name):
        what = "host names in ASCII, addresses, and networks such as 10.1.0.0/16"
        raise raw.Wrong(f"made of {what}; {raw.shown(entry)} is none of them")
    return name


def hosts(value: object) -> tuple[HostRule, ...]:
    """Read ``{"*.example.org": {"pace": 0.5, ...}, ...}``, in its order."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of host to what it has of its own, not {raw.kind(value)}")
    return tuple(_rule(pattern, entry) for pattern, entry in value.items())


def _rule(pattern: object, entry: object) -> HostRule:
    host = pattern.lower() if isinstance(pattern, str) else ""
    if not _PATTERN.fullmatch(host):
        raise raw.Wrong(
            f"a dict whose keys are `name`, `*.name` or `*`, in ASCII; {raw.shown(pattern)} is none of them"
        )
    if not isinstance(entry, Mapping):
        raise raw.Wrong(f"a dict of dicts; that of {host} is {raw.kind(entry)}")
    return HostRule(host, **dict(_parts(host, entry)))


def _parts(host: str, entry: Mapping[object, object]) -> Iterator[tuple[str, Any]]:
    for key, value in entry.items():
        if not isinstance(key, str) or key not in _PARTS:
            raise raw.Wrong(f"made of dicts with the keys {', '.join(sorted(_PARTS))}; {host} has {raw.shown(key)}")
        try:
            yield key, _PARTS[key](value)
        except raw.Wrong as wrong:
            raise raw.Wrong(f"right; `{key}` of {host} must be {wrong}") from None


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    """Read header fields; those that carry credentials would show them in whatever shows the settings."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of field to value, not {raw.kind(value)}")
    fields = tuple((raw.text(name), user_agent(text)) for name, text in value.items())
    wrong = next((name for name, _ in fields if not _TOKEN.fullmatch(name)), None)
    if wrong is not None:
        raise raw.Wrong(f"a dict of HTTP header fields; {wrong!r} cannot be one")
    if any(name.lower() in ("authorization", "cookie", "proxy-authorization") for name, _ in fields):
        raise raw.Wrong("without secrets; name the environment variable that holds them in `credentials`")
    return fields


def _credentials(value: object) -> str:
    name = raw.text(value)
    if not _VARIABLE.fullmatch(name):
        raise raw.Wrong("'netrc', or the name of the environment variable that holds them")
    return name


def _statuses(value: object) -> tuple[int, ...]:
    if not isinstance(value, (list, tuple)) or not all(type(each) is int and 100 <= each <= 999 for each in value):  # noqa: PLR2004 -- three digits
        raise raw.Wrong("a list of HTTP statuses, as numbers")
    return tuple(value)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 24 * 60 * 60:
        raise raw.Wrong("a number of seconds")
    return float(value)


def _number(value: object) -> int:
    if type(value) is not int or not 0 < value <= _MOST_AT_ONCE:
        raise raw.Wrong(f"a whole number from 1 to {_MOST_AT_ONCE}")
    return value


_PARTS: Mapping[str, Callable[[object], object]] = {
    "headers": _headers,
    "credentials": _credentials,
    "accept": _statuses,
    "pace": _seconds,
    "timeout": _seconds,
    "at_once": _number,
}
