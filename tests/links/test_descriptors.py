from __future__ import annotations

import subprocess
import sys

import pytest

from affidavit.links.descriptors import connections


@pytest.mark.parametrize(
    ("limit", "expected"), [(0, 2), (64, 2), (100, 36), (256, 192), (1024, 768), (1365, 1024), (10**6, 1024)]
)
def test_a_part_of_the_descriptors_is_left_to_others(limit: int, expected: int) -> None:
    assert connections(limit=limit) == expected


def test_the_system_says_how_many_there_are() -> None:
    resource = pytest.importorskip("resource", reason="this system counts otherwise")
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    code = (
        "import resource; from affidavit.links.descriptors import connections;"
        f" resource.setrlimit(resource.RLIMIT_NOFILE, (200, {hard})); print(connections())"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "136\n"
