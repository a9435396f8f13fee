"""Words that all formats have in common."""

import pytest

from affidavit.reports.words import versioned

SAID = [
    ("bash", "GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)", "bash 5.2.15(1)-release"),
    ("python3", "Python 3.11.2", "python3 3.11.2"),
    ("apache2", "Server version: Apache/2.4.71 (Debian)", "apache2 2.4.71"),
    ("curl", "curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1", "curl 7.88.1"),
    ("glance", "33.0.0", "glance 33.0.0"),
    ("tool", "of my own", "tool of my own"),
    ("tool", "", "tool"),
]


@pytest.mark.parametrize(("name", "said", "told"), SAID)
def test_a_version_is_told_by_its_number(name, said, told):
    assert versioned(name, said) == told
