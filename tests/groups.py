"""Which tests one process runs: those that share what takes long to make, for which a group has a scheduler."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/browser/",  # a built site, and a browser
    "tests/examples/cases/",  # the runs of all cases
    "tests/sphinx/test_guide_",  # what the guide was gathered to
)
"""How the ids of such tests begin."""


class Groups(LoadScopeScheduling):  # type: ignore[misc] # the package ships no types
    """Hands out each group as a whole, and all else one by one.

    Marks of the name `xdist_group` say the same, and go unheard with pytest 9.2 and pytest-xdist 3.8:
    https://github.com/pytest-dev/pytest-xdist/issues/1386
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test, or itself."""
        return next(filter(nodeid.startswith, TOGETHER), nodeid)
