"""Python's search for cycles of objects, made rare while a build goes on: a way to pay for what the extension costs.

A document is a tree of nodes that know their parents. With the threshold that Python comes with, which is some hundred
new objects, such trees are searched again and again while they are still needed. That takes more of a build than the
extension does, which ``tox -e bench`` holds against a build without it. See `gc.set_threshold
<https://docs.python.org/3/library/gc.html#gc.set_threshold>`__.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SELDOM = 20_000
"""New objects after which the youngest are searched."""


def register(app: Sphinx) -> None:
    """Have it so in each build, from the first page that is read to its end, whatever it comes to."""
    seldom = _Seldom()
    app.connect("env-before-read-docs", seldom.begin)
    app.connect("build-finished", seldom.end)


class _Seldom:
    """What the thresholds of the process were before a build. Whoever set them higher, or searches never, knows why."""

    def __init__(self) -> None:
        self._usual: tuple[int, int, int] | None = None

    def begin(self, _app: Sphinx, _env: BuildEnvironment, _names: list[str]) -> None:
        usual = gc.get_threshold()
        if gc.isenabled() and 0 < usual[0] < SELDOM:
            self._usual = usual
            gc.set_threshold(SELDOM, *usual[1:])

    def end(self, _app: Sphinx, _exception: Exception | None) -> None:
        if self._usual:
            gc.set_threshold(*self._usual)
            self._usual = None
