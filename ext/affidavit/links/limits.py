"""Within which bounds a run asks. Pure."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """The bounds of one run; :class:`~affidavit.links.probe.CurlProbe` says what each is and has their defaults."""

    connect_seconds: float
    request_seconds: float
    total_seconds: float
    host_seconds: float
    run_seconds: float
    per_host: int
    in_all: int
    redirects: int
    retries: int
    retry_seconds: float
    patience: float
    strikes: int
