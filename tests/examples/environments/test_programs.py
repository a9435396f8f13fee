"""What is said of programs that are missing, by platform."""

import pytest

from affidavit.examples.environments.program_table import PACKAGES
from affidavit.examples.environments.programs import COMMANDS, merged, missing, platform_of
from affidavit.model.environments import ProgramSpec

PLATFORMS = [
    ("Linux", {"ID": "debian"}, "debian"),
    ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
    ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
    ("Linux", {"ID": "alpine"}, "alpine"),
    ("Linux", {"ID": "arch"}, ""),
    ("Linux", {}, ""),
    ("Darwin", {}, "homebrew"),
]


@pytest.mark.parametrize(("system", "release", "word"), PLATFORMS)
def test_platforms(system, release, word):
    assert platform_of(system, release) == word


OWN = ProgramSpec("sqlite3", packages=(("debian", "own-sqlite"),), install="fetch sqlite3")
MISSING = [
    (["sqlite3"], [], "debian", "`sqlite3` is not installed; to install: `apt-get install sqlite3`"),
    (["sqlite3"], [], "fedora", "`sqlite3` is not installed; to install: `dnf install sqlite`"),
    (["sqlite3"], [], "", "`sqlite3` is not installed"),
    (["x"], [], "debian", "`x` is not installed"),
    (["sqlite3"], [OWN], "debian", "`sqlite3` is not installed; to install: `apt-get install own-sqlite`"),
    (["sqlite3"], [OWN], "fedora", "`sqlite3` is not installed; to install: `fetch sqlite3`"),
    (
        ["ab", "htpasswd", "x"],
        [],
        "debian",
        "`ab`, `htpasswd`, `x` are not installed; to install: `apt-get install apache2-utils`",
    ),
]


@pytest.mark.parametrize(("names", "specs", "platform", "told"), MISSING)
def test_what_is_missing_is_told_with_what_installs_it(names, specs, platform, told):
    assert missing(names, merged(specs), platform) == told


def test_the_first_that_tells_of_a_program_counts_part_by_part():
    first = ProgramSpec("a", "a -v", (("debian", "d1"),))
    second = ProgramSpec("a", "a -V", (("debian", "d2"), ("fedora", "f2")), "get a", "/a.so")
    (both,) = merged([first, second]).values()
    assert both == ProgramSpec("a", "a -v", (("debian", "d1"), ("fedora", "f2")), "get a", "/a.so")


def test_the_table_speaks_of_all_platforms():
    assert {tuple(row) for row in PACKAGES.values()} == {tuple(COMMANDS)}
