"""The least that asking a list of URLs with libcurl costs: it reads all of each body, and looks at nothing.

Its figures show what the server, and the machine, are good for: ``python -m benchmarks.bare FILE [CA]``.
"""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

import pycurl

IN_FLIGHT = 128
_OK = 200


def main(file: str, ca: str = "") -> int:
    """Ask for each URL of a file once, and return how many gave no 200."""
    waiting = deque(Path(file).read_text(encoding="utf-8").split())
    multi = pycurl.CurlMulti()
    idle = [_handle(ca) for _ in range(IN_FLIGHT)]
    under_way = failed = 0
    while waiting or under_way:
        while waiting and idle:
            handle = idle.pop()
            handle.setopt(pycurl.URL, waiting.popleft())
            multi.add_handle(handle)
            under_way += 1
        multi.perform()
        _, done, wrong = multi.info_read()
        for each in [*done, *(handle for handle, *_ in wrong)]:
            failed += each.getinfo(pycurl.RESPONSE_CODE) != _OK
            multi.remove_handle(each)
            idle.append(each)
            under_way -= 1
        if not done and not wrong:
            multi.select(0.1)
    return failed


def _handle(ca: str) -> pycurl.Curl:
    handle = pycurl.Curl()
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.NOPROXY, "*")
    handle.setopt(pycurl.WRITEFUNCTION, len)
    if ca:
        handle.setopt(pycurl.CAINFO, ca)
    return handle


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))
