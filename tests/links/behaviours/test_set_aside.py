"""Rows that come out otherwise than they are to: each is asked by itself, and as soon as it comes out right, is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from affidavit.links.asked import question
from tests.links.behaviours.asking import ask
from tests.links.behaviours.behaviour import MOST, Row, mistakes
from tests.links.behaviours.table import ALL, ROWS, WRONG
from tests.links.behaviours.web import Web

if TYPE_CHECKING:
    from tests.links.behaviours.certificates import Certificates

pytestmark = pytest.mark.xdist_group("behaviours set aside")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=row.name, marks=pytest.mark.xfail(reason=WRONG[row.name], strict=True))
        for row in ALL
        if row.name in WRONG
    ],
)
def test_what_is_known_to_come_out_wrong(row: Row, certificates: Certificates) -> None:
    page = question(row.url)
    company = [row, *(each for each in ROWS if page and (other := question(each.url)) and other.url == page.url)]
    with Web([at for each in company for at in each.web], (), certificates.context) as web:
        alone = ask({each.name: each.url for each in company}, web.resolve, certificates.file)
    assert mistakes(row, alone.told[row.name]) == []
    assert alone.memory < MOST
