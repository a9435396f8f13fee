"""Python's search for cycles is rare while a build goes on, and as before it else."""

import gc
from contextlib import nullcontext

import pytest
from sphinx.errors import ExtensionError

from affidavit.sphinx.garbage import SELDOM

PAGE = "Home\n====\n\nNothing to see.\n"


@pytest.fixture
def usual():
    """Give what the process has, and see that it has that again."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 5)
    yield
    gc.set_threshold(*before)
    gc.enable()


def thresholds(site, *, raising=False):
    """Return what a page that is read, and whoever looks behind the build, finds."""
    site.write("index.rst", PAGE)
    seen = []

    def look(*_):
        seen.append(gc.get_threshold())
        if raising:
            raise RuntimeError

    with site.application(fresh=True) as app:
        app.connect("source-read", look)
        with pytest.raises(ExtensionError) if raising else nullcontext():
            app.build(force_all=True)
    return [*seen, gc.get_threshold()]


@pytest.mark.usefixtures("usual")
def test_cycles_are_searched_seldom_while_a_build_goes_on(site):
    assert thresholds(site) == [(SELDOM, 10, 5), (700, 10, 5)]


@pytest.mark.usefixtures("usual")
def test_they_are_searched_as_before_when_a_build_fails(site):
    assert thresholds(site, raising=True) == [(SELDOM, 10, 5), (700, 10, 5)]


@pytest.mark.usefixtures("usual")
def test_each_build_of_an_application_has_it_so(site):
    site.write("index.rst", PAGE)
    seen = []
    with site.application() as app:
        app.connect("env-updated", lambda *_: seen.append(gc.get_threshold()[0]))
        for _ in range(2):
            app.build()
            seen.append(gc.get_threshold()[0])
    assert seen == [SELDOM, 700, SELDOM, 700]


@pytest.mark.usefixtures("usual")
@pytest.mark.parametrize("first", [SELDOM + 1, 0])
def test_whoever_set_it_otherwise_has_it_so(site, first):
    gc.set_threshold(first, 10, 5)
    assert thresholds(site) == [(first, 10, 5), (first, 10, 5)]


@pytest.mark.usefixtures("usual")
def test_whoever_switched_it_off_has_it_so(site):
    gc.disable()
    assert thresholds(site) == [(700, 10, 5), (700, 10, 5)]
    assert not gc.isenabled()
