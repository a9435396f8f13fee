"""Observations as text, and text as observations, for whoever keeps them. Pure.

The fields of the classes are the format: text that has others, or other types, is no observation.
"""

from __future__ import annotations

from msgspec import MsgspecError
from msgspec.json import Decoder, Encoder

from affidavit.links.seen import Answered, Observation, Unreachable

_ENCODER = Encoder()
_DECODER: Decoder[Observation] = Decoder(Answered | Unreachable)


def to_text(observation: Observation) -> str:
    """Return an observation as a line of JSON; what is as usual is left out.

    Raise `UnicodeEncodeError` where it holds half of a surrogate pair, which UTF-8 has no bytes for.
    """
    return _ENCODER.encode(observation).decode()


def from_text(text: bytes | str) -> Observation | None:
    """Return what :func:`to_text` wrote; ``None`` for anything else, be it of another release."""
    try:
        return _DECODER.decode(text)
    except (MsgspecError, UnicodeError, RecursionError):
        return None
