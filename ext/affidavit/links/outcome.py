"""What one request comes to. Pure."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from affidavit.links.head import Head
from affidavit.links.seen import PageSeen, Trouble


class Came(Struct, frozen=True):
    """A server answered, and took so many seconds to begin; ``cut`` tells that the page broke off on the way.

    ``read`` says what the page shows. It takes longer than all else, and is not called where nobody needs to know.
    """

    head: Head
    read: Callable[[], PageSeen]
    seconds: float
    cut: bool


class Failed(Struct, frozen=True):
    """No answer came, or too little of one.

    ``left`` tells that it may have been left on the connection by the answer before.
    """

    kind: Trouble
    reason: str
    left: bool = False


Outcome = Came | Failed
