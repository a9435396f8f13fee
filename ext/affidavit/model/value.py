"""Values that a check makes by the ten thousands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(of: type[T]) -> type[T]:
    """Make a dataclass that is frozen for the type checker alone.

    Where Python itself freezes a dataclass, each field of a new one takes a call: that was a seventh of the processor
    time of a check of many URLs. All other dataclasses are frozen by Python.
    """
    return dataclass(slots=True, unsafe_hash=True)(of)


@dataclass_transform(frozen_default=True, order_default=True, field_specifiers=(field,))
def ordered_value(of: type[T]) -> type[T]:
    """Make the same, whose values have an order besides."""
    return dataclass(slots=True, unsafe_hash=True, order=True)(of)
