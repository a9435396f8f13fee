"""What the settings say of who is asked, and how. Values only."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from affidavit.links.address import Address
from affidavit.links.manner import Manners


class Policy(Struct, frozen=True):
    """What the settings say of addresses.

    ``manners`` is how one is asked; ``follow`` tells whether a redirect may be followed to it; ``refused`` is why a
    host must not be asked, empty where it may be.
    """

    manners: Manners
    follow: Callable[[Address], bool]
    refused: Callable[[str], str]
