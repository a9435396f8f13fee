"""Sphinx's own settings for checking links, as values: what the drop-in builder honours, and with which meaning.

Patterns are matched from the beginning of a text, as Sphinx does. A value that cannot be honoured is an error that
names it: a link check that asks in another way than its settings say is worth nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import ceil
from typing import Any

from msgspec import Struct
from requests.auth import HTTPBasicAuth, HTTPDigestAuth, HTTPProxyAuth
from sphinx.config import Config
from sphinx.errors import ConfigError

_USUAL_TIMEOUT = 30.0
Patterns = tuple[re.Pattern[str], ...]


class Credentials(Struct, frozen=True):
    """A user and a password that ``linkcheck_auth`` gives for addresses; ``digest`` is the scheme of RFC 7616.

    ``proxy`` tells that they are for a proxy, not for the server.
    """

    pattern: re.Pattern[str]
    user: str
    password: str
    digest: bool = False
    proxy: bool = False


class Rules(Struct, frozen=True):
    """How outcomes are told: which addresses are ignored, and which statuses count as what.

    ``allowed_redirects`` is ``None`` where the setting is not used, which is another thing than an empty one.
    """

    ignore: Patterns = ()
    exclude_documents: Patterns = ()
    allowed_redirects: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] | None = None
    anchors: bool = True
    anchors_ignore: Patterns = ()
    anchors_ignore_for_url: Patterns = ()
    case_insensitive: Patterns = ()
    allow_unauthorized: bool = False
    timeouts_are_broken: bool = False


class Requests(Struct, frozen=True):
    """How servers are asked; times are in seconds, ``timeout`` is that of a whole request, ``silence`` of none of it.

    ``retries`` (attempts at what is broken) and ``workers`` (requests under way) are 0 where conf.py leaves them to the
    engine. Of the other two Sphinx's defaults count as well: whether a slow link is broken depends on them.
    """

    headers: Mapping[str, Mapping[str, str]]
    auth: tuple[Credentials | re.Pattern[str], ...] = ()
    timeout: float = _USUAL_TIMEOUT
    connect_timeout: float = _USUAL_TIMEOUT
    silence: int = 0
    rate_limit_timeout: float = 300
    retries: int = 0
    workers: int = 0
    verify: bool = True
    ca_certs: str | Mapping[str, str] = ""


def read_rules(config: Config) -> Rules:
    """Return what the settings say of outcomes; raise `ConfigError` for patterns that are none."""
    allowed = config.linkcheck_allowed_redirects
    return Rules(
        ignore=_patterns(config, "linkcheck_ignore"),
        exclude_documents=_patterns(config, "linkcheck_exclude_documents"),
        allowed_redirects=tuple(allowed.items()) if isinstance(allowed, dict) else None,  # else a marker of Sphinx's
        anchors=config.linkcheck_anchors,
        anchors_ignore=_patterns(config, "linkcheck_anchors_ignore"),
        anchors_ignore_for_url=_patterns(config, "linkcheck_anchors_ignore_for_url"),
        case_insensitive=_patterns(config, "linkcheck_case_insensitive_urls"),
        allow_unauthorized=config.linkcheck_allow_unauthorized,
        timeouts_are_broken=config.linkcheck_report_timeouts_as_broken,
    )


def read_requests(config: Config) -> Requests:
    """Return what the settings say of requests; raise `ConfigError` for what cannot be honoured."""
    connect, timeout, silence = _timeouts(config.linkcheck_timeout)
    return Requests(
        headers=_headers(config),
        auth=tuple(_auth(config)),
        timeout=timeout,
        connect_timeout=connect,
        silence=silence,
        rate_limit_timeout=_pause(config),
        retries=_number(config, "linkcheck_retries"),
        workers=_number(config, "linkcheck_workers"),
        verify=bool(config.tls_verify),
        ca_certs=_authorities(config.tls_cacerts),
    )


def matches(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    """Return whether one of the patterns fits from the beginning of a text."""
    return any(pattern.match(text) for pattern in patterns)


def _timeouts(value: object) -> tuple[float, float, int]:
    """Return the seconds for a connection, for a whole request, and without a byte of the answer.

    As for requests a pair is the time for the connection and the one for each piece of the answer behind it. ``None``,
    by which it would wait for ever, is the usual time.
    """
    if isinstance(value, (tuple, list)) and len(value) == len(("connect", "read")):
        connect, read = map(_seconds, value)
        return connect, connect + read, ceil(read)
    return _seconds(value), _seconds(value), 0


def _seconds(value: object) -> float:
    if value is None:
        return _USUAL_TIMEOUT
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
        return value
    message = (
        f"`linkcheck_timeout` has {value!r} where a number of seconds above 0 belongs. Write one, or a pair"
        " (connection, answer), in conf.py."
    )
    raise ConfigError(message)


def _pause(config: Config) -> float:
    value: object = config.linkcheck_rate_limit_timeout
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return value
    raise _wrong(config, "linkcheck_rate_limit_timeout", "number of seconds from 0 on")


def _number(config: Config, name: str) -> int:
    """Return a number from 1 on, 0 where none is set.

    With no attempt at all Sphinx's own check finds nothing broken, and with no worker it never ends.
    """
    if not _is_set(config, name):
        return 0
    value: object = config[name]
    if isinstance(value, int) and value > 0:
        return value
    raise _wrong(config, name, "whole number from 1 on")


def _headers(config: Config) -> Mapping[str, Mapping[str, str]]:
    what = "dict with a dict of header fields for each server"
    headers: Mapping[str, Mapping[str, str]] = _of(Mapping, config, "linkcheck_request_headers", what)
    if not all(isinstance(each, Mapping) for each in headers.values()):
        raise _wrong(config, "linkcheck_request_headers", what)
    return headers


def _authorities(value: object) -> str | Mapping[str, str]:
    """Return what ``tls_cacerts`` names; what it cannot mean was told already, and is passed over."""
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    return value if isinstance(value, (str, Mapping)) else ""


def _of(kind: type, config: Config, name: str, what: str) -> Any:  # noqa: ANN401 -- of that kind, which may be abstract
    """Return a value of a kind; raise `ConfigError` where it is none."""
    value = config[name]
    if isinstance(value, kind):
        return value
    raise _wrong(config, name, what)


def _wrong(config: Config, name: str, what: str) -> ConfigError:
    return ConfigError(f"`{name}` is {config[name]!r}, which is no {what}. Write one in conf.py, or leave it out.")


def _is_set(config: Config, name: str) -> bool:
    """Tell a value that conf.py, an extension or the command line gives from a default.

    Those of conf.py and of the command line are told where they are the same, too.
    """
    given = name in config.overrides or name in config._raw_config  # noqa: SLF001 -- Sphinx tells it nowhere else
    return given or config[name] != config.values[name].default


def _patterns(config: Config, name: str) -> Patterns:
    return tuple(_compiled(name, each) for each in _of(Collection, config, name, "list of regular expressions"))


def _compiled(name: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(pattern)  # type: ignore[call-overload, no-any-return] # whatever conf.py has; it may be compiled
    except (re.error, TypeError) as error:
        message = f"`{name}` holds {pattern!r}, which is no regular expression ({error}). Correct it in conf.py."
        raise ConfigError(message) from None


def _auth(config: Config) -> Iterator[Credentials | re.Pattern[str]]:
    """Yield the credentials in their order; a pattern alone stands for addresses that have none."""
    for number, entry in enumerate(_of(Collection, config, "linkcheck_auth", "list of credentials"), start=1):
        if not isinstance(entry, (tuple, list)) or len(entry) != len(("pattern", "credentials")):
            message = f"Entry {number} of `linkcheck_auth` is no pair. Write (pattern, (user, password)) in conf.py."
            raise ConfigError(message)
        pattern, info = entry
        yield _credentials(_compiled("linkcheck_auth", pattern), info)


def _credentials(pattern: re.Pattern[str], info: object) -> Credentials | re.Pattern[str]:
    """Read what the library requests would; a subclass may do anything, so that only the classes themselves count."""
    kind = type(info)
    if info is None:
        return pattern
    if isinstance(info, tuple) and len(info) == len(("user", "password")):
        return Credentials(pattern, _text(info[0]), _text(info[1]))
    if isinstance(info, (HTTPBasicAuth, HTTPDigestAuth)) and kind in (HTTPBasicAuth, HTTPDigestAuth, HTTPProxyAuth):
        of_proxy, digest = kind is HTTPProxyAuth, kind is HTTPDigestAuth
        return Credentials(pattern, _text(info.username), _text(info.password), digest=digest, proxy=of_proxy)
    message = (
        f"`linkcheck_auth` has a {kind.__module__}.{kind.__qualname__} for {pattern.pattern!r}, which cannot be"
        " honoured. Write a pair (user, password), or an HTTPBasicAuth, HTTPDigestAuth or HTTPProxyAuth of requests; or"
        " let Sphinx's own builder check the links: `affidavit_linkcheck = False` in conf.py."
    )
    raise ConfigError(message)


def _text(value: object) -> str:
    """Return a name or password as text; requests sends bytes as they are, and text as Latin-1."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
