"""Requests as a page shows them, and answers as it will: text on one side, bytes on the other. Pure."""

from __future__ import annotations

BODILESS = frozenset({204, 304})


class Answer:
    """An answer: ``text`` is head, empty line and body, which is put together where it came in chunks."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


def request_bytes(given: str, host: str) -> bytes:
    """Return a request as it goes over the wire; a server needs a host, a length and to know that no more comes."""
    head, _, body = given.replace("\r\n", "\n").lstrip("\n").partition("\n\n")
    first, *fields = head.rstrip("\n").split("\n")
    content = body.encode("utf-8", "surrogateescape")
    fields += _missing(fields, host, len(content))
    lines = [first if " HTTP/" in first else f"{first} HTTP/1.1", *fields, "", ""]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + content


def _missing(fields: list[str], host: str, length: int) -> list[str]:
    names = {field.partition(":")[0].strip().lower() for field in fields}
    added = [] if "host" in names else [f"Host: {host}"]
    if length and not names & {"content-length", "transfer-encoding"}:
        added.append(f"Content-Length: {length}")
    return [*added, *([] if "connection" in names else ["Connection: close"])]


def read_answer(data: bytes, method: str, *, at_end: bool) -> Answer | None:
    """Return the answer that bytes hold, ``None`` where more of it is to come; ``at_end`` if no more can come.

    Raise `ValueError` where that is no HTTP.
    """
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        if at_end or not b"HTTP/".startswith(data[:5]):
            raise ValueError("The answer is no HTTP.")
        return None
    status = _status(head)
    if 100 <= status < 200 and status != 101:  # noqa: PLR2004 - informational: the answer itself follows
        return read_answer(body, method, at_end=at_end)
    whole = b"" if method == "HEAD" or status in BODILESS else _whole(_fields(head), body, at_end)
    return None if whole is None else Answer(status, _shown(head, whole))


def _status(head: bytes) -> int:
    words = head.split(b"\r\n", 1)[0].split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():  # noqa: PLR2004 - name and code
        raise ValueError("The answer is no HTTP.")
    return int(words[1])


def _fields(head: bytes) -> dict[bytes, bytes]:
    pairs = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _whole(fields: dict[bytes, bytes], body: bytes, at_end: bool) -> bytes | None:  # noqa: FBT001 - a plain fact
    if b"chunked" in fields.get(b"transfer-encoding", b"").lower():
        return _joined(body, at_end)
    length = fields.get(b"content-length", b"")
    if length.isdigit() and len(body) >= int(length):
        return body[: int(length)]
    return body if at_end else None


def _joined(body: bytes, at_end: bool) -> bytes | None:  # noqa: FBT001 - a plain fact
    """Put chunks together; of an answer that breaks off, those that came."""
    joined: list[bytes] = []
    while True:
        line, found, rest = body.partition(b"\r\n")
        if not found:
            return b"".join(joined) if at_end else None
        size = int(line.split(b";")[0], 16)
        if size <= 0:
            return b"".join(joined)
        if len(rest) < size + 2 and not at_end:
            return None
        joined.append(rest[:size])
        body = rest[size + 2 :]


def _shown(head: bytes, body: bytes) -> str:
    return head.decode("utf-8", "replace").replace("\r\n", "\n") + "\n\n" + body.decode("utf-8", "replace")
