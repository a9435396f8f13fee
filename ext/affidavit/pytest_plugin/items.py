"""A run as a test, at its line of its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from affidavit.examples.came import WRONG, Came, Word, judged
from affidavit.examples.ground import Ground
from affidavit.examples.planned import Planned
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.examples.told import lines_of
from affidavit.model.place import Place


class NotAsShownError(Exception):
    """What a page shows is not so; the text is what there is to say of it."""


class PageItem(pytest.Item):
    """A test that stands on a page."""

    def __init__(self, *, place: Place, **rest: Any) -> None:  # noqa: ANN401 -- pytest's own
        super().__init__(**rest)
        self._page = self.path.parent / place.file
        self._line = place.line

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where it stands, with the line counted from 0, so that editors and reports point there."""
        return self._page, max(self._line - 1, 0), self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        """Return what is to be said, without a traceback, where it is the page that failed."""
        if isinstance(excinfo.value, NotAsShownError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class RunItem(PageItem):
    """A run: it passes where all is as its page shows it and its evidence has it."""

    def __init__(self, *, planned: Planned, ground: Callable[[Planned], Ground | Unable], **rest: Any) -> None:  # noqa: ANN401
        super().__init__(place=planned.run.example.place, **rest)
        self._planned = planned
        self._ground = ground

    def runtest(self) -> None:
        """Run it, and hold what came against its page and its evidence."""
        if self._planned.left:
            pytest.skip(f"{self._planned.left}: run it with --affidavit-slow")
        ground = self._ground(self._planned)
        if isinstance(ground, Unable):
            pytest.skip(f"{ground.reason} {ground.advice}")
        came = judged(self._planned, run_one(self._planned.run, ground), recording=False)
        if came.word is Word.UNABLE:
            pytest.skip(came.reason)
        if came.word in WRONG:
            raise NotAsShownError(self._told(came))

    def _told(self, came: Came) -> str:
        """Return what came of it, with files as they are found from where pytest was started."""
        folder = self.path.parent
        start = self.config.invocation_params.dir
        shown = folder.relative_to(start) if folder.is_relative_to(start) else folder
        return "\n".join(lines_of(came, "" if shown == Path() else shown.as_posix()))


class ProblemItem(PageItem):
    """What keeps an example from being run, or its evidence from being read: it fails with a sentence."""

    def __init__(self, *, told: str, **rest: Any) -> None:  # noqa: ANN401 -- see above
        super().__init__(**rest)
        self._told = told

    def runtest(self) -> None:
        """Fail."""
        raise NotAsShownError(self._told)
