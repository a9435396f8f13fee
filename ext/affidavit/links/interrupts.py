"""Waiting with an interrupt until it can be dealt with.

Python raises it wherever it happens to be, and in the midst of a function that libcurl calls it would be printed and
forgotten.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Self


class Interrupts:
    """Holds back the interrupt key while it is entered; :meth:`check` lets it through.

    What may wait for others for ever is to be entered with ``once``: there the key, pressed again, is let through.

    In another thread than the first nothing is held back: Python interrupts the first alone.
    """

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._pressed: tuple[int, FrameType | None] | None = None
        self._usual = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> Self:
        if callable(self._usual):
            try:
                signal.signal(signal.SIGINT, self._note)
            except ValueError:  # another thread
                self._usual = None
        return self

    def __exit__(self, *_: object) -> None:
        if callable(self._usual):
            signal.signal(signal.SIGINT, self._usual)
            self.check()

    def check(self) -> None:
        """Do now what an interrupt that came would have done then: as a rule, raise `KeyboardInterrupt`."""
        if self._pressed and callable(self._usual):
            pressed, self._pressed = self._pressed, None
            self._usual(*pressed)

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._once and self._pressed and callable(self._usual):
            self._usual(number, frame)
        self._pressed = number, frame
