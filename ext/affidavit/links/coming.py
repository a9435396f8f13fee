"""What is still to be asked in a run, and may yet be left to others. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from msgspec import Struct

from affidavit.links.chase import Chase
from affidavit.links.flow import Flow


class Spare(Struct, frozen=True):
    """What others ask, if one alone cannot keep up; ``decided`` is told whether they are to.

    Whoever has the spare is then left with a ``share`` of all requests at once.
    """

    chases: Iterator[Chase]
    share: float
    decided: Callable[[bool], object]


class Coming:
    """Chases that are still to come: those that are surely ours, and, once it is decided, what may be spared.

    ``is_over`` says that none will come any more.
    """

    def __init__(self, ours: Iterable[Chase], spare: Spare | None = None) -> None:
        self._ours = iter(ours)
        self._spare = spare
        self.is_over = False

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be decided who asks what may be spared."""
        return self._spare is not None

    def some(self, most: int) -> list[Chase]:
        """Return the next ones."""
        if self.is_over:
            return []
        next_ones = [*islice(self._ours, most)]
        self.is_over = not (next_ones or self._spare)
        return next_ones

    def decide(self, flow: Flow, *, is_idle: bool) -> bool:
        """Leave to others what may be spared, or keep it, as soon as it shows whether one can keep up.

        Return whether there is more to be let in by that. Who ``is_idle`` will see nothing more, and keeps all.
        """
        is_fast = False if is_idle else flow.is_fast
        if self._spare is None or is_fast is None:
            return False
        spare, self._spare = self._spare, None
        if is_fast:
            flow.bound(max(1, int(flow.most * spare.share)))
        else:
            self._ours = chain(spare.chases, self._ours)
        spare.decided(is_fast)
        return not is_fast

    def rest(self) -> Iterator[Chase]:
        """Yield all that is ours as things are."""
        return chain(self._ours, self._spare.chases if self._spare else ())
