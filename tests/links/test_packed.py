"""Observations on their way between two processes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.links.test_facts import OBSERVATIONS

from affidavit.links.packed import pack, unpack
from affidavit.links.seen import Observation


@given(st.lists(OBSERVATIONS, max_size=3))
def test_all_observations_come_back(observations: list[Observation]) -> None:
    assert list(unpack(pack(observations))) == observations
