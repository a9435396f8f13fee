"""The sandbox that examples run in on this machine."""

from __future__ import annotations

from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.sandbox import Sandbox, Unable


def choose_sandbox() -> Sandbox | Unable:
    """Return the sandbox that promises most of those that work here, or why there is none."""
    found = find_bubblewrap()
    return found if not isinstance(found, Unable) else find_limits_only()
