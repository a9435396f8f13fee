"""How many processes may read pages."""

from __future__ import annotations

import os


def processes(jobs: int) -> int:
    """Return how many processes to use where so many were asked for, 0 for what is usual.

    More than the machine has cores would not be faster.
    """
    cores = os.cpu_count() or 1
    return min(jobs, cores) if jobs else cores
