"""All formats at once: what holds for each of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.sample import REPORT
from tests.reports.strange import reports

from affidavit.reports.formats import FORMATS
from affidavit.reports.origin import Origin

CODES = ["link-broken", "setting-invalid", "link-moved", "rate-limited"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("code", CODES)
def test_the_same_codes_stand_in_every_format(name, code):
    assert code in FORMATS[name](REPORT, Origin())


@given(st.sampled_from(sorted(FORMATS)), reports())
def test_every_report_ends_its_last_line_and_comes_out_the_same_again(name, report):
    told = FORMATS[name](report, Origin("doc", "1"))
    assert told.endswith("\n")
    assert told == FORMATS[name](report, Origin("doc", "1"))
