"""What the head of an answer says: as much of it as a link check goes by. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from affidavit.links.retry_after import seconds_of

HINTS = (
    b"cf-mitigated",
    b"server",
    b"x-amzn-waf-action",
    b"x-datadome",
    b"x-iinfo",
    b"x-sucuri-block",
    b"x-vercel-mitigated",
)
"""Fields by which walls against programs are known: Cloudflare, AWS, DataDome, Imperva, Sucuri, Vercel; ``server``
names the one that answers in place of the site."""

_MOST_OF_A_HINT = 80
_PLAIN = frozenset({b"location", b"content-type", b"content-length", b"retry-after", b"date"})
_KEPT = _PLAIN.union(HINTS)
_WALLS = frozenset(HINTS) - {b"server"}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that browsers follow; libcurl would follow any 3xx that has a ``Location``."""

_FIRST_ERROR = 400
END_OF_HEAD = frozenset({b"\r\n", b"\n"})
_THREE_DIGITS = re.compile(rb"[0-9]{3}")
"""RFC 9110, 15."""


class Head(Struct, frozen=True):
    """The head of an answer; what it does not say is empty, 0, or for ``length`` (bytes of the body as sent) -1.

    ``media`` and ``charset`` are in lower case; ``retry_after`` is in seconds. ``shares`` tells that its connection
    outlives an answer that is broken off, as from HTTP/2 on.
    """

    status: int
    location: bytes = b""
    media: str = ""
    charset: str = ""
    length: int = -1
    retry_after: int = 0
    hints: tuple[str, ...] = ()
    shares: bool = False

    @property
    def redirects(self) -> bool:
        """Return whether browsers would go on to another URL."""
        return bool(self.location) and self.status in _REDIRECTS

    @property
    def fails(self) -> bool:
        """Return whether the status says that this is not the page."""
        return self.status >= _FIRST_ERROR


def ends(lines: Sequence[bytes]) -> bool:
    """Return whether the last of the heads that came is there to its end."""
    last = next((line for line in reversed(lines) if line in END_OF_HEAD or line[:5].lower() == b"http/"), b"")
    return last in END_OF_HEAD


def read_head(lines: Iterable[bytes], now: float) -> Head:
    """Read the lines that came before a body; ``now`` is in seconds since 1970.

    A proxy, 103 Early Hints and a login in two steps send heads of their own before the last one, which alone counts.
    """
    status, fields = b"", {}
    for line in lines:
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in _KEPT:
            fields[name] = value
        elif name[:5] == b"http/":
            status, fields = line, {}
    return _head(status, fields, now)


def _head(line: bytes, fields: Mapping[bytes, bytes], now: float) -> Head:
    status = _status(line)
    media, charset = _type(fields.get(b"content-type", b""))
    fails = status >= _FIRST_ERROR
    return Head(
        status,
        fields.get(b"location", b"").strip(),
        media,
        charset,
        _length(fields.get(b"content-length", b"").strip()),
        seconds_of(fields.get(b"retry-after", b""), fields.get(b"date", b""), now) if fails else 0,
        _hints(fields, fails=fails) if fails or not _WALLS.isdisjoint(fields) else (),
        not line.startswith(b"HTTP/1"),
    )


@lru_cache(maxsize=256)
def _status(line: bytes) -> int:
    """Read a status; kept, since nearly all answers begin with the same line."""
    words = line.split(None, 2)
    return int(words[1]) if len(words) > 1 and _THREE_DIGITS.fullmatch(words[1]) else 0


def _length(value: bytes) -> int:
    return int(value) if value.isdigit() and len(value) < 16 else -1  # noqa: PLR2004 -- more bytes than there are


@lru_cache(maxsize=1024)
def _type(value: bytes) -> tuple[str, str]:
    """Return media type and charset; kept, since all pages of a site have the same."""
    media, _, parameters = value.decode("latin-1").partition(";")
    charset = _CHARSET.search(parameters) if parameters else None
    return media.strip().lower(), charset[1].lower() if charset else ""


def _hints(fields: Mapping[bytes, bytes], *, fails: bool) -> tuple[str, ...]:
    return tuple(_hint(name, fields[name]) for name in HINTS if name in fields and (fails or name in _WALLS))


def _hint(name: bytes, value: bytes) -> str:
    return f"{name.decode()}: {value.strip().decode('latin-1').lower()}"[:_MOST_OF_A_HINT]
